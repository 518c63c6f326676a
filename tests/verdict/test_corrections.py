"""A corrected figure is shown with the value that counts and with what the original prints, wherever a verdict is shown."""

from decimal import Decimal
from pathlib import Path

import pytest

from hyotei.readers import read_sheet, read_sheets
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Source
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml
from hyotei.verdict.corrections import corrections
from tests.cli.command import hyotei, inside
from tests.rulebook.small import SHEET

SEED = Path(__file__).parents[2] / "cases" / "mic-24-15" / "sheet.yaml"
CORRECTED = {
    "ja": "13回（訂正。印字は「計43回【24年度】」）",
    "en": "13回 (corrected; printed: 計43回【24年度】)",
}
AMOUNT = {
    "ja": "2,868,288千円（訂正。訂正前は「2,868,287千円」、印字は「2,868,287」）",
    "en": "(corrected; before: 2,868,287千円, printed: 2,868,287)",
}


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    text = sheet_to_yaml(read_sheet(SEED))
    text = text.replace("actual: 計43回【24年度】  #", "actual: 計13回  #").replace(
        "2,868,287千円  #", "2,868,288千円  #"
    )
    file = tmp_path / "corrected.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def plain(text: str) -> str:
    """A text without the breaks and spaces of its lines."""
    return "".join(text.split())


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("options", [(), ("--why",), ("--json",)])
def test_verdicts_show_both_values(corrected: Path, language: str, options: tuple[str, ...]) -> None:
    shown = plain(hyotei("rate", corrected, *options, "--lang", language).out)
    assert plain(CORRECTED[language]) in shown
    assert plain(AMOUNT[language]) in shown


@pytest.mark.parametrize("language", ["ja", "en"])
def test_audits_show_both_values(corrected: Path, tmp_path: Path, language: str) -> None:
    """In the page, in Markdown and in the findings as data, of a finding that read the figure."""
    folder = tmp_path / "report"
    done = inside("audit", corrected, "-o", folder, "--lang", language)
    # A corrected figure that no finding reads is told as well.
    assert "HY137" in done.err
    assert "計43回【24年度】" in done.err
    for name in ("index.html", "report.md", "findings.ndjson"):
        assert plain(AMOUNT[language]) in plain((folder / name).read_text("utf-8")), name


@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_line_tells_its_corrections(corrected: Path, tmp_path: Path, count: int) -> None:
    """A file of one sheet a line tells of each sheet what the same sheet tells alone."""
    (sheet,) = [found.sheet for found in read_sheets(corrected) if found.sheet]
    file = tmp_path / "lines.ndjson"
    file.write_text((sheet.model_dump_json(by_alias=True) + "\n") * count, encoding="utf-8")
    told = [[problem.code for problem in found.problems].count("HY137") for found in read_sheets(file)]
    assert told == [2] * count


@pytest.mark.parametrize(("language", "words"), [("ja", "訂正"), ("en", "corrected")])
def test_the_report_of_reading_shows_both(corrected: Path, language: str, words: str) -> None:
    shown = hyotei("read", corrected, "--report", "--lang", language).out
    line = next(line for line in shown.splitlines() if "計43回" in line)
    assert words in line
    assert "13回" in line


@pytest.mark.parametrize("label", ["", "（内訳）"])
def test_a_corrected_figure_is_told_of_its_measure(label: str) -> None:
    """Of an indicator with several measures, the one whose figure was corrected is named by its label."""
    source = Source(file="a.yaml", line=1, text="5回", reading="corrected", candidates=("5回",))
    measure = Measure(label=label, actual=Quantity(value=Decimal(4), unit="回", source=source))
    indicator = Indicator(name="件数", measures=(measure,))
    sheet = SHEET.model_copy(update={"objectives": (Objective(name="目標", indicators=(indicator,)),)})
    ((told, values),) = corrections(sheet, "ja")
    assert ("件数・（内訳）" in told) is bool(label)
    assert "件数" in told
    assert "4回" in told
    assert values == {"before": "5回", "printed": "5回"}


def test_corrections_are_told_before_anything_else(corrected: Path) -> None:
    """They are the first of what a verdict rests on, each in a sentence of its own."""
    shown = hyotei("rate", corrected, "--lang", "ja").out
    _, _, rest = shown.partition("前提としたこと")
    assert "13回" in plain(rest)[:120]
