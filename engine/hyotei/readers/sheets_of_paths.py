"""All sheets of files, folders and zips, one after the other and in bounded memory, each read in the format of its content."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from hashlib import sha256
from itertools import count
from typing import Final, NamedTuple

from hyotei.base.causes import cause, fault
from hyotei.base.text_file import encoding_of
from hyotei.intake.claimed_format import claimed, damaged
from hyotei.intake.find_files import documents
from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.intake.input_file import InputFile
from hyotei.intake.time_limit import TimedOut, limited
from hyotei.messages import Diagnostic, HyoteiError, Location, Param
from hyotei.readers.reader import Found, GatheringReader, Reader
from hyotei.readers.registry import Recognised, Registry, registry
from hyotei.sheet.models import Sheet


def read_sheets(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    as_: str | None = None,
    *,
    given: GivenIdentity = NOTHING,
    watch: Callable[[int], None] | None = None,
    timeout: float | None = None,
) -> Iterator[Found]:
    """The sheets at the paths, with what is to be said of each.

    Args:
        paths: files, folders and zips, or one of them. Folders are read in the order of their names, hidden files left out.
        as_: the format of all of them, such as `judgit`; by default it is found from the content of each.
        given: the identity that the user gives the sheets in place of what they print.
        watch: is told of every number of bytes read from the files, for showing how far the work is.
        timeout: seconds that the next sheet of a file may take, after which the file is given up (HY875) and the others are read.
            In the main thread on POSIX it uses the alarm of the process; elsewhere it is noticed when more of the file is read.

    Returns:
        An iterator over (sheet, problems). `sheet` is None for a record or file that could not be read; the rest goes on. A sheet
        whose identifier another had before is told (HY823) and gets one of its own.

    Raises:
        HyoteiError: there is no format of that name (HY807).
    """
    return (each.found for each in read_located(paths, as_, given=given, watch=watch, timeout=timeout))


def read_located(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    as_: str | None = None,
    *,
    given: GivenIdentity = NOTHING,
    watch: Callable[[int], None] | None = None,
    timeout: float | None = None,
) -> "Iterator[Located]":
    """The same as `read_sheets`, each with the file that it was found in."""
    places = [paths] if isinstance(paths, str | os.PathLike) else paths
    return _distinguished(located_documents(documents(places, watch, given), as_, timeout))


def read_documents(
    given: Iterable[InputFile | HyoteiError], as_: str | None = None, timeout: float | None = None
) -> Iterator[Found]:
    """The sheets of documents that were found already; otherwise as `read_sheets`, but identifiers stay as they are."""
    return (each.found for each in located_documents(given, as_, timeout))


_PUBLISHED: Final = frozenset(("judgit", "ndjson"))
"""Formats of many records that were written elsewhere, of whose figures an audit tells what is striking."""
_NO_SHEET: Final = frozenset(("HY230", "HY231", "HY232"))
"""What is said of sound YAML that is something else than a sheet."""


class Located(NamedTuple):
    """A file by its name, and what was found in it; of what is said of no file the name is empty."""

    file: str
    found: Found


def located_documents(
    given: Iterable[InputFile | HyoteiError], as_: str | None = None, timeout: float | None = None
) -> Iterator[Located]:
    """The same as `read_documents`, each with the file that it was found in."""
    known = registry()
    chosen = known.named(as_) if as_ is not None else None
    return _Reading(known, chosen, timeout).all(iter(given))


def _distinguished(every: Iterator[Located]) -> Iterator[Located]:
    """The same; a sheet whose identifier another had before is told, and gets the beginning of its hash behind it."""
    files: dict[str, str] = {}
    for file, found in every:
        sheet = found.sheet
        if sheet is None or sheet.id not in files:
            if sheet is not None:
                files[sheet.id] = file
            yield Located(file, found)
            continue
        own = own_id(sheet, files)
        params: dict[str, Param] = {"id": sheet.id[:60], "first": files[sheet.id], "own": own[:80]}
        told = Diagnostic("HY823", Location(file, heading=own), params)
        files[own] = file
        yield Located(file, Found(sheet.model_copy(update={"id": own}), (*found.problems, told)))


def own_id(sheet: Sheet, taken: Collection[str]) -> str:
    """An identifier that is not taken: that of the sheet, the beginning of its hash, and a number for a copy of a copy."""
    content = sheet.model_dump_json(by_alias=True, exclude_defaults=True).encode()
    name = f"{sheet.id}#{sha256(content).hexdigest()[:8]}"
    return name if name not in taken else next(each for n in count(2) if (each := f"{name}.{n}") not in taken)


class _Reading:
    """What is the same for all documents: the formats, the one that the user named, and the time that each may take."""

    def __init__(self, known: Registry, chosen: Reader | None, timeout: float | None) -> None:
        self.known, self.chosen, self.timeout = known, chosen, timeout
        self._told = 0

    def all(self, given: Iterator[InputFile | HyoteiError]) -> Iterator[Located]:
        gathered: dict[str, tuple[GatheringReader, list[InputFile]]] = {}
        while True:
            with limited(self.timeout):  # a zip that is slow to open is told in its place
                document = next(given, None)
            if document is None:
                break
            if isinstance(document, HyoteiError):
                yield Located(_file_of(document), Found(None, document.diagnostics))
                continue
            recognised = self._recognised(document)
            yield from self._told_of_readers()
            if isinstance(recognised, Found):
                yield Located(document.name, recognised)
                continue
            reader, sure = recognised
            if isinstance(reader, GatheringReader):
                # Its sheets are complete only when all documents are known.
                gathered.setdefault(reader.name, (reader, []))[1].append(document)
                continue
            found = self._guarded(reader, reader.read(document), [document])
            if not sure and not document.explicit:
                found = _if_any(document, found)
            for each in found:
                weighed = _possible(each) if reader.name in _PUBLISHED else _weighed(each)
                yield Located(document.name, _given(weighed, document))
        for gathering, together in gathered.values():
            for each in self._guarded(gathering, gathering.read_together(together), together):
                yield Located(_file(each) or together[0].name, _given(_possible(each), together[0]))

    def _told_of_readers(self) -> Iterator[Located]:
        """What is to be said of readers of other packages that could not be loaded, once."""
        problems = self.known.problems
        if len(problems) > self._told:
            self._told = len(problems)
            yield Located("", Found(None, problems))

    def _recognised(self, document: InputFile) -> Recognised | Found:
        """Who reads a document; what is to be said of one that nobody does."""
        try:
            with limited(self.timeout):
                if self.chosen is not None:
                    return Recognised(self.chosen, sure=True)
                found = self.known.recognise(document.sample())
                return found if found is not None else self._unknown(document)
        except HyoteiError as error:
            return Found(None, error.diagnostics)
        except TimedOut:
            return Found(None, (self._late(document.name),))

    def _unknown(self, document: InputFile) -> Found:
        """What is to be said of a document that is of no known format.

        Raises:
            HyoteiError: the user named it, and it is empty (HY104) or a text of which the encoding is not plain (HY122, HY123).
        """
        kind = claimed(document.name)
        if document.explicit:
            head = document.sample().head
            if not head.strip():
                raise document.problem("HY104")
            guessed = document.encoding
            if guessed.encoding is None and guessed.candidates and kind is None:
                encoding_of(guessed, document.name)
        if kind is not None:
            return Found(None, (damaged(document.name, kind),))
        if not document.explicit:
            return _left_out(document)
        params: dict[str, Param] = {"path": document.path, "formats": ", ".join(self.known.names)}
        return Found(None, (Diagnostic("HY805", Location(document.name), params),))

    def _guarded(self, reader: Reader, found: Iterator[Found], together: list[InputFile]) -> Iterator[Found]:
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
                yield Found(None, (Diagnostic("HY884", Location(file), {"reason": cause(error)}),))
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


def _weighed(found: Found) -> Found:
    """What was found, with what is said of corrected figures and of figures that are far apart in size."""
    from hyotei.readers.corrected_notes import corrected_notes
    from hyotei.readers.magnitude_check import magnitudes

    if found.sheet is None:
        return found
    return Found(found.sheet, (*found.problems, *corrected_notes(found.sheet), *magnitudes(found.sheet)))


def _possible(found: Found) -> Found:
    """What was found in published data, with what is said of amounts that no budget can have."""
    from hyotei.readers.magnitude_check import impossible_budgets

    told = () if found.sheet is None else tuple(impossible_budgets(found.sheet))
    return Found(found.sheet, (*found.problems, *told)) if told else found


def _fault(reader: Reader, file: str, error: Exception) -> Diagnostic:
    """That a reader failed in a way it should not have: one of another package, or one of ours."""
    reason = fault(error)
    if not type(reader).__module__.startswith("hyotei."):
        return Diagnostic("HY809", Location(file), {"name": reader.name, "reason": reason})
    if os.environ.get("HYOTEI_DEBUG"):
        raise error
    return Diagnostic("HY885", Location(file), {"reason": reason})


def _left_out(document: InputFile) -> Found:
    return Found(None, (Diagnostic("HY806", Location(document.name), {"path": document.path}),))


def _if_any(document: InputFile, found: Iterator[Found]) -> Iterator[Found]:
    """What a reader that is not sure finds in a file of a folder or zip; the file is left out where that is no sheet.

    A YAML file that is broken is told all the same: what it should have been cannot be seen.
    """
    every = list(found)
    codes = {problem.code for each in every for problem in each.problems if problem.severity == "error"}
    by_hand = document.name.lower().endswith((".yaml", ".yml"))
    sheets = any(each.sheet is not None for each in every)
    yield from every if sheets or (by_hand and codes - _NO_SHEET) else [_left_out(document)]


def _given(found: Found, document: InputFile) -> Found:
    """A sheet under what the user gave, as far as its reader did not ask for that itself."""
    if found.sheet is None or document.given == NOTHING:
        return found
    sheet, problems = document.given.put(found.sheet, document.name)
    return Found(sheet, (*found.problems, *problems))


def _file(found: Found) -> str | None:
    return next((each.location.file for each in found.problems if each.location.file), None)


def _file_of(error: HyoteiError) -> str:
    return _file(Found(None, error.diagnostics)) or ""
