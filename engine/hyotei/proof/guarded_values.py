"""Values that depend on figures not yet known: each possible outcome beside the truth under which it comes out.

The guards of a value exclude each other, and one of them is true. An outcome is what it is for the reference: unknown with its
reason, a truth, a text; only numbers are expressions. So the functions of the reference apply outcome by outcome.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from hyotei.base.quotient import Quotient, finite_decimal
from hyotei.lazy_dataclass import dataclass
from hyotei.proof import formulas as f
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Linear, Truth
from hyotei.proof.formulas import conj, disj, neg
from hyotei.rulebook.reference import graded, rank
from hyotei.rulebook.values import REASONS, Reason, Scalar, Unknown, both, either, lasting, negate

Leaf: TypeAlias = Linear | str | bool | Unknown

MOST_CASES: Final = 16
"""Numbers with more outcomes than this become one expression before they are calculated with."""


@dataclass(frozen=True, eq=False, slots=True)
class GuardedValue:
    """A value as its possible outcomes."""

    cases: tuple[tuple[Truth, Leaf], ...]

    def holds(self, leaf: Leaf) -> Truth:
        """Whether it comes out as that."""
        return next((guard for guard, found in self.cases if found == leaf and type(found) is type(leaf)), False)

    @property
    def true(self) -> Truth:
        return self.holds(True)

    @property
    def false(self) -> Truth:
        return self.holds(False)

    @property
    def known(self) -> Truth:
        """Whether it comes out at all."""
        return disj(*(guard for guard, leaf in self.cases if not isinstance(leaf, Unknown)))

    @property
    def unknown(self) -> Truth:
        """Whether it comes out unknown, for whatever reason."""
        return disj(*(guard for guard, leaf in self.cases if isinstance(leaf, Unknown)))

    @property
    def numbers(self) -> list[tuple[Truth, Linear]]:
        """Its outcomes that are numbers."""
        return [(guard, leaf) for guard, leaf in self.cases if isinstance(leaf, Linear)]

    def computed(self, evaluation: Evaluation) -> Scalar:
        """The outcome for given figures."""
        for guard, leaf in self.cases:
            if evaluation.truth(guard):
                return number_of(evaluation.number(leaf)) if isinstance(leaf, Linear) else leaf
        raise ValueError("no outcome of the value comes out: the figures are not admissible")


def number_of(fraction: Fraction) -> Decimal:
    """The number as rules have it: a quotient where it has no end as a decimal."""
    found = finite_decimal(fraction)
    return Quotient(*fraction.as_integer_ratio()) if found is None else found


def decimal_of(fraction: Fraction) -> Decimal:
    """An exact decimal.

    Raises:
        ValueError: the fraction has no end as a decimal.
    """
    found = finite_decimal(fraction)
    if found is None:
        raise ValueError(f"{fraction} has no end as a decimal")
    return found


def leaf_of(scalar: Scalar) -> Leaf:
    """An outcome from a value of the reference."""
    return f.number(Fraction(scalar)) if isinstance(scalar, Decimal) else scalar


def constant(scalar: Scalar) -> GuardedValue:
    """A value that is what it is."""
    return GuardedValue(((True, leaf_of(scalar)),))


def guarded(cases: Iterable[tuple[Truth, Leaf]]) -> GuardedValue:
    """A value from outcomes under guards; equal outcomes become one."""
    found: dict[tuple[type, Leaf], list[Truth]] = {}
    for guard, leaf in cases:
        if guard is not False:
            found.setdefault((type(leaf), leaf), []).append(guard)
    return GuardedValue(tuple((disj(*guards), leaf) for (_, leaf), guards in found.items()))


def chosen(options: Iterable[tuple[Truth, GuardedValue]]) -> GuardedValue:
    """The value beside the guard that is true; the guards exclude each other."""
    return guarded((conj(guard, inner), leaf) for guard, value in options for inner, leaf in value.cases)


def truth(of: Truth) -> GuardedValue:
    """True or false, never unknown."""
    return guarded(((of, True), (neg(of), False)))


def lifted(function: "Callable[..., Leaf | GuardedValue]", *values: GuardedValue) -> GuardedValue:
    """A function of outcomes, applied to values."""
    found: list[tuple[Truth, Leaf]] = []

    def combine(guard: Truth, leaves: tuple[Leaf, ...]) -> None:
        if guard is False:
            return
        if len(leaves) < len(values):
            for inner, leaf in values[len(leaves)].cases:
                combine(conj(guard, inner), (*leaves, leaf))
            return
        result = function(*leaves)
        if isinstance(result, GuardedValue):
            found.extend((conj(guard, inner), leaf) for inner, leaf in result.cases)
        else:
            found.append((guard, result))

    combine(True, ())
    return guarded(found)


# -- three-valued logic, as in the reference


def both_of(left: GuardedValue, right: GuardedValue) -> GuardedValue:
    """Three-valued `and`."""
    return lifted(lambda one, other: _leaf(both(_logical(one), _logical(other))), left, right)


def either_of(left: GuardedValue, right: GuardedValue) -> GuardedValue:
    """Three-valued `or`."""
    return lifted(lambda one, other: _leaf(either(_logical(one), _logical(other))), left, right)


def negated(value: GuardedValue) -> GuardedValue:
    """Three-valued `not`."""
    return lifted(lambda leaf: _leaf(negate(_logical(leaf))), value)


def _logical(leaf: Leaf) -> Scalar:
    assert isinstance(leaf, (bool, Unknown)), "the checker lets only truths be joined"
    return leaf


def _leaf(scalar: Scalar) -> Leaf:
    assert isinstance(scalar, (bool, Unknown))
    return scalar


def unknown_as(value: GuardedValue, reason: Reason | None) -> Truth:
    """Whether it is unknown, for that reason or for any."""
    return value.unknown if reason is None else value.holds(Unknown(reason))


def most_lasting(values: Iterable[tuple[Truth, GuardedValue]]) -> "dict[Reason, Truth]":
    """For each reason whether it is the most lasting one among the values that are present."""
    met: dict[Reason, list[Truth]] = {reason: [] for reason in REASONS}
    for present, value in values:
        for guard, leaf in value.cases:
            if isinstance(leaf, Unknown):
                met[leaf.reason].append(conj(present, guard))
    found: dict[Reason, Truth] = {}
    longer: Truth = False
    for reason in reversed(REASONS):
        here = disj(*met[reason])
        found[reason] = conj(here, neg(longer))
        longer = disj(longer, here)
    return found


# -- numbers


def compact(value: GuardedValue) -> GuardedValue:
    """The same value with all its numbers in one expression, where there are too many to be told apart."""
    numbers = value.numbers
    if len(numbers) <= MOST_CASES:
        return value
    one = f.select(numbers)
    others = [(guard, leaf) for guard, leaf in value.cases if not isinstance(leaf, Linear)]
    return GuardedValue(((disj(*(guard for guard, _ in numbers)), one), *others))


def calculated(
    function: "Callable[[Linear, Linear], Leaf | GuardedValue]", left: GuardedValue, right: GuardedValue
) -> GuardedValue:
    """An operation on two numbers; unknown where one of them is."""

    def apply(one: Leaf, other: Leaf) -> Leaf | GuardedValue:
        unknowns = [leaf for leaf in (one, other) if isinstance(leaf, Unknown)]
        if unknowns:
            return lasting(*unknowns)
        assert isinstance(one, Linear), "the checker lets only numbers be calculated with"
        assert isinstance(other, Linear), "the checker lets only numbers be calculated with"
        return function(one, other)

    return lifted(apply, compact(left), compact(right))


def compared(comparator: str, left: GuardedValue, right: GuardedValue) -> GuardedValue:
    """A comparison of two single values; with an unknown it is unknown."""

    def apply(one: Leaf, other: Leaf) -> Leaf | GuardedValue:
        unknowns = [leaf for leaf in (one, other) if isinstance(leaf, Unknown)]
        if unknowns:
            return lasting(*unknowns)
        if isinstance(one, Linear) and isinstance(other, Linear):
            return truth(f.compared(comparator, one, other))
        same = type(one) is type(other) and one == other
        return same is (comparator == "=")

    return lifted(apply, left, right)


def ranked(value: GuardedValue, values: tuple[str, ...]) -> GuardedValue:
    """The rank of a value of an ordered scale."""
    return lifted(lambda leaf: leaf_of(rank(leaf, values)) if isinstance(leaf, str) else leaf, value)


def graded_value(value: GuardedValue, values: tuple[str, ...]) -> GuardedValue:
    """The value of an ordered scale with a rank."""

    def grades(leaf: Leaf) -> Leaf | GuardedValue:
        if not isinstance(leaf, Linear):
            return leaf
        if leaf.value is not None:
            return leaf_of(graded(number_of(leaf.value), values))
        found: list[tuple[Truth, Leaf]] = []
        better: Truth = False
        for place, each in enumerate(values[:-1]):
            here = f.compared(">=", leaf, f.number(len(values) - place))
            found.append((conj(here, neg(better)), each))
            better = here
        return guarded((*found, (neg(better), values[-1])))

    return lifted(grades, compact(value))


def within(value: GuardedValue, evaluate: "Callable[[Leaf], Truth]") -> Truth:
    """Whether the outcome passes a test."""
    return disj(*(conj(guard, evaluate(leaf)) for guard, leaf in value.cases))
