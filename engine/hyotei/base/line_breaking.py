"""Folding lines for a terminal: Japanese breaks between characters, but words, figures and their signs stay whole."""

import re
from typing import Final

from hyotei.base.display_width import display_width

_CLOSING: Final = "、。，．・：；？！」』）】〕〉》］｝％%,.;:!?)]}…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
"""What does not begin a line."""
_OPENING: Final = "「『（【〔〈《［｛“([{"
"""What does not end a line."""

# A run of letters, digits and their signs, with what closes after it and opens before it; or one other character. The dot of
# `.xlsx` closes nothing.
_PIECE: Final = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[!-'*-~\u00a1-\u024f“”‘’①-⑳Ⅰ-Ⅻ]+|\s+|.)(?:(?!\.[A-Za-z0-9])[{re.escape(_CLOSING)}”’])*",
    re.DOTALL,
)


def fold(text: str, width: int, first: int | None = None) -> list[str]:
    """A text in lines of at most `width` columns; the first line may have another width.

    A piece that is wider than a line alone is broken where the line ends.
    """
    lines: list[str] = []
    line, room = "", width if first is None else first
    for piece in _PIECE.findall(text):
        if display_width(line + piece.rstrip()) > room and line:
            lines.append(line.rstrip())
            line, room = "", width
        while display_width(piece.rstrip()) > room:
            head = _fitting(piece, room)
            lines.append(head)
            piece, room = piece[len(head) :], width
        # A line that was folded does not begin with the space it was folded at.
        line += piece if line or not lines else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def shortened(text: str, width: int) -> str:
    """A text cut to a width, with the cut shown."""
    if display_width(text) <= width:
        return text
    return _fitting(text, width - 1) + "…"


def _fitting(text: str, width: int) -> str:
    """As much of the beginning as fits, at least one character."""
    end = 1
    while end < len(text) and display_width(text[: end + 1]) <= width:
        end += 1
    return text[:end]


def whole_words(text: str) -> list[str]:
    """What a line is not broken within: words and figures with their signs, single characters of Japanese."""
    return [piece.strip() for piece in _PIECE.findall(text)]
