"""Margins: nothing changes nearer than they say, and something does just beyond."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, note
from hypothesis import strategies as st

from hyotei.base import exact
from hyotei.base.exact import add, multiply, subtract
from hyotei.base.quotient import Quotient
from hyotei.rulebook.model import Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.values import Scalar
from hyotei.verdict.case import Case
from hyotei.verdict.model import Margin
from hyotei.verdict.row_margins import margins, nearest
from hyotei.verdict.table_view import TableView
from hyotei.verdict.verdict import Verdict
from tests.strategies import boundary_values, near
from tests.verdict.rated import case_of, verdicts

HAIR = Decimal("1e-25")


def views(case: Case) -> Iterator[TableView]:
    """Every table at every unit."""
    for (name, key), step in case.derivation.steps.items():
        decision = case.rulebook.by_name[name]
        if isinstance(decision.body, Table):
            yield TableView(case, decision, decision.body, step, case.units[key])


def standings(view: TableView, index: int, value: Decimal) -> list[Scalar]:
    """Whether each row holds by the reference, with one input moved."""
    reading = Reading(view.case.rulebook, view.case.sheet)
    reading.steps = view.case.derivation.steps
    inputs = list(view.step.inputs)
    inputs[index] = value
    return reading.standings(view.table, tuple(inputs), view.unit)


def with_margins(view: TableView) -> Iterator[tuple[int, Decimal, Margin | None]]:
    """The number inputs of a table with their margins, if they have any."""
    found = {each.column - 1: each for each in margins(view.case, view.decision, view.unit, "ja")}
    for index, value in enumerate(view.step.inputs):
        if isinstance(value, Decimal):
            yield index, value, found.pop(index, None)
    assert not found


@given(verdicts(), st.data())
def test_margins_are_exact(verdict: Verdict, data: st.DataObject) -> None:
    """Nearer than a margin every row stands as it does; at it or just beyond some row changes; counts move by whole steps."""
    case = case_of(verdict)
    for view in views(case):
        for index, value, margin in with_margins(view):
            now = standings(view, index, value)
            whole = view.whole(index)
            note(f"{view.decision.name}@{view.unit.key} column {index}: {value}, {margin}")
            texts = (margin.below, margin.above) if margin else (None, None)
            for text, turn, sign in zip(texts, nearest(view, index), (-1, 1), strict=True):
                assert (text is None) is (turn is None)
                if text is None or turn is None:
                    check_nothing_ever(view, index, value, sign, now, data)
                    continue
                distance = turn.distance
                check_shown(distance, Decimal(text))
                if whole:
                    assert exact.whole(distance)
                    closer = data.draw(st.integers(0, int(distance) - 1).map(Decimal))
                    beyond = [distance]
                else:
                    part = data.draw(st.decimals(0, 1, places=3).filter(lambda part: part < 1))
                    closer = multiply(distance, part)
                    beyond = [distance, add(distance, HAIR)]
                assert standings(view, index, moved(value, closer, sign)) == now
                assert any(standings(view, index, moved(value, step, sign)) != now for step in beyond)


def check_shown(distance: Decimal, told: Decimal) -> None:
    """A distance is told exactly; where it stems from a quotient, to within a step of six decimals, and as 0 only if it is."""
    if isinstance(distance, Quotient):
        assert bool(told) is bool(distance)
        assert abs(Fraction(told) - Fraction(distance)) < Fraction(1, 10**6)
    else:
        assert told == distance


def moved(value: Decimal, distance: Decimal, sign: int) -> Decimal:
    """The value, `distance` further up or down."""
    return add(value, distance) if sign > 0 else subtract(value, distance)


def check_nothing_ever(
    view: TableView, index: int, value: Decimal, sign: int, now: list[Scalar], data: st.DataObject
) -> None:
    """Where no margin is told on a side, nothing changes however far the number goes there."""
    ends = near(boundary_values(view.case.rulebook))
    far = [moved(value, abs(end), sign) for end in (*ends, Decimal(1))]
    at = data.draw(st.sampled_from([*far, *(end for end in ends if (end > value) == (sign > 0))]))
    if view.whole(index) and (not exact.whole(at) or at < 0):
        return
    assert standings(view, index, at) == now


def test_seed(seed_verdict: Verdict) -> None:
    """The seed's margins: five points to B, the attainments to their boundaries, one missed measure to B."""
    found = {(each.decision, each.unit, each.title): each for each in seed_verdict.data("ja").margins}
    share = found["rating", "sheet", "達成した測定値の割合"]
    assert (share.below, share.above) == ("0.05", None)
    assert found["rating", "sheet", "目標の半分に届かない測定値"].above == "1"
    sentence = found["result", "measures[4]", "達成率"].sentence
    assert sentence == "達成率 75.0%：下の境 50% まで 25.0ポイント、上の境 90% まで 15.0ポイント"
    # Under 95% row 2 would cease to ask for more, but it does not hold anyway: the budget falls.
    assert found["budget", "sheet", "直近の決算の執行率"].below == "0.462917"
