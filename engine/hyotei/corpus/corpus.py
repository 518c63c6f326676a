"""A corpus in Python: opened, built, read sheet by sheet, or table by table in Arrow, pandas and polars."""

import difflib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hyotei.base.causes import cause
from hyotei.base.extras import need
from hyotei.corpus.generations import hold
from hyotei.corpus.manifest import CorpusSource, Manifest, read_manifest
from hyotei.corpus.part import Part, file_name
from hyotei.corpus.restore import restore
from hyotei.corpus.rewritten_parts import damaged, groups
from hyotei.corpus.row_reading import READ, rows_of_one, rows_of_sheets
from hyotei.corpus.schema import TABLES, arrow_schema
from hyotei.corpus.verified_files import VerifiedFiles
from hyotei.messages import Diagnostic, HyoteiError, Listed
from hyotei.sheet.models import Sheet

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from hyotei.readers.reader import Found


_MOST_COMPARED: Final = 30_000
"""Keys among which one spelt alike is sought."""


class Corpus:
    """Many sheets as a folder of Parquet tables.

    An open corpus stays as it is: a builder that puts another in its place leaves the files alone until `close`. Every file is held
    to its hash when it is first read.

        corpus = Corpus.build(["judgit"], "corpus")
        for key, sheet in corpus.sheets():
            ...
        corpus.arrow("measures")
        duckdb.read_parquet(corpus.paths("measures"))
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest
        self._verified = VerifiedFiles(self.place)
        self._handle = hold(self.place)

    @classmethod
    def open(cls, folder: str | os.PathLike[str]) -> "Corpus":
        """The corpus in a folder.

        Raises:
            HyoteiError: there is none (HY956), its manifest is damaged (HY959), it is of another version (HY958), or a library
                is missing (HY902).
        """
        need("columnar", "pyarrow")
        place = Path(folder)
        corpus = cls(place, read_manifest(place))
        # A builder may have switched between reading the manifest and holding its generation.
        while (now := read_manifest(place)).generation != corpus.manifest.generation:
            corpus.close()
            corpus = cls(place, now)
        return corpus

    @classmethod
    def build(
        cls,
        sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        folder: str | os.PathLike[str],
        *,
        append: bool = False,
        as_: str | None = None,
    ) -> "Corpus":
        """Builds a corpus of files, folders and zips and opens it; see `hyotei.corpus.build.build`, which tells more of the way.

        Raises:
            HyoteiError: as `build`, or a library is missing (HY902).
        """
        need("columnar", "pyarrow")
        from hyotei.corpus.build import build

        build([sources] if isinstance(sources, str | os.PathLike) else sources, folder, append=append, as_=as_)
        return cls.open(folder)

    @classmethod
    def from_sheets(cls, sheets: Iterable[Sheet], folder: str | os.PathLike[str], name: str = "sheets") -> "Corpus":
        """Builds a corpus of sheets at hand, which come from the source `name`, and opens it."""
        need("columnar", "pyarrow")
        from hyotei.corpus.build import build_from
        from hyotei.readers.reader import Found

        build_from((Found(sheet) for sheet in sheets), folder, name)
        return cls.open(folder)

    @classmethod
    def from_tables(
        cls, tables: Mapping[str, object], folder: str | os.PathLike[str], name: str = "tables", *, strict: bool = True
    ) -> "Corpus":
        """Builds a corpus of tables that people bring, in Arrow, pandas or polars or any mixture, and opens it.

        Args:
            tables: by the name of the table; `sheets` must be there, and columns may be left out (docs/corpus.md).
            folder: where the corpus is to stand.
            name: what the source is called.
            strict: stop at the first sheet that is none; otherwise leave such sheets out and tell in the table `problems`.

        Raises:
            HyoteiError: a table or column cannot be used (HY965), a sheet is none (HY968), or as `build`.
        """
        need("columnar", "pyarrow")
        from hyotei.corpus.build import build_from
        from hyotei.corpus.foreign_tables import sheets_of

        build_from(_all_good(sheets_of(tables)) if strict else sheets_of(tables), folder, name)
        return cls.open(folder)

    from_arrow = from_pandas = from_polars = from_tables

    # What it is

    @property
    def hash(self) -> str:
        """The content hash: equal for equal sheets, however they are stored."""
        return self.manifest.hash

    @property
    def sources(self) -> tuple[CorpusSource, ...]:
        return self.manifest.sources

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts: the same sheets in one file of each table, in the same order."""
        return self.manifest.parts

    @property
    def place(self) -> Path:
        """The folder of the tables as they now count."""
        return self.folder / self.manifest.generation

    def __repr__(self) -> str:
        return f"<Corpus {self.folder}: {len(self):,} sheets of {len(self.sources):,} sources, {self.hash[:12]}>"

    def __len__(self) -> int:
        return self.manifest.sheets

    def close(self) -> None:
        """Lets builders remove the files."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> "Corpus":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def verify(self, tables: Iterable[str], parts: Sequence[Part] | None = None) -> None:
        """Holds the files of some tables to the hashes that the manifest states; each once as long as the corpus is open.

        Raises:
            HyoteiError: one is missing or unreadable (HY959), or is not as it was written (HY966).
        """
        self._verified.hold(self.parts if parts is None else parts, tables)

    # Sheet by sheet

    def keys(self) -> Iterator[str]:
        """The keys of all sheets, in the order in which they are stored.

        Raises:
            HyoteiError: as `verify`.
        """
        self.verify(("sheets",))
        for part in self.parts:
            for rows in groups(self.place, part.name, "sheets", ("sheet",)):
                yield from rows["sheet"].to_pylist()

    def sheets(self, parts: Sequence[Part] | None = None) -> Iterator[tuple[str, Sheet]]:
        """All sheets with their keys, or those of some parts; a few at a time are held.

        Raises:
            HyoteiError: a file is missing or damaged (HY959), is not as it was written or its rows are no sheet (HY966).
        """
        for part in self.parts if parts is None else parts:
            self.verify(READ, [part])
            for rows in rows_of_sheets(self.place, part.name):
                key = str(rows["sheets"][0][0])
                yield key, _restored(key, rows)

    def sheet(self, key: str) -> Sheet:
        """The sheet of a key.

        Raises:
            KeyError: there is none; the error says which keys are like it.
        """
        self.verify(READ)
        for part in self.parts:
            rows = rows_of_one(self.place, part.name, key)
            if rows["sheets"]:
                return _restored(key, rows)
        raise KeyError(key)

    def near(self, key: str, most: int = 3) -> list[str]:
        """Keys that a person may have meant: of the same identifier, with these words in key, number or title, or spelt alike."""
        same: list[str] = []
        inside: list[str] = []
        keys: list[str] = []
        self.verify(("sheets",))
        for part in self.parts:
            for rows in groups(self.place, part.name, "sheets", ("sheet", "number", "title")):
                for each, number, title in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                    if each.startswith(f"{key}#"):
                        same.append(each)
                    elif key and any(key in text for text in (each, number or "", title)):
                        inside.append(each)
                    keys.append(each)
        alike = [] if same or inside else difflib.get_close_matches(key, keys[:_MOST_COMPARED], most)
        return [*same, *inside, *alike][: max(most, len(same))]

    # Table by table

    def paths(self, table: str, parts: Sequence[Part] | None = None) -> list[str]:
        """The Parquet files of a table, for DuckDB, polars, Spark and others.

        Raises:
            KeyError: there is no such table.
            HyoteiError: as `verify`.
        """
        name = TABLES[table].name
        self.verify((name,), parts)
        return [str(self.place / name / file_name(part.name)) for part in (self.parts if parts is None else parts)]

    def arrow(
        self, table: str, columns: Sequence[str] | None = None, parts: Sequence[Part] | None = None
    ) -> "pa.Table":
        """A table, or some columns of it, in memory.

        Raises:
            KeyError: there is no such table.
            HyoteiError: a file is missing or damaged (HY959), or is not as it was written (HY966).
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = arrow_schema(TABLES[table].name)
        if columns is not None:
            schema = pa.schema([schema.field(name) for name in columns], metadata=schema.metadata)
        found = [schema.empty_table()]
        for path in self.paths(table, parts):
            try:
                with pq.ParquetFile(
                    path
                ) as file:  # not `read_table`: it makes a data set of each file, at twice the time
                    found.append(file.read(columns=schema.names).select(schema.names).cast(schema))
            except (OSError, ValueError, LookupError, pa.ArrowException) as error:
                raise damaged(Path(path), error) from None
        return pa.concat_tables(found)

    def authorities_and_years(self) -> set[tuple[str, int]]:
        """The authorities with the fiscal years of which there are sheets.

        Raises:
            HyoteiError: a file is missing or damaged (HY959), or is not as it was written (HY966).
        """
        sheets = self.arrow("sheets", ["authority", "fiscal_year"]).group_by(["authority", "fiscal_year"]).aggregate([])
        return {(row["authority"], row["fiscal_year"]) for row in sheets.to_pylist()}

    def pandas(self, table: str, columns: Sequence[str] | None = None) -> "pd.DataFrame":
        """A table as a pandas frame; numbers are `Decimal`s, as floats would not be exact."""
        return self.arrow(table, columns).to_pandas()

    def polars(self, table: str, columns: Sequence[str] | None = None) -> "pl.DataFrame":
        """A table as a polars frame."""
        import polars as pl

        found = pl.from_arrow(self.arrow(table, columns))
        assert isinstance(found, pl.DataFrame)
        return found


def _all_good(found: "Iterator[Found]") -> "Iterator[Found]":
    for each in found:
        if each.sheet is None:
            raise HyoteiError(*each.problems)
        yield each


def _restored(key: str, rows: Mapping[str, list[tuple[object, ...]]]) -> Sheet:
    try:
        return restore(rows)
    except ValueError as error:
        reason = Listed((key, cause(error)), "common.list.colon")
        raise HyoteiError(Diagnostic("HY966", params={"reason": reason})) from None
