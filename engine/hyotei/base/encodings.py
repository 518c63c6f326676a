"""The encodings in which Japanese text comes, each decoded so that what is broken can be told from everything else.

What Windows adds to the standards (①, ㈱, 髙) is read in every encoding that can hold it, and the few signs that the
standards map differently from Windows (～ and 〜, － and −) become those of Windows, so that a text is the same whatever it
was saved in.
"""

import codecs
import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO, Final

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from typing_extensions import Buffer

BROKEN: Final = "\udcff"
"""Stands where bytes could not be decoded. No text can hold it; in UTF-8 it becomes the byte FF, which no text can either."""

_LARGEST_LINE: Final = 20 * 1024 * 1024
_CHUNK: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding: the name people know, Python's codec, and the byte order mark that was seen."""

    name: str
    codec: str
    mark: bytes = b""


UTF8: Final = Encoding("UTF-8", "utf-8")
CP932: Final = Encoding("Shift_JIS", "cp932")
EUC_JP: Final = Encoding("EUC-JP", "euc_jp")
ISO_2022_JP: Final = Encoding("ISO-2022-JP", "iso2022_jp")
UTF16_LE: Final = Encoding("UTF-16LE", "utf-16-le")
UTF16_BE: Final = Encoding("UTF-16BE", "utf-16-be")

MARKED: Final = (
    Encoding("UTF-8", "utf-8", codecs.BOM_UTF8),
    Encoding("UTF-32LE", "utf-32-le", codecs.BOM_UTF32_LE),
    Encoding("UTF-32BE", "utf-32-be", codecs.BOM_UTF32_BE),
    Encoding("UTF-16LE", "utf-16-le", codecs.BOM_UTF16_LE),
    Encoding("UTF-16BE", "utf-16-be", codecs.BOM_UTF16_BE),
)
"""What a byte order mark at the beginning says; the longer marks first, because one begins like another."""

