"""The library: which rulebooks there are, how one is named, and which one is for a sheet."""

import json
import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.messages import HyoteiError
from hyotei.rulebook import rule_folders
from hyotei.rulebook.lapsed_rulebooks import lapsed_checks, lapsed_entry
from hyotei.rulebook.library import (
    check_entries,
    checks_for,
    clashes,
    folder_of,
    library,
    load_rulebook,
    rulebook_for,
    unreadable,
)
from hyotei.workbench.library_entries import in_force_of
from tests.conftest import ROOT

SHIPPED = ROOT / "rules" / "mic-2013"
TEXT = (SHIPPED / "rulebook.md").read_text(encoding="utf-8")


def put(folder: Path, name: str, text: str) -> Path:
    """Writes a rulebook into a library."""
    (folder / name).mkdir(parents=True)
    (folder / name / "rulebook.md").write_text(text, encoding="utf-8")
    return folder / name


def as_id(name: str, years: str = "2011..2013", authority: str = "総務省") -> str:
    """The MIC rulebook under another id, authority and span."""
    text = TEXT.replace("rulebook: mic-2013", f"rulebook: {name}").replace("2011..2013", years, 1)
    return text.replace("authority: 総務省", f"authority: {authority}")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of its own."""
    folder = tmp_path / "rules"
    folder.mkdir()
    monkeypatch.setattr(rule_folders, "rules_folder", lambda: folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HYOTEI_RULES", raising=False)
    monkeypatch.delenv("HYOTEI_PUBLISHED", raising=False)
    monkeypatch.setattr(rule_folders, "user_folder", lambda: tmp_path / "user" / "rules")
    return folder


def codes(call: object, *arguments: object) -> list[str]:
    """The codes of the error that a call raises."""
    assert callable(call)
    with pytest.raises(HyoteiError) as told:
        call(*arguments)
    return [problem.code for problem in told.value.diagnostics]


def test_shipped_library() -> None:
    """The MIC rulebook ships, known by its front matter."""
    (entry,) = [entry for entry in library() if entry.head.id == "mic-2013"]
    assert (entry.head.authority, entry.head.first_year, entry.head.last_year) == ("総務省", 2011, 2013)
    assert entry.load().hash == load_rulebook("mic-2013").hash


@pytest.mark.parametrize("name", ["mic-2013", str(SHIPPED), SHIPPED, SHIPPED / "rulebook.md"])
def test_named_by_id_folder_or_file(name: str | Path) -> None:
    """A rulebook has three names, and one folder."""
    assert load_rulebook(name).id == "mic-2013"
    assert folder_of(name) == SHIPPED


def test_entries_are_in_the_order_of_their_ids(shelf: Path) -> None:
    """Whatever the folders are called."""
    put(shelf, "a", as_id("zeta"))
    put(shelf, "z", as_id("alpha"))
    assert [entry.head.id for entry in library()] == ["alpha", "zeta"]


@pytest.mark.parametrize("text", ["", "\0", "no front matter", "---\nrulebook: [\n---\n"])
def test_a_broken_document_hides_no_other(shelf: Path, text: str) -> None:
    """It is listed under its folder's name, and loading it tells what is wrong."""
    put(shelf, "broken", text)
    put(shelf, "right", as_id("right"))
    assert [entry.head.id for entry in library()] == ["broken", "right"]
    assert rulebook_for("総務省", 2012).id == "right"
    assert codes(load_rulebook, "broken")


def test_unknown_name_is_told_with_the_nearest(shelf: Path) -> None:
    """What was probably meant is suggested; a name no file can have is just unknown."""
    put(shelf, "right", as_id("right"))
    with pytest.raises(HyoteiError) as told:
        load_rulebook("rigth")
    assert told.value.diagnostics[0].code == "HY360"
    assert "「right」のことではありませんか" in str(told.value)
    for name in ("x" * 5_000, "", "a/b/c", "\0"):
        assert codes(load_rulebook, name)


def test_a_folder_of_the_same_name_does_not_hide_an_id(shelf: Path) -> None:
    """A folder without a rulebook in the working directory is not what an id means."""
    put(shelf, "right", as_id("right"))
    Path("right").mkdir()
    assert load_rulebook("right").id == "right"
    assert folder_of("right") == shelf / "right"


