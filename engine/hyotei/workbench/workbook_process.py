"""The child process that reads an uploaded workbook of a rulebook: `python -m hyotei.workbench.workbook_process NAME`.

The workbook comes by the standard input; the document and the cases that it says, and those that it was exported from, go to the
standard output as one JSON object. Whatever a workbook does to its reader, it does it here, within the bounds of `reading_process`.
"""

import json
import sys

from hyotei.intake.file_names import shown_name
from hyotei.messages import HyoteiError
from hyotei.rulebook_workbook.read_workbook import read_workbook
from hyotei.rulebook_workbook.workbook_document import document_of
from hyotei.workbench.reading_process import bound
from hyotei.workbench.told_problems import packed


def main(name: str) -> None:
    """Reads the workbook."""
    bound()
    content = sys.stdin.buffer.read()
    text, cases, original, problems = None, None, None, []
    try:
        book = read_workbook(content, shown_name(name) or "")
        original = book.original
        found = document_of(book)
        text, cases, problems = found.text, found.cases, [each for each in found.problems if each.severity == "error"]
    except HyoteiError as error:
        problems = list(error.diagnostics)
    said = packed(problems)
    json.dump({"text": None if said else text, "cases": cases, "original": original, "problems": said}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
