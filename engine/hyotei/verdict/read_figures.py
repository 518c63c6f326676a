"""The figures of a sheet that were read somewhere, by name, each with where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from hyotei.messages import Language, phrase
from hyotei.rulebook.term_words import figure_title
from hyotei.sheet import Quantity, Source
from hyotei.verdict.case import Case


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure in words (`「相談件数」の目標値`) and where it was read."""

    name: str
    source: Source


def read_figures(case: Case, language: Language) -> Iterator[ReadFigure]:
    """Those that have a source, in the order of the sheet."""
    for unit in case.units.values():
        for field in type(unit.model).model_fields:
            value = getattr(unit.model, field)
            if isinstance(value, Quantity) and value.source is not None:
                title = figure_title(unit.scope, field, language)
                key = "verdict.assumed.figure_of_year" if unit.scope == "budget_year" else "verdict.assumed.figure"
                subject = " ".join(case.subject(unit, language).split())
                yield ReadFigure(phrase(key, subject=subject, year=subject, title=title).text(language), value.source)
