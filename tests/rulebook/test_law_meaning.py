"""What laws say of concrete sheets: one breach and one sheet that keeps it for every kind, and pairs that are none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.rulebook.changed_sheets import QUANTITIES, models, with_figures, without
from hyotei.rulebook.law_meaning import LawSide, NotThePairError, breach, can_be_tested, values_reached
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet
from tests.strategies_sheets import sheets

HEAD = """---
rulebook: laws
title: 法則
authority: 総務省
standing: draft
fiscal_years: 2010..2014
scales:
  rating: [A, B, C]
  result: [achieved, missed]
parameters:
  half: 50%
laws:
  - {law}
---
# 達成率 `attainment` — for each measure

    actual / target

# 判定 `result` — for each measure

| F | `attainment` | **result** |
|---|---|---|
| 1 | unknown | unknown |
| 2 | 100%以上 | achieved |
| 3 | - | missed |

# 割合 `share` — for the sheet

    count(measures[result = achieved]) / count(measures[result != unknown])

# 数 `number` — for the sheet

    count(measures[result = achieved])

"""
SOUND = """# 区分 `rating` — for the sheet

| F | `share` | **rating** |
|---|---|---|
| 1 | unknown | unknown |
| 2 | `half` 以上 | A |
| 3 | - | C |
"""
# The best rating is lost as soon as the share is complete, one share has no answer, and one has two.
FAULTY = """# 区分 `rating` — for the sheet

