"""What a file shows by the ground of a cell is a choice; of several choices of which none or more are shown none is taken."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.styles import PatternFill
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import SimpleDocTemplate, Table

from hyotei.forms.library import find_form
from hyotei.forms.load import parse_form
from hyotei.readers.document_blocks import document_blocks
from hyotei.readers.printed.form_blocks import FormTable
from hyotei.readers.printed.form_sheets import read_by
from hyotei.readers.reader import Found

FORM = """---
form: mine
title: 例
authority: 例の市
standing: draft
recognise:
  every:
    - 評価票
---
# 欄 `labels`

| 印字 | 項目 |
|---|---|
| 必要性 | fact need |

# 選択肢 `choices`

| 項目 | 印字 | 値 |
|---|---|---|
| fact need | 高い | a |
| fact need | ふつう | b |
| fact need | 低い | c |
"""
ROWS: Final = (
    ("令和5年度 評価票", "", "", ""),
    ("施策名", "図書館", "", ""),
    ("必要性", "高い", "ふつう", "低い"),
    ("（千円）", "令和4年度", "令和5年度", ""),
    ("当初予算", "100", "120", ""),
    ("執行額", "95", "118", ""),
)
CHOICES: Final = 2
"""The row of the choices."""
Fills = dict[int, str]
"""The colour of each coloured cell in the row of the choices, by its column."""


def xlsx(path: Path, fills: Fills) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in ROWS:
        page.append([each or None for each in row])
    for column, colour in fills.items():
        page.cell(CHOICES + 1, column + 1).fill = PatternFill("solid", fgColor=f"FF{colour}")
    book.save(path)


def word(path: Path, fills: Fills) -> None:
    document = docx.Document()
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for at, row in enumerate(ROWS):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for column, colour in fills.items():
        shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
        table.cell(CHOICES, column)._tc.get_or_add_tcPr().append(shading)
    document.save(str(path))


def html(path: Path, fills: Fills) -> None:
    lines = []
    for at, row in enumerate(ROWS):
        styles = [
            f' style="color: #000; background-color: #{fills[i]}"' if at == CHOICES and i in fills else ""
            for i in range(len(row))
        ]
        cells = "".join(f"<td{style}>{text}</td>" for style, text in zip(styles, row, strict=True))
        lines.append(f"<tr>{cells}</tr>")
    path.write_text(f"<html><body><table>{''.join(lines)}</table></body></html>", encoding="utf-8")


def pdf(path: Path, fills: Fills) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    style = [("FONTNAME", (0, 0), (-1, -1), "HeiseiMin-W3"), ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#000000"))]
    style += [
        ("BACKGROUND", (column, CHOICES), (column, CHOICES), HexColor(f"#{colour}")) for column, colour in fills.items()
    ]
    SimpleDocTemplate(str(path), pagesize=A4).build([Table([list(row) for row in ROWS], style=style)])


WRITERS: Final[dict[str, Callable[[Path, Fills], None]]] = {"xlsx": xlsx, "docx": word, "html": html, "pdf": pdf}


def read(path: Path) -> Found:
    (found,) = read_by(parse_form(FORM, find_form).form, document_blocks(path), path.name)
    return found


def value_of(found: Found) -> str | None:
    """The value of the fact; where there is none that is told."""
    assert found.sheet is not None
    facts = {fact.name: fact.text for fact in found.sheet.facts}
    assert ("HY691" in {problem.code for problem in found.problems}) == (not facts)
    return facts.get("need")


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize(
    ("fills", "value"),
    [
        ({2: "D9D9D9"}, "b"),
        ({0: "D9D9D9", 1: "FFFFFF", 3: "FFFF00"}, "c"),
        ({}, None),
        ({1: "D9D9D9", 2: "D9D9D9"}, None),
        ({1: "FFFFFF"}, None),
        ({0: "D9D9D9", 1: "D9D9D9", 2: "D9D9D9", 3: "D9D9D9"}, None),
    ],
)
def test_the_one_shaded_choice_is_chosen(tmp_path: Path, kind: str, fills: Fills, value: str | None) -> None:
    file = tmp_path / f"x.{kind}"
    WRITERS[kind](file, fills)
    assert value_of(read(file)) == value


def test_stripes_in_a_workbook_are_a_shade(tmp_path: Path) -> None:
    xlsx(tmp_path / "x.xlsx", {})
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    book.worksheets[0].cell(CHOICES + 1, 4).fill = PatternFill("lightUp")
    book.save(tmp_path / "x.xlsx")
    assert value_of(read(tmp_path / "x.xlsx")) == "c"


def test_white_over_a_coloured_row_leaves_the_rest_shaded(tmp_path: Path) -> None:
    """In a PDF what is painted later covers what was there."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    style = [("FONTNAME", (0, 0), (-1, -1), "HeiseiMin-W3"), ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#000000"))]
    grey, white = HexColor("#D9D9D9"), HexColor("#FFFFFF")
    style += [("BACKGROUND", (0, CHOICES), (-1, CHOICES), grey), ("BACKGROUND", (1, CHOICES), (2, CHOICES), white)]
    SimpleDocTemplate(str(tmp_path / "x.pdf"), pagesize=A4).build([Table([list(row) for row in ROWS], style=style)])
    assert value_of(read(tmp_path / "x.pdf")) == "c"


def test_a_shade_in_a_table_without_lines(tmp_path: Path) -> None:
    """The columns are those of the texts, and a text is shaded that stands on the ground painted last."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    rows = [
        ("政策", "一番目", "二番目", "三番目"),
        ROWS[CHOICES],
        *((name, "100", "120", "90") for name in ("当初予算", "執行額")),
    ]
    grounds = [("BACKGROUND", (3, 1), (3, 1), HexColor("#D9D9D9"))]
    table = Table(
        [list(row) for row in rows],
        colWidths=[90] * 4,
        style=[("FONTNAME", (0, 0), (-1, -1), "HeiseiMin-W3"), *grounds],
    )
    SimpleDocTemplate(str(tmp_path / "x.pdf"), pagesize=A4).build([table])
    (found,) = (block for block in document_blocks(tmp_path / "x.pdf") if isinstance(block, FormTable))
    assert [cell.text for cell in found.cells if cell.shaded] == ["低い"]
