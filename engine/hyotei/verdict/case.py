"""A sheet, a rulebook and the derivation of one under the other, with what the views of a verdict ask of the three."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

from hyotei.compiler.compiled_rulebook import CompiledRulebook, compiled
from hyotei.compiler.sheet_values import SheetValues
from hyotei.messages import InEach, Language, wording
from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import Decision, Formula, Rulebook, Standing, Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.term_parts import bound, outer_terms
from hyotei.rulebook.types import NUMBER, ScaleType, Type
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.value_words import label_of, value_text
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import LISTS
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Sheet, YearPoint
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.scopes import SCOPES
from hyotei.verdict.per_rulebook import PerRulebook, per_rulebook

StepKey = tuple[str, str]
"""Decision and unit key."""


class Read(NamedTuple):
    """A figure or a decision that was read at a unit.

    `listed` tells that it was read of every unit of a list, as in a count, and does not decide by itself.
    """

    term: "t.Figure | t.Decided"
    unit: Unit
    listed: bool

    @property
    def name(self) -> str:
        """The name of the figure or decision."""
        return self.term.name if isinstance(self.term, t.Figure) else self.term.decision

    @property
    def key(self) -> tuple[str, str]:
        """What two readings of one thing have in common."""
        return self.name, self.unit.key


class Case:
    """One rated sheet. Terms are evaluated at its units against the values that were derived."""

    def __init__(self, rulebook: Rulebook, sheet: Sheet, derivation: Derivation) -> None:
        self.rulebook, self.sheet, self.derivation = rulebook, sheet, derivation
        self._reading = Reading(rulebook, sheet)
        self._reading.steps = derivation.steps
        self.deciding: dict[tuple[str, str, bool], tuple[Read, ...]] = {}
        """What decided each step, as far as it was asked for: filled and read by deciding_figures.py."""
        self._used: dict[StepKey, tuple[tuple[StepKey, ...], tuple[tuple[str, Unit], ...]]] = {}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """All units by key."""
        return {unit.key: unit for unit in self._reading.root.all()}

    @property
    def root(self) -> Unit:
        """The sheet as a unit."""
        return self._reading.root

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each unit among those of its scope, from 0, by key."""
        return {unit.key: number for scope in SCOPES for number, unit in enumerate(self.root.below(scope))}

    @cached_property
    def compiled(self) -> CompiledRulebook:
        """The rulebook as functions."""
        return compiled(self.rulebook, self.sheet.fiscal_year)

    @cached_property
    def common(self) -> PerRulebook:
        """What the verdicts of the rulebook have in common."""
        return per_rulebook(self.compiled)

    @cached_property
    def values(self) -> SheetValues:
        """The figures of the sheet and what was derived, for these functions."""
        return self.compiled.values(self.root, self.derivation.steps)

    def unit(self, key: str) -> Unit:
        """The unit of a key; parts of the sheet in which it does not lie are not gone through for it."""
        root = self._reading.root
        if key == "sheet":
            return root
        return next(unit for unit in root.below(LISTS[key.partition("[")[0]]) if unit.key == key)

    def value(self, term: t.Term, unit: Unit) -> Scalar:
        """A term at a unit."""
        return self._reading.value(term, unit)

    def holds(self, check: t.Check, value: Scalar, stated: frozenset[str], unit: Unit) -> Scalar:
        """Whether a cell holds for a value."""
        return self._reading.check(check, value, stated, unit)

    def listed(self, units: t.UnitListing, unit: Unit) -> list[Unit]:
        """The units of a list."""
        return self._reading.units(units, unit)

    def bound(self, condition: t.Term, unit: Unit) -> t.Term:
        """The condition of a filter that stands at a unit, with the values of what it reads outside of itself."""
        return bound(condition, lambda term: t.Constant(self.value(term, unit)))

    def step(self, decision: str, unit: str = "sheet") -> Step | None:
        """A step of the derivation."""
        return self.derivation.steps.get((decision, unit))

    def standing(self, decision: Decision, rows: tuple[int, ...]) -> Standing:
        """How the rule that answered is known: of its row, else of its decision, else of the rulebook."""
        if isinstance(decision.body, Table) and rows:
            row = decision.body.rows[rows[0] - 1]
            if row.standing is not None:
                return row.standing
        return decision.standing or self.rulebook.standing

    # -- what a step was derived from

    def used(self, step: Step) -> tuple[tuple[StepKey, ...], tuple[tuple[str, Unit], ...]]:
        """The steps and the figures of the sheet that a step read, in the order in which its terms name them."""
        key = step.decision, step.unit
        if key not in self._used:
            steps: dict[StepKey, None] = {}
            figures: dict[tuple[str, str], Unit] = {}
            unit = self.unit(step.unit)
            for term in self.terms(self.rulebook.by_name[step.decision], step):
                self._collect(term, unit, steps, figures)
            self._used[key] = tuple(steps), tuple((name, at) for (name, _), at in figures.items())
        return self._used[key]

    @staticmethod
    def terms(decision: Decision, step: Step) -> Iterator[object]:
        """What a step evaluated: the formula, or the inputs, and the cells and outputs of the rows that answered."""
        if isinstance(decision.body, Formula):
            yield decision.body.term
            return
        for column in decision.body.inputs:
            yield column.term
        for number in step.rows:
            row = decision.body.rows[number - 1]
            yield row.checks
            yield row.outputs

    def read(self, term: t.Term, unit: Unit) -> tuple[tuple[tuple[str, Unit], ...], tuple[StepKey, ...]]:
        """The figures of the sheet that a term reads itself, and the steps it rests on."""
        figures: dict[tuple[str, str], Unit] = {}
        steps: dict[StepKey, None] = {}
        self._collect(term, unit, steps, figures)
        return tuple((name, at) for (name, _), at in figures.items()), tuple(steps)

    def visits(self, term: object, unit: Unit) -> Iterator[tuple[object, Unit]]:
        """The term and every part of it, each with the unit it is evaluated at; what a list is made of, at each of its units."""
        yield term, unit
        match term:
            case t.At(units, position, inner):
                yield from self.visits(units, unit)
                found = self.listed(units, unit)
                index = position - 1 if position > 0 else position
                if -len(found) <= index < len(found):
                    yield from self.visits(inner, found[index])
            case t.Where(units, inner) | t.Each(units, inner):
                yield from self.visits(units, unit)
                for outside in outer_terms(inner) if isinstance(term, t.Where) else ():
                    yield from self.visits(outside, unit)
                inner = self.bound(inner, unit)
                for each in self.listed(units, unit):
                    yield from self.visits(inner, each)
            case t.Constant() | t.InputUnknown() | t.Parameter() | t.Units() | t.Figure() | t.Decided():
                return
            case tuple():
                for part in term:
                    yield from self.visits(part, unit)
            case _:
                for part in parts_of(term):
                    yield from self.visits(part, unit)

    def taken(self, term: t.Term, unit: Unit) -> tuple[t.Term, Unit]:
        """The part of a term that gave its value: the branch of a condition, the unit picked from a list."""
        match term:
            case t.Choice(condition, yes, no):
                chosen = self.value(condition, unit)
                return (term, unit) if isinstance(chosen, Unknown) else self.taken(yes if chosen else no, unit)
            case t.At(units, position, inner):
                found = self.listed(units, unit)
                index = position - 1 if position > 0 else position
                return self.taken(inner, found[index]) if -len(found) <= index < len(found) else (term, unit)
            case _:
                return term, unit

    def _collect(
        self,
        term: object,
        unit: Unit,
        steps: dict[StepKey, None],
        figures: dict[tuple[str, str], Unit],
    ) -> None:
        """Notes what `visits` meets, without going through terms that read the same whatever the values are again and again."""
        here = read_at_the_unit(term)
        if here is not None:
            for read in here:
                at = unit.up(read.scope)
                if isinstance(read, t.Figure):
                    at = at.stating(read.name)
                    figures.setdefault((read.name, at.key), at)
                else:
                    steps.setdefault((read.decision, at.key))
            return
        match term:
            case t.At(units, position, inner):
                self._collect(units, unit, steps, figures)
                found = self.listed(units, unit)
                index = position - 1 if position > 0 else position
                if -len(found) <= index < len(found):
                    self._collect(inner, found[index], steps, figures)
            case t.Where(units, inner) | t.Each(units, inner):
                self._collect(units, unit, steps, figures)
                for outside in outer_terms(inner) if isinstance(term, t.Where) else ():
                    self._collect(outside, unit, steps, figures)
                inner = self.bound(inner, unit)
                for each in self.listed(units, unit):
                    self._collect(inner, each, steps, figures)
            case tuple():
                for part in term:
                    self._collect(part, unit, steps, figures)
            case _:
                for part in parts_of(term):
                    self._collect(part, unit, steps, figures)

    # -- words

    def subject(self, unit: Unit, language: Language = "ja") -> str:
        """What a unit is, for people: 「海外でのセミナー等の開催（ミッション団）」, 「平成24年度」."""
        model = unit.model
        match model:
            case Measure():
                indicator = unit.up("indicator").model
                assert isinstance(indicator, Indicator)
                if not model.label:
                    return indicator.name
                return wording(language)("verdict.labelled", name=indicator.name, label=model.label)
            case YearPoint():
                measure = self.subject(unit.up("measure"), language)
                year = print_fiscal_year(model.fiscal_year, language)
                return wording(language)("verdict.of_year", measure=measure, year=year)
            case Indicator() | Objective():
                return model.name
            case BudgetYear():
                return print_fiscal_year(model.fiscal_year, language)
            case _:
                return self.sheet.title

    def title(self, term: t.Term, language: Language) -> str:
        """What an input is called."""
        return self.common.title(term, language)

    def said(self, text: str, language: Language) -> str:
        """A sentence of the rulebook in a language; as written where the rulebook does not give it in that language."""
        return InEach(text, self.rulebook.english.get(text, text)).text(language)

    def words(self, value: Scalar, of: Type, language: Language) -> str:
        """A value for people. In Japanese a value that is a word of code is told by what it means: `close` is 未達."""
        if isinstance(of, ScaleType) and isinstance(value, str) and len(value) > 1:
            return InEach(self.label(of.name, value) or value, value).text(language)
        return value_text(value, of, language)

    def printed(self, name: str, unit: Unit, value: Scalar, language: Language) -> str:
        """A figure of the sheet for people."""
        found = self.rulebook.figure(unit.scope, name)
        return self.words(value, found.type if found else NUMBER, language)

    def label(self, scale: str, value: Scalar | None) -> str:
        """What a value of a scale means in words."""
        return label_of(scale, value, self.rulebook)


