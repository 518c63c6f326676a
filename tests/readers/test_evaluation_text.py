"""The text of evaluation sheets: the real one of the ministry, small ones by hand, and generated ones torn apart."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.messages import Diagnostic
from hyotei.readers import read_sheet, read_sheet_file
from hyotei.readers.evaluation_text import read_evaluation_text, sniff
from hyotei.sheet import Measure, Quantity, Sheet
from tests.readers.evaluation_compare import differences
from tests.readers.evaluation_generator import Facts, facts
from tests.readers.evaluation_render import Style, render, styles

SEED = "seeds/000_18a45033f53aead0.txt"
FIGURES = ("baseline", "target", "actual")
AMOUNTS = ("initial", "supplementary", "carried_over", "reserve", "carried_forward", "total", "executed", "request")


@pytest.fixture(scope="module")
def seed(shared: Path) -> Path:
    """The text of the ministry's sheet, as a PDF tool gave it."""
    file = shared / SEED
    if not file.is_file():
        pytest.skip("the text of the ministry's sheet is not in the folder `shared`")
    return file


def meaning(quantity: Quantity) -> tuple[object, ...]:
    """What a figure says, without where it was read."""
    return (
        quantity.value,
        quantity.unknown,
        quantity.low,
        quantity.high,
        quantity.unit,
        quantity.qualifier,
        quantity.fiscal_year,
    )


def measures(sheet: Sheet) -> list[tuple[object, ...]]:
    return [
        (position, indicator.number, measure.label, *(meaning(getattr(measure, name)) for name in FIGURES))
        for position, objective in enumerate(sheet.objectives)
        for indicator in objective.indicators
        for measure in indicator.measures
    ]


# The real sheet


def test_the_real_text_gives_every_figure_of_the_case(seed: Path, root: Path) -> None:
    """The raw text of the ministry's sheet reads as the case that was written from it by hand."""
    case = read_sheet(root / "cases/mic-24-15/sheet.yaml")
    sheet, problems = read_sheet_file(seed)
    assert sheet is not None
    assert not [problem for problem in problems if problem.severity == "error"]
    assert measures(sheet) == measures(case)
    assert [year.fiscal_year for year in sheet.budget_years] == [year.fiscal_year for year in case.budget_years]
    for read, written in zip(sheet.budget_years, case.budget_years, strict=True):
        for name in AMOUNTS:
            assert meaning(getattr(read, name)) == meaning(getattr(written, name)), (read.fiscal_year, name)
    assert [objective.claim for objective in sheet.objectives] == [objective.claim for objective in case.objectives]
    for name in ("id", "title", "authority", "number", "policy", "field", "scheme", "fiscal_year", "document"):
        assert getattr(sheet, name) == getattr(case, name), name
    assert (sheet.recorded.rating, sheet.recorded.budget) == ("A", "Ⅱ")


def test_figures_of_the_real_text_know_their_lines(seed: Path) -> None:
    """A figure names the line on which its text stands, and one that stands apart says why it was placed."""
    lines = seed.read_text(encoding="utf-8").splitlines()
    sheet = read_sheet(seed)
    for measure in sheet.measures:
        for name in FIGURES:
            source = getattr(measure, name).source
            assert source.file == seed.name
            assert source.line is not None
            if getattr(measure, name).value is not None:
                assert any(digit in lines[source.line - 1] for digit in "0123456789０１２３４５６７８９")
    target = sheet.measures[0].target.source
    assert target is not None
    assert (target.reading, target.line) == ("inferred", 68)
    assert target.notes
    total = sheet.budget_years[2].total.source
    assert total is not None
    assert (total.text, total.line, total.reading) == ("2,865,585", 36, "inferred")


# Small texts by hand


def form(table: str = "", budget: str = "", rest: str = "", columns: str = "基準（値） 実績（値） 目標（値）") -> str:
    return f"""
平成25年度主要な政策に係る評価書
（総務省24－③）
政策名 政策3：統計の整備 分野 統計

政策の予算額・執行額等

{budget}

施策目標 測定指標 {columns}

{table}

{rest}
"""


