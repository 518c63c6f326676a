"""A rulebook read over a sheet whose figures are free: the terms of `rulebook.reference`, one by one, as formulas.

Whatever the reference does with a value is done here with its possible outcomes. What a reading does with lists of units, and with
decisions that are not to be read through, is left to the methods `aggregate`, `at` and `decided`, which the abstractions replace.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from hyotei.base import deadline
from hyotei.lazy_dataclass import dataclass
from hyotei.proof import formulas as f
from hyotei.proof import unit_lists
from hyotei.proof.arithmetic import Arithmetic, absolute, negative, on_number, rounded
from hyotei.proof.cell_formulas import cell_holds
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import conj, neg
from hyotei.proof.guarded_values import (
    GuardedValue,
    both_of,
    chosen,
    compared,
    constant,
    either_of,
    graded_value,
    guarded,
    most_lasting,
    negated,
    ranked,
    truth,
    unknown_as,
)
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.sheet_shapes import Place
from hyotei.proof.table_formulas import TableAnswer, table_answer, table_output
from hyotei.proof.year_formulas import figure_of_year, years_missed
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table
from hyotei.rulebook.reference import reasons_of, stated_reasons
from hyotei.rulebook.term_parts import bound
from hyotei.rulebook.values import Unknown
from hyotei.sheet.figures import YEARS_MISSED

Given = Mapping[tuple[str, str], GuardedValue]
"""Values of figures and decisions to be taken as given: by name and unit key."""

UNDEFINED: Final = constant(Unknown("undefined"))


@dataclass(frozen=True, slots=True)
class DecidedFormulas:
    """A decision at a unit: its outputs, and for a table its inputs and how it came out."""

    outputs: tuple[GuardedValue, ...]
    inputs: tuple[GuardedValue, ...] = ()
    answer: TableAnswer | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A term that stands for what a filter reads outside of it."""

    value: GuardedValue


