"""The exact result of a division, as a `Decimal` that is shown with six decimals and compared as the fraction it is."""

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from math import gcd
from typing import Any, NoReturn, Self

SHOWN = 6
"""Decimals with which a quotient is shown, rounded down."""

_ONE_SHOWN = 10**SHOWN
_WIDEST = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""In it a shift of the exponent is exact."""


def ratio(a: Decimal) -> tuple[int, int]:
    """Numerator and denominator in lowest terms, the denominator above 0.

    Raises:
        ValueError, OverflowError: `a` is not finite.
    """
    return a.as_integer_ratio()


def finite_decimal(value: Fraction) -> Decimal | None:
    """A fraction as the decimal that it is exactly; None where it has no end."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    digits = max(twos, fives)
    return Decimal(value.numerator * 10**digits // value.denominator).scaleb(-digits, _WIDEST)


class Quotient(Decimal):
    """`above / below`, exactly.

    As a `Decimal`, and so wherever it is formatted, it is the quotient rounded down to six decimals. Comparisons, hash, the four
    operations, conversions and `as_integer_ratio` are those of the fraction: it is equal to a `Decimal`, `Fraction` or `int` of the
    same value. What stems from a quotient is a quotient, even where it is whole. Operations of `Decimal` that would go by the six
    decimals raise `TypeError`.

    Args:
        above: the numerator.
        below: the denominator, not 0; the fraction is reduced.
    """

    __slots__ = ("_above", "_below", "_cut")
    _above: int
    _below: int
    _cut: bool
    """Whether what is shown is less than the fraction; where it is not, `Decimal` compares as the fraction does."""

    def __new__(cls, above: int, below: int) -> Self:
        common = gcd(above, below)
        if below < 0:
            common = -common
        above, below = above // common, below // common
        shown, rest = divmod(above * _ONE_SHOWN, below)
        self = super().__new__(cls, _WIDEST.scaleb(Decimal(shown), -SHOWN))
        self._above, self._below, self._cut = above, below, rest != 0
        return self

    def as_integer_ratio(self) -> tuple[int, int]:
        return self._above, self._below

    # -- order

    def __eq__(self, other: object) -> bool:
        if not self._cut and type(other) is Decimal:
            return super().__eq__(other)
        found = _ratio_of(other)
        if found is None:
            return super().__eq__(other)
        return found == (self._above, self._below)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: Any) -> bool:
        if not self._cut and type(other) is Decimal:
            return super().__lt__(other)
        found = _ratio_of(other)
        if found is None:
            return super().__lt__(other)
        return self._above * found[1] < found[0] * self._below

    def __le__(self, other: Any) -> bool:
        if not self._cut and type(other) is Decimal:
            return super().__le__(other)
        found = _ratio_of(other)
        if found is None:
            return super().__le__(other)
        return self._above * found[1] <= found[0] * self._below

    def __gt__(self, other: Any) -> bool:
        if not self._cut and type(other) is Decimal:
            return super().__gt__(other)
        found = _ratio_of(other)
        if found is None:
            return super().__gt__(other)
        return self._above * found[1] > found[0] * self._below

    def __ge__(self, other: Any) -> bool:
        if not self._cut and type(other) is Decimal:
            return super().__ge__(other)
        found = _ratio_of(other)
        if found is None:
            return super().__ge__(other)
        return self._above * found[1] >= found[0] * self._below

    def __hash__(self) -> int:
        return hash(Fraction(self._above, self._below))

    def __bool__(self) -> bool:
        return self._above != 0

    # -- calculation

    def __add__(self, other: Any) -> "Quotient":
        over, under = ratio(Decimal(other) if isinstance(other, int) else other)
        return Quotient(self._above * under + over * self._below, self._below * under)

    def __sub__(self, other: Any) -> "Quotient":
        over, under = ratio(Decimal(other) if isinstance(other, int) else other)
        return Quotient(self._above * under - over * self._below, self._below * under)

    def __mul__(self, other: Any) -> "Quotient":
        over, under = ratio(Decimal(other) if isinstance(other, int) else other)
        return Quotient(self._above * over, self._below * under)

    def __truediv__(self, other: Any) -> "Quotient":
        over, under = ratio(Decimal(other) if isinstance(other, int) else other)
        return Quotient(self._above * under, self._below * over)

    def __rsub__(self, other: Any) -> "Quotient":
        return (-self).__add__(other)

    def __rtruediv__(self, other: Any) -> "Quotient":
        over, under = ratio(Decimal(other) if isinstance(other, int) else other)
        return Quotient(over * self._below, under * self._above)

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> "Quotient":
        return Quotient(-self._above, self._below)

    def __pos__(self) -> "Quotient":
        return self

    def __abs__(self) -> "Quotient":
        return Quotient(abs(self._above), self._below)

    def copy_abs(self) -> "Quotient":
        return abs(self)

    def copy_negate(self) -> "Quotient":
        return -self

    # -- conversion

    def __int__(self) -> int:
        return int(Fraction(self._above, self._below))

    __trunc__ = __int__

    def __floor__(self) -> int:
        return self._above // self._below

    def __ceil__(self) -> int:
        return -(-self._above // self._below)

    def __float__(self) -> float:
        return self._above / self._below

    def __repr__(self) -> str:
        return f"Quotient({self._above}, {self._below})"

    # -- copies

    def __reduce__(self) -> Any:
        return Quotient, (self._above, self._below)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any, /) -> Self:
        return self


def _ratio_of(other: object) -> tuple[int, int] | None:
    """The ratio of a finite number; None for anything else."""
    if isinstance(other, Quotient):
        return other._above, other._below
    if isinstance(other, Decimal):
        return other.as_integer_ratio() if other.is_finite() else None
    if isinstance(other, int | Fraction):
        return other.as_integer_ratio()
    return None


def _refused(name: str) -> Any:
    def refuse(self: Quotient, *_given: object, **_named: object) -> NoReturn:
        raise TypeError(f"Decimal.{name} would go by the decimals a quotient is shown with; use hyotei.base.exact")

    return refuse


for _name in (
    "__divmod__", "__floordiv__", "__mod__", "__pow__", "__rdivmod__", "__rfloordiv__", "__rmod__", "__round__", "__rpow__",
    "compare", "compare_signal", "compare_total", "compare_total_mag", "copy_sign", "exp", "fma", "ln", "log10", "logb", "max",
    "max_mag", "min", "min_mag", "next_minus", "next_plus", "next_toward", "normalize", "quantize", "remainder_near", "rotate",
    "scaleb", "shift", "sqrt", "to_integral", "to_integral_exact", "to_integral_value",
):  # fmt: skip
    setattr(Quotient, _name, _refused(_name))
