"""Engines of other packages: found by their entry points, told when they cannot start, tried against the reference."""

import sys
import textwrap
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlglot.expressions as sge

from hyotei.columnar import duckdb_engine
from hyotei.columnar.duckdb_engine import DuckEngine
from hyotei.columnar.engine_sql import Dialect
from hyotei.columnar.engines import names
from hyotei.corpus.corpus import Corpus
from hyotei.messages import HyoteiError
from hyotei.sheet import Sheet
from hyotei.testing import try_engine
from tests.cli.command import inside

PACKAGE = """
from hyotei.columnar.duckdb_engine import DuckEngine

class Beside(DuckEngine):
    name = "beside"

def beside(options):
    return Beside(memory=options.get("memory"))

def broken(options):
    raise OSError("nobody listens there")
"""
POINTS = (
    "[hyotei.engines]\nbeside = engines_beside:beside\nbroken = engines_beside:broken\nduckdb = engines_beside:broken\n"
)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with two engines, installed as Python sees it: files on the path."""
    folder = tmp_path / "site"
    about = folder / "engines_beside-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "engines_beside.py").write_text(textwrap.dedent(PACKAGE), encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: engines-beside\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(POINTS, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "engines_beside", raising=False)


@pytest.fixture
def corpus(tmp_path: Path, seed: Sheet) -> Path:
    """A corpus of one sheet."""
    Corpus.from_sheets([seed], tmp_path / "corpus").close()
    return tmp_path / "corpus"


@pytest.mark.usefixtures("beside")
def test_an_engine_of_another_package_rates(corpus: Path, tmp_path: Path) -> None:
    """It is named beside ours, cannot take a name of ours, and what it gives says so."""
    assert names() == ["duckdb", "spark", "beside", "broken"]
    out = tmp_path / "verdicts.parquet"
    done = inside("rate", str(corpus), "--rulebook", "mic-2013", "-o", str(out), "--engine", "beside")
    assert done.code == 0, done.err
    (row,) = pq.read_table(out).to_pylist()
    assert (row["rating"], row["budget"], row["engine"]) == ("A", "Ⅱ", "beside")


@pytest.mark.usefixtures("beside")
def test_an_engine_that_does_not_start_is_told(corpus: Path, tmp_path: Path) -> None:
    """By its name and the place that failed; in its own words for those who write it, who ask for them."""
    out = str(tmp_path / "verdicts.parquet")
    done = inside("rate", str(corpus), "--rulebook", "mic-2013", "-o", out, "--engine", "broken")
    assert done.code == 2
    assert "HY978" in done.err
    assert "OSError, engines_beside.py" in done.err
    assert "nobody listens there" not in done.err
    with pytest.raises(HyoteiError) as found:
        inside("rate", str(corpus), "--rulebook", "mic-2013", "-o", out, "--engine", "broken", HYOTEI_DEBUG="1")
    assert str(found.value.__cause__) == "nobody listens there"


@pytest.mark.usefixtures("beside")
def test_an_unknown_engine_names_those_there_are(corpus: Path, tmp_path: Path) -> None:
    """Those of other packages too."""
    out = str(tmp_path / "verdicts.parquet")
    done = inside("rate", str(corpus), "--rulebook", "mic-2013", "-o", out, "--engine", "none")
    assert done.code == 2
    assert "duckdb, spark, beside, broken" in done.err


def test_our_engine_stands_its_trial() -> None:
    """Every step of every sheet."""
    engine = DuckEngine(memory="1GB", threads=1)
    trial = try_engine(engine, "mic-2013", count=30)
    engine.close()
    assert trial.wrong == ()
    assert trial.compared >= 20


def test_an_engine_that_divides_as_doubles_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way Ibis itself would write a division of whole numbers."""

    def doubles(left: sge.Expression, right: sge.Expression) -> sge.Expression:
        parts = [sge.Cast(this=sge.Paren(this=each), to=sge.DataType.build("DOUBLE")) for each in (left, right)]
        ratio = sge.Div(this=parts[0], expression=parts[1], typed=False, safe=False)
        return sge.Cast(this=sge.Floor(this=ratio), to=sge.DataType.build("HUGEINT", dialect="duckdb"))

    monkeypatch.setattr(duckdb_engine, "DUCKDB", Dialect("duckdb", "duckdb", "BIGINT", "HUGEINT", doubles, doubles))
    engine = DuckEngine(memory="1GB", threads=1)
    trial = try_engine(engine, "mic-2013", count=200)
    engine.close()
    assert trial.wrong
