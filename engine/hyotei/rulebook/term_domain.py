"""What every term of a rulebook can come out as, derived from what the figures of a sheet can be, rule by rule.

The rules follow `reference.Reading.value` case by case; each says what comes out at least. Decisions are gone through in their
order, so that each finds what those before it can give. Nothing is assumed of a kind of number: a difference of counts may be
negative, half a count is not whole.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hyotei.rulebook import number_intervals as intervals
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Input, ParameterValue, Rulebook, Table
from hyotei.rulebook.number_intervals import Numbers
from hyotei.rulebook.number_size import COUNTED, Size
from hyotei.rulebook.reference import ROUNDINGS, reasons_of, stated_reasons
from hyotei.rulebook.types import ScaleType, Scope, TextType
from hyotei.rulebook.value_domain import TRUTH, UNDEFINED, Domain, constant, joined, number
from hyotei.rulebook.values import Reason
from hyotei.rulebook.vocabulary import MISSING
from hyotei.sheet.figures import EVALUATED_YEAR, RECORDED_SCALES
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR

_COUNT: Final = number(intervals.NATURAL, Size(COUNTED))


class Domains:
    """The domains of all decisions of a rulebook, and of any term over them.

    Without `gaps`, tables are taken to answer every input: an output is unknown only where a row or an input says so.
    """

    def __init__(self, rulebook: Rulebook, gaps: bool = True) -> None:
        self.rulebook, self.gaps, self.years = rulebook, gaps, years_of(rulebook)
        self.outputs: dict[tuple[str, str], Domain] = {}
        for decision in rulebook.decisions:
            self._decide(decision)

    # -- figures and decisions

    def figure(self, scope: Scope, name: str) -> Domain:
        """What a figure can be on the sheets that the rulebook is for."""
        found = self.rulebook.read(scope, name)
        if found.row is EVALUATED_YEAR:
            first, last = self.years
            return replace(found.domain, numbers=Numbers(Fraction(first), Fraction(last), whole=True))
        scale = self.rulebook.scales.get(RECORDED_SCALES.get(name, ""))
        if scale is not None and found.domain.texts:
            # A value outside the scale cannot be compared.
            return Domain(named=scale.values, unknown=found.domain.unknown | UNDEFINED)
        return found.domain

    def _decide(self, decision: Decision) -> None:
        body = decision.body
        if isinstance(body, Formula):
            self.outputs[decision.name, decision.outputs[0].name] = self.of(body.term)
            return
        undecided = self._undecided(body)
        inputs = [self.of(column.term) for column in body.inputs]
        for at, output in enumerate(decision.outputs):
            rows = [self._said(row.outputs[at], inputs) for row in body.rows]
            self.outputs[decision.name, output.name] = self._collected(body, rows).with_unknown(undecided)

    def _said(self, term: t.Term, inputs: Iterable[Domain]) -> Domain:
        """The output of a row; `unknown` without a reason takes one of the inputs'."""
        if not isinstance(term, t.InputUnknown):
            return self.of(term)
        return Domain(unknown=UNDEFINED.union(*(each.unknown for each in inputs)))

    def _collected(self, table: Table, rows: list[Domain]) -> Domain:
        """What a table gives where no row is undecided."""
        silent = UNDEFINED if self.gaps else frozenset()
        numbers = [each.numbers for each in rows if each.numbers is not None]
        together = joined(*rows)
        match table.policy:
            case "C#":
                return number(Numbers(Fraction(0), Fraction(len(rows)), whole=True), Size(COUNTED))
            case "C+":
                lows = [Fraction(0), *(each.low for each in numbers if each.low is not None and each.low < 0)]
                highs = [Fraction(0), *(each.high for each in numbers if each.high is not None and each.high > 0)]
                found = Numbers(
                    None if any(each.low is None for each in numbers) else sum(lows, Fraction(0)),
                    None if any(each.high is None for each in numbers) else sum(highs, Fraction(0)),
                    all(each.whole for each in numbers),
                )
                size = Size()
                for row in rows:
                    size = size.added(row.size)
                return number(found, size, together.unknown)
            case "C<" | "C>":
                return together.with_unknown(silent)
            case "C":
                return Domain(unknown=UNDEFINED)
            case _:
                return together.with_unknown(silent)

    def _undecided(self, table: Table) -> frozenset[Reason]:
        """The reasons for which a row of the table can stand undecided."""
        found: set[Reason] = set()
        for at, column in enumerate(table.inputs):
            checks = [row.checks[at] for row in table.rows if not row.checks[at].anything]
            if checks:
                found |= self.of(column.term).unknown - stated_reasons(table, at)
                found.update(*(self.ends_unknown(check) for check in checks))
        return frozenset(found)

    def ends_unknown(self, check: t.Check) -> frozenset[Reason]:
        """The reasons for which what a cell compares with can be unknown."""
        ends: list[t.Term] = []
        for test in check.tests:
            if isinstance(test, t.Range):
                ends += [end for end in (test.low, test.high) if end is not None]
            elif isinstance(test, t.Same):
                ends.append(test.value)
        return frozenset().union(*(self.of(end).unknown for end in ends))

    def column(self, column: Input) -> Domain:
        """What an input of a table can be, seen from the table by itself: any value of a scale, any text, all numbers between."""
        found = self.of(column.term)
        if found.numbers is not None:
            found = replace(found, numbers=replace(found.numbers, listed=None))
        match column.type:
            case ScaleType(_, values):
                return replace(found, named=values)
            case TextType():
                return replace(found, named=(), texts=True)
        return found

    # -- terms

    def of(self, term: t.Term) -> Domain:
        """What a term can come out as, at any unit of any sheet."""
        match term:
            case t.Constant(value):
                return constant(value)
            case t.InputUnknown():
                return Domain(unknown=UNDEFINED)
            case t.Figure(scope, name):
                return self.figure(scope, name)
            case t.Decided(_, name, output):
                return self.outputs[name, output]
            case t.Parameter(name):
                return self._parameter(self.rulebook.parameters[name])
            case t.Negation(operand):
                found = self.of(operand)
                return self._number(found, intervals.negative(found.numbers), found.size) if found.numbers else found
            case t.Absolute(operand):
                found = self.of(operand)
                return self._number(found, intervals.absolute(found.numbers), found.size) if found.numbers else found
            case t.Rounded(function, operand, digits):
                found = self.of(operand)
                if found.numbers is None:
                    return found
                return self._number(
                    found, intervals.rounded(found.numbers, digits, ROUNDINGS[function]), found.size.rounded(digits)
                )
            case t.Rank(operand, values):
                ranks = Numbers(Fraction(1), Fraction(len(values)), whole=True)
                return number(ranks, Size(COUNTED), self.of(operand).unknown)
            case t.Graded(operand, values):
                found = self.of(operand)
                return Domain(named=_graded(found.numbers, values), unknown=found.unknown)
            case t.Outer(inner):
                return self.of(inner)
            case t.Calculation(operator, left, right):
                return self.calculated(operator, self.of(left), self.of(right))
            case t.Compared(_, left, right) | t.Both(left, right) | t.Either(left, right):
                return TRUTH.with_unknown(self.of(left).unknown | self.of(right).unknown)
            case t.Not(operand):
                return TRUTH.with_unknown(self.of(operand).unknown)
            case t.Choice(condition, yes, no):
                return joined(self.of(yes), self.of(no)).with_unknown(self.of(condition).unknown)
            case t.Knownness():
                return TRUTH
            case t.Matches(operand, check):
                if check.anything:
                    return TRUTH
                return TRUTH.with_unknown((self.of(operand).unknown - reasons_of(check)) | self.ends_unknown(check))
            case t.Aggregate(function, items):
                return self._aggregate(function, items)
            case t.At(_, _, inner):
                return self.of(inner).with_unknown(MISSING)

    def _parameter(self, parameter: ParameterValue) -> Domain:
        first, last = self.years
        values = {parameter.at(year): None for year in _turns(parameter, first, last)}
        return joined(*map(constant, values))

    @staticmethod
    def _number(operand: Domain, numbers: Numbers, size: Size) -> Domain:
        return number(numbers, size, operand.unknown)

    def calculated(self, operator: str, left: Domain, right: Domain) -> Domain:
        """`left operator right`; unknown as soon as one of the two is."""
        unknown = left.unknown | right.unknown
        if left.numbers is None or right.numbers is None:
            return Domain(unknown=unknown)
        match operator:
            case "+":
                return number(intervals.added(left.numbers, right.numbers), left.size.added(right.size), unknown)
            case "-":
                other = intervals.negative(right.numbers)
                return number(intervals.added(left.numbers, other), left.size.added(right.size), unknown)
            case "*":
                return number(
                    intervals.multiplied(left.numbers, right.numbers), left.size.multiplied(right.size), unknown
                )
            case "/":
                if right.numbers.zero:
                    unknown |= UNDEFINED
                quotient = intervals.divided(left.numbers, right.numbers)
                if quotient is None:
                    return Domain(unknown=unknown)
                return self._quotient(quotient, left.size.divided(right.size), unknown)
            case _:
                assert right.numbers.high is not None, "the checker lets only constants be exponents"
                exponent = int(right.numbers.high)
                size = Size(1)
                for _ in range(exponent):
                    size = size.multiplied(left.size)
                return number(intervals.power(left.numbers, exponent), size, unknown)

    def _quotient(self, exactly: Numbers, size: Size, unknown: Iterable[Reason]) -> Domain:
        """A quotient as the rulebook has it, exact or rounded."""
        digits, rounding = self.rulebook.digits, self.rulebook.rounding
        if rounding == "exact":
            return number(exactly, size, unknown)
        return number(intervals.rounded(exactly, digits, rounding), size.rounded(digits), unknown)

    # -- lists

    def _aggregate(self, function: t.AggregateName, items: "t.Listing | tuple[t.Term, ...]") -> Domain:
        if isinstance(items, tuple):
            return self._of_several(function, [self.of(each) for each in items])
        element = self._element(items)
        match function:
            case "count" | "count true":
                return _COUNT
            case "all" | "any":
                return TRUTH.with_unknown(element.unknown)
            case "sum":
                return self._sum(element)
            case "mean":
                if element.numbers is None:
                    return Domain(unknown=element.unknown | UNDEFINED)
                # Of no elements the mean is 0 / 0; a mean lies among what it is of.
                size = element.size.summed().divided(Size(COUNTED))
                between = replace(element.numbers, whole=False, listed=None)
                return self._quotient(between, size, element.unknown | UNDEFINED)
            case _:
                return element.with_unknown(UNDEFINED)

    @staticmethod
    def _sum(element: Domain) -> Domain:
        if element.numbers is None:
            # A list without any number has a sum where it is empty.
            return number(intervals.exactly(Fraction(0)), Size(1), element.unknown)
        return number(intervals.times_up_to_many(element.numbers), element.size.summed(), element.unknown)

    def _of_several(self, function: t.AggregateName, parts: list[Domain]) -> Domain:
        """An aggregate that is called with its elements."""
        unknown: frozenset[Reason] = frozenset().union(*(each.unknown for each in parts))
        if function == "count":
            return constant(Decimal(len(parts)))
        if function in ("all", "any"):
            return TRUTH.with_unknown(unknown)
        numbers = [each.numbers for each in parts if each.numbers is not None]
        if len(numbers) < len(parts):
            return Domain(unknown=unknown)  # One of them is never known.
        size = joined(*parts).size
        match function:
            case "min":
                return number(intervals.lesser(numbers), size, unknown)
            case "max":
                return number(intervals.greater(numbers), size, unknown)
        found = parts[0]
        for each in parts[1:]:
            found = self.calculated("+", found, each)
        return found if function == "sum" else self.calculated("/", found, constant(Decimal(len(parts))))

    def _element(self, items: t.Listing) -> Domain:
        """What each element of a list can be."""
        match items:
            case t.Units() | t.Where():
                return constant(True)
            case t.Each(_, inner):
                return self.of(inner)
            case t.ComparedEach(_, listing, other):
                return TRUTH.with_unknown(self._element(listing).unknown | self.of(other).unknown)


