"""The checked form of a rulebook's expressions and cells: names looked up, types known. All interpreters start from these.

A term is evaluated at a unit: one measure, one budget year, the sheet. A name of a wider scope is found by walking up from
the unit, a list by walking down, so a term needs no variables.
"""

from typing import Literal, TypeAlias

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.syntax import Comparator, Operator
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import Reason, Scalar

AggregateName = Literal["count", "count true", "sum", "min", "max", "mean", "all", "any"]
"""`count true` is `count` of conditions in which something of the unit outside of the list is read."""
RoundingName = Literal[
    "floor",
    "ceiling",
    "decimal",
    "round up",
    "round down",
    "round half up",
    "round half down",
    "round half even",
    "round five down",
]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value; also `unknown(reason)`."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class InputUnknown:
    """The output `unknown` without a reason: it takes the most lasting reason among the row's inputs."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the sheet, such as `target.qualifier` of a measure."""

    scope: Scope
    name: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The output of a decision."""

    scope: Scope
    decision: str
    output: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter, whose value depends on the sheet's fiscal year."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation:
    """`-operand`"""

    operand: "Term"


@dataclass(frozen=True, slots=True)
class Calculation:
    """`left operator right`, exact; a division is rounded as the rulebook states."""

    operator: Operator
    left: "Term"
    right: "Term"


@dataclass(frozen=True, slots=True)
class Compared:
    """`left comparator right` of two single values."""

    comparator: Comparator
    left: "Term"
    right: "Term"


@dataclass(frozen=True, slots=True)
class ComparedEach:
    """`list comparator value`: each element is compared, giving a list of truths."""

    comparator: Comparator
    items: "Listing"
    value: "Term"


@dataclass(frozen=True, slots=True)
class Both:
    """`left and right`"""

    left: "Term"
    right: "Term"


@dataclass(frozen=True, slots=True)
class Either:
    """`left or right`"""

    left: "Term"
    right: "Term"


@dataclass(frozen=True, slots=True)
class Not:
    """`not(operand)`"""

    operand: "Term"


@dataclass(frozen=True, slots=True)
class Choice:
    """`if condition then yes else no`; an unknown condition gives unknown."""

    condition: "Term"
    yes: "Term"
    no: "Term"


@dataclass(frozen=True, slots=True)
class Knownness:
    """`operand = unknown`, `operand = unknown(unsettled)`: always true or false."""

    operand: "Term"
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Matches:
    """`operand in (tests)`"""

    operand: "Term"
    check: "Check"


@dataclass(frozen=True, slots=True)
class Rounded:
    """A rounding function with its number of decimals."""

    function: RoundingName
    operand: "Term"
    digits: int


@dataclass(frozen=True, slots=True)
class Absolute:
    """`abs(operand)`"""

    operand: "Term"


@dataclass(frozen=True, slots=True)
class Rank:
    """The rank of a value of an ordered scale, 1 for the worst: better is greater. Unknown stays unknown.

    `values` are those of the scale, the best first.
    """

    operand: "Term"
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """The value of an ordered scale that has a rank; a rank beyond either end gives the value at that end.

    `best(list)` is the greatest rank of a list as a value again, `lower(value, 1)` the rank less 1. `values` are those of the
    scale, the best first; the operand is a whole number. Unknown stays unknown.
    """

    operand: "Term"
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outer:
    """`this.name` in the condition of a filter: a term read at the unit at which the whole list is read, not at the element."""

    term: "Term"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregate over a list, or over the arguments where it is called with several."""

    function: AggregateName
    items: "Listing | tuple[Term, ...]"


@dataclass(frozen=True, slots=True)
class At:
    """A term evaluated at one unit of a list: `budget_years[...][-1].executed`. No such unit: unknown(missing)."""

    units: "UnitListing"
    position: int
    term: "Term"


@dataclass(frozen=True, slots=True)
class Units:
    """All units of `scope` below the nearest unit of scope `above`."""

    scope: Scope
    above: Scope


@dataclass(frozen=True, slots=True)
class Where:
    """The units for which the condition is surely true."""

    units: "UnitListing"
    condition: "Term"


@dataclass(frozen=True, slots=True)
class Each:
    """A term evaluated at every unit of a list."""

    units: "UnitListing"
    term: "Term"


UnitListing: TypeAlias = Units | Where
Listing: TypeAlias = Units | Where | Each | ComparedEach


def listed(listing: Listing) -> Scope:
    """Of which scope the units are that a list goes over."""
    match listing:
        case Units(scope, _):
            return scope
        case Where(units, _) | Each(units, _):
            return listed(units)
        case ComparedEach(_, items, _):
            return listed(items)


Term: TypeAlias = (
    Constant
    | InputUnknown
    | Figure
    | Decided
    | Parameter
    | Negation
    | Calculation
    | Compared
    | Both
    | Either
    | Not
    | Choice
    | Knownness
    | Matches
    | Rounded
    | Absolute
    | Rank
    | Graded
    | Outer
    | Aggregate
    | At
)


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers between two ends; None is no end. Where the ends are ranks, values of their scale by rank."""

    low: Term | None
    low_closed: bool
    high: Term | None
    high_closed: bool

    @property
    def scale(self) -> tuple[str, ...]:
        """The values of the scale, the best first, that is compared by rank; empty where numbers are compared."""
        return next((end.values for end in (self.low, self.high) if isinstance(end, Rank)), ())


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some constant values of a scale, texts or truths."""

    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """Equal to a value that is computed, for texts, truths and scales."""

    value: Term


@dataclass(frozen=True, slots=True)
class HasText:
    """A text that contains another, or starts with it, sign by sign as both are written. `part` is not empty."""

    part: str
    at_start: bool


@dataclass(frozen=True, slots=True)
class IsUnknown:
    """Unknown, for any reason or for the one named."""

    reason: Reason | None


Test: TypeAlias = Range | OneOf | Same | HasText | IsUnknown


@dataclass(frozen=True, slots=True)
class Check:
    """What a cell asks: one of the tests holds; negated, none does. No tests at all: anything, unknown included."""

    tests: tuple[Test, ...] = ()
    negated: bool = False

    @property
    def anything(self) -> bool:
        return not self.tests


ANYTHING = Check()
