"""Whether a corpus is what its manifest says: files, rows, keys and content, each from the files themselves."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from hyotei.corpus.content_hash import corpus_hash, sheet_hash
from hyotei.corpus.corpus import Corpus
from hyotei.corpus.manifest import Manifest
from hyotei.corpus.part import Part, file_name
from hyotei.corpus.rewritten_parts import damaged, groups
from hyotei.corpus.schema import TABLES, arrow_schema
from hyotei.corpus.unique_keys import settle
from hyotei.corpus.verified_files import as_written, disagrees
from hyotei.messages import Diagnostic, HyoteiError, phrase

_WORTH_A_PROCESS: Final = 4_000
"""Sheets below which starting another process takes longer than checking them."""


def check_corpus(
    corpus: Corpus, *, quick: bool = False, processes: int = 1, watch: Callable[[int], None] | None = None
) -> Iterator[Diagnostic]:
    """Everything that is wrong with a corpus, as it is found.

    Args:
        corpus: an open corpus.
        quick: leave it at files, rows and keys; otherwise each sheet is made again and its hash taken, which takes about as long as
            reading the sources.
        processes: how many processes may make sheets again at once. With more than one, the main module of the program must be one
            that can be imported again (`if __name__ == "__main__"`).
        watch: is told of every number of sheets that were checked.
    """
    whole = True
    for part in corpus.parts:
        for table in TABLES:
            for problem in _file(corpus.place, part, table):
                whole = False
                yield problem
    if not whole:
        return  # What follows would only repeat it.
    try:
        outcome = settle(corpus.place, [part.name for part in corpus.parts])
    except HyoteiError as error:
        yield from error.diagnostics
        return
    for name, edit in outcome.edits.items():
        keys = sorted({*edit.drop, *edit.rename})[:3]
        yield disagrees(phrase("corpus.disagrees.keys", part=name, keys=", ".join(keys)))
    hashes: dict[str, str] = {}
    for part in corpus.parts:
        for rows in groups(corpus.place, part.name, "sheets", ("sheet", "sha256")):
            hashes.update(zip(*(column.to_pylist() for column in rows.columns), strict=True))
    if corpus_hash(hashes.values()) != corpus.hash:
        yield disagrees(phrase("corpus.disagrees.hash"))
    if not quick:
        yield from _content(corpus, hashes, processes, watch)


def _file(place: Path, part: Part, table: str) -> Iterator[Diagnostic]:
    import pyarrow.parquet as pq
    from pyarrow import ArrowException

    path = place / table / file_name(part.name)
    file = part.files[table]
    where = f"{table}/{path.name}"
    try:
        as_written(place, part, table)
        with pq.ParquetFile(path) as parquet:
            if parquet.metadata.num_rows != file.rows or not parquet.schema_arrow.equals(arrow_schema(table)):
                yield disagrees(phrase("corpus.disagrees.rows", file=where))
    except HyoteiError as error:
        yield from error.diagnostics
    except (OSError, ArrowException) as error:
        yield from damaged(path, error).diagnostics


def _content(
    corpus: Corpus, hashes: dict[str, str], processes: int, watch: Callable[[int], None] | None
) -> Iterator[Diagnostic]:
    """What sheets made again differ in, part by part, in the order of the parts."""
    parts = [each.name for each in corpus.parts]
    processes = min(processes, len(parts), 1 + len(corpus) // _WORTH_A_PROCESS)
    if processes <= 1:
        yield from _told((_part(corpus, name, hashes) for name in parts), watch)
        return
    import multiprocessing as mp
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # A process of its own, not a copy of this one: Arrow has threads, which a copy would lack.
    with ProcessPoolExecutor(processes, mp_context=mp.get_context("spawn")) as pool:
        tasks = [pool.submit(_part_of, corpus.folder, corpus.manifest, name, hashes) for name in parts]
        for name, task in zip(parts, tasks, strict=True):
            try:
                checked = task.result()
            except BrokenProcessPool:  # for want of memory, say
                checked = _part(corpus, name, hashes)
            yield from _told([checked], watch)


def _told(checked: Iterable[tuple[int, list[Diagnostic]]], watch: Callable[[int], None] | None) -> Iterator[Diagnostic]:
    for sheets, problems in checked:
        yield from problems
        if watch is not None:
            watch(sheets)


def _part_of(folder: Path, manifest: Manifest, name: str, hashes: dict[str, str]) -> tuple[int, list[Diagnostic]]:
    """A part of a corpus that another process holds open."""
    with Corpus(folder, manifest) as corpus:
        return _part(corpus, name, hashes)


def _part(corpus: Corpus, name: str, hashes: dict[str, str]) -> tuple[int, list[Diagnostic]]:
    """How many sheets of a part were made again, and what is wrong with them."""
    problems = []
    count = 0
    try:
        for key, sheet in corpus.sheets([part for part in corpus.parts if part.name == name]):
            count += 1
            if sheet_hash(sheet) != hashes.get(key):
                problems.append(disagrees(phrase("corpus.disagrees.content", key=key)))
    except HyoteiError as error:
        problems.extend(error.diagnostics)
    return count, problems
