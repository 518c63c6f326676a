"""What a file that cannot be read is said to be, by its name or its first bytes, so that its user is told what is damaged."""

from pathlib import PurePath
from typing import Final

from hyotei.messages import Diagnostic, Location, Param

Kind = tuple[str, str]
"""What a file is, in Japanese and English."""

_EXCEL: Final = ("Excelのブック", "an Excel workbook")
_WORD: Final = ("Wordの文書", "a Word document")
_PDF: Final = ("PDF", "a PDF")
_ODS: Final = ("OpenDocumentの表計算", "an OpenDocument spreadsheet")
_OFFICE: Final = ("ExcelかWordのファイル", "a file of Excel or Word")
_BY_NAME: Final = {
    ".xlsx": _EXCEL, ".xlsm": _EXCEL, ".xls": _EXCEL, ".docx": _WORD, ".doc": _WORD, ".pdf": _PDF, ".ods": _ODS,
    ".zip": ("zip", "a zip"), ".gz": ("gzip", "gzip"), ".zst": ("zstd", "zstd"),
}  # fmt: skip
_BY_BYTES: Final = ((b"%PDF-", _PDF), (b"PK\x03\x04", _OFFICE), (b"\xd0\xcf\x11\xe0", _OFFICE))
_OTHERWISE: Final = ("中身がその形式になっていない", "its content is not of that format")


def claimed(name: str, head: bytes = b"") -> Kind | None:
    """What a file claims to be of the formats that are no text: by the end of its name, else by how it begins."""
    named = _BY_NAME.get(PurePath(name).suffix.lower())
    return named or next((kind for mark, kind in _BY_BYTES if head.startswith(mark)), None)


def damaged(name: str, kind: Kind, reason: Param = _OTHERWISE) -> Diagnostic:
    """That a file is not what it claims to be, or is damaged."""
    return Diagnostic("HY895", Location(name), {"kind": kind, "reason": reason})
