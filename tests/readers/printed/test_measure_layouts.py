"""Layouts and headings of measures: a block for each indicator, columns in no list, words that say what a figure is."""

from decimal import Decimal
from typing import Final, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.messages import Diagnostic
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed import read_form
from hyotei.sheet import Measure, Sheet
from tests.readers import form_grid
from tests.readers.form_grid import Line, Spot

HEAD: Final[list[Line]] = [
    [Spot("令和元年度実施施策に係る政策評価書", 1, 5)],
    [None, Spot("（環境省1－③）")],
    [Spot("施策名"), Spot("水環境の保全", 1, 3)],
    [Spot("達成すべき目標"), Spot("水をきれいにする", 1, 3)],
]
NAMES: Final = ("利用者数", "講習会の開催回数", "相談の受付件数", "協定を結んだ国数")
UNITS: Final = ("人", "回", "件", "カ国")
Layout = Literal["beside", "beside, year apart", "title above", "name above", "name merged", "years above"]
LAYOUTS: Final[tuple[Layout, ...]] = (
    "beside", "beside, year apart", "title above", "name above", "name merged", "years above",
)  # fmt: skip


def read(lines: list[Line]) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    ((sheet, problems),) = read_form(form_grid.blocks([*HEAD, *lines]), "form")
    assert sheet is not None, problems
    return sheet, problems


def lines_of(*texts: tuple[str, ...]) -> list[Line]:
    return [[Spot(text) for text in line] for line in texts]


def block(layout: Layout, label: str, name: str, baseline: str, before: str, actual: str, target: str) -> list[Line]:
    """The block of one indicator: its baseline of 2017, actuals of 2018 and 2019, and the target of 2019."""
    if layout == "beside":
        rows = (
            ("基準値", f"{baseline}（29年度）"),
            ("目標値", f"{target}（元年度）"),
            ("実績値", f"{actual}（元年度）"),
        )
        return lines_of((label, name), *rows)
    if layout == "beside, year apart":
        apart = (("基準値", baseline, "29年度"), ("目標値", target, "元年度"), ("実績値", actual, "R元年度"))
        return [[Spot(label), Spot(name, 1, 2)], *lines_of(*apart)]
    if layout == "years above":
        return [
            [Spot(label), Spot(name, 1, 2)],
            [Spot("年度"), Spot("30年度"), Spot("元年度")],
            [Spot("目標値"), Spot("－"), Spot(target)],
            [Spot("実績値"), Spot(before), Spot(actual)],
        ]
    heading: list[Line] = [
        [Spot("基準値"), Spot("実績値", 1, 2), None, Spot("目標値")],
        [Spot("29年度"), Spot("30年度"), Spot("元年度"), Spot("元年度")],
    ]
    values: Line = [Spot(baseline), Spot(before), Spot(actual), Spot(target)]
    if layout == "title above":
        return [[Spot(f"{label}　{name}", 1, 4)], *heading, values]
    if layout == "name above":
        return [[Spot(label), Spot(name, 1, 3)], *heading, values]
    first, second = heading
    return [[Spot(label, 3), Spot(name, 3), *first], [None, None, *second], [None, None, *values]]


@settings(suppress_health_check=list(HealthCheck), max_examples=60, deadline=None)
@given(st.data())
def test_each_block_of_a_form_is_an_indicator(data: st.DataObject) -> None:
    layout = data.draw(st.sampled_from(LAYOUTS))
    label = data.draw(st.sampled_from(("測定指標{}", "測定指標{}", "指標{}", "成果指標{}")))
    chosen = data.draw(st.permutations(range(len(NAMES))))[: data.draw(st.integers(1, 4))]
    figures = [[data.draw(st.integers(1, 99_999)) for _ in range(4)] for _ in chosen]
    lines: list[Line] = []
    for position, (each, values) in enumerate(zip(chosen, figures, strict=True), 1):
        printed = [f"{value:,}{UNITS[each]}" for value in values]
        lines += block(layout, label.format("１２３４"[position - 1]), NAMES[each], *printed)
    sheet, _ = read(lines)
    assert [each.name for each in sheet.indicators] == [NAMES[each] for each in chosen]
    for (baseline, before, actual, target), measure in zip(figures, sheet.measures, strict=True):
        assert (measure.actual.value, measure.target.value) == (actual, target)
        assert (measure.actual.fiscal_year, measure.target.fiscal_year) == (2019, 2019)
        if layout == "years above":
            assert [point.actual.value for point in measure.series] == [before]
        else:
            assert (measure.baseline.value, measure.baseline.fiscal_year) == (baseline, 2017)


