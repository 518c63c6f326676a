"""What the targets and actuals of several fiscal years say together."""

from hyotei.sheet.direction import direction_of
from hyotei.sheet.models import Direction, Measure, Quantity


def years_missed(measure: Measure, evaluated: int, name: str = "") -> int | None:
    """How many fiscal years in a row, back from the latest that tells target and actual, the target was missed.

    A year without one of the two figures, or that no point of the series tells, ends the row. None where no year tells both,
    or where it is not known which way is better.

    Args:
        measure: its own target and actual are of the fiscal year stated with the actual, else with the target.
        evaluated: the evaluated fiscal year of the sheet, of which they are where neither states a year.
        name: the name of the measure, which may tell which way is better.
    """
    direction = direction_of(measure, name).direction
    return None if direction is None else missed_under(direction, measure, evaluated)


def missed_under(direction: Direction, measure: Measure, evaluated: int) -> int | None:
    """The same where this way is better; None where no year tells both figures."""
    pairs: dict[int, tuple[Quantity, Quantity]] = {
        point.fiscal_year: (point.target, point.actual) for point in measure.series
    }
    year = measure.actual.fiscal_year or measure.target.fiscal_year or evaluated
    pairs[year] = (measure.target, measure.actual)
    told = {
        year: (target.value, actual.value)
        for year, (target, actual) in pairs.items()
        if target.value is not None and actual.value is not None
    }
    if not told:
        return None
    year, missed = max(told), 0
    while year in told:
        target_value, actual_value = told[year]
        reached = actual_value <= target_value if direction == "decrease" else actual_value >= target_value
        if reached:
            break
        year, missed = year - 1, missed + 1
    return missed
