"""What a workbook shows by the ground of a cell is a choice; of several choices of which none is shown none is taken."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from hyotei.forms.library import find_form
from hyotei.forms.load import parse_form
from hyotei.intake.input_file import file_document
from hyotei.readers.printed.form_sheets import read_by
from hyotei.readers.xlsx_workbook import worksheets

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
GREY, WHITE = (PatternFill("solid", fgColor=colour) for colour in ("FFD9D9D9", "FFFFFFFF"))
STRIPES = PatternFill("lightUp")


@pytest.mark.parametrize(
    ("fills", "value"),
    [
        ({"C3": GREY}, "b"),
        ({"A3": GREY, "B3": WHITE, "D3": STRIPES}, "c"),
        ({}, None),
        ({"B3": GREY, "C3": GREY}, None),
        ({"B3": WHITE}, None),
        ({"A3": GREY, "B3": GREY, "C3": GREY, "D3": GREY}, None),
    ],
)
def test_the_one_shaded_choice_is_chosen(tmp_path: Path, fills: dict[str, PatternFill], value: str | None) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["令和5年度 評価票"],
        ["施策名", "図書館"],
        ["必要性", "高い", "ふつう", "低い"],
        ["（千円）", "令和4年度", "令和5年度"],
        ["当初予算", 100, 120],
        ["執行額", 95, 118],
    ):
        page.append(row)
    for cell, fill in fills.items():
        page[cell].fill = fill
    out = io.BytesIO()
    book.save(out)
    (tmp_path / "x.xlsx").write_bytes(out.getvalue())
    tables = [each.table for each in worksheets(file_document(tmp_path / "x.xlsx", explicit=True), [])]
    ((sheet, problems),) = read_by(parse_form(FORM, find_form).form, tables, "x.xlsx")
    assert sheet is not None
    assert {fact.name: fact.text for fact in sheet.facts} == ({} if value is None else {"need": value})
    assert ("HY691" in {problem.code for problem in problems}) == (value is None)
