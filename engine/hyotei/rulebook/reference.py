"""The meaning of a rulebook: a plain reading of its terms and tables, the oracle of every other interpreter.

It is written to be checked by eye against docs/rulebook.md, not to be fast.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.hit_policies import Answer, answer
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table
from hyotei.rulebook.term_parts import bound
from hyotei.rulebook.unit_tree import UNREAD, Supposed, Unit, unit_tree
from hyotei.rulebook.values import REASONS, Scalar, Unknown, both, either, lasting, negate
from hyotei.sheet import Sheet


def evaluate(rulebook: Rulebook, sheet: Sheet, supposed: Supposed | None = None) -> Derivation:
    """All decisions of the rulebook for one sheet, each after those it needs.

    `supposed` values of figures and decisions are taken as given.
    """
    reading = Reading(rulebook, sheet, supposed)
    for decision in rulebook.decisions:
        for unit in reading.root.below(decision.scope):
            key = decision.name, unit.key
            if supposed and key in supposed:
                reading.steps[key] = Step(*key, "supposed", (), (), supposed_outputs(decision, supposed[key]))
            else:
                reading.steps[key] = reading.decide(decision, unit)
    return Derivation(reading.steps)


def supposed_outputs(decision: Decision, value: Scalar) -> tuple[Scalar, ...]:
    """A supposed value is that of the first output; nothing is then known of the others."""
    return value, *(Unknown("undefined"),) * (len(decision.outputs) - 1)


class Reading:
    """One sheet under one rulebook, with the steps made so far."""

    def __init__(self, rulebook: Rulebook, sheet: Sheet, supposed: Supposed | None = None) -> None:
        self.rulebook = rulebook
        self.fiscal_year = sheet.fiscal_year
        self.root = unit_tree(sheet, rulebook, supposed)
        self.steps: dict[tuple[str, str], Step] = {}

    # -- decisions

    def decide(self, decision: Decision, unit: Unit) -> Step:
        body = decision.body
        if isinstance(body, Formula):
            return Step(decision.name, unit.key, "computed", (), (), (self.value(body.term, unit),))
        inputs = tuple(self.value(column.term, unit) for column in body.inputs)
        found = answer(decision, body, self.standings(body, inputs, unit))
        outputs = self.outputs(decision, body, found, inputs, unit)
        return Step(decision.name, unit.key, found.outcome, found.rows, inputs, outputs)

    def standings(self, table: Table, inputs: tuple[Scalar, ...], unit: Unit) -> list[Scalar]:
        """For each row whether it holds: true, false, or unknown."""
        stated = [stated_reasons(table, column) for column in range(len(inputs))]
        standings = []
        for row in table.rows:
            standing: Scalar = True
            for value, check, reasons in zip(inputs, row.checks, stated, strict=True):
                standing = both(standing, self.check(check, value, reasons, unit))
            standings.append(standing)
        return standings

    def check(self, check: t.Check, value: Scalar, stated: frozenset[str], unit: Unit) -> Scalar:
        """Whether a cell holds for a value.

        Where the column says somewhere what happens to unknown, unknown is a value like others and fails every other test;
        where it does not, the cell cannot be decided.
        """
        if check.anything:
            return True
        if isinstance(value, Unknown) and value.reason in stated:
            return not check.negated and any(self.test(test, value, unit) is True for test in check.tests)
        held: Scalar = False
        for test in check.tests:
            held = either(held, self.test(test, value, unit))
        return negate(held) if check.negated else held

    def test(self, test: t.Test, value: Scalar, unit: Unit) -> Scalar:
        if isinstance(test, t.IsUnknown):
            return isinstance(value, Unknown) and test.reason in (None, value.reason)
        if isinstance(value, Unknown):
            return value
        match test:
            case t.OneOf(values):
                return value in values
            case t.Same(term):
                return compare("=", value, self.value(term, unit))
            case t.HasText():
                return has_text(test, value)
            case t.Range(low, low_closed, high, high_closed):
                value = rank(value, test.scale) if test.scale else value
                above: Scalar = True
                if low is not None:
                    above = compare(">=" if low_closed else ">", value, self.value(low, unit))
                below: Scalar = True
                if high is not None:
                    below = compare("<=" if high_closed else "<", value, self.value(high, unit))
                return both(above, below)

    def outputs(
        self, decision: Decision, table: Table, found: Answer, inputs: tuple[Scalar, ...], unit: Unit
    ) -> tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...]:
        rows = [
            tuple(self.output(term, inputs, unit) for term in table.rows[number - 1].outputs) for number in found.rows
        ]
        if found.outcome != "fired":
            return (found.unknown,) * len(decision.outputs)
        match table.policy:
            case "C":
                return tuple(rows)
            case "C#":
                return (Decimal(len(rows)),)
            case "C+":
                return (total([row[0] for row in rows]),)
            case "C<" | "C>":
                return (extreme([row[0] for row in rows], greatest=table.policy == "C>"),)
            case _:
                return rows[0]

    def output(self, term: t.Term, inputs: tuple[Scalar, ...], unit: Unit) -> Scalar:
        if isinstance(term, t.InputUnknown):
            unknowns = [value for value in inputs if isinstance(value, Unknown)]
            return lasting(*unknowns) if unknowns else Unknown("undefined")
        return self.value(term, unit)

    # -- terms

    def value(self, term: t.Term, unit: Unit) -> Scalar:
        """A term at a unit."""
        match term:
            case t.Constant(value):
                return value
            case t.InputUnknown():
                return Unknown("undefined")
            case t.Figure(scope, name):
                return unit.up(scope).figure(name)
            case t.Decided(scope, name, output):
                return self.decided(name, output, unit.up(scope).key)
            case t.Parameter(name):
                return self.rulebook.parameters[name].at(self.fiscal_year)
            case t.Negation(operand):
                number = self.value(operand, unit)
                return exact.subtract(Decimal(0), number) if isinstance(number, Decimal) else number
            case t.Calculation(operator, left, right):
                return calculate(operator, self.value(left, unit), self.value(right, unit), self.rulebook)
            case t.Compared(comparator, left, right):
                return compare(comparator, self.value(left, unit), self.value(right, unit))
            case t.Both(left, right):
                return both(self.value(left, unit), self.value(right, unit))
            case t.Either(left, right):
                return either(self.value(left, unit), self.value(right, unit))
            case t.Not(operand):
                return negate(self.value(operand, unit))
            case t.Choice(condition, yes, no):
                chosen = self.value(condition, unit)
                return chosen if isinstance(chosen, Unknown) else self.value(yes if chosen else no, unit)
            case t.Knownness(operand, reason):
                return self.test(t.IsUnknown(reason), self.value(operand, unit), unit)
            case t.Matches(operand, check):
                stated = reasons_of(check)
                return self.check(check, self.value(operand, unit), stated, unit)
            case t.Rounded(function, operand, digits):
                return rounded(function, self.value(operand, unit), digits)
            case t.Absolute(operand):
                number = self.value(operand, unit)
                return exact.absolute(number) if isinstance(number, Decimal) else number
            case t.Outer():
                raise AssertionError("what a filter reads outside of it is bound before the filter is read")
            case t.Rank(operand, values):
                return rank(self.value(operand, unit), values)
            case t.Graded(operand, values):
                return graded(self.value(operand, unit), values)
            case t.Aggregate(_, items) if not isinstance(items, tuple) and not unit.carries(t.listed(items)):
                return UNREAD
            case t.Aggregate(function, items):
                return aggregate(function, self.values(items, unit), self.rulebook)
            case t.At(units, _, _) if not unit.carries(t.listed(units)):
                return UNREAD
            case t.At(units, position, inner):
                found = self.units(units, unit)
                index = position - 1 if position > 0 else position
                inside = -len(found) <= index < len(found)
                return self.value(inner, found[index]) if inside else Unknown("missing")

    def decided(self, name: str, output: str, key: str) -> Scalar:
        names = [each.name for each in self.rulebook.by_name[name].outputs]
        found = self.steps[name, key].outputs[names.index(output)]
        assert not isinstance(found, tuple), "the checker lets nobody read a list of findings"
        return found

    def units(self, listing: t.UnitListing, unit: Unit) -> list[Unit]:
        match listing:
            case t.Units(scope, above):
                return list(unit.up(above).below(scope))
            case t.Where(units, condition):
                condition = bound(condition, lambda term: t.Constant(self.value(term, unit)))
                return [each for each in self.units(units, unit) if self.value(condition, each) is True]

    def values(self, items: "t.Listing | tuple[t.Term, ...]", unit: Unit) -> list[Scalar]:
        match items:
            case t.Units() | t.Where():
                return [True for _ in self.units(items, unit)]
            case t.Each(units, inner):
                return [self.value(inner, each) for each in self.units(units, unit)]
            case t.ComparedEach(comparator, listing, other):
                return [compare(comparator, each, self.value(other, unit)) for each in self.values(listing, unit)]
            case _:
                return [self.value(each, unit) for each in items]


ROUNDINGS: Final[dict[str, exact.Rounding]] = {
    "decimal": "half_even",
    "floor": "floor",
    "ceiling": "ceiling",
    "round up": "up",
    "round down": "down",
    "round half up": "half_up",
    "round half down": "half_down",
    "round half even": "half_even",
    "round five down": "five_down",
}
"""How FEEL's rounding functions round."""


