"""Lists of units of which some may be absent, and what aggregates make of them. Each element stands beside whether it is there."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from hyotei.base.exact import Division
from hyotei.proof import formulas as f
from hyotei.proof.formula_nodes import Linear, Truth
from hyotei.proof.formulas import conj, disj, neg
from hyotei.proof.guarded_values import (
    GuardedValue,
    Leaf,
    both_of,
    calculated,
    chosen,
    compared,
    constant,
    either_of,
    guarded,
    most_lasting,
)
from hyotei.rulebook.values import Unknown

Present: TypeAlias = "tuple[Truth, GuardedValue]"

MOST_COUNTED: Final = 8
"""Lists up to this long are counted by cases, which keeps quotients of counts exact numbers; longer ones as sums."""

MISSING: Final = constant(Unknown("missing"))
UNDEFINED: Final = constant(Unknown("undefined"))


def count(present: Sequence[Truth]) -> GuardedValue:
    """How many of them are there."""
    surely = sum(1 for each in present if each is True)
    perhaps = [each for each in present if not isinstance(each, bool)]
    if len(perhaps) <= MOST_COUNTED:
        return guarded((guard, f.number(surely + number)) for number, guard in enumerate(exactly(perhaps)))
    total = f.number(surely)
    for each in perhaps:
        total = f.add(total, f.select([(each, f.ONE), (True, f.ZERO)]))
    return GuardedValue(((True, total),))


def exactly(present: Sequence[Truth]) -> list[Truth]:
    """For each number from 0 on whether exactly so many are true."""
    found: list[Truth] = [True]
    for each in present:
        found = [
            disj(
                conj(neg(each), found[number]) if number < len(found) else False,
                conj(each, found[number - 1]) if number else False,
            )
            for number in range(len(found) + 1)
        ]
    return found


def position(units: Sequence[Truth], at: int) -> list[Truth]:
    """For each unit whether it is the one at a position, counted from 1, or from the end below 0."""
    if at < 0:
        return list(reversed(position(list(reversed(units)), -at)))
    found: list[Truth] = []
    before: list[Truth] = [True]
    for each in units:
        found.append(conj(each, before[at - 1]) if at - 1 < len(before) else False)
        before = [
            disj(
                conj(neg(each), before[number]) if number < len(before) else False,
                conj(each, before[number - 1]) if number else False,
            )
            for number in range(min(len(before) + 1, at))
        ]
    return found


def known(values: Sequence[Present], outcome: GuardedValue) -> GuardedValue:
    """The outcome, or the most lasting reason where one of the values is unknown."""
    lasting = most_lasting(values)
    some = disj(*lasting.values())
    return guarded(
        (
            *((guard, Unknown(reason)) for reason, guard in lasting.items()),
            *((conj(neg(some), guard), leaf) for guard, leaf in outcome.cases),
        )
    )


def total(values: Sequence[Present]) -> GuardedValue:
    """The sum; of nothing it is 0."""
    found = f.ZERO
    for present, value in values:
        numbers = [(conj(present, guard), number) for guard, number in value.numbers]
        if len(numbers) == 1 and numbers[0][0] is True:
            found = f.add(found, numbers[0][1])
        elif numbers:
            found = f.add(found, f.select([*numbers, (True, f.ZERO)]))
    return known(values, GuardedValue(((True, found),)))


def mean(values: Sequence[Present], divide: "DivideValues") -> GuardedValue:
    """The sum divided by the number of elements."""
    return divide(total(values), count([present for present, _ in values]))


def extreme(values: Sequence[Present], greatest: bool) -> GuardedValue:
    """The greatest or least; of nothing it is unknown(undefined)."""
    best: GuardedValue | None = None
    some: Truth = False
    for present, value in values:
        # Unknown elements are told at the end; here only numbers meet.
        here = guarded((guard, number) for guard, number in value.numbers)
        if best is None:
            best = here
        else:
            better = compared(">" if greatest else "<", here, best).true
            take = conj(present, disj(neg(some), better))
            best = chosen(((take, here), (neg(take), best)))
        some = disj(some, present)
    none = disj(*(present for present, _ in values))
    if best is None:
        return UNDEFINED
    return known(values, chosen(((none, best), (neg(none), UNDEFINED))))


def folded(values: Sequence[Present], every: bool) -> GuardedValue:
    """A row of `and`, or of `or`."""
    result = constant(every)
    for present, value in values:
        here = chosen(((present, value), (neg(present), constant(every))))
        result = both_of(result, here) if every else either_of(result, here)
    return result


class DivideValues:
    """How a rulebook divides."""

    def __init__(self, digits: int, rounding: Division) -> None:
        self.digits, self.rounding = digits, rounding

    def __call__(self, left: GuardedValue, right: GuardedValue) -> GuardedValue:
        def apply(above: Linear, below: Linear) -> "Leaf | GuardedValue":
            zero = f.compared("=", below, f.ZERO)
            if zero is True:
                return Unknown("undefined")
            quotient = f.divide(above, below, self.digits, self.rounding)
            return guarded(((zero, Unknown("undefined")), (neg(zero), quotient)))

        return calculated(apply, left, right)
