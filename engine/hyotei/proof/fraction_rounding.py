"""Rounding of exact fractions, and the limit from which on a rounded number reaches a bound."""

from fractions import Fraction

from hyotei.base.exact import Rounding


def rounding_limit(digits: int, rounding: Rounding, bound: Fraction, strictly: bool) -> "tuple[Fraction, bool]":
    """The limit that a number must reach, or pass where the second is true, for the rounded one to be `>= bound` or `> bound`."""
    step = Fraction(1, 10**digits) if digits >= 0 else Fraction(10**-digits)
    # The least multiple of the step that satisfies the comparison.
    least = -((-bound) // step)
    if strictly and bound == least * step:
        least += 1
    goal = least * step
    half = goal - step / 2
    match rounding:
        case "floor":
            limit, open_end = goal, False
        case "ceiling":
            limit, open_end = goal - step, True
        case "down":
            limit, open_end = (goal, False) if least > 0 else (goal - step, True)
        case "up":
            limit, open_end = (goal - step, True) if least > 0 else (goal, False)
        case "half_up":
            limit, open_end = half, least <= 0
        case "half_down":
            limit, open_end = half, least > 0
        case "half_even":
            limit, open_end = half, least % 2 == 1
        case "five_down":
            limit, open_end = (goal - step * 2 / 5, False) if least > 0 else (goal - step * 3 / 5, True)
    return limit, open_end


def rounded(value: Fraction, digits: int, rounding: Rounding) -> Fraction:
    """A fraction brought to `digits` decimals."""
    step = Fraction(1, 10**digits) if digits >= 0 else Fraction(10**-digits)
    low, rest = divmod(value, step)
    if rest:
        twice = 2 * rest
        up = {
            "floor": False,
            "ceiling": True,
            "down": value < 0,
            "up": value > 0,
            "half_up": twice > step or (twice == step and value > 0),
            "half_down": twice > step or (twice == step and value < 0),
            "half_even": twice > step or (twice == step and low % 2 == 1),
            "five_down": 5 * rest >= 3 * step if value > 0 else 5 * rest > 2 * step,
        }[rounding]
        low += up
    return low * step
