"""Headings of budget tables: every form of a year with every word beside it gives its year and kind, or is named as not used."""

from itertools import product
from typing import Final, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.messages import Diagnostic
from hyotei.readers.evaluation_text.sheet_of_text import read_evaluation_text
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed import read_form
from hyotei.sheet import Quantity, Sheet
from tests.readers import form_grid
from tests.readers.form_grid import Line, Spot

YEARS: Final = (
    "令和元年度", "元年度", "令和1年度", "R元", "R1", "R1年度", "平成31年度", "平成３１年度", "31年度", "H31", "31（元）年度",
    "平成31（令和元）年度", "平成31年度/令和元年度", "平成31年度・令和元年度", "H31/R1", "2019年度", "2019(R1)",
    "令和元（2019）年度", "2019（令和元）年度", "FY2019", "平成 31 年度",
)  # fmt: skip
"""Ways to print the fiscal year 2019."""
Kind = Literal["facts", "request", "open", "open outturn", "part", "strange"]
WORDS: Final[dict[Kind, tuple[str, ...]]] = {
    "facts": (
        "",
        "決算",
        "決算額",
        "（決算）",
        "執行額",
        "予算",
        "予算額",
        "（予算額）",
        "（※１）",
        "（千円）",
        "（補正後）",
        "補正後",
        "（当年度）",
    ),
    "request": ("要求額", "概算要求額", "（概算要求額）", "予算要求", "要求"),
    "open": ("予算案", "（案）", "（予算案）", "政府案", "見込み", "（見込額）", "予定", "（８月末現在）"),
    "open outturn": ("決算見込", "決算見込額", "（執行見込）", "執行見込額"),
    "part": ("（内数）",),
    "strange": ("（震災分）", "特会分", "第２四半期", "前半"),
}
HEAD: Final[list[Line]] = [
    [Spot("令和元年度実施施策に係る政策評価書", 1, 4)],
    [None, Spot("（環境省1－③）")],
    [Spot("施策名"), Spot("水環境の保全", 1, 3)],
    [Spot("達成すべき目標"), Spot("水をきれいにする", 1, 3)],
]
MEASURES: Final[list[Line]] = [
    [Spot("測定指標"), Spot("基準値"), Spot("目標値"), Spot("実績値")],
    [Spot("達成率"), Spot("80％（29年度）"), Spot("90％（元年度）"), Spot("88％（元年度）")],
]
ROWS: Final = (
    ("当初予算（a）", "1,100"),
    ("補正予算（b）", "20"),
    ("合計（a＋b）", "1,120"),
    ("執行額（千円）", "980"),
)


def cells(heading: str) -> tuple[Sheet, list[Diagnostic]]:
    """A table whose second year has the heading."""
    table: list[Line] = [[Spot("区分"), Spot("30年度"), Spot(heading)]]
    table += [[Spot(label), Spot("1,000" if label[0] in "当合" else "0"), Spot(amount)] for label, amount in ROWS]
    ((sheet, problems),) = read_form(form_grid.blocks([*HEAD, *table, *MEASURES]), "form")
    assert sheet is not None
    return sheet, list(problems)


def lines(heading: str, *, apart: bool) -> tuple[Sheet, list[Diagnostic]]:
    """The same as a text, with a row or a cell on a line."""
    table = ["区分", "30年度", heading] if apart else [f"区分 30年度 {heading}"]
    for label, amount in ROWS:
        row = [label, "1,000" if label[0] in "当合" else "0", amount]
        table += row if apart else [" ".join(row)]
    head = ["令和元年度実施施策に係る政策評価書", "（環境省1－③）", "施策名 水環境の保全", "", "予算の状況（千円）"]
    sheet, problems = read_evaluation_text(
        "\n".join([*head, *table, "", "施策目標 測定指標 基準（値） 実績（値） 目標（値）"])
    )
    assert sheet is not None
    return sheet, list(problems)


