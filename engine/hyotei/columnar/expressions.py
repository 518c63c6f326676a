"""Terms as columns of a table under construction."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import reduce

import ibis

from hyotei.columnar.arithmetic import Arithmetic
from hyotei.columnar.cell_tests import checked, knownness, ranked
from hyotei.columnar.column_value import UNDEFINED, Column, ColumnValue, constant
from hyotei.columnar.engine_functions import literal, null
from hyotei.columnar.logic import all_of, any_of, greatest_reason, negated, nothing_known, reason_column, truth_column
from hyotei.columnar.number_scale import WIDE, joined
from hyotei.columnar.quotients import joins_mixed
from hyotei.columnar.table_builder import TableBuilder
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import ROUNDINGS, graded, reasons_of
from hyotei.rulebook.values import Unknown

Lookup = Callable[[t.Figure | t.Decided], ColumnValue]
"""How a figure or a decision stands in the table."""


def key_of(term: object) -> str:
    """What tells a term from all others: to Python `false` and 0 are equal, and so are terms with them."""
    return repr(term)


class Terms:
    """Evaluates the terms of a rulebook over one table.

    `scale` is that of exact quotients. `lists` holds what aggregates and positions come to, which has been gathered from other
    tables before.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        scale: int,
        work: TableBuilder,
        lookup: Lookup,
        lists: Mapping[str, ColumnValue],
        year: Column,
    ) -> None:
        self.rulebook, self.work, self.lookup, self.lists, self.year = rulebook, work, lookup, lists, year
        self.arithmetic = Arithmetic(work, scale)
        self._values: dict[str, ColumnValue] = {}

    def value(self, term: t.Term) -> ColumnValue:
        """The term as columns."""
        key = key_of(term)
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = self._value(term)
        return found

    def small(self, term: t.Term, wanted: str = "t") -> ColumnValue:
        """The same in columns of their own."""
        found = self._values[key_of(term)] = self.work.kept(self.value(term), wanted)
        return found

    def _value(self, term: t.Term) -> ColumnValue:
        match term:
            case t.Constant(value):
                return constant(value)
            case t.InputUnknown():
                return constant(Unknown("undefined"))
            case t.Figure() | t.Decided():
                return self.lookup(term)
            case t.Parameter(name):
                return self._parameter(name)
            case t.Negation(operand):
                return self.arithmetic.negated(self.value(operand))
            case t.Absolute(operand):
                return self.arithmetic.absolute(self.value(operand))
            case t.Calculation(operator, left, right):
                return self.arithmetic.calculated(
                    operator, self.value(left), self.value(right), self.rulebook.digits, self.rulebook.rounding
                )
            case t.Compared(comparator, left, right):
                return self.arithmetic.compared(comparator, self.value(left), self.value(right))
            case t.Both(left, right):
                return self._kept(all_of([self.value(left), self.value(right)]))
            case t.Either(left, right):
                return self._kept(any_of([self.value(left), self.value(right)]))
            case t.Not(operand):
                return negated(self.value(operand))
            case t.Choice(condition, t.Calculation("/", a, b), t.Calculation("/", c, d)):
                return self._chosen_quotient(condition, (a, b), (c, d))
            case t.Choice(condition, yes, no):
                return self.choice(self.small(condition, "condition"), self.value(yes), self.value(no))
            case t.Knownness(operand, reason):
                return knownness(self.value(operand), reason)
            case t.Matches(operand, check):
                operand_value = self.work.kept(self.value(operand))
                return self._kept(checked(check, operand_value, reasons_of(check), self.arithmetic, self.value))
            case t.Rounded(function, operand, digits):
                return self.arithmetic.rounded(self.value(operand), digits, ROUNDINGS[function])
            case t.Rank(operand, values):
                return ranked(self.work.kept(self.value(operand)), values)
            case t.Graded(operand, values):
                return self._graded(self.work.kept(self.value(operand)), values)
            case t.Aggregate(_, items) if not isinstance(items, tuple):
                return self.lists[key_of(term)]
            case t.Aggregate(function, items):
                assert isinstance(items, tuple), "lists are gathered before"
                return self._of_arguments(function, [self.value(each) for each in items])
            case t.At() | t.Outer():
                return self.lists[key_of(term)]

    def _kept(self, value: ColumnValue) -> ColumnValue:
        """A truth whose reason repeats it; what is certain is repeated by nobody."""
        return value if value.certain else self.work.kept(value)

    def _parameter(self, name: str) -> ColumnValue:
        """A parameter is a constant, unless its value depends on the year."""
        parameter = self.rulebook.parameters[name]
        if len(parameter.dated) == 1 and parameter.dated[0].first is None and parameter.dated[0].last is None:
            return constant(parameter.dated[0].value)
        cases = []
        for dated in parameter.dated:
            holds: Column = literal(True)
            if dated.first is not None:
                holds = holds & (self.year >= dated.first)
            if dated.last is not None:
                holds = holds & (self.year <= dated.last)
            cases.append((holds, constant(dated.value)))
        return self.work.kept(self.chosen(cases, constant(Unknown("undefined")), 0), "parameter")

    def choice(self, condition: ColumnValue, yes: ColumnValue, no: ColumnValue) -> ColumnValue:
        """`if condition then yes else no`; an unknown condition gives unknown."""
        if condition.constant is True:
            return yes
        if condition.constant is False:
            return no
        if condition.kind == "unknown":
            return condition
        condition = self.work.kept(condition)
        cases = [(condition.known, yes)]
        if condition.certain:
            return self.work.kept(self.chosen(cases, no, condition.level))
        undecided = ColumnValue("unknown", None, condition.reason, condition.level)
        found = self.chosen([*cases, (~condition.known, no)], undecided, condition.level)
        if str(yes.reason) == str(no.reason):
            # Both ways are unknown for the same reason.
            rest = reason_column(yes)
            found = replace(found, reason=ibis.cases((condition.reason > 0, condition.reason), else_=rest))
        return self.work.kept(found)

    def _chosen_quotient(self, condition: t.Term, yes: tuple[t.Term, t.Term], no: tuple[t.Term, t.Term]) -> ColumnValue:
        """`if condition then a / b else c / d` by one division of what is chosen, not two of which one is thrown away."""
        digits, mode = self.rulebook.digits, self.rulebook.rounding
        asked = self.small(condition, "condition")
        sides = [[self.value(term) for term in pair] for pair in (yes, no)]
        reasons = [greatest_reason(side) for side in sides]
        left, right = (self.choice(asked, *each) for each in zip(*sides, strict=True))
        plain = all(side.kind == "number" and side.constant is None for side in (left, right))
        if asked.certain or not plain or str(reasons[0]) != str(reasons[1]):
            return self.arithmetic.over(left, right, digits, mode)
        # Both ways lack the same figures, so why it is unknown need not be chosen.
        found = self.arithmetic.over(left.surely(), right.surely(), digits, mode)
        level = max(found.level, *(value.level for side in sides for value in side))
        cases = [(asked.reason > 0, asked.reason)]
        if reasons[0] is not None:
            cases.append((reasons[0] > 0, reasons[0]))
        return replace(found, reason=ibis.cases(*cases, else_=reason_column(found)), level=level, small=False)

    def chosen(self, cases: list[tuple[Column, ColumnValue]], otherwise: ColumnValue, level: int) -> ColumnValue:
        """The value of the first case that holds, all brought to one shape. Conditions are of that level at most."""
        values = [value for _, value in cases] + [otherwise]
        level = max(level, *(value.level for value in values))
        reason: Column = None
        if not all(value.certain for value in values):
            reason = ibis.cases(
                *((holds, reason_column(value)) for holds, value in cases), else_=reason_column(otherwise)
            )
        kinds = [value.kind for value in values if value.kind != "unknown"]
        if not kinds:
            return ColumnValue("unknown", None, reason, level)
        kind = kinds[0]
        if kind == "number":
            numbers = [value for value in values if value.kind == "number"]
            scale = max(value.shape.scale for value in numbers)
            values = [self.arithmetic.fitting(value, scale) if value.kind == "number" else value for value in values]
            shape = reduce(joined, (value.shape for value in values if value.kind == "number"))
            shape = replace(shape, digits=min(WIDE, shape.digits))
            level = max(level, *(value.level for value in values))
            columns = [self.arithmetic.integer(value, shape) for value in values]
            quotient = any(value.quotient for value in values)
        else:
            quotient = False
            shape = otherwise.shape
            columns = [truth_column(value) if kind == "truth" else text_column(value) for value in values]
        known = ibis.cases(
            *((holds, column) for (holds, _), column in zip(cases, columns, strict=False)), else_=columns[-1]
        )
        found = ColumnValue(kind, known, reason, level, shape)
        if not quotient:
            return found
        columns = [self.arithmetic.spread(value, shape) for value in values]
        spread = ibis.cases(
            *((holds, column) for (holds, _), column in zip(cases, columns, strict=False)), else_=columns[-1]
        )
        unit = all(value.unit_at(shape.scale) for value in values)
        return replace(found, spread=spread, unit=unit, mixed=joins_mixed(values))

    def _graded(self, rank: ColumnValue, values: tuple[str, ...]) -> ColumnValue:
        """The value of an ordered scale, whose values come from the best, with a rank."""
        if rank.kind == "unknown":
            return rank
        if rank.constant is not None:
            return constant(graded(rank.constant, values))
        above = [
            (truth_column(self.arithmetic.compared(">=", rank, constant(Decimal(len(values) - at)))), value)
            for at, value in enumerate(values[:-1])
        ]
        known = ibis.cases(*above, (rank.known.notnull(), values[-1]), else_=null("string"))
        return ColumnValue("text", known, rank.reason, rank.level)

    def _of_arguments(self, function: t.AggregateName, values: list[ColumnValue]) -> ColumnValue:
        match function:
            case "count" | "count true":
                assert function == "count", "conditions written one by one are not counted"
                return constant(Decimal(len(values)))
            case "all":
                return self._kept(all_of(values))
            case "any":
                return self._kept(any_of(values))
            case "sum":
                return self._sum(values)
            case "mean":
                total, count = self._sum(values), constant(Decimal(len(values)))
                return self.arithmetic.over(total, count, self.rulebook.digits, self.rulebook.rounding)
            case _:
                return self.arithmetic.extreme(values, function == "max")

    def _sum(self, values: list[ColumnValue]) -> ColumnValue:
        return reduce(self.arithmetic.plus, values)

    def input_unknown(self, inputs: list[ColumnValue]) -> ColumnValue:
        """The output `unknown` without a reason: the most lasting among the inputs, `undefined` where all are known."""
        reason = greatest_reason(inputs)
        if reason is None:
            return constant(Unknown("undefined"))
        if isinstance(reason, int):
            constants = [value for value in inputs if not value.certain]
            return nothing_known(constants)
        level = max(value.level for value in inputs)
        return ColumnValue("unknown", None, ibis.cases((reason > 0, reason), else_=UNDEFINED), level)


def text_column(value: ColumnValue) -> Column:
    """A text as a column, null where it is unknown."""
    if isinstance(value.constant, str):
        return literal(value.constant)
    return null("string") if value.known is None else value.known
