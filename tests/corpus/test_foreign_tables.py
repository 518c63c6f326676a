"""Tables in and out: what others read in a corpus, and what they may bring."""

import json
import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import hyotei
from hyotei.corpus.build import build
from hyotei.corpus.schema import TABLES
from hyotei.messages import HyoteiError
from tests.cli.command import inside
from tests.corpus.sources import sheet, write

KINDS = ("arrow", "pandas", "polars")


@pytest.fixture
def corpus(tmp_path: Path, seed: hyotei.Sheet) -> hyotei.Corpus:
    build([write(tmp_path / "a.ndjson", [sheet("a"), sheet("a", 6), sheet("b", 8, 2019), seed])], tmp_path / "c")
    return hyotei.Corpus.open(tmp_path / "c")


@pytest.mark.parametrize("kind", KINDS)
def test_all_tables_out_and_in_again(corpus: hyotei.Corpus, tmp_path: Path, kind: str) -> None:
    """Through each library and back: the same corpus; keys with a hash become identifiers as they were."""
    tables = {name: getattr(corpus, kind)(name) for name in TABLES if name not in ("copies", "problems")}
    with hyotei.Corpus.from_tables(tables, tmp_path / kind) as back:
        assert back.hash == corpus.hash
        assert dict(back.sheets()) == dict(corpus.sheets())


def test_duckdb_polars_and_pandas_read_the_files(corpus: hyotei.Corpus) -> None:
    """By path, as the page says; numbers are decimals, and the same everywhere."""
    pattern = str(corpus.folder / "current" / "measures" / "*.parquet")
    wanted = [Decimal(5), Decimal(6), Decimal(8)]
    query = f"select actual_number from read_parquet('{pattern}') where sheet != 'mic-24-15' order by 1"
    assert [row[0] for row in duckdb.execute(query).fetchall() if row[0] in wanted][:3] == wanted
    frame = pl.read_parquet(pattern).filter(pl.col("sheet").str.starts_with("a#"))
    assert sorted(frame["actual_number"]) == wanted[:2]
    pandas = pd.concat([pd.read_parquet(path) for path in corpus.paths("measures")])
    assert set(wanted) <= set(pandas["actual_number"])


def test_joined_in_sql(corpus: hyotei.Corpus) -> None:
    """Provenance by its path, units by their number."""
    at = corpus.folder / "current"
    found = duckdb.execute(
        f"""select s.id, m.actual_value, p.text, p.line
        from read_parquet('{at}/sheets/*.parquet') s
        join read_parquet('{at}/measures/*.parquet') m using (sheet)
        join read_parquet('{at}/provenance/*.parquet') p
            on p.sheet = m.sheet and p.path = format('measures[{{}}].actual', m.measure)
        where s.id = 'b'"""
    ).fetchall()
    assert found == [("b", "8", "8回", 3)]


def test_few_columns_are_enough(tmp_path: Path) -> None:
    """A sheet, its measures as whole numbers, and unknown where nothing is given."""
    tables = {
        "sheets": pd.DataFrame(
            {"sheet": ["1", "2"], "title": ["甲", "乙"], "authority": ["総務省"] * 2, "fiscal_year": [2018, 2019]}
        ),
        "objectives": pl.DataFrame({"sheet": ["1"], "objective": [1], "name": ["目標"]}),
        "indicators": pa.table({"sheet": ["1"], "objective": [1], "indicator": [1], "name": ["指標"]}),
        "measures": pd.DataFrame(
            {
                "sheet": ["1"], "objective": [1], "indicator": [1], "measure": [1],
                "target_number": [Decimal("4.50")], "actual_number": [5], "baseline_value": ["0.1"],
                "target_fiscal_year": pd.Series([2018, None])[:1],
            }
        ),
    }  # fmt: skip
    with hyotei.Corpus.from_tables(tables, tmp_path / "c") as corpus:
        (measure,) = corpus.sheet("1").measures
        assert (measure.target.value, measure.actual.value) == (Decimal("4.5"), Decimal(5))
        assert measure.baseline.value == Decimal("0.1")
        assert measure.target.fiscal_year == 2018
        assert measure.final_target.unknown == "missing"
        assert corpus.sheet("2").title == "乙"