def of_2019(sheet: Sheet) -> dict[str, Quantity]:
    year = next((each for each in sheet.budget_years if each.fiscal_year == 2019), None)
    names = ("initial", "supplementary", "total", "executed", "request")
    return {} if year is None else {name: getattr(year, name) for name in names}


def right(kind: Kind, sheet: Sheet, problems: list[Diagnostic], heading: str) -> None:
    """Whether a year says just what its heading makes of its amounts."""
    given = of_2019(sheet)
    values = {name: quantity.value for name, quantity in given.items() if quantity.value is not None}
    said = " ".join(problem.text("ja") for problem in problems if problem.severity == "warning")
    assert all(problem.text("en") for problem in problems)
    facts = {"initial": 1_100_000, "supplementary": 20_000, "total": 1_120_000, "executed": 980_000}
    if kind == "facts":
        assert values == facts
    elif kind == "open outturn":
        assert values == {name: value for name, value in facts.items() if name != "executed"}
        assert given["executed"].unknown == "unsettled"
    elif kind == "open":
        assert values == {}
        assert {given[name].unknown for name in facts} == {"unsettled"}
    elif kind == "part":
        assert values == {}
        assert {given[name].unknown for name in facts} == {"unread"}
    elif kind == "strange":
        # No amount of a table with a column that is not understood is used.
        known = [getattr(year, name).value for year in sheet.budget_years for name in facts]
        assert {*known} <= {None}
        assert "HY268" in {problem.code for problem in problems}
    if kind not in ("facts", "request"):
        assert bare(heading) in bare(said)


@pytest.mark.parametrize("kind", [kind for kind in WORDS if kind != "request"])
@pytest.mark.parametrize("layout", ["cells", "lines", "apart"])
def test_a_year_with_a_word_gives_its_year_and_kind(kind: Kind, layout: str) -> None:
    for year, word in product(YEARS, WORDS[kind]):
        heading = f"{year}{word}"
        read = cells(heading) if layout == "cells" else lines(heading, apart=layout == "apart")
        try:
            right(kind, *read, heading)
        except AssertionError as error:
            raise AssertionError(heading, of_2019(read[0]), [each.text("ja") for each in read[1]]) from error


@pytest.mark.parametrize("word", WORDS["request"])
@pytest.mark.parametrize("blank", [True, False])
def test_a_column_of_the_request_gives_the_request(word: str, *, blank: bool) -> None:
    """当初予算 below 要求額 is the request; a total that differs from it makes it ambiguous, never the larger or the smaller."""
    for year in YEARS:
        table: list[Line] = [[Spot("区分"), Spot("30年度"), Spot(f"{year}{word}")]]
        table += [
            [Spot(label), Spot("1,000"), Spot(amount) if label[0] == "当" or not blank else None]
            for label, amount in ROWS
        ]
        ((sheet, problems),) = read_form(form_grid.blocks([*HEAD, *table, *MEASURES]), "form")
        assert sheet is not None
        given = of_2019(sheet)
        assert {name for name, quantity in given.items() if quantity.value is not None} <= {"request"}
        assert given["request"].value == (1_100_000 if blank else None)
        assert blank == ("HY262" not in {problem.code for problem in problems})


@pytest.mark.parametrize(
    ("label", "field", "unknown"),
    [
        ("執行額（見込）", "executed", "unsettled"),
        ("決算見込額", "executed", "unsettled"),
        ("執行額（８月末現在）", "executed", "unsettled"),
        ("執行見込額（千円）", "executed", "unsettled"),
        ("当初予算案", "initial", "unsettled"),
        ("当初予算（内数）", "initial", "unread"),
        ("概算要求額", "request", None),
    ],
)
def test_a_word_beside_the_label_of_a_row_counts_as_well(label: str, field: str, unknown: str | None) -> None:
    table: list[Line] = [[Spot("区分"), Spot("30年度"), Spot("元年度")]]
    table += [[Spot(each), Spot("1,000"), Spot("1,000")] for each in (label, "補正予算", "合計")]
    ((sheet, problems),) = read_form(form_grid.blocks([*HEAD, *table, *MEASURES]), "form")
    assert sheet is not None
    quantity = of_2019(sheet)[field]
    assert quantity.unknown == unknown
    assert ("HY267" in {problem.code for problem in problems}) == (unknown is not None)


