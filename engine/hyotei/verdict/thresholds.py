"""At which values of a figure or a derived number anything in a rulebook begins or ceases to hold.

Between two neighbouring thresholds nothing can change, so one value of each band stands for all of it. Where a number is
calculated with further instead of being compared, its bands say nothing, and that is told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hyotei.base import exact
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, wording
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Formula, Rulebook
from hyotei.rulebook.number_intervals import Numbers
from hyotei.rulebook.term_parts import parts
from hyotei.rulebook.types import Type
from hyotei.rulebook.unit_tree import OF_MEASURE
from hyotei.rulebook.value_words import range_text
from hyotei.rulebook.values import Scalar

Place = tuple[str, str]
"""Scope and name of a figure or decision."""

_HALF: Final = Decimal("0.5")


@dataclass(slots=True)
class Thresholds:
    """The thresholds of every figure and decision of a rulebook for one fiscal year."""

    at: dict[Place, set[Decimal]] = field(default_factory=dict)
    flows: dict[Place, set[Place]] = field(default_factory=dict)
    calculated: set[Place] = field(default_factory=set)

    def of(self, place: Place) -> tuple[list[Decimal], bool]:
        """The thresholds of a place in order, and whether they tell all that depends on it."""
        found: set[Decimal] = set()
        whole = True
        seen: set[Place] = set()
        waiting = [place]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            found |= self.at.get(current, set())
            whole = whole and current not in self.calculated
            waiting.extend(self.flows.get(current, ()))
        return sorted(found), whole


def thresholds(rulebook: Rulebook, fiscal_year: int) -> Thresholds:
    """Collects them from every comparison and every table of the rulebook."""
    found = Thresholds()

    def constant(term: t.Term | None) -> Decimal | None:
        value: Scalar | None = None
        match term:
            case t.Constant(given):
                value = given
            case t.Parameter(name):
                value = rulebook.parameters[name].at(fiscal_year)
            case t.Calculation("+" | "-" as operator, left, right):
                ends = constant(left), constant(right)
                if ends[0] is not None and ends[1] is not None:
                    value = (exact.add if operator == "+" else exact.subtract)(ends[0], ends[1])
        return value if isinstance(value, Decimal) else None

    def compared(term: "t.Term | t.Listing", ends: list[t.Term | None]) -> None:
        for place in carried(term):
            for end in ends:
                value = constant(end)
                if value is not None:
                    found.at.setdefault(place, set()).add(value)
                elif end is not None:
                    found.calculated.add(place)
                    found.calculated.update(carried(end))

    def checked(term: t.Term, check: t.Check) -> None:
        for test in check.tests:
            if isinstance(test, t.Range):
                compared(term, [test.low, test.high])

    for decision in rulebook.decisions:
        here = decision.scope, decision.name
        if isinstance(decision.body, Formula):
            for place in carried(decision.body.term):
                found.flows.setdefault(place, set()).add(here)
            terms: list[object] = [decision.body.term]
        else:
            terms = [column.term for column in decision.body.inputs]
            for row in decision.body.rows:
                terms.extend((row.checks, row.outputs))
                for column, check in zip(decision.body.inputs, row.checks, strict=True):
                    checked(column.term, check)
                for output in row.outputs:
                    for place in carried(output):
                        found.flows.setdefault(place, set()).add(here)
                        if decision.body.policy == "C+":
                            found.calculated.add(place)
        for part in (inner for term in terms for inner in parts(term)):
            match part:
                case t.Figure("year", name) if name in OF_MEASURE:
                    # One of the years has the measure's own figures.
                    found.flows.setdefault(("measure", name), set()).add(("year", name))
                case t.Compared(_, left, right):
                    compared(left, [right])
                    compared(right, [left])
                case t.ComparedEach(_, items, value):
                    compared(items, [value])
                case t.Matches(operand, check):
                    checked(operand, check)
                case t.Calculation(_, left, right):
                    found.calculated.update(carried(left), carried(right))
                case t.Negation(operand) | t.Absolute(operand) | t.Rounded(_, operand, _):
                    found.calculated.update(carried(operand))
                case t.Aggregate("sum" | "mean", items):
                    found.calculated.update(carried(items))
    return found


def carried(term: object) -> Iterator[Place]:
    """The figures and decisions whose value a term passes on unchanged."""
    match term:
        case t.Figure(scope, name):
            yield scope, name
        case t.Decided(scope, name, _):
            yield scope, name
        case t.At(_, _, inner) | t.Each(_, inner):
            yield from carried(inner)
        case t.Choice(_, yes, no):
            yield from carried(yes)
            yield from carried(no)
        case t.Aggregate("min" | "max", items):
            yield from carried(items)
        case tuple():
            for each in term:
                yield from carried(each)


@dataclass(frozen=True, slots=True)
class Band:
    """A threshold itself, or the open stretch between two: `sample` stands for all its values. None is no end."""

    low: Decimal | None
    high: Decimal | None
    sample: Decimal

    @property
    def point(self) -> bool:
        return self.low is not None and self.low == self.high


def bands(ends: list[Decimal], whole: bool = False) -> list[Band]:
    """The elementary bands of sorted thresholds, from below; one band of everything where there is none.

    Of values that are `whole` numbers, such as years, only the bands that hold one.
    """
    if not ends:
        return [Band(None, None, Decimal(0))]
    one = Decimal(1)
    found = [Band(None, ends[0], exact.subtract(ends[0], one))]
    for low, high in zip(ends, [*ends[1:], None], strict=True):
        found.append(Band(low, low, low))
        middle = exact.add(low, one) if high is None else exact.multiply(exact.add(low, high), _HALF)
        found.append(Band(low, high, middle))
    return [kept for band in found if (kept := _with_whole_sample(band)) is not None] if whole else found


def bands_of(numbers: Numbers, ends: Iterable[Decimal]) -> list[Band]:
    """The elementary bands between ends that some of the numbers lie in. The sample of a band need not be one of them.

    A stretch with a single whole number is that number, where only whole ones count.
    """

    def kept(band: Band) -> bool:
        low, high = (None if end is None else Fraction(end) for end in (band.low, band.high))
        return numbers.holds(low) if low is not None and low == high else numbers.meets(low, high)

    def shortest(band: Band) -> Band:
        if not numbers.whole or band.low is None or band.high is None or band.point:
            return band
        first = exact.add(exact.round_to(band.low, 0, "floor"), Decimal(1))
        alone = numbers.holds(Fraction(first)) and not numbers.meets(Fraction(first), Fraction(band.high))
        return Band(first, first, first) if alone else band

    return [shortest(band) for band in bands(sorted(ends), numbers.whole) if kept(band)]


def _with_whole_sample(band: Band) -> Band | None:
    """The band with a whole number as its sample; None where it holds none."""
    sample = exact.round_to(band.sample, 0, "floor")
    if band.low is not None and sample <= band.low and not band.point:
        sample = exact.add(exact.round_to(band.low, 0, "floor"), Decimal(1))
    inside = sample == band.low if band.point else band.high is None or sample < band.high
    return replace(band, sample=sample) if inside else None


def joined(run: list[Band], of: Type, language: Language) -> str:
    """Neighbouring bands as one range in words: `50%以上90%未満`."""
    first, last = run[0], run[-1]
    if first.low is None and last.high is None:
        return wording(language)("verdict.any_value")
    return range_text(first.low, first.point, last.high, last.point, of, language)
