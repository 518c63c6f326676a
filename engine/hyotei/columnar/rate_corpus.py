"""A corpus rated part by part, so that memory is bounded and a run that was stopped goes on where it was.

Every part of the result is written beside the place of the result and moved there whole; the result itself appears in one move
at the end. A part that stands is not made again, as long as rulebook, corpus and engine are those it was made with.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hyotei.base.causes import cause
from hyotei.base.file_lock import exclusive, require
from hyotei.columnar.corpus_batches import AT_ONCE, TableRater, batches_of
from hyotei.columnar.corpus_relations import relations_of_parts
from hyotei.columnar.decision_reads import longest_chain
from hyotei.columnar.engines import Engine
from hyotei.columnar.program import MOST_CHAIN
from hyotei.columnar.result_tables import Results, together
from hyotei.columnar.results_of_columns import results
from hyotei.columnar.results_of_derivations import results_of
from hyotei.corpus.corpus import Corpus
from hyotei.corpus.lazy_sheets import lazy_sheet
from hyotei.corpus.part import Part
from hyotei.corpus.stored_rows import StoredRows
from hyotei.inference.engine import derive
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Param
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.rulebook.model import Rulebook
from hyotei.version import __version__

SCHEMA: Final = "hyotei.verdicts-table/1"
SINGLY: Final = "durable"
"""What is told as the engine of sheets that were rated one by one."""

Progress = Callable[[int, int], None]
"""Told the sheets done and the sheets in all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to."""

    sheets: int
    singly: int
    """Sheets rated one by one, because a number of theirs fits no column."""
    resumed: int
    """Sheets whose results stood from a run before."""
    paths: dict[str, Path]


class Runner:
    """A rulebook, ready to rate any number of batches on one engine."""

    def __init__(self, rulebook: Rulebook, engine: Engine, with_steps: bool = False) -> None:
        self.rulebook, self.engine, self.with_steps = rulebook, engine, with_steps
        self.rater = TableRater(rulebook, engine, "steps" if with_steps else "results")

    def rate(self, corpus: Corpus, parts: Sequence[Part], first: int) -> Results:
        """The results of some parts; `first` is the place of their first sheet in the corpus."""
        if longest_chain(self.rulebook) > MOST_CHAIN:
            everything = set(range(len(StoredRows(corpus, parts).keys)))
            return together([self._singly(corpus, parts, everything, first)])
        relations = relations_of_parts(corpus, list(parts), self.rater.figures)
        rated = self.rater.rate(relations)
        tables, apart = rated.tables, rated.apart
        keep = [number for number in range(len(relations.keys)) if number not in apart]
        sheets = pa.table(
            {
                "sheet_id": pa.array(keep, pa.int64()),
                "place": pa.array([first + number for number in keep], pa.int64()),
                "key": pa.array([relations.keys[number] for number in keep], pa.string()),
            }
        )
        if apart:
            tables = {scope: _only(table, sheets["sheet_id"]) for scope, table in tables.items()}
        found = results(rated.program, tables, sheets, self.engine.name, self.with_steps)
        alone = [self._singly(corpus, parts, apart, first)] if apart else []
        return together([found, *alone])

    def _singly(self, corpus: Corpus, parts: Sequence[Part], apart: Collection[int], first: int) -> Results:
        """Sheets rated one by one by the engine of single sheets."""
        stored = StoredRows(corpus, parts)
        derived = (
            (first + number, stored.keys[number], derive(self.rulebook, lazy_sheet(stored, number)))
            for number in sorted(apart)
        )
        return results_of(self.rulebook, derived, SINGLY, self.with_steps)


def _only(table: pa.Table, sheets: Any) -> pa.Table:
    return table.filter(pc.is_in(table["sheet_id"], value_set=sheets.combine_chunks()))


def rate_corpus(
    corpus: Corpus,
    rulebook: Rulebook,
    out: Path,
    engine: Callable[[], Engine],
    *,
    with_steps: bool = False,
    at_once: int = AT_ONCE,
    progress: Progress = lambda _done, _all: None,
) -> Outcome:
    """Rates a corpus into Parquet files: `out` with the verdicts, beside it the findings and, if asked for, the steps.

    Args:
        corpus: the corpus.
        rulebook: the rulebook for all its sheets, whether in force for them or not.
        out: where the verdicts go; findings go to `<name>.findings.parquet` beside it, steps to `<name>.steps.parquet`.
        engine: makes the engine, if there is anything left to do.
        with_steps: whether every decision for every unit is kept too.
        at_once: about how many sheets are held at once.
        progress: told the sheets done and the sheets in all.

    Raises:
        HyoteiError: a file of the corpus is damaged, or the result cannot be written (HY975).
    """
    with held(out):
        return _rate_corpus(corpus, rulebook, out, engine, with_steps, at_once, progress)


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Keeps other runs into the same place away; the system lets go when this one ends, however it ends.

    Raises:
        HyoteiError: another run is there (HY977), the place cannot be written to (HY975), or the system has no file locks (HY719).
    """
    require()
    work = _work(out)
    try:
        made = not work.exists()
        work.mkdir(parents=True, exist_ok=True)
        handle = os.open(work, os.O_RDONLY)
    except OSError as error:
        raise _unwritable(out, error) from None
    try:
        if not exclusive(handle):
            raise HyoteiError(Diagnostic("HY977", params={"path": str(out)}))
        yield
    finally:
        os.close(handle)
        if made:
            with suppress(OSError):
                # Nothing was begun; otherwise the parts are in it, and it stays.
                work.rmdir()


