"""Texts without what no page, workbook or picture can hold: control characters and halves of characters."""

import re
from typing import Final

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with � for every character that XML does not allow."""
    return _FORBIDDEN.sub("�", text)
