"""Gaps: inputs that no row answers, unknown ones included."""

from hyotei.messages import phrase
from hyotei.proof.checks.table_under_proof import TableUnderProof
from hyotei.proof.results import Check


def gaps(view: TableUnderProof) -> list[Check]:
    """Whether every input of the table is answered, or stands undecided by an unknown value that no cell speaks of."""
    if view.table.policy not in ("U", "A", "F", "P"):
        return []
    found = view.possible(view.free.answer.gap)
    if found.outcome == "open":
        return [view.open("gap", found.why)]
    if view.swept is not None and any(sweep.gaps for sweep in view.swept) != (found.outcome == "yes"):
        return [view.differs("gap", phrase("proof.check.gaps"))]
    if found.outcome == "no":
        return [view.proved("gap")]
    boxes = view.regions(lambda sweep: sweep.gaps)
    return [view.shown("gap", lambda answer: answer.gap, lambda step: step.outcome == "gap", boxes=boxes)]
