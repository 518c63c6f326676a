"""Values as numbers that are the greater the better, so that sheets can be held against each other.

A scale lists its best value first: there "more" is a better value. Of yes and no, "more" is yes.
"""

from decimal import Decimal

from hyotei.base import exact
from hyotei.messages import Language
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType, Type
from hyotei.rulebook.value_words import value_text
from hyotei.rulebook.values import Scalar


def rankable(of: Type) -> bool:
    """Whether values of a type have an order."""
    return isinstance(of, NumberType | BooleanType) or (isinstance(of, ScaleType) and of.ordered)


def ranked(value: Scalar, of: Type, rises: bool) -> Decimal | None:
    """A value as a number; None where it is unknown or has no order. `rises` tells whether more is better."""
    number: Decimal | None = None
    if isinstance(value, bool):
        number = Decimal(int(value))
    elif isinstance(value, Decimal):
        number = value
    elif isinstance(of, ScaleType) and value in of.values:
        number = Decimal(-of.values.index(value))
    return number if number is None or rises else exact.subtract(Decimal(0), number)


def value_of(rank: Decimal, of: Type, rises: bool) -> Scalar:
    """The value that has this rank."""
    number = rank if rises else exact.subtract(Decimal(0), rank)
    if isinstance(of, ScaleType):
        return of.values[-int(number)]
    return bool(number) if isinstance(of, BooleanType) else number


def best_value(of: Type, rises: bool, language: Language) -> str:
    """The best value in words; empty of numbers, which have none."""
    if isinstance(of, ScaleType):
        return of.values[0 if rises else -1]
    return value_text(rises, of, language) if isinstance(of, BooleanType) else ""