class Reading:
    """One free sheet under one rulebook."""

    def __init__(self, rulebook: Rulebook, inputs: Inputs, given: Given | None = None) -> None:
        self.rulebook, self.inputs, self.given = rulebook, inputs, given or {}
        self.arithmetic = Arithmetic(rulebook)
        self._decided: dict[tuple[str, str], DecidedFormulas] = {}
        self._values: dict[tuple[int, str], tuple[object, GuardedValue]] = {}

    # -- decisions

    def decide(self, decision: Decision, place: Place) -> DecidedFormulas:
        """A decision at a unit."""
        key = decision.name, place.key
        found = self._decided.get(key)
        if found is None:
            found = self._decided[key] = self._decide(decision, place)
        return found

    def _decide(self, decision: Decision, place: Place) -> DecidedFormulas:
        given = self.given.get((decision.name, place.key))
        if given is not None:
            return DecidedFormulas((given, *(UNDEFINED,) * (len(decision.outputs) - 1)))
        body = decision.body
        if isinstance(body, Formula):
            return DecidedFormulas((self.value(body.term, place),))
        inputs = tuple(self.value(column.term, place) for column in body.inputs)
        answer = table_answer(decision, body, self.standings(body, inputs, place))
        outputs = tuple(
            table_output(body, answer, [self.output(row.outputs[at], inputs, place) for row in body.rows])
            for at in range(len(decision.outputs))
        )
        return DecidedFormulas(outputs, inputs, answer)

    def figure(self, name: str, place: Place) -> GuardedValue:
        """The figure of a unit."""
        given = self.given.get((name, place.key))
        if given is not None:
            return given
        if place.scope == "measure" and name == YEARS_MISSED.path and place.below("year"):
            return self.years_missed(place)
        found = place.figure(name)
        return figure_of_year(self.figure, name, place, found) if place.scope == "year" else found

    def years_missed(self, place: Place) -> GuardedValue:
        """How many years of a measure in a row were missed, where its years are told one by one."""
        return years_missed(place)

    def decided(self, name: str, output: str, place: Place) -> GuardedValue:
        """The output of a decision that another one reads."""
        decision = self.rulebook.by_name[name]
        self.decide_chain(decision, place)
        return self.decide(decision, place).outputs[[each.name for each in decision.outputs].index(output)]

    def decide_chain(self, decision: Decision, place: Place) -> None:
        """Decides what a decision rests on at its own unit, from the first to the last: a chain may be longer than calls nest."""
        waiting = [decision]
        while waiting:
            here = waiting[-1]
            before = [
                each
                for each in map(self.rulebook.by_name.__getitem__, here.needs)
                if each.scope == here.scope and not self._has(each.name, place)
            ]
            waiting.extend(before)
            if not before:
                waiting.pop()
                if waiting and not self._has(here.name, place):
                    try:
                        self.decide(here, place)
                    except BeyondProof:
                        return  # It is told where it is really read.

    def _has(self, name: str, place: Place) -> bool:
        return (name, place.key) in self._decided or (name, place.key) in self.given

    def standings(self, table: Table, inputs: Sequence[GuardedValue], place: Place) -> list[GuardedValue]:
        """For each row whether it holds."""
        stated = [stated_reasons(table, column) for column in range(len(inputs))]
        cells: dict[tuple[int, t.Check], GuardedValue] = {}
        standings = []
        for row in table.rows:
            deadline.check_deadline()
            standing = constant(True)
            for column, check in enumerate(row.checks):
                if check.anything:
                    continue
                cell = cells.get((column, check))
                if cell is None:
                    cell = cells[column, check] = self.holds(check, inputs[column], stated[column], place)
                standing = both_of(standing, cell)
            standings.append(standing)
        return standings

    def output(self, term: t.Term, inputs: Sequence[GuardedValue], place: Place) -> GuardedValue:
        """An output cell of a row."""
        if isinstance(term, t.InputUnknown):
            lasting = most_lasting((True, value) for value in inputs)
            none = neg(f.disj(*lasting.values()))
            return guarded(
                (*((guard, Unknown(reason)) for reason, guard in lasting.items()), (none, Unknown("undefined")))
            )
        return self.value(term, place)

    def holds(self, check: t.Check, value: GuardedValue, stated: frozenset[str], place: Place) -> GuardedValue:
        """Whether a cell holds for a value.

        Raises:
            BeyondProof: it looks into texts in more ways than the free texts tell apart.
        """
        if not self.inputs.contents.answer(check):
            raise BeyondProof("texts")
        return cell_holds(check, value, stated, partial(self.value, place=place))

    # -- terms

    def value(self, term: "t.Term | Bound", place: Place) -> GuardedValue:
        """A term at a unit."""
        key = id(term), place.key
        kept = self._values.get(key)
        if kept is None:
            kept = self._values[key] = term, self._value(term, place)
        return kept[1]

    def _value(self, term: "t.Term | Bound", place: Place) -> GuardedValue:
        match term:
            case t.Constant(value):
                return constant(value)
            case t.InputUnknown():
                return UNDEFINED
            case t.Figure(scope, name):
                return self.figure(name, place.up(scope))
            case t.Decided(scope, name, output):
                return self.decided(name, output, place.up(scope))
            case t.Parameter(name):
                return self.parameter(name, place)
            case t.Negation(operand):
                return on_number(negative, self.value(operand, place))
            case t.Calculation(operator, left, right):
                return self.arithmetic.calculation(operator, self.value(left, place), self.value(right, place))
            case t.Compared(comparator, left, right):
                return compared(comparator, self.value(left, place), self.value(right, place))
            case t.Both(left, right):
                return both_of(self.value(left, place), self.value(right, place))
            case t.Either(left, right):
                return either_of(self.value(left, place), self.value(right, place))
            case t.Not(operand):
                return negated(self.value(operand, place))
            case t.Choice(condition, yes, no):
                chooses = self.value(condition, place)
                unknown = guarded((guard, leaf) for guard, leaf in chooses.cases if isinstance(leaf, Unknown))
                found: list[tuple[Truth, GuardedValue]] = (
                    [(unknown_as(chooses, None), unknown)] if unknown.cases else []
                )
                if chooses.true is not False:
                    found.append((chooses.true, self.value(yes, place)))
                if chooses.false is not False:
                    found.append((chooses.false, self.value(no, place)))
                return chosen(found)
            case t.Knownness(operand, reason):
                return truth(unknown_as(self.value(operand, place), reason))
            case t.Matches(operand, check):
                return self.holds(check, self.value(operand, place), reasons_of(check), place)
            case t.Rounded(function, operand, digits):
                return on_number(partial(rounded, function, digits), self.value(operand, place))
            case t.Absolute(operand):
                return on_number(absolute, self.value(operand, place))
            case Bound(value):
                return value
            case t.Outer():
                # Only lists of single units bind it; what stands for many units at once does not.
                raise BeyondProof("outer")
            case t.Rank(operand, values):
                return ranked(self.value(operand, place), values)
            case t.Graded(operand, values):
                return graded_value(self.value(operand, place), values)
            case t.Aggregate():
                return self.aggregate(term, place)
            case t.At():
                return self.at(term, place)

    def parameter(self, name: str, place: Place) -> GuardedValue:
        """A parameter by the sheet's fiscal year; in a year for which none is stated it is unknown."""
        parameter = self.rulebook.parameters[name]
        year = self.year(place)
        (_, number), *_ = year.numbers
        if number.value is not None:
            return constant(parameter.at(int(number.value)))
        found: list[tuple[Truth, GuardedValue]] = []
        before: Truth = True
        for dated in parameter.dated:
            holds: Truth = True
            if dated.first is not None:
                holds = conj(holds, f.compared(">=", number, f.number(dated.first)))
            if dated.last is not None:
                holds = conj(holds, f.compared("<=", number, f.number(dated.last)))
            found.append((conj(before, holds), constant(dated.value)))
            before = conj(before, neg(holds))
        return chosen((*found, (before, UNDEFINED)))

    def year(self, place: Place) -> GuardedValue:
        """The fiscal year of the sheet."""
        return self.figure("fiscal_year", place.up("sheet"))

    # -- lists

    def aggregate(self, term: t.Aggregate, place: Place) -> GuardedValue:
        if isinstance(term.items, tuple):
            values = [(True, self.value(each, place)) for each in term.items]
            return self.arithmetic.aggregated(term.function, values)
        return self.arithmetic.aggregated(term.function, self.values(term.items, place))

    def at(self, term: t.At, place: Place) -> GuardedValue:
        units = self.units(term.units, place)
        chosen_at = unit_lists.position([present for present, _ in units], term.position)
        found = [
            (here, self.value(term.term, unit))
            for here, (_, unit) in zip(chosen_at, units, strict=True)
            if here is not False
        ]
        none = neg(f.disj(*chosen_at))
        return chosen((*found, (none, unit_lists.MISSING)))

    def units(self, listing: t.UnitListing, place: Place) -> "list[tuple[Truth, Place]]":
        match listing:
            case t.Units(scope, above):
                return [(unit.present, unit) for unit in place.up(above).below(scope)]
            case t.Where(units, condition):
                condition = bound(condition, lambda term: Bound(self.value(term, place)))
                return [
                    (conj(present, self.value(condition, unit).true), unit)
                    for present, unit in self.units(units, place)
                    if present is not False
                ]

    def values(self, items: t.Listing, place: Place) -> "list[tuple[Truth, GuardedValue]]":
        match items:
            case t.Units() | t.Where():
                return [(present, constant(True)) for present, _ in self.units(items, place)]
            case t.Each(units, inner):
                return [(present, self.value(inner, unit)) for present, unit in self.units(units, place)]
            case t.ComparedEach(comparator, listing, other):
                value = self.value(other, place)
                return [(present, compared(comparator, each, value)) for present, each in self.values(listing, place)]
