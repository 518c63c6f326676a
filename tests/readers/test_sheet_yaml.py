"""Hand-written sheets: pleasant to type, every mistake told with its place, and everything right used."""

import json
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import hyotei
from hyotei.messages import Diagnostic
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.sheet import Sheet
from hyotei.sheet.quantity import print_quantity
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml
from tests.conftest import ROOT
from tests.sheet.test_printed_numbers import FORMS
from tests.strategies_sheets import sheets

HEAD = "id: a\ntitle: b\nauthority: c\nfiscal_year: 平成24年度\n"


def read(text: str) -> Sheet:
    """The sheet of a text without problems."""
    sheet, problems = parse_sheet(text, file="x.yaml")
    assert problems == ()
    assert sheet is not None
    return sheet


def told(text: str) -> list[tuple[str, int | None]]:
    """Codes and lines of the problems of a text."""
    problems = parse_sheet(text, file="x.yaml")[1]
    for problem in problems:
        assert problem.text("ja").startswith("x.yaml")
        assert problem.text("en")
    return [(problem.code, problem.location.line) for problem in problems]


def measure(body: str) -> Any:
    return read(f"{HEAD}measures:\n  - {{{body}}}\n").measures[0]


def test_one_measure_may_stand_on_its_indicator() -> None:
    """Figures, direction and place of an indicator with one measure need no list."""
    sheet = read(
        HEAD
        + """objectives:
  - name: 施策目標
    claim: 一部達成
    claim_at: 二頁
    indicators:
      - number: 1
        name: 指標
        main: はい
        direction: 減少
        baseline: 7回【23年度】
        target: {text: 10回程度【24年度】, at: 別の欄, reading: ambiguous, note: 欄がずれている, page: 3}
        actual: 43回【24年度】
        at: 表、1行目
"""
    )
    (objective,) = sheet.objectives
    assert objective.claim == "partly_achieved"
    assert objective.claim_source is not None
    assert (objective.claim_source.text, objective.claim_source.place) == ("一部達成", "二頁")
    (indicator,) = objective.indicators
    assert (indicator.number, indicator.name, indicator.main) == ("1", "指標", True)
    (only,) = indicator.measures
    assert only.direction == "decrease"
    assert (only.baseline.value, only.baseline.unit, only.baseline.fiscal_year) == (Decimal(7), "回", 2011)
    assert only.actual.source is not None
    assert (only.actual.source.file, only.actual.source.line, only.actual.source.place) == ("x.yaml", 16, "表、1行目")
    source = only.target.source
    assert source is not None
    assert (source.place, source.page, source.reading) == ("別の欄", 3, "ambiguous")
    assert source.note is not None
    assert "欄がずれている" in source.note


def test_measures_inherit_what_the_indicator_says() -> None:
    """Direction and place of the indicator hold for measures that say nothing else."""
    sheet = read(
        HEAD
        + """indicators:
  - name: i
    direction: increase
    at: 表
    measures:
      - {label: x, target: 1回}
      - {label: y, target: 1回, direction: decrease, at: 別表}
"""
    )
    first, second = sheet.measures
    assert (first.direction, second.direction) == ("increase", "decrease")
    assert first.target.source is not None
    assert second.target.source is not None
    assert (first.target.source.place, second.target.source.place) == ("表", "別表")


def test_bare_measures_make_one_objective() -> None:
    """A short sheet may list its measures or indicators alone."""
    sheet = read(HEAD + "measures: [{target: 1回}, {target: 2回}]\nindicators: [{name: i, target: 3回}]\n")
    assert [str(each.target.value) for each in sheet.measures] == ["3", "1", "2"]
    assert len(sheet.objectives) == 1


UNREAD = [text for text, answer, *_ in FORMS if answer == "unread"]


