"""Exact arithmetic: sums, differences and products without rounding, quotients exact or rounded as the caller says.

A number is a `Decimal`. What stems from an exact division is a `Quotient`, a `Decimal` that carries its fraction; every function
here takes either. Nothing here reads or changes the ambient decimal context, so no caller, thread or library can make a figure
inexact.
"""

from collections.abc import Iterable
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact, InvalidOperation, Overflow, Subnormal
from typing import Literal, get_args

from hyotei.base.quotient import SHOWN, Quotient, ratio

Rounding = Literal["floor", "ceiling", "up", "down", "half_up", "half_down", "half_even", "five_down"]
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
Division = Rounding | Literal["exact"]
"""What a division gives: its exact quotient, or one that is rounded so."""
DIGITS = SHOWN
"""Decimals with which an exact quotient is shown."""

_REACH = 2_000
_BEYOND: int = 10**_REACH

# Sums, differences and products only ever need the digits they have, so the greatest precision costs nothing for them.
# Were one inexact all the same, the trap makes it an error instead of a wrong figure.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact, InvalidOperation])


# Whatever passes here without a trap has at most 1,000 digits, the first and last of them no further than 1,900 from the point.
_NEAR = Context(prec=1_000, Emax=900, Emin=-900, traps=[Inexact, InvalidOperation, Overflow, Subnormal])


def add(a: Decimal, b: Decimal) -> Decimal:
    """`a + b`, exactly."""
    if isinstance(a, Quotient) or isinstance(b, Quotient):
        (above, below), (over, under) = ratio(a), ratio(b)
        return Quotient(above * under + over * below, below * under)
    return _EXACT.add(a, b)


def subtract(a: Decimal, b: Decimal) -> Decimal:
    """`a - b`, exactly."""
    if isinstance(a, Quotient) or isinstance(b, Quotient):
        (above, below), (over, under) = ratio(a), ratio(b)
        return Quotient(above * under - over * below, below * under)
    return _EXACT.subtract(a, b)


def multiply(a: Decimal, b: Decimal) -> Decimal:
    """`a * b`, exactly."""
    if isinstance(a, Quotient) or isinstance(b, Quotient):
        (above, below), (over, under) = ratio(a), ratio(b)
        return Quotient(above * over, below * under)
    return _EXACT.multiply(a, b)


def absolute(a: Decimal) -> Decimal:
    """`a` without its sign, exactly."""
    return a.copy_abs()


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum of all, exactly; of nothing it is 0."""
    result = Decimal(0)
    for value in values:
        result = add(result, value)
    return result


def power(a: Decimal, exponent: int) -> Decimal:
    """`a ** exponent` for a whole exponent of at least 0, exactly; anything to the power of 0 is 1."""
    if isinstance(a, Quotient):
        above, below = ratio(a)
        return Quotient(above**exponent, below**exponent)
    result = Decimal(1)
    for _ in range(exponent):
        result = _EXACT.multiply(result, a)
    return result


def within_reach(a: Decimal) -> bool:
    """Whether numerator and denominator, in lowest terms, have at most 2,000 digits each.

    So have those of every figure of a policy. Rules that calculate with their own results have no other end; what lies beyond is
    no figure but a mistake.
    """
    if not isinstance(a, Quotient):
        try:
            _NEAR.plus(a)
        except ArithmeticError:
            pass
        else:
            return True
    if a.adjusted() > 2 * _REACH:
        return False
    above, below = ratio(a)
    return -_BEYOND < above < _BEYOND and below < _BEYOND


def divide(a: Decimal, b: Decimal, digits: int = DIGITS, mode: Division = "floor") -> Decimal:
    """`a / b`: the exact quotient, or the exact quotient rounded once to `digits` decimals.

    Raises:
        ZeroDivisionError: `b` is zero.
        ValueError: `a` or `b` is not finite, or `mode` is not a rounding.
    """
    if not (a.is_finite() and b.is_finite()):
        raise ValueError("only finite figures can be divided")
    if not b:
        raise ZeroDivisionError("division by zero")
    above, below = ratio(a)
    over, under = ratio(b)
    if mode == "exact":
        return Quotient(above * under, below * over)
    return _rounded(above * under, below * over, digits, mode)


def whole(a: Decimal) -> bool:
    """Whether it is a whole number."""
    return ratio(a)[1] == 1


def round_to(a: Decimal, digits: int, mode: Rounding = "half_up") -> Decimal:
    """`a` brought to `digits` decimals; a negative `digits` rounds to tens, hundreds and so on.

    Raises:
        ValueError: `a` is not finite, or `mode` is not a rounding.
    """
    if not a.is_finite():
        raise ValueError("only finite figures can be rounded")
    numerator, denominator = ratio(a)
    return _rounded(numerator, denominator, digits, mode)


def shown(a: Decimal) -> Decimal:
    """The number as it is shown: of a quotient six decimals, of any other number all."""
    return round_to(a, DIGITS, "floor") if isinstance(a, Quotient) else a


def scaled(a: Decimal, digits: int) -> int:
    """`a * 10**digits` as an integer, for engines without decimals.

    Raises:
        ValueError: `a` has more decimals than `digits`, or is not finite.
    """
    if not a.is_finite():
        raise ValueError("only finite figures can be scaled")
    numerator, denominator = ratio(a)
    factor: int = 10**digits
    whole, rest = divmod(numerator * factor, denominator)
    if rest:
        raise ValueError(f"{plain(a)} has more than {digits} decimals")
    return whole


def plain(a: Decimal) -> str:
    """The one plain spelling of a figure: no exponent, no trailing zeros, no minus before zero (`4.3`, `1200`).

    An exact quotient is spelled with the six decimals it is shown with.
    """
    text = format(a, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _rounded(numerator: int, denominator: int, digits: int, mode: Rounding) -> Decimal:
    """The fraction brought to `digits` decimals, in whole numbers throughout."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    if digits >= 0:
        numerator *= 10**digits
    else:
        denominator *= 10**-digits
    low, rest = divmod(numerator, denominator)
    if rest and _goes_up(low, rest, denominator, mode):
        low += 1
    # Decimal(int) and a shift of the exponent are exact whatever the digits.
    return _EXACT.scaleb(Decimal(low), -digits)


def _goes_up(low: int, rest: int, denominator: int, mode: Rounding) -> bool:
    """Whether a value between `low` and `low + 1` goes to the upper of the two."""
    match mode:
        case "floor":
            return False
        case "ceiling":
            return True
        case "down":
            return low < 0
        case "up":
            return low >= 0
        case "half_up":
            return 2 * rest > denominator or (2 * rest == denominator and low >= 0)
        case "half_down":
            return 2 * rest > denominator or (2 * rest == denominator and low < 0)
        case "half_even":
            return 2 * rest > denominator or (2 * rest == denominator and low % 2 == 1)
        case "five_down":
            # 五捨六入: away from zero from six tenths on.
            return 10 * rest >= 6 * denominator if low >= 0 else 10 * rest > 4 * denominator
    raise ValueError(f"{mode} is not a rounding; one of {', '.join(ROUNDINGS)}")
