"""`hyotei rate CORPUS -o` and `hyotei rulebook sql` as a person uses them."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from hyotei.cli import hyotei as command
from hyotei.corpus.corpus import Corpus
from hyotei.readers import read_sheet
from hyotei.rulebook.library import load_rulebook
from tests.cli.command import SEED, hyotei


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the shipped sheet alone."""
    folder = tmp_path_factory.mktemp("corpus") / "c"
    Corpus.from_sheets([read_sheet(SEED)], folder).close()
    return folder


def test_verdicts_are_written_and_told(corpus: Path, tmp_path: Path) -> None:
    """The files are named, and hold what `hyotei rate` says of the sheet alone."""
    out = tmp_path / "verdicts.parquet"
    done = CliRunner().invoke(
        command, ["rate", str(corpus), "--rulebook", "mic-2013", "-o", str(out), "--steps", "--lang", "en"]
    )
    assert done.exit_code == 0, done.output
    assert "1 sheet rated" in done.stdout
    assert str(out) in done.stdout
    row = pq.read_table(out).to_pylist()[0]
    assert (row["rating"], row["budget"], row["status"], row["engine"]) == ("A", "Ⅱ", "determined", "duckdb")
    assert row["rulebook_hash"] == load_rulebook("mic-2013").hash
    assert pq.read_table(tmp_path / "verdicts.findings.parquet").num_rows == row["findings"]
    assert pq.read_table(tmp_path / "verdicts.steps.parquet").num_rows > row["findings"]


def test_json_names_counts_and_files(corpus: Path, tmp_path: Path) -> None:
    """With --json there is one document."""
    out = tmp_path / "v.parquet"
    done = CliRunner().invoke(command, ["rate", str(corpus), "--rulebook", "mic-2013", "-o", str(out), "--json"])
    found = json.loads(done.stdout)
    assert (found["sheets"], found["singly"], found["resumed"]) == (1, 0, 0)
    assert found["files"] == {"findings": str(tmp_path / "v.findings.parquet"), "verdicts": str(out)}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["{corpus}", "{corpus}", "--rulebook", "mic-2013", "-o", "{out}"], "HY970"),
        (["{corpus}", "--rulebook", "mic-2013", "-o", "{out}", "--engine", "abacus"], "HY971"),
        (["{corpus}", "-o", "{out}"], "HY974"),
        (["{corpus}"], "HY987"),
        (["{corpus}", "--rulebook", "mic-2013"], "HY987"),
        (["{none}", "--rulebook", "mic-2013", "-o", "{out}"], "HY956"),
        (["{corpus}", "--rulebook", "mic-2013", "-o", "/dev/null/v.parquet"], "HY975"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(corpus: Path, tmp_path: Path, arguments: list[str], code: str) -> None:
    """No traceback, one message, and nothing written."""
    names = {"corpus": corpus, "out": tmp_path / "v.parquet", "none": tmp_path / "none"}
    done = hyotei("rate", *(each.format(**names) for each in arguments))
    done.failed_with(code)
    assert list(tmp_path.iterdir()) == []


def test_run_beside_another_is_refused(corpus: Path, tmp_path: Path) -> None:
    """Two runs into one place would take each other's parts away."""
    from hyotei.columnar.rate_corpus import held

    out = tmp_path / "v.parquet"
    with held(out):
        hyotei("rate", corpus, "--rulebook", "mic-2013", "-o", out).failed_with("HY977")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("dialect", ["duckdb", "spark", "postgres", "bigquery"])
def test_rulebook_as_sql(dialect: str) -> None:
    """The script begins with what it is and ends with the verdicts."""
    done = CliRunner().invoke(command, ["rulebook", "sql", "mic-2013", "--dialect", dialect])
    assert done.exit_code == 0
    assert load_rulebook("mic-2013").hash in done.stdout
    assert "verdicts" in done.stdout.splitlines()[-30:][0] or "verdicts AS" in done.stdout
