"""Terms and cells compiled to Python functions: the same meaning as the reference, reached another way and faster.

Each function takes the unit it is evaluated at and the values decided so far. The shared suite of the interpreters holds
the two against each other.
"""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from hyotei.base import exact
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import ROUNDINGS, graded, reasons_of
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import RANK, Scalar, Unknown

Decisions: TypeAlias = dict[tuple[str, str], tuple[Scalar, ...]]
"""The outputs decided so far, by decision and unit key."""
Function: TypeAlias = Callable[[Unit, Decisions], Scalar]
ListFunction: TypeAlias = Callable[[Unit, Decisions], list[Scalar]]
UnitsFunction: TypeAlias = Callable[[Unit, Decisions], list[Unit]]
CheckFunction: TypeAlias = Callable[[Scalar, Unit, Decisions], Scalar]

_ZERO = Decimal(0)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Compiler:
    """Compiles the terms of one rulebook for one fiscal year, whose parameters are then constants."""

    def __init__(self, rulebook: Rulebook, fiscal_year: int) -> None:
        self.rulebook = rulebook
        self.fiscal_year = fiscal_year

    def constant(self, term: t.Term) -> Scalar | None:
        """The value of a term that is the same for every sheet of the year; None for all others."""
        match term:
            case t.Constant(value):
                return value
            case t.Parameter(name):
                return self.rulebook.parameters[name].at(self.fiscal_year)
            case t.Calculation(_, left, right):
                if self.constant(left) is None or self.constant(right) is None:
                    return None
                return self.function(term)(None, {})  # type: ignore[arg-type]  # constants look at no unit
            case t.Negation(operand):
                return None if self.constant(operand) is None else self.function(term)(None, {})  # type: ignore[arg-type]  # as above
            case _:
                return None

    def function(self, term: t.Term) -> Function:
        """A term as a function."""
        match term:
            case t.Constant(value):
                return lambda unit, decided: value
            case t.InputUnknown():
                undefined = Unknown("undefined")
                return lambda unit, decided: undefined
            case t.Parameter(name):
                fixed = self.rulebook.parameters[name].at(self.fiscal_year)
                return lambda unit, decided: fixed
            case t.Figure(scope, name):
                return lambda unit, decided: unit.figure(name) if unit.scope == scope else unit.up(scope).figure(name)
            case t.Decided(scope, name, output):
                return self.decided(scope, name, output)
            case t.Negation(operand):
                return _on_number(self.function(operand), lambda number: exact.subtract(_ZERO, number))
            case t.Absolute(operand):
                return _on_number(self.function(operand), exact.absolute)
            case t.Rounded(name, operand, digits):
                mode = ROUNDINGS[name]
                return _on_number(
                    self.function(operand), lambda number: _within_reach(exact.round_to(number, digits, mode))
                )
            case t.Calculation(sign, left, right):
                return _calculation(self.operation(sign), self.function(left), self.function(right))
            case t.Compared(comparator, left, right):
                return _comparison(comparator, self.function(left), self.function(right))
            case t.Both(left, right):
                return _joined(False, self.function(left), self.function(right))
            case t.Either(left, right):
                return _joined(True, self.function(left), self.function(right))
            case t.Not(operand):
                return _negated(self.function(operand))
            case t.Choice(condition, yes, no):
                return _choice(self.function(condition), self.function(yes), self.function(no))
            case t.Knownness(operand, reason):
                return _knownness(self.function(operand), reason)
            case t.Matches(operand, check):
                subject, matches = self.function(operand), self.check(check, reasons_of(check))
                return lambda unit, decided: matches(subject(unit, decided), unit, decided)
            case t.Rank(operand, values):
                return _ranked(self.function(operand), values)
            case t.Graded(operand, values):
                return _on_number(self.function(operand), lambda number: graded(number, values))
            case t.Aggregate(name, items):
                found = self.aggregate(name, items)
                return found if isinstance(items, tuple) else _where_carried(t.listed(items), found)
            case t.At(units, position, inner):
                picked = _at(self.units(units), position - 1 if position > 0 else position, self.function(inner))
                return _where_carried(t.listed(units), picked)

    def decided(self, scope: Scope, name: str, output: str) -> Function:
        index = [each.name for each in self.rulebook.by_name[name].outputs].index(output)

        def value(unit: Unit, decided: Decisions) -> Scalar:
            owner = unit if unit.scope == scope else unit.up(scope)
            return decided[name, owner.key][index]

        return value

    def operation(self, sign: str) -> Callable[[Decimal, Decimal], Scalar]:
        digits, mode = self.rulebook.digits, self.rulebook.rounding
        undefined = Unknown("undefined")
        operations: dict[str, Callable[[Decimal, Decimal], Scalar]] = {
            "+": lambda left, right: _within_reach(exact.add(left, right)),
            "-": lambda left, right: _within_reach(exact.subtract(left, right)),
            "*": lambda left, right: _within_reach(exact.multiply(left, right)),
            "/": lambda left, right: _within_reach(exact.divide(left, right, digits, mode)) if right else undefined,
            "**": lambda left, right: _within_reach(exact.power(left, int(right))),
        }
        return operations[sign]

    # -- lists

    def units(self, listing: t.UnitListing) -> UnitsFunction:
        match listing:
            case t.Units(scope, above):
                return lambda unit, decided: list(unit.up(above).below(scope))
            case t.Where(inner, condition):
                units, holds = self.units(inner), self.function(condition)
                return lambda unit, decided: [each for each in units(unit, decided) if holds(each, decided) is True]

    def values(self, items: "t.Listing | tuple[t.Term, ...]") -> ListFunction:
        match items:
            case t.Units() | t.Where():
                counted = self.units(items)
                return lambda unit, decided: [True] * len(counted(unit, decided))
            case t.Each(listing, inner):
                units, value = self.units(listing), self.function(inner)
                return lambda unit, decided: [value(each, decided) for each in units(unit, decided)]
            case t.ComparedEach(comparator, listing, other):
                elements, against = self.values(listing), self.function(other)
                holds = _compare(comparator)

                def compared(unit: Unit, decided: Decisions) -> list[Scalar]:
                    right = against(unit, decided)
                    return [holds(left, right) for left in elements(unit, decided)]

                return compared
            case _:
                functions = [self.function(each) for each in items]
                return lambda unit, decided: [each(unit, decided) for each in functions]

    def aggregate(self, name: str, items: "t.Listing | tuple[t.Term, ...]") -> Function:
        values = self.values(items)
        join = _AGGREGATES[name]
        if name == "mean":
            divide = self.operation("/")
            return lambda unit, decided: _mean(values(unit, decided), divide)
        return lambda unit, decided: join(values(unit, decided))

    # -- cells

    def check(self, check: t.Check, stated: frozenset[str]) -> CheckFunction:
        """A cell of a column that says what happens to unknown for the `stated` reasons."""
        tests = [self.test(test) for test in check.tests]
        named = [test.reason for test in check.tests if isinstance(test, t.IsUnknown)]
        negated = check.negated

        def holds(value: Scalar, unit: Unit, decided: Decisions) -> Scalar:
            if not tests:
                return True
            if isinstance(value, Unknown) and value.reason in stated:
                return not negated and any(reason in (None, value.reason) for reason in named)
            worst: Unknown | None = None
            for test in tests:
                outcome = test(value, unit, decided)
                if outcome is True:
                    return not negated
                if isinstance(outcome, Unknown) and (worst is None or RANK[outcome.reason] > RANK[worst.reason]):
                    worst = outcome
            return worst if worst is not None else negated

        return holds

    def test(self, test: t.Test) -> CheckFunction:
        match test:
            case t.IsUnknown(reason):
                return lambda value, unit, decided: isinstance(value, Unknown) and reason in (None, value.reason)
            case t.OneOf(values):
                accepted = frozenset(values)
                return lambda value, unit, decided: value if isinstance(value, Unknown) else value in accepted
            case t.Same(term):
                other = self.function(term)
                equal = _compare("=")
                return lambda value, unit, decided: (
                    value if isinstance(value, Unknown) else equal(value, other(unit, decided))
                )
            case t.Range(low, low_closed, high, high_closed):
                sides = [
                    (self.function(end), _compare(comparator))
                    for end, comparator in (
                        (low, ">=" if low_closed else ">"),
                        (high, "<=" if high_closed else "<"),
                    )
                    if end is not None
                ]

                ranks = _ranks(test.scale)

                def within(value: Scalar, unit: Unit, decided: Decisions) -> Scalar:
                    if isinstance(value, Unknown):
                        return value
                    value = ranks[value] if isinstance(value, str) else value
                    outcomes = [compare(value, end(unit, decided)) for end, compare in sides]
                    return False if False in outcomes else _worst(outcomes) or True

                return within


