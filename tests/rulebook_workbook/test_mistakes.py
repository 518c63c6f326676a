"""A broken variant of the workbook for each mistake: its code, at its cell."""

from datetime import datetime
from typing import Any

import pytest

from hyotei.messages import HyoteiError, catalogue
from hyotei.rulebook_workbook.workbook_document import workbook_document
from tests.rulebook_workbook.book import Edit, edited, find, put, told


def merged(book: Any) -> None:
    book["評価区分"].merge_cells("B15:C15")


def without_item(book: Any) -> None:
    book["評価区分"].cell(find(book, "評価区分", "40%以上").row, 5).value = "何か"


def without_kind(book: Any) -> None:
    find(book, "評価区分", "入力").value = "条件"


def without_name(book: Any) -> None:
    find(book, "評価区分", "rating").value = None


def twice(book: Any) -> None:
    find(book, "尺度", "B").value = "A"


def beside(book: Any) -> None:
    book["尺度"]["F5"] = "覚え書き"


def above(book: Any) -> None:
    book["割合"]["A3"] = "担当"


def no_head(book: Any) -> None:
    find(book, "尺度", "scales.value").value = None


def no_label(book: Any) -> None:
    book["割合"]["A8"] = None
    book["割合"]["B8"] = None


def own_sheet(book: Any) -> None:
    book.create_sheet("計算用")["A1"] = "x"


def case_path(book: Any) -> None:
    find(book, "事例", "cases.expect.rating").value = "cases.expect..[x]"


def case_gap(book: Any) -> None:
    find(book, "事例", "cases.sheet.measures[1].actual").value = "cases.sheet.measures[3].actual"


def long_name(book: Any) -> None:
    find(book, "パラメーター", "good").value = "名" * 2_000


def yaml_line(book: Any) -> None:
    sheet = book["事例"]
    sheet.cell(4, 5).value, sheet.cell(5, 5).value = "cases.rest", "これは何"


MISTAKES: dict[str, tuple[Edit, str]] = {
    "a formula": (put("評価区分", "40%以上", "=1/2"), "評価区分!B14 HY464 error"),
    "a date": (put("評価区分", "40%以上", datetime(2024, 4, 1), "yyyy-mm-dd"), "評価区分!B14 HY472 error"),
    "an error value": (put("評価区分", "40%以上", "#N/A"), "評価区分!B14 HY473 error"),
    "merged across": (merged, "評価区分!B15 HY474 error"),
    "a column without an item": (without_item, "評価区分!E14 HY468 error"),
    "an unknown kind of column": (without_kind, "評価区分!B9 HY469 error"),
    "no name": (without_name, "評価区分!B2 HY462 error"),
    "a value of a scale twice": (twice, "尺度!B6 HY463 error"),
    "something beside a list": (beside, "尺度!F5 HY470 error"),
    "an unknown label": (above, "割合!A3 HY470 error"),
    "a list without a heading": (no_head, "尺度!A4 HY477 error"),
    "a decision without a body": (no_label, "割合!A1 HY482 error"),
    "an unknown unit": (put("割合", "評価書全体", "町ごと"), "割合!B3 HY480 error"),
    "an unknown hit policy": (put("評価区分", "F（上から最初に当てはまる行）", "上から"), "評価区分!B8 HY480 error"),
    "text that reads as a heading": (put("評価区分", "割合で決める。", "# 割合"), "評価区分!B6 HY481 error"),
    "a worksheet of one's own": (own_sheet, "計算用!A1 HY471 warning"),
    "a path of a case": (case_path, "事例!D4 HY465 error"),
    "a path of a case with a gap": (case_gap, "事例!C5 HY467 error"),
    "a line of the rest": (yaml_line, "事例!E5 HY466 error"),
    "a name that is too long": (long_name, "パラメーター!A5 HY490 error"),
    "an unknown name": (put("評価区分", "share", "shore"), "評価区分!B11 HY501 error"),
    "an unknown value": (put("評価区分", "A", "Z"), "評価区分!C13 HY503 error"),
    "a bad number of a parameter": (put("パラメーター", "80%", "はちわり"), "パラメーター!A5 HY350 error"),
    "a bad law": (put("法則", "どの判断も必ず答えを出す", "いつも正しい"), "法則!A5 HY550 error"),
    "a field of the cover": (put("表紙", "町", None), "表紙!B6 HY462 error"),
    "bad years": (put("表紙", "2011..2014", "いつでも"), "表紙!B8 HY346 error"),
    "a formula that cannot be read": (put("割合", "count(measures[attainment >= 100%]) / count(measures)", "count("), "割合!B8"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_at_its_cell(mistake: str) -> None:
    edit, expected = MISTAKES[mistake]
    found = told(edit)
    assert any(each.startswith(expected) for each in found), found


def test_no_mistake_is_told_of_what_is_right() -> None:
    assert told(lambda _: None) == []


def test_what_is_no_workbook_of_a_rulebook_is_said_so() -> None:
    def emptied(book: Any) -> None:
        for title in book.sheetnames[1:]:
            del book[title]
        book.worksheets[0].delete_rows(1, 100)
        book.worksheets[0]["A1"] = "x"

    for content, code in ((edited(emptied), "HY460"), (b"PK\3\4nothing", "HY461"), (b"", "HY461")):
        with pytest.raises(HyoteiError) as caught:
            workbook_document(content, "x.xlsx")
        assert [problem.code for problem in caught.value.diagnostics] == [code]


def test_each_code_of_cells_has_its_variant() -> None:
    """Those of whole files, and of what happened since an export, have tests of their own."""
    elsewhere = {
        "HY460",
        "HY461",
        "HY475",
        "HY476",
        "HY478",
        "HY479",
        "HY483",
        "HY484",
        "HY485",
        "HY487",
        "HY488",
        "HY489",
    }
    codes = {code for code in catalogue() if code.startswith(("HY46", "HY47", "HY48", "HY490"))}
    told_of = {each[1].split()[1] for each in MISTAKES.values() if " " in each[1]}
    assert codes - elsewhere - told_of == set()