SHEETS = {"sheet": ["1"], "title": ["甲"], "authority": ["総務省"], "fiscal_year": [2018]}


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({}, "HY965"),
        ({"sheets": pa.table(SHEETS), "colours": pa.table({"a": [1]})}, "HY965"),
        ({"sheets": pa.table({**SHEETS, "colour": ["red"]})}, "HY965"),
        ({"sheets": pa.table({"sheet": ["1"]})}, "HY965"),
        ({"sheets": pa.table({**SHEETS, "title": [None]}, schema=None)}, "HY965"),
        ({"sheets": pa.table({**SHEETS, "fiscal_year": ["now"]})}, "HY965"),
        ({"sheets": pa.table({**SHEETS, "fiscal_year": [2018.5]})}, "HY965"),
        ({"sheets": "a text"}, "HY965"),
        (
            {
                "sheets": pa.table(SHEETS),
                "budget_years": pa.table({"sheet": ["1"], "fiscal_year": [2018], "total_number": [0.1]}),
            },
            "HY965",
        ),
        (
            {
                "sheets": pa.table(SHEETS),
                "budget_years": pa.table({"sheet": ["1"], "fiscal_year": [2018], "total_value": [0.1]}),
            },
            "HY965",
        ),
        ({"sheets": pa.table({**SHEETS, "fiscal_year": [18]})}, "HY968"),
        (
            {
                "sheets": pa.table(SHEETS),
                "objectives": pa.table({"sheet": ["9"], "objective": [1], "name": ["目標"]}),
            },
            "HY968",
        ),
    ],
)
def test_what_is_no_table_of_sheets_is_told(tmp_path: Path, tables: dict[str, object], code: str) -> None:
    """Unknown and missing names, floats, sheets that are none, rows of no sheet."""
    with pytest.raises(HyoteiError) as raised:
        hyotei.Corpus.from_tables(tables, tmp_path / "c")
    assert raised.value.diagnostics[0].code == code
    assert raised.value.diagnostics[0].message("en")
    # No sentence of a library stands in ours.
    assert re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", raised.value.diagnostics[0].message("ja")) is None
    assert not (tmp_path / "c" / "corpus.json").exists()


def test_commands(corpus: hyotei.Corpus) -> None:
    """What they show, in both languages and as JSON."""
    place = corpus.folder
    shown = json.loads(inside("corpus", "info", place, "--json").out)
    assert shown["counts"]["総務省"] == {"2012": 1, "2018": 1}
    assert shown["hash"] == corpus.hash
    assert shown["shared"] == 2
    assert "4 sheets" in inside("corpus", "info", place, "--lang", "en").out
    assert "府省・自治体" in inside("corpus", "info", place).out
    assert json.loads(inside("corpus", "check", place, "--json").out)["whole"] is True
    assert "in order" in inside("corpus", "check", place, "--quick", "--lang", "en").out
    assert json.loads(inside("corpus", "show", place, "b", "--json").out)["id"] == "b"
    assert "8回" in inside("corpus", "show", place, "b").out
    missing = inside("corpus", "show", place, "a", "--lang", "en")
    assert missing.code == 2
    assert "HY957" in missing.err
    assert missing.err.count("a#") == 2
    built = inside("corpus", "build", place.parent / "a.ndjson", "-o", place, "--append", "--json")
    assert json.loads(built.out)["sources_unchanged"] == 1


@pytest.mark.slow
def test_spark_reads_the_files(corpus: hyotei.Corpus) -> None:
    pyspark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    builder = pyspark.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    try:
        frame = spark.read.parquet(str(corpus.folder / "current" / "measures"))
        rows = frame.where("sheet like 'a#%'").select("actual_number", "target_unknown").collect()
        assert sorted(row.actual_number for row in rows) == [Decimal(5), Decimal(6)]
        assert spark.read.parquet(str(corpus.folder / "current" / "provenance")).count() > 3
        for name in TABLES:
            assert spark.read.parquet(str(corpus.folder / "current" / name)).columns == list(TABLES[name].names)
    finally:
        spark.stop()
