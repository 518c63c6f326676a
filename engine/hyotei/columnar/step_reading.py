"""From the tables of an engine back to steps: values with their types, rows by number, outcomes by name."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from hyotei.base.exact import multiply
from hyotei.columnar.column_value import ColumnValue, reason_of
from hyotei.columnar.decided_columns import MASK, OUTCOMES, DecidedColumns
from hyotei.columnar.layout import NUMBER, identity
from hyotei.columnar.program import Program
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import Table
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import REASONS, Scalar
from hyotei.sheet.scopes import unit_key


def reason_words(code: Any) -> Any:
    """The reason of a column of codes in words; null where the value is known."""
    return ibis.cases(*((code == number, reason) for number, reason in enumerate(REASONS, 1)), else_=None)


@dataclass(slots=True)
class Columns:
    """A table as lists of Python values, each column read when it is first asked for."""

    table: pa.Table
    _read: dict[str, list[Any]]

    def __getitem__(self, name: str) -> list[Any]:
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = self.table.column(name).to_pylist()
        return found

    def __len__(self) -> int:
        return int(self.table.num_rows)


@dataclass(frozen=True, slots=True)
class Between:
    """A number that columns do not tell exactly: it lies between two, and is neither."""

    low: Decimal
    high: Decimal

    def holds(self, number: object) -> bool:
        """Whether it can be that number."""
        return isinstance(number, Decimal) and self.low < number < self.high


StepValue = Scalar | Between
"""A value as columns tell it."""


def agrees(told: object, right: object) -> bool:
    """Whether a value, or several, can be what columns tell; 1, true and "1" differ."""
    if isinstance(told, tuple) and isinstance(right, tuple):
        return len(told) == len(right) and all(map(agrees, told, right))
    if isinstance(told, Between):
        return told.holds(right)
    if isinstance(told, Decimal) and isinstance(right, Decimal):
        return told == right
    return type(told) is type(right) and told == right


def values(value: ColumnValue, columns: Columns) -> Sequence[StepValue]:
    """A value at every row."""
    if value.constant is not None:
        return [value.constant] * len(columns)
    known: list[Any] = columns[value.known] if value.known is not None else [None] * len(columns)
    if value.kind == "number":
        spreads = [0] * len(columns) if value.spread is None else columns[value.spread]
        scale = value.shape.scale
        known = [
            None if each is None else number_of(each, spread, scale)
            for each, spread in zip(known, spreads, strict=True)
        ]
    if value.reason is None:
        return known
    reasons = [value.reason] * len(columns) if isinstance(value.reason, int) else columns[value.reason]
    return [reason_of(reason) if reason else each for each, reason in zip(known, reasons, strict=True)]


def number_of(whole: Any, spread: Any, scale: int) -> "Decimal | Between":
    """A number from its column and that of its spread."""
    # A shift of the exponent changes no digit.
    step = Decimal(1).scaleb(-scale)
    low = multiply(Decimal(whole), step)
    return Between(low, multiply(Decimal(int(whole) + int(spread)), step)) if spread else low


def whole(value: ColumnValue, columns: Columns) -> list[int]:
    """A small whole number at every row."""
    if isinstance(value.constant, Decimal):
        return [int(value.constant)] * len(columns)
    return columns[value.known]


def masks_of(found: DecidedColumns, table: pa.Table, row: int | None = None) -> list[Any]:
    """The columns of bits that tell the rows of a decision; of one row, whether it is among them."""
    masks = []
    for value in found.rows:
        if isinstance(value.constant, Decimal):
            masks.append(pa.array([int(value.constant)] * table.num_rows, pa.int64()))
        else:
            masks.append(table.column(value.known).combine_chunks())
    if row is None:
        return masks
    mask, bit = masks[(row - 1) // MASK], 1 << ((row - 1) % MASK)
    return [pc.not_equal(pc.bit_wise_and(pc.cast(mask, pa.int64()), bit), 0)]


def rows_in(masks: tuple[int, ...]) -> tuple[int, ...]:
    """The rows whose bits are set."""
    return tuple(
        1 + start * MASK + place for start, mask in enumerate(masks) for place in range(MASK) if mask >> place & 1
    )


def rows_of(found: DecidedColumns, table: pa.Table) -> list[tuple[int, ...]]:
    """The rows told, at every row of the table."""
    if not found.rows:
        return [()] * int(table.num_rows)
    if found.single:
        return [(row,) if row else () for row in whole(found.rows[0], Columns(table, {}))]
    return [rows_in(masks) for masks in zip(*(mask.to_pylist() for mask in masks_of(found, table)), strict=True)]


def steps(program: Program, found: DecidedColumns, table: pa.Table) -> Iterator[tuple[int, Step]]:
    """The steps of one decision, each with the number of its sheet; their values are `StepValue`."""
    decision, columns = found.decision, Columns(table, {})
    scope = decision.scope
    outcomes = [OUTCOMES[code] for code in whole(found.outcome, columns)]
    rows = rows_of(found, table)
    told = zip(*(values(value, columns) for value in found.inputs), strict=True)
    inputs: list[Any] = list(told) or [()] * len(columns)
    if isinstance(decision.body, Table) and decision.body.policy == "C":
        by_row = [list(zip(*(values(value, columns) for value in outputs), strict=True)) for outputs in found.collected]
        outputs: list[Any] = [tuple(by_row[row - 1][place] for row in held) for place, held in enumerate(rows)]
    else:
        outputs = list(zip(*(values(value, columns) for value in found.outputs), strict=True))
    sheets, numbers = columns[identity("sheet")], columns[NUMBER]
    for place, sheet in enumerate(sheets):
        yield (
            sheet,
            Step(
                decision.name,
                unit_key(scope, numbers[place]),
                outcomes[place],
                rows[place],
                inputs[place],
                outputs[place],
            ),
        )


def derivations(program: Program, tables: dict[Scope, pa.Table], count: int) -> list[Derivation | None]:
    """The derivation of every sheet, with values as columns tell them; None for one in which a number outgrew its column."""
    outgrown = outgrown_sheets(program, tables)
    found: list[dict[tuple[str, str], Step]] = [{} for _ in range(count)]
    for decision in program.rulebook.decisions:
        for sheet, step in steps(program, program.decided[decision.name], tables[decision.scope]):
            found[sheet][step.decision, step.unit] = step
    return [None if sheet in outgrown else Derivation(each) for sheet, each in enumerate(found)]


def outgrown_sheets(program: Program, tables: dict[Scope, pa.Table]) -> set[int]:
    """The sheets in which a number outgrew its column."""
    found: set[int] = set()
    for scope, name in program.outgrown.items():
        table = tables[scope]
        marked = table.filter(table.column(name))
        found.update(marked.column(identity("sheet")).to_pylist())
    return found
