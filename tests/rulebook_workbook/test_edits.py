"""What a person does in a workbook comes back as that and nothing else."""

from typing import Any

import pytest

from hyotei.rulebook.load import check_document, parse_rulebook
from hyotei.rulebook_workbook.workbook_cells import number_text
from hyotei.rulebook_workbook.workbook_document import workbook_document
from tests.rulebook_workbook.book import CASES, TEXT, changed, edited, find, put, read, told


def test_an_edited_cell_changes_its_own_text_only() -> None:
    back = read(put("評価区分", "40%以上", "30%以上"))
    assert changed(TEXT, back.text) == [
        ("|  3  | 40%以上     | B          | 半ばを達成   |", "|  3  | 30%以上     | B          | 半ばを達成   |")
    ]
    assert back.cases == CASES


@pytest.mark.parametrize(
    ("value", "form", "written"),
    [
        (0.3, "0%", "30%"),
        ("３０％以上", "@", "３０％以上"),
        ("  30%以上 ", "@", "30%以上"),
        (0.1 + 0.2, "0.0%", "30%"),
        (3, '0"点"', "3点"),
        (1200, "#,##0", "1200"),
        (True, "General", "true"),
        ("30%以上\n40%未満", "@", "30%以上 40%未満"),
    ],
)
def test_what_a_spreadsheet_makes_of_what_is_typed_is_understood(value: object, form: str, written: str) -> None:
    (line,) = changed(TEXT, read(put("評価区分", "40%以上", value, form)).text)
    assert line[1].split("|")[2].strip() == written


def test_a_row_is_added_below_the_rules() -> None:
    def edit(book: Any) -> None:
        sheet, last = book["評価区分"], find(book, "評価区分", "達成が少ない").row
        for column, text in enumerate(["", "10%以上", "B", "わずかに達成"], 1):
            sheet.cell(last + 1, column).value = text

    back = read(edit)
    assert back.text == TEXT + "|  5  | 10%以上     | B          | わずかに達成 |\n"


def test_a_row_that_is_put_between_others_numbers_all_anew() -> None:
    def edit(book: Any) -> None:
        sheet, row = book["評価区分"], find(book, "評価区分", "40%以上").row
        rows = [[cell.value for cell in line[:4]] for line in sheet.iter_rows(row, row + 1)]
        for number, texts in enumerate([[None, "60%以上", "A", "新しい行"], *rows], row):
            for column, text in enumerate(texts, 1):
                sheet.cell(number, column).value = text

    lines = read(edit).text.rstrip("\n").split("\n")
    assert lines[-4:] == [
        "|  2  | `good` 以上 | A          | 多くを達成   |",
        "|  3  | 60%以上     | A          | 新しい行     |",
        "|  4  | 40%以上     | B          | 半ばを達成   |",
        "|  5  | -           | C          | 達成が少ない |",
    ]


def test_a_case_is_added_by_adding_a_row() -> None:
    def edit(book: Any) -> None:
        sheet, row = book["事例"], find(book, "事例", "達成しなければ C").row + 1
        for column, text in enumerate(["半分なら B", 10, "5", "B"], 1):
            sheet.cell(row, column).value = text

    back = read(edit)
    assert back.text == TEXT
    assert back.cases.startswith(CASES.rstrip("\n"))
    assert back.cases[len(CASES) :].split() == (
        [
            "-",
            "name:",
            "半分なら",
            "B",
            "sheet:",
            "measures:",
            "-",
            "{target:",
            "10,",
            "actual:",
            "5}",
            "expect:",
            "rating:",
            "B",
        ]
    )


def test_a_path_of_cases_is_added_above_a_blank_column() -> None:
    def edit(book: Any) -> None:
        sheet = book["事例"]
        assert not sheet.column_dimensions["E"].protection.locked
        sheet["E4"], sheet["E5"] = "expect.share", "100%"

    assert changed(CASES, read(edit).cases) == [("    expect: {rating: A}", "    expect: {rating: A, share: 100%}")]


def test_a_grade_and_a_threshold_are_edited_in_the_front_matter() -> None:
    def edit(book: Any) -> None:
        find(book, "パラメーター", "80%").value = "75%"
        find(book, "尺度", "ふつう").value = "まずまず"
        sheet, row = book["尺度"], find(book, "尺度", "C").row + 1
        for column, text in enumerate([None, "D", "とても悪い"], 1):
            sheet.cell(row, column).value = text

    assert changed(TEXT, read(edit).text) == [
        ("  rating: {A: 良い, B: ふつう, C: 悪い}", "  rating: {A: 良い, B: まずまず, C: 悪い, D: とても悪い}"),
        ("  good: 80%                 # 良いとみる割合", "  good: 75%                 # 良いとみる割合"),
    ]


