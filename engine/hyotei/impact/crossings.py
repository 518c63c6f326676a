"""Where a sliding value makes a comparison come out otherwise: for each comparison the terms from which the value follows.

A comparison of two straight lines turns where they meet. A quotient of two lines, rounded or not, is held against a number that
stays: it turns where the exact quotient passes it, or the number at which rounding steps over. More places than needed do no
harm, because sheets are rated between all of them; a place too few would. So every alternative of a choice counts, and what fits
nothing here is refused.
"""

from collections.abc import Iterator
from dataclasses import field, replace
from decimal import Decimal
from typing import Final

from hyotei.base.exact import Rounding
from hyotei.impact.sliding_value import SWEPT
from hyotei.impact.slopes import ONE, ZERO, NotLinear, Slopes, minus, times
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Param, phrase
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook
from hyotei.rulebook.reference import ROUNDINGS
from hyotei.rulebook.syntax import Operator
from hyotei.rulebook.term_parts import operands, outer_terms
from hyotei.rulebook.types import Scope
from hyotei.rulebook.vocabulary import ancestry

_DEPTH: Final = 24
"""Decisions and choices looked through, one in the other."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """`(above + d * above_slope) / (below + d * below_slope)`, rounded step by step, passes `limit`.

    `d` is the way from the value at which the terms are read.
    """

    scope: Scope
    above: t.Term
    above_slope: t.Term
    below: t.Term
    below_slope: t.Term
    limit: t.Term
    comparator: str
    roundings: tuple[tuple[Rounding, int], ...] = ()

    def terms(self) -> tuple[t.Term, ...]:
        return self.above, self.above_slope, self.below, self.below_slope, self.limit


@dataclass(frozen=True, slots=True)
class _Line:
    """A number, or a quotient of two, as it is compared."""

    scope: Scope
    above: t.Term
    below: t.Term = ONE
    roundings: tuple[tuple[Rounding, int], ...] = ()


@dataclass
class Crossings:
    """All crossings of a rulebook in which a value slides."""

    rulebook: Rulebook
    slopes: Slopes = field(init=False)
    found: dict[str, Crossing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slopes = Slopes(self.rulebook)
        for decision in self.rulebook.decisions:
            if self.slopes.reads(t.Decided(decision.scope, decision.name, "")):
                try:
                    self._decision(decision)
                except NotLinear:
                    reason = phrase("impact.cannot.not_exact", decision=decision.name)
                    params: dict[str, Param] = {"name": self.name, "reason": reason, "hint": ""}
                    raise HyoteiError(Diagnostic("HY991", params=params)) from None

    @property
    def name(self) -> str:
        """What slides."""
        return self.rulebook.by_name[SWEPT].title

    # -- walking

    def _decision(self, decision: Decision) -> None:
        body, scope = decision.body, decision.scope
        if isinstance(body, Formula):
            self._term(body.term, scope)
            return
        for column in body.inputs:
            self._term(column.term, scope)
        for row in body.rows:
            for column, check in zip(body.inputs, row.checks, strict=True):
                self._check(column.term, check, scope)
            for term in row.outputs:
                self._term(term, scope)
        if body.policy in ("A", "P"):
            # Rows that hold are held against each other.
            for at in range(len(decision.outputs)):
                terms = [row.outputs[at] for row in body.rows]
                for place, one in enumerate(terms):
                    for other in terms[place + 1 :]:
                        self._compared("=", one, other, scope)

    def _check(self, term: t.Term, check: t.Check, scope: Scope) -> None:
        for test in check.tests:
            match test:
                case t.Range(low, low_closed, high, high_closed):
                    if low is not None:
                        self._compared(">=" if low_closed else ">", term, low, scope)
                        self._term(low, scope)
                    if high is not None:
                        self._compared("<=" if high_closed else "<", term, high, scope)
                        self._term(high, scope)
                    if low is not None and low == high:
                        self._compared("=", term, low, scope)
                case t.Same(value):
                    self._compared("=", term, value, scope)
                    self._term(value, scope)
                case t.OneOf(values):
                    for each in values:
                        if isinstance(each, Decimal):
                            self._compared("=", term, t.Constant(each), scope)
                case t.IsUnknown():
                    pass

    def _term(self, term: object, scope: Scope) -> None:
        """The comparisons within a term that is read at a unit of the scope."""
        if not self.slopes.reads(term):
            return
        match term:
            case tuple():
                for each in term:
                    self._term(each, scope)
            case t.Compared(comparator, a, b):
                self._compared(comparator, a, b, scope)
                self._term((a, b), scope)
            case t.Matches(a, check):
                self._check(a, check, scope)
                self._term(a, scope)
            case t.Calculation("/", a, b):
                self._zero(b, scope)
                self._term((a, b), scope)
            case t.Aggregate(_, items) if not isinstance(items, tuple):
                self._listing(items)
            case t.At(units, _, a):
                self._term(a, self._listing(units))
            case _:
                self._term(tuple(operands(term)), scope)

    def _listing(self, listing: t.Listing) -> Scope:
        """The comparisons within a list; the scope of its elements."""
        match listing:
            case t.Units(scope, _):
                return scope
            case t.Where(units, condition):
                scope = self._listing(units)
                self._term(condition, scope)
                return scope
            case t.Each(units, a):
                scope = self._listing(units)
                self._term(a, scope)
                return scope
            case t.ComparedEach(comparator, items, value):
                scope = self._listing(items)
                element = _element(items)
                if element is not None:
                    self._compared(comparator, element, value, scope)
                elif self.slopes.varies(value):
                    raise NotLinear
                self._term(value, scope)
                return scope

    # -- comparisons

    def _zero(self, divisor: t.Term, scope: Scope) -> None:
        """A divisor that passes zero."""
        if self.slopes.varies(divisor):
            self._compared("=", divisor, ZERO, scope)

    def _compared(self, comparator: str, left: t.Term, right: t.Term, scope: Scope) -> None:
        if not self.slopes.varies(left) and not self.slopes.varies(right):
            return
        if any(True for _ in outer_terms((left, right))):
            raise NotLinear  # Each unit outside of the filter has steps of its own.
        for one in self._lines(left, scope, 0):
            for other in self._lines(right, scope, 0):
                self._pair(comparator, one, other)

    def _pair(self, comparator: str, one: _Line, other: _Line) -> None:
        if self._stays(one):
            one, other, comparator = other, one, _turned(comparator)
        if self._stays(other) and other.below != ONE:
            if one.roundings:
                other = _Line(other.scope, t.Calculation("/", other.above, other.below))
            else:
                # A number passes a quotient just where its product with the divisor passes the dividend.
                one, other = replace(one, above=times(one.above, other.below)), replace(other, below=ONE)
        plain = [line.below == ONE and not line.roundings for line in (one, other)]
        # The narrower of both scopes, from whose units the other is seen.
        scope = other.scope if one.scope in ancestry(other.scope) else one.scope
        if other.scope not in ancestry(scope):
            raise NotLinear
        if all(plain):
            gap = minus(one.above, other.above)
            self._add(Crossing(scope, gap, self.slopes.slope(gap), ONE, ZERO, ZERO, comparator))
            return
        if not plain[1]:
            one, other, comparator = other, one, _turned(comparator)
        if self.slopes.varies(other.above) or other.below != ONE or other.roundings:
            raise NotLinear
        slopes = self.slopes.slope(one.above), self.slopes.slope(one.below)
        self._add(Crossing(scope, one.above, slopes[0], one.below, slopes[1], other.above, comparator, one.roundings))

    def _stays(self, line: _Line) -> bool:
        return not (self.slopes.varies(line.above) or self.slopes.varies(line.below) or line.roundings)

    def _add(self, crossing: Crossing) -> None:
        if crossing.above_slope != ZERO or crossing.below_slope != ZERO:
            self.found.setdefault(repr(crossing), crossing)

    def _lines(self, term: t.Term, scope: Scope, depth: int) -> Iterator[_Line]:
        """What a number can be, each a line or a quotient of lines."""
        if depth > _DEPTH:
            raise NotLinear
        if not self.slopes.varies(term):
            yield from self._still(term, scope, depth)
            return
        try:
            self.slopes.slope(term)
        except NotLinear:
            pass
        else:
            yield _Line(scope, term)
            return
        match term:
            case t.Choice(_, a, b):
                yield from self._lines(a, scope, depth + 1)
                yield from self._lines(b, scope, depth + 1)
            case t.Decided():
                decision = self.rulebook.by_name[term.decision]
                if not isinstance(decision.body, Formula) and decision.body.policy in ("C", "C+", "C#"):
                    raise NotLinear
                for each in self.slopes.outputs(term):
                    yield from self._lines(each, scope, depth + 1)
            case t.Calculation("/", a, b):
                yield self._quotient(a, b, scope)
            case t.Aggregate("mean", t.Each() as items):
                yield self._quotient(t.Aggregate("sum", items), t.Aggregate("count", items), scope)
            case t.Rounded(function, a, digits):
                for line in self._lines(a, scope, depth + 1):
                    yield _Line(line.scope, line.above, line.below, (*line.roundings, (ROUNDINGS[function], digits)))
            case t.Absolute(a):
                yield from self._lines(a, scope, depth + 1)
                yield from self._lines(t.Negation(a), scope, depth + 1)
            case t.Aggregate("min" | "max", tuple() as items):
                for each in items:
                    yield from self._lines(each, scope, depth + 1)
            case t.Aggregate("min" | "max", t.Each(units, a)):
                yield from self._lines(a, _scope(units), depth + 1)
            case t.At(units, _, a):
                yield from self._lines(a, _scope(units), depth + 1)
            case _:
                raise NotLinear

    def _still(self, term: t.Term, scope: Scope, depth: int) -> Iterator[_Line]:
        """What a number that stays can be: exact quotients by their two parts, of which columns tell the exact values."""
        if self.rulebook.rounding == "exact" and depth < _DEPTH:
            match term:
                case t.Calculation("/", a, b):
                    yield _Line(scope, a, b)
                    return
                case t.Calculation("+" | "-" | "*" as operator, a, b):
                    sides = [list(self._still(each, scope, depth + 1)) for each in (a, b)]
                    # Several on both sides would be too many; the number itself is right as well, only slower.
                    if len(sides[0]) == 1 or len(sides[1]) == 1:
                        yield from (_joined(operator, one, other) for one in sides[0] for other in sides[1])
                        return
                case t.Choice(_, a, b):
                    yield from self._still(a, scope, depth + 1)
                    yield from self._still(b, scope, depth + 1)
                    return
                case t.Decided() if isinstance(body := self.rulebook.by_name[term.decision].body, Formula):
                    yield from self._still(body.term, scope, depth + 1)
                    return
                case t.At(units, position, a):
                    for line in self._still(a, scope, depth + 1):
                        above = t.At(units, position, line.above)
                        below = ONE if line.below == ONE else t.At(units, position, line.below)
                        yield _Line(scope, above, below)
                    return
        yield _Line(scope, term)

    def _quotient(self, above: t.Term, below: t.Term, scope: Scope) -> _Line:
        self.slopes.slope(above)
        self.slopes.slope(below)
        rounding = self.rulebook.rounding
        return _Line(scope, above, below, () if rounding == "exact" else ((rounding, self.rulebook.digits),))


def _joined(operator: Operator, one: _Line, other: _Line) -> _Line:
    """The sum, difference or product of two quotients of one scope, as one."""
    below = times(one.below, other.below)
    if operator == "*":
        return _Line(one.scope, times(one.above, other.above), below)
    return _Line(
        one.scope, t.Calculation(operator, times(one.above, other.below), times(other.above, one.below)), below
    )


def _turned(comparator: str) -> str:
    """The comparator with its two sides exchanged."""
    return {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(comparator, comparator)


def _scope(units: t.UnitListing) -> Scope:
    while isinstance(units, t.Where):
        units = units.units
    return units.scope


def _element(items: t.Listing) -> t.Term | None:
    return items.term if isinstance(items, t.Each) else None
