"""A figure added by the steps that docs/architecture.md tells is proved and refuted with, without a word more anywhere."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RULEBOOK = """---
rulebook: added
title: 加えた項目
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {{A: 良, B: 可}}
laws:
  - if x >= {one} then rating = A
  - if x >= {one} then rating = B
---
# 値 `x` — for the sheet

    {term}

# 評価区分 `rating` — for the sheet

| F | `x` | **rating** |
|---|---|---|
| 1 | unknown | unknown |
| 2 | {one}以上 | A |
| 3 | - | B |
"""


@pytest.fixture(scope="module")
def engine(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the engine with an amount, a text and a text of the outline that rules may read: models, then vocabulary."""
    copy = tmp_path_factory.mktemp("engine")
    shutil.copytree(root / "engine" / "hyotei", copy / "hyotei", ignore=shutil.ignore_patterns("__pycache__"))
    _edit(
        copy / "hyotei" / "sheet" / "models.py",
        "    request: Quantity = Field(",
        '    lapsed: Quantity = Field(MISSING, description="Not used (不用額).")\n    request: Quantity = Field(',
    )
    vocabulary = copy / "hyotei" / "rulebook" / "vocabulary.py"
    _edit(vocabulary, '    ("request", ', '    ("lapsed", "不用額", "lapsed"),\n    ("request", ')
    _edit(
        vocabulary,
        '    _figure("indicator", "main"',
        '    _figure("indicator", "term", TEXT, "区分", "term", MISSING),\n'
        '    _figure("sheet", "outline.issues", TEXT, "課題", "issues", MISSING),\n'
        '    _figure("indicator", "main"',
    )
    return copy


def _edit(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize(
    ("term", "one"),
    [
        ("sum(budget_years.lapsed)", "1円"),
        ('count(indicators[term = "短期"])', "1"),
        ('if outline.issues = "多い" then 1 else 0', "1"),
    ],
)
def test_a_law_over_an_added_figure_is_proved_or_refuted(engine: Path, tmp_path: Path, term: str, one: str) -> None:
    """The true law is proved, and the false one refuted by a sheet that states the figure: neither is left open."""
    file = tmp_path / "rulebook.md"
    file.write_text(RULEBOOK.format(term=term, one=one), encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "-m", "hyotei.cli", "prove", str(file), "--json"],
        env={**os.environ, "PYTHONPATH": str(engine)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert found.stdout, found.stderr
    assert [law["status"] for law in json.loads(found.stdout)["laws"]] == ["proved", "refuted"]
