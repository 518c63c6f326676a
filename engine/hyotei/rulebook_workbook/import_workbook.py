"""A workbook as the folder of a rulebook: its document and its cases, with what has changed since it was exported."""

from pathlib import Path

from hyotei.base.text_file import read_bytes, read_text
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.rulebook.load import parse_document
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.cell_changes import Change, changes
from hyotei.rulebook_workbook.document_edit import book_shown
from hyotei.rulebook_workbook.original import Original
from hyotei.rulebook_workbook.read_workbook import read_workbook
from hyotei.rulebook_workbook.shown import BookShown
from hyotei.rulebook_workbook.workbook_document import document_of


@dataclass(frozen=True, slots=True)
class Imported:
    """A rulebook of a workbook: its texts, what it is, and what has changed."""

    rulebook: Rulebook
    text: str
    cases: str
    changes: tuple[Change, ...]
    fresh: bool
    """The workbook holds no document that it was exported from, so that its own was written anew."""


def import_workbook(path: Path, onto: Original | None = None) -> Imported:
    """Reads a workbook and checks its rulebook.

    Args:
        path: the workbook.
        onto: the document and cases whose layout is kept, for a workbook that does not hold those it was exported from.

    Raises:
        HyoteiError: the workbook cannot be read, or it or its rulebook has errors; all of them are told by their cells.
    """
    book = read_workbook(read_bytes(path), path.name, onto)
    document = document_of(book)
    rulebook = parse_document(document, path.name)
    before = BookShown({}, ())
    if book.original is not None:
        before = book_shown(RulebookText.parse(book.original.document), book.original.cases)
    fresh = book.original is None
    return Imported(rulebook, document.text, document.cases, () if fresh else tuple(changes(before, book)), fresh)


def must_not_replace(document: Path, imported: Imported, path: Path, onto: Original | None) -> None:
    """Tells of a document that the import would replace without knowing what stands in it now.

    Raises:
        HyoteiError: the document has changed since the workbook was exported (HY483), or is another one (HY488).
    """
    if not document.exists():
        return
    now = read_text(document)
    original = read_workbook(read_bytes(path), path.name).original
    known = onto if original is None else original
    if now in (imported.text, known.document if known is not None else None):
        return
    code = "HY488" if known is None else "HY483"
    raise HyoteiError(Diagnostic(code, Location(path.name), {"rulebook": str(document)}))
