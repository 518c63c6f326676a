"""Texts from outside before a person sees them: what moves a cursor, ends a line or turns the direction of writing is made visible.

This is the one gate between what a file holds and a terminal, Markdown, a page or a workbook. Data (JSON, YAML, Parquet) keeps its
texts as they are.
"""

import re
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern

DIRECTIONS: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Signs that turn the direction of writing, by which `fdp.exe` can be made to look like `exe.pdf`."""
_FORBIDDEN: Final = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TURNING: Final = lazy_pattern(f"[\x7f-\x9f\u2028\u2029{DIRECTIONS}]")
_UNSEEN: Final = lazy_pattern(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff{DIRECTIONS}]")


def printable(text: str) -> str:
    """The text for a page or a workbook: � for every character that XML does not allow, the code of one that turns directions."""
    return _TURNING.sub(_code, _FORBIDDEN.sub("�", text))


def visible(text: str) -> str:
    r"""The text as one line for a terminal or Markdown: ↵ for a line break, its code for what else would not be seen.

    >>> visible("A\x1b[2J\nB")
    'A\\x1b[2J↵B'
    """
    return text if text.isprintable() else _UNSEEN.sub(_code, text.replace("\r\n", "\n").replace("\n", "↵"))


def _code(match: re.Match[str]) -> str:
    character = match.group()
    if "\udc80" <= character <= "\udcff":  # a byte of a file name that is no text
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def one_line(text: str) -> str:
    r"""A name or title in one line: every run of white space, line breaks included, becomes one space.

    >>> one_line("相談\n件数")
    '相談 件数'
    """
    return " ".join(text.split())