STRANGERS: Final = ("備考", "担当課", "設定の根拠", "参考", "進捗の説明", "評価", "判定", "関係する計画", "出典")
FILLINGS: Final = st.sampled_from(("あり", "水課", "台風の影響による", "12", "平成28年の計画による", "B", "○"))


def values(measure: Measure) -> list[object]:
    return [getattr(measure, name).value for name in ("baseline", "target", "actual")]


@settings(suppress_health_check=list(HealthCheck), max_examples=60, deadline=None)
@given(st.data())
def test_one_more_column_changes_no_other_figure_and_is_used_or_named(data: st.DataObject) -> None:
    table: list[Line] = [
        [Spot("測定指標"), Spot("基準値"), Spot("実績値"), Spot("目標値")],
        [Spot("利用者数"), Spot("100人（29年度）"), Spot("120人（元年度）"), Spot("110人（元年度）")],
        [Spot("講習の回数"), Spot("3回（29年度）"), Spot("4回（元年度）"), Spot("5回（元年度）")],
    ]
    before, _ = read(table)
    heading = data.draw(st.sampled_from(STRANGERS))
    fillings = [data.draw(FILLINGS) for _ in table[1:]]
    at = data.draw(st.integers(1, 4))
    after, problems = read(
        [[*line[:at], Spot(each), *line[at:]] for line, each in zip(table, (heading, *fillings), strict=True)]
    )
    assert [values(each) for each in after.measures] == [values(each) for each in before.measures]
    assert [each.name for each in after.indicators] == [each.name for each in before.indicators]
    said = bare("".join(problem.text("ja") for problem in problems))
    claims = {"○"} if heading in ("評価", "判定") else set()
    assert bare(heading) in said or all(bare(each) in said or each in claims for each in fillings)


@pytest.mark.parametrize(
    "remark",
    [
        "暫定値",
        "速報値",
        "見込値",
        "推計",
        "100点満点",
        "５段階中",
        "参考値",
        "うち国外20人",
        "令和２年度から令和４年度の累計",
        "１",
        "⁽¹⁾",
        "対前年度比110％",
        "※２",
        "再掲",
        "8月公表",
        "令和２年８月公表予定",
        "９月に確定",
        "環境省調べ",
    ],
)
def test_a_remark_behind_a_figure_is_no_label_of_a_measure(remark: str) -> None:
    sheet, _ = read(
        [
            [Spot("測定指標"), Spot("基準値"), Spot("実績値"), Spot("目標値")],
            [Spot("利用者数"), Spot("100人"), Spot(f"120人（{remark}）"), Spot("110人")],
        ]
    )
    (measure,) = sheet.measures
    assert measure.label is None
    assert measure.actual.value in (120, None)
    assert measure.actual.value is None or (
        measure.actual.source is not None and measure.actual.source.reading == "inferred"
    )
    assert measure.actual.unknown != "qualitative"


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("令和２年３月末時点", 2019),
        ("令和2年4月1日現在", 2020),
        ("R2.3", 2019),
        ("R2.3.31", 2019),
        ("2020年3月", 2019),
        ("H31", 2019),
        ("R元年度", 2019),
        ("平成31年度末", 2019),
        ("令和２年度末まで", 2020),
        ("令和２年度末時点", 2020),
        ("FY2019", 2019),
    ],
)
@pytest.mark.parametrize("brackets", ["（{}）", "[{}]", "【{}】"])
def test_a_date_behind_a_figure_is_the_year_of_it(written: str, year: int, brackets: str) -> None:
    """It was taken for the label of a measure, or dropped without a word."""
    sheet, _ = read(
        [
            [Spot("測定指標"), Spot("基準値"), Spot("実績値"), Spot("目標値")],
            [Spot("利用者数"), Spot("100人"), Spot(f"120人{brackets.format(written)}"), Spot("110人")],
        ]
    )
    (measure,) = sheet.measures
    assert (measure.label, measure.actual.value, measure.actual.fiscal_year) == (None, 120, year)
    assert measure.target.value == 110


