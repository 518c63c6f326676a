"""How many digits numbers have at most, and how many are within reach of calculations."""

from dataclasses import replace
from fractions import Fraction
from typing import Final

from hyotei.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How many digits numbers have at most: before the point and after it, or, of fractions, above and below the bar each."""

    whole: int = 0
    decimals: int = 0
    fraction: bool = False

    @property
    def bar(self) -> int:
        """The digits above and below the bar, written as a fraction."""
        return self.whole if self.fraction else self.whole + self.decimals + 1

    def joined(self, other: "Size") -> "Size":
        """The digits of numbers of either size."""
        if self.fraction or other.fraction:
            return Size(max(self.bar, other.bar), fraction=True)
        return Size(max(self.whole, other.whole), max(self.decimals, other.decimals))

    def added(self, other: "Size") -> "Size":
        """The digits of sums and differences."""
        if self.fraction or other.fraction:
            return Size(self.bar + other.bar + 1, fraction=True)
        return replace(self.joined(other), whole=max(self.whole, other.whole) + 1)

    def multiplied(self, other: "Size") -> "Size":
        """The digits of products."""
        if self.fraction or other.fraction:
            return Size(self.bar + other.bar, fraction=True)
        return Size(self.whole + other.whole, self.decimals + other.decimals)

    def divided(self, other: "Size") -> "Size":
        """The digits of quotients."""
        return Size(self.bar + other.bar, fraction=True)

    def rounded(self, digits: int) -> "Size":
        """The digits of numbers brought to so many decimals."""
        return Size(self.whole + 1, max(0, digits))

    def summed(self) -> "Size":
        """The digits of the sum of a list. Fractions of different units can have as many bars as there are units."""
        return Size(_BEYOND, fraction=True) if self.fraction else Size(self.whole + COUNTED, self.decimals)

    @property
    def within_reach(self) -> bool:
        """Whether calculations surely have a result; what outgrows every figure is unknown(undefined)."""
        return self.bar < REACH


REACH: Final = 2_000
"""Numbers with fewer digits than this are no mistake of the rules: see `exact.within_reach`."""
COUNTED: Final = 20
"""No list of a sheet has so many units that their number has more digits."""
_BEYOND: Final = 10**9
NO_NUMBERS: Final = Size()
"""The digits of no numbers at all."""


def size_of(value: Fraction) -> Size:
    """The digits of one number."""
    whole = len(str(abs(value.__trunc__())))
    below, twos, fives = value.denominator, 0, 0
    while below % 2 == 0:
        below, twos = below // 2, twos + 1
    while below % 5 == 0:
        below, fives = below // 5, fives + 1
    if below > 1:
        return Size(max(len(str(abs(value.numerator))), len(str(value.denominator))), fraction=True)
    return Size(whole, max(twos, fives))
