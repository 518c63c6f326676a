"""Cells of tables as formulas: whether a test holds for a value that has several possible outcomes."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from hyotei.proof import formulas as f
from hyotei.proof.formula_nodes import Linear, Truth
from hyotei.proof.formulas import conj
from hyotei.proof.free_texts import found_in
from hyotei.proof.guarded_values import (
    GuardedValue,
    Leaf,
    both_of,
    compared,
    constant,
    either_of,
    guarded,
    lifted,
    negated,
    ranked,
    truth,
    unknown_as,
)
from hyotei.rulebook import terms as t
from hyotei.rulebook.values import Unknown

Read = Callable[[t.Term], GuardedValue]
"""A term, read at the unit for which the table is decided."""


def cell_holds(check: t.Check, value: GuardedValue, stated: frozenset[str], read: Read) -> GuardedValue:
    """Whether a cell holds for a value; `stated` are the reasons that a cell of the column names."""
    if check.anything:
        return constant(True)
    found: list[tuple[Truth, Leaf]] = []
    for guard, leaf in value.cases:
        alone = GuardedValue(((True, leaf),))
        if isinstance(leaf, Unknown) and leaf.reason in stated:
            held = any(isinstance(test, t.IsUnknown) and test.reason in (None, leaf.reason) for test in check.tests)
            found.append((guard, not check.negated and held))
            continue
        one = constant(False)
        for test in check.tests:
            one = either_of(one, _tested(test, alone, read))
        one = negated(one) if check.negated else one
        found.extend((conj(guard, inner), each) for inner, each in one.cases)
    return guarded(found)


def _tested(test: t.Test, value: GuardedValue, read: Read) -> GuardedValue:
    if isinstance(test, t.IsUnknown):
        return truth(unknown_as(value, test.reason))
    match test:
        case t.OneOf(values):
            return lifted(lambda leaf: leaf if isinstance(leaf, Unknown) else _one_of(leaf, values), value)
        case t.HasText():
            return lifted(lambda leaf: found_in(test, leaf) if isinstance(leaf, str) else leaf, value)
        case t.Same(term):
            return _unless_unknown(value, compared("=", value, read(term)))
        case t.Range(low, low_closed, high, high_closed):
            value = ranked(value, test.scale) if test.scale else value
            above = below = constant(True)
            if low is not None:
                above = compared(">=" if low_closed else ">", value, read(low))
            if high is not None:
                below = compared("<=" if high_closed else "<", value, read(high))
            return _unless_unknown(value, both_of(above, below))


def _one_of(leaf: Leaf, values: tuple[object, ...]) -> Leaf | GuardedValue:
    if isinstance(leaf, Linear):
        found = [f.compared("=", leaf, f.number(Fraction(each))) for each in values if isinstance(each, Decimal)]
        return truth(f.disj(*found))
    return any(type(each) is type(leaf) and each == leaf for each in values)


def _unless_unknown(value: GuardedValue, held: GuardedValue) -> GuardedValue:
    """A test of a known value; of an unknown one it is unknown as that is."""
    return guarded(
        (
            *((guard, leaf) for guard, leaf in value.cases if isinstance(leaf, Unknown)),
            *((conj(value.known, guard), leaf) for guard, leaf in held.cases),
        )
    )