@pytest.mark.parametrize(
    ("written", "factor", "name"), [("単位：千件", 1000, "件"), ("単位：％", 0, "%"), ("単位:件", 1, "件")]
)
def test_a_unit_in_the_heading_of_the_names_is_that_of_all(written: str, factor: int, name: str) -> None:
    """It was lost, so that 100 thousand were 100; a figure with a unit of its own keeps it."""
    sheet, _ = read(
        [
            [Spot(f"測定指標（{written}）"), Spot("基準値"), Spot("実績値"), Spot("目標値")],
            [Spot("相談"), Spot("100"), Spot("120"), Spot("110")],
            [Spot("照会"), Spot("3人"), Spot("5人"), Spot("4人")],
        ]
    )
    first, second = sheet.measures
    assert [each.unit for each in (first.baseline, first.actual, first.target)] in ([name] * 3, ["千件"] * 3)
    value = first.actual.value
    assert value is not None
    assert value in ((120 * factor, 120) if factor else (Decimal("1.2"),))
    assert value == 120 or first.actual.unit != "千件"
    assert (second.actual.value, second.actual.unit) == (5, "人")


@given(st.integers(2, 4), st.integers(0, 2), st.integers(2, 4), st.integers(1, 3))
def test_a_figure_merged_over_several_indicators_is_that_of_each(
    indicators: int, first: int, height: int, column: int
) -> None:
    """It was that of the first, and the others had none, without a word."""
    first = min(first, indicators - 2)
    height = min(height, indicators - first)
    lines: list[Line] = [[Spot("測定指標"), Spot("基準値"), Spot("実績値"), Spot("目標値")]]
    for row, name in enumerate(NAMES[:indicators]):
        line: Line = [Spot(name), *(Spot(f"{row + 1}{place}回") for place in (1, 2, 3))]
        if first <= row < first + height:
            line[column] = Spot("900回", height) if row == first else None
        lines.append(line)
    sheet, _ = read(lines)
    for row, indicator in enumerate(sheet.indicators):
        (measure,) = indicator.measures
        for place, figure in enumerate((measure.baseline, measure.actual, measure.target), 1):
            shared = place == column and first <= row < first + height
            assert figure.value == (900 if shared else 10 * (row + 1) + place)
            assert figure.source is not None
            assert figure.source.reading == ("inferred" if shared else "stated")


@pytest.mark.parametrize("unit", ["－", "―", "ー", "／", "なし"])
def test_what_stands_in_place_of_a_unit_is_none(unit: str) -> None:
    sheet, _ = read(
        [
            [Spot("測定指標"), Spot("単位"), Spot("基準値"), Spot("実績値"), Spot("目標値")],
            [Spot("出生率"), Spot(unit), Spot("1.35"), Spot("1.28"), Spot("1.40")],
        ]
    )
    (measure,) = sheet.measures
    assert [each.unit for each in (measure.baseline, measure.actual, measure.target)] == [None] * 3
    assert str(measure.actual.value) == "1.28"


WORDS: Final = {
    "集計中": "unsettled",
    "未定": "unsettled",
    "未測定": "unmeasured",
    "－": "missing",
    "算定不能": "undefined",
}
REMARKS: Final = (
    "8月公表", "令和2年8月公表予定", "次年度に調査", "調査は3年に1回", "隔年調査", "確報は9月", "分母が0", "総務省調べ",
    "令和２年度中に判明", "台風のため", "国の統計による", "暫定値", "速報値",
)  # fmt: skip
BESIDE: Final = {
    "alone": ("100人", "110人"),
    "labelled": ("・10回（講習）\n・20回（見学）", "・11回（講習）\n・21回（見学）"),
}


@settings(suppress_health_check=list(HealthCheck), max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(WORDS)),
    st.sampled_from(REMARKS),
    st.sampled_from(sorted(BESIDE)),
    st.sampled_from(("（{}）", "({})", "\n（{}）", " （{}）")),
    st.sampled_from(("baseline", "actual", "target")),
)
def test_what_stands_behind_a_word_is_no_label_of_a_measure(
    word: str, remark: str, beside: str, brackets: str, role: str
) -> None:
    """A word in place of a figure with when or why in brackets stands for all measures of its row, and is told whole."""
    baseline, target = BESIDE[beside]
    printed = word + brackets.format(remark)
    cells = {"baseline": baseline, "actual": target, "target": target, role: printed}
    sheet, problems = read(
        [
            [Spot("測定指標"), Spot("基準値"), Spot("実績値"), Spot("目標値")],
            [Spot("利用者数"), *(Spot(cells[name]) for name in ("baseline", "actual", "target"))],
        ]
    )
    assert [each.label for each in sheet.measures] == ([None] if beside == "alone" else ["講習", "見学"])
    assert "HY276" not in {problem.code for problem in problems}
    for measure in sheet.measures:
        for name in cells:
            figure = getattr(measure, name)
            assert (figure.value is None) == (name == role)
        figure = getattr(measure, role)
        assert figure.unknown == WORDS[word]
        assert bare(figure.source.text) == bare(printed)