@pytest.mark.parametrize("word", ["定性的", "定性目標"])
@pytest.mark.parametrize(
    ("brackets", "year"), [("（{}）", ""), ("({})", "【平成24年度】"), (" （{}） ", " 【平成23年度】")]
)
def test_a_person_may_say_that_words_with_a_number_are_no_figure(word: str, brackets: str, year: str) -> None:
    """Whatever number stands in them: qualitative, stated, whole, and without a word; unread where nobody says so."""
    for text in [*UNREAD, "6件を構築し、3割の職員が受講した", "文章" * 600 + "6件"]:
        written = f"{word}{brackets.format(text)}{year}"
        actual = measure(f"actual: {json.dumps(written, ensure_ascii=False)}").actual
        assert (actual.value, actual.unknown) == (None, "qualitative"), written
        assert (actual.source.text, actual.source.reading, actual.source.notes) == (written, "stated", ())
        assert actual.fiscal_year == {"": None, "【平成24年度】": 2012, " 【平成23年度】": 2011}[year]


def test_a_number_that_was_not_read_can_be_said_to_be_none() -> None:
    """On the seed: told with how, then gone from the assumptions, marked as the correction that it is where the print is kept."""
    seed = (ROOT / "cases" / "mic-24-15" / "sheet.yaml").read_text("utf-8")
    words = "モデルシステムの構築と運営を6件実施したほか、要人の招聘や調査などの普及支援を実施"
    before, (problem,) = parse_sheet(seed)
    assert "「定性的（文章）」と書いてください" in problem.text("ja")
    assert "定性的（words）" in problem.text("en")
    after, problems = parse_sheet(seed.replace(f"{words}【24年度】", f"定性的（{words}）【24年度】"))
    assert before is not None
    assert after is not None
    assert problems == ()
    figures = [each.measures[-1].actual for each in (before, after)]
    assert [each.unknown for each in figures] == ["unread", "qualitative"]
    assert figures[0].fiscal_year == figures[1].fiscal_year == 2012
    codes = [[each.code for each in hyotei.rate(sheet).data("ja").assumptions] for sheet in (before, after)]
    assert ["reading_unread" in each for each in codes] == [True, False]
    written = sheet_to_yaml(before)
    assert written.count(f"actual: {words}【24年度】") == 1
    said, problems = parse_sheet(written.replace(f"actual: {words}【24年度】", f"actual: 定性的（{words}）【24年度】"))
    assert said is not None
    assert problems == ()
    figure = said.measures[-1].actual
    assert (figure.unknown, figure.source and figure.source.reading) == ("qualitative", "corrected")


def test_of_several_years_the_evaluated_one_counts() -> None:
    """The figures of other years go to the series, ascending."""
    found = measure("target: [10回【25年度】, 9回【24年度】], actual: [5回【23年度】, 8回, 3回【22年度】]")
    assert (found.target.value, found.actual.value) == (Decimal(9), Decimal(8))
    assert [(point.fiscal_year, point.target.value, point.actual.value) for point in found.series] == [
        (2010, None, Decimal(3)),
        (2011, None, Decimal(5)),
        (2013, Decimal(10), None),
    ]


def test_without_the_evaluated_year_the_figure_is_missing() -> None:
    """Figures of other years never stand in for the evaluated one, but one alone is the one meant."""
    found = measure("target: 10回【27年度】, actual: [5回【22年度】, 6回【23年度】]")
    assert (found.target.value, found.target.fiscal_year) == (Decimal(10), 2015)
    assert found.actual.unknown == "missing"
    assert [point.fiscal_year for point in found.series] == [2010, 2011]


def test_two_figures_for_one_year_are_told() -> None:
    """The first is used, and both lines are named; a figure without a year is of the evaluated one."""
    text = HEAD + "measures:\n  - actual:\n    - 5回【24年度】\n    - 6回【H24】\n    - 7回\n"
    sheet, problems = parse_sheet(text)
    assert sheet is not None
    assert sheet.measures[0].actual.value == 5
    assert [(each.code, each.location.line, each.params["first"]) for each in problems] == [
        ("HY235", 8, "7"),
        ("HY235", 9, "7"),
    ]


