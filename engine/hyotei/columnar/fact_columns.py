"""Declared facts of a corpus as columns, whatever was known of them when it was built: read as the rulebook declares them."""

from decimal import Decimal
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hyotei.columnar.column_value import CODE
from hyotei.columnar.derived_columns import NUMBERS, FigureArrays, fits_column
from hyotei.columnar.layout import RELATIONS
from hyotei.columnar.number_scale import UNITS
from hyotei.columnar.year_rows import YearRows
from hyotei.corpus.stored_rows import StoredRows
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet.fact_values import FactKind
from hyotei.sheet.models import Fact, Quantity
from hyotei.sheet.scopes import year_number

_TYPES: Final[dict[FactKind, pa.DataType]] = {"boolean": pa.bool_(), "text": pa.string(), "scale": pa.string()}
_NUMBER_OF: Final[dict[Scope, str]] = {
    "objective": "objective", "indicator": "indicator", "measure": "measure", "budget_year": "fiscal_year",
}  # fmt: skip
"""The column of a table that numbers its units."""
NUMBERED: Final = year_number(10**UNITS, 0)
"""More than the number of any unit of a sheet."""


def fact_column(stored: StoredRows, fact: DeclaredFact) -> FigureArrays:
    """The fact at every unit of its scope; only what is stated becomes a value of Python."""
    keys = _keys(stored, fact.scope)
    values: list[Any] = [None] * len(keys)
    reasons = np.zeros(len(keys), np.int8)
    unfit = np.zeros(len(keys), bool)
    absent = fact.value(None)
    if isinstance(absent, Unknown):
        reasons[:] = CODE[absent.reason]
    else:
        values = [absent] * len(keys)
    for row, place in _stated(stored, fact, keys):
        value = fact.value(_fact(stored, row))
        unfit[place] = isinstance(value, Decimal) and not fits_column(value)
        reasons[place] = CODE[value.reason] if isinstance(value, Unknown) else 0
        values[place] = None if isinstance(value, Unknown) or unfit[place] else value
    return pa.array(values, _TYPES.get(fact.kind, NUMBERS)), pa.array(reasons), pa.array(unfit)


def _keys(stored: StoredRows, scope: Scope) -> Any:
    """Whole numbers that name the units of a scope, in their order."""
    if scope == "sheet":
        return np.arange(len(stored)) * NUMBERED
    if scope == "year":
        years = YearRows(stored)
        return years.sheets * NUMBERED + years.numbers()
    table = RELATIONS[scope]
    numbers = stored.column(table, _NUMBER_OF[scope]).to_numpy(zero_copy_only=False).astype(np.int64)
    return stored.sheet_numbers(table) * NUMBERED + numbers


def _stated(stored: StoredRows, fact: DeclaredFact, keys: Any) -> list[tuple[int, int]]:
    """The rows of the table of facts that state it, each with the place of its unit."""
    here = pc.and_(
        pc.and_(
            pc.equal(stored.column("facts", "name"), fact.name),
            pc.equal(stored.column("facts", "units"), RELATIONS[fact.scope]),
        ),
        pc.invert(stored.column("facts", "recorded")),
    )
    rows = np.flatnonzero(np.array(here))
    numbers = stored.column("facts", "number").to_numpy(zero_copy_only=False).astype(np.int64)[rows]
    wanted = stored.sheet_numbers("facts")[rows] * NUMBERED + numbers
    order = np.argsort(keys)
    places = order[np.searchsorted(keys, wanted, sorter=order)] if len(rows) else rows
    return list(zip(rows.tolist(), places.tolist(), strict=True))


def _fact(stored: StoredRows, row: int) -> Fact:
    """What is stated, without where it was read."""
    value, unknown, low, high, unit, _, _ = stored.figures("facts", "figure")[row]
    figure = Quantity(
        value=None if value is None else Decimal(value),
        unknown=unknown,
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        unit=unit,
    )
    cells = {name: stored.cells("facts", name)[row] for name in ("name", "text")}
    return Fact(figure=figure, **cells)
