"""Headings of measures as ministries lay them out: two rows, years below roles, remarks, columns of years beside values."""

from hyotei.readers.printed import read_form
from hyotei.sheet import Quantity, Sheet
from tests.readers import form_grid
from tests.readers.form_grid import Line, Spot

HEAD: list[Line] = [
    [Spot("令和４年度実施施策に係る政策評価書", 1, 8)],
    [None, Spot("（環境省４－③）")],
    [Spot("施策名"), Spot("水環境の保全", 1, 3), None, None, Spot("担当部局名"), Spot("水・大気環境局", 1, 2)],
    [Spot("達成すべき目標"), Spot("水をきれいにする", 1, 6)],
]
NAME = "測定指標（数字に○を付した測定指標は、主要な測定指標）"


def only(*lines: Line) -> Sheet:
    ((sheet, problems),) = read_form(form_grid.blocks([*HEAD, *lines]), "form")
    assert sheet is not None, problems
    assert {problem.code for problem in problems} & {"HY842", "HY843", "HY271", "HY277"} == set()
    return sheet


def told(quantity: Quantity) -> tuple[str | None, int | None, str]:
    assert quantity.source is not None
    return quantity.source.text, quantity.fiscal_year, quantity.source.reading


def test_targets_below_years_are_those_of_the_years_and_the_last_one_is_final() -> None:
    """目標値 over several years, one of them called 最終, and a remark in the heading of the names."""
    sheet = only(
        [Spot(NAME, 2), Spot("基準（値）\n【年度】", 2), Spot("実績（値）", 1, 2), None, Spot("目　標　値", 1, 3)],
        [None, None, Spot("令和３年度"), Spot("令和４年度"), Spot("令和３年度"), Spot("令和４年度"), Spot("最終\n（令和７年度）")],
        [Spot("① 達成率"), Spot("80％【元年度】"), *map(Spot, ("83％", "85％", "82％以上", "84％以上", "90％"))],
    )  # fmt: skip
    (measure,) = sheet.measures
    assert [each.name for each in sheet.indicators] == ["達成率"]
    assert told(measure.target) == ("84％以上", 2022, "stated")
    assert told(measure.actual) == ("85％", 2022, "stated")
    assert told(measure.final_target) == ("90％", 2025, "stated")
    (before,) = measure.series
    assert (told(before.target)[0], told(before.actual)[0]) == ("82％以上", "83％")


def test_years_and_values_beside_each_other_below_a_role() -> None:
    """基準 over 年度 and 値: the year is that of the value, and a dash stands where there is none."""
    sheet = only(
        [Spot("測定指標", 2), Spot("単位", 2), Spot("基準", 1, 2), None, Spot("実績値", 1, 2), None, Spot("各年度の目標値")],
        [None, None, Spot("年度"), Spot("値"), Spot("R3"), Spot("R4"), Spot("R4")],
        [Spot("認定件数"), Spot("件"), Spot("令和元年度"), Spot("30"), Spot("55"), Spot("集計中"), Spot("80")],
        [Spot("調査件数"), Spot("件"), Spot("－"), Spot("－"), Spot("5"), Spot("6"), Spot("8")],
    )  # fmt: skip
    first, second = sheet.measures
    assert told(first.baseline) == ("30", 2019, "stated")
    assert (first.target.value, first.actual.unknown) == (80, "unsettled")
    assert second.baseline.value is None
    assert (second.target.value, second.actual.value) == (8, 6)


def test_a_dash_below_a_role_is_a_column_without_a_year() -> None:
    """A year that is not stated does not end the headings, and a merged target of one year is simply stated."""
    sheet = only(
        [Spot("測定指標", 2), Spot("基準値"), Spot("実績値", 1, 2), None, Spot("目標値", 1, 2), None],
        [None, Spot("－"), Spot("R3年度"), Spot("R4年度"), Spot("R4年度", 1, 2)],
        [Spot("団体数"), Spot("－"), Spot("1,003団体"), Spot("1,110団体"), Spot("1,100団体以上", 1, 2)],
    )
    (measure,) = sheet.measures
    assert told(measure.target) == ("1,100団体以上", 2022, "stated")
    assert told(measure.actual) == ("1,110団体", 2022, "stated")


def test_what_stands_beside_the_title_is_no_part_of_it() -> None:
    """The office in the same row of the form is a cell of its own; number and title in two cells are one name."""
    sheet = only([Spot("測定指標"), Spot("実績値"), Spot("目標値")], [Spot("件数"), Spot("3件"), Spot("4件")])
    assert sheet.title == "水環境の保全"
    apart: list[Line] = [[Spot("施策名"), Spot("２－１"), Spot("水環境の保全"), Spot("分野"), Spot("環境")]]
    ((sheet, _),) = read_form(form_grid.blocks([*HEAD[:2], *apart, *HEAD[3:]]), "form")  # type: ignore[assignment]  # a sheet is read
    assert sheet is not None
    assert sheet.title.endswith("水環境の保全")
    assert sheet.field == "環境"


def test_a_printed_rate_says_its_cell() -> None:
    """The rate of execution has its place like every other figure."""
    sheet = only(
        [Spot("区分"), Spot("３年度"), Spot("４年度")],
        [Spot("当初予算（百万円）"), Spot("100"), Spot("200")],
        [Spot("合計"), Spot("100"), Spot("200")],
        [Spot("執行額"), Spot("90"), Spot("190")],
        [Spot("執行率（％）"), Spot("90%"), Spot("95%")],
        [Spot("測定指標"), Spot("実績値"), Spot("目標値")],
        [Spot("件数"), Spot("3件"), Spot("4件")],
    )
    rates = [year.stated_rate for year in sheet.budget_years]
    assert [each.source.cell for each in rates if each.source is not None] == ["R9C2", "R9C3"]
