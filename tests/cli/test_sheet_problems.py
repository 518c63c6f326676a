"""What is told of many sheets: nothing twice, nothing lost, and counts that are those of what was told."""

import io
import re
from contextlib import redirect_stderr
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.cli.sheet_problems import Counts, Telling
from hyotei.messages import Diagnostic, Location, catalogue
from hyotei.readers.reader import Found
from hyotei.readers.registry import registry
from hyotei.readers.sheets_of_paths import read_sheets
from tests.cli.command import SEED, hyotei, inside

PLAIN = sorted(code for code, entry in catalogue().items() if "{" not in entry.ja)
"""Codes whose sentence is the same wherever it is told."""
problems = st.builds(
    Diagnostic,
    st.sampled_from(PLAIN),
    st.builds(Location, st.sampled_from(("a.csv", "b.csv")), st.none() | st.integers(1, 40)),
)


def told(found: list[list[Diagnostic]]) -> list[str]:
    stream = io.StringIO()
    with redirect_stderr(stream):
        telling = Telling("en")
        for each in found:
            telling.tell(each)
        telling.end()
    return stream.getvalue().splitlines()


@given(st.lists(st.lists(problems, max_size=4), max_size=12))
def test_every_problem_is_told_and_what_is_the_same_once(found: list[list[Diagnostic]]) -> None:
    """The lines of a sentence and a file add up to its problems; errors each have their own line."""
    lines = told(found)
    everything = [each for several in found for each in several]
    for code in {each.code for each in everything}:
        of_code = [line for line in lines if f"{code} " in line]
        assert sum(int(match[1]) if (match := re.search(r"\[([0-9]+) places", line)) else 1 for line in of_code) == sum(
            each.code == code for each in everything
        )
        if catalogue()[code].severity != "error":
            with_line = {
                each.location.file for each in everything if each.code == code and each.location.line is not None
            }
            without = sum(each.code == code and each.location.line is None for each in everything)
            assert len(of_code) == len(with_line) + without


@given(st.lists(st.lists(problems, max_size=4), max_size=12))
def test_notes_and_warnings_are_counted_by_the_sheet(found: list[list[Diagnostic]]) -> None:
    """A sheet counts once for its warnings, and once for its notes, however many it has."""
    counts = Counts()
    sheet = next(each.sheet for each in read_sheets(SEED))
    for each in found:
        counts.add(Found(sheet, tuple(each)))
    severities = [{problem.severity for problem in each} for each in found]
    assert counts.read == len(found)
    assert counts.noted == sum("note" in each for each in severities)
    assert counts.warned == sum(bool(each & {"warning", "error"}) for each in severities)
    assert f"with notes {counts.noted:,}" in counts.text("en", False)
    assert f"参考あり {counts.noted:,}件" in counts.text("ja", False)


def test_a_text_that_is_not_used_is_a_warning() -> None:
    """The messages that say that words of a file are left unused are warnings, or say that no sheet was there at all."""
    unused = re.compile("使っていません|読んでいません")
    for code, entry in catalogue().items():
        if entry.severity == "note" and unused.search(entry.ja):
            assert code in ("HY806", "HY834", "HY878"), entry.ja


def test_sheets_without_a_rulebook_are_named_and_counted(tmp_path: Path) -> None:
    """Each has its line in the list; why is told once for an authority and a year."""
    for name, authority in (("a", "総務省"), ("b", "架空省"), ("c", "架空省")):
        (tmp_path / f"{name}.yaml").write_text(
            f"id: {name}\ntitle: 題{name}\nauthority: {authority}\nfiscal_year: 2012\n", encoding="utf-8"
        )
    (tmp_path / "d.yaml").write_text("id: [", encoding="utf-8")
    done = hyotei("rate", tmp_path)
    assert done.code == 2
    assert [line.split()[0] for line in done.out.splitlines()] == ["a", "b", "c"]
    assert done.err.count("HY361") == 1
    assert "読めないもの 1件" in done.err
    assert "合う評価基準書のないもの 2件" in done.err
    data = hyotei("rate", tmp_path, "--json").json
    assert (data["failed"], data["without_rulebook"]) == (1, 2)
    unrated = data["unrated"]
    assert isinstance(unrated, list)
    assert [each["sheet"] for each in unrated] == ["b", "c"]


@pytest.mark.parametrize("command", ["read", "rate", "audit", "imply"])
@pytest.mark.parametrize("content", [None, "no sheet"])
def test_a_place_without_sheets_is_told_with_what_could_be_read(
    command: str, content: str | None, tmp_path: Path
) -> None:
    """The same sentence from every command, with every format that is registered."""
    if content is not None:
        (tmp_path / "note.txt").write_text(content, encoding="utf-8")
    for language in ("ja", "en"):
        done = inside(command, tmp_path, "--lang", language)
        assert done.code == 2
        (line,) = [line for line in done.err.splitlines() if "HY701" in line]
        assert all(word in line for word in registry().in_words.text(language).replace(",", "、").split("、"))
        assert len([each for each in done.err.splitlines() if each.startswith(("誤り", "error"))]) == 1
