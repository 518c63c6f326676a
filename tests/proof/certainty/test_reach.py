"""`--reach`, `--keep` and margins: what is told really happens, and nothing smaller does."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from hyotei.messages import HyoteiError
from hyotei.proof.certainty.case_of import case_of
from hyotei.proof.certainty.free_points import FreePoint, known_points
from hyotei.proof.certainty.margins import margins, moved_to
from hyotei.proof.certainty.model import Reach, Way
from hyotei.proof.certainty.open_case import OpenCase
from hyotei.proof.certainty.reach import keep, reach
from hyotei.proof.certainty.turning_values import _asked, nearest, roots
from hyotei.proof.formula_nodes import Variable
from hyotei.proof.formulas import neg
from hyotei.proof.replay import Replay
from hyotei.proof.solver import Solver
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from hyotei.verdict.supposed_values import Outcome
from hyotei.verdict.verdict import Verdict
from tests.proof.certainty.drawn import HEAD, Filling, rulebooks, sheets

FEW = settings(max_examples=12)
NEAR = 60
"""So many steps to either side are tried one by one."""


def rated(rulebook: Rulebook, sheet: Sheet) -> Verdict:
    return Verdict(rulebook, sheet, evaluate(rulebook, sheet))


def with_moves(rulebook: Rulebook, sheet: Sheet, moves: Mapping[str, Decimal]) -> Outcome:
    values = {}
    for identity, value in moves.items():
        name, _, unit = identity.partition("@")
        values[name, unit] = value
    return Filling({**values}).outcome(rulebook, sheet)


def has(found: Reach, outcome: Outcome) -> bool:
    """Whether an outcome is what was asked for: reached, or lost to something worse or to nothing."""
    at = outcome[0 if found.decision == "rating" else 1]
    order = "ABC" if found.decision == "rating" else "ⅠⅡⅢ"
    if found.goal == "reach":
        return at == found.value
    return at is None or order.index(at) > order.index(found.value)


def moved(way: Way) -> dict[str, Decimal]:
    return {move.id: Decimal(move.after) for move in way.moves}


def possible(point: FreePoint, steps: int, sheet: Sheet) -> bool:
    """Within the bounds of the figure, and nobody spends more than there is where nobody did."""
    value = moved_to(point, steps)
    if point.grid.low is not None and Fraction(value) < point.grid.low:
        return False
    years = {f"budget_years[{year.fiscal_year}]": year for year in sheet.budget_years}
    if point.unit not in years or any(_over(year.executed.value, year.total.value) for year in years.values()):
        return True
    year = years[point.unit]
    figures = {"executed": year.executed.value, "total": year.total.value, point.name: value}
    return not _over(figures["executed"], figures["total"])


def _over(executed: Decimal | None, total: Decimal | None) -> bool:
    return executed is not None and total is not None and executed > total


@FEW
@given(st.data())
def test_the_way_leads_there_and_no_shorter_one_does(data: st.DataObject) -> None:
    """Every way replayed does it; no figure alone does it with fewer steps on its grid, where single figures are told."""
    rulebook, sheet = data.draw(rulebooks()), data.draw(sheets())
    verdict = rated(rulebook, sheet)
    goal = data.draw(st.sampled_from(["A", "B", "C", "Ⅰ", "Ⅱ", "Ⅲ"]))
    lost = goal in (verdict.rating, verdict.budget)
    found = keep(verdict, goal, timeout=5) if lost else reach(verdict, goal, timeout=5)
    note(f"{found}")
    for way in found.ways:
        assert has(found, with_moves(rulebook, sheet, moved(way)))
    levers = [point for point in known_points(case_of(verdict, None)) if point.name in ("actual", "executed")]
    assert {point.id for point in levers} == set(found.levers)
    alone = {way.moves[0].id: way for way in found.ways if len(way.moves) == 1}
    assert not alone or len(alone) == len(found.ways)
    if not found.complete:
        return
    for point in levers:
        told = abs(Fraction(alone[point.id].moves[0].change) / point.grid.step) if point.id in alone else NEAR  # type: ignore[operator]  # known figures have a step
        for steps in (each for size in range(1, min(int(told), NEAR)) for each in (size, -size)):
            if possible(point, steps, sheet):
                outcome = with_moves(rulebook, sheet, {point.id: moved_to(point, steps)})
                assert not has(found, outcome), f"{point.id} moved {steps}"


@FEW
@given(st.data())
def test_together_nothing_smaller_does(data: st.DataObject) -> None:
    """Where figures have to move together, drawn changes of a smaller sum do not do it; where it is proved that none does, none."""
    rulebook, sheet = data.draw(rulebooks()), data.draw(sheets())
    verdict = rated(rulebook, sheet)
    goal = data.draw(st.sampled_from(["A", "B", "C", "Ⅰ", "Ⅱ", "Ⅲ"]))
    if goal in (verdict.rating, verdict.budget):
        return
    found = reach(verdict, goal, timeout=5)
    note(f"{found}")
    levers = [point for point in known_points(case_of(verdict, None)) if point.name in ("actual", "executed")]
    several = [way for way in found.ways if len(way.moves) > 1]
    if not levers or not (found.status == "never" or several):
        return
    least = min((Fraction(way.relative) for way in several if way.smallest), default=None)
    size = min((len(way.moves) for way in several), default=len(levers))
    for _ in range(40):
        chosen = data.draw(st.lists(st.sampled_from(levers), unique=True, min_size=1, max_size=size))
        steps = {point: data.draw(st.integers(-40, 40)) for point in chosen}
        if not all(possible(point, each, sheet) for point, each in steps.items()):
            continue
        cost = sum(
            (
                abs(Fraction(each) * (point.grid.step or 0)) / (abs(point.grid.base) or Fraction(10**9))
                for point, each in steps.items()
            ),
            Fraction(0),
        )
        if least is None or cost < least:
            outcome = with_moves(rulebook, sheet, {point.id: moved_to(point, each) for point, each in steps.items()})
            assert not has(found, outcome)


@FEW
@given(st.data())
def test_margins_have_both_ends(data: st.DataObject) -> None:
    """Up to the last value that keeps, nothing changes; the first that changes does; without an end nothing near changes."""
    rulebook, sheet = data.draw(rulebooks()), data.draw(sheets())
    case = case_of(rated(rulebook, sheet), None)
    now = with_moves(rulebook, sheet, {})
    replay = Replay(rulebook)
    try:
        found = margins(case, replay, "ja")
    finally:
        replay.close()
    points = {point.id: point for point in known_points(case)}
    for margin in found:
        point = points[margin.id]
        step = point.grid.step
        assert step is not None
        for end, way in ((margin.below, -1), (margin.above, 1)):
            assert end.replayed or end.why
            if end.why:
                continue
            last = NEAR
            if end.changes is not None:
                outcome = with_moves(rulebook, sheet, {margin.id: Decimal(end.changes)})
                assert outcome == (end.rating, end.budget) != now
                last = int(abs(Fraction(str(end.moved)) / step))
                assert moved_to(point, way * (last - 1)) == Decimal(str(end.keeps))
            for steps in {1, last // 2, last - 1, data.draw(st.integers(1, max(1, last - 1)))} - {0, last}:
                if steps < last and possible(point, way * steps, sheet):
                    assert with_moves(rulebook, sheet, {margin.id: moved_to(point, way * steps)}) == now


@FEW
@given(st.data())
def test_two_methods_find_the_same_edge(data: st.DataObject) -> None:
    """Reading the ends off the formulas and asking the solver by halving come to the same step."""
    rulebook, sheet = data.draw(rulebooks()), data.draw(sheets())
    case = case_of(rated(rulebook, sheet), None)
    points = known_points(case)
    if not points:
        return
    point = data.draw(st.sampled_from(points))
    opened = OpenCase(case, [point], moving=True)
    free = opened.free[point.key]
    assert free.steps is not None
    if roots(opened, Variable(point.id, whole=True)) is None:
        return
    wanted = neg(opened.is_outcome(with_moves(rulebook, sheet, {})))
    ways: tuple[Literal[-1], Literal[1]] = (-1, 1)
    for way in ways:
        read = nearest(opened, free, wanted, way, lambda: Solver(0.001))
        assert read == _asked(opened, free.steps, wanted, way, Solver(10))


# -- by hand

RULES = (
    HEAD
    + """# 区分 `rating` — for the sheet

