"""All sheets of files, folders and zips, one after the other and in bounded memory, each read in the format of its content."""

import os
from collections.abc import Callable, Iterable, Iterator

from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.readers.document import Document
from hyotei.readers.places import documents
from hyotei.readers.reader import Found, GatheringReader, Reader
from hyotei.readers.registry import POSSIBLE, SURE, Registry, registry


def read_sheets(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    as_: str | None = None,
    *,
    watch: Callable[[int], None] | None = None,
) -> Iterator[Found]:
    """The sheets at the paths, with what is to be said of each.

    Args:
        paths: files, folders and zips, or one of them. Folders are read in the order of their names, hidden files left out.
        as_: the format of all of them, such as `judgit`; by default it is found from the content of each.
        watch: is told of every number of bytes read from the files, for showing how far the work is.

    Returns:
        An iterator over (sheet, problems). `sheet` is None for a record or file that could not be read; the rest goes on.

    Raises:
        HyoteiError: there is no format of that name (HY807).
    """
    places = [paths] if isinstance(paths, str | os.PathLike) else paths
    return read_documents(documents(places, watch), as_)


def read_documents(given: Iterable[Document | HyoteiError], as_: str | None = None) -> Iterator[Found]:
    """The sheets of documents that were found already; otherwise as `read_sheets`."""
    known = registry()
    chosen = known.named(as_) if as_ is not None else None
    return _all(given, known, chosen)


def _all(given: Iterable[Document | HyoteiError], known: Registry, chosen: Reader | None) -> Iterator[Found]:
    if known.problems:
        yield Found(None, known.problems)
    gathered: dict[str, tuple[GatheringReader, list[Document]]] = {}
    for document in given:
        if isinstance(document, HyoteiError):
            yield Found(None, document.diagnostics)
            continue
        try:
            reader = chosen or known.recognise(document.sample(), POSSIBLE if document.explicit else SURE)
        except HyoteiError as error:
            yield Found(None, error.diagnostics)
            continue
        if reader is None:
            yield _unknown(document, known)
        elif isinstance(reader, GatheringReader):
            # Its sheets are complete only when all documents are known.
            gathered.setdefault(reader.name, (reader, []))[1].append(document)
        else:
            yield from _guarded(reader, reader.read(document), document.name)
    for gathering, together in gathered.values():
        yield from _guarded(gathering, gathering.read_together(together), together[0].name)


def _guarded(reader: Reader, found: Iterator[Found], file: str) -> Iterator[Found]:
    """What a reader gives, whatever becomes of it in the end."""
    try:
        yield from found
    except HyoteiError as error:
        yield Found(None, error.diagnostics)
    except Exception as error:  # a reader of another package; no sheet before it is lost, and none of the other files
        if type(reader).__module__.startswith("hyotei."):
            raise
        reason = f"{type(error).__name__}: {error}"[:80]
        yield Found(None, (Diagnostic("HY809", Location(file), {"name": reader.name, "reason": reason}),))


def _unknown(document: Document, known: Registry) -> Found:
    if document.explicit:
        params: dict[str, str | tuple[str, str]] = {"path": document.path, "formats": ", ".join(known.names)}
        return Found(None, (Diagnostic("HY805", Location(document.name), params),))
    return Found(None, (Diagnostic("HY806", Location(document.name), {"path": document.path}),))