def test_amounts_are_in_the_unit_of_the_sheet() -> None:
    """Budget years are sorted, eras come from the evaluated year, and amounts become yen."""
    sheet = read(
        HEAD
        + """amounts_in: 千円
budget:
  - {fiscal_year: 25年度, initial: 1, basis: gross}
  - {fiscal_year: 22年度, initial: "3,955,984", supplementary: "△33,660", executed: 未確定, total: 2億円, at: 表}
"""
    )
    first, second = sheet.budget_years
    assert (first.fiscal_year, second.fiscal_year, second.basis) == (2010, 2013, "gross")
    assert (first.initial.value, first.initial.unit) == (Decimal(3955984000), "円")
    assert first.supplementary.value == -33660000
    assert first.total.value == 200000000
    assert first.executed.unknown == "unsettled"
    assert first.request.unknown == "missing"


def test_recorded_letters_are_narrowed_and_numerals_kept() -> None:
    """`Ａ` is `A`, but `Ⅱ` stays, and the source keeps what is printed."""
    recorded = read(HEAD + "recorded: {rating: Ａ, rating_at: 区分, budget: Ⅱ}\n").recorded
    assert (recorded.rating, recorded.budget) == ("A", "Ⅱ")
    assert recorded.rating_source is not None
    assert recorded.rating_source.text == "Ａ"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("titel: x\n", [("HY231", 5)]),
        ("goal: [a]\n", [("HY233", 5)]),
        ("objectives: x\n", [("HY233", 5)]),
        ("objectives: [x]\n", [("HY233", 5)]),
        ("recorded: A\n", [("HY233", 5)]),
        ("objectives:\n - indicators: []\n", [("HY232", 6)]),
        ("objectives:\n - {name: a, claim: maybe}\n", [("HY234", 6)]),
        ("indicators:\n - {name: a}\n", [("HY239", 6)]),
        ("indicators:\n - {name: a, target: 1, measures: [{target: 2}]}\n", [("HY238", 6)]),
        ("objectives: [{name: a}]\nmeasures: [{target: 1}]\n", [("HY240", 6)]),
        ("measures: [{target: {at: x}}]\n", [("HY232", 5)]),
        ("measures: [{target: {text: [1]}}]\n", [("HY233", 5)]),
        ("measures: [{target: {text: 1, page: x}}]\n", [("HY234", 5)]),
        ("measures: [{target: [[1]]}]\n", [("HY233", 5)]),
        ("measures: [{baseline: [1, 2]}]\n", [("HY233", 5)]),
        ("measures: [{target: NaN}]\n", [("HY211", 5)]),
        ("measures: [{target: 1e400, actual: .inf}]\n", [("HY210", 5), ("HY212", 5)]),
        ("measures: [{target: 10^400}]\n", [("HY210", 5)]),
        ("measures: [{target: 5回【9999年度】}]\n", [("HY202", 5)]),
        ("budget:\n - {fiscal_year: 9999, initial: 1円}\n", [("HY202", 6)]),
        ("budget:\n - {initial: 1円}\n", [("HY232", 6)]),
        ("budget:\n - {fiscal_year: x}\n", [("HY201", 6)]),
        ("budget:\n - {fiscal_year: H24}\n - {fiscal_year: 24年度}\n", [("HY236", 7)]),
        ("budget:\n - {fiscal_year: H24, total: 5}\n", [("HY244", 6)]),
        ("budget:\n - {fiscal_year: H24, total: 5回}\n", [("HY245", 6)]),
        ("amounts_in: 回\n", [("HY243", 5)]),
        ("schema: hyotei.sheet/9\n", [("HY237", 5)]),
        ("id: z\n", [("HY111", 5)]),
        ("&a goal: *a\n", [("HY113", 5), ("HY113", 5)]),
        ("budget: [{fiscal_year: 2012, total: 33,660円}]\n", [("HY244", 5), ("HY241", 5)]),
    ],
)
def test_each_mistake_has_its_message_and_place(body: str, expected: list[tuple[str, int]]) -> None:
    """Code and line of every mistake, and the sheet is there all the same."""
    assert told(HEAD + body) == expected
    assert parse_sheet(HEAD + body)[0] is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n", ["HY230"]),
        ("title：x\n", ["HY230"]),
        ("id: a\n", ["HY232", "HY232", "HY232"]),
        (HEAD.replace("平成24年度", "24年度"), ["HY204"]),
        (HEAD.replace("平成24年度", "9999"), ["HY202"]),
        (HEAD.replace("平成24年度", "去年"), ["HY201"]),
        (HEAD.replace("id: a", "id:"), ["HY232"]),
        ("[" * 100, ["HY114"]),
    ],
)
def test_without_identity_or_year_there_is_no_sheet(text: str, expected: list[str]) -> None:
    """What a sheet cannot be without is told, all at once."""
    sheet, problems = parse_sheet(text)
    assert sheet is None
    assert [problem.code for problem in problems] == expected


