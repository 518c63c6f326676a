"""A workbook as the document of its rulebook and the file of its cases, with problems told by their cells."""

from hyotei.rulebook.document_formats import ReadDocument
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.document_edit import book_shown, edited_cases, edited_document
from hyotei.rulebook_workbook.problem_cells import CellFinder
from hyotei.rulebook_workbook.read_workbook import ReadBook, read_workbook
from hyotei.rulebook_workbook.shown_alike import first_difference


def workbook_document(content: bytes, name: str) -> ReadDocument:
    """The document of a workbook.

    Raises:
        HyoteiError: it cannot be opened (HY461), is no rulebook's (HY460), or openpyxl is not installed (HY902).
    """
    return document_of(read_workbook(content, name))


def document_of(book: ReadBook) -> ReadDocument:
    """The document that a workbook says: that which it was exported from, with the edits of its cells."""
    return document_and_cells(book)[0]


def document_and_cells(book: ReadBook) -> tuple[ReadDocument, CellFinder]:
    """The same, with what finds the cells of its parts."""
    original = RulebookText.parse(book.original.document if book.original else "")
    text = edited_document(original, book.shown)
    cases = edited_cases(book.original.cases if book.original else "", book.shown.cases)
    unlike = first_difference(book_shown(RulebookText.parse(text), cases), book.shown)
    finder = CellFinder(text, cases, book)
    if unlike is not None:
        # A text that reads as something else in Markdown is told, never bent into something that nobody wrote.
        book.found.tell("HY481", finder.of_section(*unlike))
    return ReadDocument(text, cases, tuple(book.found.problems), finder.told, finder.cases_told), finder
