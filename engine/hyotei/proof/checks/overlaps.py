"""Overlaps: two rows that hold for the same inputs, where the hit policy lets only one, or only equal outputs, answer."""

from hyotei.compare.model import Why
from hyotei.messages import phrase
from hyotei.proof.checks.table_under_proof import TableUnderProof
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import conj, disj
from hyotei.proof.results import Check
from hyotei.proof.table_formulas import TableAnswer

MOST_PAIRS = 60
"""Clashing pairs that are told one by one; a table with more is told to have more."""


def overlaps(view: TableUnderProof) -> list[Check]:
    """Whether rows of a U or A table contradict each other anywhere."""
    if view.table.policy not in ("U", "A"):
        return []
    found, why = clashing_pairs(view)
    shown = [_shown(view, pair) for pair in found]
    if why:
        return [*shown, view.open("overlap", why)]
    if view.swept is not None:
        swept = {pair for sweep in view.swept for pair in sweep.clashes}
        if len(found) < MOST_PAIRS and swept != set(found):
            return [*shown, view.differs("overlap", phrase("proof.check.overlaps"))]
    return shown or [view.proved("overlap")]


def clashing_pairs(view: TableUnderProof) -> "tuple[list[tuple[int, int]], Why]":
    """Every pair of rows that clash for some inputs of the table, as far as asked; and why not all were asked."""
    if view.clash.outcome == "no":
        return [], ""
    found: set[tuple[int, int]] = set()
    for one in range(len(view.table.rows)):
        # Each question is only about pairs not found yet, and none is shut out by another: some occur together only.
        left = [other for other in range(one + 1, len(view.table.rows)) if _may_clash(view, one, other)]
        while left := [other for other in left if _pair(view, one, other) not in found]:
            if len(found) >= MOST_PAIRS:
                return sorted(found)[:MOST_PAIRS], ""
            here = view.possible(disj(*(_clash(view.free.answer, one, other) for other in left)))
            if here.outcome == "no":
                break
            if here.values is None:
                return sorted(found), here.why or "nonlinear"
            evaluation = Evaluation(here.values)
            found |= {
                _pair(view, one, other) for other in left if evaluation.truth(_clash(view.free.answer, one, other))
            }
    return sorted(found), ""


def _may_clash(view: TableUnderProof, one: int, other: int) -> bool:
    """Whether the hit policy forbids two rows to answer together: those of A with equal outputs may."""
    return view.table.policy == "U" or view.table.rows[one].outputs != view.table.rows[other].outputs


def _pair(view: TableUnderProof, one: int, other: int) -> tuple[int, int]:
    return view.table.rows[one].number, view.table.rows[other].number


def _clash(answer: TableAnswer, one: int, other: int) -> Truth:
    return conj(answer.conflict, answer.held[one], answer.held[other])


def _shown(view: TableUnderProof, pair: tuple[int, int]) -> Check:
    boxes = view.regions(lambda sweep: sweep.clashes.get(pair, []))
    return view.shown(
        "overlap",
        lambda answer: _clash(answer, pair[0] - 1, pair[1] - 1),
        lambda step: step.outcome == "conflict" and set(pair) <= set(step.rows),
        pair,
        boxes,
    )
