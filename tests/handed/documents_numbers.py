"""Cases of numbers in cells: each is read whole with all that belongs to it, or it is unread and told."""

from pathlib import Path
from typing import Final

from hyotei.inference.rate import rate
from hyotei.readers.sheet_of_file import read_sheet_file
from hyotei.sheet import Measure
from hyotei.sheet.direction import direction_of
from tests.handed.result import Case, Result

_ROLES: Final = ("baseline", "target", "actual")


def _measure(file: Path) -> tuple[Measure, set[str], str | None]:
    """The one measure of a case, the codes of what is told, and the derived rating."""
    sheet, problems = read_sheet_file(file)
    assert sheet is not None, "no sheet was read"
    (measure,) = sheet.measures
    return measure, {problem.code for problem in problems}, rate(sheet, "mic-2013").rating


def _figures(measure: Measure) -> tuple[str, ...]:
    """The three figures in short: value and unit, or the reason why there is none."""
    figures = [getattr(measure, role) for role in _ROLES]
    return tuple(each.unknown or f"{each.value}{each.unit or ''}" for each in figures)


def _total_in_words(file: Path) -> Result:
    """延べ3万5,000人 is 35,000 and more is better."""
    measure, _, rating = _measure(file)
    source = measure.target.source
    assert source is not None
    remark = source.text.startswith("延べ") and "延べ" in source.notes_text("ja")
    year = measure.target.fiscal_year
    right = (_figures(measure), year, direction_of(measure).direction) == (
        ("8000人", "35000人", "9000人"),
        2012,
        "increase",
    )
    return Result(right and remark and rating != "A", f"{_figures(measure)}, {source.notes_text('ja')}, {rating}")


def _two_units(file: Path) -> Result:
    """2時間30分 is 150 minutes, and 170 minutes are not within it."""
    measure, _, rating = _measure(file)
    figures = _figures(measure)
    return Result(figures[1:] == ("150分", "170分") and rating == "C", f"{figures}, {rating}")


def _unread_actual(file: Path) -> Result:
    """A number with a lost character, or one whose parts are no numeral, has no value, and is told."""
    measure, codes, _ = _measure(file)
    figures = _figures(measure)
    right = figures[2] == "unread" and measure.target.value is not None and "HY213" in codes
    return Result(right, f"{figures}, {' '.join(sorted(codes))}")


def _carbon(file: Path) -> Result:
    """A figure in a unit such as tCO2 is a figure."""
    figures = _figures(_measure(file)[0])
    return Result(sorted(figures) == ["1000tCO2", "2000tCO2", "3000tCO2"], f"{figures}")


CASES: Final[dict[str, Case]] = {
    "g01-part-of-number-man.xlsx": _total_in_words,
    "g02-time-in-two-units.xlsx": _two_units,
    "g03-unknown-character-in-number.xlsx": _unread_actual,
    "g08-figure-called-qualitative.xlsx": _carbon,
    "g12-numeral-out-of-order.xlsx": _unread_actual,
}
