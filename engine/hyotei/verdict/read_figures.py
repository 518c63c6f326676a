"""The figures of measures, of their other years and of budget years that were read, by name, each with where it stands."""

from collections.abc import Iterable, Iterator

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import InEach, Language, wording
from hyotei.sheet import BudgetYear, Measure, Quantity, Source, YearPoint
from hyotei.sheet.figures import OF_BUDGET_YEARS, OF_MEASURES, YEARLY, FigureRow
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.verdict.case import Case


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure in words (`「相談件数」の目標値`) and where it was read."""

    name: str
    source: Source


def read_figures(case: Case, language: Language) -> Iterator[ReadFigure]:
    """Those that have a source, in the order of the sheet."""
    for unit in case.units.values():
        subject = " ".join(case.subject(unit, language).split())
        match unit.model:
            case BudgetYear():
                yield from _read(unit.model, OF_BUDGET_YEARS, "verdict.assumed.figure_of_year", language, year=subject)
            case Measure():
                yield from _read(unit.model, OF_MEASURES, "verdict.assumed.figure", language, subject=subject)
                for point in unit.model.series:
                    year = print_fiscal_year(point.fiscal_year, language)
                    yield from _read(
                        point, YEARLY, "verdict.assumed.figure_in_year", language, subject=subject, year=year
                    )


def _read(
    of: BudgetYear | Measure | YearPoint, rows: Iterable[FigureRow], key: str, language: Language, **place: str
) -> Iterator[ReadFigure]:
    """Those of one unit; `key` and `place` say of what they are."""
    for row in rows:
        quantity: Quantity = getattr(of, row.path)
        if quantity.source is not None:
            title = InEach(*row.names).text(language)
            yield ReadFigure(wording(language)(key, title=title, **place), quantity.source)