def test_a_folder_without_a_document(tmp_path: Path) -> None:
    """A path to a folder without a rulebook is told as a missing file."""
    assert codes(load_rulebook, tmp_path) == ["HY101"]


def test_chosen_by_authority_and_year(shelf: Path) -> None:
    """The one in force; full and half width of the authority are the same."""
    put(shelf, "early", as_id("early", "..2010"))
    put(shelf, "late", as_id("late", "2011.."))
    put(shelf, "other", as_id("other", "2000..2030", "ＭＯＦ"))
    assert [rulebook_for("総務省", year).id for year in (2009, 2010, 2011, 2030)] == ["early", "early", "late", "late"]
    assert rulebook_for("MOF", 2012).id == "other"


def test_none_or_several_in_force(shelf: Path) -> None:
    """Both are told, with the ids there are."""
    put(shelf, "one", as_id("one"))
    put(shelf, "two", as_id("two", "2013.."))
    assert codes(rulebook_for, "総務省", 2010) == ["HY361"]
    assert codes(rulebook_for, "財務省", 2012) == ["HY361"]
    with pytest.raises(HyoteiError) as told:
        rulebook_for("総務省", 2013)
    assert told.value.diagnostics[0].code == "HY362"
    assert "one, two" in str(told.value)


def test_a_front_matter_that_cannot_be_read_is_told(shelf: Path) -> None:
    """It may be the one that is sought: that none is in force is never said alone."""
    put(shelf, "one", as_id("one"))
    put(shelf, "broken", as_id("broken").replace("authority:", "authority: ["))
    assert codes(rulebook_for, "財務省", 2012) == ["HY361", "HY367"]
    assert [each.params["id"] for each in unreadable(library())] == ["broken"]
    assert rulebook_for("総務省", 2012).id == "one"


# -- one's own rulebooks


