"""Every figure of a sheet with its name, as the form has it, and the place where it stands in the layout of the models."""

from collections.abc import Callable, Iterator
from dataclasses import field
from functools import partial

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, Wording, wording
from hyotei.sheet.figures import OF_BUDGET_YEARS, OF_MEASURES, YEARLY, FigureRow
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import Indicator, Quantity, Sheet

_LONGEST = 30
"""Characters of the name of an indicator."""

Path = tuple[str | int, ...]
"""Fields and positions (from 0) that lead from the sheet to one of its figures."""


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """One figure: its row of the table of figures, and where it stands.

    Its name is made when it is asked for: who counts the figures of a long list needs none.
    """

    named: Callable[[], str] = field(compare=False)
    row: FigureRow
    path: Path
    quantity: Quantity

    @property
    def name(self) -> str:
        return self.named()


def figure_places(sheet: Sheet, language: Language) -> Iterator[FigurePlace]:
    """The figures in the order of the form."""
    say = wording(language)
    position = 0
    for at, objective in enumerate(sheet.objectives):
        for within, indicator in enumerate(objective.indicators):
            position += 1
            name = say("sheet.place.outcome", position=position, name=_short(indicator.name))
            yield from _of_indicator(name, indicator, ("objectives", at, "indicators", within), say)
    for at, indicator in enumerate(sheet.outputs):
        yield from _of_indicator(
            say("sheet.place.output", position=at + 1, name=_short(indicator.name)), indicator, ("outputs", at), say
        )
    for at, year in enumerate(sheet.budget_years):
        for row in OF_BUDGET_YEARS:
            named = partial(_of_budget, row, year.fiscal_year, say)
            yield FigurePlace(named, row, ("budget_years", at, row.field), getattr(year, row.field))


def _of_indicator(name: str, indicator: Indicator, path: Path, say: Wording) -> Iterator[FigurePlace]:
    for at, measure in enumerate(indicator.measures):
        label = measure.label or (str(at + 1) if len(indicator.measures) > 1 else "")
        lead = f"{name} {label}".strip()
        here = (*path, "measures", at)
        for row in OF_MEASURES:
            figure: Quantity = getattr(measure, row.field)
            yield FigurePlace(partial(_of_year, lead, row, figure.fiscal_year, say), row, (*here, row.field), figure)
        for number, point in enumerate(measure.series):
            for row in YEARLY:
                place = (*here, "series", number, row.field)
                named = partial(_of_year, lead, row, point.fiscal_year, say)
                yield FigurePlace(named, row, place, getattr(point, row.field))


def _of_year(lead: str, row: FigureRow, year: int | None, say: Wording) -> str:
    figure = row.name(say.language)
    return f"{lead} {figure if year is None else _dated(year, figure, say)}"


def _of_budget(row: FigureRow, year: int, say: Wording) -> str:
    return _dated(year, row.in_yaml(say.language), say)


def _dated(year: int, figure: str, say: Wording) -> str:
    return say("sheet.place.of_year", year=print_fiscal_year(year, say.language), figure=figure)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
