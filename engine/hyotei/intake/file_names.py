"""Names of files as they are shown: whatever a name holds, it cannot move the cursor, hide itself, or stop the output."""

import zipfile
from contextlib import suppress
from typing import Final

from hyotei.base.encoding_guess import guess
from hyotei.base.encodings import BROKEN, decode
from hyotei.base.printable import visible

_LONGEST: Final = 200
_UTF8_FLAG: Final = 0x800


def shown_name(name: str) -> str:
    """A name of a file system; bytes that are no UTF-8 are read as Japanese where they plainly are, and escaped otherwise."""
    if name.isascii() and name.isprintable() and len(name) <= _LONGEST:
        return name
    raw = name.encode("utf-8", "surrogateescape") if _has_bytes(name) else b""
    return _plain(_text(raw) or name if raw else name)


def zip_name(member: zipfile.ZipInfo) -> str:
    """The name of a member; where it is not marked as UTF-8 its bytes are mostly Shift_JIS, which zipfile takes for CP437."""
    name = member.orig_filename or member.filename
    if not member.flag_bits & _UTF8_FLAG and not name.isascii():
        with suppress(UnicodeEncodeError):
            name = _text(name.encode("cp437")) or name
    # Windows tools write backslashes; in Shift_JIS they may be half of a character, so they are turned only now.
    return _plain(name.replace("\\", "/"))


def _text(raw: bytes) -> str | None:
    """Bytes of a name as text, where they plainly are one; names are short, so Shift_JIS is taken where it reads as well."""
    found = guess(raw)
    if found.encoding is not None:
        text = decode(raw, found.encoding)
        return None if BROKEN in text else text
    if "Shift_JIS" in found.candidates and not found.mixed:
        return raw.decode("cp932")
    return None


def _has_bytes(name: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in name)


def _plain(name: str) -> str:
    shown = visible(name)
    if len(shown) <= _LONGEST:
        return shown
    half = _LONGEST // 2
    return f"{shown[:half]}…{shown[-half:]}"
