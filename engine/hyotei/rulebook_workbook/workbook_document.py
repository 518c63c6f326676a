"""A workbook as the document of its rulebook and the file of its cases, with problems told by their cells."""

from hyotei.rulebook.document_formats import ReadDocument
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.document_edit import book_shown, edited_cases, edited_document
from hyotei.rulebook_workbook.problem_cells import CellFinder
from hyotei.rulebook_workbook.read_workbook import ReadBook, read_workbook
from hyotei.rulebook_workbook.shown_alike import first_difference
from hyotei.rulebook_workbook.yaml_edit import Tree, edited


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
    try:
        text, cases = _texts(book)
    except ValueError:
        _take_out_unstorable(book)
        text, cases = _texts(book)
    unlike = first_difference(book_shown(RulebookText.parse(text), cases), book.shown)
    finder = CellFinder(text, cases, book)
    if unlike is not None:
        # A text that reads as something else in Markdown is told, never bent into something that nobody wrote.
        book.found.tell("HY481", finder.of_section(*unlike))
    return ReadDocument(text, cases, tuple(book.found.problems), finder.told, finder.cases_told), finder


def _texts(book: ReadBook) -> tuple[str, str]:
    original = RulebookText.parse(book.original.document if book.original else "")
    text = edited_document(original, book.shown)
    return text, edited_cases(book.original.cases if book.original else "", book.shown.cases)


def _take_out_unstorable(book: ReadBook) -> None:
    """Takes out what YAML cannot hold of the front matter and the cases, such as a name of a thousand signs, and tells it."""
    for key, value in list(book.shown.front.items()):
        if not _holds({key: value}):
            place = next((cell for path, cell in book.found.places.items() if path[0] == key), "")
            book.found.tell("HY490", place, name=key)
            del book.shown.front[key]
    for number, case in enumerate(list(book.shown.cases)):
        if not _holds([case]):
            book.found.tell("HY490", book.found.places.get(("cases", number), ""), name="cases")
            book.shown.cases.remove(case)


def _holds(tree: Tree) -> bool:
    try:
        edited("", tree)
    except ValueError:
        return False
    return True
