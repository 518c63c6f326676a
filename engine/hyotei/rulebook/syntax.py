"""What the parsers produce: expressions and cells as written, names not yet looked up. Spans are characters of the source."""

from dataclasses import field
from decimal import Decimal
from typing import Literal, TypeAlias

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.values import Reason

Span: TypeAlias = tuple[int, int]
"""First character and the one after the last, counted from 0 within the text of the expression or cell."""

Comparator = Literal["=", "!=", "<", "<=", ">", ">="]
Operator = Literal["+", "-", "*", "/", "**"]
WrittenDimension = Literal["ratio", "money", "year", "times", "counted"]

NO_SPAN: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Node:
    """Anything with a place in the source; the place does not count when two are compared."""

    span: Span = field(default=NO_SPAN, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A literal: `80%` is Decimal("0.8") with dimension `ratio`, `3億円` is 300000000 `money`, `5回` is 5 `counted`."""

    value: Decimal
    dimension: WrittenDimension | None = None


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A quoted text."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class UnknownLiteral(Node):
    """`unknown` or `unknown(unsettled)`; without a reason it takes that of the inputs."""

    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name to be looked up: a figure, a decision, a parameter or a value of a scale."""

    text: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`base.name`"""

    base: "Expression"
    name: str


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """`-operand`"""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`left operator right`"""

    operator: Operator
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`left comparator right`"""

    comparator: Comparator
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """`left and right`, `left or right`"""

    operator: Literal["and", "or"]
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`if condition then yes else no`"""

    condition: "Expression"
    yes: "Expression"
    no: "Expression"


@dataclass(frozen=True, slots=True)
class Bracket(Node):
    """`base[inside]`: a filter where the inside is a condition, a position where it is a whole number."""

    base: "Expression"
    inside: "Expression"


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`function(arguments)`; the name has its blanks, as in `round half up`."""

    function: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`subject in (tests)`, and `subject between low and high`."""

    subject: "Expression"
    tests: "Tests"


Expression: TypeAlias = (
    Number
    | Text
    | Truth
    | UnknownLiteral
    | Name
    | Path
    | Negative
    | Arithmetic
    | Comparison
    | Junction
    | Conditional
    | Bracket
    | Call
    | Membership
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One end of an interval."""

    at: Expression
    closed: bool


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """Values between two limits; a missing limit is no limit. A single value has the same closed limit on both sides."""

    low: Limit | None
    high: Limit | None


@dataclass(frozen=True, slots=True)
class Exactly(Node):
    """One value."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Other(Node):
    """`!= value`"""

    value: Expression


@dataclass(frozen=True, slots=True)
class HasText(Node):
    """`"ODA"を含む`, `"ODA"で始まる`: a text that contains another, or starts with it."""

    part: Expression
    at_start: bool


@dataclass(frozen=True, slots=True)
class IsUnknown(Node):
    """`unknown`, `unknown(unsettled)`"""

    reason: Reason | None = None


Test: TypeAlias = Interval | Exactly | Other | HasText | IsUnknown


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """A list of tests, of which one must hold; or, negated, none may hold."""

    tests: tuple[Test, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Anything(Node):
    """`-`: every value, unknown included."""


Cell: TypeAlias = Tests | Anything
