"""Cases of the commands: a form filled in and saved by LibreOffice."""

from pathlib import Path
from typing import Final

from hyotei.readers.sheets_of_paths import read_sheets
from hyotei.sheet import Sheet
from tests.handed.result import Case, Result

_NUMBER: Final = "総務省24-⑮"


def _only(file: Path) -> Sheet:
    (found,) = read_sheets(file)
    assert found.sheet is not None, [problem.text() for problem in found.problems]
    return found.sheet


def _figures(sheet: Sheet) -> list[tuple[str, str, str]]:
    """Every figure of a sheet but the totals, which only a program that reckons writes."""
    found = [
        (measure.label or indicator.name, role, f"{quantity.value} {quantity.unit} {quantity.unknown}")
        for objective in sheet.objectives
        for indicator in objective.indicators
        for measure in indicator.measures
        for role in ("baseline", "target", "actual")
        for quantity in [getattr(measure, role)]
    ]
    for year in sheet.budget_years:
        for role in ("initial", "supplementary", "carried_over", "executed"):
            quantity = getattr(year, role)
            found.append((str(year.fiscal_year), role, f"{quantity.value} {quantity.unit} {quantity.unknown}"))
    return found


def _saved_by_libreoffice(file: Path) -> Result:
    """The same figures as in the form that was saved, filled.xlsx, and the totals that LibreOffice reckoned."""
    ours, theirs = _only(file), _only(file.with_suffix(".xlsx"))
    totals = {year.fiscal_year: year.total.value for year in ours.budget_years}
    right = (
        _figures(ours) == _figures(theirs)
        and len(_figures(ours)) > 20
        and ours.number == _NUMBER
        and str(totals[2010]) == "4953860000"
    )
    return Result(right, f"{len(_figures(ours))} figures, total {totals}")


CASES: Final[dict[str, Case]] = {"filled.ods": _saved_by_libreoffice}
