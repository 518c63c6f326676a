"""A document as a workbook, which is read again before anyone gets it: what would not come back the same is not written."""

from hyotei.messages import Diagnostic, HyoteiError, Language, Location
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.document_edit import book_shown
from hyotei.rulebook_workbook.original import Original
from hyotei.rulebook_workbook.readings import readings
from hyotei.rulebook_workbook.workbook_document import workbook_document
from hyotei.rulebook_workbook.write_workbook import workbook_bytes


def export_workbook(text: str, cases: str, name: str, language: Language = "ja") -> bytes:
    """The workbook of a rulebook.

    Args:
        text: its document.
        cases: its file of cases; empty where it has none.
        name: what it is called in messages.
        language: the language of all that is not the rulebook's own.

    Raises:
        HyoteiError: the rulebook has errors (HY485, with these), a workbook cannot hold it (HY487), or openpyxl is not
            installed (HY902).
    """
    document = RulebookText.parse(text, name)
    rulebook, problems = check_rulebook(document)
    if rulebook is None:
        raise HyoteiError(Diagnostic("HY485", Location(name), {"rulebook": name}), *problems)
    shown = book_shown(document, cases)
    content = workbook_bytes(shown, Original(text, cases), readings(rulebook, language), language)
    back = workbook_document(content, name)
    if (back.text, back.cases) != (text, cases) or any(problem.severity == "error" for problem in back.problems):
        raise HyoteiError(Diagnostic("HY487", Location(name), {"rulebook": name}), *back.problems)
    return content
