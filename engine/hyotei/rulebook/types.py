"""Types of expressions: what kind of value, in what dimension. Percent, yen, years and counts are not to be mixed up."""

from dataclasses import field
from decimal import Decimal
from typing import Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Phrase, phrase, phrase_of
from hyotei.sheet.scopes import Scope as Scope

Dimension = Literal["plain", "ratio", "money", "year", "count", "figure"]
"""`plain` is a bare number; `figure` is a number in the indicator's own unit, which only the sheet knows."""


Factor = Literal["", "named", "weighted", "points"]
"""Where a bare number comes from: a `named` one from a parameter, a decision or a list; `weighted` is a ratio times a named one,
`points` a ratio times a number that is written there, such as 100."""


@dataclass(frozen=True, slots=True)
class NumberType:
    """A number of some dimension.

    Of a bare number that the rules state, `ends` are the least and the greatest value that it can have; None where it is
    computed. `ends` and `factor` are known while a rulebook is checked and are no part of the type.
    """

    dimension: Dimension = "plain"
    ends: tuple[Decimal, Decimal] | None = field(default=None, compare=False)
    factor: Factor = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class TextType:
    """A text."""


@dataclass(frozen=True, slots=True)
class BooleanType:
    """True or false."""


@dataclass(frozen=True, slots=True)
class ScaleType:
    """One of the values of a scale; `ordered` scales list the best first."""

    name: str
    values: tuple[str, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class UnitType:
    """A part of the sheet: one measure, one budget year."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class ListType:
    """One value for each unit of a list."""

    element: "NumberType | TextType | BooleanType | ScaleType | UnitType | AnyType"


@dataclass(frozen=True, slots=True)
class AnyType:
    """The type of `unknown`, and of a part already told to be wrong: it fits everything, so one mistake is told once."""


Type = NumberType | TextType | BooleanType | ScaleType | UnitType | ListType | AnyType

NUMBER, RATIO, MONEY = NumberType(), NumberType("ratio"), NumberType("money")
YEAR, COUNT, FIGURE = NumberType("year"), NumberType("count"), NumberType("figure")
TEXT, BOOLEAN, ANY = TextType(), BooleanType(), AnyType()


def words(of: Type) -> Phrase:
    """The type, for messages."""
    match of:
        case NumberType(dimension):
            return phrase_of("values.number", dimension)
        case TextType():
            return phrase("values.type.text")
        case BooleanType():
            return phrase("values.type.truth")
        case ScaleType(name):
            return phrase("values.type.scale", scale=name)
        case UnitType(scope):
            return phrase_of("values.unit", scope)
        case ListType(element):
            return phrase("values.type.list", element=words(element))
        case AnyType():
            return phrase("values.type.any")


def dimension_of(of: Type) -> Dimension | None:
    """The dimension of a number; None of anything else."""
    return of.dimension if isinstance(of, NumberType) else None


def settled(of: Type) -> Type:
    """The type as a checked rulebook has it."""
    return NumberType(of.dimension) if isinstance(of, NumberType) else of