def test_a_word_behind_which_a_label_stands_is_of_that_measure() -> None:
    """Where another cell of the row has the label, the word is of its measure alone."""
    sheet, _ = read(
        [
            [Spot("測定指標"), Spot("基準値"), Spot("実績値"), Spot("目標値")],
            [
                Spot("開催の回数"),
                Spot("・10回（講習）\n・20回（見学）"),
                Spot("集計中（講習）"),
                Spot("・11回（講習）\n・21回（見学）"),
            ],
        ]
    )
    assert [(each.label, each.actual.unknown) for each in sheet.measures] == [
        ("講習", "unsettled"),
        ("見学", "missing"),
    ]


@pytest.mark.parametrize("text", ["120人の内数", "120人（内数）", "〈120人〉"])
def test_a_part_of_a_figure_is_not_the_figure(text: str) -> None:
    sheet, _ = read(
        [
            [Spot("測定指標"), Spot("基準値"), Spot("実績値"), Spot("目標値")],
            [Spot("利用者数"), Spot("100人"), Spot(text), Spot("110人")],
        ]
    )
    actual = sheet.measures[0].actual
    assert (actual.value, actual.unknown, actual.qualifier) == (None, "unread", None)
    assert actual.source is not None
    assert bare(actual.source.text) == bare(text)


@pytest.mark.parametrize(
    "text", ["ー）・3回（ミッシ", "3回（ミッシ", "団）3回", "・4回（セミナー）\n・3回（ミッション"]
)
def test_a_cell_that_is_cut_off_gives_no_figure(text: str) -> None:
    """The edge of a cell that is too small for its text may have cut off a label or another figure."""
    sheet, problems = read(
        [
            [Spot("測定指標"), Spot("基準値"), Spot("実績値"), Spot("目標値")],
            [Spot("開催の回数"), Spot("5回"), Spot(text), Spot("4回")],
        ]
    )
    assert all(measure.actual.value is None for measure in sheet.measures)
    assert all(measure.actual.unknown != "qualitative" for measure in sheet.measures)
    assert {"HY213", "HY271", "HY276", "HY842"} & {problem.code for problem in problems}


def test_a_heading_that_names_role_and_year_is_both() -> None:
    sheet, _ = read(
        [
            [Spot("測定指標"), Spot("基準値"), Spot("H30実績値"), Spot("R元実績見込"), Spot("R元目標値")],
            [Spot("利用者数"), Spot("100人"), Spot("105人"), Spot("120人"), Spot("110人")],
        ]
    )
    (measure,) = sheet.measures
    assert (measure.actual.value, measure.target.value) == (120, 110)
    assert measure.actual.source is not None
    assert measure.actual.source.reading == "inferred"
    assert [(point.fiscal_year, point.actual.value) for point in measure.series] == [(2018, 105)]


@pytest.mark.parametrize("heading", ["項目", "項目名", "評価項目", "指標項目"])
@pytest.mark.parametrize("behind", [False, True])
def test_a_column_of_items_names_the_indicators(heading: str, behind: bool) -> None:
    """Wherever the column stands: what is left of the figures is no name where a column says that it holds them."""
    rows = [(heading, "目標値", "実績値"), ("利用者数", "110人", "120人"), ("講習会の開催回数", "4回", "5回")]
    sheet, problems = read(lines_of(*((*each[1:], each[0]) if behind else each for each in rows)))
    assert [indicator.name for indicator in sheet.indicators] == ["利用者数", "講習会の開催回数"]
    assert [measure.actual.value for measure in sheet.measures] == [120, 5]
    assert "HY842" not in {problem.code for problem in problems}


def test_a_document_without_any_year_says_that_its_year_is_one_of_no_rulebook() -> None:
    lines = lines_of(("事業名", "水環境の保全"), ("指標", "目標値", "実績値"), ("利用者数", "110人", "120人"))
    ((sheet, problems),) = read_form(form_grid.blocks(lines), "form")
    assert sheet is not None
    (told,) = [each for each in problems if each.code == "HY682" and "--fiscal-year" in each.text("en")]
    assert "対象年度を定めたどの基準にも当てはまらない仮の値" in told.text("ja")
    assert "no rulebook with stated fiscal years is in force" in told.text("en")