_read: dict[int, tuple[object, "tuple[t.Figure | t.Decided, ...] | None"]] = {}
"""What `read_at_the_unit` found, by the identity of the term, which is held so that no other can take its place."""
_MOST_READ: Final = 100_000


def read_at_the_unit(term: object) -> "tuple[t.Figure | t.Decided, ...] | None":
    """The figures and decisions that a term reads at its unit and above; None where it reads a list of units."""
    known = _read.get(id(term))
    if known is None:
        if len(_read) >= _MOST_READ:
            _read.clear()
        known = _read[id(term)] = term, _read_of(term)
    return known[1]


def _read_of(term: object) -> "tuple[t.Figure | t.Decided, ...] | None":
    if isinstance(term, t.Figure | t.Decided):
        return (term,)
    if isinstance(term, t.At | t.Where | t.Each):
        return None
    if isinstance(term, t.Constant | t.InputUnknown | t.Parameter | t.Units):
        return ()
    found: list[t.Figure | t.Decided] = []
    for part in term if isinstance(term, tuple) else parts_of(term):
        inner = _read_of(part)
        if inner is None:
            return None
        found += inner
    return tuple(found)


def parts_of(term: object) -> Iterator[object]:
    """What a term is made of."""
    names = getattr(type(term), "__slots__", ())
    for name in names:
        part = getattr(term, name)
        if isinstance(part, tuple) or hasattr(part, "__slots__"):
            yield part


def unknown_output(step: Step) -> Unknown | None:
    """Why the first output of a step is unknown; None where it is known or a list."""
    first = step.outputs[0] if step.outputs else None
    return first if isinstance(first, Unknown) else None


def uncertain(step: Step) -> bool:
    """Whether any output of a step is unknown."""
    return any(isinstance(output, Unknown) for output in step.outputs)
