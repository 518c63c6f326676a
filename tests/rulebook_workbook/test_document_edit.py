"""A document is changed into one that shows something else, and what shows the same keeps every character."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.shipped_files import rules_folder
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.document_edit import book_shown, edited_document
from hyotei.rulebook_workbook.shown import DecisionShown, TableShown
from tests.strategies import rulebook_texts

SHIPPED = [file.read_text("utf-8") for file in sorted(rules_folder().glob("**/rulebook.md"))]
DOCUMENTS = st.one_of(st.sampled_from(SHIPPED), rulebook_texts())


@given(DOCUMENTS)
def test_what_shows_the_same_stays_to_the_byte(text: str) -> None:
    document = RulebookText.parse(text)
    assert edited_document(document, book_shown(document)) == text


@given(DOCUMENTS, DOCUMENTS)
def test_a_document_can_become_any_other(one: str, other: str) -> None:
    wanted = book_shown(RulebookText.parse(other))
    text = edited_document(RulebookText.parse(one), wanted)
    assert book_shown(RulebookText.parse(text)) == wanted
    assert parse_rulebook(text).hash == parse_rulebook(other).hash


@given(DOCUMENTS)
def test_a_document_is_written_anew_from_what_it_shows(text: str) -> None:
    shown = book_shown(RulebookText.parse(text))
    fresh = edited_document(RulebookText.parse(""), shown)
    assert book_shown(RulebookText.parse(fresh)) == shown
    assert parse_rulebook(fresh).hash == parse_rulebook(text).hash


@given(st.sampled_from(SHIPPED), st.data())
def test_one_edited_cell_changes_one_line(text: str, data: st.DataObject) -> None:
    document = RulebookText.parse(text)
    shown = book_shown(document)
    tables = [(at, each) for at, each in enumerate(shown.sections) if isinstance(each, DecisionShown)]
    at, section = data.draw(st.sampled_from([pair for pair in tables if isinstance(pair[1].body, TableShown)]))
    assert isinstance(section.body, TableShown)
    row = data.draw(st.integers(0, len(section.body.rows) - 1))
    column = data.draw(st.integers(1, len(section.body.columns)))
    rows = [list(each) for each in section.body.rows]
    rows[row][column] = "新しい値"
    body = replace(section.body, rows=tuple(map(tuple, rows)))
    sections = (*shown.sections[:at], replace(section, body=body), *shown.sections[at + 1 :])
    changed = edited_document(document, replace(shown, sections=sections)).split("\n")
    lines = text.split("\n")
    assert len(changed) == len(lines)
    different = [pair for pair in zip(lines, changed, strict=True) if pair[0] != pair[1]]
    assert len(different) == (section.body.rows[row][column] != "新しい値")


@given(st.sampled_from(SHIPPED), st.sampled_from(["title", "authority", "fiscal_years"]))
def test_one_edited_word_of_the_front_matter_changes_one_line(text: str, key: str) -> None:
    document = RulebookText.parse(text)
    shown = book_shown(document)
    changed = edited_document(document, replace(shown, front={**shown.front, key: "2031.."})).split("\n")
    different = [pair for pair in zip(text.split("\n"), changed, strict=True) if pair[0] != pair[1]]
    assert len(different) == 1
    # A comment beside the value stays.
    assert different[0][0].partition("#")[2] == different[0][1].partition("#")[2]
