"""The format of evaluation sheets in OpenDocument workbooks (.ods), as LibreOffice saves them."""

from collections.abc import Iterator
from typing import Final

from hyotei.intake.input_file import InputFile, Sample
from hyotei.readers.opendocument import KIND, opendocument_worksheets
from hyotei.readers.reader import Found
from hyotei.readers.workbook_forms import read_workbook

_FIRST: Final = b"mimetype" + KIND
_WITHIN: Final = 100
"""Bytes within which the name and content of the first part stand."""


class OdsReader:
    """Reads all forms of an OpenDocument workbook; other OpenDocument files are refused by name."""

    name = "ods"

    def sniff(self, sample: Sample) -> float:
        return 0.9 if sample.is_zip and _FIRST in sample.head[:_WITHIN] else 0.0

    def read(self, document: InputFile) -> Iterator[Found]:
        yield from read_workbook(document, lambda _: opendocument_worksheets(document))
