"""Cases of headings and layouts of tables: years, budgets, measures, formulas, and a filled template as it is printed."""

from pathlib import Path
from typing import Final

from hyotei.inference.rate import rate
from hyotei.readers.sheet_file import read_sheet_file
from hyotei.sheet import Quantity, Sheet
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


CASES: Final[dict[str, Case]] = {
    "g04-budget-columns-kessan.xlsx": _closed_years,
    "g05-request-as-initial.xlsx": _request,
    "g07-formula-with-empty-text.xlsx": _empty_formula,
}
