"""All sheets of files, folders and zips, one after the other and in bounded memory, each read in the format of its content."""

import os
from collections.abc import Callable, Iterable, Iterator

from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.readers.claimed import claimed, damaged
from hyotei.readers.document import Document
from hyotei.readers.limit import TimedOut, limited
from hyotei.readers.places import documents
from hyotei.readers.reader import Found, GatheringReader, Reader
from hyotei.readers.registry import POSSIBLE, SURE, Registry, registry


def read_sheets(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    as_: str | None = None,
    *,
    watch: Callable[[int], None] | None = None,
    timeout: float | None = None,
) -> Iterator[Found]:
    """The sheets at the paths, with what is to be said of each.

    Args:
        paths: files, folders and zips, or one of them. Folders are read in the order of their names, hidden files left out.
        as_: the format of all of them, such as `judgit`; by default it is found from the content of each.
        watch: is told of every number of bytes read from the files, for showing how far the work is.
        timeout: seconds that the next sheet of a file may take, after which the file is given up (HY875) and the others are read.
            In the main thread on POSIX it uses the alarm of the process; elsewhere it is noticed when more of the file is read.

    Returns:
        An iterator over (sheet, problems). `sheet` is None for a record or file that could not be read; the rest goes on.

    Raises:
        HyoteiError: there is no format of that name (HY807).
    """
    return (found for _, found in read_named_sheets(paths, as_, watch=watch, timeout=timeout))


def read_named_sheets(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    as_: str | None = None,
    *,
    watch: Callable[[int], None] | None = None,
    timeout: float | None = None,
) -> Iterator[tuple[str, Found]]:
    """As `read_sheets`, each with the name of the file it was read from; of several files read together, that of the first."""
    places = [paths] if isinstance(paths, str | os.PathLike) else paths
    return _door(as_, timeout).all(documents(places, watch))


def read_documents(
    given: Iterable[Document | HyoteiError], as_: str | None = None, timeout: float | None = None
) -> Iterator[Found]:
    """The sheets of documents that were found already; otherwise as `read_sheets`."""
    return (found for _, found in _door(as_, timeout).all(iter(given)))


def _door(as_: str | None, timeout: float | None) -> "_Door":
    known = registry()
    return _Door(known, known.named(as_) if as_ is not None else None, timeout)


class _Door:
    """What is the same for all documents: the formats, the one that the user named, and the time that each may take."""

    def __init__(self, known: Registry, chosen: Reader | None, timeout: float | None) -> None:
        self.known, self.chosen, self.timeout = known, chosen, timeout

    def all(self, given: Iterator[Document | HyoteiError]) -> Iterator[tuple[str, Found]]:
        if self.known.problems:
            yield "", Found(None, self.known.problems)
        gathered: dict[str, tuple[GatheringReader, list[Document]]] = {}
        while True:
            with limited(self.timeout):  # a zip that is slow to open is told in its place
                document = next(given, None)
            if document is None:
                break
            if isinstance(document, HyoteiError):
                yield document.diagnostics[0].location.file or "", Found(None, document.diagnostics)
                continue
            reader = self._recognised(document)
            if isinstance(reader, Found):
                yield document.name, reader
            elif isinstance(reader, GatheringReader):
                # Its sheets are complete only when all documents are known.
                gathered.setdefault(reader.name, (reader, []))[1].append(document)
            else:
                for found in self._guarded(reader, reader.read(document), [document]):
                    yield document.name, found
        for gathering, together in gathered.values():
            for found in self._guarded(gathering, gathering.read_together(together), together):
                yield together[0].name, found

    def _recognised(self, document: Document) -> Reader | Found:
        """Who reads a document; what is to be said of one that nobody does."""
        try:
            with limited(self.timeout):
                reader = self.chosen or self.known.recognise(document.sample(), POSSIBLE if document.explicit else SURE)
        except HyoteiError as error:
            return Found(None, error.diagnostics)
        except TimedOut:
            return Found(None, (self._late(document.name),))
        if reader is not None:
            return reader
        kind = claimed(document.name)
        return _unknown(document, self.known) if kind is None else Found(None, (damaged(document.name, kind),))

    def _guarded(self, reader: Reader, found: Iterator[Found], together: list[Document]) -> Iterator[Found]:
        """What a reader gives, whatever becomes of it in the end; a failure costs no sheet before it, and no other file."""
        file = together[0].name
        before = [document.stamp() if document.stamp is not None else None for document in together]
        while True:
            try:
                with limited(self.timeout):
                    each = next(found, None)
            except HyoteiError as error:
                yield Found(None, error.diagnostics)
                break
            except TimedOut:
                yield Found(None, (self._late(file),))
                break
            except (MemoryError, RecursionError) as error:
                yield Found(None, (Diagnostic("HY884", Location(file), {"reason": type(error).__name__}),))
                break
            except Exception as error:
                yield Found(None, (_fault(reader, file, error),))
                break
            if each is None:
                break
            yield each
        for document, stamp in zip(together, before, strict=True):
            if document.stamp is not None and document.stamp() != stamp:
                yield Found(None, (Diagnostic("HY883", Location(document.name)),))

    def _late(self, file: str) -> Diagnostic:
        return Diagnostic("HY875", Location(file), {"seconds": f"{self.timeout:g}"})


def _fault(reader: Reader, file: str, error: Exception) -> Diagnostic:
    """That a reader failed in a way it should not have: one of another package, or one of ours."""
    reason = f"{type(error).__name__}: {error}"[:80]
    if not type(reader).__module__.startswith("hyotei."):
        return Diagnostic("HY809", Location(file), {"name": reader.name, "reason": reason})
    if os.environ.get("HYOTEI_DEBUG"):
        raise error
    return Diagnostic("HY885", Location(file), {"reason": reason})


def _unknown(document: Document, known: Registry) -> Found:
    if document.explicit:
        params: dict[str, str | tuple[str, str]] = {"path": document.path, "formats": ", ".join(known.names)}
        return Found(None, (Diagnostic("HY805", Location(document.name), params),))
    return Found(None, (Diagnostic("HY806", Location(document.name), {"path": document.path}),))
