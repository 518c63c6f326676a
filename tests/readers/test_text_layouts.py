"""Layouts of texts that PDF tools give: each figure in its place, or marked, or told, never in another's."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.messages import Diagnostic
from hyotei.readers.evaluation_text.sheet_of_text import read_evaluation_text
from hyotei.sheet import Sheet

HEAD: Final = [
    "平成25年度主要な政策に係る評価書",
    "（総務省24－⑨）",
    "政策名（※１） 政策９：交流の推進 分野 情報通信",
    "",
]
COLUMNS: Final = "施策目標 測定指標 基準（値） 実績（値） 目標（値）"
LABELS: Final = ("当初予算（a）", "補正予算（b）", "繰越し等（c）", "合計（a＋b＋c）", "執行額")
FIELDS: Final = ("initial", "supplementary", "carried_over", "total", "executed")
Layout = Literal["rows", "one cell a line", "labels, then rows", "labels, then columns"]
LAYOUTS: Final[tuple[Layout, ...]] = ("rows", "one cell a line", "labels, then rows", "labels, then columns")


def read(lines: Sequence[str]) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    sheet, problems = read_evaluation_text("\n".join([*HEAD, *lines]))
    assert sheet is not None
    return sheet, problems


def test_a_cell_that_cannot_be_read_keeps_its_place() -> None:
    """30数件 with its year is a cell of the row; the baseline before it was taken for a part of the name."""
    sheet, problems = read([COLUMNS, "2 受信障害の件数 120件【23年度】 30数件【24年度】 60件以下【24年度】"])
    (indicator,) = sheet.indicators
    (measure,) = indicator.measures
    assert indicator.name == "受信障害の件数"
    assert (measure.baseline.value, measure.actual.value, measure.target.value) == (120, None, 60)
    assert any(each.code == "HY271" and "30数件" in each.text() for each in problems)


def printed(columns: Sequence[Sequence[int]], closed: int, layout: Layout) -> list[str]:
    """The table, with the sums and outturns of the years that are closed."""
    years = [f"{22 + number}年度" for number in range(len(columns))]
    most = (len(columns), len(columns), closed + 1, closed + 1, closed)
    rows = [[f"{column[place]:,}" for column in columns[: most[place]]] for place in range(len(LABELS))]
    if layout == "rows":
        body = [" ".join(["区分", *years]), *(" ".join([label, *row]) for label, row in zip(LABELS, rows, strict=True))]
    elif layout == "one cell a line":
        body = ["区分", *years, *(each for label, row in zip(LABELS, rows, strict=True) for each in (label, *row))]
    elif layout == "labels, then rows":
        body = ["区分", *years, *LABELS, *(each for row in rows for each in row)]
    else:
        body = ["区分", *years, *LABELS]
        body += [row[number] for number in range(len(columns)) for row in rows if number < len(row)]
    return ["政策の予算額・執行額等", "予算の状況（千円）", *body, "", COLUMNS]


@settings(suppress_health_check=list(HealthCheck), max_examples=60, deadline=None)
@given(st.data())
def test_the_amounts_of_a_budget_are_in_their_cells_or_marked_in_every_layout(data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 4))
    columns = []
    for _ in range(count):
        parts = [data.draw(st.integers(500, 9_000)), data.draw(st.integers(-90, 90)), data.draw(st.integers(-90, 90))]
        columns.append([*parts, sum(parts), data.draw(st.integers(300, sum(parts)))])
    closed = count - 2 if count > 2 else 1
    layout = data.draw(st.sampled_from(LAYOUTS))
    sheet, problems = read(printed(columns, closed, layout))
    assert [year.fiscal_year for year in sheet.budget_years] == [2010 + number for number in range(count)]
    codes = {problem.code for problem in problems}
    for number, year in enumerate(sheet.budget_years):
        for place, name in enumerate(FIELDS):
            quantity = getattr(year, name)
            right = number < (count, count, closed + 1, closed + 1, closed)[place]
            if quantity.value is not None:
                assert right
                assert quantity.value == 1000 * columns[number][place]
            elif right:
                ambiguous = quantity.source is not None and quantity.source.reading == "ambiguous"
                assert ambiguous or codes & {"HY261", "HY262", "HY264"}
    if layout in ("rows", "one cell a line"):
        assert all(
            year.initial.value == 1000 * column[0] for year, column in zip(sheet.budget_years, columns, strict=True)
        )


NAMES: Final = ("利用者数", "講習会の開催回数", "相談の受付件数", "施設の利用率", "協定を結んだ国数")
UNITS: Final = ("人", "回", "件", "％", "カ国")


@settings(suppress_health_check=list(HealthCheck), max_examples=60, deadline=None)
@given(st.data())
def test_rows_of_measures_on_one_line_are_rows(data: st.DataObject) -> None:
    """The name, then its figures in the order of the columns; tags of years touch their figure or stand apart from it."""
    count = data.draw(st.integers(1, 4))
    numbered, gap = data.draw(st.booleans()), data.draw(st.sampled_from(("", " ")))
    names = data.draw(st.permutations(range(len(NAMES))))[:count]
    figures = [[data.draw(st.integers(1, 9_999)) for _ in range(3)] for _ in names]
    lines = [
        f"{f'{position} ' if numbered else ''}{NAMES[name]} "
        + " ".join(f"{each:,}{UNITS[name]}{gap}【{year}年度】" for each, year in zip(values, (23, 24, 24), strict=True))
        for position, (name, values) in enumerate(zip(names, figures, strict=True), 1)
    ]
    sheet, _ = read([COLUMNS, *lines])
    assert [each.name for each in sheet.indicators] == [NAMES[name] for name in names]
    for name, values, measure in zip(names, figures, sheet.measures, strict=True):
        factor = Decimal("0.01") if UNITS[name] == "％" else Decimal(1)
        read_values = [each.value for each in (measure.baseline, measure.actual, measure.target)]
        assert read_values == [factor * each for each in values]
        assert [each.fiscal_year for each in (measure.baseline, measure.actual, measure.target)] == [2011, 2012, 2012]
