"""A value in a column: what it is where it is known, and the reason where it is not.

`known` is null just where the value is unknown; `reason` is then the rank of the reason plus one, and 0 elsewhere. So SQL's
own logic of three values is that of the rulebook, and the most lasting of several reasons is the greatest.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from hyotei.base.quotient import Quotient
from hyotei.columnar.number_scale import PLAIN, NumberScale, shape_of
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.values import RANK, REASONS, Reason, Scalar, Unknown

Column: TypeAlias = Any
"""An Ibis expression that waits for its table. Ibis gives these no useful types."""

Kind = Literal["number", "truth", "text", "unknown"]
"""`unknown` is the kind of what is unknown everywhere."""

CODE: Final[dict[Reason, int]] = {reason: rank + 1 for reason, rank in RANK.items()}
UNDEFINED: Final = CODE["undefined"]
MISSING: Final = CODE["missing"]
UNREAD: Final = CODE["unread"]


def reason_of(code: int) -> Unknown:
    """The unknown of a code."""
    return Unknown(REASONS[code - 1])


@dataclass(frozen=True, slots=True)
class ColumnValue:
    """A value at every row of a table under construction.

    `reason` is None where the value is known at every row. `level` counts how many steps of columns it stands on. A
    `constant` is the same at every row and has no columns yet. `small` is written in few words, so it may be repeated.
    """

    kind: Kind
    known: Column = None
    reason: Column = None
    level: int = 0
    shape: NumberScale = PLAIN
    constant: Scalar | None = None
    small: bool = False
    spread: Column = None
    """Of a number that stems from an exact division: 0 where `known` is exact, else so many steps of the scale above `known` lies
    a number that the exact one is below, while it is above `known`. None where `known` is exact at every row."""
    unit: bool = False
    """Whether `spread` is 1 at most."""
    mixed: bool = False
    """Whether it is a quotient at some rows, and at others a number that does not stem from a division."""
    at: tuple[str | None, str | None, str | None] | None = None
    """The names of the columns of `known`, `reason` and `spread`, where the value is nothing but these."""

    @property
    def certain(self) -> bool:
        """Never unknown."""
        return self.reason is None

    @property
    def quotient(self) -> bool:
        """Whether it stems from an exact division, at some row at least."""
        return self.spread is not None or isinstance(self.constant, Quotient)

    def unit_at(self, scale: int) -> bool:
        """Whether it is exact or lies within one step of that scale."""
        if self.spread is None:
            return True
        return self.unit and self.shape.scale == scale

    def surely(self) -> "ColumnValue":
        """The same where it is known; the reason is left to another."""
        return replace(self, reason=None)


def constant(value: Scalar) -> ColumnValue:
    """The same value at every row."""
    if isinstance(value, Unknown):
        return ColumnValue("unknown", None, CODE[value.reason], constant=value, small=True)
    if isinstance(value, bool):
        return ColumnValue("truth", constant=value, small=True)
    if isinstance(value, Decimal):
        return ColumnValue("number", shape=shape_of(value), constant=value, small=True)
    return ColumnValue("text", constant=value, small=True)


TRUE: Final = constant(True)
FALSE: Final = constant(False)
