"""Table columns as whole numbers, for an engine that knows nothing else.

A number is told by its band: the end points of the column cut the line into points and the stretches between them, counted
from below. A value of a scale is told by its place in a list. Unknown is a number above all bands where the column says what
happens to it; where it does not, the value lies in every band at once, so that every row it might match is found.

Each feature of a column has two properties in a fact, so that "in every band" can be said: tests from below look at the one
that is then very large, tests from above at the one that is then very small.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import field
from decimal import Decimal
from itertools import product
from typing import Final, TypeAlias

from hyotei.compiler.term_functions import TermWriter
from hyotei.compiler.value_functions import At, Value
from hyotei.inference.driver import Test
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Input
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType
from hyotei.rulebook.values import RANK, Scalar, Unknown

BOTTOM: Final = -1
UNKNOWN: Final = 1_000_000
TOP: Final = 2_000_000
MOST_ALTERNATIVES: Final = 8
"""A cell with more alternatives than this is tested as a whole, outside the engine, so that rules do not multiply."""

Span: TypeAlias = tuple[int, int, int]
"""Feature of the column, lowest and highest code."""
Alternative: TypeAlias = tuple[Span, ...]
"""Spans that must all hold."""
Codes: TypeAlias = tuple[int, int]
"""The two properties of a feature: the one that tests from below look at, and the one that tests from above do."""

Constant: TypeAlias = Callable[[t.Term], Scalar | None]

_OPEN: Final[Codes] = (BOTTOM, TOP)


@dataclass(slots=True)
class EncodedColumn:
    """One input column: how its values and cells become codes. `ends` are the end points that differ from sheet to sheet."""

    source: Input
    stated: frozenset[str]
    cuts: list[Decimal] = field(default_factory=list)
    places: dict[Scalar, int] = field(default_factory=dict)
    ends: list[t.Term] = field(default_factory=list)
    whole: list[t.Check] = field(default_factory=list)

    def write(self, write: TermWriter, value: Value, at: At) -> list[tuple[str, str]]:
        """Writes what turns a value into codes. Gives two names for each feature, which differ where it stands open."""
        found = [self._write_main(write, value)]
        stated = write.out.constant(self.stated)
        for end in self.ends:
            codes = f"{write.out.function(end_codes)}({value.text}, {write.term(end, at).text}, {stated})"
            found.append(_assigned(write, codes))
        for check in self.whole:
            held = write.check(check, value, self.stated, at)
            found.append(_assigned(write, f"{write.out.function(truth_codes)}({held.text})"))
        return found

    def _write_main(self, write: TermWriter, value: Value) -> tuple[str, str]:
        if isinstance(self.source.type, NumberType):
            known = f"{write.out.function(band)}({value.text}, {write.out.constant(self.cuts)})"
        else:
            known = f"{write.out.constant(self.places.get)}({value.text}, 0)"
        if not value.open:
            code = write.out.assign(known)
            return code, code
        low, high = write.out.local(), write.out.local()
        by_reason: dict[str, Codes] = {
            reason: (UNKNOWN + rank, UNKNOWN + rank) if reason in self.stated else _OPEN
            for reason, rank in RANK.items()
        }
        with write.out.block(f"if {value.text}.__class__ is U"):
            write.out.line(f"{low}, {high} = {write.out.constant(by_reason)}[{value.text}.reason]")
        with write.out.block("else"):
            write.out.line(f"{low} = {high} = {known}")
        return low, high

    def main(self, value: Scalar) -> int:
        """The band of a number, the place of anything else; what no cell names is 0."""
        return band(value, self.cuts) if isinstance(value, Decimal) else self.places.get(value, 0)

    @property
    def features(self) -> int:
        return 1 + len(self.ends) + len(self.whole)

    @property
    def highest(self) -> int:
        """The highest code of a known value."""
        return 2 * len(self.cuts) if self.cuts else len(self.places)


def band(value: Decimal, cuts: Sequence[Decimal]) -> int:
    """In which band of a line that is cut at some points a number lies: at a cut it is odd."""
    at = bisect_left(cuts, value)
    return 2 * at + 1 if at < len(cuts) and cuts[at] == value else 2 * at


def end_codes(value: Scalar, end: Scalar, stated: frozenset[str]) -> Codes:
    """0 below, 1 at, 2 above an end point; open where it is unknown, or the value is for a reason of which nothing is said."""
    if isinstance(value, Unknown):
        return (TOP, TOP) if value.reason in stated else _OPEN
    if isinstance(end, Unknown):
        return _OPEN
    if isinstance(value, Decimal) and isinstance(end, Decimal):
        return (sign := 1 + (value > end) - (value < end), sign)
    return (same := int(value == end), same)


def truth_codes(held: Scalar) -> Codes:
    """1 where a cell holds, 0 where it does not; open where that is unknown."""
    if isinstance(held, Unknown):
        return _OPEN
    return (1, 1) if held is True else (0, 0)


def _assigned(write: TermWriter, codes: str) -> tuple[str, str]:
    low, high = write.out.local(), write.out.local()
    write.out.line(f"{low}, {high} = {codes}")
    return low, high


def column(constant: Constant, source: Input, checks: list[t.Check], stated: frozenset[str]) -> "Encoded":
    """The encoding of a column and of all its cells. `constant` gives the value of a term that is the same for every sheet."""
    encoded = Encoded(EncodedColumn(source, stated), constant)
    if isinstance(source.type, ScaleType):
        encoded.column.places = {value: place for place, value in enumerate(source.type.values, 1)}
    elif isinstance(source.type, BooleanType):
        encoded.column.places = {False: 1, True: 2}
    encoded.learn(checks)
    return encoded


@dataclass(slots=True)
class Encoded:
    """A column with the end points that its cells compute anew for each sheet."""

    column: EncodedColumn
    constant: Constant
    dynamic: dict[t.Term, int] = field(default_factory=dict)

    def learn(self, checks: list[t.Check]) -> None:
        """Collects end points and values of all cells, before any cell is turned into codes."""
        cuts: set[Decimal] = set()
        for check in checks:
            for test in check.tests:
                if isinstance(test, t.Range) and not test.scale:
                    for end in (test.low, test.high):
                        cuts |= self._learn_end(end)
                elif isinstance(test, t.OneOf):
                    for value in test.values:
                        self.column.places.setdefault(value, len(self.column.places) + 1)
                elif isinstance(test, t.Same):
                    self._learn_end(test.value)
        self.column.cuts = sorted(cuts)

    def _learn_end(self, end: t.Term | None) -> set[Decimal]:
        if end is None:
            return set()
        constant = self.constant(end)
        if isinstance(constant, Decimal):
            return {constant}
        if end not in self.dynamic:
            self.dynamic[end] = 1 + len(self.dynamic)
            self.column.ends.append(end)
        return set()

    # -- cells

    def alternatives(self, check: t.Check) -> list[Alternative] | None:
        """A cell as alternatives of which one must hold; None where it asks nothing."""
        if check.anything:
            return None
        if any(isinstance(test, t.HasText) or (isinstance(test, t.Range) and test.scale) for test in check.tests):
            # The places of a scale are not its ranks, and the end moves; within a text there are no places.
            return self.as_whole(check)
        if check.negated:
            factors = [self.outside(test) for test in check.tests]
            if _size(factors) > MOST_ALTERNATIVES:
                return self.as_whole(check)
            return [tuple(span for part in choice for span in part) for choice in product(*factors)]
        found = [alternative for test in check.tests for alternative in self.inside(test)]
        return found if len(found) <= MOST_ALTERNATIVES else self.as_whole(check)

    def as_whole(self, check: t.Check) -> list[Alternative]:
        """A cell decided outside the engine: its feature is 1 where it holds."""
        self.column.whole.append(check)
        # Numbered after all end points, which `learn` has collected before.
        return [((len(self.dynamic) + len(self.column.whole), 1, 1),)]

    def inside(self, test: t.Test) -> list[Alternative]:
        match test:
            case t.IsUnknown(reason):
                return [((0, *self._unknown(reason)),)]
            case t.OneOf(values):
                return [((0, low, high),) for low, high in _runs(sorted(self.column.places[value] for value in values))]
            case t.HasText():
                raise AssertionError("a cell that looks into texts is decided as a whole")
            case t.Same(term):
                constant = self.constant(term)
                if isinstance(constant, Decimal):
                    place = self.column.main(constant)
                    return [((0, place, place),)]
                return [((self.dynamic[term], 1, 1),)]
            case t.Range(low, low_closed, high, high_closed):
                spans = [(0, 0, self.column.highest)]
                if low is not None:
                    spans.append(self._from(low, low_closed))
                if high is not None:
                    spans.append(self._to(high, high_closed))
                return [_narrowed(spans)]

    def outside(self, test: t.Test) -> list[Alternative]:
        """The ways in which a known value can fail a test."""
        top = self.column.highest
        match test:
            case t.IsUnknown():
                # Unknown values of a stated reason fail a negated cell anyway; here only known ones are left.
                return [((0, 0, top),)]
            case t.OneOf(values):
                taken = {self.column.places[value] for value in values}
                return [
                    ((0, low, high),) for low, high in _runs([code for code in range(top + 1) if code not in taken])
                ]
            case t.HasText():
                raise AssertionError("a cell that looks into texts is decided as a whole")
            case t.Same(term):
                constant = self.constant(term)
                if isinstance(constant, Decimal):
                    place = self.column.main(constant)
                    return [((0, 0, place - 1),), ((0, place + 1, top),)]
                feature = self.dynamic[term]
                return [((feature, 0, 0),), ((feature, 2, 2),)]
            case t.Range(low, low_closed, high, high_closed):
                ways: list[Alternative] = []
                if low is not None:
                    ways.append((self._to(low, not low_closed),))
                if high is not None:
                    ways.append((self._from(high, not high_closed),))
                return ways

    def _unknown(self, reason: str | None) -> tuple[int, int]:
        if reason is None:
            return UNKNOWN, UNKNOWN + len(RANK)
        place = UNKNOWN + next(rank for name, rank in RANK.items() if name == reason)
        return place, place

    def _from(self, end: t.Term, closed: bool) -> Span:
        constant = self.constant(end)
        if isinstance(constant, Decimal):
            return 0, self.column.main(constant) + (not closed), self.column.highest
        return self.dynamic[end], 1 if closed else 2, 2

    def _to(self, end: t.Term, closed: bool) -> Span:
        constant = self.constant(end)
        if isinstance(constant, Decimal):
            return 0, 0, self.column.main(constant) - (not closed)
        return self.dynamic[end], 0, 1 if closed else 0


def _narrowed(spans: list[Span]) -> Alternative:
    """Spans of one feature brought together."""
    merged: dict[int, tuple[int, int]] = {}
    for feature, low, high in spans:
        before = merged.get(feature, (low, high))
        merged[feature] = max(before[0], low), min(before[1], high)
    return tuple((feature, low, high) for feature, (low, high) in merged.items())


def _runs(codes: list[int]) -> list[tuple[int, int]]:
    """Neighbouring codes as spans."""
    runs: list[tuple[int, int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1] = runs[-1][0], code
        else:
            runs.append((code, code))
    return runs


def _size(factors: list[list[Alternative]]) -> int:
    size = 1
    for factor in factors:
        size *= len(factor)
    return size


def tests(alternative: Alternative, first: int) -> list[Test]:
    """The tests of an alternative on a column whose first property has number `first`."""
    found: list[Test] = []
    for feature, low, high in alternative:
        found.append((f"x{first + 2 * feature + 1}", ">=", low))
        found.append((f"x{first + 2 * feature}", "<=", high))
    return found
