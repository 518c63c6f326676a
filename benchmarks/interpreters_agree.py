"""Every interpreter on every published sheet: the reference, durable-rules, DuckDB and Spark must take the same steps.

python benchmarks/interpreters_agree.py [RULEBOOK SOURCE]...

Without arguments mic-2013 rates the JUDGIT! sheets and rs-review-2024 the programmes of the RS system. All is compared: the
outcome of every decision for every unit, the rows that answered, outputs with the reasons of what is unknown, and verdicts.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from hyotei.columnar.engines import engine
from hyotei.columnar.rate_corpus import SINGLY, rate_corpus
from hyotei.columnar.result_tables import Results, together
from hyotei.columnar.results_of_derivations import results_of
from hyotei.corpus.corpus import Corpus
from hyotei.inference.engine import derive
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import Sheet

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
TOGETHER = 2_000
IGNORED = ("engine",)


def one_by_one(rulebook: Rulebook, corpus: Corpus, rate: Callable[[Rulebook, Sheet], Derivation]) -> Results:
    """The results of an engine that takes a sheet at a time."""
    parts: list[Results] = []
    waiting: list[tuple[int, str, Derivation]] = []
    for place, (key, sheet) in enumerate(corpus.sheets()):
        waiting.append((place, key, rate(rulebook, sheet)))
        if len(waiting) == TOGETHER:
            parts.append(results_of(rulebook, iter(waiting), "", True))
            waiting = []
    return together([*parts, results_of(rulebook, iter(waiting), "", True)])


def by_columns(rulebook: Rulebook, corpus: Corpus, name: str, out: Path) -> Results:
    """The results of a columnar engine, read back from what it wrote."""
    done = rate_corpus(corpus, rulebook, out, lambda: engine(name), with_steps=True)
    read = {kind: pq.read_table(path) for kind, path in done.paths.items()}
    return Results(read["verdicts"], read["findings"], read["steps"])


def differences(one: pa.Table, other: pa.Table) -> int:
    """How many rows stand in one table only, each as often as it does."""
    names = [name for name in one.column_names if name in other.column_names and name not in IGNORED]
    one, other = one.select(names), other.select(names)
    with duckdb.connect() as database:
        database.register("one", one)
        database.register("other", other)
        ways = ("FROM one EXCEPT ALL FROM other", "FROM other EXCEPT ALL FROM one")
        return sum(len(database.execute(way).fetchall()) for way in ways)


def compare(name: str, source: Path, folder: Path) -> int:
    """Prints what was compared; gives the number of differences."""
    rulebook = load_rulebook(name)
    wrong = 0
    with Corpus.build([source], folder / "corpus") as corpus:
        print(f"{name}: {len(corpus):,} sheets of {source.name}")
        ways: dict[str, Callable[[], Results]] = {
            "reference": lambda: one_by_one(rulebook, corpus, lambda book, sheet: evaluate(book, sheet)),
            "durable-rules": lambda: one_by_one(rulebook, corpus, lambda book, sheet: derive(book, sheet)),
            "DuckDB": lambda: by_columns(rulebook, corpus, "duckdb", folder / "duckdb.parquet"),
            "Spark": lambda: by_columns(rulebook, corpus, "spark", folder / "spark.parquet"),
        }
        first: Results | None = None
        for title, way in ways.items():
            start = time.perf_counter()
            found = way()
            took = time.perf_counter() - start
            first = first or found
            assert first.steps is not None
            assert found.steps is not None
            each = [
                differences(getattr(first, kind), getattr(found, kind)) for kind in ("verdicts", "findings", "steps")
            ]
            wrong += sum(each)
            alone = found.verdicts["engine"].to_pylist().count(SINGLY) if "Spark" in title or "DuckDB" in title else 0
            print(
                f"  {title:<14} {found.steps.num_rows:>9,} steps, {found.findings.num_rows:>7,} findings, differences from "
                f"the reference: {each[0]} verdicts, {each[1]} findings, {each[2]} steps"
                f"{f'; {alone} sheets by durable-rules' if alone else ''} ({took:.0f} s)",
                flush=True,
            )
    return wrong


def main() -> int:
    asked = sys.argv[1:] or ["mic-2013", str(DATA / "judgit"), "rs-review-2024", str(DATA / "rs2024")]
    pairs = list(zip(asked[::2], (Path(each) for each in asked[1::2]), strict=True))
    missing = [str(source) for _, source in pairs if not source.exists()]
    if missing:
        print(f"not compared, since it is not on this machine: {', '.join(missing)}")
        return 0
    wrong = 0
    for name, source in pairs:
        with tempfile.TemporaryDirectory() as folder:
            wrong += compare(name, source, Path(folder))
    print(f"differences: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
