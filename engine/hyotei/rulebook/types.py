"""Types of expressions: what kind of value, in what dimension. Percent, yen, years and counts are not to be mixed up."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

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

_DIMENSION_WORDS = {
    "plain": ("数", "a number"),
    "ratio": ("割合", "a ratio"),
    "money": ("金額", "an amount of money"),
    "year": ("年度", "a fiscal year"),
    "count": ("個数", "a count"),
    "figure": ("指標の値", "a figure of an indicator"),
}
_SCOPE_WORDS: dict[Scope, tuple[str, str]] = {
    "measure": ("測定値", "a measure"),
    "indicator": ("測定指標", "an indicator"),
    "objective": ("施策目標", "an objective"),
    "budget_year": ("予算年度", "a budget year"),
    "sheet": ("評価書", "the sheet"),
}


def words(of: Type) -> tuple[str, str]:
    """The type in Japanese and English, for messages."""
    match of:
        case NumberType(dimension):
            return _DIMENSION_WORDS[dimension]
        case TextType():
            return "文字列", "a text"
        case BooleanType():
            return "真偽", "true or false"
        case ScaleType(name):
            return f"尺度 {name} の値", f"a value of the scale {name}"
        case UnitType(scope):
            return _SCOPE_WORDS[scope]
        case ListType(element):
            inner = words(element)
            return f"{inner[0]}の並び", f"a list ({inner[1]} each)"
        case AnyType():
            return "不明", "unknown"


def dimension_of(of: Type) -> Dimension | None:
    """The dimension of a number; None of anything else."""
    return of.dimension if isinstance(of, NumberType) else None


def settled(of: Type) -> Type:
    """The type as a checked rulebook has it."""
    return NumberType(of.dimension) if isinstance(of, NumberType) else of
