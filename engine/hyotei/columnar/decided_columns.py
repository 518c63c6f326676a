"""The columns of a decision: how it came out, by which rows, and its outputs."""

from dataclasses import field
from typing import Final

from hyotei.columnar.column_value import ColumnValue
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.derivation import Outcome
from hyotei.rulebook.model import Decision

OUTCOMES: Final[tuple[Outcome, ...]] = ("fired", "undecided", "gap", "conflict", "computed", "supposed")
FIRED, UNDECIDED, GAP, CONFLICT, COMPUTED = range(5)
"""Codes of outcomes."""
MASK: Final = 62
"""Rows in one column of bits."""


@dataclass(slots=True)
class DecidedColumns:
    """The columns of a decision.

    `rows` holds one column with the number of the row where `single`, else columns of bits, the lowest for row 1.
    `collected` are the outputs of every row of a table of hit policy C.
    """

    decision: Decision
    outcome: ColumnValue
    single: bool
    rows: list[ColumnValue]
    inputs: list[ColumnValue]
    outputs: list[ColumnValue]
    collected: list[list[ColumnValue]] = field(default_factory=list)