| U | `share` | **rating** |
|---|---|---|
| 1 | 50%以上100%未満 | A |
| 2 | 100% | B |
| 3 | 10%以上50%未満 | C |
| 4 | 10%以上20%以下 | B |
| 5 | unknown | unknown |
"""


def book(law: str, rating: str) -> tuple[Rulebook, Law]:
    rulebook = parse_rulebook(HEAD.replace("{law}", law) + rating)
    return rulebook, rulebook.laws[0]


def sheet(*actuals: int | None) -> Sheet:
    """A sheet with targets of 10 and these actuals."""
    measures = tuple(
        Measure(
            target=Quantity(value=Decimal(10)),
            actual=Quantity(unknown="missing") if actual is None else Quantity(value=Decimal(actual)),
        )
        for actual in actuals
    )
    indicators = tuple(Indicator(name="指標", measures=(measure,)) for measure in measures)
    return Sheet(
        id="x",
        title="x",
        authority="総務省",
        fiscal_year=2012,
        objectives=(Objective(name="目標", indicators=indicators),),
    )


def share(value: str) -> dict[tuple[str, str], Scalar]:
    return {("share", "sheet"): Decimal(value)}


SIXTH = sheet(10, 0, 0, 0, 0, 0)
BREACHES: dict[str, tuple[tuple[LawSide, ...], tuple[Scalar, ...]]] = {
    "every decision answers": ((LawSide(sheet(0)),), ()),
    "no two rows contradict": ((LawSide(SIXTH),), ()),
    "if share >= 50% then rating = A": ((LawSide(sheet(10)),), (False,)),
    "if share = unknown then rating = A": ((LawSide(sheet()),), (Unknown("undefined"),)),
    "rating never falls as share rises": ((LawSide(sheet(), share("0.5")), LawSide(sheet(), share("1"))), ("A", "B")),
    "rating never rises as share falls": ((LawSide(sheet(), share("1")), LawSide(sheet(), share("0.5"))), ("B", "A")),
    "rating never falls as actual rises": ((LawSide(sheet(10, 1)), LawSide(sheet(10, 11))), ("A", "B")),
    "rating never falls as attainment rises": (
        (LawSide(sheet(10, 1)), LawSide(sheet(10, 1), {("attainment", "measures[2]"): Decimal(1)})),
        ("A", "B"),
    ),
    "unknown never beats known": ((LawSide(sheet(10, 0, 0)), LawSide(sheet(10, 0, None))), ("C", "A")),
    "one more missed measure never lowers the rating": ((LawSide(sheet(10, 0)), LawSide(sheet(10, 0, 0))), ("A", "C")),
    "one more achieved measure never lowers the rating": ((LawSide(sheet(10, 0)), LawSide(sheet(10, 0, 10))), ()),
}


@pytest.mark.parametrize("text", BREACHES)
def test_a_breach_and_what_it_shows(text: str) -> None:
    """Each law is broken by what breaks it, and the breach has the values of both sides."""
    rulebook, law = book(text, FAULTY)
    sides, values = BREACHES[text]
    found = breach(law, rulebook, sides, evaluate)
    if text.startswith("one more achieved"):
        assert found is None
        return
    assert found is not None
    assert found.values == values
    assert found.sides == sides
    assert all(key in found.derivations[0].steps for key in found.at[:1])


@pytest.mark.parametrize(
    "text", ["every decision answers", "no two rows contradict", "if share >= 50% then rating = A"]
)
def test_a_sheet_that_keeps_the_law(text: str) -> None:
    """Where the rules are sound, the same sheets break nothing."""
    rulebook, law = book(text, SOUND)
    assert breach(law, rulebook, BREACHES[text][0], evaluate) is None


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("rating never falls as share rises", (LawSide(sheet(), share("1")), LawSide(sheet(), share("0.5")))),
        ("rating never falls as share rises", (LawSide(sheet()), LawSide(sheet()))),
        ("rating never falls as share rises", (LawSide(sheet(), share("0.5")), LawSide(sheet(1), share("1")))),
        ("rating never falls as share rises", (LawSide(sheet()), LawSide(sheet(), share("1")))),
        ("rating never falls as actual rises", (LawSide(sheet(1, 1)), LawSide(sheet(2, 0)))),
        (
            "rating never falls as number rises",
            (LawSide(sheet(1)), LawSide(sheet(1), {("number", "sheet"): Decimal("1.5")})),
        ),
        ("unknown never beats known", (LawSide(sheet(1, 1)), LawSide(sheet(1, 1)))),
        ("unknown never beats known", (LawSide(sheet(1, 1)), LawSide(sheet(2, None)))),
        ("one more achieved measure never lowers the rating", (LawSide(sheet(1)), LawSide(sheet(1, 1)))),
        ("one more achieved measure never lowers the rating", (LawSide(sheet(1)), LawSide(sheet(2, 10)))),
    ],
)
def test_pairs_that_are_none(text: str, sides: tuple[LawSide, ...]) -> None:
    """Two sides that differ otherwise than the law says are refused, and say nothing about it."""
    rulebook, law = book(text, FAULTY)
    with pytest.raises(NotThePairError):
        breach(law, rulebook, sides, evaluate)


def test_unknown_results_are_neither_better_nor_worse() -> None:
    """Where the output is unknown on one side, a law about pairs is not broken."""
    rulebook, law = book("unknown never beats known", SOUND)
    assert breach(law, rulebook, (LawSide(sheet(10)), LawSide(sheet(None))), evaluate) is None


def test_values_that_sheets_show_to_be_reachable() -> None:
    """Reachability is collected; no sheet breaks it."""
    rulebook, law = book("every rating is reachable", SOUND)
    reached = {
        value
        for each in (sheet(10), sheet(0), sheet())
        for value in values_reached(law, rulebook, evaluate(rulebook, each), each)
    }
    assert reached == {"A", "C"}
    with pytest.raises(ValueError, match="sides"):
        breach(law, rulebook, (LawSide(sheet(10)),), evaluate)


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ("rating never falls as half rises", False),
        ("rating never falls as number rises", True),
        ("one more net budget_year never lowers the rating", True),
        ("one more achieved indicator never lowers the rating", False),
    ],
)
def test_what_sheets_can_say_nothing_about(law: str, expected: bool) -> None:
    """A parameter does not move from sheet to sheet, and no indicator is achieved where nothing decides it."""
    rulebook, found = book(law, SOUND)
    assert can_be_tested(found, rulebook) is expected


def test_the_scope_of_one_more_is_part_of_the_meaning() -> None:
    """Two laws that add different units have different hashes."""
    laws = ("one more achieved measure never lowers the rating", "one more achieved objective never lowers the rating")
    assert len({book(law, SOUND)[0].hash for law in laws}) == 2


@given(sheets(), st.data())
def test_changed_sheets_change_one_thing(drawn: Sheet, data: st.DataObject) -> None:
    """A changed figure is changed and back again; a unit taken out is gone, and the keys are those of the unit tree."""
    rulebook, _ = book("every decision answers", SOUND)
    listed = list(models(drawn))
    keys = {key for _, key, _ in listed}
    units = list(unit_tree(drawn, rulebook).all())
    assert keys <= {unit.key for unit in units}
    # The year of a measure's own figures is stated by these.
    assert all(unit.own for unit in units if unit.key not in keys)
    known = [
        ((name, key), quantity.value)
        for scope, key, model in listed
        for name in QUANTITIES.get(scope, ())
        if (quantity := getattr(model, name)).value is not None
    ]
    if known:
        at, value = data.draw(st.sampled_from(known))
        changed = with_figures(drawn, {at: Unknown("missing")})
        assert changed != drawn
        assert with_figures(changed, {at: value}) == drawn
    key = data.draw(st.sampled_from([key for _, key, _ in listed][1:] or [""]))
    if key:
        left = without(drawn, key)
        assert Sheet.model_validate(left.model_dump(by_alias=True)) == left
        assert sum(1 for _ in models(left)) < len(listed)
