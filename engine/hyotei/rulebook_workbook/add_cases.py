"""Adds cases to a workbook as further rows, and leaves everything else as it is."""

import io
from collections.abc import Sequence
from copy import copy
from typing import Any

from hyotei.base.extras import need
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.rulebook_workbook.case_rows import REST, leaves
from hyotei.rulebook_workbook.cell_texts import cell_text
from hyotei.rulebook_workbook.document_edit import cases_tree
from hyotei.rulebook_workbook.list_reading import CASES, list_key
from hyotei.rulebook_workbook.read_rows import Findings
from hyotei.rulebook_workbook.workbook_cells import read_cells
from hyotei.rulebook_workbook.yaml_edit import Tree


def with_more_cases(content: bytes, name: str, text: str) -> bytes:
    """The workbook with those cases of a text that follow its own.

    Raises:
        HyoteiError: it has no worksheet of cases (HY460), or cannot be opened (HY461).
    """
    need("readers", "openpyxl")
    import openpyxl

    sheets = [(sheet, list_key(sheet)) for sheet in read_cells(content, Findings(name))]
    found = next(((sheet, key[1]) for sheet, key in sheets if key is not None and key[0] == CASES), None)
    if found is None:
        raise HyoteiError(Diagnostic("HY460", Location(name)))
    cells, head = found
    own = sum(1 for row in cells.rows[head + 1 :] if any(row))
    book = openpyxl.load_workbook(io.BytesIO(content))
    _add(book[cells.title], head + 1, cases_tree(text)[own:])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _add(sheet: Any, head: int, cases: Sequence[Tree]) -> None:
    """Writes rows below the last one that says something; a path without a column goes into that of the rest, or gets one."""
    columns = {
        str(cell.value).removeprefix(f"{CASES}."): cell.column
        for cell in sheet[head] if str(cell.value).startswith(f"{CASES}.")
    }  # fmt: skip
    last = max((row[0].row for row in sheet.iter_rows(head) if any(cell.value for cell in row)), default=head)
    for number, case in enumerate(cases, last + 1):
        rest = []
        for path, text in leaves(case).items():
            if path not in columns and REST in columns:
                rest.append(f"{path} = {text}")
                continue
            if path not in columns:
                columns[path] = max(columns.values()) + 1
                _put(sheet, head, columns[path], f"{CASES}.{path}")
            _put(sheet, number, columns[path], text)
        if rest:
            _put(sheet, number, columns[REST], "\n".join(rest))


def _put(sheet: Any, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    cell.value, cell.data_type = cell_text(text), "s"
    if not cell.has_style:
        above = sheet.cell(row - 1, column) if sheet.cell(row - 1, column).has_style else sheet.cell(row, column - 1)
        cell._style = copy(above._style)
