"""The fiscal years of the measures of a corpus, which stand in two of its tables, as one: `hyotei.sheet.year_series.years_of`."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hyotei.columnar.number_scale import UNITS
from hyotei.corpus.stored_rows import StoredRows
from hyotei.sheet.scopes import year_number


class YearRows:
    """Every fiscal year of every measure, in the order of sheets, measures and years.

    Attributes:
        sheets: for each the number of its sheet.
        measures: for each the row of its measure.
        years: the fiscal years themselves.
    """

    def __init__(self, stored: StoredRows) -> None:
        self.stored = stored
        measures = _keys(stored, "measures")
        count = len(measures)
        unit = _integers(pc.index_in(pa.array(_keys(stored, "series")), value_set=pa.array(measures)))
        year = _integers(stored.column("series", "fiscal_year"))
        stated = (stored.column("measures", name) for name in ("actual_fiscal_year", "target_fiscal_year"))
        of_sheets = stored.column("sheets", "fiscal_year").take(pa.array(stored.sheet_numbers("measures")))
        own = _integers(pc.coalesce(*stated, of_sheets))
        # The measure's own figures come in the place of a point of their year.
        self._points = own[unit] != year
        units, years = np.concatenate([unit[self._points], np.arange(count)]), np.concatenate([year[self._points], own])
        self._order = np.lexsort((years, units))
        self.measures, self.years = units[self._order], years[self._order]
        self.sheets = stored.sheet_numbers("measures")[self.measures]
        self._firsts: list[int] = np.searchsorted(self.sheets, np.arange(len(stored) + 1)).tolist()

    def __len__(self) -> int:
        return len(self.years)

    def column(self, name: str) -> pa.Array:
        """A column that both tables have."""
        points = self.stored.column("series", name).filter(pa.array(self._points))
        return pa.concat_arrays([points, self.stored.column("measures", name)]).take(pa.array(self._order))

    def of_measures(self, name: str) -> pa.Array:
        """A column of the measures, at each of their years."""
        return self.stored.column("measures", name).take(pa.array(self.measures))

    def numbers(self) -> Any:
        """The number of each, as `hyotei.sheet.scopes.unit_key` takes it."""
        return year_number(_integers(self.of_measures("measure")), self.years)  # type: ignore[arg-type]  # of all at once

    def rows(self, number: int) -> range:
        """The rows of a sheet."""
        return range(self._firsts[number], self._firsts[number + 1])


def _keys(stored: StoredRows, table: str) -> Any:
    """Whole numbers that name the measure of every row."""
    return stored.sheet_numbers(table) * 10**UNITS + _integers(stored.column(table, "measure"))


def _integers(column: pa.Array) -> Any:
    return column.to_numpy(zero_copy_only=False).astype(np.int64)
