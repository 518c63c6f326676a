"""How many years in a row were missed depends on the fiscal year of the pair, which can be unknown too."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.proof.certainty.certain import certain
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet, YearPoint
from hyotei.verdict.verdict import Verdict
from tests.proof.certainty.drawn import Filling

BOOK = parse_rulebook(
    """---
rulebook: renzoku
title: 続く未達
authority: 例示省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: なし, B: 一年, C: 二年, D: 三年以上}
---
# 続いた年数 `in_a_row` — for the sheet

    max(measures.years_missed)

# 評価区分 `rating` — for the sheet

| F | `in_a_row` | **rating** |
|:-:|---------|------------|
| 1 | unknown | unknown    |
| 2 | 0       | A          |
| 3 | 1       | B          |
| 4 | 2       | C          |
| 5 | -       | D          |
"""
)


def figure(value: int | None, year: int | None) -> Quantity:
    known = None if value is None else Decimal(value)
    return Quantity(value=known, unknown="missing" if value is None else None, fiscal_year=year)


@settings(max_examples=15)
@given(
    st.dictionaries(st.integers(2009, 2013), st.sampled_from([8, 10]), max_size=3),
    st.sampled_from([None, 8, 10]),
    st.sampled_from([None, 2012]),
    st.sampled_from([None, 2010]),
)
def test_every_year_that_the_pair_can_have_is_considered(
    series: dict[int, int], actual: int | None, actual_year: int | None, target_year: int | None
) -> None:
    """The verdicts that are told are those of filling in every year, and met or missed, one by one."""
    points = tuple(
        YearPoint(fiscal_year=year, target=figure(10, year), actual=figure(each, year))
        for year, each in sorted(series.items())
    )
    measure = Measure(
        target=figure(10, target_year), actual=figure(actual, actual_year), direction="increase", series=points
    )
    indicator = Indicator(name="相談", measures=(measure,))
    sheet = Sheet(
        schema="hyotei.sheet/3",
        id="1",
        title="相談",
        authority="例示省",
        fiscal_year=2012,
        objectives=(Objective(name="相談", indicators=(indicator,)),),
    )
    found = certain(Verdict(BOOK, sheet, evaluate(BOOK, sheet)), timeout=30)
    assert found.complete
    unit = "measures[1]"
    years = [None, 1868, *range(2006, 2017), 2200]
    expected = set()
    for value in (None, 8, 10) if actual is None else (None,):
        for first in years if actual_year is None else (None,):
            for second in years if target_year is None else (None,):
                values: dict[tuple[str, str], Scalar] = {}
                for name, told in (("actual", value), ("actual.fiscal_year", first), ("target.fiscal_year", second)):
                    if told is not None:
                        values[name, unit] = Decimal(told)
                expected.add(Filling(values).outcome(BOOK, sheet))
    assert {(each.rating, each.budget) for each in found.verdicts} == expected
