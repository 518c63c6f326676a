"""Tables 3-1 and 3-2 of the RS system, which the sample of published files lacks, on files made after their description."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hyotei
from hyotei.readers.reader import Found
from hyotei.readers.review_facts import LOGIC
from hyotei.sheet import Sheet
from tests.readers.test_rs_csv_reader import common, table

YEARS = tuple(range(2007, 2061))
NUMBER, KIND = "アクティビティ・アウトプット・アウトカムの番号", "種別（アクティビティ・アウトプット・アウトカム）"
COLUMNS = (
    *("シート種別", "事業年度", "予算事業ID", "事業名", "府省庁の建制順", "政策所管府省庁", "府省庁"),
    NUMBER, KIND, "アウトカムの期間", "アクティビティ／活動目標／成果目標", "活動指標／成果指標", "定量的・定性的", "単位",
    "改善の上向き／下向き", "目標年度／目標値／実績値／達成率", *map(str, YEARS),
)  # fmt: skip
LINKS = (
    *("シート種別", "事業年度", "予算事業ID", "事業名", "府省庁の建制順", "政策所管府省庁", "府省庁"),
    f"派生元ー{KIND}", "派生元ーアクティビティの内容/ 活動目標／成果目標", "派生元ー活動指標／成果指標",
    f"派生先ー{KIND}", "派生先ー活動目標／成果目標", "派生先ー活動指標／成果指標", "後続アウトカムへのつながり",
)  # fmt: skip
CONTENTS = ("1.目標年度", "2.目標値", "3.実績値", "4.達成率")
Cells = dict[str, dict[int, str]]


def indicator(
    cells: Cells,
    *,
    number: str = "1-1",
    kind: str = "アウトカム",
    unit: str = "件",
    direction: str = "上向き",
    program: int = 3,
) -> list[tuple[str, ...]]:
    """The four rows of an indicator; `cells` are those that are not empty, by content and year."""
    head = (*common(program), number, kind, "1.短期", f"目標{number}", f"指標{number}", "定量的", unit, direction)
    return [(*head, content, *(cells.get(content, {}).get(year, "") for year in YEARS)) for content in CONTENTS]


def read(folder: Path, rows: list[tuple[str, ...]], links: list[tuple[str, ...]] | None = None) -> list[Found]:
    if rows:
        (folder / "3-1.csv").write_bytes(table(COLUMNS, rows))
    if links:
        (folder / "3-2.csv").write_bytes(table(LINKS, links))
    return list(hyotei.read_sheets(folder))


def counts(sheet: Sheet) -> dict[str, tuple[str, int]]:
    """The facts of the logic model: what each names, and how many."""
    return {fact.name: (fact.text, int(fact.figure.value or 0)) for fact in sheet.facts if fact.name in LOGIC.values()}


def one(folder: Path, rows: list[tuple[str, ...]], links: list[tuple[str, ...]] | None = None) -> Sheet:
    (found,) = read(folder, rows, links)
    assert found.problems == ()
    assert found.sheet is not None
    assert Sheet.model_validate(found.sheet.model_dump(by_alias=True)) == found.sheet
    return found.sheet


def test_four_rows_are_an_indicator_over_all_years(tmp_path: Path) -> None:
    """The pair of the latest year with both counts, the other years are the series, the target year has the final target."""
    cells = {
        "1.目標年度": {2060: "目標年度"},
        "2.目標値": {2007: "10", 2022: "1,500", 2023: "1,600", 2060: "9,000"},
        "3.実績値": {2007: "11", 2021: "1,300", 2022: "1,450.5"},
        "4.達成率": {2022: "96.7%"},
    }
    sheet = one(tmp_path, indicator(cells))
    (measure,) = sheet.measures
    assert (measure.target.value, str(measure.actual.value), measure.actual.fiscal_year) == (1500, "1450.5", 2022)
    assert [point.fiscal_year for point in measure.series] == [2007, 2021, 2023, 2060]
    assert (measure.final_target.value, measure.final_target.fiscal_year) == (9000, 2060)
    assert measure.direction == "increase"
    assert measure.actual.source is not None
    assert (measure.actual.source.text, measure.actual.source.line, measure.actual.source.file) == (
        "1,450.5",
        4,
        "3-1.csv",
    )
    assert (sheet.objectives[0].name, sheet.objectives[0].indicators[0].name) == ("目標1-1", "指標1-1")


@pytest.mark.parametrize(
    ("written", "direction"),
    [
        ("上向き", "increase"),
        ("下向き", "decrease"),
        ("上がると良い指標", "increase"),
        ("下がると良い指標", "decrease"),
        ("－", None),
        ("", None),
    ],
)
def test_the_direction_is_what_is_stated(tmp_path: Path, written: str, direction: str | None) -> None:
    """Either spelling; a dash and an empty cell say nothing."""
    sheet = one(tmp_path, indicator({"3.実績値": {2023: "5"}}, direction=written))
    assert sheet.measures[0].direction == direction


def test_several_indicators_and_kinds(tmp_path: Path) -> None:
    """Each number is one; outputs stand apart; activities have no figures."""
    rows = [
        *indicator({}, number="1", kind="アクティビティ"),
        *indicator({"3.実績値": {2023: "5"}}, number="1-1", kind="アウトプット"),
        *indicator({"3.実績値": {2023: "6"}}, number="1-1"),
        *indicator({"3.実績値": {2023: "7"}}, number="1-2"),
    ]
    sheet = one(tmp_path, rows)
    assert [each.indicators[0].number for each in sheet.objectives] == ["1-1", "1-2"]
    assert [measure.actual.value for measure in sheet.measures] == [6, 7]
    assert [each.measures[0].actual.value for each in sheet.outputs] == [5]
    assert counts(sheet) == {}


def test_percentages_and_money_have_their_unit(tmp_path: Path) -> None:
    """The unit of its column is that of figures without one."""
    rows = [
        *indicator({"2.目標値": {2023: "80"}, "3.実績値": {2023: "75.5"}}, unit="％"),
        *indicator({"3.実績値": {2023: "3"}}, number="1-2", unit="百万円"),
        *indicator({"3.実績値": {2023: "3"}}, number="1-3", unit="－"),
    ]
    values = [(str(measure.actual.value), measure.actual.unit) for measure in one(tmp_path, rows).measures]
    assert values == [("0.755", "%"), ("3000000", "円"), ("3", None)]


def test_words_in_place_of_figures_are_no_figures(tmp_path: Path) -> None:
    """A qualitative indicator has words, which are kept with their source; nothing is made a number."""
    cells = {"2.目標値": {2023: "計画を策定する"}, "3.実績値": {2023: "計画を策定した"}}
    (found,) = read(tmp_path, indicator(cells))
    assert found.sheet is not None
    (measure,) = found.sheet.measures
    assert (measure.target.value, measure.target.unknown) == (None, "qualitative")
    assert measure.actual.source is not None
    assert measure.actual.source.text == "計画を策定した"


@pytest.mark.parametrize("blank", ["", "-", "－", "―", "ｰ", "なし"])
def test_the_many_ways_of_saying_nothing(tmp_path: Path, blank: str) -> None:
    """None of them is a figure, and a year that says nothing is not in the series."""
    cells = {"2.目標値": {2022: "5", 2023: blank}, "3.実績値": {2022: blank, 2023: "6"}}
    (measure,) = one(tmp_path, indicator(cells)).measures
    assert (measure.actual.value, measure.actual.fiscal_year, measure.target.unknown) == (6, 2023, "missing")
    assert [(point.fiscal_year, point.target.value) for point in measure.series] == [(2022, 5)]


def test_the_logic_model_of_3_2(tmp_path: Path) -> None:
    """Both ends of each link name activities, outputs and outcomes, each once."""
    links = [
        (*common(3), "アクティビティ", "講習を開く", "", "アウトプット", "回数を増やす", "講習の回数", "つながる"),
        (*common(3), "アウトプット", "回数を増やす", "講習の回数", "アウトカム", "", "事故件数", "つながる"),
    ]
    sheet = one(tmp_path, [], links)
    assert counts(sheet) == {
        "logic_activities": ("講習を開く", 1),
        "logic_outputs": ("回数を増やす", 1),
        "logic_outcomes": ("事故件数", 1),
    }


@given(
    st.dictionaries(st.sampled_from(YEARS), st.integers(0, 10**6), max_size=6),
    st.dictionaries(st.sampled_from(YEARS), st.integers(0, 10**6), max_size=6),
    st.permutations(range(4)),
)
def test_no_figure_is_lost_or_moved(
    tmp_path_factory: pytest.TempPathFactory, targets: dict[int, int], actuals: dict[int, int], order: list[int]
) -> None:
    """Whatever years are filled, and in whatever order the four rows stand."""
    cells = {"2.目標値": {y: str(v) for y, v in targets.items()}, "3.実績値": {y: str(v) for y, v in actuals.items()}}
    rows = indicator(cells)
    (measure,) = one(tmp_path_factory.mktemp("rs"), [rows[position] for position in order]).measures
    told = {point.fiscal_year: (point.target.value, point.actual.value) for point in measure.series}
    year = measure.actual.fiscal_year or measure.target.fiscal_year
    if year is not None:
        told[year] = (measure.target.value, measure.actual.value)
    wanted = {y: (targets.get(y), actuals.get(y)) for y in targets.keys() | actuals.keys()}
    assert told == wanted
    both = targets.keys() & actuals.keys()
    assert year == (max(both) if both else max(actuals, default=None))
