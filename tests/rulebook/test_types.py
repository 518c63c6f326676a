"""What goes together: units of numbers, kinds of values, scopes, and names that take their meaning from what is beside them."""

import pytest
from hypothesis import given

from hyotei.messages import HyoteiError
from hyotei.rulebook.check.decisions import MOST_AT_ONCE
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.types import (
    BOOLEAN,
    COUNT,
    FIGURE,
    MONEY,
    NUMBER,
    RATIO,
    TEXT,
    YEAR,
    ScaleType,
    Type,
)
from tests.rulebook.small import HEAD, formula, rulebook, table
from tests.strategies import rulebook_texts

RATING = ScaleType("rating", ("A", "B", "C"), ordered=True)
STARS = ScaleType("stars", ("5", "4", "3"), ordered=True)


def type_of(text: str, *others: str) -> Type:
    return rulebook(*others, formula(text)).by_name["x"].outputs[0].type


def codes(text: str, *others: str) -> list[str]:
    with pytest.raises(HyoteiError) as caught:
        rulebook(*others, formula(text))
    return [problem.code for problem in caught.value.diagnostics if problem.severity == "error"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2", NUMBER),
        ("50% + 5%", RATIO),
        ("1 - 5%", RATIO),
        ("80% * 80%", RATIO),
        ("2 * 80%", NUMBER),
        ("2倍 * 80%", RATIO),
        ("0.5 * 80%", RATIO),
        ("100円 + 1千円", MONEY),
        ("100円 * 80%", MONEY),
        ("100円 / 2", MONEY),
        ("100円 / 50円", RATIO),
        ("100円 / count(measures)", MONEY),
        ("measures[1].actual / measures[1].target", RATIO),
        ("measures[1].actual - measures[1].target", FIGURE),
        ("count(measures) / count(indicators)", RATIO),
        ("count(measures) + 1", COUNT),
        ("fiscal_year + 1", YEAR),
        ("fiscal_year - 2010", YEAR),
        ("fiscal_year - 2010年度", COUNT),
        ("5回 + 3回", COUNT),
        ("title", TEXT),
        ("1 < 2", BOOLEAN),
        ("recorded.rating", RATING),
        ("if true then A else C", RATING),
        ("if true then recorded.rating else unknown", RATING),
        ("if true then A else recorded.rating", RATING),
        ("if true then 0.5 else 50%", RATIO),
        ("floor(100円 / 3)", MONEY),
        ("sum(budget_years.total)", MONEY),
        ("min(measures.actual)", FIGURE),
        ("budget_years[1].fiscal_year", YEAR),
        ("abs(-5%)", RATIO),
        ("5% ** 2", RATIO),
    ],
)
def test_type_of_an_expression(text: str, expected: Type) -> None:
    """Units follow through arithmetic: like by like is a ratio, a year less a year is a count."""
    assert type_of(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("100円 + 5%", "HY519"),
        ("100円 * 100円", "HY519"),
        ("100円 + 5", "HY514"),
        ("fiscal_year * 2", "HY519"),
        ("fiscal_year / 2", "HY519"),
        ("fiscal_year > 24", "HY515"),
        ("sum(budget_years.total) > 300", "HY514"),
        ("sum(budget_years.total) > 300回", "HY512"),
        ("measures[1].actual / measures[1].target > 80", "HY513"),
        ("measures[1].actual / measures[1].target > 80円", "HY512"),
        ("80% > minimum + 20", "HY513"),
        ("title = authority + 1", "HY517"),
        ("title and true", "HY516"),
        ("if 1 then 2 else 3", "HY516"),
        ("recorded.rating = D", "HY501"),
        ("recorded.rating = Ⅱ", "HY503"),
        ("recorded.rating = 4", "HY512"),
        ("if true then A else Ⅱ", "HY503"),
        ("not(1)", "HY516"),
        ("all(measures.actual)", "HY529"),
        ("count(measures[actual])", "HY516"),
        ("measures", "HY510"),
        ("measures[1]", "HY511"),
        ("sheet", "HY511"),
        ("measures[1].measures", "HY506"),
    ],
)
def test_what_does_not_go_together_is_told(text: str, code: str) -> None:
    """Percent against plain numbers, yen against nothing, years multiplied: each is told once, with its own code."""
    found = codes(text)
    assert found == [code] or (code in ("HY501", "HY503") and found and set(found) <= {"HY501", "HY503"}), found


