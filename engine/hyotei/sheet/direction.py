"""Which way a measure gets better: as the sheet states it, or as its figures and its name show."""

from functools import lru_cache
from typing import Literal, NamedTuple

from hyotei.sheet.direction_words import direction_by_wording
from hyotei.sheet.models import Direction, Measure, Reading

# What a target's qualifier says: 10回以上 is to be exceeded, 5件以下 is not to be.
BY_QUALIFIER: dict[str, Direction] = {"以上": "increase", "以下": "decrease", "未満": "decrease", "超": "increase"}

Ground = Literal["qualifier", "wording", "baseline"]
"""What can show a direction that is not stated, the one with most weight first."""


class DirectionReading(NamedTuple):
    """A direction, whether it is stated or inferred, from what, and what on the sheet speaks for the other way."""

    direction: Direction | None
    reading: Reading
    reason: str
    against: tuple[Ground, ...] = ()


def direction_of(measure: Measure, name: str = "") -> DirectionReading:
    """The direction of improvement.

    The sheet's own word comes first. Then the qualifier of the target, the wording of the name, and the way from baseline to
    target are weighed: the first of them that tells decides, and those after it that tell otherwise are `against` it. Where none
    tells, more is taken to be better, and the reading says that this was assumed. A target of zero would make every actual an
    achievement of more, so with it a wording for more tells nothing, and without anything else the direction is unknown.

    Args:
        measure: the measure.
        name: the name of its indicator with its label, see `measured_name`.

    `reason` is one of `stated`, `qualifier`, `wording`, `baseline`, `assumed`, `zero_target`, `no_target`.
    """
    if measure.direction is not None:
        return DirectionReading(measure.direction, "stated", "stated")
    target, baseline = measure.target, measure.baseline
    told: dict[Ground, Direction] = {}
    if target.qualifier in BY_QUALIFIER:
        told["qualifier"] = BY_QUALIFIER[target.qualifier]
    elif target.value is None:
        return DirectionReading(None, "inferred", "no_target")
    worded = worded_direction(name)
    if worded is not None and not (worded == "increase" and target.value == 0):
        told["wording"] = worded
    if target.value is not None and baseline.value is not None and baseline.value != target.value:
        told["baseline"] = "increase" if target.value > baseline.value else "decrease"
    for ground, direction in told.items():
        against = tuple(other for other, way in told.items() if way != direction)
        return DirectionReading(direction, "inferred", ground, against)
    if target.value == 0:
        return DirectionReading(None, "inferred", "zero_target")
    return DirectionReading("increase", "inferred", "assumed")


def measured_name(indicator: str, label: str | None) -> str:
    """What a measure is called in full: its indicator, and what of it is counted."""
    return f"{indicator} {label}" if label else indicator


@lru_cache(maxsize=1 << 14)
def worded_direction(name: str) -> Direction | None:
    """The direction that the wording of a name tells; None where it tells none."""
    return direction_by_wording(name).direction if name else None


def units_agree(measure: Measure) -> bool:
    """Whether target and actual are in one unit, as far as both are figures and state one."""
    target, actual = measure.target, measure.actual
    if target.value is None or actual.value is None or target.unit is None or actual.unit is None:
        return True
    return target.unit == actual.unit
