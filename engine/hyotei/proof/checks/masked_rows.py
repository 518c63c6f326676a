"""Rows that do nothing in their table: that never match, or that other rows always come before."""

from hyotei.messages import phrase
from hyotei.proof.checks.table_under_proof import TableUnderProof
from hyotei.proof.formulas import neg
from hyotei.proof.results import Check, CheckName


def masked(view: TableUnderProof) -> list[Check]:
    """Rows that never match or never answer, whatever the inputs."""
    found: list[Check] = []
    answer = view.free.answer
    for at, row in enumerate(view.table.rows):
        fires = view.possible(view.fires(at))
        if fires.outcome == "open":
            found.append(view.open("masked", fires.why, (row.number,)))
            continue
        if view.swept is not None and any(row.number in sweep.fires for sweep in view.swept) != (
            fires.outcome == "yes"
        ):
            found.append(view.differs("masked", phrase("proof.check.masked_rows"), (row.number,)))
            continue
        if fires.outcome == "yes":
            continue
        matches = view.possible(answer.held[at]).outcome == "yes"
        name: CheckName = "masked" if matches else "never"
        by = _maskers(view, at) if matches else ()
        found.append(Check(name, view.decision.name, "refuted", rows=(row.number, *by)))
    if not found:
        found.append(view.proved("masked"))
    return found


def _maskers(view: TableUnderProof, at: int) -> tuple[int, ...]:
    """The one other row that alone comes before the masked one wherever it holds, if there is one; else none."""
    answer = view.free.answer
    for other, row in enumerate(view.table.rows):
        if other != at and view.possible(answer.held[at], neg(answer.held[other])).outcome == "no":
            return (row.number,)
    return ()
