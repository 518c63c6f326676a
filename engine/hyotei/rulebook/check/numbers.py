"""Whether two numbers go together: percent against number, yen against number, years."""

from decimal import Decimal
from typing import Final

from hyotei.rulebook.model import ParameterValue
from hyotei.rulebook.syntax import Dimension
from hyotei.rulebook.terms import Constant, Parameter, Term
from hyotei.rulebook.types import COUNT, MONEY, NUMBER, RATIO, YEAR, NumberType, comparable

LITERAL: Final[dict[Dimension | None, NumberType]] = {
    None: NUMBER,
    "ratio": RATIO,
    "times": RATIO,
    "money": MONEY,
    "year": YEAR,
    "counted": COUNT,
}
"""The type of a literal by what is written after its digits."""

_FIRST_YEAR, _LAST_YEAR = Decimal(1868), Decimal(2200)


def misfit(term: Term, found: NumberType, against: NumberType, parameters: dict[str, ParameterValue]) -> str | None:
    """The code of what is wrong when a number is held against one of another type; None where they go together."""
    if not comparable(found, against):
        return "HY512"
    if found != NUMBER:
        return None
    for value in constants(term, parameters):
        if against == RATIO and abs(value) > 1:
            return "HY513"
        if against == MONEY and value != 0:
            return "HY514"
        if against == YEAR and not _FIRST_YEAR <= value <= _LAST_YEAR:
            return "HY515"
    return None


def mismatch(
    left: Term, left_type: NumberType, right: Term, right_type: NumberType, parameters: dict[str, ParameterValue]
) -> str | None:
    """The code of what is wrong when two numbers are compared or added up."""
    return misfit(left, left_type, right_type, parameters) or misfit(right, right_type, left_type, parameters)


def constants(term: Term, parameters: dict[str, ParameterValue]) -> list[Decimal]:
    """The numbers that a literal or a parameter stands for."""
    match term:
        case Constant(value) if isinstance(value, Decimal):
            return [value]
        case Parameter(name):
            return [dated.value for dated in parameters[name].dated if isinstance(dated.value, Decimal)]
        case _:
            return []
