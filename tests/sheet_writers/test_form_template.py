"""The empty forms for Excel: filled in they read back as what was filled in, also after LibreOffice has saved them."""

import io
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.forms.library import base_form
from hyotei.inference.rate import rate
from hyotei.intake.input_file import InputFile
from hyotei.messages import HyoteiError
from hyotei.readers.reader import Found
from hyotei.readers.words_of_forms import choice_values
from hyotei.readers.xlsx_reader import XlsxReader
from hyotei.rulebook.library import library
from hyotei.sheet import Quantity, Sheet
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.units import USUAL
from hyotei.sheet_writers.form_page import LONGEST_LIST
from hyotei.sheet_writers.form_template import (
    GOVERNMENT_INDICATORS,
    INDICATORS,
    OBJECTIVES,
    YEARS,
    FormKind,
    Span,
    Template,
    template,
    write_template,
    years_offered,
)
from tests.cli.command import inside

Filled = dict[tuple[str | int, ...], Any]
GRADES = choice_values(base_form(), "recorded.rating")
CLAIMS = {"達成": "achieved", "一部達成": "partly_achieved", "未達成": "not_achieved"}
UNITS = {"円": 1, "千円": 1_000, "百万円": 1_000_000, "億円": 100_000_000}
AMOUNTS = ("initial", "supplementary", "carried_over", "total", "executed")
RATINGS = ("Ａ　相当の進展があった", "Ｂ　進展があった", "Ｃ　十分な進展がなかった")
BUDGETS = ("Ⅰ　予算の拡充", "Ⅱ　予算の継続", "Ⅲ　予算の縮減", "Ⅳ　予算の廃止")

numbers = st.one_of(st.integers(0, 10**9), st.decimals(0, 100, places=1).map(lambda value: value.normalize()))


@st.composite
def heads(draw: st.DrawFn) -> Filled:
    """What names the sheet, and its budget."""
    year = draw(st.integers(2019, 2030))
    filled: Filled = {
        ("authority",): draw(st.sampled_from(("総務省", "環境省", "警察庁"))),
        ("year",): print_fiscal_year(year),
        ("title",): f"政策{draw(st.integers(1, 30))}：{draw(st.sampled_from(('情報通信の推進', '水環境の保全')))}",
        ("goal",): "社会に貢献する",
        ("budget", "unit"): draw(st.sampled_from(tuple(UNITS))),
    }
    if draw(st.booleans()):
        filled["field",] = "行政一般"
    for position in range(draw(st.integers(1, YEARS))):
        filled["budget", "year", position] = print_fiscal_year(year - 2 + position)
        initial, more = draw(st.integers(10**6, 10**9)), draw(st.integers(-(10**6), 10**6))
        total = initial + more
        amounts = dict(zip(AMOUNTS, (initial, more, 0, total, max(0, total)), strict=True))
        for name, amount in amounts.items():
            if name != "executed" or draw(st.booleans()):
                filled["budget", name, position] = amount
    return filled


@st.composite
def ministries(draw: st.DrawFn) -> Filled:
    filled = draw(heads())
    filled["rating",] = draw(st.sampled_from(RATINGS))
    filled["recommendation",] = draw(st.sampled_from(BUDGETS))
    year = int_year(filled)
    number = 0
    for objective in range(draw(st.integers(1, OBJECTIVES))):
        filled["objective", objective] = f"施策の目標その{'一二三'[objective]}に向けた取組"
        filled["claim", objective] = draw(st.sampled_from(tuple(CLAIMS)))
        for position in range(draw(st.integers(1, INDICATORS))):
            key = (objective, position)
            number += 1
            filled |= {
                ("number", *key): number,
                ("name", *key): f"取組{number}の件数",
                ("unit", *key): draw(st.sampled_from(("件", "%", "回", "社"))),
                ("baseline", *key): draw(numbers),
                ("baseline_year", *key): print_fiscal_year(year - draw(st.integers(1, 5))),
                ("target", *key): draw(numbers),
                ("target_year", *key): print_fiscal_year(year),
                ("actual", *key): draw(st.one_of(numbers, st.just("集計中"))),
                ("actual_year", *key): print_fiscal_year(year),
            }
            if draw(st.booleans()):
                filled["qualifier", *key] = draw(st.sampled_from(("以上", "以下", "程度")))
    return filled


