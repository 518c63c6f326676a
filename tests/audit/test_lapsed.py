"""Sheets of a year that comes after the last of a rulebook: told, and on request judged by its rules as a draft."""

from pathlib import Path

import pytest

import hyotei
from hyotei.audit.audit import Auditor
from hyotei.audit.lapses import lapses
from hyotei.rulebook.lapsed import carried_over, lapsed_checks, lapsed_rulebook
from hyotei.rulebook.library import library, load_rulebook
from tests.audit.left_out import COLUMNS, Tables, write_tables
from tests.cli.command import inside


def of_year(published: int) -> Tables:
    """The tables of one programme of a review, with a budget of which nothing was spent, and an opinion that changes nothing."""
    common = ("レビューシート", str(published), "1", "事業", "1", "総務省", "消防庁")
    amounts = ("1000", "0", "0", "0", "1000", "0", "0", "1000")
    rows = {
        "1-2": [(*common, "目的", "前年度事業", "2001", "TRUE")],
        "2-1": [(*common, str(published - 1), *amounts)],
        "3-1": [],
        "3-2": [],
        "4-1": [(*common, "よい", "なし", "現状通り", "現状通り", "", "", "")],
    }
    # A table without a row is told as empty.
    return {table: (COLUMNS[table], found) for table, found in rows.items() if found}


@pytest.mark.parametrize(
    ("year", "checks", "rating"),
    [(2022, [], "mic-2013"), (2023, [], "mic-2013"), (2024, ["rs-review-2024"], "mic-2013")],
)
def test_what_ended_before_a_year(year: int, checks: list[str], rating: str) -> None:
    """A rulebook that begins later, or has no end, has not lapsed; sheet-quality never does."""
    assert [book.id for book in lapsed_checks(year)] == checks
    found = lapsed_rulebook("総務省", year, library())
    assert found is not None
    assert found.id == rating
    assert lapsed_rulebook("総務省", 2012, library()) is None
    assert lapsed_rulebook("農林水産省", year, library()) is None


def test_a_rulebook_that_is_carried_over_is_a_draft_of_its_own() -> None:
    """It says so, is in force later, and is not taken for the published one."""
    book = load_rulebook("rs-review-2024")
    carried = carried_over(book)
    assert (carried.standing, carried.in_force(2030), carried.id) == ("draft", True, book.id)
    assert carried.hash != book.hash
    assert carried.decisions == book.decisions


def test_the_next_year_is_told_and_carried_over(tmp_path: Path) -> None:
    """The findings of the review are gone without a word no more; as a draft they are those of the year before."""
    sheets = [each.sheet for each in hyotei.read_sheets(write_tables(tmp_path / "next", of_year(2025))) if each.sheet]
    before = [each.sheet for each in hyotei.read_sheets(write_tables(tmp_path / "now", of_year(2024))) if each.sheet]
    (now,) = hyotei.audit(before)
    (silent,) = hyotei.audit(sheets)
    (carried,) = hyotei.audit(sheets, carry_over=True)
    reviewed = {each.code for each in now.findings if each.code.startswith("RS-")}
    assert "RS-F09" in reviewed
    assert not {each.code for each in silent.findings} & reviewed
    assert {each.code for each in carried.findings if each.code.startswith("RS-")} == reviewed
    for carry_over, code in ((False, "HY364"), (True, "HY365")):
        told = lapses({("総務省", 2024): 3, ("総務省", 2023): 1}, Auditor(None, None, "ja", carry_over=carry_over))
        review = [each for each in told if each.params["id"] == "rs-review-2024"]
        assert [(each.code, each.params["count"], each.params["year"]) for each in review] == [(code, "3", "2024")]


def test_named_rulebooks_do_not_lapse() -> None:
    """Who names a rulebook, or no checks, is not told of others."""
    assert Auditor("mic-2013", [], "ja").lapsed("総務省", 2024) == ()


def test_the_command_tells_it(tmp_path: Path) -> None:
    """On the terminal and in the notes of the report."""
    folder = write_tables(tmp_path / "t", of_year(2025))
    assert "HY364" in inside("audit", folder).err
    done = inside("audit", folder, "--carry-over", "-o", tmp_path / "report")
    assert "HY365" in done.err
    assert "RS-F09" in done.out
