"""Zips as the documents they hold: names are labels, sizes are not believed, and nothing is unfolded before it is read.

What a zip can do to its reader is bounded: entries that share bytes, that unfold beyond proportion, that are zips in zips in zips,
encrypted, links, or compressed in a way that is not known, are told and left, and the other entries are read.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from stat import S_IFMT, S_ISLNK, S_ISREG
from typing import IO, TYPE_CHECKING, BinaryIO, Final, cast

from hyotei.base.causes import cause
from hyotei.intake.claimed_format import claimed, damaged
from hyotei.intake.compressed import DAMAGED
from hyotei.intake.file_names import zip_name
from hyotei.intake.input_file import InputFile
from hyotei.intake.time_limit import TimedOut, allowed
from hyotei.messages import HyoteiError, phrase

if TYPE_CHECKING:
    from typing_extensions import Buffer

OFFICE: Final = "[Content_Types].xml"
"""The entry by which XLSX and DOCX are known, which are zips but one document."""
_OPEN_DOCUMENT: Final = frozenset(("mimetype", "content.xml", "META-INF/manifest.xml"))
"""The entries by which OpenDocument files are, likewise."""
_ZIP: Final = b"PK\x03\x04"
_MOST_MEMBERS: Final = 1_000_000
_LARGEST_MEMBER: Final = 4 * 1024**3
_STEEPEST: Final = 300
"""Bytes that one byte of a zip may become; deflate reaches a thousand, but only with nothing but repetition."""
_STEEP_FROM: Final = 64 * 1024**2
_DEEPEST: Final = 3
"""Zips within zips that are opened."""
_LARGEST_INNER: Final = 128 * 1024**2
"""Bytes of a zip within a zip at most, because it is held in memory."""
_HEADER: Final = 30
_ENCRYPTED: Final = 0x41
_KNOWN_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_REFUSED: Final = (*DAMAGED, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError)
"""What zipfile may say of a zip that was made to be hostile."""


def members(document: InputFile, depth: int = 0) -> Iterator[InputFile | HyoteiError]:
    """The document, or the documents in the zip that it is, each opened likewise; an error in place of what cannot be read."""
    try:
        with document.open() as stream:
            is_zip = stream.read(4) == _ZIP
        if not is_zip:
            yield document
            return
        with document.opener() as raw, zipfile.ZipFile(cast(IO[bytes], raw)) as archive:
            listed = archive.infolist()
            size = raw.seek(0, 2)
    except HyoteiError as error:
        yield error
        return
    except TimedOut:
        yield document.problem("HY875", seconds=allowed())
        return
    except MemoryError as error:
        yield document.problem("HY884", reason=cause(error))
        return
    except _REFUSED as error:
        kind = claimed(document.name)
        if kind is None or document.name.lower().endswith(".zip"):
            yield document.problem("HY801", reason=cause(error))
        else:
            yield HyoteiError(damaged(document.name, kind, cause(error)))
        return
    names = {member.filename for member in listed}
    if OFFICE in names or names >= _OPEN_DOCUMENT:
        yield document
        return
    if depth >= _DEEPEST:
        yield document.problem("HY879", limit=str(_DEEPEST))
        return
    if len(listed) > _MOST_MEMBERS:
        yield document.problem("HY803", limit=f"{_MOST_MEMBERS:,}")
        return
    if _overlap(listed):
        yield document.problem("HY880")
        return
    for member in listed:
        if member.filename.endswith("/"):  # as `is_dir` tells it, which fails for an entry without a name
            continue
        # Names are labels here; nothing is ever written under them.
        path = zip_name(member)
        name = path.rpartition("/")[2] or path
        if name.startswith("."):
            continue
        inner = InputFile(
            name,
            f"{document.path}/{path}",
            partial(_opened, document, member, size),
            stamp=document.stamp,
            given=document.given,
        )
        refused = _refused(inner, member)
        if refused is not None:
            yield refused
            continue
        yield from members(_held(inner), depth + 1)


def _overlap(listed: list[zipfile.ZipInfo]) -> bool:
    """Whether two entries share bytes, by which a small zip unfolds into the same gigabytes again and again."""
    ordered = sorted(listed, key=lambda member: member.header_offset)
    return any(
        first.header_offset + _HEADER + first.compress_size > second.header_offset
        for first, second in pairwise(ordered)
    )


def _refused(document: InputFile, member: zipfile.ZipInfo) -> HyoteiError | None:
    """Why an entry is not read; None where it is."""
    mode = member.external_attr >> 16
    if S_ISLNK(mode):
        return document.problem("HY878", path=document.path, kind=phrase("files.special.link"))
    if S_IFMT(mode) and not S_ISREG(mode):
        return document.problem("HY878", path=document.path, kind=phrase("files.special.no_file"))
    if member.flag_bits & _ENCRYPTED:
        return document.problem("HY881", path=document.path)
    if member.compress_type not in _KNOWN_METHODS:
        return document.problem("HY882", path=document.path, method=str(member.compress_type))
    return None


def _held(document: InputFile) -> InputFile:
    """A zip within a zip with its bytes in memory, because reading a zip goes back and forth; any other document as it is."""
    try:
        with document.open() as stream:
            if stream.peek(4)[:4] != _ZIP:  # type: ignore[attr-defined]  # every stream of a document is buffered
                return document
        with document.opener() as raw:
            content = raw.read(_LARGEST_INNER + 1)
    except (HyoteiError, *_REFUSED):
        return document  # whoever opens it next is told
    if len(content) > _LARGEST_INNER:
        return document
    return replace(document, opener=partial(io.BytesIO, content))


def _opened(document: InputFile, member: zipfile.ZipInfo, size: int) -> BinaryIO:
    """A member of a zip as a stream, which closes the zip with itself."""
    raw = document.opener()
    try:
        archive = _Listed(cast(IO[bytes], raw))
        stream = archive.open(member)
    except _REFUSED as error:
        raw.close()
        raise document.problem("HY801", reason=cause(error)) from None
    return io.BufferedReader(_Bounded(stream, (archive, raw), document, min(member.compress_size, size)))


class _Listed(zipfile.ZipFile):
    """A zip whose entries are known: to read the list of them anew for each takes the square of their number."""

    def _RealGetContents(self) -> None:  # noqa: N802  # the name is that of the library
        """Reads no list."""


class _Bounded(io.RawIOBase):
    """A stream that stops where a small zip unfolds into something enormous; what the zip says of its sizes is not believed."""

    def __init__(
        self, inner: IO[bytes], owners: tuple[IO[bytes] | zipfile.ZipFile, ...], document: InputFile, size: int
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