def test_worksheets_are_known_by_their_codes_whatever_they_are_called() -> None:
    """Also by the names that earlier versions gave them."""

    def edit(book: Any) -> None:
        book["パラメーター"].title, book["法則"].title = "定数", "性質"
        find(book, "定数", "80%").value = "75%"

    assert changed(TEXT, read(edit).text) == [
        ("  good: 80%                 # 良いとみる割合", "  good: 75%                 # 良いとみる割合"),
    ]


def test_a_standing_is_chosen_by_its_word_in_either_language() -> None:
    for word in ("公表", "published", "Published"):
        (line,) = changed(TEXT, read(put("表紙", "案", word)).text)
        assert line == ("standing: draft             # まだ案", "standing: published             # まだ案")


def test_text_that_is_edited_and_added() -> None:
    def edit(book: Any) -> None:
        find(book, "評価区分", "割合で決める。").value = "割合だけで決める。\n\n端数は切り捨てない。"

    back = read(edit).text
    assert "\n割合だけで決める。\n\n端数は切り捨てない。\n\n|  F  |" in back
    assert back.replace("割合だけで決める。\n\n端数は切り捨てない。", "割合で決める。") == TEXT


def test_a_decision_is_added_by_copying_its_worksheet_and_taken_out_with_it() -> None:
    def add(book: Any) -> None:
        sheet = book.copy_worksheet(book["割合"])
        sheet.title = "未達"
        sheet["B1"], sheet["B2"] = "未達の割合", "missed"
        next(row for row in sheet.iter_rows() if row[0].value == "式")[1].value = "1 - share"

    text = read(add).text
    assert parse_rulebook(text).by_name["missed"].title == "未達の割合"
    assert text.replace("\n## 未達の割合 `missed` — for the sheet\n\n    1 - share\n", "") == TEXT

    def remove(book: Any) -> None:
        del book["評価区分"]

    back = read(remove)
    assert back.text == TEXT[: TEXT.index("\n## 評価区分")]
    assert [problem.code for problem in back.problems] == ["HY479"]


def test_a_column_is_added_and_cleared() -> None:
    def add(book: Any) -> None:
        sheet = book["評価区分"]
        item = find(book, "評価区分", "項目").row
        sheet.cell(item - 2, 5).value, sheet.cell(item, 5).value = "注記", "出典"
        sheet.cell(item + 2, 5).value = "第3条第1項"

    text = read(add).text
    assert parse_rulebook(text).by_name["rating"].body.rows[1].source == "第3条第1項"  # type: ignore[union-attr]

    def clear(book: Any) -> None:
        sheet = book["評価区分"]
        for row in sheet.iter_rows(find(book, "評価区分", "項目").row - 2, sheet.max_row, 4, 4):
            row[0].value = None

    back = read(clear)
    assert "*理由*" not in back.text
    assert [problem.code for problem in back.problems] == ["HY478"]


def test_cells_that_are_merged_down_hold_for_each_row() -> None:
    def edit(book: Any) -> None:
        cell = find(book, "評価区分", "A")
        book["評価区分"].merge_cells(start_row=cell.row, end_row=cell.row + 1, start_column=3, end_column=3)

    back = read(edit)
    assert changed(TEXT, back.text)[0][1] == "|  3  | 40%以上     | A          | 半ばを達成   |"
    assert [problem.code for problem in back.problems] == ["HY475"]


def test_a_renamed_tab_and_moved_columns_of_a_list_change_nothing() -> None:
    def edit(book: Any) -> None:
        book["評価区分"].title = "区分の表"
        sheet = book["尺度"]
        for row in sheet.iter_rows(3, sheet.max_row, 1, 3):
            first, _, last = row
            first.value, last.value = last.value, first.value

    back = read(edit)
    assert (back.text, back.cases, back.problems) == (TEXT, CASES, ())


def test_without_its_hidden_worksheet_a_workbook_means_the_same() -> None:
    def edit(book: Any) -> None:
        del book["_hyotei"]

    back = read(edit)
    assert parse_rulebook(back.text).hash == parse_rulebook(TEXT).hash
    onto = workbook_document(edited(edit), "town.xlsx")
    assert onto.text == back.text


def test_a_sorted_table_is_told_where_the_order_decides() -> None:
    def edit(book: Any) -> None:
        sheet, row = book["評価区分"], find(book, "評価区分", "40%以上").row
        lines = [[cell.value for cell in line[:4]] for line in sheet.iter_rows(row, row + 1)]
        for number, texts in enumerate(reversed(lines), row):
            for column, text in enumerate(texts, 1):
                sheet.cell(number, column).value = text

    assert any("HY476 warning" in each for each in told(edit))


def test_numbers_of_cells() -> None:
    assert number_text(1e15, "General") == "1000000000000000"
    assert number_text(0.000001, "General") == "0.000001"
    assert number_text(0.125, "0.0%") == "12.5%"
    assert number_text(2024, "0年度") == "2024"


def test_a_sound_workbook_is_a_rulebook() -> None:
    book, problems = check_document(read(lambda _: None), "town.xlsx")
    assert book is not None
    assert problems == []
