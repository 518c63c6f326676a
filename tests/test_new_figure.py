"""A figure is added by one row of the table and one field of the models: then every way of working reads it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

HEAD = """---
rulebook: added
title: 加えた項目
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可}
facts:
  measure:
    points: {type: number, label: 点}
"""
TERMS = {
    "amount": ("sum(budget_years.lapsed)", "1円"),
    "measure": ("count(measures[forecast > target])", "1"),
    "part": ('count(measures[forecast.unit = "件"])', "1"),
    "new text": ('count(indicators[area = "都市"])', "1"),
    "known text": ('count(indicators[term = "短期"])', "1"),
    "declared fact": ("count(measures[points > 1])", "1"),
    "outline": ('if outline.issues = "多い" then 1 else 0', "1"),
}
"""Formulas over added figures, each with a value that it has for the sheet below."""
SHEET = """id: added-1
title: 加えた項目
authority: 総務省
fiscal_year: 平成24年度
indicators:
  - name: 件数
    term: 短期
    area: 都市
    measures:
      - {target: 10件, forecast: 12件, actual: 11件, facts: {points: 2}}
budget:
  - fiscal_year: 平成24年度
    initial: 100千円
    lapsed: 5千円
recorded: {rating: A}
outline: {issues: 多い}
"""
FIELDS = {
    "    request: Quantity = Field(": '    lapsed: Quantity = Field(MISSING, description="Not used (不用額).")\n',
    "    direction: Direction | None": '    forecast: Quantity = Field(MISSING, description="The figure expected (見込値).")\n',
    "    measures: tuple[Measure, ...] = Field(min": '    area: str | None = Field(None, description="Area (地域).")\n',
}
ROWS = {
    '    _amount("request", ': '    _amount("lapsed", "不用額", "lapsed"),\n',
    '    *_of_measure("final_target"': '    *_of_measure("forecast", "見込値", "forecast", yearly=False),\n',
    '    FigureRow(scope="indicator", path="main"': (
        '    FigureRow(scope="indicator", path="area", kind="text", names=("地域", "area"), unknown=_MISSING),\n'
        '    FigureRow(scope="indicator", path="term", kind="text", names=("区分", "term"), unknown=_MISSING),\n'
        '    _of_sheet("outline.issues", "text", "課題", "issues"),\n'
    ),
}


@pytest.fixture(scope="module")
def engine(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the engine with an amount, a quantity of measures and a text that it does not have, and two texts that it has."""
    copy = tmp_path_factory.mktemp("engine")
    shutil.copytree(root / "engine" / "hyotei", copy / "hyotei", ignore=shutil.ignore_patterns("__pycache__"))
    _insert(copy / "hyotei" / "sheet" / "models.py", FIELDS)
    _insert(copy / "hyotei" / "sheet" / "figures.py", ROWS)
    return copy


def _insert(file: Path, lines: dict[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for before, new in lines.items():
        assert text.count(before) == 1, before
        text = text.replace(before, new + before)
    file.write_text(text, encoding="utf-8")


def run(engine: Path, *arguments: object) -> str:
    found = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(engine)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert found.stdout, found.stderr
    return found.stdout


def hyotei(engine: Path, *arguments: object) -> str:
    return run(engine, "-m", "hyotei.cli", *arguments)


def rulebook(*terms: tuple[str, str], laws: bool = False) -> str:
    """A rulebook by which a sheet is rated A where each term is at least what stands beside it."""
    (_, one), names = terms[0], [f"x{number}" for number in range(len(terms))]
    lines = [
        HEAD,
        *([f"laws:\n  - if x0 >= {one} then rating = A\n  - if x0 >= {one} then rating = B\n"] if laws else []),
    ]
    lines += [
        "---\n",
        *(f"# 値 `{name}` — for the sheet\n\n    {term}\n\n" for name, (term, _) in zip(names, terms, strict=True)),
    ]
    rows = [[f"`{name}`" for name in names], ["---"] * len(names), ["unknown"] * len(names), [f"{of}以上" for _, of in terms],
            ["-"] * len(names)]  # fmt: skip
    ends = [("F", "**rating**"), ("---", "---"), ("1", "unknown"), ("2", "A"), ("3", "B")]
    table = "\n".join(
        f"| {first} | {' | '.join(row)} | {last} |" for row, (first, last) in zip(rows, ends, strict=True)
    )
    return "".join([*lines, "# 評価区分 `rating` — for the sheet\n\n", table, "\n"])


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_a_law_over_an_added_figure_is_proved_or_refuted(engine: Path, tmp_path: Path, term: tuple[str, str]) -> None:
    """The true law is proved, and the false one refuted by a sheet that states the figure: neither is left open."""
    file = tmp_path / "rulebook.md"
    file.write_text(rulebook(term, laws=True), encoding="utf-8")
    laws = json.loads(hyotei(engine, "prove", file, "--json"))["laws"]
    assert [law["status"] for law in laws] == ["proved", "refuted"]


def test_a_sheet_and_a_corpus_are_rated_and_audited_by_added_figures(engine: Path, tmp_path: Path) -> None:
    """Every way to the rating: the sheet by itself, the corpus built of it and rated in columns, and a report on the corpus."""
    book, sheet, corpus = tmp_path / "rulebook.md", tmp_path / "sheet.yaml", tmp_path / "corpus"
    book.write_text(rulebook(*TERMS.values()), encoding="utf-8")
    sheet.write_text(SHEET, encoding="utf-8")
    verdict = json.loads(hyotei(engine, "rate", sheet, "--rulebook", book, "--json"))
    assert verdict["rating"] == "A"
    hyotei(engine, "corpus", "build", sheet, "-o", corpus, "--json")
    assert json.loads(hyotei(engine, "corpus", "check", corpus, "--json"))["problems"] == []
    rated = hyotei(engine, "rate", corpus, "--rulebook", book, "-o", tmp_path / "rated.parquet", "--json")
    assert json.loads(rated)["singly"] == 0
    assert pq.read_table(tmp_path / "rated.parquet")["rating"].to_pylist() == ["A"]
    hyotei(engine, "audit", corpus, "--rulebook", book, "--checks", "none", "-o", tmp_path / "report", "--json")
    summary = json.loads((tmp_path / "report" / "summary.json").read_text("utf-8"))
    assert (summary["sheets"], summary["statuses"]) == (1, {"determined": 1})


def test_an_added_figure_is_read_and_written_under_its_name(engine: Path, tmp_path: Path) -> None:
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    code = (
        "import sys; from hyotei.readers.sheet_of_file import parse_sheet;"
        "from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml;"
        "sheet, problems = parse_sheet(open(sys.argv[1], encoding='utf-8').read()); assert not problems, problems;"
        "print(sheet_to_yaml(sheet))"
    )
    written = run(engine, "-c", code, tmp_path / "sheet.yaml")
    for line in ("lapsed: 5千円", "# 不用額", "forecast: 12件", "# 見込値", "area: 都市", "# 地域"):
        assert line in written
