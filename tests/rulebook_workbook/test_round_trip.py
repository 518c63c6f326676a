"""A rulebook comes back from its workbook to the byte, in either language, and means the same where the document was lost."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.base.shipped_files import rules_folder
from hyotei.messages import Language
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.document_edit import book_shown
from hyotei.rulebook_workbook.export_workbook import export_workbook
from hyotei.rulebook_workbook.layout import ORIGINAL
from hyotei.rulebook_workbook.workbook_document import workbook_document
from tests.strategies import rulebook_texts
from tests.strategies_books import telling_books

SHIPPED = sorted(rules_folder().glob("**/rulebook.md"))


def cases_of(file: Path) -> str:
    cases = file.with_name("cases.yaml")
    return cases.read_text("utf-8") if cases.exists() else ""


def without_original(content: bytes) -> bytes:
    """The workbook after somebody has removed the hidden worksheet."""
    book = openpyxl.load_workbook(BytesIO(content))
    del book[ORIGINAL]
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "file",
    [pytest.param(file, marks=[pytest.mark.slow] if number % 6 else []) for number, file in enumerate(SHIPPED)],
    ids=lambda file: str(file.parent.name),
)
def test_every_shipped_rulebook_comes_back_to_the_byte(file: Path) -> None:
    text, cases = file.read_text("utf-8"), cases_of(file)
    back = workbook_document(export_workbook(text, cases, file.parent.name), "book.xlsx")
    assert (back.text, back.cases, back.problems) == (text, cases, ())


@settings(max_examples=8)
@given(st.one_of(rulebook_texts(), telling_books()), st.sampled_from(["ja", "en"]))
def test_every_drawn_rulebook_comes_back_to_the_byte(text: str, language: Language) -> None:
    content = export_workbook(text, "", "drawn", language)
    assert workbook_document(content, "book.xlsx").text == text


@settings(max_examples=3)
@given(st.one_of(rulebook_texts(), telling_books()))
def test_without_the_hidden_document_the_cells_alone_say_the_same(text: str) -> None:
    back = workbook_document(without_original(export_workbook(text, "", "drawn")), "book.xlsx")
    assert not back.problems
    assert parse_rulebook(back.text).hash == parse_rulebook(text).hash
    assert book_shown(RulebookText.parse(back.text)).sections == book_shown(RulebookText.parse(text)).sections


@settings(max_examples=3)
@given(st.sampled_from(SHIPPED))
def test_line_ends_of_another_kind_come_back(file: Path) -> None:
    text = file.read_text("utf-8").replace("\n", "\r\n")
    assert workbook_document(export_workbook(text, "", "x"), "book.xlsx").text == text


def test_the_same_rulebook_gives_the_same_bytes() -> None:
    text = SHIPPED[0].read_text("utf-8")
    assert export_workbook(text, "", "x") == export_workbook(text, "", "x")