def test_word_takes_its_meaning_from_the_other_side() -> None:
    """A value that two scales have is understood where the other side tells which is meant."""
    head = HEAD.replace("  budget: [Ⅰ, Ⅱ, Ⅲ]", "  budget: [A, D]")
    for text in (
        "recorded.rating = A",
        "A = recorded.budget",
        "if true then A else recorded.budget",
        "recorded.rating in (A, B)",
    ):
        rulebook(formula(text), head=head)
    with pytest.raises(HyoteiError, match="HY504"):
        rulebook(formula("if true then A else A"), head=head)


def test_values_of_a_scale_may_be_numbers() -> None:
    """A scale of stars: 5 is a value where stars are expected, and a number elsewhere."""
    rows = "| F | `count(measures)` | **stars** |\n| 1 | 5以上 | 5 |\n| 2 | - | 3 |"
    book = rulebook(table(rows), formula("x = 5", "y"), formula("5 < x", "z"), formula("x >= 4 and 5 > 4", "w"))
    assert book.by_name["x"].outputs[0].type == STARS
    assert all(book.by_name[name].outputs[0].type == BOOLEAN for name in "yzw")


def test_decision_that_is_always_unknown_fits_everywhere() -> None:
    """A draft whose rows all say unknown can be compared, counted and joined like any other."""
    draft = table("| F | **later** |\n| 1 | unknown(unmeasured) |", "later", "measure")
    for text in (
        "count(measures.later)",
        "count(measures[later = 5])",
        "all(measures.later = A)",
        "sum(measures.later)",
    ):
        assert "later" in rulebook(draft, formula(text)).by_name


def test_findings_cannot_be_read() -> None:
    """An audit table has no value, read by name, by path or through a list."""
    audit = table("| C | `1` | **finding** |\n| 1 | - | F-1 |", "check")
    each = table("| C | `1` | **finding** |\n| 1 | - | F-1 |", "check_each", "measure")
    assert codes('check = "F-1"', audit) == ["HY546"]
    assert codes('check.finding = "F-1"', audit) == ["HY546"]
    assert codes("count(measures.check_each)", each) == ["HY546"]


def test_wrong_part_is_told_once() -> None:
    """A mistyped name in a decision is not told again by those who read the decision."""
    found = codes("y + z", formula("actaul + 1", "y"), formula("y * 2", "z"))
    assert found == ["HY501"]


@pytest.mark.parametrize("length", [MOST_AT_ONCE + 1, 300])
@pytest.mark.parametrize("backwards", [False, True])
def test_chain_of_decisions_may_be_long(length: int, backwards: bool) -> None:
    """Hundreds of decisions, each needing the one before, are read in either order with their types."""
    chain = [formula("100円", "d0"), *(formula(f"d{number - 1} * 2", f"d{number}") for number in range(1, length))]
    book = rulebook(*(reversed(chain) if backwards else chain))
    assert [decision.name for decision in book.decisions] == [f"d{number}" for number in range(length)]
    assert {decision.outputs[0].type for decision in book.decisions} == {MONEY}


@pytest.mark.parametrize("length", [2, 3, 300])
def test_circle_is_told_with_its_way_round(length: int) -> None:
    """Decisions that need each other in a circle of any length are told, once."""
    chain = [formula(f"d{(number + 1) % length} * 2", f"d{number}") for number in range(length)]
    with pytest.raises(HyoteiError) as caught:
        rulebook(*chain)
    (problem,) = [each for each in caught.value.diagnostics if each.code == "HY540"]
    circle = str(problem.params["circle"]).split(" → ")
    assert circle[0] == circle[-1]
    assert len(circle) == length + 1


def test_decision_that_needs_itself_is_told() -> None:
    """The shortest circle."""
    assert codes("x + 1") == ["HY540"]


@given(rulebook_texts())
def test_drawn_rulebooks_are_valid(text: str) -> None:
    """The strategies write rulebooks without an error, so that nothing is left untested by a refusal."""
    assert parse_rulebook(text).decisions