def stated_reasons(table: Table, column: int) -> frozenset[str]:
    """The reasons of unknown for which some row of the column says what happens."""
    return frozenset().union(*(reasons_of(row.checks[column]) for row in table.rows))


def reasons_of(check: t.Check) -> frozenset[str]:
    """The reasons of unknown that a cell names; `unknown` names them all."""
    found: set[str] = set()
    for test in check.tests:
        if isinstance(test, t.IsUnknown):
            found |= {test.reason} if test.reason else set(REASONS)
    return frozenset(found)


def compare(comparator: str, left: Scalar, right: Scalar) -> Scalar:
    """A comparison of two single values; with an unknown it is unknown."""
    unknowns = [value for value in (left, right) if isinstance(value, Unknown)]
    if unknowns:
        return lasting(*unknowns)
    if comparator in ("=", "!="):
        return (left == right) is (comparator == "=")
    assert isinstance(left, Decimal), "the checker lets only numbers be ordered"
    assert isinstance(right, Decimal), "the checker lets only numbers be ordered"
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[comparator]


def calculate(operator: str, left: Scalar, right: Scalar, rulebook: Rulebook) -> Scalar:
    """Exact arithmetic; a division by zero is unknown(undefined), any other is exact or rounded as the rulebook states.

    A number of thousands of digits, which only rules that calculate with their own results can make, is unknown(undefined).
    """
    unknowns = [value for value in (left, right) if isinstance(value, Unknown)]
    if unknowns:
        return lasting(*unknowns)
    assert isinstance(left, Decimal), "the checker lets only numbers be calculated with"
    assert isinstance(right, Decimal), "the checker lets only numbers be calculated with"
    match operator:
        case "+":
            return reached(exact.add(left, right))
        case "-":
            return reached(exact.subtract(left, right))
        case "*":
            return reached(exact.multiply(left, right))
        case "/":
            if not right:
                return Unknown("undefined")
            return reached(exact.divide(left, right, rulebook.digits, rulebook.rounding))
        case _:
            return reached(exact.power(left, int(right)))