@st.composite
def governments(draw: st.DrawFn) -> Filled:
    filled = draw(heads())
    filled |= {("grade",): draw(st.sampled_from(GRADES)), ("inspection",): "分析した。", ("improvement",): "続ける。"}
    year = int_year(filled)
    for position in range(YEARS):
        filled["year", position] = print_fiscal_year(year - YEARS + 1 + position)
    for position in range(draw(st.integers(1, GOVERNMENT_INDICATORS))):
        filled |= {
            ("number", position): position + 1,
            ("name", position): f"取組{position + 1}の件数",
            ("unit", position): draw(st.sampled_from(("件", "%", "回", "社"))),
            ("baseline", position): draw(numbers),
            ("baseline_year", position): print_fiscal_year(year - 5),
            ("achieved", position): draw(st.sampled_from(("○", "△", "×"))),
            ("target", position, YEARS - 1): draw(numbers),
            ("actual", position, YEARS - 1): draw(numbers),
        }
        for each in range(YEARS - 1):
            for role in ("target", "actual"):
                if draw(st.booleans()):
                    filled[role, position, each] = draw(numbers)
        if draw(st.booleans()):
            filled["final_target", position] = draw(numbers)
            filled["final_year", position] = print_fiscal_year(year + 2)
    return filled


@cache
def empty(kind: FormKind) -> Template:
    """Made once: drawing the cells of a form takes longer than reading it."""
    return template(kind, ratings=RATINGS, budgets=BUDGETS)


def int_year(filled: Filled) -> int:
    return 2018 + int(filled["year",].removeprefix("令和").removesuffix("年度").replace("元", "1"))


def fill(form: Template, filled: Filled) -> bytes:
    """The form as a file; whatever was filled in before is gone."""
    sheet = form.book[form.sheet]
    for name, cell in form.fields.items():
        sheet[cell] = filled.get(name)
    stream = io.BytesIO()
    form.book.save(stream)
    return stream.getvalue()


def read(content: bytes) -> Found:
    document = InputFile("form.xlsx", "form.xlsx", lambda: io.BytesIO(content), explicit=True)
    assert XlsxReader().sniff(document.sample()) > 0.5
    (found,) = XlsxReader().read(document)
    return found


def says(figure: Quantity, filled: Filled, name: tuple[str | int, ...], unit: str) -> bool:
    """Whether a figure is what was filled in."""
    value = filled.get(name)
    if value is None or isinstance(value, str):
        return figure.value is None and figure.unknown == ("unsettled" if value == "集計中" else "missing")
    factor = Decimal("0.01") if unit == "%" else Decimal(UNITS.get(unit, 1))
    return figure.value == value * factor and figure.unit == ("円" if unit in UNITS else unit) and stated(figure)


def stated(figure: Quantity) -> bool:
    return figure.source is not None and figure.source.reading == "stated"


def check_head(sheet: Sheet, filled: Filled) -> None:
    assert sheet.authority == filled["authority",]
    assert sheet.fiscal_year == int_year(filled)
    assert f"{sheet.policy}：{sheet.title}" == filled["title",]
    assert (sheet.goal, sheet.field) == (filled["goal",], filled.get(("field",)))
    years = [position for position in range(YEARS) if ("budget", "year", position) in filled]
    assert [print_fiscal_year(each.fiscal_year) for each in sheet.budget_years] == [
        filled["budget", "year", each] for each in years
    ]
    for position, year in zip(years, sheet.budget_years, strict=True):
        for name in AMOUNTS:
            figure = getattr(year, name)
            if ("budget", name, position) in filled:
                assert says(figure, filled, ("budget", name, position), filled["budget", "unit"]), (name, figure)
            else:
                # The form says that a blank is 記載なし, and that counts for the year after as well.
                assert (figure.value, figure.unknown) == (None, "missing"), (name, figure)


