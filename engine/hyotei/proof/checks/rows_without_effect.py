"""Rows that answer in their table, but to no effect: on no sheet, or as the other rows would without them. Remarks."""

from dataclasses import replace

from hyotei.proof import formulas as f
from hyotei.proof.checks.table_under_proof import TableUnderProof
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import neg
from hyotei.proof.laws.pairs import same_value
from hyotei.proof.results import Check
from hyotei.rulebook.model import Row

MOST_ROWS = 40
"""Larger tables are not asked for redundant rows, which needs a reading of the table for each row."""


def spare(view: TableUnderProof) -> list[Check]:
    """One remark for each row that no sheet reaches, or that could be left out."""
    dead = {row.number for at, row in enumerate(view.table.rows) if view.possible(view.fires(at)).outcome == "no"}
    found = _out_of_reach(view, dead)
    if len(view.table.rows) <= MOST_ROWS and not view.decision.audit:
        left = [row for row in view.table.rows if row.number not in dead]
        found += [_redundant(view, row) for row in left if _could_go(view, row)]
    return found


def _out_of_reach(view: TableUnderProof, dead: set[int]) -> list[Check]:
    """Rows that answer in the table by itself, but on no sheet."""
    found = []
    for at, row in enumerate(view.table.rows):
        if row.number in dead:
            continue
        if view.on_some_sheet(lambda answer, at=at: answer.fired[at]).outcome == "no":  # type: ignore[misc]  # one row a turn
            found.append(Check("masked", view.decision.name, "refuted", "any_number", rows=(row.number,), note=True))
    return found


def _could_go(view: TableUnderProof, row: Row) -> bool:
    """Whether every input would be answered alike without the row."""
    rest = tuple(each for each in view.table.rows if each is not row)
    if not rest:
        return False
    free = view.free
    # Rows keep their places; only the one is gone.
    numbered = tuple(replace(each, number=number) for number, each in enumerate(rest, 1))
    other = TableUnderProof(view.prover, view.decision, replace(view.table, rows=numbered))
    answer = other.answered(free.reading, free.columns, free.place)
    before = view.outputs(free.reading, free.answer, free.columns, free.place)
    after = other.outputs(free.reading, answer, free.columns, free.place)
    # A row that says `unknown` for unknown says it; without it the table would only be undecided.
    answers = f.conj(free.answer.answered, neg(answer.answered))
    differ: Truth = f.disj(answers, *(neg(same_value(one, two)) for one, two in zip(before, after, strict=True)))
    return view.possible(differ).outcome == "no"


def _redundant(view: TableUnderProof, row: Row) -> Check:
    return Check("redundant", view.decision.name, "refuted", rows=(row.number,), note=True)
