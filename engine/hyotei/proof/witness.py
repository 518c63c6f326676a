"""From possible to concrete: a sheet that shows what the solver found, with as few parts and as round figures as will do.

The solver gives any values. One preference after the other is tried, from the presence of units to the digits of figures, and kept
where the question still has an answer. What comes out is a real sheet; whether it shows what it should is for `replay.py` to say.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from hyotei.base import deadline
from hyotei.compare.model import Why
from hyotei.proof import formulas as f
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Linear, Truth, Variable
from hyotei.proof.formulas import neg
from hyotei.proof.fraction_rounding import rounded
from hyotei.proof.guarded_values import GuardedValue
from hyotei.proof.sheet_shapes import Place
from hyotei.proof.solver import Solver, Values
from hyotei.rulebook.types import MONEY
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import NO_QUALIFIER
from hyotei.sheet.numerals import DECIMALS
from hyotei.sheet.scopes import SCOPES

_ROUND: Final = tuple(
    map(Fraction, (100, 50, 80, 120, 0, 10, 90, 60, 70, 40, 30, 20, 150, 200, 300, 1, 2, 3, 5, 500, 1000))
)
_MONEY: Final = tuple(
    Fraction(each) * 10**6 for each in (100, 50, 80, 90, 120, 0, 95, 10, 40, 60, 20, 30, 70, 150, 200, 1)
)
_RATIOS: Final = tuple(
    Fraction(each, 100) for each in (100, 50, 0, 80, 90, 70, 60, 40, 95, 30, 20, 10, 120, 150, 200, 5)
)
_COUNTS: Final = tuple(map(Fraction, (*range(11), 12, 15, 20, 50, 100, 1000)))
_YEARS: Final = ((2001, 2030), (1989, 2050), (1926, 2100))
"""Spans of fiscal years, the most plausible first."""
_DIGITS: Final = (0, 1, 2, 3, 4, 6, 9, 12)
_PREFERRED: Final = (NO_QUALIFIER, "increase", "net", "", True, Unknown("missing"))


class Concretiser:
    """The search for small and round figures for which `wanted` holds. It takes the solver for itself."""

    def __init__(self, solver: Solver, inputs: Inputs, wanted: Sequence[Truth]) -> None:
        self.solver, self.inputs = solver, inputs
        self.wanted = wanted
        self.values: Values = {}
        self.why: Why = ""

    def solve(self) -> bool:
        """Whether there is any answer at all."""
        self.solver.assume(self.inputs.assumed)
        self.solver.assume(self.wanted)
        found = self.solver.possible()
        self.values = found.values or {}
        self.why = found.why if found.outcome != "yes" or found.values is not None else "nonlinear"
        return found.outcome == "yes" and not self.why

    def prefer(self, wish: Truth) -> bool:
        """Keeps a wish where it can be had."""
        if wish is True:
            return True
        if wish is False:
            return False
        if not Evaluation(self.values).truth(wish):
            found = self.solver.possible(wish)
            if found.values is None:
                return False
            self.values = found.values
        self.solver.assume([wish])
        return True

    def refine(self, *roots: Place) -> bool:
        """Makes everything as small, usual and round as can be; False where no figures could be found that a sheet can state."""
        for root in roots:
            for scope in SCOPES[1:]:
                for place in reversed(root.below(scope)):
                    self.prefer(neg(place.present))
        for name, value in list(self.inputs.choices.items()):
            if not name.endswith(("#range", "#ends")):
                self.usual(value)
        for name in sorted(self.inputs.numbers, key=self.importance):
            self.round(name, self.inputs.numbers[name])
        return _all_can_be_stated(self.values)

    def tries(self, *roots: Place) -> "Iterator[Values]":
        """Values to be tried as a sheet: refined in half of the time that is left, then as they were found at first.

        The first ones are kept because refining may lose what can be shown, whenever it runs out of time.
        """
        first = self.values
        with deadline.share(2):
            refined = self.refine(*roots)
        if refined:
            yield self.values
        if self.values is not first and _all_can_be_stated(first):
            yield first

    def usual(self, value: GuardedValue) -> None:
        """The most usual outcome that will do: a known number before a reason, and what a sheet has when it says nothing."""
        if value.numbers and self.prefer(f.disj(*(guard for guard, _ in value.numbers))):
            return
        for leaf in _PREFERRED:
            if value.holds(leaf) is not False and self.prefer(value.holds(leaf)):
                return
        for guard, _ in value.cases:
            if self.prefer(guard):
                return

    def round(self, name: str, number: Linear) -> None:
        """The roundest number that will do, near zero before far, above before below."""
        (of, _), *_ = number.terms
        assert isinstance(of, Variable)
        if self.is_year(name):
            self.plausible(number)
        if not of.whole:
            self.prefer(f.compared(">=", number, f.ZERO))
        if self.is_money(name):
            for candidate in _MONEY:
                if self.prefer(f.compared("=", number, f.number(candidate))):
                    return
            # Nobody prints parts of a yen.
            self.prefer(f.compared("=", number, f.term(Variable(f"{name}#yen", whole=True))))
        for candidate in self.candidates(name, of):
            if self.prefer(f.compared("=", number, f.number(candidate))):
                return

    def plausible(self, year: Linear) -> None:
        """A fiscal year that sheets are of, or as near to it as will do."""
        for first, last in _YEARS:
            bounds = f.compared(">=", year, f.number(first)), f.compared("<=", year, f.number(last))
            if self.prefer(f.conj(*bounds)):
                return

    def is_money(self, name: str) -> bool:
        figure = self.inputs.figures.get(name)
        return figure.type == MONEY if figure is not None else self.inputs.dimensions.get(name) == "money"

    def is_year(self, name: str) -> bool:
        figure = self.inputs.figures.get(name)
        return figure is not None and figure.year

    def importance(self, name: str) -> tuple[int, str]:
        """In which order numbers are made round: with a target of 100, an actual of 70 is 70%."""
        figure = self.inputs.figures.get(name)
        chosen = None if figure is None else 0 if figure.year else figure.row.chosen
        return (len(self.inputs.numbers) if chosen is None else chosen), name

    def candidates(self, name: str, of: Variable) -> Iterator[Fraction]:
        now = Fraction(self.values.get(of, 0))
        if of.whole:
            year = self.inputs.rulebook.last_year or self.inputs.rulebook.first_year or 2012
            if self.is_year(name):
                yield from map(Fraction, (year, year - 1, year + 1, year - 2, year + 2))
            else:
                yield from _COUNTS
            yield now
            return
        dimension = self.inputs.dimensions.get(name)
        if dimension == "ratio":
            yield from _RATIOS
        elif not self.is_money(name):
            yield from _ROUND
        for digits in _DIGITS:
            yield rounded(now, digits, "half_even")
            # Another question may have moved it meanwhile.
            now = Fraction(self.values.get(of, 0))
        yield now


def _all_can_be_stated(values: Values) -> bool:
    return all(_can_be_stated(Fraction(value)) for name, value in values.items() if isinstance(name, Variable))


def _can_be_stated(fraction: Fraction) -> bool:
    """Whether it has an end as a decimal, and no more digits after the point than a figure may have."""
    most: int = 10**DECIMALS
    return most % fraction.denominator == 0