_AS_WINDOWS: Final = str.maketrans("〜−‖—¢£¬", "～－∥―￠￡￢")
# Python's codec gives bytes that Shift_JIS leaves open a place of their own; nothing was meant by them.
_LEFT_OPEN: Final = str.maketrans(dict.fromkeys("\x80\uf8f0\uf8f1\uf8f2\uf8f3", BROKEN))
_REPAIRS: Final[dict[str, Mapping[int, int | str]]] = {"euc_jp": _AS_WINDOWS, "cp932": _LEFT_OPEN}
_ESCAPE: Final = lazy_pattern(rb"(\x1b(?:\$\(?[@ABD]|\([BHIJ]))")
_LINES: Final = lazy_pattern(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def decode(content: bytes, encoding: Encoding) -> str:
    """The text of bytes, without a byte order mark; `BROKEN` stands where they are not of the encoding."""
    content = content.removeprefix(encoding.mark)
    if encoding.codec == "iso2022_jp":
        return "".join(map(_escaped_line, _LINES.findall(content)))
    text = content.decode(encoding.codec, _EUC if encoding.codec == "euc_jp" else _MARKING)
    repairs = _REPAIRS.get(encoding.codec)
    return text if repairs is None else text.translate(repairs)


def whole(content: bytes, encoding: Encoding) -> str | None:
    """The text of bytes that are of the encoding to the last; None, found out at the first that is not, where they are not."""
    if encoding.codec == "iso2022_jp":
        text = decode(content, encoding)
        return None if BROKEN in text else text
    try:
        text = content.removeprefix(encoding.mark).decode(
            encoding.codec, _EUC_WHOLE if encoding.codec == "euc_jp" else "strict"
        )
    except UnicodeDecodeError:
        return None
    repairs = _REPAIRS.get(encoding.codec)
    repaired = text if repairs is None else text.translate(repairs)
    return None if BROKEN in repaired else repaired


def as_utf8(stream: BinaryIO, encoding: Encoding) -> BinaryIO:
    """A stream of the same text in UTF-8; bytes that are broken become FF, so that they break just their own line."""
    if encoding.codec == "utf-8":
        stream.read(len(encoding.mark))
        return stream
    return io.BufferedReader(_Recoded(stream, encoding), _CHUNK)


class _Recoded(io.RawIOBase):
    """Bytes of another encoding as UTF-8, decoded piece by piece."""

    def __init__(self, inner: BinaryIO, encoding: Encoding) -> None:
        self._inner = inner
        self._pending, self._at = b"", 0
        inner.read(len(encoding.mark))
        self._next = self._lines if encoding.codec == "iso2022_jp" else self._pieces
        handler = _EUC if encoding.codec == "euc_jp" else _MARKING
        self._decoder = codecs.getincrementaldecoder("utf-8" if self._next == self._lines else encoding.codec)(handler)
        self._repairs = _REPAIRS.get(encoding.codec, {})

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        view = memoryview(buffer).cast("B")
        while self._at >= len(self._pending):
            text = self._next()
            if text is None:
                return 0
            self._pending, self._at = text.encode("utf-8", "surrogateescape"), 0
        part = self._pending[self._at : self._at + len(view)]
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _pieces(self) -> str | None:
        content = self._inner.read(_CHUNK)
        text = self._decoder.decode(content, final=not content)
        if not content and not text:
            return None
        return text.translate(self._repairs) if self._repairs else text

    def _lines(self) -> str | None:
        """Line by line, because each begins in ASCII again."""
        line = self._inner.readline(_LARGEST_LINE)
        return decode(line, ISO_2022_JP) if line else None


def _escaped_line(line: bytes) -> str:
    """A line of ISO-2022-JP, whose escapes say what the bytes after them are."""
    parts = _ESCAPE.split(line)
    found = [parts[0].decode("ascii", _MARKING)]
    for escape, content in zip(parts[1::2], parts[2::2], strict=True):
        found.append(_MODES.get(escape[1:], _broken)(content))
    return "".join(found)


def _double(content: bytes) -> str:
    """JIS X 0208: EUC-JP without its high bits; a line end stays what it is."""
    plain = content.rstrip(b"\r\n")
    high = bytes(byte | 0x80 for byte in plain)
    return decode(high, EUC_JP) + content[len(plain) :].decode("ascii")


def _supplement(content: bytes) -> str:
    """JIS X 0212, which EUC-JP has behind the byte 8F."""
    plain = content.rstrip(b"\r\n")
    pairs = b"".join(b"\x8f" + bytes(byte | 0x80 for byte in plain[at : at + 2]) for at in range(0, len(plain), 2))
    return decode(pairs, EUC_JP) + content[len(plain) :].decode("ascii")


def _katakana(content: bytes) -> str:
    plain = content.rstrip(b"\r\n")
    return decode(bytes(byte | 0x80 for byte in plain), CP932) + content[len(plain) :].decode("ascii")


def _roman(content: bytes) -> str:
    return content.decode("ascii", _MARKING)


def _broken(content: bytes) -> str:
    """What stands behind an escape that is not known."""
    return BROKEN + content[len(content.rstrip(b"\r\n")) :].decode("ascii")


_MODES: Final[dict[bytes, Callable[[bytes], str]]] = {
    b"(B": _roman, b"(J": _roman, b"(H": _roman, b"(I": _katakana,
    b"$@": _double, b"$B": _double, b"$(@": _double, b"$(B": _double, b"$(D": _supplement,
}  # fmt: skip

_MARKING: Final = "hyotei.marking"
_EUC: Final = "hyotei.euc"
_EUC_WHOLE: Final = "hyotei.euc-whole"


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Marks what is broken and goes on after it."""
    assert isinstance(error, UnicodeDecodeError), "only for decoding"
    return BROKEN, error.end


def _windows_row(error: UnicodeError) -> tuple[str, int]:
    """A character that Windows adds to EUC-JP (row 13: ① ㈱ Ⅱ, and NEC's selection of IBM's), by way of Shift_JIS."""
    assert isinstance(error, UnicodeDecodeError), "only for decoding"
    pair = error.object[error.start : error.start + 2]
    if len(pair) == 2 and min(pair) > 0xA0 and max(pair) < 0xFF:
        row, cell = pair[0] - 0xA1, pair[1] - 0xA1
        lead = 0x81 + row // 2 if row < 62 else 0xC1 + row // 2
        trail = cell + 0x9F if row % 2 else cell + 0x40 + (cell > 62)
        try:
            return bytes((lead, trail)).decode("cp932"), error.start + 2
        except UnicodeDecodeError:
            pass
    return BROKEN, error.end


def _windows_row_or_error(error: UnicodeError) -> tuple[str, int]:
    found, after = _windows_row(error)
    if found == BROKEN:
        raise error
    return found, after


codecs.register_error(_EUC_WHOLE, _windows_row_or_error)
codecs.register_error(_MARKING, _mark)
codecs.register_error(_EUC, _windows_row)
