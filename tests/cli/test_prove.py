"""`hyotei prove` and `hyotei certificate`: what they say, their exit codes, and what they refuse."""

import json
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest
from jsonschema import Draft202012Validator

from tests.cli.command import inside
from tests.conftest import ROOT

BOOK = """---
rulebook: small
title: 小さな基準
authority: 省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可}
laws:
  - every decision answers
  - every rating is reachable
---
# 評価 `rating` — for the sheet

| U | `count(measures[actual >= target])` | **rating** |
|:-:|---|---|
| 1 | >= 2 | A |
| 2 | 0 | B |
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a rulebook that has a gap: one measure that met its target."""
    (tmp_path / "rulebook.md").write_text(BOOK, encoding="utf-8")
    return tmp_path


def sound(folder: Path) -> Path:
    """The same without the gap."""
    (folder / "rulebook.md").write_text(BOOK.replace("| 2 | 0 |", "| 2 | < 2 |"), encoding="utf-8")
    return folder


def test_prove_says_that_all_is_proved(folder: Path) -> None:
    """All proved: exit code 0."""
    done = inside("prove", sound(folder), "--lang", "en")
    assert done.code == 0
    assert "Everything is proved." in done.out
    assert "every rating is reachable" in done.out


def test_prove_shows_a_gap_as_a_sheet(folder: Path) -> None:
    """Something refuted: exit code 1, with the region in the language of cells and a sheet to read."""
    done = inside("prove", folder)
    assert done.code == 1
    assert "反例あり" in done.out
    assert "測定値1  目標値" in done.out
    assert "測定値[実績値 ≧ 目標値]の数 = 1" in done.out
    assert "every decision answers" in done.out
    english = inside("prove", folder, "--lang", "en").out
    assert "measures[1]  target" in english
    assert "count(measures[actual >= target]) = 1" in english


def test_json_follows_its_schema(folder: Path) -> None:
    """`--json` gives one document of the published schema, and only that."""
    schema = json.loads(inside("certificate", "schema", "--proof").out)
    done = inside("prove", folder, "--json")
    assert done.code == 1
    Draft202012Validator(schema).validate(done.json)
    assert done.json["status"] == "refuted"
    Draft202012Validator.check_schema(json.loads(inside("certificate", "schema").out))


def test_a_chosen_law(folder: Path) -> None:
    """`--law` proves only what is asked; what is no law is refused with its forms."""
    done = inside("prove", folder, "--law", "every rating is reachable", "--json")
    assert done.code == 0
    laws = done.json["laws"]
    assert isinstance(laws, list)
    assert [law["text"] for law in laws] == ["every rating is reachable"]
    assert done.json["checks"] == []
    inside("prove", folder, "--law", "all is well").failed_with("HY550")
    inside("prove", folder, "--law", "every nothing is reachable").failed_with("HY501")


def test_a_certificate_is_proved_again(folder: Path) -> None:
    """It verifies; a changed one, one of another rulebook and what is none are refused."""
    file = sound(folder) / "certificate.json"
    assert inside("prove", folder, "--certificate", file).code == 0
    schema = json.loads(inside("certificate", "schema").out)
    data = json.loads(file.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)
    assert inside("certificate", "verify", file, folder).code == 0
    assert (
        inside("certificate", "verify", file, folder, "--json", "-o", folder / "verified.md").json["verified"] is True
    )
    assert "every decision answers" in (folder / "verified.md").read_text(encoding="utf-8")

    changed = {**data, "laws": [{**law, "status": "refuted"} for law in data["laws"]]}
    (folder / "changed.json").write_text(json.dumps(changed), encoding="utf-8")
    inside("certificate", "verify", folder / "changed.json", folder).failed_with("HY904")
    (folder / "none.json").write_text("{}", encoding="utf-8")
    inside("certificate", "verify", folder / "none.json", folder).failed_with("HY903")
    inside("certificate", "verify", file, "mic-2013").failed_with("HY905")
    inside("certificate", "verify", folder / "absent.json", folder).failed_with("HY101")


def test_a_certificate_of_a_refuted_rulebook_verifies_too(folder: Path) -> None:
    """It certifies what came out, good or bad."""
    file = folder / "certificate.json"
    assert inside("prove", folder, "--certificate", file).code == 1
    assert json.loads(file.read_text(encoding="utf-8"))["status"] == "refuted"
    assert inside("certificate", "verify", file, folder).code == 0


def test_kept_counterexamples_are_cases(folder: Path) -> None:
    """`--keep` appends a case that holds until the rule is mended, leaves the rest alone, and appends nothing twice."""
    before = "# 事例\ncases:\n  - name: 二つ\n    given: {rating: A}   # 残る\n    expect: {rating: A}\n"
    (folder / "cases.yaml").write_text(before, encoding="utf-8")
    done = inside("prove", folder, "--keep")
    assert "HY906" in done.err
    text = (folder / "cases.yaml").read_text(encoding="utf-8")
    assert text.startswith(before)
    assert inside("rulebook", "test", folder).code == 0
    inside("prove", folder, "--keep")
    assert (folder / "cases.yaml").read_text(encoding="utf-8") == text
    assert inside("rulebook", "test", sound(folder)).code == 1


def test_a_law_of_comparison_is_kept_as_two_cases(tmp_path: Path) -> None:
    """One for the sheet, one for what is changed on it; both hold on the real engine."""
    shutil.copytree(ROOT / "rules" / "mic-2013", tmp_path / "book")
    (tmp_path / "book" / "cases.yaml").write_text("cases:\n", encoding="utf-8")
    done = inside("prove", tmp_path / "book", "--law", "unknown never beats known", "--keep")
    assert done.code == 1
    text = (tmp_path / "book" / "cases.yaml").read_text(encoding="utf-8")
    assert text.count("反例：") == 2
    assert inside("rulebook", "test", tmp_path / "book").code == 0


def test_a_missing_extra_is_told(folder: Path) -> None:
    """Without z3 the command says what to install."""
    with patch("hyotei.base.extras.find_spec", return_value=None):
        inside("prove", folder).failed_with("HY902")
        inside("certificate", "verify", folder / "x.json").failed_with("HY902")
