"""What a corpus is built from, cut into pieces that are read again only when they change."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from hyotei.base.text_file import special
from hyotei.intake.find_files import files
from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.intake.input_file import InputFile
from hyotei.intake.zip_members import members
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import HyoteiError
from hyotei.readers.reader import Found, GatheringReader, Reader
from hyotei.readers.registry import registry
from hyotei.readers.sheets_of_paths import read_documents

_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """A file on the disk, zips closed; or all files of a format that spreads its sheets over several.

    Attributes:
        path: the absolute path of the file, or the folder that the files share.
        sha256: hash of the content; empty where a file cannot be read, which reading it then tells.
    """

    path: str
    files: tuple[InputFile, ...]
    sha256: str
    bytes: int

    def read(self, as_: str | None) -> Iterator[Found]:
        """Its sheets, as `read_sheets` gives them."""
        return read_documents((each for file in self.files for each in members(file)), as_)

    def unchanged(self) -> bool:
        """Whether the files are still what the hash was taken of."""
        return _hash(self.files)[0] == self.sha256


def pieces(
    paths: Iterable[str | os.PathLike[str]],
    as_: str | None,
    watch: Callable[[int], None] | None = None,
    given: GivenIdentity = NOTHING,
) -> list[Piece]:
    """The pieces at the paths, each path once, in their order; those of several files come last, as their sheets do.

    Raises:
        HyoteiError: there is no format of the name `as_` (HY807).
    """
    known = registry()
    chosen = known.named(as_) if as_ is not None else None
    alone: dict[str, InputFile] = {}
    together: dict[str, dict[str, InputFile]] = {}
    for file in files(paths, watch, given):
        if isinstance(file, HyoteiError):
            continue  # links to nowhere, devices and the like, which are no sources
        path = absolute(file.path)
        gathering = _gathering(file) if chosen is None else _name(chosen)
        if gathering is None:
            alone.setdefault(path, file)
        else:
            together.setdefault(gathering, {}).setdefault(path, file)
    found = [_piece(path, (file,)) for path, file in alone.items()]
    for group in together.values():
        path = next(iter(group)) if len(group) == 1 else os.path.commonpath(group)
        found.append(_piece(path, tuple(group.values())))
    return found


def absolute(path: str | os.PathLike[str]) -> str:
    """The absolute path as text that every table can hold."""
    return os.fsencode(Path(path).absolute()).decode("utf-8", "backslashreplace")


def _gathering(file: InputFile) -> str | None:
    """The format that reads this file, or one that it holds, only together with others."""
    known = registry()
    for document in members(file):
        if isinstance(document, HyoteiError):
            continue
        try:
            found = known.recognise(document.sample())
        except HyoteiError:
            continue
        if found is not None and _name(found.reader) is not None:
            return found.reader.name
    return None


def _name(reader: Reader) -> str | None:
    return reader.name if isinstance(reader, GatheringReader) else None


def _piece(path: str, documents: tuple[InputFile, ...]) -> Piece:
    digest, size = _hash(documents)
    return Piece(path, documents, digest, size)


def _hash(documents: Sequence[InputFile]) -> tuple[str, int]:
    """The hash of the files as they lie on the disk, whatever their order, and their size."""
    size = 0
    hashes = []
    for document in documents:
        digest = hashlib.sha256()
        try:
            if special(Path(document.path).stat()) is not None:
                return "", 0
            # Not through the document: what it reads counts as progress.
            with Path(document.path).open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
        except OSError:
            return "", 0
        hashes.append(f"{digest.hexdigest()} {document.name}\n")
    if len(hashes) == 1:
        return digest.hexdigest(), size
    return hashlib.sha256("".join(sorted(hashes)).encode("utf-8", "surrogateescape")).hexdigest(), size
