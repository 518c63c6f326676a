"""Figures that are far apart in size are told with both values and the mend, and never changed."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base import exact
from hyotei.readers import read_sheet, read_sheet_file, read_sheets
from hyotei.readers.magnitude_check import magnitudes
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.sheet.quantity_print import print_figure
from tests.readers.judgit_records import executed, record

HEAD = "id: a\ntitle: b\nauthority: c\nfiscal_year: 平成24年度\n"


def told(body: str) -> list[tuple[str, str]]:
    sheet, problems = parse_sheet(HEAD + body, file="x.yaml")
    assert sheet is not None
    assert [problem for problem in problems if problem.severity == "error"] == []
    return [(each.code, each.text("ja")) for each in magnitudes(sheet)]


@given(
    st.integers(1, 999),
    st.sampled_from((100, 1_000, 10_000, 1_000_000)),
    st.sampled_from(("%", "件", "人")),
    st.booleans(),
)
def test_a_figure_in_another_unit_is_told(number: int, factor: int, unit: str, small: bool) -> None:
    """Any figure that is typed a hundred or a thousand times too small or too large, beside a target of its size."""
    typed = Decimal(number) if small else exact.multiply(Decimal(number), Decimal(factor))
    target = exact.multiply(Decimal(number), Decimal(factor)) if small else Decimal(number)
    body = f'measures: [{{target: "{print_figure(target)}{unit}", actual: "{print_figure(typed)}{unit}"}}]\n'
    ((code, text),) = told(body)
    assert code == "HY134"
    assert f"{print_figure(target)}{unit} の書き誤り" in text
    assert f"{print_figure(typed)}{unit} は" in text


@given(st.integers(10, 999), st.integers(10, 999), st.sampled_from(("%", "件")))
def test_figures_of_one_size_are_not_told(target: int, actual: int, unit: str) -> None:
    """Less than thirty times apart is what figures are."""
    if max(target, actual) < 30 * min(target, actual):
        assert told(f"measures: [{{target: {target}{unit}, actual: {actual}{unit}}}]\n") == []


@given(st.integers(1, 100), st.integers(1, 99))
def test_a_ratio_without_its_sign_is_told(target: int, actual: int) -> None:
    """Both readings are named."""
    ((code, text),) = told(f"measures: [{{target: {target}%, actual: 0.{actual:02}}}]\n")
    assert code == "HY133"
    assert f"0.{actual:02}".rstrip("0") in text
    assert f"{actual}%" in text


@pytest.mark.parametrize(
    ("budget", "codes"),
    [
        ("{fiscal_year: H24, initial: 3955984000, total: 3955984000}", ["HY135", "HY135"]),
        ('{fiscal_year: H24, initial: 5000, total: 5000, executed: "4,800,000,000円"}', []),
        ("{fiscal_year: H24, initial: 5000, total: 5000, executed: 4800000}", ["HY134"]),
        ("{fiscal_year: H24, initial: 5}\n - {fiscal_year: H25, initial: 5000}", ["HY134"]),
        ("{fiscal_year: H24, initial: 50}\n - {fiscal_year: H25, initial: 5000}", []),
        ("{fiscal_year: H24, initial: 0, total: 0}\n - {fiscal_year: H25, initial: 5000}", []),
    ],
)
def test_amounts_under_a_wrong_unit_are_told(budget: str, codes: list[str]) -> None:
    """Yen under 百万円, and years that are a thousand times apart."""
    assert [code for code, _ in told(f"amounts_in: 百万円\nbudget:\n - {budget}\n")] == codes


def test_amounts_that_all_end_in_zeros_are_told_once() -> None:
    """Yen that were typed under 千円 in every year."""
    body = "amounts_in: 千円\nbudget:\n - {fiscal_year: H24, initial: 3955000, total: 3955000, executed: 3900000}\n"
    assert [code for code, _ in told(body)] == ["HY136"]
    assert told(body.replace("3900000", "3900123")) == []
    assert told(body.replace("千円", "円")) == []


@pytest.mark.parametrize(("millions", "codes"), [("2000000000.0", ["HY135", "HY135"]), ("210000000.0", [])])
def test_published_data_are_told_only_what_no_budget_can_be(tmp_path: Path, millions: str, codes: list[str]) -> None:
    """More than the account that pays back the debts of the state, and nothing of figures that are far apart."""
    file = tmp_path / "data"
    amounts = executed(2017, millions, *["0.0"] * 4, millions, "5.0")
    file.write_text(record(amounts), encoding="utf-8")
    (found,) = read_sheets(file)
    assert [each.code for each in found.problems if each.code in ("HY134", "HY135")] == codes


def test_values_stay_as_they_were_typed(tmp_path: Path) -> None:
    """A warning comes with the sheet as it stands, through the one way in which files are read."""
    file = tmp_path / "x.yaml"
    file.write_text(HEAD + "measures: [{target: 80%, actual: 0.765%}]\n", encoding="utf-8")
    sheet, problems = read_sheet_file(file)
    assert sheet is not None
    assert sheet.measures[0].actual.value == Decimal("0.00765")
    assert [problem.code for problem in problems] == ["HY134"]
    assert read_sheet(file) == sheet
