"""What a file prints, as lines and tables, before any form is applied to it: for proposing forms and explaining readings."""

import os

from hyotei.intake.input_file import InputFile, file_document
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.readers.printed.form_blocks import Block, FormLine, FormPlace
from hyotei.readers.registry import registry


def document_blocks(path: str | os.PathLike[str]) -> list[Block]:
    """The lines and tables of a file of any kind that holds printed forms.

    Raises:
        HyoteiError: the file cannot be read, or it is of a format that holds no forms (HY692).
    """
    document = file_document(path, explicit=True)
    found = registry().recognise(document.sample())
    blocks = None if found is None else blocks_as(found.reader.name, document)
    if blocks is None:
        raise HyoteiError(Diagnostic("HY692", Location(document.name)))
    return blocks


def blocks_as(format_name: str, document: InputFile) -> list[Block] | None:
    """The same of a document whose format is known; None where that holds no forms."""
    problems: list[Diagnostic] = []
    match format_name:
        case "xlsx":
            from hyotei.readers.xlsx_workbook import worksheets

            return [sheet.table for sheet in worksheets(document, problems) if sheet.table.cells]
        case "ods":
            from hyotei.readers.opendocument import opendocument_worksheets

            return [sheet.table for sheet in opendocument_worksheets(document) if sheet.table.cells]
        case "csv":
            from hyotei.readers.csv_table_reader import csv_table

            return [csv_table(document, problems)]
        case "html":
            from hyotei.readers.html_reader import html_blocks
            from hyotei.readers.html_text import html_text

            return list(html_blocks(html_text(document.content(), document), document))
        case "docx":
            from hyotei.readers.docx_reader import docx_blocks
            from hyotei.readers.office_zip import opened

            with opened(document) as archive:
                return list(docx_blocks(archive, document))
        case "pdf":
            from hyotei.readers.pdf.client import blocks_of

            return list(blocks_of(document.content(), document.name, problems))
        case "evaluation-text":
            from hyotei.base.text_file import decoded

            text = decoded(document.content(), document.name).text
            return [FormLine(line, FormPlace(line=at)) for at, line in enumerate(text.splitlines(), 1)]
    return None
