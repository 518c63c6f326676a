"""The format of evaluation sheets in workbooks (.xlsx, .xlsm): several forms a sheet, several sheets a workbook."""

from collections.abc import Iterator
from typing import Final

from hyotei.intake.input_file import InputFile, Sample
from hyotei.readers.office_zip import is_old_office
from hyotei.readers.reader import Found
from hyotei.readers.workbook_forms import read_workbook
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

    def read(self, document: InputFile) -> Iterator[Found]:
        yield from read_workbook(document, lambda problems: worksheets(document, problems))
