"""Lines of text for a terminal, each with its style, so that colours stay out of the words."""

from typing import Literal

Style = Literal["plain", "title", "strong", "good", "bad", "faint"]
Line = tuple[Style, str]
