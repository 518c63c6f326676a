"""A document to be read, wherever it lies: a file, a member of a zip, compressed or not. Its bytes come as a stream."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from hyotei.base.causes import cause
from hyotei.base.encoding_guess import Guess, guess
from hyotei.base.encodings import UTF8, as_utf8, decode
from hyotei.base.text_file import LARGEST, encoding_note, encoding_of, special
from hyotei.intake.compressed import DAMAGED, GZIP, ZSTANDARD, Guarded, unzipped, zstandard_opener
from hyotei.intake.file_names import shown_name
from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.messages import Diagnostic, HyoteiError, Location, Param

if TYPE_CHECKING:
    from typing_extensions import Buffer

HEAD: Final = 64 * 1024
"""Bytes by which a format is recognised."""
_BUFFER: Final = 256 * 1024
_MOST_ASCII: Final = 256
"""Heads of nothing but ASCII after which a text is taken to go on so."""
_ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True)
class Sample:
    """The beginning of a document, by which readers recognise it."""

    name: str
    head: bytes

    @cached_property
    def text(self) -> str:
        """The head as text without a byte order mark, in the encoding that it plainly has; what is broken becomes U+FFFD."""
        found = guess(self.head, complete=len(self.head) < HEAD) if not self.is_zip else Guess(None)
        if found.encoding is None or found.encoding.codec == UTF8.codec:
            return self.head.decode("utf-8-sig", "replace")
        return decode(self.head, found.encoding).encode("utf-8", "replace").decode()

    @property
    def is_zip(self) -> bool:
        """Whether it is a zip, as XLSX and DOCX are too."""
        return self.head.startswith(_ZIP)


@dataclass(frozen=True)
class InputFile:
    """One document.

    Attributes:
        name: its file name, as figures and problems state it; within a zip, the name of the member.
        path: where it lies, for a person; within a zip, the zip and the member.
        opener: opens the raw stream.
        explicit: whether the user named it, rather than a folder or zip that holds it.
        stamp: gives something that changes when the file does; None where nothing can.
        given: what the user says of its sheets in place of what they print.
    """

    name: str
    path: str
    opener: Callable[[], BinaryIO]
    explicit: bool = False
    stamp: Callable[[], object] | None = None
    given: GivenIdentity = NOTHING

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The content as a stream of bytes; gz and zst are opened.

        Raises:
            HyoteiError: on opening or while reading: missing (HY101), unreadable (HY103), cut off or damaged (HY801),
                compressed in a way that needs a library (HY802), or unfolding without end (HY804, HY876); a folder (HY102) or no
                file at all (HY877).
        """
        with ExitStack() as stack:
            try:
                raw = stack.enter_context(self.opener())
            except FileNotFoundError:
                raise self.problem("HY101", path=self.path) from None
            except IsADirectoryError:
                raise self.problem("HY102", path=self.path) from None
            except DAMAGED as error:
                raise self.problem("HY801", reason=cause(error)) from None
            except (OSError, ValueError) as error:
                raise self.problem("HY103", path=self.path, reason=cause(error)) from None
            guarded = Guarded(cast(io.BufferedIOBase, raw), self)
            stream = io.BufferedReader(guarded, _BUFFER)
            head = stream.peek(4)[:4]
            if head.startswith(GZIP):
                stream = io.BufferedReader(Guarded(unzipped(stream), self, guarded), _BUFFER)
            elif head == ZSTANDARD:
                opened = zstandard_opener()
                if opened is None:
                    raise self.problem("HY802")
                stream = io.BufferedReader(Guarded(opened(stream), self, guarded), _BUFFER)
            yield stream

    @contextmanager
    def open_utf8(self) -> Iterator[BinaryIO]:
        """The content in UTF-8 without a byte order mark, whatever its encoding; bytes that are broken break just their line.

        Raises:
            HyoteiError: it is no text (HY105), or in no one encoding (HY122, HY123), or as `open`.
        """
        encoding = encoding_of(self.encoding, self.name)
        with self.open() as stream:
            yield as_utf8(stream, encoding)

    @cached_property
    def encoding(self) -> Guess:
        """In which encoding it is, by its first part that holds anything but ASCII.

        Raises:
            HyoteiError: as `open`.
        """
        with self.open() as stream:
            for _ in range(_MOST_ASCII):
                content = _head(stream)
                if not content:
                    break
                if not content.isascii() or b"\x1b" in content or b"\0" in content:
                    return guess(content, complete=len(content) < HEAD)
        return Guess(UTF8)

    def notes(self) -> tuple[Diagnostic, ...]:
        """What is to be said of its encoding: nothing where it is UTF-8.

        Raises:
            HyoteiError: as `open_utf8`.
        """
        encoding = encoding_of(self.encoding, self.name)
        return (encoding_note(encoding, self.name),) if encoding.codec != UTF8.codec else ()

    def sample(self) -> Sample:
        """Its beginning."""
        with self.open() as stream:
            return Sample(self.name, _head(stream))

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

    def problem(self, code: str, **params: Param) -> HyoteiError:
        """A problem of the document as a whole."""
        return HyoteiError(Diagnostic(code, Location(self.name), dict(params)))


def file_document(
    path: str | os.PathLike[str],
    *,
    explicit: bool = False,
    watch: Callable[[int], None] | None = None,
    given: GivenIdentity = NOTHING,
) -> InputFile:
    """The document of a file; `watch` is told of every number of bytes that are read from it."""
    place = Path(path)

    def opened() -> BinaryIO:
        kind = special(place.stat())
        if kind is not None:
            # Opened, a pipe would wait for ever, and a device may never end.
            raise document.problem("HY877", path=document.path, kind=kind)
        if watch is None:
            return place.open("rb")
        return cast(BinaryIO, io.BufferedReader(_Watched(place, watch), 1024 * 1024))

    def stamp() -> object:
        try:
            found = place.stat()
        except (OSError, ValueError):
            return None
        return found.st_size, found.st_mtime_ns, found.st_ino

    document = InputFile(shown_name(place.name), shown_name(str(path)), opened, explicit, stamp, given)
    return document


def _head(stream: BinaryIO) -> bytes:
    """The next part of a stream, or as much as comes before it breaks off; how it breaks is for whoever reads it all."""
    content = b""
    try:
        while len(content) < HEAD and (piece := cast(io.BufferedIOBase, stream).read1(HEAD - len(content))):
            content += piece
    except HyoteiError:
        if not content:
            raise
    return content


class _Watched(io.FileIO):
    """A file that tells how much is read of it."""

    def __init__(self, path: Path, watch: Callable[[int], None]) -> None:
        super().__init__(path, "rb")
        self._watch = watch

    def readinto(self, buffer: "Buffer") -> int:
        count = super().readinto(buffer)
        self._watch(count)
        return count
