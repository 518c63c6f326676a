"""The columnar interpreter as the tests use it: many sheets under one rulebook, back to derivations."""

import shutil
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec

import pytest

from hyotei.columnar.decision_reads import figures_read
from hyotei.columnar.duckdb_engine import DuckEngine
from hyotei.columnar.engines import Engine
from hyotei.columnar.program import compiled
from hyotei.columnar.relations import relations_of
from hyotei.columnar.step_reading import agrees, derivations
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import Sheet


@cache
def duckdb() -> Engine:
    """One DuckDB for all tests of a process."""
    return DuckEngine(memory="1GB", threads=1)


@cache
def spark() -> Engine:
    """One Spark for all tests of a process; without it the test is skipped."""
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed (`tools/setup_env.sh --spark` installs it)")
    if shutil.which("java") is None:
        pytest.skip("there is no Java, which Spark needs")
    from hyotei.columnar.spark_engine import SparkEngine

    engine = SparkEngine("local[1]")
    engine.session.conf.set("spark.sql.shuffle.partitions", "1")
    return engine


def derive_many(rulebook: Rulebook, sheets: Sequence[Sheet], engine: Engine) -> list[Derivation | None]:
    """The derivation of every sheet; None for one that has to be rated apart."""
    relations = relations_of(sheets, figures_read(rulebook))
    program = compiled(rulebook, relations.layout, keep="inputs")
    found = derivations(program, engine.run(program, relations.tables), len(sheets))
    return [None if number in relations.apart else each for number, each in enumerate(found)]


def agree(rulebook: Rulebook, sheets: Sequence[Sheet], engine: Engine) -> int:
    """Holds every derivation against the reference; how many sheets could be held so."""
    held = 0
    for sheet, found in zip(sheets, derive_many(rulebook, sheets, engine), strict=True):
        if found is not None:
            right = evaluate(rulebook, sheet)
            assert list(found.steps) == list(right.steps)
            for key, step in found.steps.items():
                other = right.steps[key]
                assert (step.outcome, step.rows) == (other.outcome, other.rows), key
                assert agrees(step.inputs, other.inputs), (key, step.inputs, other.inputs)
                assert agrees(step.outputs, other.outputs), (key, step.outputs, other.outputs)
            held += 1
    return held
