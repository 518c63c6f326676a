"""Where, as one number alone moves, the verdict becomes another: exact, without the solver wherever the formulas are linear.

Every comparison of a linear formula in one number changes at one place. Between two such places nothing changes, so the
numbers just at and beside them tell everything.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.proof import formulas as f
from hyotei.proof.certainty.open_case import Free, OpenCase
from hyotei.proof.formula_evaluation import Evaluation, ordered
from hyotei.proof.formula_nodes import Compare, Linear, Select, Truth, Variable
from hyotei.proof.solver import Solver

Way = Literal[-1, 1]


@dataclass(frozen=True, slots=True)
class Edge:
    """The nearest step, that many from the base, at which something holds; `steps` is None where it never does.

    `settled` is False where that could not be found out.
    """

    steps: int | None
    settled: bool = True


def roots(opened: OpenCase, of: Variable) -> list[Fraction] | None:
    """The places at which any comparison behind the results, or of what is possible, changes as `of` alone moves.

    None where they are not linear.
    """
    found: set[Fraction] = set()
    met: set[int] = set()
    waiting: list[Truth] = [guard for value in opened.results.values() for guard, _ in value.cases] + opened.assumed
    kept: list[object] = []  # so that identities stay their own
    while waiting:
        for node in ordered(waiting.pop(), lambda each: id(each) in met):
            met.add(id(node))
            kept.append(node)
            if not isinstance(node, Compare):
                continue
            line = _line(node.number, of, waiting)
            if line is None:
                return None
            found |= {-constant / factor for factor, constant in line if factor}
    return sorted(found)


def _line(number: Linear, of: Variable, waiting: list[Truth]) -> list[tuple[Fraction, Fraction]] | None:
    """The factor and constant of a formula in one number; one for each option of a choice within. Guards are left to be seen."""
    lines = [(Fraction(0), number.constant)]
    for inner, factor in number.terms:
        match inner:
            case Variable():
                parts = [(factor, Fraction(0))] if inner == of else None
            case Select(options):
                parts = []
                for guard, option in options:
                    waiting.append(guard)
                    line = _line(option, of, waiting)
                    if line is None:
                        return None
                    parts += [(factor * a, factor * b) for a, b in line]
            case _:
                parts = None
        if parts is None or len(parts) * len(lines) > 64:
            return None
        lines = [(a + c, b + d) for a, b in lines for c, d in parts]
    return lines


def nearest(opened: OpenCase, free: Free, wanted: Truth, way: Way, solver: Callable[[], Solver]) -> Edge:
    """The first step down or up from the base at which `wanted` holds, the only free number being `free`."""
    assert free.steps is not None, "only numbers on a grid are moved"
    (of, _), *_ = free.steps.terms
    assert isinstance(of, Variable)
    ends = roots(opened, of)
    if ends is None:
        return _asked(opened, free.steps, wanted, way, solver())
    for step in sorted({step for end in ends for step in _beside(end)}, key=abs):
        if step * way > 0:
            evaluation = Evaluation({of: Fraction(step)})
            if all(map(evaluation.truth, opened.assumed)) and evaluation.truth(wanted):
                return Edge(step)
    # Beyond the last place nothing changes any more.
    return Edge(None)


def _beside(place: Fraction) -> Iterator[int]:
    floor = place.numerator // place.denominator
    yield from (floor - 1, floor, floor + 1, floor + 2)


def _asked(opened: OpenCase, steps: Linear, wanted: Truth, way: Way, solver: Solver) -> Edge:
    """By halving: the solver is asked again and again for something nearer."""
    away = f.scale(steps, Fraction(way))
    solver.assume(opened.assumed)
    solver.assume([wanted, f.compared(">=", away, f.ONE)])
    least, found = 0, None
    while found is None or found - least > 1:
        within = () if found is None else (f.compared("<=", away, f.number((least + found) // 2)),)
        answer = solver.possible(*within)
        if answer.outcome == "yes" and answer.values is not None:
            found = int(Evaluation(answer.values).number(away))
        elif answer.outcome == "no" and found is None:
            return Edge(None)
        elif answer.outcome == "no" and found is not None:
            least = (least + found) // 2
        else:
            return Edge(None if found is None else way * found, settled=False)
    return Edge(way * found)
