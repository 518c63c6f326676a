"""Formulas over the figures of a sheet that nobody has filled in yet: truths, and exact linear expressions.

They know no solver: they can be computed for given figures, walked, and handed to Z3 by `solver.py`. A truth is a Python bool
as soon as it is one. Truths are kept once each, so that equal ones are the same object.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from fractions import Fraction
from typing import Final, Literal, TypeAlias
from weakref import WeakValueDictionary

from hyotei.base.exact import Division, Rounding
from hyotei.lazy_dataclass import dataclass

Comparator = Literal[">=", ">", "="]
Assignment = Mapping["Switch | Variable", "bool | Fraction"]
"""Values of the unknowns of a formula."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Switch:
    """A truth that is free."""

    name: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A number that is free; `whole` ones are integers."""

    name: str
    whole: bool = False

    @property
    def size(self) -> "tuple[int, int]":
        return 1, 0


class _Node:
    """A truth made of others; equal ones are one object, so they are compared by identity."""

    __slots__ = ("__weakref__", "parts")

    def __init__(self, parts: tuple["Truth", ...]) -> None:
        self.parts = parts


class And(_Node):
    """All parts are true."""

    __slots__ = ()


class Or(_Node):
    """One part is true."""

    __slots__ = ()


class Not(_Node):
    """The one part is false."""

    __slots__ = ()


class Compare:
    """`number >= 0`, `number > 0` or `number = 0`."""

    __slots__ = ("__weakref__", "comparator", "number")

    def __init__(self, comparator: Comparator, number: "Linear") -> None:
        self.comparator, self.number = comparator, number


Truth: TypeAlias = bool | Switch | And | Or | Not | Compare


@dataclass(frozen=True, slots=True)
class Product:
    """`left * right`, neither of them constant."""

    left: "Linear"
    right: "Linear"
    size: "tuple[int, int]" = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        (a, b), (c, d) = _size(self.left), _size(self.right)
        object.__setattr__(self, "size", (a + c, b + d))


@dataclass(frozen=True, slots=True)
class Quotient:
    """`above / below`, exact or brought to `digits` decimals. Where `below` is zero it means nothing; a guard stands before it."""

    above: "Linear"
    below: "Linear"
    digits: int
    rounding: Division
    size: "tuple[int, int]" = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        (a, b), (c, d) = _size(self.above), _size(self.below)
        found = (a + d, b + c) if self.rounding == "exact" else (a + b + c + d, 0)
        object.__setattr__(self, "size", found)


@dataclass(frozen=True, eq=False, slots=True)
class Select:
    """The number beside the first guard that is true; one of them always is."""

    options: tuple[tuple[Truth, "Linear"], ...]
    size: "tuple[int, int]" = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        sizes = [_size(option) for _, option in self.options]
        object.__setattr__(self, "size", (max(above for above, _ in sizes), max(below for _, below in sizes)))


Term: TypeAlias = Variable | Product | Quotient | Select


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of multiples of terms, and a constant."""

    terms: tuple[tuple[Term, Fraction], ...]
    constant: Fraction

    @property
    def value(self) -> Fraction | None:
        """The number, where it is one."""
        return None if self.terms else self.constant


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
    return max(_size(of))


def _size(of: Linear) -> tuple[int, int]:
    """The degrees of numerator and denominator: terms with denominators of their own are brought to one."""
    below = sum(inner.size[1] for inner, _ in of.terms)
    return max((inner.size[0] + below - inner.size[1] for inner, _ in of.terms), default=0), below


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
        (bound, strictly) if of.rounding == "exact" else _stepping(of.digits, of.rounding, bound, strictly)
    )
    past = subtract(of.above, scale(of.below, limit))
    if of.below.value is not None:
        return _sign(open_end, past if of.below.value > 0 else scale(past, Fraction(-1)))
    positive, negative = _sign(True, of.below), _sign(True, scale(of.below, Fraction(-1)))
    return disj(conj(positive, _sign(open_end, past)), conj(negative, _sign(open_end, scale(past, Fraction(-1)))))


