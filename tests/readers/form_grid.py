"""A form as a grid of cells, and the grid as blocks and in files."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import docx
import openpyxl

from hyotei.readers.printed.form_blocks import Block, FormCell, FormPlace, FormTable
from tests.readers.ods_render import OdsCell, OdsRow, table, workbook


@dataclass(frozen=True)
class Spot:
    """A cell of the grid: its text and what it spans."""

    text: str
    rows: int = 1
    columns: int = 1


Line = list[Spot | None]
"""A row of the grid; None where nothing begins."""


def blocks(lines: Sequence[Line]) -> list[Block]:
    cells = [
        FormCell(spot.text, row, column, FormPlace(cell=f"R{row + 1}C{column + 1}"), spot.rows, spot.columns)
        for row, line in enumerate(lines)
        for column, spot in enumerate(line)
        if spot is not None and spot.text
    ]
    return [FormTable(tuple(cells))]


def xlsx(lines: Sequence[Line]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, line in enumerate(lines, 1):
        for column, spot in enumerate(line, 1):
            if spot is None:
                continue
            sheet.cell(row, column).value = spot.text or None
            if spot.rows > 1 or spot.columns > 1:
                sheet.merge_cells(
                    start_row=row,
                    start_column=column,
                    end_row=row + spot.rows - 1,
                    end_column=column + spot.columns - 1,
                )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(lines: Sequence[Line]) -> bytes:
    rows = [
        OdsRow([
            OdsCell() if spot is None else OdsCell(spot.text, "string", rows=spot.rows, columns=spot.columns)
            for spot in line
        ])
        for line in lines
    ]  # fmt: skip
    return workbook(table(rows))


def html(lines: Sequence[Line], encoding: str = "utf-8") -> bytes:
    rows: list[str] = []
    covered: set[tuple[int, int]] = set()
    width = max(len(line) for line in lines)
    for row, line in enumerate(lines):
        cells: list[str] = []
        for column in range(width):
            if (row, column) in covered:
                continue
            spot = (line[column] if column < len(line) else None) or Spot("")
            covered |= {(row + down, column + over) for down in range(spot.rows) for over in range(spot.columns)}
            spans = f' rowspan="{spot.rows}"' * (spot.rows > 1) + f' colspan="{spot.columns}"' * (spot.columns > 1)
            cells.append(f"<td{spans}>{escape(spot.text).replace(chr(10), '<br>')}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    start = f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>x</title></head><body>'
    page = f"{start}<table>{''.join(rows)}</table></body></html>"
    return page.encode(encoding, "xmlcharrefreplace")


def word(lines: Sequence[Line]) -> bytes:
    document = docx.Document()
    width = max(column + spot.columns for line in lines for column, spot in enumerate(line) if spot is not None)
    table = document.add_table(len(lines), width)
    grid = [list(row.cells) for row in table.rows]
    for row, line in enumerate(lines):
        for column, spot in enumerate(line):
            if spot is None:
                continue
            cell = grid[row][column]
            if spot.rows > 1 or spot.columns > 1:
                cell = cell.merge(grid[row + spot.rows - 1][column + spot.columns - 1])
            cell.text = spot.text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
