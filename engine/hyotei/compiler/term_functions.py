"""The source of terms: statements that work a term out at a unit, and the expression that then stands for its value.

`WRITERS` has a writer for each term that is more than an operation on its operands; those are in `calls.py`. What values, truths
and cells are made of is in `value_functions.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from hyotei.compiler import operations as do
from hyotei.compiler.calls import AGGREGATES, CALCULATIONS, CALLS, Call
from hyotei.compiler.fixed_terms import constant
from hyotei.compiler.sheet_values import Layout
from hyotei.compiler.value_functions import At, Value, ValueWriter
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import reasons_of
from hyotei.rulebook.term_parts import outer_terms
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import UNREAD

_DEEPEST: Final = 12
"""Blocks in blocks of one function; Python itself allows 20 loops. What lies deeper becomes a function of its own."""


class TermWriter(ValueWriter):
    """Writes a function that evaluates terms of one rulebook for one fiscal year, whose parameters are constants."""

    def __init__(self, rulebook: Rulebook, fiscal_year: int, layout: Layout, parameters: str) -> None:
        super().__init__(layout, parameters)
        self.rulebook, self.fiscal_year = rulebook, fiscal_year
        self.outside: dict[t.Term, Value] = {}
        """What the conditions of the filter that is being written read outside of it."""

    def term(self, term: t.Term, at: At) -> Value:
        """Any term."""
        fixed = constant(term, self.rulebook, self.fiscal_year)
        if fixed is not None:
            return self.constant(fixed)
        if self.out.depth > _DEEPEST and not any(True for _ in outer_terms(term)):
            return self.apart(term, at)
        call = CALCULATIONS[term.operator] if isinstance(term, t.Calculation) else CALLS.get(type(term))
        if call is not None:
            return self.call(call, term, [self.term(getattr(term, name), at) for name in call.operands])
        return WRITERS[type(term)](self, term, at)

    def call(self, call: Call, term: object, operands: list[Value]) -> Value:
        """An operation of `calls.py`."""
        given = [each.text for each in operands]
        given += [self.out.constant(each) for each in call.constants(term, self.rulebook)]
        return self.assign(
            f"{self.out.function(call.function)}({', '.join(given)})",
            call.open or any(each.open for each in operands),
        )

    def apart(self, term: t.Term, at: At) -> Value:
        """A term in a function of its own."""
        other = TermWriter(self.rulebook, self.fiscal_year, self.layout, "s, i")
        value = other.term(term, At.of(at.scope, self.layout))
        other.out.line(f"return {value.text}")
        made = other.finish()
        self.needs |= dict.fromkeys(made.needs)
        return self.assign(f"{self.out.constant(made.function)}(s, {at.number})", value.open)

    # -- lists

    @contextmanager
    def each(self, listing: t.UnitListing, at: At) -> Iterator[At]:
        """A loop over the units of a list; what is written within is done for each."""
        before = self.out.depth
        unit = At(t.listed(listing), self.out.local())
        conditions = []
        while isinstance(listing, t.Where):
            conditions.append(listing.condition)
            listing = listing.units
        units = f"{self.slot('below', listing.scope, listing.above)}[{self.index(listing.above, at)}]"
        around = self.outside
        outside = {term: self.term(term, at) for condition in conditions for term in outer_terms(condition)}
        with self.out.block(f"for {unit.number} in {units}"):
            self.outside = outside
            for condition in reversed(conditions):
                holds = self.term(condition, unit)
                self.out.line(f"if {holds.text} is True:")
                self.out.depth += 1
            self.outside = around
            yield unit
            self.out.depth = before + 1
        self.out.depth = before

    def units(self, listing: t.UnitListing, at: At) -> str:
        """An expression for the numbers of the units of a list."""
        if isinstance(listing, t.Units):
            return f"{self.slot('below', listing.scope, listing.above)}[{self.index(listing.above, at)}]"
        found = self.out.assign("[]")
        with self.each(listing, at) as unit:
            self.out.line(f"{found}.append({unit.number})")
        return found

    def values(self, items: "t.Listing | tuple[t.Term, ...]", at: At) -> Value:
        """The list of values that an aggregate is of, and whether one of them may be unknown."""
        match items:
            case t.Units() | t.Where():
                # Only their number is asked for.
                return Value(self.units(items, at), False)
            case t.Each(listing, inner):
                found = self.out.assign("[]")
                with self.each(listing, at) as unit:
                    value = self.term(inner, unit)
                    self.out.line(f"{found}.append({value.text})")
                return Value(found, value.open)
            case t.ComparedEach(comparator, listing, other):
                against = self.term(other, at)
                elements = self.values(listing, at)
                found, element = self.out.assign("[]"), self.out.local()
                with self.out.block(f"for {element} in {elements.text}"):
                    value = self.compared(comparator, Value(element, elements.open), against)
                    self.out.line(f"{found}.append({value.text})")
                return Value(found, value.open)
            case _:
                values = [self.term(each, at) for each in items]
                return Value(f"[{', '.join(each.text for each in values)}]", any(each.open for each in values))

    @contextmanager
    def where_carried(self, scope: Scope, at: At, name: str) -> Iterator[None]:
        """What is written within is done where what was read carries the units; otherwise nothing is known of their list."""
        with self.out.block(f"if {self.slot('carried', scope, '')}[{self.index('sheet', at)}]"):
            yield
        with self.out.block("else"):
            self.out.line(f"{name} = {self.out.constant(UNREAD)}")


def _size(units: Sequence[int]) -> int:
    return len(units)


# -- one writer for each term that is no plain operation


def _input_unknown(write: TermWriter, _: t.InputUnknown, __: At) -> Value:
    return write.constant(do.UNDEFINED)


def _figure(write: TermWriter, term: t.Figure, at: At) -> Value:
    return write.assign(f"{write.slot('figure', term.scope, term.name)}[{write.index(term.scope, at)}]", True)


def _decided(write: TermWriter, term: t.Decided, at: At) -> Value:
    names = [each.name for each in write.rulebook.by_name[term.decision].outputs]
    decided = f"{write.slot('decided', term.scope, term.decision)}[{write.index(term.scope, at)}]"
    return write.assign(f"{decided}[{names.index(term.output)}]", True)


def _compared(write: TermWriter, term: t.Compared, at: At) -> Value:
    return write.compared(term.comparator, write.term(term.left, at), write.term(term.right, at))


def _both(write: TermWriter, term: t.Both, at: At) -> Value:
    return write.joined(False, write.term(term.left, at), lambda: write.term(term.right, at))


def _either(write: TermWriter, term: t.Either, at: At) -> Value:
    return write.joined(True, write.term(term.left, at), lambda: write.term(term.right, at))


def _not(write: TermWriter, term: t.Not, at: At) -> Value:
    return write.negated(write.term(term.operand, at))


def _choice(write: TermWriter, term: t.Choice, at: At) -> Value:
    condition = write.term(term.condition, at)
    name = write.out.local()
    if condition.open:
        with write.out.block(f"if {condition.text}.__class__ is U"):
            write.out.line(f"{name} = {condition.text}")
    with write.out.block(f"{'elif' if condition.open else 'if'} {condition.text}"):
        yes = write.term(term.yes, at)
        write.out.line(f"{name} = {yes.text}")
    with write.out.block("else"):
        no = write.term(term.no, at)
        write.out.line(f"{name} = {no.text}")
    return Value(name, condition.open or yes.open or no.open)


def _knownness(write: TermWriter, term: t.Knownness, at: At) -> Value:
    value = write.term(term.operand, at)
    if not value.open:
        return Value("False", False)
    if term.reason is None:
        return Value(f"({value.text}.__class__ is U)", False)
    reason = write.among(value.text, frozenset({term.reason}))
    return Value(f"({value.text}.__class__ is U and {reason})", False)


def _matches(write: TermWriter, term: t.Matches, at: At) -> Value:
    return write.check(term.check, write.term(term.operand, at), reasons_of(term.check), at)


def _outer(write: TermWriter, term: t.Outer, _: At) -> Value:
    return write.outside[term.term]


def _aggregate(write: TermWriter, term: t.Aggregate, at: At) -> Value:
    call = AGGREGATES[term.function]
    if isinstance(term.items, tuple):
        return write.call(call, term, [write.values(term.items, at)])
    name = write.out.local()
    with write.where_carried(t.listed(term.items), at, name):
        value = write.call(call, term, [write.values(term.items, at)])
        write.out.line(f"{name} = {value.text}")
    return Value(name, True)


def _at(write: TermWriter, term: t.At, at: At) -> Value:
    name = write.out.local()
    with write.where_carried(t.listed(term.units), at, name):
        units = write.out.assign(write.units(term.units, at))
        index = term.position - 1 if term.position > 0 else term.position
        least = index + 1 if index >= 0 else -index
        with write.out.block(f"if {write.out.function(_size)}({units}) >= {least}"):
            unit = At(t.listed(term.units), write.out.assign(f"{units}[{index}]"))
            write.out.line(f"{name} = {write.term(term.term, unit).text}")
        with write.out.block("else"):
            write.out.line(f"{name} = {write.out.constant(do.MISSING)}")
    return Value(name, True)


WRITERS: Final[dict[type, Callable[[TermWriter, Any, At], Value]]] = {
    t.InputUnknown: _input_unknown,
    t.Figure: _figure,
    t.Decided: _decided,
    t.Compared: _compared,
    t.Both: _both,
    t.Either: _either,
    t.Not: _not,
    t.Choice: _choice,
    t.Knownness: _knownness,
    t.Matches: _matches,
    t.Outer: _outer,
    t.Aggregate: _aggregate,
    t.At: _at,
}
