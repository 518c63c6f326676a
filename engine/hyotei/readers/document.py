"""A document to be read, wherever it lies: a file, a member of a zip, compressed or not. Its bytes come as a stream."""

import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from hyotei.base.text_file import LARGEST
from hyotei.messages import Diagnostic, HyoteiError, Location

if TYPE_CHECKING:
    from typing_extensions import Buffer

HEAD: Final = 64 * 1024
"""Bytes by which a format is recognised."""
_GZIP: Final = b"\x1f\x8b"
_ZSTANDARD: Final = b"\x28\xb5\x2f\xfd"
_ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True)
class Sample:
    """The beginning of a document, by which readers recognise it."""

    name: str
    head: bytes

    @cached_property
    def text(self) -> str:
        """The head as UTF-8 text without a byte order mark; what is not UTF-8 becomes U+FFFD."""
        return self.head.decode("utf-8-sig", "replace")

    @property
    def is_zip(self) -> bool:
        """Whether it is a zip, as XLSX and DOCX are too."""
        return self.head.startswith(_ZIP)


@dataclass(frozen=True)
class Document:
    """One document.

    Attributes:
        name: its file name, as figures and problems state it; within a zip, the name of the member.
        path: where it lies, for a person; within a zip, the zip and the member.
        opener: opens the raw stream.
        explicit: whether the user named it, rather than a folder or zip that holds it.
    """

    name: str
    path: str
    opener: Callable[[], BinaryIO]
    explicit: bool = False

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The content as a stream of bytes; gz and zst are opened.

        Raises:
            HyoteiError: on opening or while reading: missing (HY101), unreadable (HY103), cut off or damaged (HY801), or
                compressed in a way that needs a library (HY802).
        """
        try:
            with self.opener() as raw:
                peekable = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, raw))
                head = peekable.peek(4)[:4]
                if head.startswith(_GZIP):
                    with gzip.open(peekable) as plain:
                        yield cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, plain)))
                elif head == _ZSTANDARD:
                    with self._zstandard(peekable) as plain:
                        yield plain
                else:
                    yield peekable
        except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as error:
            raise self.problem("HY801", reason=str(error)) from None
        except (NotImplementedError, RuntimeError) as error:  # what zipfile says of passwords and unknown methods
            raise self.problem("HY103", path=self.path, reason=str(error)) from None
        except FileNotFoundError:
            raise self.problem("HY101", path=self.path) from None
        except OSError as error:
            raise self.problem("HY103", path=self.path, reason=error.strerror or str(error)) from None

    def sample(self) -> Sample:
        """Its beginning."""
        with self.open() as stream:
            return Sample(self.name, stream.read(HEAD))

    def content(self) -> bytes:
        """All of it.

        Raises:
            HyoteiError: it is larger than 20 MB (HY107), or as `open`.
        """
        with self.open() as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise self.problem("HY107", limit=str(LARGEST // (1024 * 1024)))
        return content

    def problem(self, code: str, **params: str | tuple[str, str]) -> HyoteiError:
        """A problem of the document as a whole."""
        return HyoteiError(Diagnostic(code, Location(self.name), dict(params)))

    @contextmanager
    def _zstandard(self, raw: BinaryIO) -> Iterator[BinaryIO]:
        try:
            import zstandard
        except ImportError:
            raise self.problem("HY802") from None
        try:
            with zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True) as plain:
                yield cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, plain)))
        except zstandard.ZstdError as error:
            raise self.problem("HY801", reason=str(error)) from None


def file_document(
    path: str | os.PathLike[str], *, explicit: bool = False, watch: Callable[[int], None] | None = None
) -> Document:
    """The document of a file; `watch` is told of every number of bytes that are read from it."""
    place = Path(path)

    def opened() -> BinaryIO:
        if watch is None:
            return place.open("rb")
        return cast(BinaryIO, io.BufferedReader(_Watched(place, watch), 1024 * 1024))

    return Document(place.name, str(path), opened, explicit)


class _Watched(io.FileIO):
    """A file that tells how much is read of it."""

    def __init__(self, path: Path, watch: Callable[[int], None]) -> None:
        super().__init__(path, "rb")
        self._watch = watch

    def readinto(self, buffer: "Buffer") -> int:
        count = super().readinto(buffer)
        self._watch(count)
        return count
