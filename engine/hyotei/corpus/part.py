"""One part of a corpus: the same sheets in one Parquet file of each table, written row group by row group."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hyotei.corpus.flatten import Rows
from hyotei.corpus.schema import TABLES, arrow_schema
from hyotei.lazy_dataclass import dataclass

if TYPE_CHECKING:
    import pyarrow as pa

MOST_SHEETS: Final = 16_384
"""Sheets of a part: a few hundred files for a million sheets, and little to write again when a source changes."""
_BATCH: Final = 256
_GROUP: Final = 65_536
_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class File:
    """A Parquet file of a part: how many rows and bytes it must have, and the hash of its bytes."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its name and its files by table."""

    name: str
    files: dict[str, File]

    @property
    def sheets(self) -> int:
        return self.files["sheets"].rows


def file_name(part: str) -> str:
    """The name of a part's file within the folder of a table."""
    return f"{part}.parquet"


class PartWriter:
    """Writes a part. Rows come sheet by sheet, or as Arrow tables out of another part; at most a row group is held."""

    def __init__(self, folder: Path, name: str) -> None:
        import pyarrow.parquet as pq

        self.name, self.sheets = name, 0
        self._folder = folder
        self._rows: Rows = {table: [] for table in TABLES}
        self._waiting = 0
        self._held: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
        self._count = dict.fromkeys(TABLES, 0)
        self._writers: dict[str, pq.ParquetWriter] = {}
        try:
            for table in TABLES:
                path = self._path(table)
                path.parent.mkdir(parents=True, exist_ok=True)
                self._writers[table] = pq.ParquetWriter(
                    path, arrow_schema(table), compression="zstd", version="2.6", use_dictionary=True
                )
        except BaseException:
            self.abandon()
            raise

    def add(self, rows: Rows) -> None:
        """The rows of one sheet, or of problems."""
        for table, more in rows.items():
            if more:
                self._rows[table] += more
        self._waiting += 1
        if "sheets" in rows:
            self.sheets += 1
        if self._waiting >= _BATCH:
            self._settle()

    def add_table(self, name: str, table: "pa.Table") -> None:
        """Rows as Arrow; their sheets must be complete before any other is added."""
        self._settle()
        if name == "sheets":
            self.sheets += table.num_rows
        self._hold(name, table)

    def close(self) -> Part:
        """Writes the rest, and all of it to the disk."""
        self._settle()
        for table, writer in self._writers.items():
            self._group(table)
            writer.close()
        files = {}
        for table in TABLES:
            path = self._path(table)
            files[table] = File(self._count[table], path.stat().st_size, sha256_of(path))
            synced(path)
        return Part(self.name, files)

    def abandon(self) -> None:
        """Closes the files, whatever state they are in; the folder goes as a whole."""
        for writer in self._writers.values():
            with suppress(Exception):  # such as the full disk that brought us here
                writer.close()

    def _settle(self) -> None:
        """Turns waiting rows into Arrow."""
        self._waiting = 0
        for table, rows in self._rows.items():
            if rows:
                self._hold(table, to_arrow(table, rows))
                self._rows[table] = []

    def _hold(self, name: str, table: "pa.Table") -> None:
        held = self._held[name]
        held.append(table)
        self._count[name] += table.num_rows
        if sum(each.num_rows for each in held) >= _GROUP:
            self._group(name)

    def _group(self, name: str) -> None:
        import pyarrow as pa

        held = self._held[name]
        if held:
            self._writers[name].write_table(pa.concat_tables(held), row_group_size=2 * _GROUP)
            self._held[name] = []

    def _path(self, table: str) -> Path:
        return self._folder / table / file_name(self.name)


def to_arrow(name: str, rows: "list[tuple[object, ...]]") -> "pa.Table":
    """Rows of a table as Arrow; figures come as plain decimals and are read as numbers without a float."""
    import pyarrow as pa

    schema = arrow_schema(name)
    arrays = []
    for field, cells in zip(schema, zip(*rows, strict=True), strict=True):
        if pa.types.is_decimal(field.type):
            arrays.append(pa.array(cells, pa.string()).cast(field.type))
        else:
            arrays.append(pa.array(cells, field.type))
    return pa.Table.from_arrays(arrays, schema=schema)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def synced(path: Path) -> None:
    """Waits until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
