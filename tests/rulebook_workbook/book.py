"""A small rulebook, and its workbook as a person has it open."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl

from hyotei.rulebook.document_formats import ReadDocument
from hyotei.rulebook.load import check_document
from hyotei.rulebook_workbook.export_workbook import export_workbook
from hyotei.rulebook_workbook.workbook_document import workbook_document

TEXT = """---
rulebook: town
title: 町の評価
authority: 町
standing: draft             # まだ案
fiscal_years: 2011..2014
scales:
  rating: {A: 良い, B: ふつう, C: 悪い}
parameters:
  good: 80%                 # 良いとみる割合
laws:
  - どの判断も必ず答えを出す
sources:
  - title: 町の要綱
---
# 町の評価

要綱による。

## 達成率 `attainment` — for each measure

    actual / target

## 割合 `share` — for the sheet

    count(measures[attainment >= 100%]) / count(measures)

## 評価区分 `rating` — for the sheet

- standing: draft
- source: 要綱第3条

割合で決める。

|  F  | `share`     | **rating** | *理由*       |
| :-: | ----------- | ---------- | ------------ |
|  1  | unknown     | unknown    | 分からない   |
|  2  | `good` 以上 | A          | 多くを達成   |
|  3  | 40%以上     | B          | 半ばを達成   |
|  4  | -           | C          | 達成が少ない |
"""
CASES = """# 町の事例
cases:
  - name: すべて達成すれば A
    sheet: {measures: [{target: 10, actual: 10}]}
    expect: {rating: A}

  - name: 達成しなければ C
    sheet: {measures: [{target: 10, actual: 9}]}
    expect: {rating: C}      # 端数は切り捨てない
"""
Edit = Callable[[Any], object]
"""What a person does to an open workbook."""


@cache
def exported() -> bytes:
    return export_workbook(TEXT, CASES, "town")


def edited(edit: Edit, content: bytes | None = None) -> bytes:
    """The workbook after an edit."""
    book = openpyxl.load_workbook(BytesIO(content or exported()))
    edit(book)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def read(edit: Edit) -> ReadDocument:
    """What comes back after an edit."""
    return workbook_document(edited(edit), "town.xlsx")


def told(edit: Edit) -> list[str]:
    """What a check says of the edited workbook, each with its cell."""
    _, problems = check_document(read(edit), "town.xlsx")
    return [f"{problem.location.cell} {problem.code} {problem.severity}" for problem in problems]


def find(book: Any, title: str, text: str) -> Any:
    """The cell that says a text."""
    return next(cell for row in book[title].iter_rows() for cell in row if cell.value == text)


def put(title: str, text: str, value: object, form: str = "@") -> Edit:
    """Types something in place of a text."""

    def edit(book: Any) -> None:
        cell = find(book, title, text)
        cell.value, cell.number_format = value, form

    return edit


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that differ between two texts of as many lines."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return [(old, new) for old, new in pairs if old != new]
