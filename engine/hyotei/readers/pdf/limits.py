"""How much a PDF may ask for. A form has a few pages; these are bounds for files that mean harm, or are no forms at all."""

from typing import Final

LARGEST: Final = 200 * 1024 * 1024
"""Bytes of a file."""
MOST_PAGES: Final = 2_000
PAGE_SECONDS: Final = 10
"""Seconds of processor time for one page, and for opening the file."""
FIRST_SECONDS: Final = 60
EACH_SECONDS: Final = 3
"""A file may take the first of these and, for every page read, the second more."""
SILENCE: Final = 300.0
"""Seconds on the clock without a page, after which the reading is given up whatever the processor did."""
MEMORY: Final = 1_500 * 1024 * 1024
"""Bytes of memory beside the file itself."""
MOST_GLYPHS: Final = 200_000
"""Characters of one page; a dense one has five thousand."""
MOST_RULES: Final = 100_000
"""Lines of one page."""
FORGET: Final = 20
"""After so many pages everything that the library keeps of earlier ones is dropped."""
