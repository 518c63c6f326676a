"""The workbook of a new rulebook, filled in as by someone who has never seen a rulebook's document."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from hyotei.messages import Language
from hyotei.rulebook.load import check_document
from hyotei.rulebook_workbook.blank_workbook import blank_workbook
from hyotei.rulebook_workbook.workbook_document import workbook_document

WORDS = {
    "ja": ("表紙", "評価区分", "事例", "80%以上", "５０％以上", "達成した測定値の割合"),
    "en": ("Cover", "Rating", "Cases", ">= 80%", ">= 50%", "Share of measures achieved"),
}


def filled(content: bytes, language: Language) -> Any:
    """The workbook with what its author knows."""
    cover, rating, cases, much, half, _ = WORDS[language]
    book = openpyxl.load_workbook(BytesIO(content))
    for row, text in ((4, "my-city"), (5, "市の評価"), (6, "市"), (8, 2024)):
        book[cover].cell(row, 2).value = text
    todo = [cell for row in book[rating].iter_rows() for cell in row if cell.value == "?"]
    for cell, text in zip(todo, (much, half), strict=True):
        cell.value = text
    for column, value in enumerate(["二つとも達成", 100, 100, "100件", "120件", "achieved、achieved", "A"], 1):
        book[cases].cell(5, column).value = value
    return book


def read(book: Any) -> bytes:
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_missing_is_told_at_its_cells(language: Language) -> None:
    document = workbook_document(blank_workbook(language), "new.xlsx")
    _, problems = check_document(document, "new.xlsx")
    cover, rating, *_ = WORDS[language]
    assert {(problem.code, problem.location.cell) for problem in problems} == {
        ("HY462", f"{cover}!B4"), ("HY462", f"{cover}!B5"), ("HY462", f"{cover}!B6"), ("HY462", f"{cover}!B8"),
        ("HY462", f"{rating}!B13"), ("HY462", f"{rating}!B14"),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en"])
def test_filled_in_it_is_a_rulebook(language: Language) -> None:
    document = workbook_document(read(filled(blank_workbook(language), language)), "new.xlsx")
    book, problems = check_document(document, "new.xlsx")
    assert problems == []
    assert book is not None
    assert (book.id, book.authority, book.first_year) == ("my-city", "市", 2024)
    assert [decision.name for decision in book.decisions] == ["attainment", "result", "share", "rating"]
    assert book.by_name["share"].title == WORDS[language][5]
    assert "expect:\n      result: [achieved, achieved]\n      rating: A\n" in document.cases