def reached(number: Decimal) -> Scalar:
    """A result, or unknown(undefined) where it has outgrown every figure."""
    return number if exact.within_reach(number) else Unknown("undefined")


def rank(value: Scalar, values: tuple[str, ...]) -> Scalar:
    """The rank of a value among those of an ordered scale, listed from the best: 1 for the last of them."""
    return Decimal(len(values) - values.index(value)) if isinstance(value, str) else value


def has_text(test: t.HasText, text: Scalar) -> bool:
    """Whether a text contains another, or starts with it."""
    assert isinstance(text, str), "the checker lets only texts be looked into"
    return text.startswith(test.part) if test.at_start else test.part in text


def graded(number: Scalar, values: tuple[str, ...]) -> Scalar:
    """The value of an ordered scale with a rank; beyond its ends the best or the worst of the values."""
    return values[-min(max(int(number), 1), len(values))] if isinstance(number, Decimal) else number


def rounded(function: str, number: Scalar, digits: int) -> Scalar:
    """FEEL's rounding functions; `decimal` rounds half to even."""
    return reached(exact.round_to(number, digits, ROUNDINGS[function])) if isinstance(number, Decimal) else number


def aggregate(function: str, values: list[Scalar], rulebook: Rulebook) -> Scalar:
    """An aggregate over a list. All but `count`, `all` and `any` are unknown as soon as one element is."""
    match function:
        case "count":
            return Decimal(len(values))
        case "count true":
            return Decimal(sum(value is True for value in values))
        case "sum":
            return total(values)
        case "all":
            return fold_truths(values, every=True)
        case "any":
            return fold_truths(values, every=False)
        case "mean":
            return calculate("/", total(values), Decimal(len(values)), rulebook)
        case _:
            return extreme(values, greatest=function == "max")


def fold_truths(values: Iterable[Scalar], every: bool) -> Scalar:
    result: Scalar = every
    for value in values:
        result = both(result, value) if every else either(result, value)
    return result


def total(values: list[Scalar]) -> Scalar:
    """The sum; of nothing it is 0."""
    unknowns = [value for value in values if isinstance(value, Unknown)]
    if unknowns:
        return lasting(*unknowns)
    return reached(exact.total([value for value in values if isinstance(value, Decimal)]))


def extreme(values: list[Scalar], greatest: bool) -> Scalar:
    """The greatest or least; of nothing it is unknown(undefined)."""
    unknowns = [value for value in values if isinstance(value, Unknown)]
    if unknowns:
        return lasting(*unknowns)
    numbers = [value for value in values if isinstance(value, Decimal)]
    if not numbers:
        return Unknown("undefined")
    return max(numbers) if greatest else min(numbers)


__all__ = ["Reading", "evaluate"]
