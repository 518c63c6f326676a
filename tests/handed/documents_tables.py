"""Cases of headings and layouts of tables: years, budgets, measures, formulas, and a filled template as it is printed."""

from decimal import Decimal
from pathlib import Path
from typing import Final

from hyotei.inference.rate import rate
from hyotei.readers.sheet_of_file import read_sheet_file
from hyotei.sheet import Measure, Quantity, Sheet
from tests.handed.result import Case, Result

_FIELDS: Final = ("initial", "supplementary", "carried_over", "total", "executed")


def _read(file: Path) -> tuple[Sheet, set[str]]:
    """The sheet of a case, with the codes of what is told."""
    sheet, problems = read_sheet_file(file)
    assert sheet is not None, "no sheet was read"
    return sheet, {problem.code for problem in problems}


def _thousands(quantity: Quantity) -> int | None:
    return None if quantity.value is None else int(quantity.value / 1000)


def _amounts(sheet: Sheet) -> dict[int, tuple[int | None, ...]]:
    return {each.fiscal_year: tuple(_thousands(getattr(each, name)) for name in _FIELDS) for each in sheet.budget_years}


def _closed_years(file: Path) -> Result:
    """決算 beside a year leaves the year and its amounts what they are."""
    sheet, _ = _read(file)
    given = _amounts(sheet)
    budget = rate(sheet, "mic-2013").budget
    right = [*given] == [2010, 2011, 2012, 2013] and given[2011][3:] == (1000, 400) and budget == "Ⅲ"
    return Result(right, f"{given}, {budget}")


def _request(file: Path) -> Result:
    """What stands below 要求額 is the request, and no initial budget."""
    sheet, _ = _read(file)
    last = sheet.budget_years[-1]
    budget = rate(sheet, "mic-2013").budget
    right = (last.fiscal_year, _thousands(last.request), last.initial.value, budget) == (2013, 1200, None, "Ⅱ")
    return Result(right, f"request {_thousands(last.request)}, initial {_thousands(last.initial)}, {budget}")


def _empty_formula(file: Path) -> Result:
    """A formula whose result is the empty text is a blank, and nothing is told of it."""
    sheet, codes = _read(file)
    right = "HY855" not in codes and sheet.budget_years[-1].executed.value is None
    return Result(right, " ".join(sorted(codes)))


def _one_line(file: Path) -> Result:
    """A row of measures on one line: its name, then its figures in the order of the columns."""
    sheet, _ = _read(file)
    (indicator,) = sheet.indicators
    seen = [(str(each.value), each.fiscal_year) for each in _pair(sheet.measures[0])]
    right = indicator.name == "利用者数" and seen == [("100", 2011), ("120", 2012), ("110", 2012)]
    return Result(right, f"{indicator.name} {seen}")


def _pair(measure: Measure) -> tuple[Quantity, Quantity, Quantity]:
    return measure.baseline, measure.actual, measure.target


def _one_cell_a_line(file: Path) -> Result:
    """A budget with one cell a line is read as one with rows."""
    given = _amounts(_read(file)[0])
    right = given == {
        2010: (1000, 0, 20, 1020, 900),
        2011: (1100, 50, -20, 1130, 1000),
        2012: (1200, 0, 0, 1200, None),
        2013: (1300, 0, None, None, None),
    }
    return Result(right, str(given))


def _initial_value_and_grade(file: Path) -> Result:
    """初期値 is the baseline, a column 評価 stands between the results and the target, and its grades are told."""
    sheet, codes = _read(file)
    seen = [
        (
            each.baseline.value,
            [point.actual.value for point in each.series],
            each.actual.value or each.actual.unknown,
            each.final_target.value,
            each.final_target.fiscal_year,
        )
        for each in sheet.measures
    ]
    percent = [Decimal(each) / 100 for each in (83, 85, 86, 88, 89)]
    places = [Decimal(each) for each in (583, 615, 665, 686, 725)]
    right = [each.name for each in sheet.indicators] == ["整備率", "整備箇所数"] and seen == [
        (percent[0], percent[1:], "unsettled", 1, 2020),
        (places[0], places[1:], 783, 800, 2020),
    ]
    return Result(right and "HY269" in codes, str(seen))


def _cut_off(file: Path) -> Result:
    """A print that cuts cells off gives none of their figures."""
    sheet, _ = _read(file)
    cut = [each for each in sheet.indicators if each.name in ("合意した途上国数", "海外セミナー")]
    figures = [quantity for each in cut for measure in each.measures for quantity in _pair(measure)]
    right = len(cut) == 2 and all(each.value is None and each.unknown != "qualitative" for each in figures)
    return Result(right, " ".join(str(each.value or each.unknown) for each in figures))


def _several_measures(file: Path) -> Result:
    """A filled template gives each measure of a cell with its label."""
    sheet, _ = _read(file)
    seen = {each.label: [str(one.value) for one in _pair(each)] for each in sheet.measures if each.label}
    return Result(seen == {"セミナー": ["4", "5", "4"], "ミッション団": ["3", "3", "4"]}, str(seen))


TRIAL: Final[dict[str, Case]] = {"filled.pdf": _cut_off, "filled.xlsx": _several_measures}
CASES: Final[dict[str, Case]] = {
    "g04-budget-columns-kessan.xlsx": _closed_years,
    "g05-request-as-initial.xlsx": _request,
    "g07-formula-with-empty-text.xlsx": _empty_formula,
    "g09-row-on-one-line.txt": _one_line,
    "g10-budget-one-cell-a-line.txt": _one_cell_a_line,
    "g11-initial-value-and-grade-column.xlsx": _initial_value_and_grade,
}
