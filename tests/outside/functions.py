"""What functions of ordered scales, of texts and of roundings give (section 8.4)."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.outside.unknown import Unknown, Value, most_lasting

SCALE_FUNCTIONS = {"best", "worst", "raise", "lower"}
JAPANESE = {
    "最良": "best",
    "最悪": "worst",
    "上げる": "raise",
    "下げる": "lower",
    "割合として": "as ratio",
    "含む": "contains",
    "で始まる": "starts with",
    "四捨五入": "round half up",
    "五捨六入": "round five down",
}
"""Functions that have a Japanese name too."""


def of_scale(function: str, values: Sequence[Any], order: tuple[str, ...]) -> Value:
    """The best or the worst of values of a scale, which is written best first; or a value some grades away from one."""
    if unknown := most_lasting(values):
        return unknown
    if function in ("best", "worst"):
        places = sorted(order.index(value) for value in values)
        if not places:
            return Unknown("undefined")
        return order[places[0] if function == "best" else places[-1]]
    steps = int(values[1]) if len(values) > 1 else 1
    place = order.index(values[0]) + (steps if function == "lower" else -steps)
    return order[max(0, min(place, len(order) - 1))]


def rounded(name: str, value: Fraction, digits: int) -> Fraction:
    """A number rounded to a number of decimals."""
    scaled = value * Fraction(10) ** digits
    low, high = floor(scaled), ceil(scaled)
    toward, away = (low, high) if scaled >= 0 else (high, low)
    rest = abs(scaled - toward)
    half, six_tenths = Fraction(1, 2), Fraction(6, 10)
    whole = {
        "floor": low, "ceiling": high, "up": away, "down": toward,
        "half_up": away if rest >= half else toward,
        "half_down": away if rest > half else toward,
        "half_even": away if rest > half or (rest == half and toward % 2) else toward,
        "five_down": away if rest >= six_tenths else toward,
    }[name]  # fmt: skip
    return whole / Fraction(10) ** digits
