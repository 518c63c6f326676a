"""A sheet as a few lines that a person takes in at a glance: its measures and its budget, and nothing that it does not state."""

from collections.abc import Iterator
from typing import Final

from hyotei.messages import InEach, Language, wording
from hyotei.rulebook.changed_sheets import models
from hyotei.rulebook.vocabulary import BUILT_IN_LABELS
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet, YearPoint
from hyotei.sheet.figures import AMOUNTS, OF_MEASURES, YEARLY
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import MISSING
from hyotei.sheet.quantity import print_quantity
from hyotei.testing.text_tables import filled, table

_MEASURE: Final = tuple(row for row in OF_MEASURES if row.in_rules)


def sheet_tables(sheet: Sheet, language: Language = "ja") -> Iterator[str]:
    """The lines of a sheet."""
    say = wording(language)
    stated = [
        say.one_of("testing.recorded", name, value=value)
        for name, value in (("rating", sheet.recorded.rating), ("budget", sheet.recorded.budget))
        if value is not None
    ]
    yield "  ".join([say("testing.evaluated", year=print_fiscal_year(sheet.fiscal_year, language)), *stated])
    for _, key, unit in models(sheet):
        if isinstance(unit, YearPoint):
            figures = (f"{row.name(language)} {_printed(getattr(unit, row.field))}" for row in YEARLY)
            yield f"{key}  {'  '.join(figures)}"
        if unit.facts:
            said = [f"{fact.name} = {fact.text or print_quantity(fact.figure)}" for fact in unit.facts]
            yield f"{key}  {'  '.join(said)}"
    if not sheet.measures:
        yield say("testing.no_measures")
    else:
        before = [say.one_of("testing.column", name) for name in ("measure", "indicator", "claim", "label")]
        after = [say.one_of("testing.column", name) for name in ("direction", "main")]
        names = [*before, *(row.heading(language) for row in _MEASURE), *after]
        yield from table(*filled(names, list(_measures(sheet, language))))
    if sheet.budget_years:
        rows = [_budget_year(year, language) for year in sheet.budget_years]
        names = [row.heading(language) for row in AMOUNTS]
        found = filled([say("testing.amount.year"), *names, say("testing.amount.basis")], rows)
        yield from table(*found, right=frozenset(range(1, len(found[0]))))


def _measures(sheet: Sheet, language: Language) -> Iterator[list[str]]:
    """A row for each measure; indicators and claims once, and only where there are several or any."""
    objective: Objective | None = None
    indicator: Indicator | None = None
    number, claim, main = "", "", ""
    for _, key, model in models(sheet):
        if isinstance(model, Objective):
            objective, claim = model, _word("claim", model.claim, language)
        elif isinstance(model, Indicator):
            indicator = model
            several = len(sheet.indicators) > 1 and len(sheet.measures) > len(sheet.indicators)
            number = key if several else ""
            main = {True: "○", False: "", None: ""}[model.main]
        elif isinstance(model, Measure):
            assert objective is not None, "measures lie in objectives"
            assert indicator is not None, "measures lie in indicators"
            figures = [_printed(getattr(model, row.field)) for row in _MEASURE]
            yield [key, number, claim, model.label or "", *figures, _word("direction", model.direction, language), main]


def _budget_year(year: BudgetYear, language: Language) -> list[str]:
    amounts = [_printed(getattr(year, row.field)) for row in AMOUNTS]
    basis = _word("basis", year.basis, language) if year.basis != "net" else ""
    return [print_fiscal_year(year.fiscal_year, language), *amounts, basis]


def _printed(quantity: Quantity) -> str:
    return "" if quantity == MISSING else print_quantity(quantity)


def _word(scale: str, value: str | None, language: Language) -> str:
    return "" if value is None else InEach(BUILT_IN_LABELS[scale].get(value, value), value).text(language)
