"""Facts and recorded results of single measures: from columns, from rows, of years, and what stands beside no single one."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.forms.library import find_form
from hyotei.forms.load import parse_form
from hyotei.readers.drawn_documents import blocks_of
from hyotei.readers.printed.form_sheets import read_by
from hyotei.readers.reader import Found

FORM = """---
form: graded
title: 指標ごとの評価
authority: 例の市
standing: draft
evaluated: title
recognise:
  every:
    - 指標評価票
---
# 測定指標の見出し `measures`

| 印字 | 項目            |
|------|-----------------|
| 指標 | name            |
| 判定 | recorded.result |
| 重み | fact weight     |

# 選択肢 `choices`

| 項目            | 印字 | 値       |
|-----------------|------|----------|
| recorded.result | ◎   | achieved |
| recorded.result | ○   | close    |
| recorded.result | △   | missed   |
"""
VALUES = {"◎": "achieved", "○": "close", "△": "missed"}


def read(rows: str) -> Found:
    form = parse_form(FORM, find_form).form
    (found,) = read_by(form, blocks_of(f"令和5年度 指標評価票\n\n{rows}\n"), "document")
    return found


def codes(found: Found) -> list[str]:
    return [problem.code for problem in found.problems]


@given(st.lists(st.tuples(st.sampled_from("◎○△"), st.integers(1, 99)), min_size=1, max_size=6))
def test_each_measure_has_what_stands_in_its_own_row(graded: list[tuple[str, int]]) -> None:
    """However many indicators there are, each gets the grade and the weight of its line."""
    lines = [
        f"| 指標その{'一二三四五六'[at]} | {weight} | 10件 | 9件 | {grade} |"
        for at, (grade, weight) in enumerate(graded)
    ]
    sheet, _ = read("\n".join(["| 政策名 | 図書館 | < | < | < |", "| 指標 | 重み | 目標値 | 実績値 | 判定 |", *lines]))
    assert sheet is not None
    measures = [indicator.measures[0] for indicator in sheet.indicators]
    assert [measure.recorded[0].text for measure in measures] == [VALUES[grade] for grade, _ in graded]
    assert [measure.facts[0].figure.value for measure in measures] == [weight for _, weight in graded]


def test_a_row_of_grades_below_years() -> None:
    """A row of grades gives each year its own."""
    found = read(
        "| 政策名 | 図書館 | < | < |\n| 指標 | 区分 | 令和4年度 | 令和5年度 |\n| 貸出冊数 | 目標値 | 90冊 | 100冊 |\n"
        "| ^ | 実績値 | 91冊 | 98冊 |\n| ^ | 判定 | ◎ | ○ |\n| ^ | 重み | 1 | 2 |"
    )
    assert found.sheet is not None
    (measure,) = found.sheet.indicators[0].measures
    assert [(fact.name, fact.text) for fact in measure.recorded] == [("result", "close")]
    assert [(fact.name, fact.text) for fact in measure.facts] == [("weight", "2")]
    (point,) = measure.series
    stated = [(fact.name, fact.text) for fact in (*point.facts, *point.recorded)]
    assert (point.fiscal_year, stated) == (2022, [("weight", "1"), ("result", "achieved")])
    assert "HY842" not in codes(found)


@given(st.lists(st.sampled_from("◎○△"), min_size=3, max_size=3))
def test_a_column_of_grades_beside_rows_of_years(grades: list[str]) -> None:
    """Each year has the grade of its row, the measure that of the evaluated year."""
    years = [
        f"| {'貸出冊数' if at == 0 else '^'} | 令和{at + 3}年度 | 100冊 | 9{at}冊 | {grade} |"
        for at, grade in enumerate(grades)
    ]
    found = read("\n".join(("| 政策名 | 図書館 | < | < | < |", "| 指標 | 年度 | 目標値 | 実績値 | 判定 |", *years)))
    assert found.sheet is not None
    (measure,) = found.sheet.indicators[0].measures
    read_grades = [*(point.recorded[0].text for point in measure.series), measure.recorded[0].text]
    assert read_grades == [VALUES[grade] for grade in grades]
    assert "HY842" not in codes(found)


def test_a_grade_beside_all_years_is_that_of_the_measure() -> None:
    found = read(
        "| 政策名 | 図書館 | < | < | < |\n| 指標 | 年度 | 目標値 | 実績値 | 判定 |\n"
        "| 貸出冊数 | 令和4年度 | 90冊 | 91冊 | ◎ |\n| ^ | 令和5年度 | 100冊 | 98冊 | ^ |"
    )
    assert found.sheet is not None
    (measure,) = found.sheet.indicators[0].measures
    assert [fact.text for fact in measure.recorded] == ["achieved"]


@given(st.lists(st.sampled_from("◎○△"), min_size=2, max_size=3, unique=True))
def test_of_several_grades_none_marks_another(grades: list[str]) -> None:
    """◎ is a mark of choices in other forms; where it is a choice itself it marks none."""
    found = read(
        f"| 政策名 | 図書館 | < | < |\n| 指標 | 目標値 | 実績値 | 判定 |\n| 貸出冊数 | 100冊 | 98冊 | {''.join(grades)} |"
    )
    assert found.sheet is not None
    assert found.sheet.indicators[0].measures[0].recorded == ()
    assert "HY691" in codes(found)


@given(st.sampled_from("◎○△"), st.sampled_from(("", " ", "・")), st.sampled_from("☑●"))
def test_a_grade_can_be_marked_by_another_sign(chosen: str, between: str, sign: str) -> None:
    text = between.join(f"{sign if grade == chosen else '□'}{grade}" for grade in "◎○△")
    found = read(
        f"| 政策名 | 図書館 | < | < |\n| 指標 | 目標値 | 実績値 | 判定 |\n| 貸出冊数 | 100冊 | 98冊 | {text} |"
    )
    assert found.sheet is not None
    grades = [fact.text for fact in found.sheet.indicators[0].measures[0].recorded]
    # Without anything between them it is not clear which one the sign marks.
    assert grades == ([VALUES[chosen]] if between else [])
    assert ("HY691" in codes(found)) is not bool(between)


@given(st.sampled_from(("重み（千円）", "重み")), st.sampled_from(("重み", "重み(千円)")))
def test_the_unit_of_a_heading_is_that_of_its_figures(heading: str, known: str) -> None:
    """Whether the form has the words with the unit or without it."""
    form = parse_form(FORM.replace("| 重み |", f"| {known} |"), find_form).form
    rows = f"| 政策名 | 図書館 | < | < |\n| 指標 | 目標値 | 実績値 | {heading} |\n| 貸出冊数 | 100冊 | 98冊 | 12 |"
    ((sheet, _),) = read_by(form, blocks_of(f"令和5年度 指標評価票\n\n{rows}\n"), "document")
    assert sheet is not None
    figures = [(str(fact.figure.value), fact.figure.unit) for fact in sheet.indicators[0].measures[0].facts]
    if heading == "重み":
        assert figures == ([("12", None)] if known == "重み" else [])
    else:
        assert figures == [("12000", "円")]


def test_a_cell_beside_two_indicators_is_of_neither() -> None:
    found = read(
        "| 政策名 | 図書館 | < | < |\n| 指標 | 目標値 | 実績値 | 判定 |\n| 貸出冊数 | 100冊 | 98冊 | ○ |\n"
        "| 登録者数 | 50人 | 61人 | ^ |\n| 来館者数 | 70人 | 80人 | ◎ |"
    )
    assert found.sheet is not None
    grades = [[fact.text for fact in each.measures[0].recorded] for each in found.sheet.indicators]
    assert grades == [[], [], ["achieved"]]
    assert codes(found).count("HY842") == 1


def test_what_no_choice_fits_is_told() -> None:
    found = read("| 政策名 | 図書館 | < | < |\n| 指標 | 目標値 | 実績値 | 判定 |\n| 貸出冊数 | 100冊 | 98冊 | 優 |")
    assert found.sheet is not None
    assert found.sheet.indicators[0].measures[0].recorded == ()
    assert "HY691" in codes(found)


def test_the_place_of_a_grade_is_that_of_its_cell() -> None:
    sheet, _ = read("| 政策名 | 図書館 | < | < |\n| 指標 | 目標値 | 実績値 | 判定 |\n| 貸出冊数 | 100冊 | 98冊 | ○ |")
    assert sheet is not None
    (fact,) = sheet.indicators[0].measures[0].recorded
    assert fact.figure.source is not None
    assert (fact.figure.source.text, fact.figure.source.place) == ("○", "判定")
