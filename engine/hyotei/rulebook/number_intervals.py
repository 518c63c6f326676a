"""Intervals of numbers that are never too narrow, and what calculations make of them.

Where a rule is not sure, it errs to the wider side, so what lies outside an interval surely never comes out.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from hyotei.base import exact
from hyotei.lazy_dataclass import dataclass

MOST_LISTED: Final = 32
"""So many numbers are kept one by one; more become an interval."""

End: TypeAlias = Fraction | None
"""One end of an interval, which belongs to it; None is no end."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers from `low` to `high`, both included; only the whole ones where `whole`.

    `listed` are all of them where they are few and known one by one.
    """

    low: End = None
    high: End = None
    whole: bool = False
    listed: frozenset[Fraction] | None = None

    def holds(self, value: Fraction) -> bool:
        """Whether the number is one of them."""
        if self.listed is not None:
            return value in self.listed
        return (
            (self.low is None or self.low <= value)
            and (self.high is None or value <= self.high)
            and (not self.whole or value.denominator == 1)
        )

    def meets(self, low: End, high: End) -> bool:
        """Whether one of them lies strictly between two ends."""
        if self.listed is not None:
            return any((low is None or low < each) and (high is None or each < high) for each in self.listed)
        if self.whole:
            least = None if low is None else Fraction(low.__floor__() + 1)
            greatest = None if high is None else Fraction(high.__ceil__() - 1)
            return _in_order(_greater(least, self.low), _lesser(greatest, self.high))
        first, last = _greater(low, self.low), _lesser(high, self.high)
        if first is None or last is None or first < last:
            return True
        return first == last and first not in (low, high)

    @property
    def zero(self) -> bool:
        """Whether zero is one of them."""
        return self.holds(Fraction(0))


NATURAL: Final = Numbers(Fraction(0), None, whole=True)


def exactly(*values: Fraction) -> Numbers:
    """Just these numbers."""
    listed = frozenset(values)
    whole = all(each.denominator == 1 for each in listed)
    return Numbers(min(listed), max(listed), whole, listed if len(listed) <= MOST_LISTED else None)


def hull(parts: Iterable[Numbers]) -> Numbers:
    """The least interval around all of them."""
    found = list(parts)
    listed = [each.listed for each in found if each.listed is not None]
    if len(listed) == len(found) and len(together := frozenset().union(*listed)) <= MOST_LISTED:
        return exactly(*together)
    low = None if any(each.low is None for each in found) else min(each.low for each in found if each.low is not None)
    high = (
        None if any(each.high is None for each in found) else max(each.high for each in found if each.high is not None)
    )
    return Numbers(low, high, all(each.whole for each in found))


# -- calculating


def negative(of: Numbers) -> Numbers:
    """`-x`"""
    return _made(of, lambda x: -x) or Numbers(
        None if of.high is None else -of.high, None if of.low is None else -of.low, of.whole
    )


def absolute(of: Numbers) -> Numbers:
    """`abs(x)`"""
    if listed := _made(of, abs):
        return listed
    low = max(Fraction(0), of.low or Fraction(0), -of.high if of.high is not None else Fraction(0))
    high = None if of.low is None or of.high is None else max(abs(of.low), abs(of.high))
    return Numbers(low, high, of.whole)


def added(left: Numbers, right: Numbers) -> Numbers:
    """`x + y`"""
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    return Numbers(low, high, left.whole and right.whole)


def multiplied(left: Numbers, right: Numbers) -> Numbers:
    """`x * y`"""
    ends = [_product(one, other) for one in _ends(left) for other in _ends(right)]
    return _short(_finite(min(ends)), _finite(max(ends)), left.whole and right.whole)


def divided(above: Numbers, below: Numbers) -> Numbers | None:
    """`x / y`, exactly, wherever `y` is not zero; None where it always is."""
    parts: list[Numbers] = []
    for sign in (1, -1):
        positive = _positive(below if sign > 0 else negative(below))
        if positive is None:
            continue
        least, most = positive
        # The reciprocal of what lies from `least` to `most`, neither of them below zero.
        inverse = Numbers(
            Fraction(0) if most is None else 1 / most,
            None if not least else 1 / least,
        )
        parts.append(multiplied(above if sign > 0 else negative(above), inverse))
    return hull(parts) if parts else None


def _positive(of: Numbers) -> tuple[Fraction, End] | None:
    """The ends of what lies above zero, the lower one perhaps zero itself; None where nothing does."""
    if of.listed is not None:
        above = [each for each in of.listed if each > 0]
        return (min(above), max(above)) if above else None
    if of.high is not None and of.high <= 0:
        return None
    least = max(of.low or Fraction(0), Fraction(1) if of.whole else Fraction(0))
    return None if of.high is not None and of.high < least else (least, of.high)


def rounded(of: Numbers, digits: int, rounding: exact.Rounding) -> Numbers:
    """The numbers brought to so many decimals; rounding keeps their order."""

    def at(end: Fraction) -> Fraction:
        return Fraction(exact.divide(Decimal(end.numerator), Decimal(end.denominator), digits, rounding))

    if listed := _made(of, at):
        return listed
    low, high = (None if end is None else at(end) for end in (of.low, of.high))
    return Numbers(low, high, of.whole or digits <= 0)


def power(of: Numbers, exponent: int) -> Numbers:
    """`x ** n`"""
    if exponent == 0:
        return exactly(Fraction(1))
    found = base = absolute(of) if exponent % 2 == 0 else of
    if exponent % 2 and exponent > 1:
        # x ** n has the order and the sign of x.
        low, high = (None if end is None else end**exponent for end in (of.low, of.high))
        return _short(low, high, of.whole)
    for _ in range(exponent - 1):
        found = multiplied(found, base)
    return found


def times_up_to_many(of: Numbers) -> Numbers:
    """The sum of any number of them, of none too."""
    low = Fraction(0) if of.low is not None and of.low >= 0 else None
    high = Fraction(0) if of.high is not None and of.high <= 0 else None
    return Numbers(low, high, of.whole)


def lesser(parts: list[Numbers]) -> Numbers:
    """`min(x, y, ...)`"""
    low = None if any(each.low is None for each in parts) else min(each.low for each in parts if each.low is not None)
    highs = [each.high for each in parts if each.high is not None]
    return Numbers(low, min(highs) if highs else None, all(each.whole for each in parts))


def greater(parts: list[Numbers]) -> Numbers:
    """`max(x, y, ...)`"""
    return negative(lesser([negative(each) for each in parts]))


# -- ends

_MOST_BITS: Final = 2_000
"""Binary digits of an end above or below its fraction bar: far more than any threshold has."""
_Extended: TypeAlias = tuple[int, Fraction]
"""A number, or beyond all numbers to one side: (0, x), (-1, 0), (1, 0), in this order."""


def _ends(of: Numbers) -> tuple[_Extended, _Extended]:
    return (
        (-1, Fraction(0)) if of.low is None else (0, of.low),
        (1, Fraction(0)) if of.high is None else (0, of.high),
    )


def _product(one: _Extended, other: _Extended) -> _Extended:
    if not one[0] and not other[0]:
        return 0, one[1] * other[1]
    sign = _sign(one) * _sign(other)
    # Every number within the ends is finite, so zero times any of them is zero.
    return sign, Fraction(0)


def _sign(end: _Extended) -> int:
    return end[0] or (end[1] > 0) - (end[1] < 0)


def _finite(end: _Extended) -> End:
    return None if end[0] else end[1]


def _short(low: End, high: End, whole: bool) -> Numbers:
    """Numbers between two ends; an end of too many digits is widened, as it would only grow from product to product."""
    if low is not None and _long(low):
        low = Fraction(0) if low > 0 else None
    if high is not None and _long(high):
        high = Fraction(0) if high < 0 else None
    return Numbers(low, high, whole)


def _long(end: Fraction) -> bool:
    return max(end.numerator.bit_length(), end.denominator.bit_length()) > _MOST_BITS


def _made(of: Numbers, function: "object") -> Numbers | None:
    """The function of each number, where they are known one by one."""
    assert callable(function)
    return exactly(*map(function, of.listed)) if of.listed is not None else None


def _greater(one: End, other: End) -> End:
    return other if one is None else one if other is None else max(one, other)


def _lesser(one: End, other: End) -> End:
    return other if one is None else one if other is None else min(one, other)


def _in_order(low: End, high: End) -> bool:
    """Whether a whole number lies from `low` to `high`, of which the ends of an interval may be no whole numbers."""
    return low is None or high is None or low.__ceil__() <= high.__floor__()
