"""The facts that a rulebook wants of a sheet: those that people judge, with their reasons, and those that a sheet states."""

from collections.abc import Iterator
from typing import NamedTuple

from hyotei.messages import Diagnostic, HyoteiError, InEach, Language, Listed, phrase_of, wording
from hyotei.rulebook.changed_sheets import Model, models, with_parts
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.term_words import figure_title
from hyotei.rulebook.types import BOOLEAN, ScaleType
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet.correction import corrected_source
from hyotei.sheet.fact_values import fact_value, stated_as
from hyotei.sheet.facts import fact_of, figure_in
from hyotei.sheet.models import BudgetYear, Fact, Indicator, Measure, Objective, Sheet, YearPoint
from hyotei.sheet.quantity_words import PRINTED


class FactPlace(NamedTuple):
    """A fact of one unit: the unit's key and name (empty for the sheet), its declaration and title, and what is stated.

    `choices` are the values that it can have, as they are stated and as they are shown, best first, where these are few.
    """

    key: str
    subject: str
    declared: DeclaredFact
    title: str
    choices: tuple[tuple[str, str], ...]
    stated: Fact | None

    @property
    def waits(self) -> bool:
        """Whether somebody has still to give it."""
        return self.stated is None and self.declared.default is None


def fact_places(sheet: Sheet, rulebook: Rulebook, language: Language) -> Iterator[FactPlace]:
    """Every fact that the rulebook declares, at every unit that has it, in the order of the sheet."""
    for scope, key, unit in models(sheet):
        for declared in rulebook.facts.values():
            if declared.scope == scope:
                title = figure_title(scope, declared.name, rulebook, language)
                stated = fact_of(unit.facts, declared.name)
                yield FactPlace(key, _subject(sheet, unit), declared, title, _choices(declared, language), stated)


def with_fact(sheet: Sheet, place: FactPlace, text: str, reason: str, by: str) -> Sheet:
    """The sheet with a fact that a person gave.

    Raises:
        HyoteiError: it is no value of its kind (HY144), or a judgment without a reason (HY012).
    """
    declared, before = place.declared, place.stated
    text, reason = text.strip(), " ".join(reason.split())
    figure = figure_in(text, year_hint=sheet.fiscal_year)
    fact = Fact(name=declared.name, text=text, figure=figure, reason=reason or None, by=by or None)
    trouble = fact_value(fact, declared.kind, declared.words).trouble
    if trouble is not None:
        told = phrase_of("fact.trouble", trouble, values=Listed(tuple(declared.words.values())))
        label = InEach(declared.label or declared.name, declared.name)
        raise HyoteiError(Diagnostic("HY144", params={"label": label, "text": text[:60], "trouble": told}))
    if declared.judged and text and not reason:
        raise HyoteiError(Diagnostic("HY012", params={"title": place.title}))
    if before is not None and before.figure.source is not None and before.text != text:
        source = corrected_source(before.figure.source, before.text or PRINTED["missing"])
        fact = fact.model_copy(update={"figure": figure.model_copy(update={"source": source})})
    unit = next(unit for _, key, unit in models(sheet) if key == place.key)
    others = tuple(each for each in unit.facts if each.name != declared.name)
    kept = (*others, fact) if text else others
    return Sheet.model_validate_json(with_parts(sheet, place.key, facts=kept).model_dump_json(by_alias=True))


def _choices(declared: DeclaredFact, language: Language) -> tuple[tuple[str, str], ...]:
    if isinstance(declared.type, ScaleType):
        return tuple((each, each) for each in declared.type.values)
    if declared.type == BOOLEAN:
        say = wording(language)
        shown = ((True, say("common.yes")), (False, say("common.no")))
        return tuple((stated_as(declared.name, "boolean", truth).text, label) for truth, label in shown)
    return ()


def _subject(sheet: Sheet, unit: Model) -> str:
    match unit:
        case Measure(label=label):
            indicator = next(each for each in sheet.indicators if any(measure is unit for measure in each.measures))
            return f"{indicator.name} {label or ''}".strip()
        case Objective(name=name) | Indicator(name=name):
            return name
        case YearPoint(fiscal_year=year):
            measure = next(each for each in sheet.measures if any(point is unit for point in each.series))
            return f"{_subject(sheet, measure)} {year}"
        case BudgetYear(fiscal_year=year):
            return str(year)
        case _:
            return ""
