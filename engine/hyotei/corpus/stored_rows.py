"""Some parts of a corpus, column by column, with the rows of each sheet: what lazy sheets and relations are made of."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from hyotei.corpus.corpus import Corpus
from hyotei.corpus.part import Part

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

_POSITIONS: Final = {
    "objectives": ("objective",),
    "indicators": ("indicator",),
    "measures": ("measure",),
    "series": ("measure", "fiscal_year"),
    "outputs": ("indicator",),
    "output_measures": ("measure",),
    "output_series": ("measure", "fiscal_year"),
    "budget_years": ("fiscal_year",),
    "earlier_findings": ("position",),
    "facts": ("number", "recorded", "position"),
}
"""By what the rows of a sheet are ordered."""
_CELLS: Final = ("value", "unknown", "low", "high", "unit", "qualifier", "fiscal_year")
_SELDOM: Final = "provenance"
"""The table that has by far the most rows, of which few are looked into: these stay as they are stored."""
_FEW: Final = 8
"""From one different text in so many on, texts are told apart once and then shared."""


class StoredRows:
    """Some parts of a corpus, column by column: rows in the order of the sheets, and of the units within.

    Columns are read when they are first asked for. Sheets are named by their number, from 0.

    Raises:
        HyoteiError: a file is missing or damaged.
    """

    def __init__(self, corpus: Corpus, parts: Sequence[Part]) -> None:
        self.corpus, self.parts = corpus, list(parts)
        self.keys: list[str] = self.arrow("sheets", "sheet").to_pylist()
        self._numbers: dict[str, Places] = {}
        self._orders: dict[str, Places | None] = {}
        self._firsts: dict[str, list[int]] = {}
        self._lists: dict[tuple[str, str], list[Any]] = {}
        self._figures: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        self._seldom: dict[str, pa.Array] = {}
        self._source_rows: tuple[int, dict[str, int]] = -1, {}
        """The sheet last asked for, and by path the rows that say where something of it was read."""

    def __len__(self) -> int:
        return len(self.keys)

    def arrow(self, table: str, column: str) -> "pa.Array":
        """A column as it is stored."""
        found = self._read(table, [column])[column]
        return found.combine_chunks() if found.num_chunks != 1 else found.chunk(0)

    def _read(self, table: str, columns: list[str]) -> "pa.Table":
        return self.corpus.arrow(table, columns, self.parts)

    def column(self, table: str, column: str) -> "pa.Array":
        """A column in the order of sheets and units."""
        self._place(table)
        found, order = self.arrow(table, column), self._orders[table]
        return found if order is None else found.take(order)

    def cells(self, table: str, column: str) -> list[Any]:
        """The same as Python's values."""
        key = table, column
        found = self._lists.get(key)
        if found is None:
            found = self._lists[key] = _listed(self.column(table, column))
        return found

    def cell(self, table: str, column: str, row: int) -> Any:
        """One of them."""
        return self._stored(column)[row].as_py() if table == _SELDOM else self.cells(table, column)[row]

    def _stored(self, column: str) -> "pa.Array":
        """A column of the table that is seldom looked into, each of its texts once."""
        import pyarrow as pa

        found = self._seldom.get(column)
        if found is None:
            found = self.column(_SELDOM, column)
            found = self._seldom[column] = found.dictionary_encode() if pa.types.is_string(found.type) else found
        return found

    def sheet_numbers(self, table: str) -> "Places":
        """For each row of a table the number of its sheet."""
        self._place(table)
        return self._numbers[table]

    def rows(self, table: str, number: int) -> range:
        """The rows of a sheet."""
        firsts = self._firsts.get(table)
        if firsts is None:
            self._place(table)
            firsts = self._firsts[table]
        return range(firsts[number], firsts[number + 1])

    def figures(self, table: str, name: str) -> list[tuple[Any, ...]]:
        """The cells of a figure at every row."""
        found = self._figures.get((table, name))
        if found is None:
            columns = [_listed(self.column(table, f"{name}_{cell}")) for cell in _CELLS]
            found = self._figures[table, name] = list(zip(*columns, strict=True))
        return found

    def source_row(self, number: int, path: str) -> int | None:
        """The row of `provenance` that says where something of a sheet was read, if there is one."""
        if self._source_rows[0] != number:
            rows = self.rows(_SELDOM, number)
            paths = self._stored("path").slice(rows.start, len(rows)).to_pylist()
            # Of several rows for one path the first counts.
            self._source_rows = number, dict(zip(reversed(paths), reversed(rows), strict=True))
        return self._source_rows[1].get(path)

    def _place(self, table: str) -> None:
        """Finds out which rows are of which sheet."""
        if table in self._orders:
            return
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        sheets = pc.index_in(self.arrow(table, "sheet"), value_set=pa.array(self.keys, pa.string()))
        numbers = sheets.to_numpy(zero_copy_only=False).astype(np.int64)
        places = [self.arrow(table, name).to_numpy(zero_copy_only=False) for name in _POSITIONS.get(table, ())]
        order = np.lexsort((*reversed(places), numbers))
        sorted_already = bool((order[1:] > order[:-1]).all())
        self._orders[table] = None if sorted_already else order
        self._numbers[table] = numbers if sorted_already else numbers[order]
        self._firsts[table] = np.searchsorted(self._numbers[table], np.arange(len(self.keys) + 1)).tolist()


def _listed(column: "pa.Array") -> list[Any]:
    """A column as Python's values; texts that occur often are one object each."""
    import pyarrow as pa

    count = len(column)
    if column.null_count == count:
        return [None] * count
    if pa.types.is_string(column.type):
        coded = column.dictionary_encode()
        if len(coded.dictionary) * _FEW < count:
            texts = [*coded.dictionary.to_pylist(), None]
            return [texts[code] for code in coded.indices.fill_null(len(texts) - 1).to_numpy().tolist()]
    listed: list[Any] = column.to_pylist()
    return listed
