"""`hyotei rulebook` and `hyotei sheet`."""

import json
import shutil
from pathlib import Path

from jsonschema import Draft202012Validator

from tests.cli.command import SEED, inside
from tests.conftest import ROOT

RULES = ROOT / "rules"


def test_rulebook_list_show_hash() -> None:
    """The shipped rulebook is listed, shown with its decisions in order, and has one hash in all of them."""
    listed = inside("rulebook", "list")
    assert "mic-2013" in listed.out
    shown = json.loads(inside("rulebook", "show", "mic-2013", "--json").out)
    assert next(decision["name"] for decision in shown["decisions"]) == "attainment"
    assert "評価区分" in inside("rulebook", "show", "mic-2013").out
    hashed = inside("rulebook", "hash", "mic-2013", RULES / "mic-2013")
    assert hashed.out.splitlines() == [f"{shown['hash']}  mic-2013"] * 2
    assert json.loads(inside("rulebook", "list", "--json").out)["rulebooks"][0]["id"] == "mic-2013"


def test_rulebook_hash_tells_what_it_can() -> None:
    """One wrong name does not hide the others."""
    done = inside("rulebook", "hash", "nothing", "mic-2013", "--json")
    done.failed_with("HY360")
    assert [book["id"] for book in json.loads(done.out)["rulebooks"]] == ["mic-2013"]


def test_rulebook_check(tmp_path: Path) -> None:
    """A right rulebook exits 0; a wrong one exits 2 with each problem on its line, and in JSON."""
    assert inside("rulebook", "check", "mic-2013").code == 0
    text = (RULES / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
    wrong = tmp_path / "rulebook.md"
    wrong.write_text(text.replace("70%以上", "７０割以上！").replace("`execution`", "`excution`"), encoding="utf-8")
    done = inside("rulebook", "check", wrong, "--json")
    assert done.code == 2
    (found,) = json.loads(done.out)["rulebooks"]
    assert not found["ok"]
    assert len(found["problems"]) == len(done.err.splitlines())
    assert {problem["line"] for problem in found["problems"]} >= {
        number for number, line in enumerate(wrong.read_text(encoding="utf-8").splitlines(), 1) if "７０割" in line
    }


def test_rulebook_test(tmp_path: Path) -> None:
    """The shipped cases hold; a case that fails exits 1, a case that cannot be read exits 2."""
    assert inside("rulebook", "test", "mic-2013").code == 0
    cases = tmp_path / "cases.yaml"
    cases.write_text("cases:\n  - name: x\n    given: {rating: A}\n    expect: {budget: Ⅳ}\n", encoding="utf-8")
    done = inside("rulebook", "test", "mic-2013", "--cases", cases)
    assert done.code == 1
    assert "HY374" in done.err
    cases.write_text("cases:\n  - name: x\n    expect: {bugdet: Ⅳ}\n", encoding="utf-8")
    done = inside("rulebook", "test", "mic-2013", "--cases", cases, "--json")
    done.failed_with("HY372")
    assert json.loads(done.out)["problems"][0]["line"] == 3


def test_a_rulebook_without_cases_says_how_to_begin(tmp_path: Path) -> None:
    """That none are needed, and what makes the first ones."""
    folder = tmp_path / "mine"
    folder.mkdir()
    shutil.copy(ROOT / "rules" / "mic-2013" / "rulebook.md", folder)
    inside("rulebook", "test", folder).failed_with("HY387")
    (folder / "cases.yaml").write_text("cases: []\n", encoding="utf-8")
    inside("rulebook", "test", folder).failed_with("HY387")
    inside("rulebook", "test", "mic-2013", "--cases", folder / "cases.yaml").failed_with("HY387")
    inside("rulebook", "test", "mic-2013", "--cases", folder / "none.yaml").failed_with("HY101")
    (folder / "cases.yaml").unlink()
    assert inside("rulebook", "test", folder, "--generate", tmp_path / "cases.yaml").code == 0


def test_rulebook_format(tmp_path: Path) -> None:
    """--check exits 1 where something would change and changes nothing; without it the file is aligned, once."""
    file = tmp_path / "rulebook.md"
    shutil.copy(RULES / "mic-2013" / "rulebook.md", file)
    aligned = file.read_bytes()
    file.write_text(aligned.decode().replace("70%以上 ", "70%以上", 1), encoding="utf-8")
    before = file.read_bytes()
    assert inside("rulebook", "format", file, "--check").code == 1
    assert file.read_bytes() == before
    assert inside("rulebook", "format", tmp_path, "--json").json["changed"] == [str(tmp_path)]
    assert inside("rulebook", "format", file, "--check").code == 0
    inside("rulebook", "format", tmp_path / "none.md").failed_with("HY101")


def test_rulebook_format_keeps_the_byte_order_mark(tmp_path: Path) -> None:
    """A document saved by an editor that writes a mark keeps it; only the tables change."""
    file = tmp_path / "rulebook.md"
    file.write_text("\ufeff| a|b |\n|--|-|\n| 1|2|\n", encoding="utf-8")
    assert inside("rulebook", "format", file).code == 0
    assert file.read_text(encoding="utf-8").startswith("\ufeff| a")


def test_sheet_check_and_schema() -> None:
    """A sheet that can be read exits 0; the schema is a JSON Schema."""
    done = inside("sheet", "check", SEED)
    assert done.code == 0
    assert "測定値 5件、予算年度 4件" in done.out
    assert "measures: 5" in inside("sheet", "check", SEED, "--lang", "en").out
    Draft202012Validator.check_schema(inside("sheet", "schema").json)
    Draft202012Validator.check_schema(inside("verdict", "schema").json)