def _graded(ranks: Numbers | None, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values of a scale that some of the ranks stand for."""
    if ranks is None:
        return ()
    last = len(values)
    low, high = (None if end is None else min(max(int(end), 1), last) for end in (ranks.low, ranks.high))
    return values[last - (high or last) : last - (low or 1) + 1]


def _turns(parameter: ParameterValue, first: int, last: int) -> Iterable[int]:
    """One year for each span in which a parameter has one value."""
    starts = {first}
    for dated in parameter.dated:
        starts |= {year for year in (dated.first, None if dated.last is None else dated.last + 1) if year is not None}
    return sorted(year for year in starts if first <= year <= last)


def years_of(rulebook: Rulebook) -> tuple[int, int]:
    """The first and the last fiscal year of the sheets that a rulebook is for."""
    return max(rulebook.first_year or FIRST_YEAR, FIRST_YEAR), min(rulebook.last_year or LAST_YEAR, LAST_YEAR)


_kept: "OrderedDict[int, tuple[Rulebook, Domains]]" = OrderedDict()
_MOST_KEPT: Final = 16


def domains_of(rulebook: Rulebook) -> Domains:
    """The domains of a rulebook; asked again, the same ones."""
    kept = _kept.get(id(rulebook))
    if kept is None:
        # The rulebook is kept beside them, so that its identity stays its own.
        kept = _kept[id(rulebook)] = rulebook, Domains(rulebook)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return kept[1]


__all__ = ["Domains", "domains_of", "years_of"]
