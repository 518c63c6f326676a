"""What the targets and actuals of several fiscal years say together."""

from typing import NamedTuple

from hyotei.sheet.direction import direction_of
from hyotei.sheet.models import Direction, Measure, Quantity


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
        measure: its own target and actual are of the fiscal year stated with the actual, else with the target.
        evaluated: the evaluated fiscal year of the sheet, of which they are where neither states a year.
        name: the name of the measure, which may tell which way is better.
    """
    direction = direction_of(measure, name).direction
    return None if direction is None else _run(direction, measure, evaluated)


def missed_under(direction: Direction, measure: Measure, evaluated: int) -> int | None:
    """How many years in a row the target was missed where this way is better; None where no year tells both figures."""
    run = _run(direction, measure, evaluated)
    return None if run is None else len(run)


def _run(direction: Direction, measure: Measure, evaluated: int) -> tuple[YearFigures, ...] | None:
    pairs = {point.fiscal_year: YearFigures(point.fiscal_year, point.target, point.actual) for point in measure.series}
    year = measure.actual.fiscal_year or measure.target.fiscal_year or evaluated
    pairs[year] = YearFigures(year, measure.target, measure.actual)
    told = {year: each for year, each in pairs.items() if None not in (each.target.value, each.actual.value)}
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
