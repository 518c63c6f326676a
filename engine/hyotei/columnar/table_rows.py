"""The rows of one decision table as columns: which hold, which are open and why, and what they put out."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import ibis
from ibis import _

from hyotei.columnar.cell_tests import checked
from hyotei.columnar.column_value import Column, ColumnValue, constant
from hyotei.columnar.decided_columns import MASK, UNDECIDED
from hyotei.columnar.engine_functions import literal, whole
from hyotei.columnar.expressions import Terms
from hyotei.columnar.logic import all_of, reason_column, truth_column
from hyotei.columnar.number_scale import NumberScale
from hyotei.columnar.quotients import showable
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Row, Table
from hyotei.rulebook.reference import stated_reasons
from hyotei.rulebook.values import Unknown

INTEGER: Final = 30
"""Rows whose bits a 32-bit integer holds, which is what engines make of small literals."""
ROW: Final = "int16"
BITS: Final = "int32"


class TableRows:
    """One table for the units of a scope; what its hit policy makes of the rows is left to `decision_tables.py`."""

    def __init__(self, terms: Terms, decision: Decision, table: Table) -> None:
        self.terms, self.work, self.decision, self.table = terms, terms.work, decision, table
        self.name = decision.name
        self.inputs = [
            terms.small(column.term, f"{self.name}_in{number}") for number, column in enumerate(table.inputs, 1)
        ]
        self.unknown: ColumnValue | None = None
        stated = [stated_reasons(table, column) for column in range(len(table.inputs))]
        self.standings = [
            all_of(
                [
                    checked(check, value, reasons, terms.arithmetic, terms.value)
                    for check, value, reasons in zip(row.checks, self.inputs, stated, strict=True)
                ]
            )
            for row in table.rows
        ]

    def number(self, expression: Column, level: int, wanted: str, digits: int = 4) -> ColumnValue:
        """A small whole number as a column."""
        name = self.work.column(expression, level, f"{self.name}_{wanted}")
        return ColumnValue(
            "number", _[name], None, level + 1, NumberScale(0, digits), small=True, at=(name, None, None)
        )

    def output(self, row: Row, index: int) -> ColumnValue:
        term = row.outputs[index]
        if isinstance(term, t.InputUnknown):
            if self.unknown is None:
                self.unknown = self.work.kept(self.terms.input_unknown(self.inputs), f"{self.name}_unknown")
            return self.unknown
        return self.terms.value(term)

    def level(self) -> int:
        return max((value.level for value in self.standings), default=0)

    def chosen_outputs(self, chosen: ColumnValue, undecided: ColumnValue | None, fallback: bool) -> list[ColumnValue]:
        """The outputs of the row whose number is `chosen`; else what is unknown, and where nothing is, undefined."""
        found = []
        for index, output in enumerate(self.decision.outputs):
            cases: list[tuple[Column, ColumnValue]] = []
            if undecided is not None:
                cases.append((undecided.known > 0, ColumnValue("unknown", None, undecided.known, undecided.level)))
            values: list[tuple[ColumnValue, list[int]]] = []
            for row in self.table.rows:
                value = self.output(row, index)
                for other, numbers in values:
                    if other is value or (value.constant is not None and _same(value, other)):
                        numbers.append(row.number)
                        break
                else:
                    values.append((value, [row.number]))
            for value, numbers in values:
                here = chosen.known == numbers[0] if len(numbers) == 1 else chosen.known.isin(numbers)
                cases.append((here, value))
            otherwise = constant(Unknown("undefined"))
            if not fallback and cases:
                # Some row always answers, so the last case needs no condition.
                otherwise = cases.pop()[1]
            level = max(chosen.level, undecided.level if undecided is not None else 0)
            value = self.terms.chosen(cases, otherwise, level) if cases else otherwise
            value = showable(self.terms.arithmetic, value)
            found.append(self.work.called(value, self.name if not index else f"{self.name}_{output.name}"))
        return found

    def held(self) -> tuple[list[Column], list[Column | None]]:
        """For each row whether it surely holds, and the reason why that is open; None where it never is."""
        self.standings = [
            self.work.kept(standing, f"{self.name}_row{row.number}")
            for row, standing in zip(self.table.rows, self.standings, strict=True)
        ]
        still_open = [None if standing.certain else reason_column(standing) for standing in self.standings]
        # Null counts as false wherever these are asked.
        return [truth_column(standing) for standing in self.standings], still_open

    def bits(self, columns: list[Column], wanted: str, level: int) -> list[ColumnValue]:
        """Truths by row as columns of bits."""
        found = []
        for start in range(0, len(columns), MASK):
            small = len(columns) <= INTEGER
            parts = [
                ibis.ifelse(column, literal(1 << place, BITS), literal(0, BITS))
                if small
                else ibis.ifelse(column, whole(1 << place, False), whole(0, False))
                for place, column in enumerate(columns[start : start + MASK])
            ]
            total = parts[0]
            for part in parts[1:]:
                total = total + part
            found.append(self.number(total, level, wanted, 19))
        return found

    def lasting(self, still_open: Sequence[Column | None], level: int) -> ColumnValue | None:
        """The most lasting of the reasons for which rows are open; None where none can be."""
        uncertain = [column for column in still_open if column is not None]
        if not uncertain:
            return None
        return self.number(_greatest(uncertain), level, "open")

    def open_bits(self, still_open: Sequence[Column | None], level: int) -> list[ColumnValue]:
        """The open rows as columns of bits."""
        columns = [literal(False) if column is None else column > 0 for column in still_open]
        return self.bits(columns, "rows_open", level)

    def either_rows(
        self, outcome: ColumnValue, undecided: list[ColumnValue], otherwise: list[ColumnValue]
    ) -> list[ColumnValue]:
        """The rows told: those that are open where it is undecided, else those that hold."""
        level = max(value.level for value in (outcome, *undecided, *otherwise))
        return [
            self.number(ibis.ifelse(outcome.known == UNDECIDED, a.known, b.known), level, "rows", 19)
            for a, b in zip(undecided, otherwise, strict=True)
        ]

    def outcome(self, steps: list[tuple[Column, int]], otherwise: int, level: int) -> ColumnValue:
        if not steps:
            return constant(Decimal(otherwise))
        cases = [(condition, literal(code, ROW)) for condition, code in steps]
        return self.number(ibis.cases(*cases, else_=literal(otherwise, ROW)), level, "outcome")


def _same(left: ColumnValue, right: ColumnValue) -> bool:
    """Two constants of one type and value: true is not 1."""
    return type(left.constant) is type(right.constant) and left.constant == right.constant


def _greatest(columns: Sequence[Column]) -> Column:
    return columns[0] if len(columns) == 1 else ibis.greatest(*columns)
