"""Cases beside a rulebook: how they are read, what is told of wrong ones, and what a failing one says."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from hyotei.inference.case_runs import run_case
from hyotei.inference.cases import RulebookCase, read_cases
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.values import Unknown
from tests.conftest import ROOT

Read = Callable[[str], tuple[list[RulebookCase], list[Diagnostic]]]
MIC = read_rulebook(ROOT / "rules" / "mic-2013")


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads cases written as YAML below `cases:`."""

    def reading(text: str) -> tuple[list[RulebookCase], list[Diagnostic]]:
        file = tmp_path / "cases.yaml"
        file.write_text(text if text.startswith("cases:") else f"cases:\n{text}", encoding="utf-8")
        return read_cases(file, MIC)

    return reading


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("75%", Decimal("0.75")),
        ("0.75", Decimal("0.75")),
        ("４３０％", Decimal("4.3")),
        ("1", Decimal(1)),
        ("8割", Decimal("0.8")),
        ("-1%", Decimal("-0.01")),
    ],
)
def test_ratios_as_people_write_them(read: Read, written: str, value: Decimal) -> None:
    """A ratio may be a percentage, a plain number or 割, in any width."""
    cases, problems = read(
        f"  - {{name: x, given: {{budget_change: {written}}}, expect: {{budget_change: {written}}}}}\n"
    )
    assert not problems
    assert cases[0].given == {("budget_change", "sheet"): value}
    assert cases[0].expected[0].value == value


def test_values_of_every_unit_or_of_one(read: Read) -> None:
    """A list has a value for each unit; `@` names one."""
    sheet = "sheet: {measures: [{target: 10回, actual: 10回}, {target: 10回, actual: 3回}]}"
    cases, problems = read(
        f"  - {{name: x, {sheet}, expect: {{result: [achieved, missed], 'result@measures[2]': missed}}}}\n"
    )
    assert not problems
    assert [(each.unit, each.value) for each in cases[0].expected] == [
        ("measures[1]", "achieved"),
        ("measures[2]", "missed"),
        ("measures[2]", "missed"),
    ]
    assert not run_case(cases[0], MIC).problems


def test_figures_may_be_given(read: Read) -> None:
    """A figure of the sheet is given at its own units."""
    sheet = "sheet: {measures: [{target: 10回, actual: 10回}, {target: 10回, actual: 3回}]}"
    cases, problems = read(f"  - {{name: x, {sheet}, given: {{actual: [1, 2]}}, expect: {{attainment: [10%, 20%]}}}}\n")
    assert not problems
    assert cases[0].given == {("actual", "measures[1]"): Decimal(1), ("actual", "measures[2]"): Decimal(2)}
    assert not run_case(cases[0], MIC).problems


def test_unknown_for_any_reason_or_for_one(read: Read) -> None:
    """`unknown` is met by any reason, `unknown(missing)` by that one."""
    cases, _ = read(
        "  - {name: x, expect: {rating: unknown}}\n  - {name: y, expect: {rating: unknown(unsettled)}}\n"
        "  - {name: z, expect: {rating: A}}\n"
    )
    assert cases[1].expected[0].value == Unknown("unsettled")
    assert [bool(run_case(case, MIC).problems) for case in cases] == [False, True, True]


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("  - {name: x, expects: {rating: A}, expect: {rating: A}}\n", "HY341"),
        ("  - {expect: {rating: A}}\n", "HY377"),
        ("  - {name: x}\n", "HY377"),
        ("  - {name: x, sheet: {}, file: a.yaml, expect: {rating: A}}\n", "HY379"),
        ("  - {name: x, expect: {ratign: A}}\n", "HY372"),
        ("  - {name: x, expect: {check_units: A}}\n", "HY372"),
        ("  - {name: x, expect: {rating: Z}}\n", "HY503"),
        ("  - {name: x, expect: {rating: 5}}\n", "HY503"),
        ("  - {name: x, expect: {execution: A}}\n", "HY380"),
        ("  - {name: x, expect: {execution: true}}\n", "HY380"),
        ("  - {name: x, expect: {execution: 5円}}\n", "HY512"),
        ("  - {name: x, expect: {rating: [A, B]}}\n", "HY373"),
        ("  - {name: x, expect: {result: achieved}}\n", "HY373"),
        ("  - {name: x, expect: {'result@measures[9]': achieved}}\n", "HY378"),
        ("  - {name: x, given: {'actual@measures[1]': 5}, expect: {rating: A}}\n", "HY378"),
        ("  - {name: x, expect: {rating: {a: b}}}\n", "HY371"),
        ("  - {name: x, expect: [A]}\n", "HY371"),
        ("  - {name: x, findings: over_achieved}\n", "HY371"),
        ("  - just words\n", "HY371"),
        ("  - {name: x, file: none.yaml, expect: {rating: A}}\n", "HY381"),
        ("cases: words\n", "HY370"),
    ],
)
def test_wrong_cases_are_told_and_left_out(read: Read, case: str, code: str) -> None:
    """Each problem has its code and its line; the case is not run, the others are."""
    cases, problems = read(case)
    assert [problem.code for problem in problems] == [code]
    assert problems[0].location.line is not None
    assert not cases or code == "HY341"
    assert problems[0].text("ja")
    assert problems[0].text("en")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file of cases is an error of its own."""
    with pytest.raises(HyoteiError) as told:
        read_cases(tmp_path / "cases.yaml", MIC)
    assert told.value.diagnostics[0].code == "HY101"


def test_a_failing_case_says_what_was_expected_and_found(read: Read) -> None:
    """Both values, as people read them, in both languages, with the place of the expectation."""
    cases, _ = read(
        "  - name: 継続\n    given: {rating: A, execution: 90%}\n    expect: {budget: Ⅰ}\n    findings: [x]\n"
    )
    value, findings = run_case(cases[0], MIC).problems
    assert value.location.line == 4
    assert value.message("ja") == "事例「継続」：予算の方向は Ⅰ のはずですが Ⅱ です。規則か事例を直してください。"
    assert value.message("en").startswith('Case "継続": budget should be Ⅰ but is Ⅱ')
    assert findings.code == "HY375"
    assert "出るはずで出ないもの：x、出ないはずで出たもの：-" in findings.message("ja")


def test_a_failing_case_of_a_measure_names_the_measure(read: Read) -> None:
    """The decision by its title, and which measure it is of."""
    cases, _ = read(
        "  - name: 達成\n    sheet:\n      measures:\n        - {target: 100, actual: 100}\n        - {target: 100, actual: 60}\n"
        "    expect: {result: [achieved, achieved]}\n"
    )
    (problem,) = run_case(cases[0], MIC).problems
    assert "測定指標の判定（測定値2）は" in problem.message("ja")
    assert "result of measures[2] should be" in problem.message("en")