def _within_reach(number: Decimal) -> Scalar:
    return number if exact.within_reach(number) else Unknown("undefined")


def _worst(values: list[Scalar]) -> Unknown | None:
    """The most lasting unknown among the values."""
    worst: Unknown | None = None
    for value in values:
        if isinstance(value, Unknown) and (worst is None or RANK[value.reason] > RANK[worst.reason]):
            worst = value
    return worst


def _compare(comparator: str) -> Callable[[Scalar, Scalar], Scalar]:
    if comparator in ("=", "!="):
        wanted = comparator == "="

        def equal(left: Scalar, right: Scalar) -> Scalar:
            if isinstance(left, Unknown) or isinstance(right, Unknown):
                return _worst([left, right]) or False
            return (left == right) is wanted

        return equal
    order = _COMPARE[comparator]

    def ordered(left: Scalar, right: Scalar) -> Scalar:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return order(left, right)
        return _worst([left, right]) or False

    return ordered


def _comparison(comparator: str, left: Function, right: Function) -> Function:
    compare = _compare(comparator)
    return lambda unit, decided: compare(left(unit, decided), right(unit, decided))


def _calculation(operation: Callable[[Decimal, Decimal], Scalar], left: Function, right: Function) -> Function:
    def calculate(unit: Unit, decided: Decisions) -> Scalar:
        first, second = left(unit, decided), right(unit, decided)
        if isinstance(first, Decimal) and isinstance(second, Decimal):
            return operation(first, second)
        worst = _worst([first, second])
        assert worst is not None, "the checker lets only numbers be calculated with"
        return worst

    return calculate


