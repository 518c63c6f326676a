"""What is kept of a run of an engine: verdicts, findings and steps out of its tables, column by column."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hyotei.base.exact import DIGITS
from hyotei.columnar.column_value import ColumnValue, reason_of
from hyotei.columnar.decided_columns import OUTCOMES, DecidedColumns
from hyotei.columnar.layout import NUMBER
from hyotei.columnar.number_columns import cut_numbers, plain_numbers
from hyotei.columnar.program import Program
from hyotei.columnar.result_tables import (
    FINDINGS,
    ROWS,
    STEPS,
    TEXTS,
    Results,
    one_chunk,
    tables_of_sheets,
    text_of,
    verdict_schema,
)
from hyotei.columnar.step_reading import masks_of, rows_in
from hyotei.rulebook.model import RESULTS, Table
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import REASONS, Unknown
from hyotei.sheet.scopes import unit_key


def results(
    program: Program, tables: dict[Scope, pa.Table], sheets: pa.Table, engine: str, with_steps: bool
) -> Results:
    """The results of all sheets of `sheets`, which has `sheet_id`, `key` and `place`."""
    rulebook = program.rulebook
    views = {scope: _View(scope, table, sheets) for scope, table in tables.items()}
    found = [_findings(program.decided[each.name], views[each.scope]) for each in rulebook.decisions if each.audit]
    findings = pa.concat_tables([FINDINGS.empty_table(), *found])
    columns: dict[str, Any] = {"place": sheets["place"], "sheet": sheets["key"]}
    sheet_view = views.get("sheet")
    settled = None
    for name in RESULTS:
        if name in rulebook.by_name:
            assert sheet_view is not None, "results are of the sheet"
            value = program.decided[name].outputs[0]
            columns[name], columns[f"{name}_reason"] = sheet_view.texts(value)
            here = pc.is_valid(columns[name])
            settled = here if settled is None else pc.and_(settled, here)
    count = sheets.num_rows
    # A rulebook of findings only decides no result.
    columns["status"] = (
        pa.repeat("not_rated", count) if settled is None else _words(settled, "determined", "undetermined")
    )
    counted = findings.group_by("place").aggregate([("place", "count")])
    places = pc.index_in(sheets["place"], value_set=counted["place"].combine_chunks())
    columns["findings"] = pc.cast(pc.fill_null(pc.take(counted["place_count"].combine_chunks(), places), 0), pa.int32())
    columns["engine"] = pa.repeat(engine, count)
    for decision in tables_of_sheets(rulebook):
        assert sheet_view is not None, "a table for the sheet has a view"
        columns[f"{decision.name}.rows"] = sheet_view.rows(program.decided[decision.name])
    schema = verdict_schema(rulebook)
    verdicts = pa.table([_column(columns.get(field.name), field, count) for field in schema], schema=schema)
    steps = None
    if with_steps:
        parts = [_steps(program.decided[each.name], views[each.scope]) for each in rulebook.decisions]
        steps = pa.concat_tables([STEPS.empty_table(), *parts])
    return Results(verdicts, findings, steps)


def _column(column: Any, field: pa.Field, count: int) -> Any:
    if column is None:
        return pa.nulls(count, field.type)
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return column if column.type == field.type else pc.cast(column, field.type)


class _View:
    """The table of a scope with what all its decisions share: text is made of the rows that are asked for, and of no others."""

    def __init__(self, scope: Scope, table: pa.Table, sheets: pa.Table) -> None:
        self.scope, self.table, self.sheets = scope, table, sheets
        self.count = table.num_rows

    def at(self, rows: pa.Array) -> "_View":
        """The same of some rows."""
        return _View(self.scope, self.table.take(rows), self.sheets)

    @cached_property
    def place(self) -> pa.Array:
        """The places of the sheets in the corpus."""
        return pc.take(one_chunk(self.sheets["place"]), self._sheet)

    @cached_property
    def key(self) -> pa.Array:
        """The keys of the sheets."""
        return pc.take(one_chunk(self.sheets["key"]), self._sheet)

    @cached_property
    def _sheet(self) -> pa.Array:
        return pc.index_in(one_chunk(self.table["sheet_id"]), value_set=one_chunk(self.sheets["sheet_id"]))

    @cached_property
    def unit(self) -> pa.Array:
        """The units by name, such as `measures[4]`."""
        if self.scope == "sheet":
            return self.same("sheet")
        coded = one_chunk(self.table[NUMBER]).dictionary_encode()
        keys = [unit_key(self.scope, number) for number in coded.dictionary.to_pylist()]
        return pc.take(pa.array(keys, pa.string()), coded.indices)

    def texts(self, value: ColumnValue) -> tuple[pa.Array, pa.Array]:
        """A value in words where it is known, and the reason where it is not."""
        if value.constant is not None:
            known = None if isinstance(value.constant, Unknown) else text_of(value.constant)
            reason = value.constant.reason if isinstance(value.constant, Unknown) else None
            return self.same(known), self.same(reason)
        known = self.same(None)
        if value.known is not None:
            column = one_chunk(self.table[value.known])
            known = column
            if value.kind == "number":
                cut = value.spread is not None and not value.mixed and value.shape.scale > DIGITS
                known = cut_numbers(column, value.shape.scale) if cut else plain_numbers(column, value.shape.scale)
            if value.kind == "truth":
                known = _words(column, "true", "false")
        if value.reason is None:
            return known, self.same(None)
        if isinstance(value.reason, int):
            return known, self.same(reason_of(value.reason).reason)
        return known, _named(one_chunk(self.table[value.reason]), (None, *REASONS))

    def same(self, text: str | None) -> pa.Array:
        return pa.repeat(pa.scalar(text, pa.string()), self.count)

    def rows(self, found: DecidedColumns) -> pa.Array:
        """The rows told, as lists."""
        if not found.rows:
            return _empty_lists(ROWS, self.count)
        if found.single and found.rows[0].constant is None:
            column = one_chunk(self.table[found.rows[0].known])
            return _lists(column, lambda row: [row] if row else [])
        masks = masks_of(found, self.table)
        if len(masks) == 1:
            return _lists(masks[0], lambda mask: list(rows_in((mask,))))
        return pa.array([list(rows_in(each)) for each in zip(*(mask.to_pylist() for mask in masks), strict=True)], ROWS)

    def held(self, found: DecidedColumns, row: int) -> pa.Array:
        """Whether a row of a table of hit policy C holds."""
        return masks_of(found, self.table, row)[0]


def _lists(column: pa.Array, to_rows: Any) -> pa.Array:
    """Lists of rows for a column that has few different values."""
    coded = column.dictionary_encode()
    lists = pa.array([to_rows(each) for each in coded.dictionary.to_pylist()], ROWS)
    return pc.take(lists, coded.indices)


def _steps(found: DecidedColumns, view: _View) -> pa.Table:
    outputs = [view.texts(value) for value in found.outputs]
    outcome = (
        view.same(OUTCOMES[int(found.outcome.constant)])
        if isinstance(found.outcome.constant, Decimal)
        else _named(one_chunk(view.table[found.outcome.known]), OUTCOMES)
    )
    return pa.table(
        [
            view.place,
            view.key,
            view.same(found.decision.name),
            view.unit,
            outcome,
            view.rows(found),
            _beside([known for known, _reason in outputs], view.count),
            _beside([reason for _known, reason in outputs], view.count),
        ],
        schema=STEPS,
    )


def _findings(found: DecidedColumns, view: _View) -> pa.Table:
    """The findings of an audit table, unit by unit, row by row of the table."""
    parts = list(_findings_by_row(found, view))
    units = pa.concat_arrays([units for units, _part in parts])
    table = pa.concat_tables([part for _units, part in parts])
    # The order of the rows of the table is kept within a unit: Arrow sorts stably.
    return table.take(pc.array_sort_indices(units))


def _findings_by_row(found: DecidedColumns, whole: _View) -> Iterable[tuple[pa.Array, pa.Table]]:
    body, names = found.decision.body, [output.name for output in found.decision.outputs]
    assert isinstance(body, Table), "audits are tables"
    for row, values in zip(body.rows, found.collected, strict=True):
        units = pc.indices_nonzero(pc.fill_null(whole.held(found, row.number), False))
        view = whole.at(units)
        outputs = [view.texts(value) for value in values]
        severity = outputs[names.index("severity")][0] if "severity" in names else view.same("")
        code, reason = outputs[0]
        table = pa.table(
            [
                view.place,
                view.key,
                view.unit,
                view.same(found.decision.name),
                pa.repeat(pa.scalar(row.number, pa.int16()), view.count),
                pc.coalesce(code, reason),
                pc.fill_null(severity, ""),
                view.same(row.annotation),
                _beside([known for known, _reason in outputs], view.count),
                _beside([reason for _known, reason in outputs], view.count),
            ],
            schema=FINDINGS,
        )
        yield units, table


def _words(truths: Any, yes: str, no: str) -> pa.Array:
    return pc.if_else(truths, yes, no)


def _named(codes: pa.Array, names: Sequence[str | None]) -> pa.Array:
    return pc.take(pa.array(names, pa.string()), pc.cast(codes, pa.int32()))


def _beside(columns: list[pa.Array], count: int) -> pa.Array:
    """Several columns as one of lists."""
    width = len(columns)
    if not width:
        return _empty_lists(TEXTS, count)
    offsets = pa.array(np.arange(0, width * count + 1, width, dtype=np.int32))
    if width == 1:
        return pa.ListArray.from_arrays(offsets, columns[0])
    order = np.arange(width * count, dtype=np.int64).reshape(width, count).T.ravel()
    return pa.ListArray.from_arrays(offsets, pc.take(pa.concat_arrays(columns), pa.array(order)))


def _empty_lists(of: pa.ListType, count: int) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(np.zeros(count + 1, np.int32)), pa.array([], of.value_type))