def read(text: str) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    sheet, problems = read_evaluation_text(text, "sheet.txt")
    assert sheet is not None, [problem.text() for problem in problems]
    return sheet, problems


def only(text: str) -> Measure:
    sheet, _ = read(text)
    assert len(sheet.measures) == 1
    return sheet.measures[0]


def values(measure: Measure) -> tuple[object, ...]:
    return tuple(getattr(measure, name).value for name in FIGURES)


ROW = "1 調査の回数\n\n３回\n【22年度】\n\n８回\n【24年度】\n\n５回\n【24年度】"


def test_the_headings_say_which_column_is_which() -> None:
    """The same cells under another order of columns are other figures."""
    assert values(only(form(ROW))) == (3, 5, 8)
    assert values(only(form(ROW, columns="基準（値） 目標（値） 実績（値）"))) == (3, 8, 5)


def test_a_figure_in_its_place_is_stated() -> None:
    """What stands in order is read without a note."""
    measure = only(form(ROW))
    assert {getattr(measure, name).source.reading for name in FIGURES} == {"stated"}


def test_one_cell_missing_leaves_target_and_actual_open() -> None:
    """Of two figures of one year nobody can say which is the target, so neither gets a value and both name the candidates."""
    sheet, problems = read(form("1 調査の回数\n\n３回\n【22年度】\n\n８回\n【24年度】"))
    measure = sheet.measures[0]
    assert measure.baseline.value == 3
    assert "HY271" in {problem.code for problem in problems}
    for figure in (measure.target, measure.actual):
        assert (figure.value, figure.unknown) == (None, "missing")
        assert figure.source is not None
        assert figure.source.reading == "ambiguous"
        assert figure.source.candidates == ("8回【2012年度】",)


def test_a_word_of_the_target_settles_it() -> None:
    """「以上」 is said of targets, so the cell that says it is the target, inferred."""
    measure = only(form("1 調査の回数\n\n３回\n【22年度】\n\n８回以上\n【24年度】"))
    assert (measure.target.value, measure.actual.value) == (8, None)
    assert measure.target.source is not None
    assert measure.target.source.reading == "inferred"


def test_measures_of_one_cell_are_paired_by_their_labels() -> None:
    """Labels pair the figures whatever their order in each cell."""
    table = (
        "1 行事の回数\n\n・３回（講習）\n・４回（見学）\n【22年度】\n\n・７回（見学）\n・５回（講習）\n【24年度】\n\n"
        "・６回（講習）\n・８回（見学）\n【24年度】"
    )
    sheet, _ = read(form(table))
    assert [(measure.label, *values(measure)) for measure in sheet.measures] == [("講習", 3, 6, 5), ("見学", 4, 8, 7)]


def test_a_label_without_its_pair_is_told() -> None:
    """A measure that a cell does not mention has no figure there, and that is said."""
    table = (
        "1 行事の回数\n\n・３回（講習）\n・４回（見学）\n【22年度】\n\n・５回（講習）\n【24年度】\n\n"
        "・６回（講習）\n・８回（見学）\n【24年度】"
    )
    sheet, problems = read(form(table))
    assert sheet.measures[1].actual.value is None
    assert "HY276" in {problem.code for problem in problems}


BUDGET = """
区　分 {years}
予算の状況（百万円）
当初予算（a） {initial}
補正予算（b） {extra}
繰越し等（c） {carried}
合計（a＋b＋c） {total}
執行額 {executed}
"""


def table(**rows: str) -> str:
    known = {
        "years": "22年度 23年度",
        "initial": "100 200",
        "extra": "0 0",
        "carried": "0 5",
        "total": "100 205",
        "executed": "90 200",
    }
    return BUDGET.format(**(known | rows))


