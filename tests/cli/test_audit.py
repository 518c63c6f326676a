"""`hyotei audit` as its users run it."""

import json
import re
from pathlib import Path

from hyotei.base.shipped_files import cases_folder
from tests.cli.command import SEED, hyotei, inside


def test_one_sheet_is_shown_in_full() -> None:
    """Recorded beside derived, findings with figures, rule and question."""
    done = hyotei("audit", SEED.parent)
    assert done.code == 0
    assert "評価区分    記載 A、導いた結果 A：一致" in done.out
    assert "[要確認] missed_but_claimed" in done.out
    assert "尋ねること  " in done.out
    assert re.search(r"規則 +mic-2013/check_claim/1", done.out)
    assert "agrees" in inside("audit", SEED, "--lang", "en").out


def test_one_sheet_becomes_a_document(tmp_path: Path) -> None:
    """In the format of the file's name; of several sheets, or without a file, it is refused."""
    for end in (".html", ".docx", ".xlsx", ".md"):
        file = tmp_path / f"audit{end}"
        assert inside("audit", SEED, "--one-sheet", "-o", file).code == 0
        assert file.stat().st_size
    assert "missed_but_claimed" in (tmp_path / "audit.html").read_text(encoding="utf-8")
    assert inside("audit", SEED, "--one-sheet").code == 2
    inside("audit", SEED, "--one-sheet", "-o", tmp_path / "audit.pdf").failed_with("HY109")
    inside("audit", "none.yaml", "--one-sheet", "-o", tmp_path / "no-folder" / "audit.html").failed_with("HY886")
    (tmp_path / "other.yaml").write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    assert inside("audit", SEED, tmp_path / "other.yaml", "--one-sheet", "-o", tmp_path / "both.html").code == 2
    assert not (tmp_path / "both.html").exists()


def test_json_is_one_document() -> None:
    """Each sheet with its comparisons and findings, as data."""
    done = hyotei("audit", SEED, "--json", "--checks", "none")
    (sheet,) = json.loads(done.out)["sheets"]
    assert [each["agreement"] for each in sheet["comparisons"]] == ["agrees", "agrees"]
    assert {each["rule"]["rulebook"] for each in sheet["findings"]} == {"mic-2013"}


def test_many_sheets_are_shown_in_numbers(tmp_path: Path) -> None:
    """Counts by kind, and the matrix of recorded and derived."""
    text = SEED.read_text(encoding="utf-8")
    for number in range(5):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    done = inside("audit", tmp_path)
    assert done.code == 0
    assert "評価書 5件" in done.out
    assert "記載＼導出" in done.out
    assert "missed_but_claimed" in done.out


def test_what_cannot_be_read_is_told_and_the_rest_audited(tmp_path: Path) -> None:
    """A broken file costs its own sheet and the exit code."""
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    done = inside("audit", SEED, tmp_path / "broken.yaml")
    assert done.code == 2
    # The sheet that can be read is told as it is by itself, and the message is one, of the file that cannot.
    assert done.out == inside("audit", SEED).out
    assert done.told == ["HY110", "HY213"]
    message, _, count = done.err.splitlines()
    assert "broken.yaml:2:1: " in message
    assert "HY110 " in message
    assert count == "読めなかったもの 1件"


def test_a_rulebook_that_is_not_there_is_told() -> None:
    """One message, no traceback."""
    hyotei("audit", SEED, "--checks", "nowhere").failed_with("HY360")


def test_the_case_that_is_shipped_is_found() -> None:
    """The folder of the README holds the sheet that the tests use, and it is audited as that one is."""
    shipped = cases_folder() / "mic-24-15" / "sheet.yaml"
    assert shipped.read_bytes() == SEED.read_bytes()
    assert inside("audit", shipped).out == inside("audit", SEED).out


def test_a_selection_that_holds_nothing_leaves_the_report_that_is_there(tmp_path: Path) -> None:
    """Whatever of it matches nothing: an earlier report stays as it was, byte by byte, and none is made where there was none."""
    out = tmp_path / "report"
    assert inside("audit", SEED, "-o", out).code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for wish in (
        ("--authority", "例示省"),
        ("--fiscal-year", "2030"),
        ("--authority", "総務省", "--fiscal-year", "1999"),
    ):
        for place in (out, tmp_path / "new"):
            done = inside("audit", SEED, "-o", place, *wish)
            assert (done.code, done.told) == (2, ["HY213", "HY980"])  # HY213 is of the sheet itself
    done = inside("audit", tmp_path / "nowhere.yaml", "-o", out)  # nothing that can be read is nothing as well
    assert done.code == 2
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_corpus_without_a_selected_sheet_is_told_before_it_is_audited(tmp_path: Path) -> None:
    """Its tables name authorities and years, so nothing is rated, and no folder is made."""
    corpus = tmp_path / "corpus"
    assert inside("corpus", "build", "-o", corpus, SEED).code == 0
    for wish in (("--fiscal-year", "2030"), ("--authority", "例示省")):
        for more in ((), ("-o", tmp_path / "new")):
            done = inside("audit", corpus, *wish, *more)
            assert (done.code, done.told) == (2, ["HY980"])
    assert inside("audit", corpus, "--fiscal-year", "2012").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_a_kind_of_findings_that_there_is_not(tmp_path: Path) -> None:
    """None found would seem to be a good answer, so a kind that cannot be made is told, with those that can."""
    told = hyotei("audit", SEED, "--code", "over-achieved")
    told.failed_with("HY213", "HY980")
    assert "over_achieved" in told.err
    assert told.out == ""
    report = tmp_path / "report"
    hyotei("audit", SEED, "--code", "over-achieved", "-o", report).failed_with("HY213", "HY980")
    assert not report.exists()
    as_json = hyotei("audit", SEED, "--code", "over-achieved", "--json")
    assert (as_json.code, as_json.json["schema"]) == (2, "hyotei.audit/1")
    for code in ("over_achieved", "SQ-D12", "MY", "RS-F20"):
        assert hyotei("audit", SEED, "--code", code).code == 0


def test_a_history_tells_once_what_it_read() -> None:
    """The sheets are read twice, so that only those of the programme are held."""
    assert hyotei("history", "mic-24-15", SEED).told == ["HY213"]
