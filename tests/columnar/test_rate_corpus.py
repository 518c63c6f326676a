"""Corpora into tables: the same verdicts, findings and steps as sheet by sheet, whatever stops the run on the way."""

import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.columnar.engines import engine
from hyotei.columnar.rate_corpus import Outcome, Progress, fingerprint, paths_of, rate_corpus
from hyotei.columnar.result_tables import together
from hyotei.columnar.results_of_derivations import results_of
from hyotei.corpus.corpus import Corpus
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import Quantity, Sheet
from tests.examples import one_in
from tests.rulebook.small import SHEET, formula, rulebook, table
from tests.strategies import rulebooks, sheets
from tests.test_interpreters import shipped

FEW = settings(
    max_examples=one_in(20),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def numbered(drawn: list[Sheet]) -> list[Sheet]:
    return [sheet.model_copy(update={"id": f"s{number:03}"}) for number, sheet in enumerate(drawn)]


def expected(rulebook: Rulebook, corpus: Corpus) -> dict[str, pa.Table]:
    """The results by the reference, sheet by sheet."""
    derived = ((place, key, evaluate(rulebook, sheet)) for place, (key, sheet) in enumerate(corpus.sheets()))
    found = together([results_of(rulebook, derived, "reference", True)])
    assert found.steps is not None
    return {"verdicts": found.verdicts, "findings": found.findings, "steps": found.steps}


def written(paths: dict[str, Path]) -> dict[str, pa.Table]:
    return {
        kind: pq.read_table(path).drop(["rulebook_hash", "rulebook_hash_format", "corpus_hash"])
        for kind, path in paths.items()
    }


def assert_same(paths: dict[str, Path], rulebook: Rulebook, corpus: Corpus) -> None:
    wanted, found = expected(rulebook, corpus), written(paths)
    assert found["verdicts"].drop(["engine"]).to_pylist() == wanted["verdicts"].drop(["engine"]).to_pylist()
    assert found["findings"].to_pylist() == wanted["findings"].to_pylist()
    assert found["steps"].to_pylist() == wanted["steps"].to_pylist()


@FEW
@given(data=st.data())
def test_results_are_those_of_the_reference(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Through Parquet, Arrow and SQL and back, every column says what the reference says."""
    book = data.draw(rulebooks(), label="rulebook")
    drawn = numbered(data.draw(st.lists(sheets(book), min_size=1, max_size=6), label="sheets"))
    folder = tmp_path_factory.mktemp("run")
    with Corpus.from_sheets(drawn, folder / "corpus") as corpus:
        outcome = rate_corpus(corpus, book, folder / "verdicts.parquet", lambda: engine("duckdb"), with_steps=True)
        assert outcome.sheets == len(drawn)
        assert_same(outcome.paths, book, corpus)
        whole = written(outcome.paths)
        outcome = rate_corpus(corpus, book, folder / "short.parquet", lambda: engine("duckdb"))
        for kind, table in written(outcome.paths).items():
            assert table.equals(whole[kind]), f"{kind} without steps"


def test_sheets_whose_numbers_fit_no_column_are_rated_one_by_one(tmp_path: Path) -> None:
    """Figures of 60 digits, and products of 80, come out as the reference says, and the result says by whom."""
    book = rulebook(formula("actual * actual * actual", "x", "measure"), formula("sum(measures[x != unknown].x)", "y"))

    def with_actual(key: str, value: Decimal) -> Sheet:
        first = SHEET.objectives[0].indicators[0].measures[0].model_copy(update={"actual": Quantity(value=value)})
        indicator = SHEET.objectives[0].indicators[0].model_copy(update={"measures": (first,)})
        objective = SHEET.objectives[0].model_copy(update={"indicators": (indicator,)})
        return SHEET.model_copy(update={"id": key, "objectives": (objective,)})

    drawn = [
        with_actual("huge", Decimal(10) ** 59 + 1),
        with_actual("large", Decimal(10) ** 22 + 1),
        *(with_actual(f"small{number}", Decimal(number)) for number in range(30)),
    ]
    with Corpus.from_sheets(drawn, tmp_path / "corpus") as corpus:
        outcome = rate_corpus(corpus, book, tmp_path / "v.parquet", lambda: engine("duckdb"), with_steps=True)
        assert_same(outcome.paths, book, corpus)
        engines = dict(
            zip(*(pq.read_table(tmp_path / "v.parquet")[name].to_pylist() for name in ("sheet", "engine")), strict=True)
        )
    assert engines.pop("huge") == engines.pop("large") == "durable"
    assert set(engines.values()) == {"duckdb"}
    assert outcome.singly == 2


def test_findings_are_told_by_their_code() -> None:
    """Of a table with one output and of one with more, each finding has its code, its severity and the words of its row."""
    book = rulebook(
        table("| C | `actual` | **finding** | *理由* |\n| 1 | 0以上 | HAS | 実績がある |", "one", "measure"),
        table("| C | `actual` | **finding** | **severity** |\n| 1 | 0以上 | GRAVE | 重大 |", "two", "measure"),
    )
    derivation = evaluate(book, SHEET)
    rows = results_of(book, [(0, SHEET.id, derivation)], "reference", False).findings.to_pylist()
    told = {(row["decision"], row["code"], row["severity"], row["message"]) for row in rows}
    assert told == {("one", "HAS", "", "実績がある"), ("two", "GRAVE", "重大", "")}
    assert len(rows) == sum(len(step.rows) for step in derivation.steps.values())


@pytest.fixture(scope="module")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A corpus of 120 sheets in three parts."""
    from hyotei.readers import read_sheet

    seed = read_sheet(root / "cases" / "mic-24-15" / "sheet.yaml")
    folder = tmp_path_factory.mktemp("many") / "corpus"
    drawn = [
        seed.model_copy(update={"id": f"{year}-{number:03}", "fiscal_year": year})
        for year in (2011, 2012, 2013)
        for number in range(PART)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hyotei.corpus.part_writing.MOST_SHEETS", PART)
        Corpus.from_sheets(drawn, folder).close()
    return folder


PART = 40
"""Sheets in a part of that corpus."""


class _Stopped(Exception):
    """Stands for a run that is stopped."""


def test_stopped_run_goes_on_where_it_was(tmp_path: Path, corpus_folder: Path) -> None:
    """What was done before a stop is not done again, and the result is byte for byte that of a run without one."""

    def stop(done: int, count: int) -> None:
        if done < count:
            raise _Stopped

    with Corpus.open(corpus_folder) as corpus:
        assert len(corpus.parts) == 3

        def rated(name: str, progress: Progress = lambda _done, _all: None) -> Outcome:
            return rate_corpus(
                corpus, shipped(), tmp_path / name, lambda: engine("duckdb"), at_once=PART, progress=progress
            )

        whole = rated("whole.parquet")
        with pytest.raises(_Stopped):
            rated("stopped.parquet", stop)
        assert not (tmp_path / "stopped.parquet").exists()
        again = rated("stopped.parquet")
    assert (whole.resumed, again.resumed) == (0, PART)
    for kind in whole.paths:
        assert fingerprint(whole.paths[kind]) == fingerprint(again.paths[kind])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        path.name for paths in (whole.paths, again.paths) for path in paths.values()
    )


def test_results_of_another_rulebook_are_not_taken_over(tmp_path: Path, corpus_folder: Path) -> None:
    """Parts of a run with another rulebook or corpus are of no use and go."""
    work = tmp_path / ".v.parquet.parts"
    work.mkdir()
    (work / "run.json").write_text("{}", encoding="utf-8")
    (work / "part-000001.verdicts.parquet").write_bytes(b"not a table")
    (work / "part-000001.findings.parquet").write_bytes(b"not a table")
    with Corpus.open(corpus_folder) as corpus:
        outcome = rate_corpus(corpus, shipped(), tmp_path / "v.parquet", lambda: engine("duckdb"))
    assert outcome.resumed == 0
    assert pq.read_table(tmp_path / "v.parquet").num_rows == outcome.sheets


def test_every_row_names_rulebook_and_corpus(tmp_path: Path, corpus_folder: Path) -> None:
    """So a table can be told from one made with another edition."""
    with Corpus.open(corpus_folder) as corpus:
        outcome = rate_corpus(corpus, shipped(), tmp_path / "v.parquet", lambda: engine("duckdb"), with_steps=True)
        for path in outcome.paths.values():
            table = pq.read_table(path)
            assert set(table["rulebook_hash"].to_pylist()) == {shipped().hash}
            assert set(table["corpus_hash"].to_pylist()) == {corpus.hash}


@pytest.mark.slow
def test_killed_run_goes_on_where_it_was(tmp_path: Path, corpus_folder: Path) -> None:
    """Killed at any moment a run leaves no half result, and the next one completes it."""
    with Corpus.open(corpus_folder) as corpus:
        whole = rate_corpus(corpus, shipped(), tmp_path / "whole.parquet", lambda: engine("duckdb"), at_once=PART)
    out = tmp_path / "killed.parquet"
    command = [sys.executable, "-m", "hyotei.cli", "rate", str(corpus_folder), "--rulebook", "mic-2013", "-o", str(out)]
    command += ["--at-once", str(PART)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for wait in (0.5, 1.5, 2.5, 3.5, 4.5):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in paths_of(out, with_steps=False).values():
            if path.exists():
                pq.read_table(path)
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    for kind, path in paths_of(out, with_steps=False).items():
        assert fingerprint(path) == fingerprint(whole.paths[kind])
