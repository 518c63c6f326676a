"""The engines by name."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final, Protocol

import pyarrow as pa

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
    from hyotei.columnar.duck import DuckEngine

    return DuckEngine(memory=options.get("memory"), threads=options.get("threads"), folder=options.get("spill"))


def _spark(options: Mapping[str, Any]) -> Engine:
    from hyotei.columnar.spark import SparkEngine

    return SparkEngine(options.get("master"))


ENGINES: Final[dict[str, Callable[[Mapping[str, Any]], Engine]]] = {"duckdb": _duckdb, "spark": _spark}
"""The engines that `hyotei rate --engine` knows."""


def engine(name: str, **options: Any) -> Engine:
    """The engine of that name, ready to run.

    Raises:
        HyoteiError: there is no such engine (HY971), what it needs is not installed (HY972), or it does not start (HY973).
    """
    check(name)
    return ENGINES[name](options)


def check(name: str) -> None:
    """Whether there is such an engine, and its libraries.

    Raises:
        HyoteiError: there is not (HY971), or a library is missing (HY972).
    """
    if name not in ENGINES:
        raise HyoteiError(Diagnostic("HY971", params={"engine": name, "engines": ", ".join(ENGINES)}))
    needs(_EXTRA.get(name, "columnar"))


_EXTRA: Final = {"spark": "spark"}
_MODULES: Final = {"columnar": ("ibis", "duckdb", "pyarrow"), "spark": ("ibis", "pyspark", "pyarrow")}


def needs(extra: str) -> None:
    """Tells which extra to install where its libraries are missing.

    Raises:
        HyoteiError: a library is missing (HY972).
    """
    for module in _MODULES[extra]:
        try:
            import_module(module)
        except ImportError:
            raise HyoteiError(Diagnostic("HY972", params={"module": module, "extra": extra})) from None
