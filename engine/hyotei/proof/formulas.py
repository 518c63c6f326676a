"""Formulas over the figures of a sheet that nobody has filled in yet: truths, and exact linear expressions.

They know no solver: they can be computed for given figures, walked, and handed to Z3 by `solver.py`. A truth is a Python bool
as soon as it is one. Truths are kept once each, so that equal ones are the same object.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Final
from weakref import WeakValueDictionary

from hyotei.base.exact import Division, Rounding
from hyotei.proof.formula_nodes import (
    And,
    Comparator,
    Compare,
    Linear,
    Not,
    Or,
    Product,
    Quotient,
    Select,
    Switch,
    Term,
    Truth,
    degrees,
)
from hyotei.proof.fraction_rounding import rounded, rounding_limit

_kept: "WeakValueDictionary[tuple[object, ...], And | Or | Not | Compare]" = WeakValueDictionary()


# -- truths


def conj(*parts: Truth) -> Truth:
    """All of them."""
    return _joined(parts, And, nothing=True)


def disj(*parts: Truth) -> Truth:
    """One of them."""
    return _joined(parts, Or, nothing=False)


def _joined(parts: Iterable[Truth], kind: "type[And | Or]", nothing: bool) -> Truth:
    found: dict[int, Truth] = {}
    for part in parts:
        if part is nothing:
            continue
        if isinstance(part, bool):
            return part
        found[id(part)] = part
    for part in found.values():
        if isinstance(part, Not) and id(part.parts[0]) in found:
            return not nothing
    if not found:
        return nothing
    if len(found) == 1:
        return next(iter(found.values()))
    key = (kind, *sorted(found))
    node = _kept.get(key)
    if node is None:
        node = _kept[key] = kind(tuple(found.values()))
    return node


def neg(truth: Truth) -> Truth:
    """Not so."""
    if isinstance(truth, bool):
        return not truth
    if isinstance(truth, Not):
        return truth.parts[0]
    if isinstance(truth, Compare) and truth.comparator != "=":
        return _compare(">" if truth.comparator == ">=" else ">=", scale(truth.number, Fraction(-1)))
    key = (Not, id(truth))
    node = _kept.get(key)
    if node is None:
        node = _kept[key] = Not((truth,))
    return node


def implies(left: Truth, right: Truth) -> Truth:
    """`right` wherever `left`."""
    return disj(neg(left), right)


_switches: "WeakValueDictionary[str, Switch]" = WeakValueDictionary()


def switch(name: str) -> Switch:
    """The free truth of that name; there is one for each name."""
    found = _switches.get(name)
    if found is None:
        found = _switches[name] = Switch(name)
    return found


# -- numbers


def number(value: "Fraction | int") -> Linear:
    """A constant."""
    return Linear((), Fraction(value))


ZERO: Final = number(0)
ONE: Final = number(1)


def term(of: Term, factor: Fraction = Fraction(1)) -> Linear:
    """A multiple of one term."""
    return Linear(((of, factor),), Fraction(0))


def add(left: Linear, right: Linear) -> Linear:
    """`left + right`"""
    if not right.terms:
        return Linear(left.terms, left.constant + right.constant)
    if not left.terms:
        return Linear(right.terms, left.constant + right.constant)
    factors: dict[Term, Fraction] = dict(left.terms)
    for of, factor in right.terms:
        factors[of] = factors.get(of, Fraction(0)) + factor
    return Linear(tuple((of, factor) for of, factor in factors.items() if factor), left.constant + right.constant)


def scale(of: Linear, factor: Fraction) -> Linear:
    """`factor * of`"""
    if not factor:
        return ZERO
    return Linear(tuple((inner, factor * each) for inner, each in of.terms), factor * of.constant)


def subtract(left: Linear, right: Linear) -> Linear:
    """`left - right`"""
    return add(left, scale(right, Fraction(-1)))


def multiply(left: Linear, right: Linear) -> Linear:
    """`left * right`"""
    if left.value is not None:
        return scale(right, left.value)
    if right.value is not None:
        return scale(left, right.value)
    return term(Product(left, right))


def degree(of: Linear) -> int:
    """How many figures are multiplied with each other at most where the number is written as one fraction."""
    return max(degrees(of))


def select(options: Iterable[tuple[Truth, Linear]]) -> Linear:
    """The number beside the guard that is true."""
    kept: list[tuple[Truth, Linear]] = []
    for guard, option in options:
        if guard is False:
            continue
        kept.append((guard, option))
        if guard is True:
            break
    return kept[0][1] if len(kept) == 1 else term(Select(tuple(kept))) if kept else ZERO


def divide(above: Linear, below: Linear, digits: int, rounding: Division) -> Linear:
    """`above / below`, exact or rounded; `below` must not be zero where this is used."""
    divisor = below.value
    if divisor is not None:
        if rounding == "exact":
            return scale(above, 1 / divisor) if divisor else ZERO
        if above.value is not None:
            return number(rounded(above.value / divisor, digits, rounding) if divisor else 0)
    return term(Quotient(above, below, digits, rounding))


def round_to(of: Linear, digits: int, rounding: Rounding) -> Linear:
    """The number brought to `digits` decimals."""
    return divide(of, ONE, digits, rounding)


# -- comparisons


def compared(comparator: str, left: Linear, right: Linear) -> Truth:
    """`left comparator right`"""
    match comparator:
        case ">=" | ">":
            return _sign(comparator == ">", subtract(left, right))
        case "<=" | "<":
            return _sign(comparator == "<", subtract(right, left))
        case "=":
            return _zero(subtract(left, right))
        case _:
            return neg(_zero(subtract(left, right)))


def _sign(strictly: bool, of: Linear) -> Truth:
    """`of >= 0`, or `of > 0`."""
    if of.value is not None:
        return of.value > 0 if strictly else of.value >= 0
    if len(of.terms) == 1:
        inner, factor = of.terms[0]
        bound = -of.constant / factor
        if isinstance(inner, Quotient):
            # factor * inner + constant >= 0 is inner >= bound, or inner <= bound where the factor is negative.
            if factor > 0:
                return _at_least(inner, bound, strictly)
            return neg(_at_least(inner, bound, not strictly))
        if isinstance(inner, Select):
            return _distributed(inner, lambda option: _sign(strictly, add(scale(option, factor), number(of.constant))))
    return _compare(">" if strictly else ">=", of)


def _zero(of: Linear) -> Truth:
    if of.value is not None:
        return of.value == 0
    if len(of.terms) == 1:
        inner, factor = of.terms[0]
        if isinstance(inner, Quotient):
            bound = -of.constant / factor
            return conj(_at_least(inner, bound, False), neg(_at_least(inner, bound, True)))
        if isinstance(inner, Select):
            return _distributed(inner, lambda option: _zero(add(scale(option, factor), number(of.constant))))
    if _negative_first(of):
        of = scale(of, Fraction(-1))
    return _compare("=", of)


def _negative_first(of: Linear) -> bool:
    return of.terms[0][1] < 0


def _distributed(of: Select, test: "Callable[[Linear], Truth]") -> Truth:
    """A test of the option that is chosen."""
    found: list[Truth] = []
    before: list[Truth] = []
    for guard, option in of.options:
        found.append(conj(guard, test(option), *before))
        before.append(neg(guard))
    return disj(*found)


def _compare(comparator: Comparator, of: Linear) -> Truth:
    first = abs(of.terms[0][1])
    if first != 1:
        of = scale(of, 1 / first)
    key = (Compare, comparator, of)
    node = _kept.get(key)
    if node is None:
        node = _kept[key] = Compare(comparator, of)
    return node


def _at_least(of: Quotient, bound: Fraction, strictly: bool) -> Truth:
    """`of >= bound` or `of > bound`, as a comparison of the unrounded quotient: exact, and linear in its two parts."""
    limit, open_end = (
        (bound, strictly) if of.rounding == "exact" else rounding_limit(of.digits, of.rounding, bound, strictly)
    )
    past = subtract(of.above, scale(of.below, limit))
    if of.below.value is not None:
        return _sign(open_end, past if of.below.value > 0 else scale(past, Fraction(-1)))
    positive, negative = _sign(True, of.below), _sign(True, scale(of.below, Fraction(-1)))
    return disj(conj(positive, _sign(open_end, past)), conj(negative, _sign(open_end, scale(past, Fraction(-1)))))


# -- computing
