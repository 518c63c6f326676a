"""A thousand decisions in a row, each reading the one before, are checked, rated, proved and asked about like any others."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from hyotei.columnar.decision_reads import longest_chain
from hyotei.columnar.engines import engine
from hyotei.columnar.program import MOST_CHAIN
from hyotei.columnar.rate_corpus import rate_corpus
from hyotei.corpus.build import build
from hyotei.corpus.corpus import Corpus
from hyotei.inference.engine import derive
from hyotei.proof.certainty.certain import certain
from hyotei.proof.certainty.reach import reach
from hyotei.proof.prove import prove
from hyotei.readers.sheet_of_file import read_sheet
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.reference import evaluate
from tests.cli.command import inside
from tests.conftest import ROOT

HEAD = """---
rulebook: long
title: 長い連なり
authority: 総務省
standing: draft
fiscal_years: 2000..2030
scales:
  rating: {A: 良, B: 可}
  step: {yes: 続く, no: 切れる}
laws:
  - every decision answers
  - if rating = A then count(measures) >= 1
---
"""
LONG = 1000
SHEET = ROOT / "cases" / "mic-24-15" / "sheet.yaml"


def formulas(scope: str, first: str, length: int = LONG) -> str:
    """A row of formulas, the last of which is read by the rating."""
    last = f"c{length - 1}" if scope == "for the sheet" else f"sum(measures[c{length - 1} != unknown].c{length - 1})"
    rows = [f"# 鎖 `c0` — {scope}\n\n    {first}\n\n"]
    rows += [f"# 鎖 `c{at}` — {scope}\n\n    c{at - 1} + 1\n\n" for at in range(1, length)]
    return HEAD + "".join(rows) + table("評価", "rating", last, "rating", (f"{length}以上", "A"), "B")


def table(title: str, name: str, column: str, output: str, first: tuple[str, str], other: str) -> str:
    """A decision with two rows."""
    rows = f"| 1 | {first[0]} | {first[1]} |\n| 2 | - | {other} |\n"
    return f"# {title} `{name}` — for the sheet\n\n| F | `{column}` | **{output}** |\n|---|---|---|\n{rows}\n"


def tables() -> str:
    """A row of tables."""
    rows = [table("表", f"t{at}", f"t{at - 1}", "step", ("yes", "yes"), "no") for at in range(1, 300)]
    first = table("表", "t0", "count(measures)", "step", ("1以上", "yes"), "no")
    return HEAD + first + "".join(rows) + table("評価", "rating", "t299", "rating", ("yes", "A"), "B")


TEXTS = {
    "sheet": formulas("for the sheet", "count(measures)"),
    "measures": formulas("for each measure", "if actual = unknown then 0 else 1"),
    "tables": tables(),
}


@pytest.mark.parametrize(
    "kind",
    ["tables", pytest.param("sheet", marks=pytest.mark.slow), pytest.param("measures", marks=pytest.mark.slow)],
)
def test_a_long_chain_works(kind: str, tmp_path: Path) -> None:
    """Both interpreters agree; the verdict, its derivation, proofs and questions come out."""
    file = tmp_path / "rulebook.md"
    file.write_text(TEXTS[kind], encoding="utf-8")
    book = parse_rulebook(TEXTS[kind])
    sheet = read_sheet(SHEET)
    assert evaluate(book, sheet).steps == derive(book, sheet).steps
    for more in (("--why",), ("--json",)):
        done = inside("rate", SHEET, "--rulebook", file, *more)
        assert done.code == 0, done.err
    assert inside("rulebook", "check", file).code == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sheet", "measures"])
def test_a_long_chain_is_proved(kind: str) -> None:
    """Through the whole chain."""
    book = parse_rulebook(TEXTS[kind])
    report = prove(book, timeout=600)
    assert [law.status for law in report.laws] == ["proved", "proved"], report.laws
    found = certain(read_sheet(SHEET), book, timeout=600, margins=False)
    assert found.status == "certain"
    assert reach(read_sheet(SHEET), "B" if found.rating == "A" else "A", book, timeout=600).status in ("found", "never")


def test_many_sheets_under_a_long_chain_are_rated_one_by_one(tmp_path: Path) -> None:
    """Over the limit the engine for tables is left out; what needs it refuses with one message."""
    text = formulas("for the sheet", "count(measures)", MOST_CHAIN)
    book = parse_rulebook(text)
    assert longest_chain(book) == MOST_CHAIN + 1
    build([SHEET], tmp_path / "corpus")
    with Corpus.open(tmp_path / "corpus") as corpus:
        assert rate_corpus(corpus, book, tmp_path / "rated", lambda: engine("duckdb")).singly == 1
    (tmp_path / "rulebook.md").write_text(text, encoding="utf-8")
    inside("rulebook", "sql", tmp_path / "rulebook.md").failed_with("HY979")


def test_a_chain_under_the_limit_is_decided_in_tables(tmp_path: Path) -> None:
    """Longer than one statement can nest, with the result of the single sheet."""
    book = parse_rulebook(formulas("for the sheet", "count(measures)", 30).replace("    c28 + 1", "    c28 * 1"))
    build([SHEET], tmp_path / "corpus")
    with Corpus.open(tmp_path / "corpus") as corpus:
        outcome = rate_corpus(corpus, book, tmp_path / "rated.parquet", lambda: engine("duckdb"))
    assert outcome.singly == 0
    (row,) = pq.read_table(outcome.paths["verdicts"]).to_pylist()
    assert row["rating"] == evaluate(book, read_sheet(SHEET)).value("rating")
