"""The text of an HTML file in its encoding: the byte order mark, then what the file says, then what it can only be."""

import codecs
import re
from typing import Final

from hyotei.intake.input_file import InputFile

_META: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_XML: Final = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,30})")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What pages call Shift_JIS is what Windows makes of it.
_NAMES: Final = {"shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
                 "ms_kanji": "cp932", "euc-jp": "euc_jis_2004", "x-euc-jp": "euc_jis_2004"}  # fmt: skip
_LIKELY: Final = ("utf-8", "euc_jis_2004", "cp932")
# Characters that a wrong encoding makes of bytes, and no page holds.
_UNLIKELY: Final = re.compile("[\x80-\x84\x86-\x9f\uf8f0-\uf8f3]")
_SEARCHED: Final = 8_192


def html_text(content: bytes, document: InputFile) -> str:
    """The text, without an XML declaration.

    Raises:
        HyoteiError: it is in no encoding that fits (HY858).
    """
    for encoding in encodings(content):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _UNLIKELY.search(text):
            continue
        return _DECLARATION.sub("", text)
    raise document.problem("HY858")


def encodings(content: bytes) -> list[str]:
    """The encodings to try, the surest first."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return [encoding]
    stated = _META.search(content[:_SEARCHED]) or _XML.search(content[:200])
    found: list[str] = []
    if stated is not None:
        name = stated[1].decode("ascii").lower()
        found.append(_NAMES.get(name, name))
    if b"\x1b$" in content[:_SEARCHED]:
        found.append("iso2022_jp")
    return [each for each in dict.fromkeys((*found, *_LIKELY)) if _is_text_encoding(each)]


def _is_text_encoding(name: str) -> bool:
    """Whether Python knows it as an encoding of text; utf-7 would let a page hide what it says."""
    try:
        return codecs.lookup(name).name not in (
            "utf-7",
            "idna",
            "punycode",
            "unicode_escape",
            "raw_unicode_escape",
        ) and (isinstance(b"".decode(name), str))
    except (LookupError, UnicodeError):
        return False