def check_ministry(found: Found, filled: Filled) -> None:
    sheet, problems = found
    assert sheet is not None, [problem.text() for problem in problems]
    assert {problem.severity for problem in problems} <= {"note"}, [problem.text() for problem in problems]
    check_head(sheet, filled)
    assert (f"{sheet.recorded.rating}", sheet.recorded.budget) == (
        chr(ord(filled["rating",][0]) - 0xFEE0),
        filled["recommendation",][0],
    )
    objectives = [position for position in range(OBJECTIVES) if ("objective", position) in filled]
    assert [each.name for each in sheet.objectives] == [filled["objective", each] for each in objectives]
    for objective, read_objective in zip(objectives, sheet.objectives, strict=True):
        assert read_objective.claim == CLAIMS[filled["claim", objective]]
        rows = [each for each in range(INDICATORS) if ("name", objective, each) in filled]
        for row, indicator in zip(rows, read_objective.indicators, strict=True):
            key = (objective, row)
            assert (indicator.name, indicator.number) == (filled["name", *key], str(filled["number", *key]))
            (measure,) = indicator.measures
            for role in ("baseline", "target", "actual"):
                figure = getattr(measure, role)
                assert says(figure, filled, (role, *key), filled["unit", *key]), (role, figure)
                assert print_fiscal_year(figure.fiscal_year) == filled[f"{role}_year", *key]
            assert measure.target.qualifier == filled.get(("qualifier", *key))


def check_government(found: Found, filled: Filled) -> None:
    sheet, problems = found
    assert sheet is not None, [problem.text() for problem in problems]
    check_head(sheet, filled)
    recorded = sheet.recorded
    assert (recorded.rating, recorded.inspection, recorded.improvement) == (filled["grade",], "分析した。", "続ける。")
    rows = [each for each in range(GOVERNMENT_INDICATORS) if ("name", each) in filled]
    year = sheet.fiscal_year
    for row, indicator in zip(rows, sheet.indicators, strict=True):
        assert (indicator.name, indicator.number) == (filled["name", row], str(filled["number", row]))
        (measure,) = indicator.measures
        unit = filled["unit", row]
        assert says(measure.baseline, filled, ("baseline", row), unit)
        assert says(measure.final_target, filled, ("final_target", row), unit)
        points = {point.fiscal_year: point for point in measure.series}
        for each in range(YEARS):
            point: Any = measure if each == YEARS - 1 else points.get(year - YEARS + 1 + each)
            for role in ("target", "actual"):
                if (role, row, each) in filled:
                    assert says(getattr(point, role), filled, (role, row, each), unit), (role, each)
                else:
                    assert point is None or getattr(point, role).value is None


@settings(suppress_health_check=list(HealthCheck), max_examples=12)
@given(ministries())
def test_a_filled_form_of_the_ministry_reads_back(filled: Filled) -> None:
    """Every figure, claim and conclusion is what was filled in, and stated."""
    check_ministry(read(fill(empty("mic"), filled)), filled)


@settings(suppress_health_check=list(HealthCheck), max_examples=12)
@given(governments())
def test_a_filled_government_wide_form_reads_back(filled: Filled) -> None:
    check_government(read(fill(empty("government"), filled)), filled)


def small(kind: FormKind) -> Filled:
    year = print_fiscal_year(2024)
    filled: Filled = {
        ("authority",): "総務省", ("year",): year, ("title",): "政策15：情報通信の推進", ("goal",): "社会に貢献する",
        ("budget", "unit"): "百万円", ("budget", "year", 0): year,
    }  # fmt: skip
    filled |= {("budget", name, 0): amount for name, amount in zip(AMOUNTS, (1234, -34, 0, 1200, 1100), strict=True)}
    if kind == "mic":
        filled |= {
            ("rating",): RATINGS[0], ("recommendation",): BUDGETS[1], ("objective", 0): "協調の推進", ("claim", 0): "達成",
            ("number", 0, 0): 1, ("name", 0, 0): "会議の回数", ("unit", 0, 0): "回", ("baseline", 0, 0): 7,
            ("baseline_year", 0, 0): "令和5年度", ("target", 0, 0): 10, ("qualifier", 0, 0): "以上", ("target_year", 0, 0): year,
            ("actual", 0, 0): 12, ("actual_year", 0, 0): year,
        }  # fmt: skip
        return filled
    filled |= {("grade",): GRADES[1], ("inspection",): "分析した。", ("improvement",): "続ける。"}
    filled |= {("year", position): print_fiscal_year(2021 + position) for position in range(YEARS)}
    filled |= {
        ("number", 0): 1, ("name", 0): "普及率", ("unit", 0): "%", ("baseline", 0): Decimal("7.5"),
        ("baseline_year", 0): "令和2年度", ("target", 0, 3): 10, ("actual", 0, 3): 12, ("actual", 0, 1): 9, ("achieved", 0): "○",
    }  # fmt: skip
    return filled


