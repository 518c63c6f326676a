"""Parts written again with sheets left out, renamed or given to another source; Arrow in, Arrow out."""

from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from hyotei.corpus.part import PartWriter, file_name
from hyotei.corpus.schema import OF_SHEETS, TABLES
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, phrase

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(slots=True)
class PartEdit:
    """What is to change in a part, by key of the sheet as it stands there.

    Attributes:
        drop: sheets that go.
        rename: the new keys of sheets.
        source: the sources to which sheets now belong.
        forget: sources that go, with their problems and copies.
        copies: further sources that hold a sheet, to be noted.
    """

    drop: set[str] = field(default_factory=set)
    rename: dict[str, str] = field(default_factory=dict)
    source: dict[str, str] = field(default_factory=dict)
    forget: set[str] = field(default_factory=set)
    copies: list[tuple[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.drop or self.rename or self.source or self.forget or self.copies)


def rewrite(folder: Path, part: str, edit: PartEdit, writer: PartWriter) -> None:
    """Hands the rows of a part to a writer, changed as told."""
    for table in TABLES:
        for rows in groups(folder, part, table):
            changed = _changed(table, rows, edit)
            if changed.num_rows:
                writer.add_table(table, changed)
    if edit.copies:
        writer.add({"copies": list(edit.copies)})


def groups(folder: Path, part: str, table: str, columns: tuple[str, ...] | None = None) -> Iterator["pa.Table"]:
    """The rows of one file, a row group at a time."""
    import pyarrow.parquet as pq
    from pyarrow import ArrowException

    path = folder / table / file_name(part)
    wanted = list(columns) if columns is not None else None
    try:
        with pq.ParquetFile(path) as file:
            for group in range(file.num_row_groups):
                yield file.read_row_group(group, columns=wanted, use_threads=False)
    except (OSError, ArrowException) as error:
        raise damaged(path, error) from None


def damaged(path: Path, error: Exception) -> HyoteiError:
    """What is said of a file of a corpus that is not there any more, cut short or damaged."""
    lost = isinstance(error, FileNotFoundError)
    reason = phrase("corpus.damage.missing" if lost else "corpus.damage.unreadable")
    return HyoteiError(Diagnostic("HY959", params={"file": "/".join(path.parts[-3:]), "reason": reason}))


def _changed(table: str, rows: "pa.Table", edit: PartEdit) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.compute as pc

    def without(column: str, gone: set[str]) -> None:
        nonlocal rows
        if gone:
            rows = rows.filter(pc.invert(pc.is_in(rows[column], pa.array(sorted(gone), pa.string()))))

    def mapped(column: str, by: str, new: dict[str, str]) -> None:
        nonlocal rows
        if new and rows.num_rows:
            keys = pa.array(list(new), pa.string())
            values = pa.array(list(new.values()), pa.string())
            found = values.take(pc.index_in(rows[by].combine_chunks(), keys))
            place = rows.schema.get_field_index(column)
            kept = pc.coalesce(found, rows[column].combine_chunks())
            rows = rows.set_column(place, rows.schema.field(place), kept)

    if table in OF_SHEETS:
        without("sheet", edit.drop)
    if table in ("copies", "problems"):
        without("source", edit.forget)
    if table == "copies" and edit.source and rows.num_rows:
        # A copy that now is the sheet itself.
        cells = zip(rows["sheet"].to_pylist(), rows["source"].to_pylist(), strict=True)
        rows = rows.filter(pa.array([edit.source.get(sheet) != source for sheet, source in cells], pa.bool_()))
    if table == "sheets":
        mapped("source", "sheet", edit.source)
    if table in OF_SHEETS:
        mapped("sheet", "sheet", edit.rename)
    return rows
