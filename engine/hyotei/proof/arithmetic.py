"""What calculations and aggregates come to over values that are formulas: as exact as the reference, or beyond proof."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hyotei.proof import formulas as f
from hyotei.proof import unit_lists
from hyotei.proof.formula_nodes import Linear, Truth
from hyotei.proof.formulas import conj
from hyotei.proof.guarded_values import GuardedValue, Leaf, calculated, compact, constant, lifted, number_of
from hyotei.proof.proof_limits import MOST_DIGITS, BeyondProof, all_within_reach, within_reach
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.number_size import size_of
from hyotei.rulebook.reference import ROUNDINGS, calculate


class Arithmetic:
    """Calculations of one rulebook, which says how divisions are rounded."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook: Final = rulebook
        self.divide: Final = unit_lists.DivideValues(rulebook.digits, rulebook.rounding)

    def calculation(self, operator: str, left: GuardedValue, right: GuardedValue) -> GuardedValue:
        """A sum, difference, product, quotient or power."""
        match operator:
            case "+":
                return calculated(lambda one, other: within_reach(f.add(one, other)), left, right)
            case "-":
                return calculated(lambda one, other: within_reach(f.subtract(one, other)), left, right)
            case "*":
                return calculated(self._times, left, right)
            case "/":
                return all_within_reach(self.divide(left, right))
            case _:
                return calculated(self._power, left, right)

    def _times(self, left: Linear, right: Linear) -> Leaf | GuardedValue:
        if left.value is not None and right.value is not None:
            return self._constant("*", left, right)
        return within_reach(f.multiply(left, right))

    def _power(self, left: Linear, right: Linear) -> Leaf | GuardedValue:
        if right.value is None:
            raise BeyondProof("nonlinear")
        if left.value is not None:
            return self._constant("**", left, right)
        found = f.ONE
        for _ in range(int(right.value)):
            found = within_reach(f.multiply(found, left))
        return found

    def _constant(self, operator: str, left: Linear, right: Linear) -> Leaf | GuardedValue:
        """Of two constants, as the reference has it: what outgrows every figure is unknown there."""
        found = calculate(operator, number_of(left.constant), number_of(right.constant), self.rulebook)
        if isinstance(found, Decimal) and size_of(Fraction(found)).bar > MOST_DIGITS:
            # What a figure comes to with such a number may have outgrown every figure, which formulas do not tell.
            raise BeyondProof("huge")
        return constant(found)

    def aggregated(self, function: t.AggregateName, values: "Sequence[tuple[Truth, GuardedValue]]") -> GuardedValue:
        """An aggregate over values of which each is there or not."""
        match function:
            case "count":
                return unit_lists.count([present for present, _ in values])
            case "count true":
                return unit_lists.count([conj(present, value.true) for present, value in values])
            case "sum":
                return all_within_reach(unit_lists.total(values))
            case "all" | "any":
                return unit_lists.folded(values, every=function == "all")
            case "mean":
                return all_within_reach(unit_lists.mean(values, self.divide))
            case _:
                return unit_lists.extreme(values, greatest=function == "max")


def on_number(function: Callable[[Linear], Leaf | GuardedValue], value: GuardedValue) -> GuardedValue:
    """A function of one number; unknown stays unknown."""
    return lifted(lambda leaf: function(leaf) if isinstance(leaf, Linear) else leaf, compact(value))


def negative(number: Linear) -> Linear:
    """The number with the other sign."""
    return f.scale(number, Fraction(-1))


def rounded(function: t.RoundingName, digits: int, number: Linear) -> Linear:
    """The number rounded to so many decimals."""
    return f.round_to(number, digits, ROUNDINGS[function])


def absolute(number: Linear) -> Linear:
    """The number without its sign."""
    if number.value is not None:
        return f.number(abs(number.value))
    return f.select([(f.compared(">=", number, f.ZERO), number), (True, f.scale(number, Fraction(-1)))])
