"""The figures of measures and budget years that were read somewhere, by name, each with where it stands."""

from collections.abc import Iterator

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import InEach, Language, wording
from hyotei.sheet import Quantity, Source
from hyotei.sheet.figures import OF_BUDGET_YEARS, OF_MEASURES
from hyotei.verdict.case import Case


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure in words (`「相談件数」の目標値`) and where it was read."""

    name: str
    source: Source


def read_figures(case: Case, language: Language) -> Iterator[ReadFigure]:
    """Those that have a source, in the order of the sheet."""
    say = wording(language)
    for unit in case.units.values():
        of_year = unit.scope == "budget_year"
        for row in OF_BUDGET_YEARS if of_year else OF_MEASURES if unit.scope == "measure" else ():
            value = getattr(unit.model, row.path)
            if isinstance(value, Quantity) and value.source is not None:
                title = InEach(*row.names).text(language)
                subject = " ".join(case.subject(unit, language).split())
                if of_year:
                    name = say("verdict.assumed.figure_of_year", year=subject, title=title)
                else:
                    name = say("verdict.assumed.figure", subject=subject, title=title)
                yield ReadFigure(name, value.source)
