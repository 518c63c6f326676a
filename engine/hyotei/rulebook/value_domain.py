"""What a figure, a term or a decision can come out as: sets of values that are never too narrow.

Numbers are kept as an interval, with whether all of them are whole; everything else by name. Where a rule is not sure, it errs to
the wider side, so a set that does not hold a value is a proof that the value never comes out.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Final, TypeAlias

from hyotei.base import exact
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.values import Reason, Scalar, Unknown

UNDEFINED: Final[frozenset[Reason]] = frozenset({"undefined"})
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


ANY_NUMBER: Final = Numbers()
NATURAL: Final = Numbers(Fraction(0), None, whole=True)


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


@dataclass(frozen=True, slots=True)
class Domain:
    """What something can come out as: numbers, named values (truths, values of scales, certain texts), any text, or unknown."""

    numbers: Numbers | None = None
    named: tuple[str | bool, ...] = ()
    texts: bool = False
    unknown: frozenset[Reason] = frozenset()
    size: Size = Size()
    """Of its numbers."""

    def holds(self, value: Scalar) -> bool:
        """Whether it can come out as that."""
        if isinstance(value, Unknown):
            return value.reason in self.unknown
        if isinstance(value, bool):
            return any(each is value for each in self.named)
        if isinstance(value, str):
            return self.texts or value in self.named
        return self.numbers is not None and self.numbers.holds(Fraction(value))

    @property
    def known(self) -> "Domain":
        """The same without the unknowns."""
        return replace(self, unknown=frozenset())

    def with_unknown(self, reasons: Iterable[Reason]) -> "Domain":
        """The same, which may also be unknown for these reasons."""
        return replace(self, unknown=self.unknown | frozenset(reasons))


NOTHING: Final = Domain()
TRUTH: Final = Domain(named=(True, False))


def number(numbers: Numbers, size: Size, unknown: Iterable[Reason] = ()) -> Domain:
    """Numbers that may be unknown. Where they may be beyond reach, they are unknown(undefined) there."""
    reasons = frozenset(unknown)
    if not size.within_reach:
        return Domain(numbers, unknown=reasons | UNDEFINED, size=Size(REACH, fraction=True))
    return Domain(numbers, unknown=reasons, size=size)


def constant(value: Scalar) -> Domain:
    """Just that value."""
    if isinstance(value, Unknown):
        return Domain(unknown=frozenset({value.reason}))
    if isinstance(value, (str, bool)):
        return Domain(named=(value,))
    exact_value = Fraction(value)
    return number(exactly(exact_value), size_of(exact_value))


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


def exactly(*values: Fraction) -> Numbers:
    """Just these numbers."""
    listed = frozenset(values)
    whole = all(each.denominator == 1 for each in listed)
    return Numbers(min(listed), max(listed), whole, listed if len(listed) <= MOST_LISTED else None)


def joined(*domains: Domain) -> Domain:
    """What is in one of them."""
    numbers = [each.numbers for each in domains if each.numbers is not None]
    return Domain(
        hull(numbers) if numbers else None,
        tuple(dict.fromkeys(value for each in domains for value in each.named)),
        any(each.texts for each in domains),
        frozenset().union(*(each.unknown for each in domains)),
        reduce(Size.joined, (each.size for each in domains), Size()),
    )


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
