"""A small sheet in a few lines, for people: where its measures lie, its figures, its budget years, and what it records."""

from collections.abc import Iterator
from typing import Final

from hyotei.forms.declared import names_of
from hyotei.messages import InEach, Language, wording
from hyotei.proof.sheet_writing import NAMELESS
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import BOOLEAN, YEAR
from hyotei.rulebook.value_words import amount, value_text
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import BUILT_IN_LABELS
from hyotei.sheet import BudgetYear, Fact, Indicator, Measure, Objective, Quantity, Sheet
from hyotei.sheet.figures import AMOUNTS, BY_PATH, OF_MEASURES, YEARLY, FigureRow, rows_of
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import Facts
from hyotei.sheet.quantity_print import print_quantity, says_anything
from hyotei.sheet.unit_words import unit_words
from hyotei.sheet.units import YEN

_MEASURE: Final = tuple(row for row in OF_MEASURES if row.in_rules)
_TOLD: Final = tuple(row for row in rows_of("sheet") if row.holder is not None)
"""What a sheet records, and its outline."""


def sheet_lines(sheet: Sheet, language: Language, rulebook: Rulebook | None = None) -> Iterator[str]:
    """The lines of a sheet; what it does not state is left out. Facts go by what the rulebook calls them."""
    yield from _Lines(language, rulebook).sheet(sheet)


class _Lines:
    def __init__(self, language: Language, rulebook: Rulebook | None) -> None:
        self.language, self.say, self.rulebook = language, wording(language), rulebook
        self.measures = self.indicators = 0

    def sheet(self, sheet: Sheet) -> Iterator[str]:
        year = print_fiscal_year(sheet.fiscal_year, self.language)
        yield "  ".join([self.say("sketch.evaluated", year=year), *self.facts(sheet.facts)])
        if sheet.title not in NAMELESS:
            yield f"{BY_PATH['sheet', 'title'].name(self.language)}  {sheet.title}"
        # Where there is one of everything, nobody asks where a measure lies.
        several = [len(sheet.objectives) > 1, len(sheet.indicators) > 1]
        for number, objective in enumerate(sheet.objectives, 1):
            yield from self.objective(objective, number, several)
        for each in sheet.budget_years:
            yield f"{print_fiscal_year(each.fiscal_year, self.language)}  {self.budget(each)}"
        for row in _TOLD:
            told = self.told(sheet, row)
            if told:
                yield f"{row.name(self.language)}  {told}"

    def objective(self, objective: Objective, number: int, several: "list[bool]") -> Iterator[str]:
        parts = [] if objective.name in NAMELESS else [self.say("sketch.named", name=objective.name)]
        if objective.claim is not None:
            parts.append(f"{BY_PATH['objective', 'claim'].name(self.language)} {self.word('claim', objective.claim)}")
        parts += self.facts(objective.facts)
        if not objective.indicators:
            parts.append(self.say("sketch.no_indicators"))
        shown = several[0] or bool(parts)
        if shown:
            yield self.line(f"objectives[{number}]", parts)
        for indicator in objective.indicators:
            for line in self.indicator(indicator, several[1]):
                yield f"  {line}" if shown else line

    def indicator(self, indicator: Indicator, several: bool) -> Iterator[str]:
        self.indicators += 1
        parts = [] if indicator.name in NAMELESS else [self.say("sketch.named", name=indicator.name)]
        if indicator.main is not None:
            parts.append(self.say("sketch.main" if indicator.main else "sketch.not_main"))
        parts += self.facts(indicator.facts)
        shown = several or bool(parts)
        if shown:
            yield self.line(f"indicators[{self.indicators}]", parts)
        for measure in indicator.measures:
            self.measures += 1
            for line in self.measure(measure):
                yield f"  {line}" if shown else line

    def line(self, key: str, parts: "list[str]") -> str:
        return "  ".join([unit_words(key, self.language), *parts])

    def measure(self, measure: Measure) -> Iterator[str]:
        parts = [self.say("sketch.named", name=measure.label)] if measure.label else []
        parts += self.quantities(measure, _MEASURE)
        if measure.direction is not None:
            parts.append(self.word("direction", measure.direction))
        parts += self.facts(measure.facts)
        yield self.line(f"measures[{self.measures}]", parts or [self.say("sketch.nothing_stated")])
        for point in measure.series:
            told = self.quantities(point, YEARLY)
            yield f"  {print_fiscal_year(point.fiscal_year, self.language)}  {'  '.join(told)}"

    def facts(self, facts: Facts) -> list[str]:
        """What a unit states under names of its own."""
        return [f"{self.fact_name(each)} {self.fact_value(each)}" for each in facts]

    def fact_value(self, fact: Fact) -> str:
        """What a fact states: yes, no and fiscal years in the language, all else as it is stated."""
        declared = None if self.rulebook is None else self.rulebook.facts.get(fact.name)
        if declared is not None and declared.type in (BOOLEAN, YEAR):
            value = declared.value(fact)
            if not isinstance(value, Unknown):
                return value_text(value, declared.type, self.language)
        return fact.text or self.quantity(fact.figure)

    def fact_name(self, fact: Fact) -> str:
        declared = None if self.rulebook is None else self.rulebook.declared.get(fact.name)
        names = names_of(fact.name) if declared is None else InEach(declared.ja, declared.en)
        return names.text(self.language)

    def quantities(self, model: object, rows: tuple[FigureRow, ...]) -> list[str]:
        """What a unit states, each under its name."""
        found = ((row, getattr(model, row.field)) for row in rows)
        return [f"{row.name(self.language)} {self.quantity(each)}" for row, each in found if says_anything(each)]

    def budget(self, year: BudgetYear) -> str:
        parts = []
        for row in AMOUNTS:
            quantity: Quantity = getattr(year, row.field)
            if says_anything(quantity):
                plain = quantity.value is not None and quantity.unit == YEN
                plain = plain and quantity.qualifier is None and quantity.fiscal_year is None
                value = amount(quantity.value, self.language) if plain and quantity.value is not None else None
                parts.append(f"{row.name(self.language)} {value or self.quantity(quantity)}")
        if year.basis != "net":
            parts.append(self.word("basis", year.basis))
        parts += self.facts(year.facts)
        return "  ".join(parts) or self.say("sketch.no_amounts")

    def told(self, sheet: Sheet, row: FigureRow) -> str:
        """One of the things that a sheet records about itself; empty where it does not."""
        found: str | None = getattr(getattr(sheet, row.holder or ""), row.field)
        return found or ""

    def word(self, scale: str, value: str) -> str:
        return InEach(BUILT_IN_LABELS[scale][value], value).text(self.language)

    def quantity(self, quantity: Quantity) -> str:
        if quantity.value is None and quantity.low is None and quantity.unknown is not None and quantity.unit is None:
            return self.say.one_of("common.reason", quantity.unknown)
        return print_quantity(quantity)
