"""The forms in the sheets of a workbook, of whichever kind of file, with what is told of sheets and cells that are hidden."""

from collections.abc import Callable, Iterator

from hyotei.intake.input_file import InputFile
from hyotei.messages import Diagnostic, Location
from hyotei.readers.need_lxml import need_lxml
from hyotei.readers.printed.form_sheets import read_form
from hyotei.readers.reader import Found
from hyotei.readers.xlsx_workbook import Worksheet


def read_workbook(
    document: InputFile, worksheets: "Callable[[list[Diagnostic]], Iterator[Worksheet]]"
) -> Iterator[Found]:
    """All forms of a workbook.

    Args:
        document: the file.
        worksheets: gives its sheets, and adds what is to be said of the file to the list.

    Raises:
        HyoteiError: lxml is not installed (HY841), nothing is in the sheets (HY840), or as `worksheets`.
    """
    need_lxml(document)
    problems: list[Diagnostic] = []
    sheets = list(worksheets(problems))
    for sheet in sheets:
        if not sheet.table.cells:
            continue
        at = Location(document.name, heading=sheet.table.place.part)
        if sheet.hidden:
            problems.append(Diagnostic("HY856", at))
        elif sheet.hidden_cells:
            problems.append(Diagnostic("HY857", at, {"count": f"{sheet.hidden_cells:,}"}))
    tables = [sheet.table for sheet in sheets if sheet.table.cells]
    if not tables:
        raise document.problem("HY840")
    # What concerns the whole file is told with its first form.
    for found in read_form(tables, document.name, document.given):
        yield Found(found.sheet, (*problems, *found.problems))
        problems = []