def test_a_nearly_right_key_is_suggested() -> None:
    """The message names the key that was probably meant, or all keys there are."""

    def message(key: str) -> str:
        problems: tuple[Diagnostic, ...] = parse_sheet(f"{HEAD}{key}: x\n")[1]
        return problems[0].message("en")

    assert 'did you mean "objectives"?' in message("objectivs")
    assert "authority, number" in message("zzz")


def test_all_problems_of_a_file_are_told_in_its_order() -> None:
    """Mistakes of every kind in one file."""
    text = "id: a\nfoo: 1\nfiscal_year: H24\nfoo: 2\nmeasures:\n - {target: NaN, bar: 1}\nbudget: x\n"
    assert [line for _, line in told(text)] == sorted(line or 0 for _, line in told(text))
    assert {code for code, _ in told(text)} == {"HY231", "HY232", "HY111", "HY211", "HY233"}


@given(sheets())
def test_any_sheet_can_be_typed(sheet: Sheet) -> None:
    """What is typed from a sheet reads as that sheet, places aside."""
    found, problems = parse_sheet(yaml.safe_dump(typed(sheet), allow_unicode=True, sort_keys=False, width=10**6))
    assert [problem.code for problem in problems if problem.severity == "error"] == []
    assert found is not None
    assert typed(found) == typed(sheet)


def typed(sheet: Sheet) -> dict[str, Any]:
    """A sheet as a person would type it."""

    def figures(item: Any) -> dict[str, str]:
        return {
            name: print_quantity(value)
            for name in type(item).model_fields
            if name in FIGURES and (value := getattr(item, name)).unknown != "missing"
        }

    return {
        "id": sheet.id,
        "title": sheet.title,
        "authority": sheet.authority,
        "fiscal_year": f"{sheet.fiscal_year}年度",
        "objectives": [
            {
                "name": objective.name,
                "claim": objective.claim,
                "indicators": [
                    {
                        "name": indicator.name,
                        "measures": [
                            {"label": each.label, "direction": each.direction, **figures(each)}
                            for each in indicator.measures
                        ],
                    }
                    for indicator in objective.indicators
                ],
            }
            for objective in sheet.objectives
        ],
        "budget": [
            {"fiscal_year": f"FY{year.fiscal_year}", "basis": year.basis, **figures(year)}
            for year in sheet.budget_years
        ],
    }


FIGURES = {
    "baseline", "target", "actual", "initial", "supplementary", "carried_over", "reserve", "carried_forward", "total", "executed",
    "request",
}  # fmt: skip


@given(st.text(max_size=80))
def test_any_text_is_a_sheet_or_has_a_reason(text: str) -> None:
    """Nothing fails, with or without the head of a sheet."""
    for whole in (text, HEAD + text, HEAD + "measures:\n - target: " + text):
        sheet, problems = parse_sheet(whole)
        assert sheet is not None or problems
        for problem in problems:
            assert problem.text("ja")
            assert problem.text("en")


@pytest.mark.parametrize("actual", ["9回", "8回"])
@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("reading: infered", "HY234"),
        ("page: x", "HY234"),
        ("notse: [{code: ratio}]", "HY231"),
        ("notes: [ratio]", "HY233"),
        ("notes: [{code: }]", "HY232"),
        ("notes: [{code: ratio, values: [a]}]", "HY233"),
    ],
)
def test_mistakes_in_what_is_kept_of_the_original_are_told(actual: str, part: str, code: str) -> None:
    """Of an unchanged figure as well: otherwise its doubts would be lost without a word."""
    text = f"{HEAD}indicators:\n- name: 数\n  actual: {actual}\n  printed: {{actual: {{text: 9回, {part}}}}}\n"
    _, problems = parse_sheet(text)
    assert [problem.code for problem in problems if problem.severity == "error"] == [code]