@pytest.mark.parametrize(("row", "column"), [*product(range(1, 5), range(1, 3))])
@pytest.mark.parametrize("across", [True, False])
def test_an_amount_merged_over_several_years_or_rows_is_of_none_of_them(row: int, column: int, *, across: bool) -> None:
    table: list[Line] = [[Spot("区分"), Spot("29年度"), Spot("30年度"), Spot("元年度")]]
    table += [
        [Spot(label), *(Spot(str(10 * number + each)) for each in (1, 2, 3))]
        for number, (label, _) in enumerate(ROWS, 2)
    ]
    wide = across or row == 4
    merged = table[row][column]
    assert merged is not None
    table[row][column] = Spot(merged.text, 1 if wide else 2, 2 if wide else 1)
    lost = (row, column + 1) if wide else (row + 1, column)
    table[lost[0]][lost[1]] = None
    ((sheet, problems),) = read_form(form_grid.blocks([*HEAD, *table, *MEASURES]), "form")
    assert sheet is not None
    names = ("initial", "supplementary", "total", "executed")
    for year, budget in enumerate(sheet.budget_years, 1):
        for number, name in enumerate(names, 1):
            value = getattr(budget, name).value
            assert value == (None if (number, year) in ((row, column), lost) else 1000 * (10 * (number + 1) + year))
    assert "HY262" in {problem.code for problem in problems}


STRANGERS: Final = (
    "備考",
    "増減額",
    "対前年度比",
    "前年度",
    "計画",
    "主な増減の理由",
    "参考値",
    "平均",
    "",
    "27～29年度",
    "伸び率",
)
FILLINGS: Final = st.sampled_from(("1,234", "55", "-", "あり", "12.5％", "△30"))


@settings(suppress_health_check=list(HealthCheck), max_examples=60)
@given(st.data())
def test_one_more_column_or_row_changes_no_other_figure_and_is_named(data: st.DataObject) -> None:
    """Wherever it is put in, the amounts that are there stay as they are, or none of them is used and that is told."""
    table: list[Line] = [[Spot("区分"), Spot("29年度"), Spot("30年度"), Spot("元年度")]]
    table += [[Spot(label), Spot("1,000"), Spot("900"), Spot(amount)] for label, amount in ROWS]
    ((before, _),) = read_form(form_grid.blocks([*HEAD, *table, *MEASURES]), "form")
    heading = data.draw(st.sampled_from(STRANGERS))
    fillings = data.draw(st.lists(FILLINGS, min_size=4, max_size=4))
    if data.draw(st.booleans()):
        at = data.draw(st.integers(1, 4))
        changed = [[*line[:at], Spot(each), *line[at:]] for line, each in zip(table, (heading, *fillings), strict=True)]
    else:
        at = data.draw(st.integers(1, 5))
        fillings = fillings[:3]
        changed = [*table[:at], [Spot(heading), *map(Spot, fillings)], *table[at:]]
    ((after, problems),) = read_form(form_grid.blocks([*HEAD, *changed, *MEASURES]), "form")
    assert before is not None
    assert after is not None
    codes = {problem.code for problem in problems}
    said = bare("".join(problem.text("ja") for problem in problems))
    amounts = {text for text in fillings if any(map(str.isdigit, text))}
    assert not amounts or bare(heading or fillings[0]) in said or any(bare(each) in said for each in fillings)
    for old, new in zip(before.budget_years, after.budget_years, strict=True):
        for name in ("initial", "supplementary", "total", "executed", "request"):
            was, now = getattr(old, name), getattr(new, name)
            assert now.value == was.value or (now.value is None and "HY268" in codes)