@pytest.mark.parametrize("origin", ["here", "setting", "user"])
def test_own_rulebooks_are_found_wherever_they_are_kept(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    """By their id, and for the sheets of their authority and years; listed with where they come from."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    more = tmp_path / "more"
    more.mkdir()
    monkeypatch.setenv("HYOTEI_RULES", os.pathsep.join([str(more), str(tmp_path / "set")]))
    (tmp_path / "set").mkdir()
    folder = {"here": work / "rules", "setting": tmp_path / "set", "user": tmp_path / "user" / "rules"}[origin]
    put(folder, "own", as_id("own", authority="観光庁"))
    put(shelf, "mic-2013", TEXT)
    assert [(entry.head.id, entry.origin) for entry in library()] == [("mic-2013", "shipped"), ("own", origin)]
    assert load_rulebook("own").id == "own"
    assert folder_of("own").resolve() == (folder / "own").resolve()
    assert rulebook_for("観光庁", 2012).id == "own"


def test_ids_that_clash_are_told_and_never_chosen_between(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two different rulebooks of one id: both are listed, neither is used by the id, each is by its path."""
    put(shelf, "mic-2013", TEXT)
    monkeypatch.setenv("HYOTEI_RULES", str(tmp_path / "set"))
    own = put(tmp_path / "set", "copy", TEXT.replace("2011..2013", "2011..2014", 1))
    assert list(clashes(library())) == ["mic-2013"]
    assert codes(load_rulebook, "mic-2013") == ["HY722"]
    assert codes(folder_of, "mic-2013") == ["HY722"]
    assert codes(rulebook_for, "総務省", 2012) == ["HY362"]
    assert load_rulebook(own).last_year == 2014


def test_a_copy_of_the_same_bytes_is_no_clash(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is listed once, as one's own, so that cases beside it are those that are run."""
    put(shelf, "mic-2013", TEXT)
    monkeypatch.setenv("HYOTEI_RULES", str(tmp_path / "set"))
    own = put(tmp_path / "set", "copy", TEXT)
    assert [entry.origin for entry in library()] == ["setting"]
    assert folder_of("mic-2013") == own


def test_a_folder_that_is_set_and_not_there_is_told(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setting that means nothing is a mistake, not an empty library."""
    monkeypatch.setenv("HYOTEI_RULES", str(tmp_path / "none"))
    assert codes(load_rulebook, "mic-2013") == ["HY721"]


@pytest.mark.parametrize(
    ("system", "environment", "folder"),
    [
        ("linux", {"XDG_CONFIG_HOME": "/conf", "HOME": "/home/u"}, "/conf/hyotei/rules"),
        ("linux", {"HOME": "/home/u"}, "/home/u/.config/hyotei/rules"),
        ("darwin", {"HOME": "/Users/u"}, "/Users/u/Library/Application Support/hyotei/rules"),
        ("win32", {"APPDATA": "/users/u/roaming", "HOME": "/users/u"}, "/users/u/roaming/hyotei/rules"),
    ],
)
def test_the_folder_of_a_user_is_where_the_system_keeps_settings(
    monkeypatch: pytest.MonkeyPatch, system: str, environment: dict[str, str], folder: str
) -> None:
    for name in ("XDG_CONFIG_HOME", "APPDATA", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", system)
    assert rule_folders.user_folder() == Path(folder)


# -- versions


def with_key(name: str, line: str, years: str = "2011..2013") -> str:
    """The MIC rulebook with another line in its front matter."""
    return as_id(name, years).replace(f"rulebook: {name}", f"rulebook: {name}\n{line}")


def test_what_replaces_another_is_chosen(shelf: Path) -> None:
    """Through several steps; where only the older one is in force, it is that."""
    put(shelf, "first", as_id("first", "2010..2013"))
    put(shelf, "second", with_key("second", "supersedes: first"))
    put(shelf, "third", with_key("third", "supersedes: [second]", "2012..2013"))
    assert [rulebook_for("総務省", year).id for year in (2010, 2011, 2012)] == ["first", "second", "third"]
    put(shelf, "fourth", with_key("fourth", "supersedes: second", "2013"))
    with pytest.raises(HyoteiError) as told:
        rulebook_for("総務省", 2013)
    assert "third" in str(told.value)
    assert "fourth" in str(told.value)
    assert "second" not in str(told.value)


def test_rulebooks_that_replace_each_other_are_not_chosen_between(shelf: Path) -> None:
    """None is the newer one."""
    put(shelf, "one", with_key("one", "supersedes: two"))
    put(shelf, "two", with_key("two", "supersedes: one"))
    assert codes(rulebook_for, "総務省", 2012) == ["HY362"]


def test_head_and_rulebook_tell_the_version(shelf: Path) -> None:
    """Dates in whatever form are dates; the list knows them without reading the rules."""
    lines = "version: 2014年9月2日\neffective: 2014-09-02..\nforms: mic"
    put(shelf, "dated", with_key("dated", lines))
    (entry,) = library()
    assert (entry.head.version, entry.head.effective, entry.head.forms) == ("2014-09-02", ("2014-09-02", ""), ("mic",))
    book = entry.load()
    assert (book.version, book.effective, book.forms) == ("2014-09-02", ("2014-09-02", ""), ("mic",))


def test_rules_whose_years_are_over_follow_what_replaced_them(shelf: Path) -> None:
    """Of two that end in one year the newer is carried over; one that replaced another under any id follows it."""
    put(shelf, "old", as_id("old"))
    put(shelf, "new", with_key("new", "supersedes: old"))
    last = lapsed_entry("総務省", 2015, library())
    assert last is not None
    assert last.head.id == "new"
    put(shelf, "newest", with_key("newest", "supersedes: new", "2014.."))
    assert lapsed_entry("総務省", 2015, library()) is None


def test_checks_that_were_replaced_have_not_lapsed(shelf: Path) -> None:
    """Findings of the year after: told as lapsed while nothing follows, not told once a rulebook of another id replaces it."""
    checks = (ROOT / "rules" / "sheet-quality" / "rulebook.md").read_text(encoding="utf-8")
    years = next(line for line in checks.splitlines() if line.startswith("fiscal_years:"))
    put(
        shelf,
        "checks",
        checks.replace("rulebook: sheet-quality", "rulebook: checks").replace(years, "fiscal_years: 2023"),
    )
    check_entries.cache_clear()
    assert [book.id for book in lapsed_checks(2024)] == ["checks"]
    newer = checks.replace("rulebook: sheet-quality", "rulebook: another\nsupersedes: checks")
    put(shelf, "another", newer.replace(years, "fiscal_years: 2023.."))
    check_entries.cache_clear()
    assert lapsed_checks(2024) == ()
    assert [book.id for book in checks_for(2024)] == [book.id for book in checks_for(2023)] == ["another"]
    check_entries.cache_clear()


def published(folder: Path, number: int, text: str) -> Path:
    """A rulebook as a workbench publishes it."""
    place = put(folder, f"{number:06}", text)
    digest = sha256((place / "rulebook.md").read_bytes()).hexdigest()
    (place / "published.json").write_text(json.dumps({"sha256": digest}), encoding="utf-8")
    return place


@pytest.fixture
def workbench(tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what a workbench published, beside a library with one rulebook of 2011 to 2013."""
    folder = tmp_path / "published"
    folder.mkdir()
    put(shelf, "own", as_id("own"))
    monkeypatch.setenv("HYOTEI_PUBLISHED", str(folder))
    return folder


@given(st.lists(st.tuples(st.integers(2009, 2016), st.integers(0, 3)), max_size=5), st.integers(2009, 2018))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_for_a_year_the_version_published_last_is_taken(
    workbench: Path, spans: list[tuple[int, int]], year: int
) -> None:
    shutil.rmtree(workbench)
    for number, (first, more) in enumerate(spans, 1):
        text = as_id("own", f"{first}..{first + more}").replace("rulebook: own", f"rulebook: own\nversion: {number}")
        published(workbench, number, text)
    workbench.mkdir(exist_ok=True)
    fits = [str(number) for number, (first, more) in enumerate(spans, 1) if first <= year <= first + more]
    expected = fits[-1] if fits else "" if 2011 <= year <= 2013 else None
    if expected is None:
        assert codes(rulebook_for, "総務省", year)[0] == "HY361"
    else:
        assert rulebook_for("総務省", year).version == expected
    told = [
        each for each in in_force_of("own") if (each.first or 0) <= year and (each.last is None or year <= each.last)
    ]
    assert [each.entry.head.version for each in told] == ([] if expected is None else [expected])
    assert load_rulebook("own").version == (str(len(spans)) if spans else "")
    assert clashes(library()) == {}


def test_a_version_of_a_workbench_does_not_stand_for_one_of_ones_own(workbench: Path) -> None:
    published(workbench, 1, as_id("own").replace("rulebook: own", "rulebook: own\nversion: 1"))
    put(workbench.parent / "user" / "rules", "own", as_id("own").replace("rulebook: own", "rulebook: own\nversion: 9"))
    assert codes(rulebook_for, "総務省", 2012) == ["HY362"]
    assert codes(load_rulebook, "own") == ["HY722"]


def test_of_checks_too_the_version_published_last_applies(workbench: Path) -> None:
    checks = (ROOT / "rules" / "sheet-quality" / "rulebook.md").read_text(encoding="utf-8")
    put(workbench.parent / "rules", "sheet-quality", checks)
    published(workbench, 1, checks.replace("rulebook: sheet-quality", "rulebook: sheet-quality\nversion: 1"))
    check_entries.cache_clear()
    try:
        assert [book.version for book in checks_for(2013)] == ["1"]
    finally:
        check_entries.cache_clear()


def test_a_version_that_was_changed_after_it_was_published_is_not_used(workbench: Path) -> None:
    place = published(workbench, 1, as_id("own").replace("rulebook: own", "rulebook: own\nversion: 1"))
    assert rulebook_for("総務省", 2012).version == "1"
    text = (place / "rulebook.md").read_text(encoding="utf-8")
    (place / "rulebook.md").write_text(text.replace("50%", "60%"), encoding="utf-8")
    assert codes(rulebook_for, "総務省", 2012) == ["HY725"]
    (place / "published.json").unlink()
    assert codes(load_rulebook, "own") == ["HY725"]
    shutil.rmtree(workbench)
    assert codes(library) == ["HY721"]
