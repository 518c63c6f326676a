"""How long proofs take: the shipped rulebook, and tables that grow, beside a plain enumeration of bands where that ends.

The figures of benchmarks/README.md come from here. All are of one run on one machine, in seconds of processor time.
"""

import itertools
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time
from typing import TypeVar

from hyotei.proof.checks.gaps import gaps
from hyotei.proof.checks.masked_rows import masked
from hyotei.proof.checks.overlaps import overlaps
from hyotei.proof.checks.table_under_proof import TableUnderProof
from hyotei.proof.laws.prove_law import KINDS, prove_law
from hyotei.proof.prove import prove
from hyotei.proof.prover import Prover
from hyotei.proof.random_tests.drawn_sheets import TRIED, DrawnSheets, Engines
from hyotei.proof.random_tests.laws import tried_law
from hyotei.proof.random_tests.table_checks import tried_check
from hyotei.proof.results import ProofReport
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.hit_policies import answer
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.sheet import Sheet

T = TypeVar("T")
MOST_ENUMERATED = 10_000
"""Elementary inputs that the plain enumeration looks at; beyond that it is not run."""

INPUTS = (
    "actual",
    "target",
    "baseline",
    "actual.low",
    "target.low",
    "baseline.low",
    "actual.high",
    "target.high",
)

ROOT = Path(__file__).resolve().parents[1]


def grown(columns: int, rows: int) -> Rulebook:
    """A clean U table: the input space cut again and again, widest piece first, one cut a row."""
    low, high = 0, 1_000_000
    boxes: list[list[tuple[int | None, int | None]]] = [[(None, None)] * columns]
    waiting = 0
    while len(boxes) < rows - columns:
        box = boxes.pop(0)
        at = waiting % columns
        waiting += 1
        left, right = box[at]
        middle = ((low if left is None else left) + (high if right is None else right)) // 2
        boxes.append([*box[:at], (left, middle), *box[at + 1 :]])
        boxes.append([*box[:at], (middle, right), *box[at + 1 :]])
    lines = [f"| U | {' | '.join(f'`{name}`' for name in INPUTS[:columns])} | **grade** |"]
    lines.append("|---" * (columns + 2) + "|")
    cells = [[_range(*ends) for ends in box] for box in boxes]
    for at in range(columns):
        # Unknown in the first column, or else in the second, and so on.
        known = ["not(unknown)"] * at
        cells.append([*known, "unknown", *["-"] * (columns - at - 1)])
    for number, row in enumerate(cells, 1):
        lines.append(f"| {number} | {' | '.join(row)} | {'ABC'[number % 3]} |")
    head = "---\nrulebook: grown\ntitle: grown\nauthority: 省\nstanding: draft\nfiscal_years: 2011..2013\n"
    return parse_rulebook(
        f"{head}scales:\n  grade: {{A: a, B: b, C: c}}\n---\n# 判定 `judged` — for each measure\n\n"
        + "\n".join(lines)
        + "\n"
    )


def _range(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "not(unknown)"
    return f"< {high}" if low is None else f">= {low}" if high is None else f"[{low}..{high})"


def timed(action: Callable[[], T]) -> tuple[float, T]:
    start = process_time()
    found = action()
    return process_time() - start, found


def check_table(book: Rulebook) -> list[str]:
    """Gaps, overlaps and masked rows by both methods."""
    prover = Prover(book, 60)
    decision = book.decisions[0]
    assert isinstance(decision.body, Table)
    view = TableUnderProof(prover, decision, decision.body)
    found = [*gaps(view), *overlaps(view), *masked(view)]
    prover.close()
    return [f"{check.name} {check.status} {check.why}".strip() for check in found] + [
        "swept" if view.swept is not None else f"not swept ({view.sweep_why})"
    ]


def enumerate_table(book: Rulebook) -> bool | None:
    """The same by looking at every elementary input; None where there are too many."""
    prover = Prover(book, 60)
    decision = book.decisions[0]
    table = decision.body
    assert isinstance(table, Table)
    view = TableUnderProof(prover, decision, table)
    if view.swept is None:
        return None
    columns = view.swept[0].columns
    size = 1
    for column in columns:
        size *= len(column.elements)
    if size > MOST_ENUMERATED:
        return None
    reading = Reading(book, Sheet(id="x", title="x", authority="x", fiscal_year=2012))
    sound = True
    for elements in itertools.product(*(column.elements for column in columns)):
        standings = reading.standings(table, tuple(element.sample for element in elements), reading.root)
        sound = sound and answer(decision, table, standings).outcome in ("fired", "undecided")
    return sound


def tried(book: Rulebook, report: ProofReport) -> None:
    """The trial of everything in a report, by itself."""
    prover, engines = Prover(book), Engines(book)
    drawn = DrawnSheets(book, engines, TRIED)
    for check in report.checks:
        tried_check(prover, check, drawn, float("inf"))
    for law, result in zip(book.laws, report.laws, strict=True):
        if law.kind in KINDS:
            tried_law(prover, law, result, drawn, float("inf"))
    engines.close()
    prover.close()


def main() -> None:
    print("| rulebook | prove with trials (s) | trials (s) | with / without |")
    print("|---|---:|---:|---:|")
    for name in ("mic-2013", "rs-review-2024", "sheet-quality"):
        shipped = read_rulebook(ROOT / "rules" / name)
        whole, report = timed(partial(prove, shipped))
        alone, _ = timed(partial(tried, shipped, report))
        print(f"| {name} | {whole:.2f} | {alone:.2f} | {whole / (whole - alone):.1f} |", flush=True)
    book = read_rulebook(ROOT / "rules" / "mic-2013")
    # Once to load everything.
    prover = Prover(book)
    prove_law(prover, next(law for law in book.laws if law.kind == "monotone"))
    prover.close()

    def everything() -> None:
        prover = Prover(book)
        for decision in book.decisions:
            if isinstance(decision.body, Table):
                view = TableUnderProof(prover, decision, decision.body)
                for check in (gaps, overlaps):
                    assert all(each.status == "proved" for each in check(view))
        for law in book.laws:
            if law.kind in KINDS:
                assert prove_law(prover, law).status == "proved"
        prover.close()

    seconds, _ = timed(everything)
    print(f"mic-2013, gaps, overlaps and {len(book.laws)} laws: {seconds:.2f} s")
    print("| inputs | rows | Z3 and sweep (s) | enumeration of bands (s) | ratio | result |")
    print("|---:|---:|---:|---:|---:|---|")
    for columns, rows in ((2, 20), (2, 50), (3, 50), (3, 100), (4, 200), (8, 200), (4, 1000)):
        grown_book = grown(columns, rows)
        mine, result = timed(partial(check_table, grown_book))
        other, sound = timed(partial(enumerate_table, grown_book))
        assert isinstance(result, list)
        plain = "does not end" if sound is None else f"{other:.2f}"
        ratio = "" if sound is None else f"{other / mine:.1f}"
        print(f"| {columns} | {rows} | {mine:.2f} | {plain} | {ratio} | {'; '.join(sorted(set(result)))} |", flush=True)


if __name__ == "__main__":
    main()
