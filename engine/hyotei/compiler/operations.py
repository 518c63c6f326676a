"""What generated functions call: the operations of the language on single values and on lists of them.

Each takes and gives scalars, exact and three-valued, as the reference says. A term that is an operation on its operands is one
function here and one line in `calls.py`.
"""

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow, Subnormal
from typing import Final

from hyotei.base import exact
from hyotei.rulebook.values import RANK, Scalar, Unknown

UNDEFINED: Final = Unknown("undefined")
MISSING: Final = Unknown("missing")
_ZERO: Final = Decimal(0)

# What passes here without a trap is exact, and within the reach of figures.
_NEAR: Final = Context(prec=1_000, Emax=900, Emin=-900, traps=[Inexact, InvalidOperation, Overflow, Subnormal])
_add, _subtract, _multiply = _NEAR.add, _NEAR.subtract, _NEAR.multiply


def worst(*values: Scalar) -> Unknown:
    """The most lasting unknown among values of which one is unknown."""
    found: Unknown | None = None
    for value in values:
        if value.__class__ is Unknown and (found is None or RANK[value.reason] > RANK[found.reason]):
            found = value
    assert found is not None, "the checker lets only numbers be calculated with"
    return found


def unknown_of(values: list[Scalar]) -> Unknown | None:
    """The most lasting unknown among some values; None where all are known."""
    return worst(*values) if any(value.__class__ is Unknown for value in values) else None


def _reached(number: Decimal) -> Scalar:
    return number if exact.within_reach(number) else UNDEFINED


# -- numbers


def plus(left: Scalar, right: Scalar) -> Scalar:
    """`left + right`"""
    if left.__class__ is Decimal and right.__class__ is Decimal:
        try:
            return _add(left, right)
        except ArithmeticError:
            pass
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _reached(exact.add(left, right))
    return worst(left, right)


def minus(left: Scalar, right: Scalar) -> Scalar:
    """`left - right`"""
    if left.__class__ is Decimal and right.__class__ is Decimal:
        try:
            return _subtract(left, right)
        except ArithmeticError:
            pass
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _reached(exact.subtract(left, right))
    return worst(left, right)


def times(left: Scalar, right: Scalar) -> Scalar:
    """`left * right`"""
    if left.__class__ is Decimal and right.__class__ is Decimal:
        try:
            return _multiply(left, right)
        except ArithmeticError:
            pass
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _reached(exact.multiply(left, right))
    return worst(left, right)


def divided(left: Scalar, right: Scalar, digits: int, mode: exact.Division) -> Scalar:
    """`left / right`, exact or rounded as the rulebook says; undefined where `right` is zero."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _reached(exact.divide(left, right, digits, mode)) if right else UNDEFINED
    return worst(left, right)


def power(left: Scalar, right: Scalar) -> Scalar:
    """`left ** right`"""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _reached(exact.power(left, int(right)))
    return worst(left, right)


def negative(number: Scalar) -> Scalar:
    """`-number`"""
    return exact.subtract(_ZERO, number) if isinstance(number, Decimal) else number


def absolute(number: Scalar) -> Scalar:
    """`abs(number)`"""
    return exact.absolute(number) if isinstance(number, Decimal) else number


def rounded(number: Scalar, digits: int, mode: exact.Rounding) -> Scalar:
    """A number brought to some decimals."""
    return _reached(exact.round_to(number, digits, mode)) if isinstance(number, Decimal) else number


def rank(value: Scalar, ranks: Mapping[str, Decimal]) -> Scalar:
    """The rank of a value of an ordered scale."""
    return ranks[value] if isinstance(value, str) else value


def graded(number: Scalar, values: Sequence[str]) -> Scalar:
    """The value with a rank among those of an ordered scale, listed from the worst; beyond an end it is the one there."""
    return values[min(max(int(number), 1), len(values)) - 1] if isinstance(number, Decimal) else number


# -- lists


def count(values: list[Scalar]) -> Scalar:
    """How many there are."""
    return Decimal(len(values))


def count_true(values: list[Scalar]) -> Scalar:
    """How many are surely true."""
    return Decimal(values.count(True))


def total(values: list[Scalar]) -> Scalar:
    """The sum; of nothing it is 0."""
    return unknown_of(values) or _reached(exact.total(value for value in values if isinstance(value, Decimal)))


def mean(values: list[Scalar], digits: int, mode: exact.Division) -> Scalar:
    """The sum divided by the number of values; of nothing it is undefined."""
    return divided(total(values), Decimal(len(values)), digits, mode)


def least(values: list[Scalar]) -> Scalar:
    """The least; of nothing it is undefined."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    return min(numbers, default=UNDEFINED) if len(numbers) == len(values) else worst(*values)


def greatest(values: list[Scalar]) -> Scalar:
    """The greatest; of nothing it is undefined."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    return max(numbers, default=UNDEFINED) if len(numbers) == len(values) else worst(*values)


def every(values: list[Scalar]) -> Scalar:
    """Three-valued `and` over a list: one false value decides."""
    return False if False in values else unknown_of(values) or True


def some(values: list[Scalar]) -> Scalar:
    """Three-valued `or` over a list: one true value decides."""
    return True if True in values else unknown_of(values) or False
