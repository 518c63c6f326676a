"""`hyotei diff` as its users run it: exit codes, text, JSON, page."""

import re
from pathlib import Path

from tests.cli.command import hyotei, inside
from tests.conftest import ROOT

MIC = ROOT / "rules" / "mic-2013" / "rulebook.md"


def edited(folder: Path) -> Path:
    file = folder / "new.md"
    text = (
        MIC.read_text(encoding="utf-8")
        .replace("70%以上", "60%以上")
        .replace("| C        | 30%未満", "| B, C     | 30%未満")
    )
    file.write_text(text, encoding="utf-8")
    return file


def test_no_difference_is_exit_0() -> None:
    """A rulebook against itself, by id and by path."""
    done = inside("diff", "mic-2013", MIC)
    assert done.code == 0
    assert "違いはない" in done.out
    assert "証明済み" in done.out


def test_differences_are_exit_1_in_every_form(tmp_path: Path) -> None:
    """Text in both languages, JSON and a page that asks nobody for anything; the edit without effect is told as such."""
    file = edited(tmp_path)
    page = tmp_path / "page.html"
    done = inside("diff", "mic-2013", file)
    assert done.code == 1
    for words in ("60%以上70%未満", "B → A", "影響なし（証明済み）", "70%以上 → 60%以上"):
        assert words in done.out
    english = inside("diff", "mic-2013", file, "--lang", "en", "--json", "--html", page)
    assert english.code == 1
    assert english.json["status"] == "differs"
    html = page.read_text(encoding="utf-8")
    assert "at least 60% and below 70%" in html
    assert "share_achieved" in re.sub(r"<[^>]*>", "", html)
    assert not any(word in html for word in ("http:", "https:", "src=", "<script", "@import", "url("))
    # Every edit with what it does, and every region with its answers, as in the data.
    for edit in english.json["edits"]:
        assert edit["before"] in html
        assert edit["after"] in html
    shown = {"changes": "changes answers", "none": "no effect (proved)"}
    effects = [edit["effect"] for edit in english.json["edits"]]
    assert sorted(effects) == ["changes", "none"]
    for effect in effects:
        assert shown[effect] in html
    assert "B → A" in re.sub(r"<[^>]*>", "", html)
    assert html.count("<table") == html.count("</table>") > 1


def test_titles_stand_for_identifiers(tmp_path: Path) -> None:
    """In Japanese decisions, columns, parameters and values go by what they are called."""
    file = tmp_path / "new.md"
    file.write_text(MIC.read_text(encoding="utf-8").replace("value: 50%", "value: 60%"), encoding="utf-8")
    told = tmp_path / "diff.md"  # where no line is folded
    assert inside("diff", "mic-2013", file, "-o", told).code == 1
    japanese = told.read_text(encoding="utf-8")
    for words in (
        "| 達成率 |",
        "評価区分が変わる",
        "「目標の半分とみなす達成率」（half）: 50% → 60%",
        "測定値1",
        "未達（目標の半分未満）",
    ):
        assert words in japanese
    for words in ("attainment", "share_achieved", "measures[", "missed", "close"):
        assert words not in japanese


def test_rulebooks_without_a_common_year_are_not_called_alike(tmp_path: Path) -> None:
    """It is said first that nothing was compared, and nothing is called proved."""
    file = edited(tmp_path)
    later = file.read_text(encoding="utf-8").replace("fiscal_years: 2011..2013", "fiscal_years: 2020..2022")
    file.write_text(later, encoding="utf-8")
    for language, said in (("ja", "共通の対象年度がない"), ("en", "no common fiscal year")):
        out = inside("diff", "mic-2013", file, "--lang", language).out
        assert said in [line for line in out.splitlines() if line][1]
        assert "証明済み" not in out
        assert "proved" not in out


def test_bad_input_is_exit_2(tmp_path: Path) -> None:
    """One message for a rulebook that is not there, and for a revision that is none."""
    inside("diff", "mic-2013", "no-such-rulebook").failed_with("HY360")
    inside("diff", "git:no-such-revision", MIC, "--lang", "en").failed_with("HY933")
    hyotei("diff", "git:HEAD", edited(tmp_path), cwd=tmp_path).failed_with("HY932")


def test_schema_is_written() -> None:
    """`--schema` needs no rulebooks."""
    done = inside("diff", "--schema")
    assert done.code == 0
    assert done.json["$id"] == "hyotei.diff/1"
