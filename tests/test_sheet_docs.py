"""docs/sheet.md and docs/sheet.en.md: their examples are read, and every key of a sheet is described in both."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from hyotei.messages import Language
from hyotei.readers import sheet_keys as keys
from hyotei.readers.sheet_of_file import parse_sheet

ROOT = Path(__file__).parents[1]
PAGES: dict[Language, str] = {"ja": "docs/sheet.md", "en": "docs/sheet.en.md"}
PARTS = (
    keys.SHEET, keys.OBJECTIVE, keys.INDICATOR, keys.MEASURE, keys.YEAR, keys.BUDGET_YEAR, keys.RECORDED,
    keys.FINDING, keys.OUTLINE, keys.FACT, keys.FIGURE, keys.EXACT, keys.RECORD, keys.NOTE,
)  # fmt: skip


def page(language: Language) -> str:
    return (ROOT / PAGES[language]).read_text("utf-8")


def example(language: Language, kind: str) -> str:
    tokens = MarkdownIt("commonmark").parse(page(language))
    (found,) = [token.content for token in tokens if token.type == "fence" and token.info == kind]
    return found


@pytest.mark.parametrize("language", PAGES)
def test_the_example_is_read_without_a_word(language: Language) -> None:
    sheet, problems = parse_sheet(example(language, "yaml"))
    assert problems == ()
    assert sheet is not None
    assert [str(measure.actual.value) for measure in sheet.measures] == ["43", "0.765", "None"]
    assert sheet.measures[1].series[0].fiscal_year == 2011
    assert sheet.budget_years[0].executed.value == 2_741_260_000


@pytest.mark.parametrize("language", PAGES)
def test_the_corrected_figure_is_marked(language: Language) -> None:
    sheet, problems = parse_sheet(example(language, "yaml corrected"))
    assert problems == ()
    assert sheet is not None
    source = sheet.measures[0].actual.source
    assert source is not None
    assert (source.reading, source.text, source.candidates) == ("corrected", "計43回", ("計43回",))
    target = sheet.measures[0].target.source
    assert target is not None
    assert target.reading == "stated"


@pytest.mark.parametrize("language", PAGES)
def test_the_facts_of_the_example_are_read(language: Language) -> None:
    sheet, problems = parse_sheet(example(language, "yaml facts"))
    assert problems == ()
    assert sheet is not None
    assert [(fact.name, fact.text, fact.reason) for fact in sheet.facts] == [
        ("necessity", "a", "住民の要望が多い"),
        ("external", "はい", None),
    ]
    assert [str(fact.figure.value) for measure in sheet.measures for fact in measure.facts] == ["2", "1", "0.80"]
    assert [fact.text for fact in (*sheet.measures[0].recorded, *sheet.recorded.results)] == ["順調", "順調"]


@pytest.mark.parametrize("language", PAGES)
def test_every_key_is_described(language: Language) -> None:
    """The tables of keys are those of the reader, part by part and in its order."""
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", page(language), re.MULTILINE)
    assert rows == [(key, names[0 if language == "ja" else 1]) for part in PARTS for key, names in part.items()]
