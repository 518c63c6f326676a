"""Compressed documents as streams whose every failure is a message: cut off, damaged, or unfolding beyond all proportion."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from io import BufferedIOBase
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from hyotei.base.causes import cause
from hyotei.intake.time_limit import check_time
from hyotei.messages import HyoteiError, Param

if TYPE_CHECKING:
    from typing_extensions import Buffer

GZIP: Final = b"\x1f\x8b"
ZSTANDARD: Final = b"\x28\xb5\x2f\xfd"
STEEPEST: Final = 300
"""Bytes that one compressed byte may become. Data sets become thirty; a bomb becomes a thousand."""
STEEP_FROM: Final = 64 * 1024**2
"""Unfolded bytes up to which proportion does not matter."""
_LARGEST_WINDOW: Final = 128 * 1024**2
# A few bytes of Zstandard can become hundreds of kilobytes, so little is taken at a time.
_PIECE: Final = 2048

DAMAGED: Final = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile)
"""What the standard library says of compressed data that is cut off or damaged."""


class Owner(Protocol):
    """The document of which something is said."""

    @property
    def path(self) -> str: ...

    def problem(self, code: str, **params: Param) -> HyoteiError: ...


class Guarded(io.RawIOBase):
    """A stream whose failures are messages, and that ends where little unfolds into very much.

    `source` is the stream of compressed bytes behind it; `count` is how many bytes came out so far.
    """

    def __init__(self, inner: BufferedIOBase, owner: Owner, source: "Guarded | None" = None) -> None:
        self._inner, self._owner, self._source = inner, owner, source
        self.count = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def readinto(self, buffer: "Buffer") -> int:
        check_time()
        view = memoryview(buffer).cast("B")
        try:
            # What is there and no more: all that comes before a break is given before the break is told.
            content = self._inner.read1(len(view))
        except DAMAGED as error:
            raise self._owner.problem("HY801", reason=cause(error)) from None
        except OSError as error:
            raise self._owner.problem("HY103", path=self._owner.path, reason=cause(error)) from None
        view[: len(content)] = content
        self.count += len(content)
        if self._source is not None and self.count > STEEP_FROM and self.count > STEEPEST * self._source.count:
            raise self._owner.problem("HY876", ratio=str(STEEPEST))
        return len(content)


def unzipped(raw: BinaryIO) -> BufferedIOBase:
    """The content of a gz stream."""
    return gzip.GzipFile(fileobj=raw)


def zstandard_opener() -> Callable[[BinaryIO], BufferedIOBase] | None:
    """What gives the content of a zst stream; None where the library is not installed."""
    try:
        import zstandard
    except ImportError:
        return None

    class Frames(io.RawIOBase):
        """One frame after the other; unlike the library's own reader it notices when the last one is cut off."""

        def __init__(self, raw: BinaryIO) -> None:
            self._raw, self._plain, self._at, self._rest = raw, b"", 0, b""
            self._frame = self._new()

        def _new(self) -> "zstandard.ZstdDecompressionObj":
            self._begun = False
            return zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj()

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: "Buffer") -> int:
            view = memoryview(buffer).cast("B")
            while self._at >= len(self._plain):
                piece = self._rest or self._raw.read(_PIECE)
                self._rest = b""
                if not piece:
                    if self._begun:
                        raise EOFError("the last Zstandard frame is not complete")
                    return 0
                try:
                    self._plain, self._at, self._begun = self._frame.decompress(piece), 0, True
                except zstandard.ZstdError:
                    raise zlib.error from None
                if self._frame.eof:
                    self._rest = self._frame.unused_data
                    self._frame = self._new()
            part = self._plain[self._at : self._at + len(view)]
            view[: len(part)] = part
            self._at += len(part)
            return len(part)

    return lambda raw: io.BufferedReader(Frames(raw))
