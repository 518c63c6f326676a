"""How much one request may bring, and how it is told that it is too much. Needs no Django."""

from typing import Final

from hyotei.messages import Diagnostic

LARGEST_UPLOAD: Final = 64 * 1024 * 1024
"""Bytes of all files of one request."""
LARGEST_BODY: Final = 4 * 1024 * 1024
"""Bytes of all that is no file."""
MOST_FILES: Final = 100
"""Files of one request."""
MOST_FIELDS: Final = 100_000
"""Fields of one form: a table of a rulebook sends all of its cells."""


def too_large() -> Diagnostic:
    """That a request brings too much, and how much it may."""
    files, others = (bound // 1024**2 for bound in (LARGEST_UPLOAD, LARGEST_BODY))
    return Diagnostic("HY046", params={"count": MOST_FILES, "megabytes": files, "others": others})
