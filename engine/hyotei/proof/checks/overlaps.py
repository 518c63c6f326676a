"""Overlaps: two rows that hold for the same inputs, where the hit policy lets only one, or only equal outputs, answer."""

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.proof.checks.view import TableView
from hyotei.proof.formulas import Evaluation, Truth, conj, neg
from hyotei.proof.results import Check, Why
from hyotei.proof.tables import TableAnswer

MOST_PAIRS = 60
"""Clashing pairs that are told one by one; a table with more is told to have more."""


def overlaps(view: TableView) -> list[Check]:
    """Whether rows of a U or A table contradict each other anywhere."""
    if view.table.policy not in ("U", "A"):
        return []
    found, why = clashing_pairs(view)
    if why:
        return [view.open("overlap", why)]
    if view.swept is not None and len(found) < MOST_PAIRS:
        swept = {pair for sweep in view.swept for pair in sweep.clashes}
        if swept != set(found):
            raise HyoteiError(
                Diagnostic("HY901", params={"decision": view.decision.name, "check": ("重なり", "overlaps")})
            )
    if not found:
        return [view.proved("overlap")]
    return [_shown(view, pair) for pair in found]


def clashing_pairs(view: TableView) -> "tuple[list[tuple[int, int]], Why]":
    """Every pair of rows that clash for some inputs of the table."""
    if view.clash.outcome == "no":
        return [], ""
    answer = view.free.answer
    rows = view.table.rows
    found: set[tuple[int, int]] = set()
    blocked: list[Truth] = []
    while len(found) < MOST_PAIRS:
        here = view.possible(answer.conflict, *blocked)
        if here.outcome == "no":
            break
        if here.values is None:
            return [], here.why or "nonlinear"
        evaluation = Evaluation(here.values)
        held = [at for at, truth in enumerate(answer.held) if evaluation.truth(truth)]
        for place, one in enumerate(held):
            for other in held[place + 1 :]:
                if view.table.policy == "U" or rows[one].outputs != rows[other].outputs:
                    found.add((rows[one].number, rows[other].number))
        blocked = [neg(_both(answer, pair)) for pair in sorted(found)]
        if view.table.policy == "A":
            # Rows with equal outputs may meet; only what is left of the conflict matters.
            blocked = [neg(conj(_both(answer, pair), answer.conflict)) for pair in sorted(found)]
    return sorted(found), ""


def _both(answer: TableAnswer, pair: tuple[int, int]) -> Truth:
    return conj(answer.held[pair[0] - 1], answer.held[pair[1] - 1])


def _shown(view: TableView, pair: tuple[int, int]) -> Check:
    boxes = view.regions(lambda sweep: sweep.clashes.get(pair, []))
    return view.shown(
        "overlap",
        lambda answer: conj(answer.conflict, _both(answer, pair)),
        lambda step: step.outcome == "conflict" and set(pair) <= set(step.rows),
        pair,
        boxes,
    )
