"""Which way a measure gets better: as the sheet states it, or as its figures show."""

from typing import NamedTuple

from hyotei.sheet.models import Direction, Measure, Reading

# What a target's qualifier says: 10回以上 is to be exceeded, 5件以下 is not to be.
_BY_QUALIFIER: dict[str, Direction] = {"以上": "increase", "超": "increase", "以下": "decrease", "未満": "decrease"}


class DirectionReading(NamedTuple):
    """A direction, whether it is stated or inferred, and from what."""

    direction: Direction | None
    reading: Reading
    reason: str


def direction_of(measure: Measure) -> DirectionReading:
    """The direction of improvement.

    The sheet's own word comes first, then the qualifier of the target, then the way from baseline to target. Where neither
    tells, more is taken to be better, and the reading says that this was assumed; but a target of zero, which would make
    every actual an achievement, leaves the direction unknown.

    `reason` is one of `stated`, `qualifier`, `baseline`, `assumed`, `zero_target`, `no_target`.
    """
    if measure.direction is not None:
        return DirectionReading(measure.direction, "stated", "stated")
    target, baseline = measure.target, measure.baseline
    if target.qualifier in _BY_QUALIFIER:
        return DirectionReading(_BY_QUALIFIER[target.qualifier], "inferred", "qualifier")
    if target.value is None:
        return DirectionReading(None, "inferred", "no_target")
    if baseline.value is not None and baseline.value != target.value:
        way: Direction = "increase" if target.value > baseline.value else "decrease"
        return DirectionReading(way, "inferred", "baseline")
    if target.value == 0:
        return DirectionReading(None, "inferred", "zero_target")
    return DirectionReading("increase", "inferred", "assumed")


def units_agree(measure: Measure) -> bool:
    """Whether target and actual are in one unit, as far as both are figures and state one."""
    target, actual = measure.target, measure.actual
    if target.value is None or actual.value is None or target.unit is None or actual.unit is None:
        return True
    return target.unit == actual.unit
