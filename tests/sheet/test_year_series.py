"""How many years in a row a target was missed."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hyotei.sheet import Measure, Quantity, YearPoint
from hyotei.sheet.year_series import years_missed


def figure(value: int | None, year: int) -> Quantity:
    if value is None:
        return Quantity(unknown="missing", fiscal_year=year)
    return Quantity(value=Decimal(value), fiscal_year=year)


PAIRS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(1, 4)), st.one_of(st.none(), st.integers(0, 4))), max_size=6
)


@given(PAIRS, st.sampled_from(["increase", "decrease"]))
def test_it_counts_back_from_the_latest_year_that_tells_both(
    pairs: list[tuple[int | None, int | None]], direction: str
) -> None:
    """Until a year that reached its target or does not tell both figures; against a plain count."""
    points = [
        YearPoint(fiscal_year=2010 + i, target=figure(target, 2010 + i), actual=figure(actual, 2010 + i))
        for i, (target, actual) in enumerate(pairs)
    ]
    if points:
        *series, last = points
        measure = Measure.model_validate(
            {"target": last.target, "actual": last.actual, "series": tuple(series), "direction": direction}
        )
    else:
        measure = Measure.model_validate({"direction": direction})
    told = list(pairs)
    while told and None in told[-1]:
        told.pop()
    if not told:
        assert years_missed(measure, 2000) is None
        return
    expected = 0
    for target, actual in reversed(told):
        if target is None or actual is None or (actual <= target if direction == "decrease" else actual >= target):
            break
        expected += 1
    assert years_missed(measure, 2000) == expected


def test_a_gap_between_years_ends_the_row() -> None:
    """What happened in a year that no point tells is not known."""
    points = tuple(
        YearPoint(fiscal_year=year, target=figure(5, year), actual=figure(4, year)) for year in (2010, 2011, 2013)
    )
    measure = Measure(direction="increase", target=figure(5, 2014), actual=figure(4, 2014), series=points)
    assert years_missed(measure, 2000) == 2


def test_without_a_direction_nothing_is_said() -> None:
    """A target of zero leaves open which way is better."""
    assert years_missed(Measure(target=figure(0, 2014), actual=figure(4, 2014)), 2014) is None


def test_figures_without_a_year_are_of_the_evaluated_year() -> None:
    """Who writes a sheet by hand states no year: its target and actual are those of the evaluated year."""
    points = tuple(YearPoint(fiscal_year=year, target=figure(5, year), actual=figure(4, year)) for year in (2011, 2012))
    missed, reached = (Quantity(value=Decimal(value)) for value in (4, 5))
    measure = Measure(direction="increase", target=reached, actual=missed, series=points)
    assert years_missed(measure, 2013) == 3
    assert years_missed(measure, 2014) == 1
    assert years_missed(measure.model_copy(update={"actual": reached}), 2013) == 0
