"""The format of evaluation sheets in workbooks (.xlsx, .xlsm): several forms a sheet, several sheets a workbook."""

from collections.abc import Iterator
from typing import Final

from hyotei.messages import Diagnostic, Location
from hyotei.readers.document import Document, Sample
from hyotei.readers.extra import need_lxml
from hyotei.readers.office_zip import is_old_office
from hyotei.readers.printed.read import read_form
from hyotei.readers.reader import Found
from hyotei.readers.xlsx_workbook import worksheets

_PARTS: Final = (b"xl/workbook.xml", b"xl/worksheets/", b"xl/_rels/", b"xl/styles.xml", b"xl/sharedStrings.xml")


class XlsxReader:
    """Reads all forms of a workbook; nothing in it is run and no link is followed."""

    name = "xlsx"

    def sniff(self, sample: Sample) -> float:
        if is_old_office(sample.head):
            return 0.6  # to say what to do about it
        if not sample.is_zip:
            return 0.0
        return 0.9 if any(part in sample.head for part in _PARTS) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        need_lxml(document)
        problems: list[Diagnostic] = []
        sheets = list(worksheets(document, problems))
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
