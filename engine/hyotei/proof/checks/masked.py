"""Rows that do nothing: that never match, that other rows always come before, or without which all would be the same."""

from dataclasses import replace

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.proof import formulas as f
from hyotei.proof.checks.view import TableView
from hyotei.proof.formulas import Truth, neg
from hyotei.proof.laws.pairs import same_value
from hyotei.proof.results import Check, CheckName
from hyotei.rulebook.model import Row

MOST_ROWS = 40
"""Larger tables are not asked for redundant rows, which needs a reading of the table for each row."""


def masked(view: TableView) -> list[Check]:
    """Rows that never match or never answer; and rows that could be left out, as a remark."""
    found: list[Check] = []
    dead: set[int] = set()
    answer = view.free.answer
    for at, row in enumerate(view.table.rows):
        fires = view.possible(answer.fired[at])
        if fires.outcome == "open":
            found.append(view.open("masked", fires.why, (row.number,)))
            continue
        _agree(view, row, fires.outcome == "yes")
        if fires.outcome == "yes":
            continue
        dead.add(row.number)
        matches = view.possible(answer.held[at]).outcome == "yes"
        name: CheckName = "masked" if matches else "never"
        by = _maskers(view, at) if matches else ()
        found.append(Check(name, view.decision.name, "refuted", rows=(row.number, *by)))
    if not found:
        found.append(view.proved("masked"))
    found += _out_of_reach(view, dead)
    if len(view.table.rows) <= MOST_ROWS and not view.decision.audit:
        found += [_redundant(view, row) for row in view.table.rows if row.number not in dead and _could_go(view, row)]
    return found


def _agree(view: TableView, row: Row, fires: bool) -> None:
    if view.swept is not None and any(row.number in sweep.fires for sweep in view.swept) != fires:
        raise HyoteiError(
            Diagnostic("HY901", params={"decision": view.decision.name, "check": ("隠れた行", "masked rows")})
        )


def _maskers(view: TableView, at: int) -> tuple[int, ...]:
    """The one other row that alone comes before the masked one wherever it holds, if there is one; else none."""
    answer = view.free.answer
    for other, row in enumerate(view.table.rows):
        if other != at and view.possible(answer.held[at], neg(answer.held[other])).outcome == "no":
            return (row.number,)
    return ()


def _out_of_reach(view: TableView, dead: set[int]) -> list[Check]:
    """Rows that answer in the table by itself, but on no sheet."""
    found = []
    for at, row in enumerate(view.table.rows):
        if row.number in dead:
            continue
        if view.on_some_sheet(lambda answer, at=at: answer.fired[at]).outcome == "no":  # type: ignore[misc]
            found.append(Check("masked", view.decision.name, "refuted", "any_number", rows=(row.number,), note=True))
    return found


def _could_go(view: TableView, row: Row) -> bool:
    """Whether every input would be answered alike without the row."""
    rest = tuple(each for each in view.table.rows if each is not row)
    if not rest:
        return False
    free = view.free
    # Rows keep their places; only the one is gone.
    numbered = tuple(replace(each, number=number) for number, each in enumerate(rest, 1))
    other = TableView(view.prover, view.decision, replace(view.table, rows=numbered))
    answer = other.answered(free.reading, free.columns, free.place)
    before = view.outputs(free.reading, free.answer, free.columns, free.place)
    after = other.outputs(free.reading, answer, free.columns, free.place)
    # A row that says `unknown` for unknown says it; without it the table would only be undecided.
    answers = f.conj(free.answer.answered, neg(answer.answered))
    differ: Truth = f.disj(answers, *(neg(same_value(one, two)) for one, two in zip(before, after, strict=True)))
    return view.possible(differ).outcome == "no"


def _redundant(view: TableView, row: Row) -> Check:
    return Check("redundant", view.decision.name, "refuted", rows=(row.number,), note=True)
