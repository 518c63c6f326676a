"""Texts without what no page, workbook or picture can hold: control characters and halves of characters."""

import re
from typing import Final

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with � for every character that XML does not allow."""
    return _FORBIDDEN.sub("�", text)


def one_line(text: str) -> str:
    r"""A name or title in one line: every run of white space, line breaks included, becomes one space.

    >>> one_line("相談\n件数")
    '相談 件数'
    """
    return " ".join(text.split())
