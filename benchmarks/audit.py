"""The audit of a corpus stage by stage, and beside it the audit of its sheets one by one, in one run.

python benchmarks/audit.py CORPUS [SHEETS]

CORPUS is a folder made by `hyotei corpus build`, such as one of the published data, which is no part of the project. One by one all
are read, but only every so many audited, SHEETS (2,000) in all, and that time is scaled up.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from hyotei.audit.year_changes import Years
    from hyotei.corpus.corpus import Corpus

T = TypeVar("T")
ONE_BY_ONE = 2_000


class Stages:
    """Processor time and time on the clock, stage by stage; the processor time is that of all threads."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, float]] = []

    def of(self, name: str, work: Callable[[], T]) -> T:
        processor, clock = time.process_time(), time.perf_counter()
        found = work()
        self.rows.append((name, time.process_time() - processor, time.perf_counter() - clock))
        print(f"  {name:44} {self.rows[-1][1]:8.2f} s {self.rows[-1][2]:8.2f} s")
        return found


LOADED = ("duckdb", "ibis", "pyarrow", "hyotei.cli.audit", "hyotei.report.audit_report")
"""What an audit loads before it does anything; the time of that is a stage of its own."""


def imports() -> None:
    """Loads them."""
    for name in LOADED:
        import_module(name)


def main() -> int:
    if len(sys.argv) < 2 or not (Path(sys.argv[1]) / "corpus.json").is_file():
        print("skipped: name the folder of a corpus")
        return 0
    stages = Stages()
    print(f"  {'stage':44} {'processor':>10} {'clock':>10}")
    stages.of("imports", imports)

    from hyotei.audit.auditor import Auditor
    from hyotei.audit.columnar_audit import ColumnarAudit, keyed
    from hyotei.audit.corpus_audit import CorpusAudit
    from hyotei.audit.year_changes import Years
    from hyotei.columnar.corpus_relations import relations_of_parts
    from hyotei.columnar.decision_reads import figures_read
    from hyotei.columnar.engines import engine
    from hyotei.columnar.program import compiled
    from hyotei.corpus.corpus import Corpus
    from hyotei.report.audit_content import Problems
    from hyotei.report.audit_report import write_report

    with Corpus.open(sys.argv[1]) as corpus:
        count = len(corpus)
        checks = stages.of("rulebooks", lambda: Auditor(None, None, "ja").checks_in(first_year(corpus)))
        for book in checks:
            parts = partial(relations_of_parts, corpus, list(corpus.parts), figures_read(book))
            relations = stages.of(f"{book.id}: columns", parts)
            making = partial(compiled, book, relations.layout, keep="inputs")
            program = stages.of(f"{book.id}: compiling", making)
            runs = engine("duckdb")
            stages.of(f"{book.id}: DuckDB", partial(runs.run, program, relations.tables))
            runs.close()
        at_once = ColumnarAudit(Auditor(None, None, "ja"))
        findings = stages.of(
            "all audits at once (with the above)", lambda: sum(len(each.findings) for _, each in at_once.audits(corpus))
        )
        stages.of("years", lambda: changed(Years(), corpus))
        with tempfile.TemporaryDirectory() as folder:
            whole = CorpusAudit()
            fast = stages.of(
                "the report, end to end",
                lambda: write_report(Path(folder) / "report", whole, whole.sheets(corpus), ("corpus",), Problems()),
            )
            end_to_end = stages.rows[-1]
            step = max(1, count // (int(sys.argv[2]) if len(sys.argv) > 2 else ONE_BY_ONE))
            some = stages.of(
                "reading all sheets", lambda: [each for at, (_, each) in enumerate(keyed(corpus)) if at % step == 0]
            )
            slow = CorpusAudit()
            stages.of(
                f"auditing {len(some):,} of them one by one",
                lambda: write_report(Path(folder) / "slow", slow, slow.sheets(some), ("corpus",), Problems(), pictures=False),
            )  # fmt: skip
    assert fast.summary.whole.sheets == count
    one_by_one = stages.rows[-2][1] + stages.rows[-1][1] * count / len(some)
    print(f"{count:,} sheets, {findings:,} findings of single sheets, {fast.summary.whole.findings:,} in all")
    print(f"processor time, one by one (scaled up) / at once: {one_by_one / end_to_end[1]:.1f} x")
    return 0


def first_year(corpus: "Corpus") -> int:
    """The fiscal year of the first sheet."""
    found = corpus.arrow("sheets", ["fiscal_year"])["fiscal_year"]
    return int(found[0].as_py())


def changed(years: "Years", corpus: "Corpus") -> int:
    """Looks for what changed from year to year."""
    years.add_corpus(corpus)
    return sum(1 for _ in years.findings())


if __name__ == "__main__":
    sys.exit(main())
