"""What the targets and actuals of several fiscal years say together."""

from typing import Final, NamedTuple

from hyotei.sheet.direction import direction_of
from hyotei.sheet.models import FIRST_YEAR, Direction, Measure, Quantity, YearPoint


def own_year(measure: Measure, evaluated: int) -> int:
    """The fiscal year of a measure's own figures: as stated with the actual, else with the target, else the evaluated one."""
    return measure.actual.fiscal_year or measure.target.fiscal_year or evaluated


def years_of(measure: Measure, evaluated: int) -> tuple[YearPoint, ...]:
    """The fiscal years of a measure, ascending: those of its series, and that of its own figures.

    A point of the series that is of the same year as these lends it what it states beside them, its own figures do not count.
    """
    own = own_year(measure, evaluated)
    points = {point.fiscal_year: point for point in measure.series}
    beside = points.get(own, _NOTHING)
    # Made without validation, which these parts have passed before.
    points[own] = YearPoint.model_construct(
        fiscal_year=own, target=measure.target, actual=measure.actual, facts=beside.facts, recorded=beside.recorded
    )
    return tuple(points[year] for year in sorted(points))


_NOTHING: Final = YearPoint(fiscal_year=FIRST_YEAR)


class YearFigures(NamedTuple):
    """Target and actual of one fiscal year, both known."""

    fiscal_year: int
    target: Quantity
    actual: Quantity


def years_missed(measure: Measure, evaluated: int, name: str = "") -> int | None:
    """How many fiscal years in a row, back from the latest that tells target and actual, the target was missed.

    None where no year tells both, or where it is not known which way is better; else the number of `missed_run`.
    """
    run = missed_run(measure, evaluated, name)
    return None if run is None else len(run)


def missed_run(measure: Measure, evaluated: int, name: str = "") -> tuple[YearFigures, ...] | None:
    """The fiscal years in a row, back from the latest that tells target and actual, in which the target was missed, ascending.

    A year without one of the two figures, or that no point of the series tells, ends the row. None where no year tells both,
    or where it is not known which way is better.

    Args:
        measure: its own target and actual are of `own_year`.
        evaluated: the evaluated fiscal year of the sheet.
        name: the name of the measure, which may tell which way is better.
    """
    direction = direction_of(measure, name).direction
    return None if direction is None else _run(direction, measure, evaluated)


def missed_under(direction: Direction, measure: Measure, evaluated: int) -> int | None:
    """How many years in a row the target was missed where this way is better; None where no year tells both figures."""
    run = _run(direction, measure, evaluated)
    return None if run is None else len(run)


def _run(direction: Direction, measure: Measure, evaluated: int) -> tuple[YearFigures, ...] | None:
    told = {
        each.fiscal_year: YearFigures(each.fiscal_year, each.target, each.actual)
        for each in years_of(measure, evaluated)
        if None not in (each.target.value, each.actual.value)
    }
    if not told:
        return None
    run: list[YearFigures] = []
    year = max(told)
    while year in told and not _reached(told[year], direction == "decrease"):
        run.insert(0, told[year])
        year -= 1
    return tuple(run)


def _reached(year: YearFigures, decrease: bool) -> bool:
    target, actual = year.target.value, year.actual.value
    assert target is not None
    assert actual is not None
    return actual <= target if decrease else actual >= target
