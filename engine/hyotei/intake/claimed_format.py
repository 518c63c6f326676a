"""What a file that cannot be read is said to be, by its name or its first bytes, so that its user is told what is damaged."""

from pathlib import PurePath
from typing import Final

from hyotei.messages import Diagnostic, Location, Param, phrase

_EXCEL: Final = phrase("files.claimed.excel")
_WORD: Final = phrase("files.claimed.word")
_PDF: Final = phrase("files.claimed.pdf")
_ODS: Final = phrase("files.claimed.opendocument")
_OFFICE: Final = phrase("files.claimed.office")
_BY_NAME: Final[dict[str, Param]] = {
    ".xlsx": _EXCEL, ".xlsm": _EXCEL, ".xls": _EXCEL, ".docx": _WORD, ".doc": _WORD, ".pdf": _PDF, ".ods": _ODS,
    ".zip": phrase("files.claimed.zip"), ".gz": "gzip", ".zst": "zstd",
}  # fmt: skip
_BY_BYTES: Final = ((b"%PDF-", _PDF), (b"PK\x03\x04", _OFFICE), (b"\xd0\xcf\x11\xe0", _OFFICE))
_OTHERWISE: Final = phrase("files.damage.other_format")


def claimed(name: str, head: bytes = b"") -> Param | None:
    """What a file claims to be of the formats that are no text: by the end of its name, else by how it begins."""
    named = _BY_NAME.get(PurePath(name).suffix.lower())
    return named or next((kind for mark, kind in _BY_BYTES if head.startswith(mark)), None)


def damaged(name: str, kind: Param, reason: Param = _OTHERWISE) -> Diagnostic:
    """That a file is not what it claims to be, or is damaged."""
    return Diagnostic("HY895", Location(name), {"kind": kind, "reason": reason})
