"""The rows of a part, sheet by sheet and in bounded memory: its files share one order and are read side by side."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hyotei.corpus.flatten import Row
from hyotei.corpus.part import file_name
from hyotei.corpus.rewritten_parts import damaged
from hyotei.corpus.schema import OF_SHEETS, TABLES

if TYPE_CHECKING:
    import pyarrow as pa

READ: Final = tuple(name for name in OF_SHEETS if name != "copies")
"""The tables that make up sheets."""
_BATCH: Final = 8_192


def rows_of_sheets(folder: Path, part: str) -> Iterator[dict[str, list[Row]]]:
    """The stored cells of each sheet of a part, by table, in the order of the part.

    Raises:
        HyoteiError: a file is missing, cut short or damaged, or holds rows out of place (HY959).
    """
    others = {name: _Cursor(folder, part, name) for name in READ if name != "sheets"}
    for row in _rows(folder, part, "sheets"):
        key = row[0]
        yield {"sheets": [row], **{name: cursor.take(key) for name, cursor in others.items()}}
    for name, cursor in others.items():
        if cursor.rest():
            raise damaged(folder / name / file_name(part), ValueError("rows out of place"))


def rows_of_one(folder: Path, part: str, key: str) -> dict[str, list[Row]]:
    """The stored cells of one sheet of a part; `sheets` is empty where it is not there."""
    import pyarrow.parquet as pq
    from pyarrow import ArrowException

    found: dict[str, list[Row]] = {}
    for name in READ:
        path = folder / name / file_name(part)
        try:
            table = pq.read_table(path, columns=list(TABLES[name].stored), filters=[("sheet", "=", key)])
        except (OSError, ArrowException) as error:
            raise damaged(path, error) from None
        found[name] = _cells(table)
        if name == "sheets" and not found[name]:
            break
    return found


def rows_of_some(folder: Path, part: str, keys: Sequence[str]) -> dict[str, dict[str, list[Row]]]:
    """The stored cells of some sheets of a part, by key and table; only what belongs to them becomes Python values.

    Raises:
        HyoteiError: a file is missing, cut short or damaged (HY959).
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = pc.field("sheet").isin(pa.array(keys, pa.string()))
    found: dict[str, dict[str, list[Row]]] = {key: {name: [] for name in READ} for key in keys}
    for name in READ:
        path = folder / name / file_name(part)
        try:
            table = pq.read_table(path, columns=list(TABLES[name].stored), filters=wanted, partitioning=None)
        except (OSError, pa.ArrowException) as error:
            raise damaged(path, error) from None
        for row in _cells(table):
            found[str(row[0])][name].append(row)
    return found


class _Cursor:
    """A place in a file that moves from sheet to sheet."""

    def __init__(self, folder: Path, part: str, table: str) -> None:
        self._rows = _rows(folder, part, table)
        self._next = next(self._rows, None)

    def take(self, key: object) -> list[Row]:
        """The rows of the sheet, if the place is at them."""
        found: list[Row] = []
        row = self._next
        while row is not None and row[0] == key:
            found.append(row)
            row = next(self._rows, None)
        self._next = row
        return found

    def rest(self) -> bool:
        return self._next is not None


def _rows(folder: Path, part: str, table: str) -> Iterator[Row]:
    import pyarrow.parquet as pq
    from pyarrow import ArrowException

    path = folder / table / file_name(part)
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_BATCH, columns=list(TABLES[table].stored), use_threads=False):
                yield from _cells(batch)
    except (OSError, ArrowException) as error:
        raise damaged(path, error) from None


def _cells(table: "pa.Table | pa.RecordBatch") -> list[Row]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))
