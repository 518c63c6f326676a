"""The parts of a heading such as ``判定 `result` — for each measure``: title, name, and what follows the dash."""

import re

from hyotei.lazy_dataclass import dataclass

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_DASH = r"(?:[\u2010-\u2015\u2212\u2500\uff0d\ufe58\ufe63]+|-{1,3})"
_LEADING_DASH = re.compile(rf"\s*{_DASH}?\s*")
_SPACED_DASH = re.compile(rf"(?<=\s){_DASH}(?=\s)|^{_DASH}(?=\s)")


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """A part of a heading and its characters in the line: from `start` (from 1) up to but not including `end`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HeadingParts:
    """Title, code name and tail of a heading. The tail is what follows the dash (any kind of dash, or `--`)."""

    title: HeadingPart
    code: HeadingPart | None
    tail: HeadingPart | None


def heading_parts(text: str, start: int = 1) -> HeadingParts:
    """Take the text of a heading apart; `start` is the character of the line, from 1, where the text begins.

    The first code span is the name; the title stands before it, the tail after it. Without a code span, a dash between
    blanks divides the title from the tail. The backticks do not belong to the part `code`.

    Example:
        >>> parts = heading_parts("測定指標の判定 `result` — for each measure")
        >>> parts.title.text, parts.code.text, parts.tail.text
        ('測定指標の判定', 'result', 'for each measure')
    """
    found = _CODE.search(text)
    if found:
        title, code = _part(text, 0, found.start(), start), _part(text, found.start(2), found.end(2), start)
        after = _LEADING_DASH.match(text, found.end())
        tail_start = after.end() if after else found.end()
        return HeadingParts(title, code, _some(_part(text, tail_start, len(text), start)))
    dash = _SPACED_DASH.search(text)
    if dash:
        tail = _part(text, dash.end(), len(text), start)
        return HeadingParts(_part(text, 0, dash.start(), start), None, _some(tail))
    return HeadingParts(_part(text, 0, len(text), start), None, None)


def _part(text: str, first: int, last: int, start: int) -> HeadingPart:
    piece = text[first:last]
    kept = piece.strip()
    if kept:
        first += len(piece) - len(piece.lstrip())
    return HeadingPart(kept, start + first, start + first + len(kept))


def _some(part: HeadingPart) -> HeadingPart | None:
    return part if part.text else None
