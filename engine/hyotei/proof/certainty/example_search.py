"""From a formula that can be true to values that show it: as few unknowns as will do, as round as will do, and replayed."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hyotei.proof import formulas as f
from hyotei.proof.certainty.filled_sheets import Key, filled
from hyotei.proof.certainty.free_points import FreePoint
from hyotei.proof.certainty.open_case import Free, OpenCase
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import neg
from hyotei.proof.fraction_rounding import rounded
from hyotei.proof.replay import Replay
from hyotei.proof.solver import Solver, Values
from hyotei.rulebook.values import Scalar
from hyotei.sheet import BudgetYear, Measure, Quantity, YearPoint
from hyotei.sheet.figures import ACTUAL, BASELINE, EXECUTED, INITIAL, TARGET, TOTAL, FigureRow
from hyotei.verdict.case import Case
from hyotei.verdict.supposed_values import Outcome, results

_SHARES: Final = tuple(Fraction(each, 100) for each in (100, 50, 80, 90, 70, 60, 40, 30, 20, 10, 120, 150, 200, 0))
_DIGITS: Final = (1, 2, 3, 4, 6, 9)
_PLAIN: Final = tuple(map(Fraction, (100, 10, 0, 50, 1, 1000)))


def fewest(truths: Iterable[Truth], most: int) -> Truth:
    """At most so many of them hold."""
    total = f.ZERO
    for each in truths:
        total = f.add(total, f.select([(each, f.ONE), (True, f.ZERO)]))
    return f.compared("<=", total, f.number(most))


class Search:
    """The search for values of what is free in one case. It takes the solver for itself, within a frame."""

    def __init__(self, solver: Solver, opened: OpenCase, values: Values) -> None:
        self.solver, self.opened, self.found = solver, opened, values

    def prefer(self, wish: Truth) -> bool:
        """Keeps a wish where it can be had."""
        if not Evaluation(self.found).truth(wish):
            answer = self.solver.possible(wish)
            if answer.values is None:
                return False
            self.found = answer.values
        self.solver.assume([wish])
        return True

    def few(self) -> None:
        """Leaves as much unknown, or unmoved, as can be."""
        known = [free.known for free in self.opened.free.values()]
        for most in range(4):
            if self.prefer(fewest(known, most)):
                break
        for each in known:
            self.prefer(neg(each))

    def round(self) -> None:
        """Makes the numbers that are known round, in the proportion of what stands beside them."""
        for free in self.opened.free.values():
            evaluation = Evaluation(self.found)
            if free.point.kind != "number" or not evaluation.truth(free.known):
                continue
            for candidate in self.candidates(free):
                if self.prefer(f.compared("=", free.number, f.number(candidate))):
                    break

    def candidates(self, free: Free) -> Iterator[Fraction]:
        near = beside(self.opened.case, free.point)
        if near:
            for share in _SHARES:
                yield _significant(share * near, 2)
                yield share * near
        yield from _PLAIN
        for digits in _DIGITS:
            yield _significant(Evaluation(self.found).number(free.number), digits)
        yield Evaluation(self.found).number(free.number)

    def values(self) -> "dict[Key, Scalar] | None":
        """What has become known; None where a number has no end as a decimal."""
        try:
            return self.opened.values(Evaluation(self.found))
        except ValueError:
            return None


def replayed(replay: Replay, case: Case, values: "dict[Key, Scalar]") -> Outcome:
    """The results of the sheet with these values, on which both engines agree."""
    sheet, supposed = filled(case.sheet, values)
    return results(replay.derive(sheet, supposed).steps)


def _significant(number: Fraction, digits: int) -> Fraction:
    """The number brought to so many significant digits."""
    if not number:
        return number
    places = digits - len(str(int(abs(number)))) if abs(number) >= 1 else digits + 1
    return rounded(number, places, "half_even")


def beside(case: Case, point: FreePoint) -> Fraction | None:
    """The known figure, other than 0, that a person would compare with: the target of an actual, the total of an execution."""
    model = case.units[point.unit].model
    order: Sequence[FigureRow] = ()
    if isinstance(model, Measure):
        order = (TARGET, ACTUAL, BASELINE)
    elif isinstance(model, YearPoint):
        order = (TARGET, ACTUAL)
    elif isinstance(model, BudgetYear):
        order = (TOTAL, INITIAL, EXECUTED)
    for row in order:
        quantity: Quantity = getattr(model, row.field)
        if row.path != point.name and isinstance(quantity.value, Decimal) and quantity.value:
            return Fraction(quantity.value)
    return None


def step_weight(case: Case, point: FreePoint) -> Fraction:
    """How much one step is in proportion to the figure; of a figure that is 0, to what it is compared with.

    Of a judgment it is in proportion to its whole scale.
    """
    assert point.grid.step is not None, "known figures lie on a grid"
    if point.kind == "choice":
        return Fraction(1, max(1, len(point.options) - 1))
    return point.grid.step / (abs(point.grid.base) or abs(beside(case, point) or Fraction(1)))