def _on_number(operand: Function, operation: Callable[[Decimal], Scalar]) -> Function:
    def apply(unit: Unit, decided: Decisions) -> Scalar:
        number = operand(unit, decided)
        return operation(number) if isinstance(number, Decimal) else number

    return apply


def _joined(decisive: bool, left: Function, right: Function) -> Function:
    """`or` where true decides, `and` where false does."""

    def join(unit: Unit, decided: Decisions) -> Scalar:
        first = left(unit, decided)
        if first is decisive:
            return decisive
        second = right(unit, decided)
        if second is decisive:
            return decisive
        return _worst([first, second]) or (not decisive)

    return join


def _negated(operand: Function) -> Function:
    def negate(unit: Unit, decided: Decisions) -> Scalar:
        value = operand(unit, decided)
        return value if isinstance(value, Unknown) else not value

    return negate


def _ranks(values: tuple[str, ...]) -> dict[str, Decimal]:
    """The rank of each value of a scale, the best of which comes first."""
    return {value: Decimal(at) for at, value in enumerate(reversed(values), 1)}


def _ranked(operand: Function, values: tuple[str, ...]) -> Function:
    ranks = _ranks(values)

    def rank(unit: Unit, decided: Decisions) -> Scalar:
        value = operand(unit, decided)
        return ranks[value] if isinstance(value, str) else value

    return rank


def _choice(condition: Function, yes: Function, no: Function) -> Function:
    def choose(unit: Unit, decided: Decisions) -> Scalar:
        chosen = condition(unit, decided)
        if isinstance(chosen, Unknown):
            return chosen
        return yes(unit, decided) if chosen else no(unit, decided)

    return choose


def _knownness(operand: Function, reason: str | None) -> Function:
    def known(unit: Unit, decided: Decisions) -> Scalar:
        value = operand(unit, decided)
        return isinstance(value, Unknown) and reason in (None, value.reason)

    return known


def _where_carried(scope: Scope, function: Function) -> Function:
    """The function where what was read carries the units of that scope; otherwise nothing is known of their list."""
    unread = Unknown("unread")
    return lambda unit, decided: function(unit, decided) if unit.carries(scope) else unread


def _at(units: UnitsFunction, index: int, inner: Function) -> Function:
    missing = Unknown("missing")

    def pick(unit: Unit, decided: Decisions) -> Scalar:
        try:
            chosen = units(unit, decided)[index]
        except IndexError:
            return missing
        return inner(chosen, decided)

    return pick


def _numbers(values: list[Scalar]) -> list[Decimal]:
    return [value for value in values if isinstance(value, Decimal)]


def _mean(values: list[Scalar], divide: Callable[[Decimal, Decimal], Scalar]) -> Scalar:
    total = _total(values)
    return divide(total, Decimal(len(values))) if isinstance(total, Decimal) else total


def _total(values: list[Scalar]) -> Scalar:
    return _worst(values) or _within_reach(exact.total(_numbers(values)))


def _truth(values: list[Scalar], decisive: bool) -> Scalar:
    if decisive in values:
        return decisive
    return _worst(values) or (not decisive)


_AGGREGATES: dict[str, Callable[[list[Scalar]], Scalar]] = {
    "count": lambda values: Decimal(len(values)),
    "count true": lambda values: Decimal(values.count(True)),
    "sum": _total,
    "min": lambda values: _worst(values) or min(_numbers(values), default=Unknown("undefined")),
    "max": lambda values: _worst(values) or max(_numbers(values), default=Unknown("undefined")),
    "mean": lambda values: _worst(values) or Unknown("undefined"),
    "all": lambda values: _truth(values, False),
    "any": lambda values: _truth(values, True),
}
