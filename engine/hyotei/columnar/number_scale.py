"""How numbers stand in columns: whole numbers of a fixed scale, no wider than every engine holds exactly."""

from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.base.quotient import Quotient
from hyotei.lazy_dataclass import dataclass

NARROW: Final = 18
"""Digits that a 64-bit integer holds whatever they are."""
WIDE: Final = 37
"""Digits that a decimal(38) or a 128-bit integer holds, with one to spare for a carry."""
DIVIDEND: Final = 31
"""Digits that may be divided: Spark keeps six decimals of a quotient of decimals, and 32 digits before them."""
UNITS: Final = 6
"""A sheet has fewer than 10**6 units of one scope."""


FINE: Final = 12
"""Decimals of a quotient that rules calculate with further."""


@dataclass(frozen=True, slots=True)
class NumberScale:
    """A column holds `value * 10**scale`, which has at most `digits` digits."""

    scale: int = 0
    digits: int = NARROW

    @property
    def wide(self) -> bool:
        return self.digits > NARROW

    def holds(self, value: Decimal) -> bool:
        """Whether the value stands in such a column exactly."""
        if isinstance(value, Quotient) and exact.round_to(value, FINE, "floor") != value:
            return False
        need = shape_of(value)
        return need.scale <= self.scale and need.digits + self.scale - need.scale <= self.digits


PLAIN: Final = NumberScale()
"""Whole numbers of 64 bits."""


def shape_of(value: Decimal) -> NumberScale:
    """The least shape that holds a value: trailing zeros count for nothing. Of a quotient with more decimals it holds the first."""
    if isinstance(value, Quotient):
        value = exact.round_to(value, FINE, "floor")
    _sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int), "figures are finite"
    count = len(digits)
    while count > 1 and digits[count - 1] == 0:
        count, exponent = count - 1, exponent + 1
    if digits[:count] == (0,):
        return NumberScale(0, 1)
    if exponent > 0:
        return NumberScale(0, count + exponent)
    return NumberScale(-exponent, count)


def joined(left: NumberScale, right: NumberScale) -> NumberScale:
    """The least shape that holds what either holds."""
    scale = max(left.scale, right.scale)
    return NumberScale(scale, max(left.digits + scale - left.scale, right.digits + scale - right.scale))