| F | `sum(measures.actual)` | **rating** |
|---|---|---|
| 1 | unknown | unknown |
| 2 | 100超 | A |
| 3 | 50以上 | B |
| 4 | - | C |

# 予算 `budget` — for the sheet

| F | `budget_years[1].executed / budget_years[1].total` | **budget** |
|---|---|---|
| 1 | unknown | unknown |
| 2 | 90%以上 | Ⅰ |
| 3 | 120%以上 | Ⅱ |
| 4 | - | Ⅲ |
"""
)


def sheet_of(*actuals: str, unit: str | None = "回") -> Sheet:
    """A sheet with these actuals and 850 of 1,000 yen spent."""
    indicators = tuple(
        Indicator(
            name=f"指標{at}",
            measures=(
                Measure(target=Quantity(value=Decimal(10), unit=unit), actual=Quantity(value=Decimal(each), unit=unit)),
            ),
        )
        for at, each in enumerate(actuals, 1)
    )
    year = BudgetYear(
        fiscal_year=2012,
        total=Quantity(value=Decimal(1000), unit="円"),
        executed=Quantity(value=Decimal(850), unit="円"),
    )
    return Sheet(
        id="hand",
        title="手計算",
        authority="総務省",
        fiscal_year=2012,
        objectives=(Objective(name="目標", indicators=indicators),),
        budget_years=(year,),
    )


@pytest.mark.parametrize(
    ("actual", "unit", "after"), [("60", "回", "101"), ("60.5", "点", "100.1"), ("60.25", None, "100.01")]
)
def test_a_strict_bound_is_passed_by_one_step(actual: str, unit: str | None, after: str) -> None:
    """Over 100 there is no smallest number, but there is one in whole times, or in the decimals that are printed."""
    found = reach(sheet_of(actual, unit=unit), "Ａ", parse_rulebook(RULES))
    assert [[move.after for move in way.moves] for way in found.ways] == [[after]]
    assert (found.ways[0].rating, found.ways[0].budget) == ("A", "Ⅲ")


def test_executions_move_in_yen() -> None:
    """900 of 1,000 yen are 90%; more than there is is never spent, so Ⅱ is proved to be out of reach, also by other figures."""
    rulebook = parse_rulebook(RULES)
    found = reach(sheet_of("60"), "Ⅰ", rulebook)
    assert [(move.before, move.after, move.relative) for move in found.ways[0].moves] == [("850", "900", "1/17")]
    never = reach(sheet_of("60"), "Ⅱ", rulebook)
    assert (never.status, never.beyond, never.beyond_why) == ("never", None, "")


def test_several_figures_where_one_is_not_enough() -> None:
    """No one of three counts below zero; to lose B two have to fall, the two with the smallest sum first."""
    text = RULES.replace(
        "| 1 | unknown | unknown |\n| 2 | 100超 | A |", "| 1 | unknown | unknown |\n| 2 | 1000超 | A |", 1
    )
    found = keep(sheet_of("40", "40", "45"), "B", parse_rulebook(text))
    pairs = [{move.id[-2] for move in way.moves} for way in found.ways]
    assert pairs in ([{"1", "3"}, {"2", "3"}, {"1", "2"}], [{"2", "3"}, {"1", "3"}, {"1", "2"}])
    assert [Fraction(way.relative) for way in found.ways] == sorted(Fraction(way.relative) for way in found.ways)
    assert all(way.smallest and way.rating == "C" for way in found.ways)


def test_other_figures_move_together_where_none_does_it_alone() -> None:
    """The greatest of two targets of 10 is 5 only if both fall; no actual and no execution matters."""
    rules = RULES.replace("`sum(measures.actual)`", "`max(measures.target)`").replace("100超", "5以下")
    found = reach(sheet_of("60", "60"), "A", parse_rulebook(rules))
    assert (found.status, found.ways, found.beyond_why) == ("never", (), "")
    assert found.beyond is not None
    moves = [(move.id, move.before, move.after, move.relative) for move in found.beyond.moves]
    assert moves == [(f"target@measures[{number}]", "10", "5", "1/2") for number in (1, 2)]
    assert (found.beyond.relative, found.beyond.rating) == ("1", "A")


def test_what_may_be_lost() -> None:
    """50 keeps B, 49 loses it."""
    found = keep(sheet_of("60"), "B", parse_rulebook(RULES))
    lost = next(way for way in found.ways if way.rating == "C")
    assert (lost.moves[0].keeps, lost.moves[0].after) == ("50", "49")


@pytest.mark.parametrize(("ask", "value", "code"), [(reach, "Z", "HY940"), (keep, "A", "HY941")])
def test_questions_that_make_no_sense(ask: object, value: str, code: str) -> None:
    """A value that is not on the scales, and keeping what is not there."""
    assert callable(ask)
    with pytest.raises(HyoteiError) as caught:
        ask(sheet_of("60"), value, parse_rulebook(RULES))
    assert [problem.code for problem in caught.value.diagnostics] == [code]


def test_already_there() -> None:
    """Nothing has to change."""
    found = reach(sheet_of("60"), "B", parse_rulebook(RULES))
    assert (found.status, found.ways) == ("already", ())


def test_the_seed(seed_verdict: Verdict) -> None:
    """One seminar in two fewer makes A a B; 拡充 needs another budget, which no actual and no execution is."""
    found = reach(seed_verdict, "B")
    assert [(move.id, move.before, move.after) for way in found.ways for move in way.moves] == [
        ("actual@measures[3]", "5", "3"),
        ("actual@measures[2]", "21", "9"),
        ("actual@measures[4]", "3", "1"),
        ("actual@measures[1]", "43", "8"),
    ]
    never = reach(seed_verdict, "Ⅰ")
    assert never.status == "never"
    assert never.beyond is not None
    assert [move.id for move in never.beyond.moves] == ["initial@budget_years[2012]"]
    spent = keep(seed_verdict, "Ⅱ")
    # Half of 2,846,829 thousand yen is still enough.
    assert [(move.keeps, move.after) for way in spent.ways for move in way.moves] == [("1423414500", "1423414499")]