def amounts(sheet: Sheet, name: str) -> list[int | None]:
    found = [getattr(year, name).value for year in sheet.budget_years]
    return [None if value is None else int(value) // 1_000_000 for value in found]


@pytest.mark.parametrize("minus", ["△", "▲", "-", "－"])
def test_a_minus_in_any_sign(minus: str) -> None:
    """△, ▲ and both hyphens are a minus before an amount."""
    sheet, _ = read(form(ROW, table(extra=f"0 {minus}15", total="100 190")))
    assert amounts(sheet, "supplementary") == [0, -15]


def test_years_in_either_order() -> None:
    """The later year first is the same table."""
    sheet, _ = read(
        form(ROW, table(years="23年度 22年度", initial="200 100", carried="5 0", total="205 100", executed="200 90"))
    )
    assert [year.fiscal_year for year in sheet.budget_years] == [2010, 2011]
    assert amounts(sheet, "total") == [100, 205]


def test_a_total_that_is_not_the_sum_is_told_and_kept() -> None:
    """The figure stays as printed; that it does not add up is a warning."""
    sheet, problems = read(form(ROW, table(total="101 205")))
    assert amounts(sheet, "total") == [101, 205]
    assert "HY260" in {problem.code for problem in problems}


def test_an_amount_apart_is_placed_where_it_adds_up() -> None:
    """The total below the table is the one that the parts of its year give."""
    sheet, _ = read(form(ROW, table(total="205") + "\n100\n"))
    assert amounts(sheet, "total") == [100, 205]
    source = sheet.budget_years[0].total.source
    assert source is not None
    assert source.reading == "inferred"


def test_amounts_that_fit_several_places_are_left_open() -> None:
    """Two parts that could be exchanged have no value, and all that fits is named."""
    sheet, problems = read(form(ROW, table(extra="0", carried="0", total="100 212") + "\n5\n\n7\n"))
    figure = sheet.budget_years[1].supplementary
    assert figure.value is None
    assert figure.source is not None
    assert figure.source.reading == "ambiguous"
    assert set(figure.source.candidates) == {"5", "7"}
    assert "HY262" in {problem.code for problem in problems}


def test_a_table_torn_into_labels_and_amounts() -> None:
    """Labels here and amounts by rows there are put together where they add up."""
    torn = (
        "区　分 22年度 23年度\n予算の状況（百万円）\n\n当初予算（a）\n補正予算（b）\n繰越し等（c）\n合計（a＋b＋c）\n執行額\n\n"
        "100 200\n0 0\n0 5\n100 205\n90 200\n"
    )
    sheet, _ = read(form(ROW, torn))
    assert amounts(sheet, "total") == [100, 205]
    assert amounts(sheet, "executed") == [90, 200]


CHOICES = "（評価区分）\n\n{} Ａ　基本目標の達成に向けて相当の進展があった\n{} Ｂ　基本目標の達成に向けて進展があった"


@pytest.mark.parametrize(
    ("marks", "rating", "code"),
    [(("○", ""), "A", None), (("□", "☑"), "B", None), (("", ""), None, "HY255"), (("○", "○"), None, "HY256")],
)
def test_the_marked_choice_is_the_rating(marks: tuple[str, str], rating: str | None, code: str | None) -> None:
    """Of listed choices the marked one counts; none or two of them are no rating, and that is said."""
    sheet, problems = read(form(ROW, rest=CHOICES.format(*marks)))
    assert sheet.recorded.rating == rating
    assert {problem.code for problem in problems} & {"HY255", "HY256"} == ({code} if code else set())


@pytest.mark.parametrize(
    ("line", "rating"),
    [
        ("Ａ・○Ｂ・Ｃ", "B"), ("Ａ　◯Ｂ　Ｃ", "B"), ("Ａ・Ｂ○・Ｃ", "B"), ("○Ａ　Ｂ　Ｃ", "A"), ("Ａ、Ｂ、☑Ｃ", "C"),
        ("Ａ○Ｂ・Ｃ", None), ("Ａ ○ Ｂ", None), ("Ａ・Ｂ・Ｃ", None), ("○Ａ・○Ｂ", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["（評価区分）\n\n", "評価区分　"])
def test_choices_in_one_line(heading: str, line: str, rating: str | None) -> None:
    """The letter that its mark touches is the rating; a mark between two letters is of neither, and that is said."""
    sheet, problems = read(form(ROW, rest=heading + line))
    assert sheet.recorded.rating == rating
    codes = {problem.code for problem in problems if "評価区分" in problem.text()}
    assert codes == (set() if rating else {"HY256"} if line.count("○") > 1 else {"HY255"})


@pytest.mark.parametrize("line", ["Ⓐ　Ｂ　Ｃ", "Ａ\u20dd・Ｂ・Ｃ"])
def test_a_circle_around_a_letter(line: str) -> None:
    """A letter in a circle is marked."""
    assert read(form(ROW, rest=f"（評価区分）\n\n{line}"))[0].recorded.rating == "A"


def test_recommendations_in_one_line() -> None:
    """The same for the budget."""
    rest = "政策に関する評価結果\n（平成26年度予算概算要求に向けた考え方）\n\nⅠ・○Ⅱ・Ⅲ・Ⅳ\n"
    assert read(form(ROW, rest=rest))[0].recorded.budget == "Ⅱ"


def test_words_with_the_letters_are_no_row_of_choices() -> None:
    """A line with anything but letters and marks is read as before."""
    sheet, _ = read(form(ROW, rest="（評価区分）\n\n○Ａ　基本目標の達成に向けて相当の進展があった"))
    assert sheet.recorded.rating == "A"


SEVERAL = "１　統計の公表件数\n20件【22年度】\n{}\n40件以上【24年度】\n"


@pytest.mark.parametrize(
    "cell",
    [
        "22年度 30件　23年度 35件　24年度 41件", "平成22年度：30件、平成23年度：35件、平成24年度：41件",
        "22年度 30件\n23年度 35件\n24年度 41件", "Ｈ22 30件 Ｈ23 35件 Ｈ24 41件", "24年度 41件／23年度 35件／22年度 30件",
        "22年度実績 30件 23年度実績 35件 24年度実績 41件",
    ],
)  # fmt: skip
def test_several_years_in_one_cell(cell: str) -> None:
    """The evaluated year's figure is the actual, the others are the series, each with its own line."""
    text = form(SEVERAL.format(cell))
    sheet, problems = read(text)
    (measure,) = sheet.measures
    assert values(measure) == (20, 40, 41)
    assert measure.actual.fiscal_year == 2012
    assert [(point.fiscal_year, point.actual.value, point.target.value) for point in measure.series] == [
        (2010, 30, None),
        (2011, 35, None),
    ]
    for figure in (measure.actual, *(point.actual for point in measure.series)):
        assert figure.source is not None
        assert figure.source.line is not None
        assert str(figure.value) in text.split("\n")[figure.source.line - 1]
    assert "HY270" not in {problem.code for problem in problems}


def test_several_years_of_targets_and_actuals() -> None:
    """Both columns may print several years; they meet in the series."""
    cells = "１　統計の公表件数\n20件【21年度】\n23年度 35件　24年度 41件\n23年度 30件以上　24年度 40件以上　25年度 50件以上\n"
    (measure,) = read(form(cells))[0].measures
    assert values(measure) == (20, 40, 41)
    told = [(point.fiscal_year, point.target.value, point.actual.value) for point in measure.series]
    assert told == [(2011, 30, 35), (2013, 50, None)]


def test_years_before_baseline_actual_and_target_are_no_series() -> None:
    """One year a line may be the three columns, and is nothing else made of."""
    sheet, _ = read(form("１　統計の公表件数\n23年度 30件\n24年度 41件\n25年度 50件以上\n"))
    (measure,) = sheet.measures
    assert measure.series == ()


@pytest.mark.parametrize("cell", ["22年度 30件　23年度 35件", "24年度 30件　24年度 35件"])
def test_several_years_without_the_evaluated_one(cell: str) -> None:
    """None of them is taken for it; what is printed is a candidate, or told."""
    sheet, problems = read(form(SEVERAL.format(cell)))
    (measure,) = sheet.measures
    assert measure.actual.value is None
    source = measure.actual.source
    assert (source is not None and source.reading == "ambiguous") or {"HY270", "HY271", "HY275"} & {
        p.code for p in problems
    }


def test_a_text_without_the_policy_is_no_sheet() -> None:
    """What is lacking is said in one sentence."""
    sheet, problems = read_evaluation_text("平成25年度主要な政策に係る評価書\n測定指標\n", "x.txt")
    assert sheet is None
    assert [problem.code for problem in problems] == ["HY252"]


def test_a_text_far_too_long_is_refused() -> None:
    """A sheet has some ten thousand characters; what is many times longer is not looked at."""
    sheet, problems = read_evaluation_text(form(ROW) + "あ" * 500_000, "x.txt")
    assert sheet is None
    assert [problem.code for problem in problems] == ["HY259"]


def test_amounts_without_end_are_given_up() -> None:
    """More strays than can be tried are told one by one, at once."""
    sheet, problems = read(form(ROW, table(total="205") + "\n1,000\n" * 200))
    assert "HY264" in {problem.code for problem in problems}
    assert sum(problem.code == "HY261" for problem in problems) == 200
    assert {year.total.value for year in sheet.budget_years} == {None}


def test_sniffing_tells_forms_from_other_files(root: Path) -> None:
    """The printed form is recognised by its words; YAML and JSON with the same words are not taken for it."""
    assert sniff(form(ROW, table())) > 0.5
    assert sniff((root / "cases/mic-24-15/sheet.yaml").read_text(encoding="utf-8")) == 0
    assert sniff('{"title": "評価書 測定指標 評価区分 当初予算 執行額"}') == 0
    assert sniff("買い物の一覧") < 0.3


# Generated texts


def silent(known: Facts, style: Style, draw: st.DataObject) -> list[str]:
    text = render(known, style, draw.draw)
    sheet, problems = read_evaluation_text(text, "sheet.txt")
    assert sheet is not None, text
    return [what for how, what in differences(known, sheet, problems) if how == "silent"]


def everything(known: Facts, style: Style, draw: st.DataObject) -> list[tuple[str, str]]:
    text = render(known, style, draw.draw)
    sheet, problems = read_evaluation_text(text, "sheet.txt")
    assert sheet is not None, text
    return list(differences(known, sheet, problems))


@settings(suppress_health_check=list(HealthCheck))
@given(facts(), styles, st.data())
def test_an_untidy_text_is_read_right(known: Facts, style: Style, draw: st.DataObject) -> None:
    """Either column order, parts in any order, broken lines, full width, lost blanks, listed choices: every figure is right."""
    assert everything(known, style, draw) == []


@settings(suppress_health_check=list(HealthCheck))
@given(facts(), styles, st.data())
def test_a_torn_text_is_read_right_or_marked(known: Facts, style: Style, draw: st.DataObject) -> None:
    """With cells and amounts away from their rows each figure is right, or marked, or its lack is told: never wrong in silence."""
    assert silent(known, replace(style, torn=True), draw) == []


@settings(suppress_health_check=list(HealthCheck))
@given(facts(), styles, st.data())
def test_any_text_gets_an_answer(known: Facts, style: Style, draw: st.DataObject) -> None:
    """Lines cut out, doubled and mixed at random never end in anything but a sheet or a diagnostic."""
    lines = render(known, replace(style, torn=True), draw.draw).split("\n")
    picked = draw.draw(st.lists(st.sampled_from(lines), max_size=60))
    sheet, problems = read_evaluation_text("\n".join(picked), "sheet.txt")
    assert sheet is not None or problems
    assert all(problem.text("ja") and problem.text("en") for problem in problems)


@pytest.mark.slow
@settings(suppress_health_check=list(HealthCheck))
@given(
    st.text(
        alphabet=st.sampled_from("0１回％（）【】年度・○ＡⅡ△-,\n 基準実績目標合計当初予算評価書政策名：省"),
        max_size=400,
    )
)
def test_any_characters_get_an_answer(text: str) -> None:
    """Noise in the alphabet of the form is no trap."""
    sheet, problems = read_evaluation_text(f"平成25年度評価書（総務省24－③）\n政策名 政策1：あ\n{text}", "sheet.txt")
    assert sheet is not None or problems
