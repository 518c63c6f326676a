"""DuckDB, in process: the engine that is used unless another is asked for."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from hyotei.base.atomic_write import spill_folder
from hyotei.base.causes import cause
from hyotei.columnar.engine_sql import DUCKDB
from hyotei.columnar.layout import RELATIONS
from hyotei.columnar.program import Program
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.types import Scope


class DuckEngine:
    """A connection of its own, with bounds on memory and a folder to spill to.

    Args:
        memory: the most memory DuckDB may take, such as `2GB`; by default DuckDB's own bound, most of the machine's.
        threads: how many threads it may use; by default all cores.
        folder: where it spills to; by default a temporary folder.
    """

    name = "duckdb"

    def __init__(self, memory: str | None = None, threads: int | None = None, folder: Path | None = None) -> None:
        self._spill = ExitStack()
        where = self._spill.enter_context(spill_folder()) if folder is None else folder
        self.connection = duckdb.connect(":memory:")
        self.connection.execute("SET temp_directory = ?", [str(where)])
        # Rows need no order of their own: every unit carries its number.
        self.connection.execute("SET preserve_insertion_order = false")
        if memory is not None:
            self.connection.execute("SET memory_limit = ?", [memory])
        if threads is not None:
            self.connection.execute(f"SET threads = {int(threads)}")

    def run(self, program: Program, tables: Mapping[Scope, pa.Table]) -> dict[Scope, pa.Table]:
        """The last table of each scope, ordered by unit."""
        cursor = self.connection
        for scope, table in tables.items():
            cursor.register(RELATIONS[scope], table)
        try:
            for statement in program.statements:
                # Text of ours: names of columns are quoted by Ibis, values are literals of the rulebook.
                cursor.execute(f'CREATE OR REPLACE TEMP TABLE "{statement.name}" AS {DUCKDB.sql(statement.expression)}')
            return {scope: self._fetched(program, scope) for scope in program.scopes}
        except duckdb.Error as error:
            raise HyoteiError(Diagnostic("HY976", params={"engine": self.name, "reason": cause(error)})) from error
        finally:
            for statement in program.statements:
                cursor.execute(f'DROP TABLE IF EXISTS "{statement.name}"')
            for scope in tables:
                cursor.unregister(RELATIONS[scope])

    def _fetched(self, program: Program, scope: Scope) -> pa.Table:
        """A table as Arrow, whole numbers of 128 bits as decimals: Arrow knows no such integers."""
        stored = program.tables[scope]
        described: list[Any] = self.connection.execute(f'DESCRIBE "{stored.name}"').fetchall()
        columns = [
            f'CAST("{name}" AS DECIMAL(38, 0)) AS "{name}"' if of == "HUGEINT" else f'"{name}"'
            for name, of, *_ in described
        ]
        query = f'SELECT {", ".join(columns)} FROM "{stored.name}" ORDER BY "{scope}_id"'
        return self.connection.sql(query).to_arrow_table()

    def close(self) -> None:
        """Frees what DuckDB holds."""
        self.connection.close()
        self._spill.close()
