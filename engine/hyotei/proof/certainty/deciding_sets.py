"""Which unknowns decide: minimal sets that can change the verdict, and minimal sets whose knowledge settles it.

Changing: with the set at some values, or some of it still unknown, and everything else unknown as now, the verdict is another.
Settling: once all of the set is known, whatever it is, everything else can be anything without a difference. The two are sought
with the solver; each found set is minimal, and they come smallest first.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from hyotei.base import deadline
from hyotei.proof import formulas as f
from hyotei.proof.certainty.example_search import Search, fewest
from hyotei.proof.certainty.free_points import FreePoint
from hyotei.proof.certainty.model import Open
from hyotei.proof.certainty.open_case import OpenCase
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import conj, disj, neg
from hyotei.proof.solver import Solver
from hyotei.verdict.supposed_values import Outcome

MOST_SETS: Final = 12
"""So many sets of a kind are told."""
MOST_TRIED: Final = 80
"""So many pairs of differing sheets are looked at for settling sets."""
MOST_COMBINATIONS: Final = 100_000
"""So many sets are considered before the search for smallest ones is given up."""

Ids = frozenset[str]


def changing_sets(solver: Solver, opened: OpenCase, now: Outcome) -> tuple[list[Ids], Open]:
    """The minimal sets that by themselves can change the verdict; with a reason where there may be others."""
    found: list[Ids] = []
    try:
        return found, _changing(solver, opened, now, found)
    except deadline.OutOfTimeError:
        return found, "timeout"


def _changing(solver: Solver, opened: OpenCase, now: Outcome, found: list[Ids]) -> Open:
    """Finds them one by one; says why there may be others."""
    known = {free.point.id: free.known for free in opened.free.values()}
    with solver.frame():
        solver.assume(opened.assumed)
        solver.assume([neg(opened.is_outcome(now))])
        size = 1
        while len(found) < MOST_SETS:
            within = fewest(known.values(), size)
            answer = solver.possible(within)
            if answer.outcome == "open" or (answer.outcome == "yes" and answer.values is None):
                return answer.why or "nonlinear"
            if answer.values is not None:
                one = frozenset(each for each, truth in known.items() if Evaluation(answer.values).truth(truth))
                found.append(one)
                solver.assume([neg(conj(*(known[each] for each in one)))])
                continue
            if size >= len(known):
                return ""
            # Is there anything larger at all?
            larger = solver.possible()
            if larger.outcome == "no":
                return ""
            size += 1
    return "too_many"


def differing(first: OpenCase, second: OpenCase) -> Truth:
    """Whether two ways for things to turn out lead to different verdicts."""
    same = []
    for name, value in first.results.items():
        texts = sorted({leaf for _, leaf in (*value.cases, *second.results[name].cases) if isinstance(leaf, str)})
        options: list[str | None] = [*texts, None]
        same.append(disj(*(conj(first.is_result(name, each), second.is_result(name, each)) for each in options)))
    return neg(conj(*same))


def agreeing(first: OpenCase, second: OpenCase, point: FreePoint, known: bool) -> Truth:
    """Whether a point is the same in both: known and of one value, or (unless it must be known) still unknown in both."""
    one, other = first.free[point.key], second.free[point.key]
    if point.kind == "number":
        equal = f.compared("=", one.number, other.number)
    else:
        equal = disj(*(conj(guard, other.value.holds(leaf)) for guard, leaf in one.value.cases))
    both = conj(one.known, other.known, equal)
    return both if known else disj(both, conj(neg(one.known), neg(other.known)))


def mattering(solver: Solver, first: OpenCase, second: OpenCase) -> Iterator[tuple[FreePoint, bool | None]]:
    """For each point whether it alone can make a difference while all the others are anything, but the same."""
    with solver.frame():
        solver.assume([*first.assumed, *second.assumed, differing(first, second)])
        for point in first.points:
            others = [agreeing(first, second, each, known=False) for each in first.points if each is not point]
            answer = solver.possible(*others)
            yield point, {"yes": True, "no": False, "open": None}[answer.outcome]


def settling_sets(
    solver: Solver, first: OpenCase, second: OpenCase, points: Sequence[FreePoint]
) -> tuple[list[Ids], Open]:
    """The minimal sets whose knowledge settles the verdict, found as smallest sets that hit every known difference."""
    found: list[Ids] = []
    try:
        return found, _settling(solver, first, second, points, found)
    except deadline.OutOfTimeError:
        return found, "timeout"


def _settling(solver: Solver, first: OpenCase, second: OpenCase, points: Sequence[FreePoint], found: list[Ids]) -> Open:
    """Finds them one by one; says why there may be others."""
    differences: list[Ids] = []
    by_id = {point.id: point for point in points}
    agree = {point.id: agreeing(first, second, point, known=True) for point in points}
    with solver.frame():
        solver.assume([*first.assumed, *second.assumed, differing(first, second)])
        while len(differences) < MOST_TRIED and len(found) < MOST_SETS:
            candidate, tried_all = _smallest_hit(by_id, differences, found)
            if candidate is None:
                return "" if tried_all else "too_many"
            answer = solver.possible(*(agree[each] for each in candidate))
            if answer.outcome == "no":
                found.append(candidate)
                continue
            if answer.values is None:
                return answer.why or "nonlinear"
            with solver.frame():
                # As few differences as can be: each must be hit by every settling set.
                solver.assume(agree[each] for each in candidate)
                search = Search(solver, first, answer.values)
                for each in by_id:
                    if each not in candidate:
                        search.prefer(agree[each])
                evaluation = Evaluation(search.found)
                differences.append(frozenset(each for each in by_id if not evaluation.truth(agree[each])))
    return "too_many"


def _smallest_hit(by_id: "dict[str, FreePoint]", differences: list[Ids], found: list[Ids]) -> tuple[Ids | None, bool]:
    """The smallest set that has something of every difference and holds no set that was found; and whether all were tried."""
    forced = frozenset().union(*(one for one in differences if len(one) == 1))
    rest = [one for one in differences if not one & forced]
    useful = [each for each in by_id if each not in forced and any(each in one for one in differences)]
    tried = 0
    for size in range(len(useful) + 1):
        for chosen in combinations(useful, size):
            tried += 1
            if tried % 1000 == 0:
                deadline.check_deadline()
            if tried > MOST_COMBINATIONS:
                return None, False
            one = forced.union(chosen)
            if all(one & each for each in rest) and not any(each <= one for each in found):
                return one, True
    return None, True
