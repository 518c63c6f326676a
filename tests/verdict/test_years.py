"""Verdicts that rest on the fiscal years of measures: the year of a measure's own figures has the measure's."""

from decimal import Decimal

import hyotei
from hyotei.rulebook.load import parse_rulebook
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet, YearPoint

BOOK = parse_rulebook(
    """---
rulebook: running
title: 続けて未達
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可, C: 否}
---
# 達成 `met_in_year` — for each year

    actual >= target

# 続けて未達 `twice` — for each year

| F | `met_in_year` | `previous.met_in_year` | **twice** |
|---|---|---|---|
| 1 | false | false | true |
| 2 | unknown | - | unknown |
| 3 | - | unknown | false |
| 4 | - | - | false |

# 区分 `rating` — for the sheet

| F | `any(measures.latest.twice)` | `count(years[met_in_year = false])` | **rating** |
|---|---|---|---|
| 1 | unknown | - | unknown |
| 2 | true | - | C |
| 3 | - | 1以上 | B |
| 4 | - | - | A |
"""
)


def figure(number: int) -> Quantity:
    return Quantity(value=Decimal(number), unit="件")


def sheet(actual: Quantity) -> Sheet:
    """One measure, of 2012, that missed its targets of 2010 and 2011."""
    before = (
        YearPoint(fiscal_year=2010, target=figure(8), actual=figure(7)),
        YearPoint(fiscal_year=2011, target=figure(9), actual=figure(8)),
    )
    measure = Measure(target=figure(10), actual=actual, direction="increase", series=before)
    objective = Objective(name="目標", indicators=(Indicator(name="件数", measures=(measure,)),))
    return Sheet(id="a", title="例", authority="総務省", fiscal_year=2012, objectives=(objective,))


def test_an_unknown_figure_of_a_measure_is_tried_at_its_year_too() -> None:
    """It is not said to be without influence, and the certainty tells what it leads to."""
    verdict = hyotei.rate(sheet(Quantity(unknown="unsettled")), BOOK)
    assert verdict.rating == "C"
    (told,) = (each for each in verdict.data().unknowns if each.id == "actual@measures[1]")
    assert told.could_matter is not False
    for value, rating in ((9, "C"), (10, "B")):
        assert hyotei.rate(sheet(figure(value)), BOOK).rating == rating
    certainty = hyotei.certain(verdict)
    assert {each.rating for each in certainty.verdicts} == {"B", "C"}
    assert certainty.complete


def test_a_figure_of_another_year_is_moved() -> None:
    """Where 2011 had met its target, no two years in a row are missed."""
    reached = hyotei.reach(hyotei.rate(sheet(figure(9)), BOOK), "B")
    assert any(change.unit == "years[1-2011]" for way in reached.ways for change in way.moves)
