"""Building a corpus: sources are read into a new generation beside what is kept of the old, and one switch makes it the corpus."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from pathlib import Path
from typing import NamedTuple

from hyotei.base.causes import cause
from hyotei.corpus.carried_parts import carry
from hyotei.corpus.content_hash import corpus_hash, sheet_hash
from hyotei.corpus.final_keys import settled
from hyotei.corpus.flatten import Row, flatten
from hyotei.corpus.generations import locked, new_generation, publish, unwritable
from hyotei.corpus.manifest import CorpusSource, Manifest, read_manifest
from hyotei.corpus.part_writing import Writing
from hyotei.corpus.rewritten_parts import groups
from hyotei.corpus.sources import Piece, pieces
from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Param
from hyotei.readers.reader import Found
from hyotei.version import __version__


class How(NamedTuple):
    """How sources are read: the format that was asked for, and the identity that the user gave, as `GivenIdentity.values`."""

    format: str | None
    given: dict[str, str]


@dataclass(slots=True)
class Built:
    """What a build did.

    Attributes:
        manifest: the corpus as it now stands.
        read: how many sources were read, `kept` how many of those given were unchanged and not read again.
        sheets: how many sheets were read, `failed` how many records or files could not be.
        problems: what is to be said of the corpus as a whole, such as identifiers that several sheets share.
    """

    manifest: Manifest
    read: int = 0
    kept: int = 0
    sheets: int = 0
    failed: int = 0
    problems: list[Diagnostic] = field(default_factory=list)


OnSheet = Callable[[Found], None]


def build(
    paths: Iterable[str | os.PathLike[str]],
    folder: str | os.PathLike[str],
    *,
    append: bool = False,
    as_: str | None = None,
    given: GivenIdentity = NOTHING,
    watch: Callable[[int], None] | None = None,
    told: OnSheet | None = None,
) -> Built:
    """Builds the corpus of all sheets at the paths, in place of the one in the folder, or in addition to it.

    Args:
        paths: files, folders and zips, as `read_sheets` takes them.
        folder: where the corpus stands; made where it is missing.
        append: keep the sheets of all other sources; a source that is there already is read again only if it changed, and its
            sheets then replace those it gave before.
        as_: the format of all of them; by default it is found from the content of each.
        given: the identity that the user gives the sheets in place of what they print.
        watch: is told of every number of bytes read.
        told: is told of everything that was found, as soon as it is.

    Raises:
        HyoteiError: nothing could be read (HY967), the folder holds something else (HY960), is being built by another (HY961) or
            cannot be written (HY962), or the corpus to be appended to is damaged (HY959) or of another version (HY958). The
            corpus that was there stands untouched.
    """
    place = Path(folder)
    with locked(place):
        old = _old(place, append)
        how = How(as_, given.values)
        plan = _plan(pieces(paths, as_, watch, given), old if append else None, how)
        if append and old is not None and not plan.read:
            return Built(old, kept=plan.unchanged)
        kept = old if append else None
        return _built(place, old, kept, plan, lambda piece: piece.read(as_), how, told)


def build_from(sheets: Iterable[Found], folder: str | os.PathLike[str], name: str) -> Built:
    """Builds the corpus of sheets at hand, which come from the source of that name; otherwise as `build`."""
    place = Path(folder)
    with locked(place):
        old = _old(place, append=False)
        plan = _Plan(read=[Piece(name, (), "", 0)])
        return _built(place, old, None, plan, lambda _: iter(sheets), How(None, {}), None)


@dataclass(slots=True)
class _Plan:
    """What is to be done with each source."""

    read: list[Piece] = field(default_factory=list)
    kept: list[CorpusSource] = field(default_factory=list)
    unchanged: int = 0
    replaced: set[str] = field(default_factory=set)


def _old(place: Path, append: bool) -> Manifest | None:
    try:
        return read_manifest(place)
    except HyoteiError as error:
        # To build anew is the way out of a corpus that is damaged or of another version.
        if append and error.diagnostics[0].code != "HY956":
            raise
        return None


def _plan(found: list[Piece], old: Manifest | None, how: How) -> _Plan:
    plan = _Plan()
    sources = {source.path: source for source in old.sources} if old is not None else {}
    by_content = {source.sha256: source for source in sources.values() if source.sha256}
    for piece in found:
        same = by_content.get(piece.sha256)
        if same is not None and (same.format, same.given) == how and same.hyotei == __version__:
            plan.unchanged += 1
            continue
        plan.read.append(piece)
        plan.replaced.update(each.path for each in (same, sources.get(piece.path)) if each is not None)
    plan.kept = [source for source in sources.values() if source.path not in plan.replaced]
    return plan


def _built(
    place: Path,
    old: Manifest | None,
    kept: Manifest | None,
    plan: _Plan,
    read: Callable[[Piece], Iterator[Found]],
    how: How,
    told: OnSheet | None,
) -> Built:
    built = Built(Manifest("", "", (), ()), read=len(plan.read), kept=plan.unchanged)
    with new_generation(place, old) as fresh:
        writing = Writing(fresh)
        try:
            if kept is not None:
                carry(place / kept.generation, kept, plan.replaced, writing)
            sources = [_read(piece, read(piece), writing, how, told, built) for piece in plan.read]
            parts = writing.close()
        except BaseException:
            writing.abandon()
            raise
        if not built.sheets:
            raise HyoteiError(Diagnostic("HY967"))
        parts, told_of_keys = settled(fresh, parts)
        built.problems += told_of_keys
        digest = corpus_hash(
            each
            for part in parts
            for rows in groups(fresh, part.name, "sheets", ("sha256",))
            for each in rows[0].to_pylist()
        )
    built.manifest = Manifest(fresh.name, digest, tuple(parts), (*plan.kept, *sources))
    try:
        publish(place, built.manifest)
    except OSError as error:
        raise unwritable(place, error) from None
    return built


def _read(
    piece: Piece, found: Iterator[Found], writing: Writing, how: How, told: OnSheet | None, built: Built
) -> CorpusSource:
    """Reads one source into the parts at hand."""
    sheets = failed = 0
    for each in found:
        if each.sheet is not None:
            each = _added(each, piece.path, writing)
        sheets += each.sheet is not None
        failed += each.sheet is None and any(problem.severity == "error" for problem in each.problems)
        identifier = each.sheet.id if each.sheet is not None else None
        writing.tell([_problem(piece.path, identifier, problem) for problem in each.problems])
        if told is not None:
            told(each)
    digest = piece.sha256
    if piece.files and not piece.unchanged():
        built.problems.append(Diagnostic("HY969", params={"path": piece.path}))
        digest = ""
    built.sheets += sheets
    built.failed += failed
    return CorpusSource(piece.path, digest, piece.bytes, how.format, __version__, sheets, failed, how.given)


def _added(found: Found, source: str, writing: Writing) -> Found:
    """The sheet with its rows in the part at hand; without the sheet where the tables cannot hold it."""
    sheet = found.sheet
    assert sheet is not None
    key = writing.key(sheet.id)
    try:
        rows = flatten(sheet, key, source, sheet_hash(sheet))
    except ValueError as error:  # what no 64-bit integer holds, or text that is not Unicode
        params: dict[str, Param] = {
            "id": repr(sheet.id)[:60],
            "reason": cause(error),
        }
        return Found(None, (*found.problems, Diagnostic("HY968", params=params)))
    writing.add(key, rows)
    return found


def _problem(source: str, identifier: str | None, problem: Diagnostic) -> Row:
    location = problem.location
    return (
        source, identifier, problem.code, problem.severity, location.file, location.line,
        problem.message("ja"), problem.message("en"),
    )  # fmt: skip
