"""Files, folders and zips as the documents they hold, in a fixed order and without writing anything anywhere."""

import io
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Final, cast

from hyotei.messages import HyoteiError
from hyotei.readers.document import Document, file_document

if TYPE_CHECKING:
    from typing_extensions import Buffer

_OFFICE: Final = "[Content_Types].xml"
_MOST_MEMBERS: Final = 1_000_000
_LARGEST_MEMBER: Final = 4 * 1024**3
_STEEPEST: Final = 1_000
"""Bytes that one byte of a zip may become; deflate reaches about as much, and only with nothing but repetition."""
_STEEP_FROM: Final = 64 * 1024**2


def documents(
    paths: Iterable[str | os.PathLike[str]], watch: Callable[[int], None] | None = None
) -> Iterator[Document | HyoteiError]:
    """The documents at the paths in order, folders and zips opened; an error in place of what cannot be opened."""
    for file in files(paths, watch):
        yield from opened(file)


def files(paths: Iterable[str | os.PathLike[str]], watch: Callable[[int], None] | None = None) -> Iterator[Document]:
    """The files at the paths in order, folders walked; zips are still closed."""
    for path in paths:
        place = Path(path)
        if not place.is_dir():
            yield file_document(place, explicit=True, watch=watch)
            continue
        # Links to folders are not followed, so no loop can arise.
        for folder, folders, names in os.walk(place):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                file = Path(folder, name)
                if not name.startswith(".") and file.is_file():
                    yield file_document(file, watch=watch)


def opened(document: Document) -> Iterator[Document | HyoteiError]:
    """The document, or the members of the zip that it is."""
    try:
        with document.open() as stream:
            is_zip = stream.read(4) == b"PK\x03\x04"
        if not is_zip:
            yield document
            return
        with document.opener() as raw, zipfile.ZipFile(cast(IO[bytes], raw)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if any(member.filename == _OFFICE for member in members):
                yield document
                return
    except HyoteiError as error:
        yield error
        return
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        yield document.problem("HY801", reason=str(error))
        return
    if len(members) > _MOST_MEMBERS:
        yield document.problem("HY803", limit=f"{_MOST_MEMBERS:,}")
        return
    for member in members:
        # Names are labels here; nothing is ever written under them.
        name = member.filename.rpartition("/")[2] or member.filename
        if not name.startswith("."):
            yield Document(name, f"{document.path}/{member.filename}", partial(_member, document, member))


def _member(document: Document, member: zipfile.ZipInfo) -> BinaryIO:
    """A member of a zip as a stream, which closes the zip with itself."""
    raw = document.opener()
    try:
        archive = zipfile.ZipFile(cast(IO[bytes], raw))
        return io.BufferedReader(_Bounded(archive.open(member), (archive, raw), document, member.compress_size))
    except BaseException:
        raw.close()
        raise


class _Bounded(io.RawIOBase):
    """A stream that stops where a small zip unfolds into something enormous; what the zip says of its sizes is not believed."""

    def __init__(
        self, inner: IO[bytes], owners: tuple[IO[bytes] | zipfile.ZipFile, ...], document: Document, size: int
    ) -> None:
        self._inner, self._owners, self._document = inner, owners, document
        self._most = min(_LARGEST_MEMBER, max(_STEEP_FROM, _STEEPEST * size))
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        view = memoryview(buffer).cast("B")
        content = self._inner.read(len(view))
        view[: len(content)] = content
        self._read += len(content)
        if self._read > self._most:
            raise self._document.problem("HY804", limit=f"{self._most // 1024**2:,}")
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            for owner in self._owners:
                owner.close()
        super().close()
