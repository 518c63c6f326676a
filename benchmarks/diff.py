"""How long it takes to tell what an edit of a large table changes, beside a plain enumeration of bands where that ends.

The figures of benchmarks/README.md come from here. All are of one run on one machine, in seconds of processor time.
"""

import itertools
from dataclasses import replace
from functools import partial

from proof import MOST_ENUMERATED, grown, timed

from hyotei.proof.diff.diff import diff
from hyotei.rulebook import terms as t
from hyotei.rulebook.hit_policies import answer
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.sheet import Sheet


def edited(book: Rulebook, kind: str) -> Rulebook:
    """The rulebook with one edit in the middle of its table."""
    decision = book.by_name["judged"]
    table = decision.body
    assert isinstance(table, Table)
    rows = list(table.rows)
    at = len(rows) // 2
    if kind == "output":
        rows[at] = replace(rows[at], outputs=rows[at + 1].outputs)
    elif kind == "cell":
        rows[at] = replace(rows[at], checks=(t.Check(rows[at].checks[0].tests, True), *rows[at].checks[1:]))
    else:
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
        rows = [replace(row, number=number) for number, row in enumerate(rows, 1)]
    changed = replace(decision, body=replace(table, rows=tuple(rows)))
    return replace(book, decisions=tuple(changed if each is decision else each for each in book.decisions))


def enumerated(old: Rulebook, new: Rulebook) -> int | None:
    """How many elementary inputs differ, by looking at each; None where there are too many."""
    from hyotei.proof.enumeration import sweeps

    tables = [book.by_name["judged"].body for book in (old, new)]
    assert isinstance(tables[0], Table)
    assert isinstance(tables[1], Table)
    columns = sweeps(old, old.by_name["judged"], tables[0])[0].columns
    count = 1
    for column in columns:
        count *= len(column.elements)
    if count > MOST_ENUMERATED:
        return None
    reading = Reading(old, Sheet(id="x", title="x", authority="x", fiscal_year=2012))
    found = 0
    for inputs in itertools.product(*([element.sample for element in column.elements] for column in columns)):
        said = []
        for book, table in zip((old, new), tables, strict=True):
            assert isinstance(table, Table)
            decision = book.by_name["judged"]
            row = answer(decision, table, reading.standings(table, inputs, reading.root))
            said.append(reading.outputs(decision, table, row, inputs, reading.root))
        found += said[0] != said[1]
    return found


def main() -> None:
    print("| inputs | rows | edit | diff (s) | enumeration of bands (s) | ratio | result |")
    print("|---:|---:|---|---:|---:|---:|---|")
    for columns, rows in ((2, 50), (4, 200), (8, 200), (4, 1000)):
        old = grown(columns, rows)
        for kind in ("output", "cell", "swap"):
            new = edited(old, kind)
            mine, result = timed(partial(diff, old, new))
            other, count = timed(partial(enumerated, old, new))
            plain = "does not end" if count is None else f"{other:.2f}"
            ratio = "" if count is None else f"{other / mine:.1f}"
            change = next(iter(result.decisions), None)
            told = "no difference" if change is None or change.outcome == "same" else f"{len(change.regions)} regions"
            print(f"| {columns} | {rows} | {kind} | {mine:.2f} | {plain} | {ratio} | {told} |", flush=True)


if __name__ == "__main__":
    main()
