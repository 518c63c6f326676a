"""Rulebooks of any kind: whatever the unknown figures of a drawn sheet become, the verdict is among the possible ones."""

from decimal import Decimal

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from hyotei.proof.certainty.case_of import case_of
from hyotei.proof.certainty.certain import certain
from hyotei.proof.certainty.free_points import FreePoint, unknown_points
from hyotei.proof.formula_nodes import Linear
from hyotei.proof.guarded_values import decimal_of
from hyotei.rulebook import vocabulary
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.types import BooleanType, NumberType
from hyotei.rulebook.values import Scalar
from hyotei.verdict.verdict import Verdict
from tests.proof.certainty.drawn import Draw, Filling
from tests.strategies import rulebook_texts, sheets

LISTS = {scope: name for name, scope in vocabulary.LISTS.items()}


def condition_on(decision: Decision) -> str | None:
    """A condition on a decision, on the largest where there are several of it."""
    name = decision.name if len(decision.outputs) == 1 else f"{decision.name}.{decision.outputs[0].name}"
    of = decision.outputs[0].type
    alone = decision.scope == "sheet"
    found = name if alone else f"{LISTS[decision.scope]}.{name}"
    if isinstance(of, BooleanType):
        return found if alone else f"any({found})"
    if isinstance(of, NumberType) and of.dimension != "year":
        bound = {"ratio": "50%", "money": "100円"}.get(of.dimension, "2")
        return f"{found if alone else f'max({found})'} >= {bound}"
    return None


@st.composite
def rated_rulebooks(draw: Draw) -> Rulebook | None:
    """A drawn rulebook with a rating that rests on one of its decisions; None where none can be asked for."""
    text = draw(rulebook_texts())
    rulebook = parse_rulebook(text)
    conditions = [found for each in rulebook.decisions if not each.audit and (found := condition_on(each)) is not None]
    if not conditions or "rating" not in rulebook.scales or "rating" in rulebook.by_name:
        return None
    best, other, *_ = rulebook.scales["rating"].values
    rule = f"    if {draw(st.sampled_from(conditions))} then {best} else {other}"
    return parse_rulebook(f"{text}\n\n# 区分 `rating` — for the sheet\n\n{rule}\n")


@st.composite
def values_of(draw: Draw, point: FreePoint) -> Scalar:
    """Any value that the point can have."""
    if point.kind != "number":
        option: Scalar | Linear = draw(st.sampled_from(point.options))
        assert not isinstance(option, Linear)
        return option
    if point.grid.low is not None and point.grid.low.denominator > 1:
        return decimal_of(point.grid.low)
    low = -30 if point.grid.low is None else int(point.grid.low)
    high = low + 60 if point.grid.high is None else int(point.grid.high)
    number = Decimal(draw(st.integers(low, max(low, min(high, low + 400)))))
    return number if point.grid.step is not None or point.grid.high is not None else number / 4


@pytest.mark.slow
@settings(max_examples=150)
@given(st.data())
def test_no_filling_leaves_the_possible_verdicts(data: st.DataObject) -> None:
    """The reference, rating sheets filled in at will, never comes to a verdict that was not told; examples are confirmed."""
    rulebook = data.draw(rated_rulebooks())
    if rulebook is None:
        return
    sheet = data.draw(sheets(rulebook))
    verdict = Verdict(rulebook, sheet, evaluate(rulebook, sheet))
    points = unknown_points(case_of(verdict, None)).free
    # Drawn before the time limit can have a say in what is drawn.
    fillings = [
        {point.key: data.draw(values_of(point)) for point in points if data.draw(st.booleans())} for _ in range(10)
    ]
    found = certain(verdict, timeout=2)
    note(f"{found}")
    assert all(each.replayed for each in found.verdicts)
    assert all(end.replayed or end.why for each in found.margins for end in (each.below, each.above))
    if not found.complete:
        return
    possible = {(each.rating, each.budget) for each in found.verdicts}
    years = {f"budget_years[{year.fiscal_year}]": year for year in sheet.budget_years}
    for values in fillings:
        spent = [
            (values.get(("executed", unit), year.executed.value), values.get(("total", unit), year.total.value))
            for unit, year in years.items()
        ]
        if any(isinstance(a, Decimal) and isinstance(b, Decimal) and a > b for a, b in spent):
            continue  # more than there is, which is outside of what is possible
        assert Filling(values).outcome(rulebook, sheet) in possible
