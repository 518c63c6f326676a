"""The engines by name: ours, and those that other packages name among the entry points of the group `hyotei.engines`."""

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from typing import Any, Final, Protocol

import pyarrow as pa

from hyotei.base.causes import fault
from hyotei.base.extras import need
from hyotei.columnar.program import Program
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.types import Scope


class Engine(Protocol):
    """What runs a program over relations."""

    @property
    def name(self) -> str:
        """The name under which it was asked for."""

    def run(self, program: Program, tables: Mapping[Scope, pa.Table]) -> dict[Scope, pa.Table]:
        """The last table of each scope."""

    def close(self) -> None:
        """Frees what the engine holds."""


def _duckdb(options: Mapping[str, Any]) -> Engine:
    from hyotei.columnar.duckdb_engine import DuckEngine

    return DuckEngine(memory=options.get("memory"), threads=options.get("threads"), folder=options.get("spill"))


def _spark(options: Mapping[str, Any]) -> Engine:
    from hyotei.columnar.spark_engine import SparkEngine

    return SparkEngine(options.get("master"))


Maker = Callable[[Mapping[str, Any]], Engine]
"""Makes an engine of the options `master`, `memory`, `threads` and `spill`, each of which may be absent."""

ENGINES: Final[dict[str, Maker]] = {"duckdb": _duckdb, "spark": _spark}
"""Our own."""
GROUP: Final = "hyotei.engines"
"""The entry points of engines of other packages: each a `Maker`. Ours keep their names."""


def names() -> list[str]:
    """The engines that `hyotei rate --engine` knows."""
    return [*ENGINES, *sorted(entry.name for entry in entry_points(group=GROUP) if entry.name not in ENGINES)]


def engine(name: str, **options: Any) -> Engine:
    """The engine of that name, ready to run.

    Raises:
        HyoteiError: there is no such engine (HY971), what it needs is not installed (HY902), or it does not start (HY973, and
            HY978 for one of another package).
    """
    check_engine_name(name)
    if name in ENGINES:
        return ENGINES[name](options)
    try:
        (entry, *_) = entry_points(group=GROUP, name=name)
        made: Engine = entry.load()(options)
        return made
    except HyoteiError:
        raise
    except Exception as error:  # whatever another package does wrong is told, with its name
        raise HyoteiError(Diagnostic("HY978", params={"engine": name, "reason": fault(error)})) from error


def check_engine_name(name: str) -> None:
    """Whether there is such an engine, and its libraries.

    Raises:
        HyoteiError: there is not (HY971), or a library is missing (HY902).
    """
    if name not in (known := names()):
        raise HyoteiError(Diagnostic("HY971", params={"engine": name, "engines": ", ".join(known)}))
    need("spark" if name == "spark" else "columnar")
