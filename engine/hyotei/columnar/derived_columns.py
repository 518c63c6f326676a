"""Figures of sheets that stand in no column of a corpus by themselves: worked out of several, column by column."""

from decimal import Decimal
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hyotei.columnar.column_value import CODE, MISSING
from hyotei.columnar.layout import RELATIONS
from hyotei.columnar.relations import ANY_RULEBOOK
from hyotei.columnar.year_rows import YearRows
from hyotei.corpus.lazy_sheets import lazy_sheet
from hyotei.corpus.schema import TABLES
from hyotei.corpus.stored_rows import StoredRows
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.rulebook.values import Unknown
from hyotei.sheet.figures import YEARS_MISSED, FigureRow

NUMBERS = pa.decimal128(38, 12)
_ARROW: Final[dict[str, pa.DataType]] = {
    "truth": pa.bool_(), **dict.fromkeys(("text", "recorded", "qualifier", "direction", "claim", "basis"), pa.string()),
}  # fmt: skip
"""The types of the columns of what is no number."""
FigureArrays = tuple[pa.Array, pa.Array, pa.Array]
"""Values, the codes of their reasons where there are none, and which do not fit into such a column."""


def is_worked_out(row: FigureRow) -> bool:
    """Whether a figure stands in no column of the table of its units."""
    return row.holder is not None or (row.get is not None and not row.columns)


def worked_out(stored: StoredRows, row: FigureRow) -> FigureArrays:
    """Such a figure at every unit of its scope."""
    if row is YEARS_MISSED:
        return _years_missed(stored)
    if row.get is not None:
        return _of_units(stored, row)
    holder = row.holder
    table = holder if holder in TABLES else "outlines"
    values = _of_sheets(stored, table, row.field)
    return _known(values)


def _known(values: pa.Array) -> FigureArrays:
    """What is missing wherever there is no value."""
    return values, _reasons(values), pa.array(np.zeros(len(values), bool))


def _reasons(values: pa.Array) -> pa.Array:
    return pc.cast(pc.if_else(pc.is_null(values), MISSING, 0), pa.int8())


def _of_sheets(stored: StoredRows, table: str, column: str) -> pa.Array:
    """A column of a table that has at most one row a sheet, sheet by sheet."""
    rows = np.full(len(stored), -1, np.int64)
    numbers = stored.sheet_numbers(table)
    rows[numbers] = np.arange(len(numbers))
    return stored.column(table, column).take(pa.array(rows, mask=rows < 0))


def _of_units(stored: StoredRows, row: FigureRow) -> FigureArrays:
    """A figure by the one rule there is for it, unit by unit."""
    of_rows = np.arange(len(stored)) if row.scope == "sheet" else stored.sheet_numbers(RELATIONS[row.scope])
    starts, count = np.searchsorted(of_rows, np.arange(len(stored))), len(of_rows)
    values: list[Any] = [None] * count
    reasons = np.full(count, MISSING, np.int8)
    unfit = np.zeros(count, bool)
    for number in range(len(stored)):
        root = unit_tree(lazy_sheet(stored, number), ANY_RULEBOOK)
        for place, unit in enumerate(root.below(row.scope), int(starts[number])):
            found = unit.figure(row.path)
            if isinstance(found, Unknown):
                reasons[place] = CODE[found.reason]
            else:
                reasons[place] = 0
                unfit[place] = isinstance(found, Decimal) and not fits_column(found)
                values[place] = None if unfit[place] else found
        root.release()
    return pa.array(values, _ARROW.get(row.kind, NUMBERS)), pa.array(reasons), pa.array(unfit)


def fits_column(value: Decimal) -> bool:
    """Whether a column of numbers holds a value exactly."""
    try:
        pa.scalar(value, NUMBERS)
    except pa.ArrowInvalid:
        return False
    return True


def _years_missed(stored: StoredRows) -> FigureArrays:
    """`hyotei.sheet.year_series.years_missed` of every measure."""
    years = YearRows(stored)
    count = len(stored.sheet_numbers("measures"))
    told, target, actual, unfit = _pairs(years)
    apart = np.zeros(count, bool)
    apart[years.measures[unfit]] = True
    direction = years.of_measures("direction_taken")
    falls = np.array(pc.fill_null(pc.equal(direction, "decrease"), False))
    below, above = (np.array(pc.fill_null(each(actual, target), False)) for each in (pc.less_equal, pc.greater_equal))
    missed = ~np.where(falls, below, above)
    kept = told & np.array(pc.is_valid(direction))
    found, known = _run(years.measures[kept], years.years[kept], missed[kept], count)
    values = pc.cast(pa.array(found, mask=~known), NUMBERS)
    return values, _reasons(values), pa.array(apart)


def _run(units: Any, years: Any, missed: Any, count: int) -> tuple[Any, Any]:
    """For each unit how many years in a row, back from its latest, were missed; and whether it has any year."""
    found, known = np.zeros(count, np.int64), np.zeros(count, bool)
    if not len(units):
        return found, known
    order = np.lexsort((-years, units))
    units, years, missed = units[order], years[order], missed[order]
    starts = np.flatnonzero(np.r_[True, units[1:] != units[:-1]])
    ends = np.r_[starts[1:], len(units)]
    back = np.arange(len(units)) - np.repeat(starts, ends - starts)
    goes_on = missed & (years == np.repeat(years[starts], ends - starts) - back)
    ended = np.minimum.reduceat(np.where(goes_on, len(units), np.arange(len(units))), starts)
    found[units[starts]] = np.minimum(ended, ends) - starts
    known[units[starts]] = True
    return found, known


def _pairs(years: YearRows) -> tuple[Any, pa.Array, pa.Array, Any]:
    """Targets and actuals of every year: whether both are told, both, and whether one fits no column."""
    told = np.array(pc.and_(pc.is_valid(years.column("target_value")), pc.is_valid(years.column("actual_value"))))
    target, actual = years.column("target_number"), years.column("actual_number")
    unfit = told & np.array(pc.or_(pc.is_null(target), pc.is_null(actual)))
    return told, target, actual, unfit