def _work(out: Path) -> Path:
    return out.with_name(f".{out.name}.parts")


def _unwritable(out: Path, error: OSError) -> HyoteiError:
    params: dict[str, Param] = {"path": str(out), "reason": cause(error)}
    return HyoteiError(Diagnostic("HY975", params=params))


def _rate_corpus(
    corpus: Corpus,
    rulebook: Rulebook,
    out: Path,
    engine: Callable[[], Engine],
    with_steps: bool,
    at_once: int,
    progress: Progress,
) -> Outcome:
    work = _work(out)
    batches = list(batches_of(corpus.parts, at_once))
    identity = {
        "schema": SCHEMA,
        "rulebook": rulebook.id,
        "rulebook_hash": rulebook.hash,
        "rulebook_hash_format": HASH_FORMAT,
        "corpus_hash": corpus.hash,
        "generation": corpus.manifest.generation,
        "hyotei": __version__,
        "steps": with_steps,
        "at_once": at_once,
    }
    try:
        _prepare(work, identity)
        paths = paths_of(out, with_steps)
        resumed = _rate_batches(corpus, rulebook, engine, batches, work, paths, with_steps, progress)
        singly = _merge(work, [_name(number) for number in range(len(batches))], paths, identity)
    except OSError as error:
        raise _unwritable(out, error) from None
    shutil.rmtree(work, ignore_errors=True)
    return Outcome(len(corpus), singly, resumed, paths)


def paths_of(out: Path, with_steps: bool) -> dict[str, Path]:
    """The files of a result. The verdicts come last: where they stand, the others do."""
    stem = out.name.removesuffix(".parquet")
    found = {"findings": out.with_name(f"{stem}.findings.parquet")}
    if with_steps:
        found["steps"] = out.with_name(f"{stem}.steps.parquet")
    return {**found, "verdicts": out}


def _prepare(work: Path, identity: dict[str, Any]) -> None:
    """The folder of parts; those of another run are of no use and go."""
    stamp = work / "run.json"
    text = json.dumps(identity, ensure_ascii=False, sort_keys=True)
    another = not stamp.is_file() or stamp.read_text(encoding="utf-8") != text
    for left in work.iterdir():
        # The folder itself stays: this run holds it.
        if another or left.suffix == ".new":
            left.unlink()
    _write_text(stamp, text)


def _write_text(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def _name(number: int) -> str:
    return f"part-{number + 1:06}"


def _rate_batches(
    corpus: Corpus,
    rulebook: Rulebook,
    make: Callable[[], Engine],
    batches: list[list[Part]],
    work: Path,
    paths: dict[str, Path],
    with_steps: bool,
    progress: Progress,
) -> int:
    """Makes the parts that are not there yet; the number of sheets whose parts were there."""
    runner: Runner | None = None
    done = resumed = 0
    try:
        for number, batch in enumerate(batches):
            count = sum(part.sheets for part in batch)
            if all((work / f"{_name(number)}.{kind}.parquet").is_file() for kind in paths):
                resumed += count
            else:
                if runner is None:
                    runner = Runner(rulebook, make(), with_steps)
                _write_part(work, _name(number), runner.rate(corpus, batch, done))
            done += count
            progress(done, len(corpus))
    finally:
        if runner is not None:
            runner.engine.close()
    return resumed


def _write_part(work: Path, name: str, found: Results) -> None:
    tables = {"findings": found.findings, "steps": found.steps, "verdicts": found.verdicts}
    for kind, table in tables.items():
        if table is None:
            continue
        path = work / f"{name}.{kind}.parquet"
        new = path.with_name(f"{path.name}.new")
        # It is read once more and goes: what is quick to write, not what is small.
        pq.write_table(table, new, compression="lz4", use_dictionary=False, write_statistics=False)
        _sync(new)
        new.replace(path)


def _sync(path: Path) -> None:
    """Sees to it that what was written is on the disk before it gets its name."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _merge(work: Path, names: list[str], paths: dict[str, Path], identity: dict[str, Any]) -> int:
    """Puts the parts together, each kind into its file, and these in place; the number of sheets rated one by one."""
    singly = 0
    metadata = {b"hyotei": json.dumps(identity, ensure_ascii=False, sort_keys=True).encode()}
    for kind, path in paths.items():
        new = work / f"{kind}.new"
        writer: pq.ParquetWriter | None = None
        for name in names:
            table = pq.read_table(work / f"{name}.{kind}.parquet")
            count = table.num_rows
            for column in ("rulebook_hash", "rulebook_hash_format", "corpus_hash"):
                same = pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), count), [identity[column]])
                table = table.append_column(column, same)
            if kind == "verdicts":
                singly += pc.sum(pc.equal(table["engine"], SINGLY)).as_py() or 0
            table = table.replace_schema_metadata(metadata)
            if writer is None:
                writer = pq.ParquetWriter(new, table.schema, compression="zstd")
            writer.write_table(table)
        if writer is None:
            pq.write_table(pa.table({"sheet": pa.array([], pa.string())}).replace_schema_metadata(metadata), new)
        else:
            writer.close()
        _sync(new)
        new.replace(path)
    return singly


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, for tests and for those who compare runs."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
