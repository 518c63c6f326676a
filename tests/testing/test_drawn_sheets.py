"""Drawn sheets are sheets of the rulebook, of the shape asked for, and meet what the rulebook speaks of."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from hyotei.drawing.boundary_values import boundary_values, near, sides_first, texts_of, threshold_values, values_of
from hyotei.drawing.value_pools import years_of
from hyotei.inference.engine import derive
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.values import REASONS
from hyotei.sheet import Sheet
from hyotei.testing import sheets
from hyotei.testing.drawn_sheets import shape_of
from tests.conftest import ROOT
from tests.strategies import HALF, rulebooks
from tests.testing.books import RATING, book, text

MIC = read_rulebook(ROOT / "rules" / "mic-2013")


@HALF
@given(st.data())
def test_sheets_of_any_rulebook_are_valid(data: st.DataObject) -> None:
    """They pass the models' own checks, are read back the same, and are of the rulebook's authority and years."""
    rulebook = data.draw(rulebooks())
    sheet = data.draw(sheets(rulebook))
    assert Sheet.model_validate_json(sheet.model_dump_json(by_alias=True)) == sheet
    assert sheet.authority == rulebook.authority
    assert rulebook.in_force(sheet.fiscal_year)
    derive(rulebook, sheet)


@given(
    st.tuples(st.integers(0, 2), st.integers(0, 1)),
    st.tuples(st.integers(1, 3), st.integers(0, 2)),
    st.integers(0, 4),
    st.booleans(),
    st.data(),
)
def test_the_shape_is_kept(
    objectives: tuple[int, int], measures: tuple[int, int], years: int, unknown: bool, data: st.DataObject
) -> None:
    """Numbers of parts lie within their bounds; where nothing may be unknown, no figure that is drawn is."""
    some, several = (objectives[0], sum(objectives)), (measures[0], sum(measures))
    sheet = data.draw(
        sheets(
            MIC, objectives=some, indicators=2, measures=several, budget_years=years, unknown=unknown, fiscal_years=2012
        )
    )
    assert some[0] <= len(sheet.objectives) <= some[1]
    assert all(len(each.indicators) == 2 for each in sheet.objectives)
    assert all(several[0] <= len(each.measures) <= several[1] for each in sheet.indicators)
    assert len(sheet.budget_years) == years
    assert sheet.fiscal_year == 2012
    if not unknown:
        assert all(measure.actual.value is not None for measure in sheet.measures)
        assert all(year.total.value is not None for year in sheet.budget_years)
    assert shape_of(some, 2, several, years, unknown).fits(sheet)


def drawn(count: int) -> list[Sheet]:
    found: list[Sheet] = []

    @seed(1)
    @settings(max_examples=count, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sheets(MIC))
    def collect(sheet: Sheet) -> None:
        found.append(sheet)

    collect()
    return found


def test_they_seek_what_is_telling() -> None:
    """A few hundred sheets meet most boundaries of the attainment on, under and over, every reason, every rating."""
    derived = [(sheet, derive(MIC, sheet)) for sheet in drawn(600)]
    attainments = {
        step.outputs[0] for _, each in derived for step in each.steps.values() if step.decision == "attainment"
    }
    wanted = set(near(Decimal(end) for end in ("0.5", "0.9", "1", "2")))
    assert len(wanted & attainments) >= 8
    actuals = {measure.actual.unknown for sheet, _ in derived for measure in sheet.measures}
    assert actuals >= set(REASONS)
    ratings = Counter(each.value("rating") for _, each in derived)
    assert all(ratings[value] >= 5 for value in ("A", "B", "C"))


def test_telling_values() -> None:
    """The numbers of tables, formulas and parameters; sums that are compared with; the words that are compared, and no others."""
    assert Decimal("0.1") in boundary_values(MIC)
    assert Decimal("0.9") in threshold_values(MIC, 2012)  # 1 - about
    assert near([Decimal(1)]) == (Decimal("0.999999"), Decimal(1), Decimal("1.000001"))
    assert sides_first([Decimal(1)])[0] == Decimal(1)
    assert texts_of(MIC) == ()
    compared = '\n# 回 `turns` — for each measure\n\n    target.unit = "回"\n'
    words = parse_rulebook(text("| F | `share` | **rating** |\n|---|---|---|\n| 1 | - | A |\n" + compared))
    assert texts_of(words) == ("回",)
    counted = values_of(MIC.by_name["missed_measures"].outputs[0].type, MIC)
    assert all(value == int(value) >= 0 for value in counted if isinstance(value, Decimal))


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ("2011..2013", {2011, 2012, 2013}),
        ("2012", {2012}),
        ("2014..", set(range(2014, 2018))),
        ("..2010", set(range(2007, 2011))),
    ],
)
def test_the_years_of_a_rulebook(years: str, expected: set[int]) -> None:
    """All years in force; of an open span some, within it."""
    rulebook = parse_rulebook(text().replace("2011..2013", years))
    assert set(years_of(rulebook)) == expected
    assert all(rulebook.in_force(year) for year in expected)


def test_a_rulebook_without_numbers() -> None:
    """Where nothing is compared, plain sheets are drawn all the same."""
    rulebook = book(RATING.splitlines()[0] + "\n|---|---|---|\n| 1 | - | A |\n")
    found: list[Sheet] = []

    @settings(max_examples=5, database=None)
    @given(sheets(rulebook, objectives=1))
    def collect(sheet: Sheet) -> None:
        found.append(sheet)

    collect()
    assert found
