"""What is kept of a run: verdicts, one row a sheet; findings, one row each; steps, one row a decision and unit.

Both ways to these tables give the same: from the tables of an engine (`results_of_columns.py`), and from a derivation, for the
sheets that are rated apart (`results_of_derivations.py`).
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from hyotei.base.exact import plain
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.values import Scalar, Unknown

TEXTS: Final = pa.list_(pa.string())
ROWS: Final = pa.list_(pa.int16())

FINDINGS: Final = pa.schema(
    [
        ("place", pa.int64()),
        ("sheet", pa.string()),
        ("unit", pa.string()),
        ("decision", pa.string()),
        ("row", pa.int16()),
        ("code", pa.string()),
        ("severity", pa.string()),
        ("message", pa.string()),
        ("values", TEXTS),
        ("reasons", TEXTS),
    ]
)
STEPS: Final = pa.schema(
    [
        ("place", pa.int64()),
        ("sheet", pa.string()),
        ("decision", pa.string()),
        ("unit", pa.string()),
        ("outcome", pa.string()),
        ("rows", ROWS),
        ("values", TEXTS),
        ("reasons", TEXTS),
    ]
)
"""`values` and `reasons` have one entry an output; one of the two is null. `place` is the place of the sheet in the corpus."""


@dataclass(slots=True)
class Results:
    """The tables of a run, or of a part of it. `steps` is None where they were not asked for."""

    verdicts: pa.Table
    findings: pa.Table
    steps: pa.Table | None


def verdict_schema(rulebook: Rulebook) -> pa.Schema:
    """The columns of verdicts: with the rows that answered of every table for the sheet."""
    fields = [
        ("place", pa.int64()),
        ("sheet", pa.string()),
        ("rating", pa.string()),
        ("rating_reason", pa.string()),
        ("budget", pa.string()),
        ("budget_reason", pa.string()),
        ("status", pa.string()),
        ("findings", pa.int32()),
        ("engine", pa.string()),
    ]
    fields += [(f"{decision.name}.rows", ROWS) for decision in tables_of_sheets(rulebook)]
    return pa.schema(fields)


def tables_of_sheets(rulebook: Rulebook) -> list[Decision]:
    """The tables that are decided once a sheet."""
    return [each for each in rulebook.decisions if each.scope == "sheet" and isinstance(each.body, Table)]


def text_of(value: Scalar) -> str | None:
    """A value in words; None where it is unknown."""
    if isinstance(value, Unknown):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else value


def together(parts: Sequence[Results]) -> Results:
    """Results of several parts as one, in the order of the corpus; within a sheet, in the order in which they are made."""
    steps = [part.steps for part in parts if part.steps is not None]
    return Results(
        _ordered(pa.concat_tables([part.verdicts for part in parts])),
        _ordered(pa.concat_tables([part.findings for part in parts])),
        _ordered(pa.concat_tables(steps)) if steps else None,
    )


def _ordered(table: pa.Table) -> pa.Table:
    """Rows by the place of their sheet, those of one sheet as they came: Arrow sorts stably."""
    return table.take(pc.array_sort_indices(one_chunk(table["place"])))


def one_chunk(column: Any) -> pa.Array:
    """A column of a table as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
