"""Rulebooks as workbooks on the command line: out, edited, checked, tested, and back."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hyotei.base.shipped_files import rules_folder
from tests.cli.command import SEED, inside
from tests.rulebook_workbook.book import CASES, TEXT, Edit, edited, put


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The folder of a rulebook of one's own."""
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "rulebook.md").write_text(TEXT, "utf-8")
    (folder / "cases.yaml").write_text(CASES, "utf-8")
    return folder


def workbook(town: Path, edit: Edit | None = None) -> Path:
    """Its workbook, exported and edited."""
    file = town.parent / "town.xlsx"
    assert inside("rulebook", "export", town, "-o", file).code == 0
    if edit is not None:
        file.write_bytes(edited(edit, file.read_bytes()))
    return file


def test_back_to_where_it_came_from(town: Path) -> None:
    file = workbook(town, put("評価区分", "40%以上", "35%以上"))
    done = inside("rulebook", "import", file, "--onto", town)
    assert done.code == 0, done.err
    assert "評価区分!B14: 40%以上 → 35%以上" in done.out
    assert (town / "rulebook.md").read_text("utf-8") == TEXT.replace("40%以上", "35%以上")
    assert (town / "cases.yaml").read_text("utf-8") == CASES


def test_into_another_folder_and_as_data(town: Path) -> None:
    file = workbook(town)
    done = inside("rulebook", "import", file, "-o", town.parent / "new", "--json")
    assert done.json["changes"] == []
    assert (town.parent / "new" / "rulebook.md").read_text("utf-8") == TEXT


def test_a_document_that_has_changed_meanwhile_is_not_replaced(town: Path) -> None:
    file = workbook(town, put("評価区分", "40%以上", "35%以上"))
    meanwhile = TEXT.replace("80%", "90%")
    (town / "rulebook.md").write_text(meanwhile, "utf-8")
    inside("rulebook", "import", file, "--onto", town).failed_with("HY483")
    assert (town / "rulebook.md").read_text("utf-8") == meanwhile


def test_another_rulebook_is_replaced_only_where_it_is_named(town: Path) -> None:
    def lost(book: Any) -> None:
        del book["_hyotei"]

    file = workbook(town, lost)
    inside("rulebook", "import", file, "-o", town).failed_with("HY488")
    done = inside("rulebook", "import", file, "--onto", town)
    assert done.code == 0, done.err
    # Its layout is kept by the document that it goes back to.
    assert (town / "rulebook.md").read_text("utf-8") == TEXT


def test_nothing_is_written_of_a_workbook_with_errors(town: Path) -> None:
    file = workbook(town, put("評価区分", "40%以上", "よんわり"))
    done = inside("rulebook", "import", file, "-o", town.parent / "new")
    done.failed_with("HY501")
    assert "評価区分!B14" in done.err
    assert not (town.parent / "new").exists()


def test_a_rulebook_with_errors_is_not_exported(town: Path) -> None:
    (town / "rulebook.md").write_text(TEXT.replace("40%以上", "よんわり"), "utf-8")
    inside("rulebook", "export", town, "-o", town.parent / "x.xlsx").failed_with("HY485", "HY501")


def test_commands_take_a_workbook(town: Path, tmp_path: Path) -> None:
    file = workbook(town)
    assert inside("rulebook", "hash", file).out == inside("rulebook", "hash", town).out
    assert inside("rulebook", "check", file).code == 0
    assert inside("rulebook", "show", file).out == inside("rulebook", "show", town).out
    done = inside("rulebook", "test", file)
    assert done.code == 0, done.err
    assert "2件中 2件" in done.out
    mic = tmp_path / "mic.xlsx"
    assert inside("rulebook", "export", rules_folder() / "mic-2013", "-o", mic).code == 0
    assert inside("rate", SEED, "--rulebook", mic, "--json").json == inside("rate", SEED, "--json").json


def test_the_cell_of_a_problem_is_in_the_data(town: Path) -> None:
    done = inside("rulebook", "check", workbook(town, put("評価区分", "40%以上", "よんわり")), "--json")
    (problem,) = done.json["rulebooks"][0]["problems"]
    assert (problem["code"], problem["cell"]) == ("HY501", "評価区分!B14")


def test_a_case_that_fails_is_told_at_its_cell(town: Path) -> None:
    done = inside("rulebook", "test", workbook(town, put("事例", "A", "B")))
    assert done.code == 1
    assert "事例!D5: HY374" in done.err


def test_annotated(town: Path) -> None:
    """Problems as comments and a list; a gap of the table where nothing is wrong; both gone when they are mended."""
    out = town.parent / "out.xlsx"

    def annotated(edit: Edit) -> Any:
        done = inside("rulebook", "check", workbook(town, edit), "--annotate", out)
        assert done.code in (0, 2), done.err
        return openpyxl.load_workbook(out)

    book = annotated(put("評価区分", "40%以上", "よんわり"))
    cell = book["評価区分"]["B14"]
    assert "HY501" in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("FFC7C4")
    assert [row[0].value for row in book["確認の結果"].iter_rows(min_row=5)] == ["評価区分!B14"]

    cell.value = "40%以上"
    book.save(out)
    assert inside("rulebook", "check", out, "--annotate", out).code == 0
    book = openpyxl.load_workbook(out)
    assert book["評価区分"]["B14"].comment is None
    assert not book["評価区分"]["B14"].fill.fgColor.rgb.endswith("FFC7C4")
    assert inside("rulebook", "import", out, "--onto", town).code == 0
    assert (town / "rulebook.md").read_text("utf-8") == TEXT

    book = annotated(put("評価区分", "-", "10%以上"))
    (gap, law) = (row[3].value for row in book["確認の結果"].iter_rows(min_row=5))
    assert "割合" in gap
    assert "どの判断も必ず答えを出す" in law
    assert book["評価区分"]["A11"].comment.text

    inside("rulebook", "check", town, "--annotate", out).failed_with("HY489")


def test_a_new_rulebook_is_a_workbook_where_one_is_named(tmp_path: Path) -> None:
    """Blank where nothing is said of it; complete with grades and lines; a copy of another workbook."""
    blank, made, copy = (tmp_path / f"{name}.xlsx" for name in ("blank", "made", "copy"))
    assert inside("rulebook", "new", "-o", blank).code == 0
    inside("rulebook", "check", blank).failed_with(*["HY462"] * 6)
    assert inside("rulebook", "new", "--grades", "A,B,C", "--thresholds", "100,80", "-o", made).code == 0
    assert inside("rulebook", "test", made).code == 0
    assert inside("rulebook", "new", "--from", made, "-o", copy).code == 0
    done = inside("rulebook", "import", copy, "-o", tmp_path / "copy")
    assert done.code == 0, done.err
    assert "derived_from: {rulebook: made" in (tmp_path / "copy" / "rulebook.md").read_text("utf-8")
    inside("rulebook", "new", "-o", blank).failed_with("HY368")


def test_counterexamples_are_kept_as_rows(town: Path) -> None:
    file = workbook(town, put("評価区分", "-", "10%以上"))
    inside("prove", file, "--keep")
    done = inside("rulebook", "test", file)
    # The one that is kept holds now; one of the old ones fails under the edited rule.
    assert "3件中 2件" in done.out, done.err
