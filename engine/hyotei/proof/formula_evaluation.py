"""What formulas come to for given values of their unknowns."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from hyotei.proof.formula_nodes import (
    And,
    Assignment,
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
    Variable,
)
from hyotei.proof.fraction_rounding import rounded


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
