"""At which values a comparison turns, from the numbers that its terms have."""

from collections.abc import Iterator
from fractions import Fraction

from hyotei.base.exact import Rounding
from hyotei.impact.crossings import Crossing


def turning_values(crossing: Crossing, at: Fraction, figures: "tuple[Fraction, ...]") -> Iterator[Fraction]:
    """The values at which a unit's comparison turns, from the values that its terms have where the sliding value is `at`."""
    above, above_slope, below, below_slope, limit = figures
    for threshold in _thresholds(limit, crossing):
        slope = above_slope - threshold * below_slope
        if slope:
            yield at + (threshold * below - above) / slope


def _thresholds(limit: Fraction, crossing: Crossing) -> set[Fraction]:
    """What the exact quotient must pass for the rounded one to pass the limit."""
    stricts = {">=": (False,), "<": (False,), ">": (True,), "<=": (True,)}.get(crossing.comparator, (False, True))
    found = set()
    for strict in stricts:
        threshold = limit
        for mode, digits in reversed(crossing.roundings):
            threshold, strict = _before(threshold, strict, mode, digits)
        found.add(threshold)
    return found


def _before(limit: Fraction, strict: bool, mode: Rounding, digits: int) -> tuple[Fraction, bool]:
    """A rounded number is at least the limit, or above it where `strict`: just when the exact one is so to this number."""
    unit = Fraction(10) ** -digits
    step = limit / unit
    first = step.numerator // step.denominator + 1 if strict or step.denominator != 1 else step.numerator
    before = first - 1
    middle = Fraction(1, 2) if mode.startswith("half") else None
    match mode:
        case "floor":
            closed = True
        case "ceiling":
            closed = False
        case "down":
            closed = first > 0
        case "up":
            closed = first <= 0
        case "half_up":
            closed = before >= 0
        case "half_down":
            closed = before < 0
        case "half_even":
            closed = before % 2 == 1
        case "five_down":
            closed = before >= 0
            middle = Fraction(3, 5) if closed else Fraction(2, 5)
    if middle is not None:
        return (before + middle) * unit, not closed
    return (first if closed else before) * unit, not closed
