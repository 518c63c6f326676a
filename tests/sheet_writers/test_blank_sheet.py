"""The empty sheet of `hyotei sheet new` reads without a word once it is filled in, and says what is missing before."""

from pathlib import Path

import pytest

from hyotei.messages import Language
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.sheet_writers.blank_sheet import blank_sheet
from tests.cli.command import hyotei

FILLED = {
    "id": "x-1", "title": "題", "authority": "総務省", "number": "総務省24-①", "goal": "目標を達する", "name": "名前",
    "claim": "一部達成", "direction": "増加", "baseline": "7回【平成23年度】", "target": "10回程度", "actual": "計43回",
    "initial": "3,955,984", "supplementary": "△33,660", "carried_over": "―", "total": "3,922,324", "executed": "集計中",
    "rating": "A", "budget": "Ⅱ",
}  # fmt: skip


def filled(text: str) -> str:
    """The blank with a value after every colon that has none."""
    lines, year = [], 2012
    for line in text.splitlines():
        key, colon, rest = line.partition(":  #")
        name = key.strip(" -")
        if colon and name == "fiscal_year":
            lines.append(f"{key}: {year}年度  #{rest}")
            year += 1
        elif colon and name in FILLED and not (name == "budget" and not key.startswith(" ")):
            lines.append(f"{key}: {FILLED[name]}  #{rest}")
        else:
            lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_filled_sheet_reads_without_a_word(language: Language) -> None:
    sheet, problems = parse_sheet(filled(blank_sheet(language)))
    assert problems == ()
    assert sheet is not None
    assert sheet.measures[0].actual.value == 43
    assert sheet.budget_years[0].initial.value == 3_955_984_000
    assert sheet.recorded.rating == "A"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_blank_says_what_is_missing(language: Language) -> None:
    """Of the keys that a sheet needs, each once and with its line."""
    sheet, problems = parse_sheet(blank_sheet(language))
    assert sheet is None
    assert {problem.code for problem in problems} == {"HY232"}
    assert {"id", "title", "authority", "fiscal_year", "name"} == {problem.params["key"] for problem in problems}


def test_the_command_writes_it_and_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    assert hyotei("sheet", "new", "--lang", "ja").out == blank_sheet("ja")
    assert hyotei("sheet", "new", "-o", file, "--lang", "en").code == 0
    assert file.read_text("utf-8") == blank_sheet("en")
    again = hyotei("sheet", "new", "-o", file)
    assert again.code != 0
    assert "HY847" in again.err
    assert hyotei("sheet", "new", "-o", file, "--force", "--lang", "ja").code == 0
    file.write_text(filled(file.read_text("utf-8")), encoding="utf-8")
    assert hyotei("sheet", "check", file).code == 0
