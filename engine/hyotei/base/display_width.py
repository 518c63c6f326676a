"""How many columns a text takes on a terminal or in an editor with a fixed-width East Asian font."""

from functools import cache
from typing import Literal
from unicodedata import category, combining, east_asian_width

Ambiguous = Literal[1, 2]
"""Columns of a character that Unicode calls ambiguous (`①`, `Ⅱ`, `α`): 1 in most fonts of today, 2 in older ones."""

_INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc", "Zl", "Zp"})
_SOFT_HYPHEN = "\u00ad"
_HANGUL_MEDIAL = range(0x1160, 0x1200)


def display_width(text: str, ambiguous: Ambiguous = 1) -> int:
    """The number of columns `text` takes.

    Wide and full-width characters take 2, combining marks, joiners and control characters 0, all others 1.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_narrow if ambiguous == 1 else _wide, text))


def pad(text: str, width: int, ambiguous: Ambiguous = 1) -> str:
    """`text` with spaces after it up to `width` columns; a text that is wider already is returned as it is."""
    return text + " " * (width - display_width(text, ambiguous))


def pad_left(text: str, width: int, ambiguous: Ambiguous = 1) -> str:
    """`text` with spaces before it up to `width` columns, so that it ends at the right."""
    return " " * (width - display_width(text, ambiguous)) + text


def centre(text: str, width: int, ambiguous: Ambiguous = 1) -> str:
    """`text` between spaces up to `width` columns; an odd space stands on the right."""
    spare = max(0, width - display_width(text, ambiguous))
    return " " * (spare // 2) + text + " " * (spare - spare // 2)


@cache
def _narrow(character: str) -> int:
    return _columns(character, 1)


@cache
def _wide(character: str) -> int:
    return _columns(character, 2)


def _columns(character: str, ambiguous: Ambiguous) -> int:
    if character == _SOFT_HYPHEN:
        return 1
    if combining(character) or category(character) in _INVISIBLE or ord(character) in _HANGUL_MEDIAL:
        return 0
    kind = east_asian_width(character)
    if kind in ("W", "F"):
        return 2
    return ambiguous if kind == "A" else 1
