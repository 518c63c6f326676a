"""Apache Spark, on this machine or on a cluster: the same statements, as views of its own."""

import os
import sys
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from hyotei.base.causes import cause
from hyotei.columnar.engine_sql import SPARK
from hyotei.columnar.layout import RELATIONS
from hyotei.columnar.program import Program
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.types import Scope


class SparkEngine:
    """A Spark session.

    Args:
        master: where Spark runs, such as `local[2]` or `spark://host:7077`; by default what Spark's own settings say, and all
            cores of this machine where they say nothing.

    Raises:
        HyoteiError: Spark does not start (HY973), mostly because there is no Java.
    """

    name = "spark"

    def __init__(self, master: str | None = None) -> None:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession

        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder: Any = SparkSession.builder.appName("hyotei")
        if master is not None:
            builder = builder.master(master)
        # Spark warns of its own fallbacks on every start; what goes wrong comes as an exception.
        builder = builder.config("spark.log.level", "ERROR").config("spark.ui.enabled", "false")
        try:
            self.session: Any = builder.getOrCreate()
        except (PySparkException, OSError, RuntimeError) as error:
            raise HyoteiError(Diagnostic("HY973", params={"reason": cause(error)})) from None
        # What does not fit is an error, never a null: only sheets whose figures fit come here.
        self.session.conf.set("spark.sql.ansi.enabled", "true")
        self.session.conf.set("spark.sql.execution.arrow.pyspark.enabled", "true")
        # A decimal(38, 6) of a quotient may lose decimals, never digits before the point; the rest was taken away before.
        self.session.conf.set("spark.sql.decimalOperations.allowPrecisionLoss", "true")
        self.session.conf.set("spark.sql.session.timeZone", "UTC")

    def run(self, program: Program, tables: Mapping[Scope, pa.Table]) -> dict[Scope, pa.Table]:
        """The last table of each scope, ordered by unit."""
        from pyspark.errors import PySparkException

        used: list[Any] = []
        for scope, table in tables.items():
            self.session.createDataFrame(table).createOrReplaceTempView(RELATIONS[scope])
        try:
            for statement in program.statements:
                frame = self.session.sql(SPARK.sql(statement.expression)).cache()
                used.append(frame)
                frame.createOrReplaceTempView(statement.name)
            return {scope: self._fetched(program, scope) for scope in program.scopes}
        except PySparkException as error:
            raise HyoteiError(Diagnostic("HY976", params={"engine": self.name, "reason": cause(error)})) from error
        finally:
            for frame in used:
                frame.unpersist()
            for name in [statement.name for statement in program.statements] + [RELATIONS[scope] for scope in tables]:
                self.session.catalog.dropTempView(name)

    def _fetched(self, program: Program, scope: Scope) -> pa.Table:
        name = program.tables[scope].name
        found: pa.Table = self.session.table(name).orderBy(f"{scope}_id").toArrow()
        return found

    def close(self) -> None:
        """Ends the session."""
        self.session.stop()
