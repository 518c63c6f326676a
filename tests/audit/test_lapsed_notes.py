"""Sheets of a year that comes after the last of a rulebook: told, and on request judged by its rules as a draft."""

from pathlib import Path

import pytest

import hyotei
from hyotei.audit.auditor import Auditor
from hyotei.audit.lapsed_notes import lapses
from hyotei.rulebook.lapsed_rulebooks import carried_over, lapsed_checks, lapsed_rulebook
from hyotei.rulebook.library import library, load_rulebook
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from tests.audit.left_out import BLANKS, COLUMNS, Tables, write_tables
from tests.cli.command import SEED, inside


def of_year(published: int) -> Tables:
    """The tables of one programme of a review, with a budget of which nothing was spent, and an opinion that changes nothing."""
    common = ("レビューシート", str(published), "1", "事業", "1", "総務省", "消防庁")
    amounts = ("1000", "0", "0", "0", "1000", "0", "0", "1000")
    rows: dict[str, list[tuple[str, ...]]] = {
        "1-2": [(*common, "目的", "前年度事業", "2001", "TRUE")],
        "2-1": [(*common, str(published - 1), *amounts)],
        "3-1": [],
        "3-2": [],
        "4-1": [(*common, "よい", "なし", "現状通り", "現状通り", "", "", "", *BLANKS)],
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
    """It says so, is in force later, knows where it ended, and is not taken for the published one."""
    book = load_rulebook("rs-review-2024")
    carried = carried_over(book)
    assert (carried.standing, carried.in_force(2030), carried.id) == ("draft", True, book.id)
    assert carried.hash != book.hash
    assert (book.carried_over_from, carried.carried_over_from) == (None, book.last_year)
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
        assert [(each.code, each.params["count"], each.params["year"]) for each in review] == [(code, 3, "2024")]


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


def seed_of(year: int, folder: Path, name: str = "late") -> Path:
    """The seed sheet as that of another evaluated fiscal year."""
    path = folder / f"{name}.yaml"
    text = SEED.read_text(encoding="utf-8").replace("fiscal_year: 平成24年度", f"fiscal_year: {year}")
    path.write_text(text.replace("id: mic-24-15", f"id: {name}"), encoding="utf-8")
    return path


@pytest.mark.parametrize("year", range(2011, 2021))
def test_a_sheet_after_the_last_rulebook_is_rated_by_it_as_a_draft(year: int, tmp_path: Path) -> None:
    """Refused with a word of how, unless it is asked for; then told among the assumptions. Nothing changes within its years."""
    sheet = hyotei.read_sheet(seed_of(year, tmp_path))
    carried = hyotei.rate(sheet, carry_over=True)
    told = [each.text for each in carried.data("ja").assumptions if each.code == "rulebook_carried_over"]
    if year <= 2013:
        assert carried.to_json() == hyotei.rate(sheet).to_json()
        assert not told
        return
    with pytest.raises(hyotei.HyoteiError) as refused:
        hyotei.rate(sheet)
    assert [each.code for each in refused.value.diagnostics] == ["HY361", "HY366"]
    assert refused.value.diagnostics[1].params == {"id": "mic-2013", "last": "2013"}
    named = hyotei.rate(sheet, "mic-2013")
    assert (carried.rating, carried.budget, carried.rulebook.standing) == (named.rating, named.budget, "draft")
    printed = print_fiscal_year(year, "ja")
    assert told == [f"評価基準書 mic-2013 は 平成25年度 までのもので、{printed} に案として引き継いで当てはめた"]
    assert "rulebook_not_in_force" not in {each.code for each in carried.data("en").assumptions}


def test_nothing_is_carried_over_from_another_authority_or_backwards(tmp_path: Path) -> None:
    """Where the authority has no rulebook that ended, the option changes nothing."""
    for year, authority in ((2010, "総務省"), (2016, "架空省")):
        path = seed_of(year, tmp_path)
        path.write_text(path.read_text(encoding="utf-8").replace("総務省\n", f"{authority}\n", 1), encoding="utf-8")
        with pytest.raises(hyotei.HyoteiError) as refused:
            hyotei.rate(path, carry_over=True)
        assert [each.code for each in refused.value.diagnostics] == ["HY361"]


def test_rating_tells_it(tmp_path: Path) -> None:
    """Of one sheet in its verdict, of many by their number; with a rulebook that is named there is nothing to carry over."""
    late = seed_of(2016, tmp_path)
    inside("rate", late).failed_with("HY361", "HY366", "HY213")
    one = inside("rate", late, "--carry-over")
    assert one.code == 0
    assert "案の段階の規則" in one.out
    assert "案として引き継いで当てはめた" in one.out
    assert one.told == ["HY213", "HY365"]
    many = inside("rate", late, seed_of(2016, tmp_path, "other"), SEED, "--carry-over")
    assert (many.code, "2016年度の評価書 2件に、2013年度までの評価基準書 mic-2013" in many.err) == (0, True)
    assert "HY715" in inside("rate", late, "--carry-over", "--rulebook", "mic-2013").err
