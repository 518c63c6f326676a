"""A range cut, for each sheet, into pieces within which no comparison comes out otherwise, and what the sheet is rated in each.

Where the terms of a crossing are read in the middle of a piece, lines that turn elsewhere can be met inside it; pieces are
therefore cut until none is. Then no comparison turns within a piece: the first one to do so would turn where its lines, the
same in all of the piece, cross, and there the piece would have been cut.
"""

from collections.abc import Iterator
from dataclasses import field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hyotei.base.exact import plain
from hyotei.base.quotient import finite_decimal
from hyotei.impact.affected_decisions import Result, affected, ordered, results_of
from hyotei.impact.crossings import Crossing, Crossings
from hyotei.impact.rated_batch import RatedBatch, Supposed
from hyotei.impact.sliding_value import SWEPT, Slide
from hyotei.impact.turning_values import turning_values
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Output, Rulebook
from hyotei.rulebook.term_parts import parts
from hyotei.rulebook.types import NUMBER
from hyotei.rulebook.values import Scalar

_AT_ONCE: Final = 200_000
"""Copies of sheets rated together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the range: an interval, or a single value. `probe` lies in it; None where no decimal does."""

    low: Fraction
    high: Fraction
    low_closed: bool
    high_closed: bool
    probe: Decimal | None

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies in it."""
        above = self.low < value or (self.low == value and self.low_closed)
        return above and (value < self.high or (value == self.high and self.high_closed))


def piece(low: Fraction, high: Fraction, low_closed: bool, high_closed: bool) -> Piece:
    """A piece with its probe: the decimal within it that has the fewest digits."""
    if low == high:
        return Piece(low, high, True, True, finite_decimal(low))
    digits = 0
    while True:
        unit = 10**digits
        first = low * unit
        step = -(-first.numerator // first.denominator)
        if step == first and not low_closed:
            step += 1
        found = Fraction(step, unit)
        if found < high or (found == high and high_closed):
            return Piece(low, high, low_closed, high_closed, finite_decimal(found))
        digits += 1


def exact_text(value: Fraction) -> str:
    """A value as data: a plain decimal, or a fraction."""
    exact = finite_decimal(value)
    return f"{value.numerator}/{value.denominator}" if exact is None else plain(exact)


def cut(whole: Piece, at: list[Fraction]) -> list[Piece]:
    """The pieces between some values of a piece, in order, and the values themselves."""
    found = []
    low, closed = whole.low, whole.low_closed
    for value in at:
        if low < value:
            found.append(piece(low, value, closed, False))
        found.append(piece(value, value, True, True))
        low, closed = value, False
    if low < whole.high:
        found.append(piece(low, whole.high, closed, whole.high_closed))
    return found


@dataclass
class Probing:
    """The rulebook with decisions that hold the terms of all crossings."""

    slide: Slide
    crossings: list[Crossing] = field(default_factory=list)
    rulebook: Rulebook = field(init=False)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = Crossings(self.slide.rulebook)
        self.crossings = list(found.found.values())
        decisions: list[Decision] = [*self.slide.rulebook.decisions, *found.slopes.made.values()]
        for crossing in self.crossings:
            for term in crossing.terms():
                if not isinstance(term, t.Constant) and (key := self.key(crossing, term)) not in self.names:
                    name = self.names[key] = f"(probe {len(self.names) + 1})"
                    decisions.append(
                        Decision(name, "", crossing.scope, Formula("", term), (Output("value", NUMBER),), ())
                    )
        order = ordered(decisions)
        assert order is not None, "probes read what is there"
        self.rulebook = replace(self.slide.rulebook, decisions=order)

    def key(self, crossing: Crossing, term: t.Term) -> str:
        return f"{crossing.scope} {term!r}"


class Cutting:
    """The pieces of the sheets of one batch.

    Args:
        ground: the sheets under the rulebook as it stands.
        probing: the sliding value.
    """

    def __init__(self, ground: RatedBatch, probing: Probing) -> None:
        self.ground, self.probing, self.slide = ground, probing, probing.slide
        self.again = affected(ground.rulebook, probing.rulebook) - {SWEPT}
        self.results = results_of(self.slide.rulebook)
        # Where no term of a crossing rests on anything that steps, one reading gives all places there are.
        self.settled = not any(
            isinstance(part, t.Decided) and part.decision in self.again
            for crossing in probing.crossings
            for part in parts(crossing.terms())
        )
        self._places: dict[object, list[Fraction]] = {}

    def pieces(self) -> "list[list[tuple[Piece, tuple[Result, ...]]]]":
        """For each sheet its pieces in order, each with the results in the order of `results`."""
        count = len(self.ground.batch)
        whole = piece(Fraction(self.slide.low), Fraction(self.slide.high), True, True)
        done: list[list[tuple[Piece, tuple[Result, ...]]]] = [[] for _ in range(count)]
        todo = [(sheet, whole) for sheet in range(count)]
        # Within a piece that is cut at the places of n decisions, those that rest on them hold still: n rounds will do.
        for number in range(len(self.probing.rulebook.decisions) + 1):
            if not todo:
                break
            fresh: list[tuple[int, Piece]] = []
            for start in range(0, len(todo), _AT_ONCE):
                some = todo[start : start + _AT_ONCE]
                for (sheet, part), cuts, results in zip(
                    some, *self._probed(some, not (number and self.settled)), strict=True
                ):
                    if cuts:
                        fresh += [(sheet, each) for each in cut(part, cuts)]
                    else:
                        done[sheet].append((part, results))
            todo = [each for each in fresh if each[1].probe is not None]
        assert not todo, "cuts come to an end"
        return [sorted(each, key=lambda found: (found[0].low, not found[0].low_closed)) for each in done]

    def _probed(
        self, some: list[tuple[int, Piece]], cutting: bool
    ) -> tuple[list[list[Fraction]], list[tuple[Result, ...]]]:
        """Where to cut each of some pieces, and the results in the middle of each."""
        numbers = [part.probe for _, part in some if part.probe is not None]
        asked = [name for name in self.results if name in self.again]
        asked += self.probing.names.values() if cutting else ()
        found = self.ground.evaluate(
            self.probing.rulebook, self.again, [sheet for sheet, _ in some], asked, Supposed(SWEPT, "value", numbers)
        )
        results = [
            found.results(name) if name in self.again else [self.ground.results[name][sheet] for sheet, _ in some]
            for name in self.results
        ]
        inside: list[set[Fraction]] = [set() for _ in some]
        for crossing in self.probing.crossings if cutting else ():
            self._crossed(crossing, some, found.values, inside)
        return [sorted(each) for each in inside], list(zip(*results, strict=True))

    def _crossed(
        self,
        crossing: Crossing,
        some: list[tuple[int, Piece]],
        values: "dict[str, list[list[Scalar]]]",
        inside: list[set[Fraction]],
    ) -> None:
        """Adds the places within each piece at which a comparison turns for some unit of the sheet."""
        terms = crossing.terms()
        # A constant stands for every unit; a crossing has at least one term that does not.
        given = [
            Fraction(term.value) if isinstance(term, t.Constant) and isinstance(term.value, Decimal) else None
            for term in terms
        ]
        lists = [
            values[self.probing.names[self.probing.key(crossing, term)]]
            for term in terms
            if not isinstance(term, t.Constant)
        ]
        for at, (_, part) in enumerate(some):
            if part.low == part.high:
                continue
            for told in zip(*(each[at] for each in lists), strict=True):
                key = id(crossing), part.probe, told
                found = self._places.get(key)
                if found is None:
                    found = self._places[key] = list(_places(crossing, part, terms, given, told))
                inside[at].update(each for each in found if part.holds(each))


def _places(
    crossing: Crossing,
    part: Piece,
    terms: tuple[t.Term, ...],
    given: "list[Fraction | None]",
    told: tuple[Scalar, ...],
) -> Iterator[Fraction]:
    """The places that the values of one unit give; none where one of them is unknown."""
    assert part.probe is not None, "pieces without a probe are not rated"
    rest = iter(told)
    figures: list[Fraction] = []
    for term, constant in zip(terms, given, strict=True):
        value = constant if isinstance(term, t.Constant) else next(rest)
        if isinstance(value, Decimal):
            value = Fraction(value)
        if not isinstance(value, Fraction):
            return
        figures.append(value)
    yield from turning_values(crossing, Fraction(part.probe), tuple(figures))