def _stepping(digits: int, rounding: Rounding, bound: Fraction, strictly: bool) -> "tuple[Fraction, bool]":
    """The limit that a number must reach, or pass where the second is true, for the rounded one to be `>= bound` or `> bound`."""
    step = Fraction(1, 10**digits) if digits >= 0 else Fraction(10**-digits)
    # The least multiple of the step that satisfies the comparison.
    least = -((-bound) // step)
    if strictly and bound == least * step:
        least += 1
    goal = least * step
    half = goal - step / 2
    match rounding:
        case "floor":
            limit, open_end = goal, False
        case "ceiling":
            limit, open_end = goal - step, True
        case "down":
            limit, open_end = (goal, False) if least > 0 else (goal - step, True)
        case "up":
            limit, open_end = (goal - step, True) if least > 0 else (goal, False)
        case "half_up":
            limit, open_end = half, least <= 0
        case "half_down":
            limit, open_end = half, least > 0
        case "half_even":
            limit, open_end = half, least % 2 == 1
    return limit, open_end


# -- computing


def ordered(of: Truth, done: "Callable[[Truth], bool]") -> "Iterator[And | Or | Not | Compare]":
    """The formulas within that are not done yet, each after its parts; the tables of a rulebook nest them deeply."""
    waiting: list[tuple[Truth, bool]] = [(of, False)]
    met: set[int] = set()
    while waiting:
        node, ready = waiting.pop()
        if isinstance(node, (bool, Switch)) or (not ready and (id(node) in met or done(node))):
            continue
        if ready or isinstance(node, Compare):
            met.add(id(node))
            yield node
            continue
        met.add(id(node))
        waiting.append((node, True))
        waiting.extend((part, False) for part in node.parts)


def rounded(value: Fraction, digits: int, rounding: Rounding) -> Fraction:
    """A fraction brought to `digits` decimals."""
    step = Fraction(1, 10**digits) if digits >= 0 else Fraction(10**-digits)
    low, rest = divmod(value, step)
    if rest:
        twice = 2 * rest
        up = {
            "floor": False,
            "ceiling": True,
            "down": value < 0,
            "up": value > 0,
            "half_up": twice > step or (twice == step and value > 0),
            "half_down": twice > step or (twice == step and value < 0),
            "half_even": twice > step or (twice == step and low % 2 == 1),
        }[rounding]
        low += up
    return low * step


class Evaluation:
    """What formulas come to for given values of their unknowns; what is not given is false, or 0."""

    def __init__(self, values: Assignment) -> None:
        self.values = values
        self._known: dict[int, tuple[object, bool]] = {}

    def truth(self, of: Truth) -> bool:
        known = self._known
        for part in ordered(of, lambda node: id(node) in known):
            # The formula is kept beside its value, so that its identity stays its own.
            known[id(part)] = part, self._truth(part)
        return self._read(of)

    def _read(self, of: Truth) -> bool:
        if isinstance(of, bool):
            return of
        if isinstance(of, Switch):
            return bool(self.values.get(of, False))
        return self._known[id(of)][1]

    def _truth(self, of: "And | Or | Not | Compare") -> bool:
        if isinstance(of, And):
            return all(map(self._read, of.parts))
        if isinstance(of, Or):
            return any(map(self._read, of.parts))
        if isinstance(of, Not):
            return not self._read(of.parts[0])
        found = self.number(of.number)
        return found > 0 if of.comparator == ">" else found >= 0 if of.comparator == ">=" else found == 0

    def number(self, of: Linear) -> Fraction:
        total = of.constant
        for inner, factor in of.terms:
            total += factor * self._term(inner)
        return total

    def _term(self, of: Term) -> Fraction:
        match of:
            case Variable():
                return Fraction(self.values.get(of, 0))
            case Product(left, right):
                return self.number(left) * self.number(right)
            case Quotient(above, below, digits, rounding):
                divisor = self.number(below)
                if not divisor:
                    return Fraction(0)
                quotient = self.number(above) / divisor
                return quotient if rounding == "exact" else rounded(quotient, digits, rounding)
            case Select(options):
                return next((self.number(option) for guard, option in options if self.truth(guard)), Fraction(0))
