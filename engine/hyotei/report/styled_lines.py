"""Lines of text for a terminal, each with its style, so that colours stay out of the words."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from hyotei.base.display_width import display_width
from hyotei.base.line_breaking import fold

Style = Literal["plain", "title", "strong", "good", "bad", "faint"]
Line = tuple[Style, str]

WIDEST: Final = 100
"""Columns of a terminal that lines are folded to where they are prose."""


def wrapped(lead: str, text: str, indent: str) -> Iterator[Line]:
    """A text after a lead, folded; after a lead that takes most of a line it begins on the next."""
    if display_width(lead) > WIDEST * 2 // 3:
        yield "plain", lead.rstrip()
        lead = indent
    first, *rest = fold(text, WIDEST - display_width(indent), WIDEST - display_width(lead))
    yield "plain", lead + first
    for line in rest:
        yield "plain", indent + line


def plain(lines: Iterable[Line]) -> str:
    """The lines without styles."""
    return "\n".join(text for _, text in lines)
