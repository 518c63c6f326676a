"""The values that tell one row of a rulebook from another: what it speaks of, and what lies just under and just over."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.rulebook.model import Formula, Rulebook
from hyotei.rulebook.term_parts import mentioned, parts
from hyotei.rulebook.terms import Constant, HasText, OneOf
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType, TextType, Type
from hyotei.rulebook.values import UNKNOWNS, Scalar
from hyotei.rulebook.vocabulary import BUILT_IN_SCALES
from hyotei.verdict.thresholds import thresholds

STEP: Final = Decimal("0.000001")
"""How far just under and just over are: the last decimal of a quotient, unless the rulebook has others."""


def boundary_values(rulebook: Rulebook) -> tuple[Decimal, ...]:
    """Every number that the tables, formulas and parameters of a rulebook speak of, in order."""
    found: set[Decimal] = set()
    for decision in rulebook.decisions:
        for term in mentioned(decision):
            if isinstance(term, Constant) and isinstance(term.value, Decimal):
                found.add(term.value)
            elif isinstance(term, OneOf):
                found |= {value for value in term.values if isinstance(value, Decimal)}
    for parameter in rulebook.parameters.values():
        found |= {dated.value for dated in parameter.dated if isinstance(dated.value, Decimal)}
    return tuple(sorted(found))


def threshold_values(rulebook: Rulebook, fiscal_year: int) -> tuple[Decimal, ...]:
    """The numbers that something is compared with in a year, sums such as `1 - about` worked out."""
    found = thresholds(rulebook, fiscal_year)
    return tuple(sorted(set().union(*found.at.values()))) if found.at else ()


def texts_of(rulebook: Rulebook) -> tuple[str, ...]:
    """The texts that tables and formulas compare with, in the order in which they stand; no words of scales, no outputs."""
    found: dict[str, None] = {}
    for decision in rulebook.decisions:
        body = decision.body
        read: object = (
            body.term
            if isinstance(body, Formula)
            else (
                tuple(column.term for column in body.inputs),
                tuple(row.checks for row in body.rows),
            )
        )
        for term in parts(read):
            match term:
                case OneOf(values):
                    found.update((value, None) for value in values if isinstance(value, str))
                case HasText(part):
                    found.update(dict.fromkeys(around(part)))
                case Constant(str(value)):
                    found[value] = None
    words = {value for scale in rulebook.scales.values() for value in scale.values}
    words |= {value for scale in BUILT_IN_SCALES for value in scale.values}
    return tuple(text for text in found if text not in words)


def around(part: str) -> tuple[str, ...]:
    """Texts that are another one, that start with it, and that have it within."""
    return part, f"{part}…", f"…{part}…"


def near(values: Iterable[Decimal], step: Decimal = STEP) -> tuple[Decimal, ...]:
    """The values themselves, and those just under and just over them, in order."""
    return tuple(
        sorted({each for value in values for each in (value, exact.subtract(value, step), exact.add(value, step))})
    )


def sides_first(values: Iterable[Decimal], step: Decimal = STEP) -> tuple[Decimal, ...]:
    """The same, but the values themselves before what is beside them: Hypothesis seeks the first that will do."""
    listed = tuple(dict.fromkeys(values))
    beside = (each for value in listed for each in (exact.subtract(value, step), exact.add(value, step)))
    return tuple(dict.fromkeys((*listed, *beside)))


def values_of(of: Type, rulebook: Rulebook) -> tuple[Scalar, ...]:
    """Values that a figure or decision of this type could be supposed to have, unknown for every reason among them."""
    match of:
        case ScaleType(_, values):
            return (*values, *UNKNOWNS)
        case BooleanType():
            return (True, False, *UNKNOWNS)
        case NumberType(dimension):
            numbers = near(boundary_values(rulebook))
            if dimension in ("count", "year"):
                numbers = tuple(number for number in numbers if exact.whole(number) and number >= 0)
            return (*numbers, Decimal(0), *UNKNOWNS)
        case TextType():
            return ("回", *UNKNOWNS)
        case _:
            return UNKNOWNS
