"""Values that stand in columns of a table: their columns by name, and as columns of a table that has them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

import ibis.expr.datatypes as dt
from ibis import _

from hyotei.columnar.column_value import ColumnValue
from hyotei.columnar.decided_columns import DecidedColumns
from hyotei.columnar.engine_functions import type_of
from hyotei.rulebook.model import RESULTS

Kept = Literal["results", "steps", "inputs"]
"""What of decisions stands in the tables at the end: what verdicts and findings are made of, all of every step, or that with the
values that the inputs of tables had."""


def types_of(value: ColumnValue) -> dict[str, dt.DataType]:
    """The columns of a given value with their types."""
    types = {"number": type_of(value.shape), "truth": dt.Boolean(), "text": dt.String(), "unknown": dt.Int8()}
    found: dict[str, dt.DataType] = {}
    if isinstance(value.known, str):
        found[value.known] = types[value.kind]
    if isinstance(value.reason, str):
        found[value.reason] = dt.Int8()
    if isinstance(value.spread, str):
        found[value.spread] = types["number"]
    return found


def columns_of(value: ColumnValue) -> list[str]:
    """The names of a value's columns."""
    return [each for each in (value.known, value.reason, value.spread) if isinstance(each, str)]


def named(value: ColumnValue) -> ColumnValue:
    """A value that stands in columns, with their names in place of them."""
    if value.constant is not None or isinstance(value.known, str) or isinstance(value.reason, str):
        return value
    assert value.at is not None, "only columns have names"
    known, reason, spread = value.at
    return replace(value, known=known, reason=reason if reason is not None else value.reason, spread=spread)


def placed(value: ColumnValue) -> ColumnValue:
    """A value given by names, as columns of a table that has them."""
    known = _[value.known] if isinstance(value.known, str) else value.known
    reason = _[value.reason] if isinstance(value.reason, str) else value.reason
    spread = _[value.spread] if isinstance(value.spread, str) else None
    at = value.known, value.reason if isinstance(value.reason, str) else None, value.spread
    return replace(value, known=known, reason=reason, spread=spread, level=0, small=True, at=at)


def renamed(value: ColumnValue, names: Mapping[str, str]) -> ColumnValue:
    """A value given by names, under other names."""
    known = names[value.known] if isinstance(value.known, str) else value.known
    reason = names[value.reason] if isinstance(value.reason, str) else value.reason
    spread = None if value.spread is None else names[value.spread]
    return replace(value, known=known, reason=reason, spread=spread)


def decision_named(found: DecidedColumns) -> DecidedColumns:
    """A decision whose values stand in columns, with their names in place of them."""
    return replace(
        found,
        outcome=named(found.outcome),
        rows=[named(value) for value in found.rows],
        inputs=[named(value) for value in found.inputs],
        outputs=[named(value) for value in found.outputs],
        collected=[[named(value) for value in values] for values in found.collected],
    )


def result_of(found: DecidedColumns, keep: Kept) -> Iterator[ColumnValue]:
    """The values of a decision that are kept."""
    decision, every = found.decision, keep != "results"
    of_sheet = decision.scope == "sheet"
    if every:
        yield found.outcome
    if every or of_sheet or decision.audit:
        yield from found.rows
    if every or (of_sheet and decision.name in RESULTS):
        yield from found.outputs
    if every or decision.audit:
        for values in found.collected:
            yield from values
    if keep == "inputs":
        yield from found.inputs
