"""The source of values: what of a sheet is at hand, truths, and whether the cells of a table hold for a value.

It is known of every expression whether it may be unknown, so that nothing is asked twice: behind the guards of a table, cells are
plain comparisons.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from hyotei.compiler import operations as do
from hyotei.compiler.calls import ranks
from hyotei.compiler.function_writer import FunctionWriter
from hyotei.compiler.sheet_values import Layout, Slot
from hyotei.rulebook import terms as t
from hyotei.rulebook.reference import reasons_of
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import REASONS, Scalar, Unknown, both, either

_COMPARE: Final = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Value(NamedTuple):
    """What stands for the value of a term: an expression without effects, and whether it may be unknown.

    Of a value that may be unknown the expression is a name, so that it can be asked and used.
    """

    text: str
    open: bool


class At(NamedTuple):
    """Where a term is evaluated: the scope of the unit, and the expression for its number."""

    scope: Scope
    number: str

    @classmethod
    def of(cls, scope: Scope, layout: Layout) -> "At":
        """The unit `i` of a scope."""
        return cls(scope, "0" if scope == "sheet" and layout.one_sheet else "i")


class Generated(NamedTuple):
    """A generated function, the slots that must be ready when it is called, and its source."""

    function: Callable[..., Any]
    needs: tuple[int, ...]
    source: str


class ValueWriter(ABC):
    """Writes a function that works out values of one sheet; how terms are written is added by `TermWriter`."""

    def __init__(self, layout: Layout, parameters: str) -> None:
        self.layout = layout
        self.out = FunctionWriter(parameters)
        self.needs: dict[int, None] = {}
        self.ends: dict[t.Term, Value] = {}
        """Values that cells are held against, where they are worked out already and known."""

    @abstractmethod
    def term(self, term: t.Term, at: At) -> Value:
        """Any term."""

    def finish(self) -> Generated:
        """The function; what it needs is known when all is written."""
        return Generated(self.out.finish(), tuple(self.needs), self.out.source)

    def slot(self, kind: str, scope: Scope, name: str) -> str:
        """The expression for the list of a slot."""
        number = self.layout.number(Slot(kind, scope, name))
        self.needs[number] = None
        return f"s[{number}]"

    def index(self, scope: Scope, at: At) -> str:
        """The number of the unit of `scope` that the unit is or lies in."""
        if scope == at.scope:
            return at.number
        if scope == "sheet" and self.layout.one_sheet:
            return "0"
        return f"{self.slot('above', at.scope, scope)}[{at.number}]"

    def constant(self, value: Scalar) -> Value:
        """A value that is known when the function is written."""
        return Value(self.out.constant(value), isinstance(value, Unknown))

    def assign(self, expression: str, open: bool) -> Value:
        """The value of an expression that is used more than once, or has a cost."""
        return Value(self.out.assign(expression), open)

    # -- truths

    def compared(self, comparator: str, left: Value, right: Value) -> Value:
        """A comparison; with an unknown it is unknown."""
        text = f"{left.text} {_COMPARE[comparator]} {right.text}"
        known = [f"{each.text}.__class__ is not U" for each in (left, right) if each.open]
        if not known:
            return Value(f"({text})", False)
        worst = self.out.function(do.worst)
        return self.assign(f"{text} if {' and '.join(known)} else {worst}({left.text}, {right.text})", True)

    def joined(self, decisive: bool, left: Value, right: Callable[[], Value]) -> Value:
        """`or` where true decides, `and` where false does; the right side is evaluated where the left does not decide."""
        start = len(self.out.lines)
        name = self.out.assign(left.text)
        with self.out.block(f"if {name} is not {decisive}"):
            inner = len(self.out.lines)
            other = right()
            if not left.open and not other.open and len(self.out.lines) == inner:
                # Nothing stands in between: an expression says it.
                del self.out.lines[start:]
            elif not left.open:
                self.out.line(f"{name} = {other.text}")
            else:
                join = self.out.function(either if decisive else both)
                self.out.line(f"{name} = {join}({name}, {other.text})")
        if len(self.out.lines) == start:
            return Value(f"({left.text} {'or' if decisive else 'and'} {other.text})", False)
        return Value(name, left.open or other.open)

    def negated(self, value: Value) -> Value:
        """`not`"""
        if not value.open:
            return Value(f"(not {value.text})", False)
        return self.assign(f"{value.text} if {value.text}.__class__ is U else not {value.text}", True)

    # -- cells

    def check(self, check: t.Check, subject: Value, stated: frozenset[str], at: At) -> Value:
        """Whether a cell holds for a value: true, false or unknown."""
        if check.anything:
            return Value("True", False)
        if not subject.open:
            return self.known_check(check, subject, at)
        held = reasons_held(check, stated)
        tested = any(not isinstance(test, t.IsUnknown) for test in check.tests)
        name = self.out.local()
        with self.out.block(f"if {subject.text}.__class__ is U"):
            self.out.line(f"{name} = {self.among(subject.text, held)}")
            if tested and (rest := frozenset(REASONS) - stated):
                with self.out.block(f"if {self.among(subject.text, rest)}"):
                    self.out.line(f"{name} = {subject.text}")
        with self.out.block("else"):
            value = self.known_check(check, Value(subject.text, False), at)
            self.out.line(f"{name} = {value.text}")
        return Value(name, tested or value.open)

    def known_check(self, check: t.Check, subject: Value, at: At) -> Value:
        """Whether a cell holds for a value that is known."""
        tests = [test for test in check.tests if not isinstance(test, t.IsUnknown)]
        if not tests:
            return Value(str(check.negated), False)
        value = self.test(tests[0], subject, at)
        for each in tests[1:]:
            value = self.joined(True, value, lambda test=each: self.test(test, subject, at))  # type: ignore[misc]  # bound now
        return self.negated(value) if check.negated else value

    def end(self, term: t.Term, at: At) -> Value:
        """What a value is held against in a cell."""
        return self.ends[term] if term in self.ends else self.term(term, at)

    def test(self, test: t.Test, subject: Value, at: At) -> Value:
        """Whether a known value passes a test."""
        match test:
            case t.OneOf((only,)):
                return self.compared("=", subject, self.constant(only))
            case t.OneOf(values):
                return Value(f"({subject.text} in {self.out.constant(frozenset(values))})", False)
            case t.Same(term):
                return self.compared("=", subject, self.end(term, at))
            case t.HasText(part, True):
                return Value(f"{subject.text}.startswith({self.out.constant(part)})", False)
            case t.HasText(part):
                return Value(f"({self.out.constant(part)} in {subject.text})", False)
            case t.Range(low, low_closed, high, high_closed):
                if test.scale:
                    subject = Value(f"{self.out.constant(ranks(test.scale))}[{subject.text}]", False)
                sides: list[Callable[[], Value]] = []
                if low is not None:
                    above = ">=" if low_closed else ">"
                    sides.append(lambda: self.compared(above, subject, self.end(low, at)))
                if high is not None:
                    below = "<=" if high_closed else "<"
                    sides.append(lambda: self.compared(below, subject, self.end(high, at)))
                value = sides[0]() if sides else Value("True", False)
                return self.joined(False, value, sides[1]) if len(sides) > 1 else value
            case t.IsUnknown():
                return Value("False", False)

    def among(self, name: str, reasons: frozenset[str]) -> str:
        """Whether the reason of an unknown value is one of some."""
        if not reasons or reasons == frozenset(REASONS):
            return str(bool(reasons))
        return f"{name}.reason in {self.out.constant(reasons)}"


def reasons_held(check: t.Check, stated: frozenset[str]) -> frozenset[str]:
    """The reasons of unknown for which a cell surely holds, in a column that says what happens for the `stated` ones."""
    if check.negated:
        # Where nothing but unknown is excluded, the other reasons of unknown pass.
        tested = any(not isinstance(test, t.IsUnknown) for test in check.tests)
        return frozenset() if tested else frozenset(REASONS) - stated
    return reasons_of(check) & stated
