"""Exact decimal arithmetic: sums, differences and products without rounding, quotients rounded where the caller says.

Nothing here reads or changes the ambient decimal context, so no caller, thread or library can make a figure inexact.
"""

from collections.abc import Iterable
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact, InvalidOperation
from typing import Literal, get_args

Rounding = Literal["floor", "ceiling", "up", "down", "half_up", "half_down", "half_even"]
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
DIGITS = 6
"""Decimals of a quotient unless a rulebook says otherwise."""

_REACH = 2_000

# Sums, differences and products only ever need the digits they have, so the greatest precision costs nothing for them.
# Were one inexact all the same, the trap makes it an error instead of a wrong figure.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact, InvalidOperation])


def add(a: Decimal, b: Decimal) -> Decimal:
    """`a + b`, exactly."""
    return _EXACT.add(a, b)


def subtract(a: Decimal, b: Decimal) -> Decimal:
    """`a - b`, exactly."""
    return _EXACT.subtract(a, b)


def multiply(a: Decimal, b: Decimal) -> Decimal:
    """`a * b`, exactly."""
    return _EXACT.multiply(a, b)


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum of all, exactly; of nothing it is 0."""
    result = Decimal(0)
    for value in values:
        result = _EXACT.add(result, value)
    return result


def power(a: Decimal, exponent: int) -> Decimal:
    """`a ** exponent` for a whole exponent of at least 0, exactly; anything to the power of 0 is 1."""
    result = Decimal(1)
    for _ in range(exponent):
        result = _EXACT.multiply(result, a)
    return result


def within_reach(a: Decimal) -> bool:
    """Whether a figure has fewer than 2,000 digits before and after its point, as every figure of a policy has.

    Rules that multiply their own results have no other end; what lies beyond is no figure but a mistake.
    """
    exponent = a.as_tuple().exponent
    return a.adjusted() < _REACH and isinstance(exponent, int) and exponent > -_REACH


def divide(a: Decimal, b: Decimal, digits: int = DIGITS, mode: Rounding = "floor") -> Decimal:
    """`a / b` brought to `digits` decimals: the exact quotient is rounded once.

    Raises:
        ZeroDivisionError: `b` is zero.
        ValueError: `a` or `b` is not finite, or `mode` is not a rounding.
    """
    if not (a.is_finite() and b.is_finite()):
        raise ValueError("only finite figures can be divided")
    if not b:
        raise ZeroDivisionError("division by zero")
    above, below = a.as_integer_ratio()
    over, under = b.as_integer_ratio()
    return _rounded(above * under, below * over, digits, mode)


def round_to(a: Decimal, digits: int, mode: Rounding = "half_up") -> Decimal:
    """`a` brought to `digits` decimals; a negative `digits` rounds to tens, hundreds and so on.

    Raises:
        ValueError: `a` is not finite, or `mode` is not a rounding.
    """
    if not a.is_finite():
        raise ValueError("only finite figures can be rounded")
    numerator, denominator = a.as_integer_ratio()
    return _rounded(numerator, denominator, digits, mode)


def scaled(a: Decimal, digits: int) -> int:
    """`a * 10**digits` as an integer, for engines without decimals.

    Raises:
        ValueError: `a` has more decimals than `digits`, or is not finite.
    """
    if not a.is_finite():
        raise ValueError("only finite figures can be scaled")
    numerator, denominator = a.as_integer_ratio()
    factor: int = 10**digits
    whole, rest = divmod(numerator * factor, denominator)
    if rest:
        raise ValueError(f"{plain(a)} has more than {digits} decimals")
    return whole


def plain(a: Decimal) -> str:
    """The one plain spelling of a figure: no exponent, no trailing zeros, no minus before zero (`4.3`, `1200`)."""
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
    raise ValueError(f"{mode} is not a rounding; one of {', '.join(ROUNDINGS)}")