def test_a_filled_form_is_rated() -> None:
    """What was filled in goes the whole way to a verdict."""
    sheet, _ = read(fill(template("mic", ratings=RATINGS, budgets=BUDGETS), small("mic")))
    assert sheet is not None
    assert rate(sheet, "mic-2013").rating == "A"


@pytest.mark.parametrize("kind", ["mic", "government"])
def test_an_empty_form_says_what_it_lacks(kind: FormKind) -> None:
    sheet, problems = read(fill(template(kind), {}))
    assert sheet is None
    assert [problem.code for problem in problems] == ["HY252"]


@pytest.mark.parametrize("kind", ["mic", "government"])
def test_labels_are_guarded_and_fields_are_free(kind: FormKind) -> None:
    """Only fields can be changed, choices are offered, and the page is A4."""
    form = template(kind, ratings=RATINGS, budgets=BUDGETS)
    sheet = form.book[form.sheet]
    assert sheet.protection.sheet
    free = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert set(form.fields.values()) <= free
    assert all(sheet[cell].value is None for cell in form.fields.values())
    assert len(set(form.fields.values())) == len(form.fields)
    rules = sheet.data_validations.dataValidation
    assert all(len(rule.formula1 or "") <= 255 and len(rule.prompt or "") <= 255 for rule in rules)
    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4


@given(
    st.lists(st.tuples(st.none() | st.integers(1990, 2060), st.none() | st.integers(1990, 2060)), max_size=4),
    st.dates(date(2020, 1, 1), date(2070, 12, 31)),
)
def test_years_in_force_and_the_present_ones_are_offered(spans: list[Span], today: date) -> None:
    """In order, each once; those of a rulebook that has ended stay, however long ago, as long as there is room for them."""
    spans = [
        (first, last if first is None or last is None else min(max(first, last), first + 5)) for first, last in spans
    ]
    offered = years_offered(spans, today)
    years = [reading.year for text in offered if (reading := read_fiscal_year(text)[0]) is not None]
    assert years == sorted(set(years))
    assert len(years) == len(offered)
    assert len(",".join(offered)) <= LONGEST_LIST
    present = today.year - (today.month < 4)
    assert present in years
    bounded = {
        year for first, last in spans if first is not None and last is not None for year in range(first, last + 1)
    }
    if len(bounded) <= 30:
        assert bounded <= set(years)
    if len(bounded) <= 10:
        assert set(range(present, present + 9)) <= set(years)


def test_every_year_of_a_shipped_rulebook_is_offered(tmp_path: Path) -> None:
    """What the command writes lets the years be chosen for which there is something to rate by, and the units that are usual."""
    result = inside("template", "-o", str(tmp_path / "x.xlsx"))
    assert result.code == 0
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["評価書"]
    lists = {rule.formula1.strip('"') for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    for entry in library():
        assert entry.head.first_year is not None
        last = entry.head.last_year or date.today().year
        for year in range(entry.head.first_year, last + 1):
            assert any(print_fiscal_year(year) in each.split(",") for each in lists), (entry.head.id, year)
    assert ",".join(USUAL) in lists


def test_usual_units_are_units() -> None:
    """Each is one that figures are read with, without a doubt."""
    for unit in USUAL:
        figure, problems = read_quantity(f"5{unit}")
        assert problems == ()
        assert figure.value is not None
        assert stated(figure)
        assert figure.unit in (unit, "円")


def test_a_file_is_not_overwritten_unasked(tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    write_template(template("mic"), file)
    with pytest.raises(HyoteiError) as caught:
        write_template(template("government"), file)
    assert [each.code for each in caught.value.diagnostics] == ["HY847"]
    write_template(template("government"), file, force=True)
    assert "施策名" in {cell.value for row in openpyxl.load_workbook(file).active.iter_rows() for cell in row}
    with pytest.raises(HyoteiError) as caught:
        write_template(template("mic"), tmp_path / "x.xls")
    assert [each.code for each in caught.value.diagnostics] == ["HY849"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["mic", "government"])
def test_what_libreoffice_saves_reads_back(kind: FormKind, tmp_path: Path) -> None:
    """A form that was opened and saved in LibreOffice holds the same figures."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "form.xlsx"
    filled = small(kind)
    file.write_bytes(fill(template(kind, ratings=RATINGS, budgets=BUDGETS), filled))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = read((tmp_path / "out" / "form.xlsx").read_bytes())
    (check_ministry if kind == "mic" else check_government)(found, filled)
