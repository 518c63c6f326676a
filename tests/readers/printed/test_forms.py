"""Several forms of one file, damaged forms, and tables that are none of a form's."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.readers.printed import read_form
from hyotei.readers.printed.form_blocks import Block, FormCell, FormLine, FormPlace, FormTable
from hyotei.sheet import Measure, Quantity, Sheet, Source
from tests.readers import form_grid
from tests.readers import form_render as render
from tests.readers.evaluation_compare import differences
from tests.readers.evaluation_generator import Facts, facts
from tests.readers.form_grid import Line, Spot
from tests.readers.form_render import FormStyle, form_styles


@settings(suppress_health_check=list(HealthCheck), max_examples=8)
@given(st.lists(facts(), min_size=2, max_size=3), form_styles, st.booleans(), st.data())
def test_forms_one_below_the_other_are_told_apart(
    several: list[Facts], style: FormStyle, together: bool, data: st.DataObject
) -> None:
    """On one sheet or on several, each form is read as if it were alone."""
    blocks: list[Block] = []
    lines: list[Line] = []
    for known in several:
        form = render.ministry(known, style, data.draw)
        lines += form
        blocks += form_grid.blocks(form)
    found = list(read_form(form_grid.blocks(lines) if together else blocks, "forms"))
    assert len(found) == len(several)
    for known, (sheet, problems) in zip(several, found, strict=True):
        assert sheet is not None
        assert list(differences(known, sheet, problems)) == []


@settings(suppress_health_check=list(HealthCheck), max_examples=25)
@given(facts(), form_styles, st.data())
def test_a_form_without_its_spans_is_read_right_or_marked(known: Facts, style: FormStyle, data: st.DataObject) -> None:
    """Where a file lost what its cells span, as geometry may, a figure is right, or marked, or its lack is told."""
    lines = render.ministry(known, style, data.draw)
    bare: list[Line] = [[None if each is None else Spot(each.text) for each in line] for line in lines]
    ((sheet, problems),) = read_form(form_grid.blocks(bare), "form")
    assert sheet is not None
    assert [what for how, what in differences(known, sheet, problems) if how == "silent"] == []


@settings(suppress_health_check=list(HealthCheck), max_examples=12)
@given(facts(), form_styles, st.data())
def test_any_cells_get_an_answer(known: Facts, style: FormStyle, data: st.DataObject) -> None:
    """Cells moved, lost and overlapping at random end in a sheet or a diagnostic, never in anything else."""
    (block,) = form_grid.blocks(render.ministry(known, style, data.draw))
    assert isinstance(block, FormTable)
    moved = [
        FormCell(
            cell.text,
            cell.row + data.draw(st.integers(0, 1)),
            cell.column + data.draw(st.integers(0, 2)),
            cell.place,
            data.draw(st.integers(1, 3)),
            data.draw(st.integers(1, 3)),
        )
        for cell in block.cells
        if data.draw(st.integers(0, 9))
    ]
    for sheet, problems in read_form([FormTable(tuple(moved))], "form"):
        assert sheet is not None or problems
        assert all(problem.text("ja") and problem.text("en") for problem in problems)


def table(*rows: list[str]) -> FormTable:
    cells = [
        FormCell(text, row, column, FormPlace(cell=f"R{row}C{column}"))
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
    ]
    return FormTable(tuple(cells))


HEAD = [
    ["平成26年度実施施策に係る政策評価書", "（環境省26－③）"],
    ["施策名", "水環境の保全"],
    ["達成すべき目標", "水をきれいにする"],
]
BUDGET = [
    ["区分", "25年度", "26年度"],
    ["当初予算（a）（百万円）", "100", "200"],
    ["合計（a+b+c）", "100", "200"],
    ["執行額", "90", "180"],
]
MEASURES = [
    ["測定指標", "基準値", "目標値", "実績値"],
    ["環境基準の達成率", "80％（23年度）", "90％（26年度）", "88％（26年度）"],
]


def one(*blocks: Block) -> tuple[Measure, Sheet, list[str]]:
    ((sheet, problems),) = read_form(blocks, "form")
    assert sheet is not None
    (measure,) = sheet.measures
    codes = [problem.code for problem in problems]
    return measure, sheet, codes


def source(figure: Quantity) -> Source:
    assert figure.source is not None
    return figure.source


def test_figures_of_no_known_table_are_told() -> None:
    """A table of means of achievement is not read, and that is said where it begins."""
    means = [["達成手段", "補正後予算額"], ["水質の監視", "1,234百万円"], ["啓発", "56百万円"]]
    _, _, codes = one(table(*HEAD, *BUDGET, *MEASURES, *means))
    assert codes.count("HY845") == 1


def test_a_second_table_of_measures_without_headings_is_told() -> None:
    """Rows that lost their heading, as behind a page end, are no measures in silence: figures with their years are told."""
    more = [["利用者の満足度", "70％\n【23年度】", "80％以上\n【26年度】", "78％\n【26年度】"]]
    text = FormLine("（続き）", FormPlace(line=9))
    _, _, codes = one(table(*HEAD, *BUDGET, *MEASURES), text, table(*more))
    assert codes.count("HY845") == 1


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("　目標達成\n○進展が大き\nくない\n　目標に向かって\nいない", "進展が大きくない"),
        ("　目標達成\n○その他", None),
        ("目標達成", "目標達成"),
    ],
)
def test_a_grade_broken_by_its_cell_is_one(printed: str, grade: str | None) -> None:
    """The mark counts, and where it stands before what is no grade, no other grade is taken in its place."""
    conclusion = ["目標達成度合いの測定結果", printed]
    _, sheet, _ = one(table(*HEAD, *BUDGET, *MEASURES, conclusion))
    assert sheet.recorded.rating == grade


def test_rows_of_two_accounts_are_not_added_or_chosen_in_silence() -> None:
    """Two rows of one name leave the figure open, with both as candidates."""
    double = [*BUDGET[:2], ["当初予算（特別会計）", "7", "8"], *BUDGET[2:]]
    _, sheet, codes = one(table(*HEAD, *double, *MEASURES))
    initial = sheet.budget_years[0].initial
    assert (initial.value, source(initial).reading, source(initial).candidates) == (None, "ambiguous", ("100", "7"))
    assert "HY262" in codes


@pytest.mark.parametrize(
    ("unit", "expected", "reading"),
    [("利用率（％）", "0.8", "inferred"), ("利用者数（単位：千人）", "80", "inferred"), ("利用の状況", "80", "stated")],
)
def test_a_unit_in_the_name_is_that_of_bare_figures(unit: str, expected: str, reading: str) -> None:
    measures = [["測定指標", "基準値", "目標値", "実績値"], [unit, "80（23年度）", "90（26年度）", "88（26年度）"]]
    measure, _, _ = one(table(*HEAD, *BUDGET, *measures))
    assert str(measure.baseline.value) in (expected, f"{expected}0")
    assert source(measure.baseline).reading == reading


def test_a_share_below_one_with_its_unit_in_the_name_is_left_open() -> None:
    """0.88 under 「（％）」 may be 0.88% or 88%."""
    measures = [["測定指標", "基準値", "目標値", "実績値"], ["利用率（％）", "0.8", "0.9", "0.88"]]
    measure, _, _ = one(table(*HEAD, *BUDGET, *measures))
    assert measure.actual.value is None
    assert source(measure.actual).candidates == ("0.88%", "88%")


def years(**rows: list[str]) -> FormTable:
    header = ["測定指標", "区分", "24年度", "25年度", "26年度", "目標値", "目標年度"]
    return table(
        *HEAD, *BUDGET, header, ["達成率", "目標", *rows["target"], *rows["goal"]], ["", "実績", *rows["actual"]]
    )


def test_the_pair_that_counts_is_of_the_last_year_that_tells_both() -> None:
    """Where the evaluated year tells no actual, the year before is taken, and both figures say so."""
    measure, _, codes = one(years(target=["70%", "80%", "90%"], actual=["71%", "79%", "－"], goal=["95%", "28年度"]))
    assert (str(measure.target.value), str(measure.actual.value), measure.actual.fiscal_year) == ("0.80", "0.79", 2013)
    assert {source(measure.target).reading, source(measure.actual).reading} == {"inferred"}
    assert (measure.final_target.fiscal_year, str(measure.final_target.value)) == (2016, "0.95")
    assert "HY844" in codes


def test_a_figure_not_yet_settled_is_told() -> None:
    """集計中 of the evaluated year is what the sheet says of it; no other year takes its place."""
    measure, _, codes = one(years(target=["70%", "80%", "90%"], actual=["71%", "79%", "集計中"], goal=["", ""]))
    assert (measure.actual.unknown, measure.actual.fiscal_year) == ("unsettled", 2014)
    assert "HY844" not in codes


def test_two_targets_of_one_year_that_differ_leave_it_open() -> None:
    measure, _, codes = one(years(target=["70%", "80%", "90%"], actual=["71%", "79%", "88%"], goal=["95%", "26年度"]))
    assert measure.target.value is None
    assert source(measure.target).candidates == ("90%", "95%")
    assert "HY846" in codes


def test_lines_without_any_table_are_read_as_text() -> None:
    """Where a file has no tables, the reading of texts finds what it can."""
    lines = ["平成25年度主要な政策に係る評価書", "（総務省24－③）", "政策名 政策3：統計の整備 分野 統計", ""]
    lines.append("施策目標 測定指標 基準（値） 実績（値） 目標（値）")
    lines += ["1 調査の回数", "３回", "【22年度】", "８回", "【24年度】", "５回", "【24年度】"]
    ((sheet, _),) = read_form([FormLine(text, FormPlace(page=1, line=n)) for n, text in enumerate(lines, 1)], "form")
    assert sheet is not None
    assert [str(getattr(sheet.measures[0], role).value) for role in ("baseline", "actual", "target")] == ["3", "8", "5"]
    assert sheet.measures[0].actual.source is not None
    assert (sheet.measures[0].actual.source.page, sheet.measures[0].actual.source.line) == (1, 9)


@pytest.mark.parametrize("name", ["目標", "目標値", "実績", "実績値", "基準値", "達成状況", "利用者の増加"])
def test_an_objective_may_be_called_like_a_column(name: str) -> None:
    """In the column of objectives a word is a name; it says nothing of what the figures beside it are."""
    measures = [
        ["施策目標", "測定指標", "単位", "基準値", "目標値", "実績値"],
        [name, "会議", "%", "70（23年度）", "80（26年度）", "76.5（26年度）"],
    ]
    measure, _, _ = one(table(*HEAD, *BUDGET, *measures))
    assert [str(each.value) for each in (measure.baseline, measure.target, measure.actual)] == ["0.70", "0.80", "0.765"]
