"""`hyotei.reach` and `hyotei.keep`: the smallest change of actuals or executed amounts that gives another result, or loses one.

Small means: few figures first, then a small sum of their relative changes. Each figure moves on its own grid.
"""

import os
from fractions import Fraction
from math import inf, lcm
from typing import Final, Literal

from hyotei.base import deadline
from hyotei.base.exact import plain
from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.proof import formulas as f
from hyotei.proof.certainty.case_of import case_of
from hyotei.proof.certainty.example_search import fewest, replayed, step_weight
from hyotei.proof.certainty.free_points import FreePoint, known_points
from hyotei.proof.certainty.given_judgments import given_judgments
from hyotei.proof.certainty.margins import exactly, moved_by, stepped_to
from hyotei.proof.certainty.model import REACH_SCHEMA, Move, Open, Reach, Way
from hyotei.proof.certainty.open_case import OpenCase
from hyotei.proof.certainty.point_words import difference_text, text, title
from hyotei.proof.certainty.point_words import subject as subject_of
from hyotei.proof.certainty.turning_values import Way as Direction
from hyotei.proof.certainty.turning_values import nearest
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Linear, Truth
from hyotei.proof.formulas import conj, neg
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.replay import Replay
from hyotei.proof.solver import TIMEOUT, Solver, Values
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.rulebook.model import RESULTS, Rulebook
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet
from hyotei.sheet.figures import RESULTS as RESULT_FIGURES
from hyotei.verdict.case import Case
from hyotei.verdict.supposed_values import results
from hyotei.verdict.verdict import Verdict

LEVERS: Final = tuple(row.path for row in RESULT_FIGURES)
MOST_FIGURES: Final = 3
"""So many figures are moved together before any number of them is tried."""
MOST_WAYS: Final = 5
"""So many ways of several figures are told."""

Goal = Literal["reach", "keep"]
Steps = dict[tuple[str, str], int]
"""How many steps each moved figure goes."""


def reach(
    subject: "Verdict | Sheet",
    value: str,
    rulebook: "Rulebook | str | os.PathLike[str] | None" = None,
    language: Language = "ja",
    timeout: float = TIMEOUT,
    judgments: bool = False,
) -> Reach:
    """The smallest changes of actuals or executed amounts with which a rating or recommendation would come out.

    Args:
        subject: a verdict, or a sheet to be rated.
        value: the rating or recommendation to be reached, such as `A` or `Ⅰ`, full or half width.
        rulebook: as for `hyotei.rate`; by default the verdict's own.
        language: of titles and texts.
        timeout: seconds in all; what takes longer stays open.
        judgments: whether judgments that people gave may move too, a step of their scale at a time.

    Raises:
        HyoteiError: HY940, the rulebook has no such value; or the sheet cannot be rated.
    """
    return _asked(subject, value, rulebook, language, timeout, judgments, "reach")


def keep(
    subject: "Verdict | Sheet",
    value: str,
    rulebook: "Rulebook | str | os.PathLike[str] | None" = None,
    language: Language = "ja",
    timeout: float = TIMEOUT,
    judgments: bool = False,
) -> Reach:
    """The smallest changes of actuals or executed amounts with which a result would be lost, and what just keeps it.

    A better value of an ordered scale keeps it too: who asks for B is not told of what would make it an A.

    Raises:
        HyoteiError: HY940, the rulebook has no such value; HY941, the result is not that good now; or the sheet cannot be rated.
    """
    return _asked(subject, value, rulebook, language, timeout, judgments, "keep")


def _asked(
    subject: "Verdict | Sheet",
    value: str,
    rulebook: "Rulebook | str | os.PathLike[str] | None",
    language: Language,
    timeout: float,
    judgments: bool,
    goal: Goal,
) -> Reach:
    case = case_of(subject, rulebook)
    decision, found = _result(case, value)
    replay = Replay(case.rulebook)
    try:
        with deadline.within(timeout):
            return _Reach(case, replay, goal, decision, found, language, judgments).said()
    finally:
        replay.close()


def _result(case: Case, value: str) -> tuple[str, str]:
    """The result that has this value, and the value as the rulebook spells it."""
    options = {
        (name, each): folded(each)
        for name in RESULTS
        if name in case.rulebook.by_name and name in case.rulebook.scales
        for each in case.rulebook.scales[name].values
    }
    for key, spelled in options.items():
        if spelled == folded(value):
            return key
    values = ", ".join(each for _, each in options) or "-"
    raise HyoteiError(Diagnostic("HY940", params={"value": value, "values": values, "rulebook": case.rulebook.id}))


@dataclass(frozen=True, slots=True)
class _Found:
    steps: Steps
    smallest: bool


class _Reach:
    """One question about one sheet."""

    def __init__(
        self, case: Case, replay: Replay, goal: Goal, decision: str, value: str, language: Language, judgments: bool
    ) -> None:
        self.case, self.replay, self.goal, self.language = case, replay, goal, language
        self.decision, self.value = decision, value
        figures, judged = known_points(case), given_judgments(case) if judgments else ()
        self.known = {point.key: point for point in (*figures, *judged)}
        self.levers = [*(point for point in figures if point.name in LEVERS), *judged]
        self.now = dict(zip(RESULTS, results(case.derivation.steps), strict=True))[decision]
        scale = case.rulebook.scales[decision]
        better = scale.values[: scale.values.index(value)] if scale.ordered and goal == "keep" else ()
        self.kept = (*better, value)
        if goal == "keep" and self.now not in self.kept:
            params = {"value": value, "now": self.now or "-"}
            raise HyoteiError(Diagnostic("HY941", params={**params}))

    def said(self) -> Reach:
        if self.goal == "reach" and self.now == self.value:
            return self.answer("already")
        try:
            ways, why = self.alone(self.levers)
            if not ways and not why:
                ways, why = self.together(OpenCase(self.case, self.levers, moving=True))
            if ways:
                told = [self.way(each) for each in ways]
                if None in told:
                    return self.answer("open", "not_replayable")
                return self.answer("found", why, tuple(each for each in told if each is not None))
            if why:
                return self.answer("open", why)
            try:
                beyond, beyond_why = self.beyond()
            except deadline.OutOfTimeError:
                beyond, beyond_why = None, "timeout"
            return self.answer("never", beyond=beyond, beyond_why=beyond_why)
        except deadline.OutOfTimeError:
            return self.answer("open", "timeout")
        except BeyondProof as met:
            return self.answer("open", "nonlinear" if met.why == "nonlinear" else "unsupported")

    def answer(
        self,
        status: Literal["found", "already", "never", "open"],
        why: Open = "",
        ways: tuple[Way, ...] = (),
        beyond: Way | None = None,
        beyond_why: Open = "",
    ) -> Reach:
        case = self.case
        levers = tuple(point.id for point in self.levers)
        return Reach(
            REACH_SCHEMA, case.sheet.id, case.rulebook.id, case.rulebook.hash, HASH_FORMAT, self.goal, self.decision,
            self.value, status, why, levers, ways, not why, beyond, beyond_why,
        )  # fmt: skip

    def wanted(self, opened: OpenCase) -> Truth:
        there = f.disj(*(opened.is_result(self.decision, each) for each in self.kept))
        return there if self.goal == "reach" else neg(there)

    # -- the search

    def alone(self, points: list[FreePoint]) -> tuple[list[_Found], Open]:
        """The smallest change of each figure that does it alone."""
        found: list[tuple[Fraction, _Found]] = []
        why: Open = ""
        for point in points:
            try:
                opened = OpenCase(self.case, [point], moving=True)
            except deadline.OutOfTimeError:
                why = "timeout"
                break
            ways: tuple[Direction, ...] = (-1, 1)
            edges = [
                nearest(opened, opened.free[point.key], self.wanted(opened), way, lambda: Solver(inf)) for way in ways
            ]
            why = why if all(edge.settled for edge in edges) else "timeout"
            steps = [edge.steps for edge in edges if edge.steps is not None]
            if steps:
                least = min(steps, key=abs)
                settled = all(edge.settled for edge in edges)
                found.append((abs(least) * step_weight(self.case, point), _Found({point.key: least}, settled)))
        return [each for _, each in sorted(found, key=lambda pair: pair[0])], why

    def together(self, opened: OpenCase) -> tuple[list[_Found], Open]:
        """The smallest changes of two figures, else of three, else of as few as will do."""
        solver = Solver(inf)
        solver.assume([*opened.assumed, self.wanted(opened)])
        answer = solver.possible()
        if answer.outcome != "yes" or answer.values is None:
            return [], "" if answer.outcome == "no" else (answer.why or "nonlinear")
        moved = [free.known for free in opened.free.values()]
        found: list[_Found] = []
        size = 1
        while size < len(moved):
            size += 1
            within = fewest(moved, size)
            while len(found) < (MOST_WAYS if size <= MOST_FIGURES else 1):
                answer = solver.possible(within)
                if answer.outcome == "no":
                    break
                if answer.values is None:
                    return found, answer.why or "nonlinear"
                with solver.frame():
                    solver.assume([within])
                    one = self.smallest(solver, opened, answer.values)
                found.append(one)
                solver.assume([neg(conj(*(opened.free[key].known for key in one.steps)))])
            if found:
                return found, "" if len(found) < MOST_WAYS and size <= MOST_FIGURES else "too_many"
        return found, ""

    def smallest(self, solver: Solver, opened: OpenCase, values: Values) -> _Found:
        """By halving, the smallest sum of relative changes that the solver's assumptions allow."""
        cost = self.cost(opened)
        least = -1
        most = Evaluation(values).number(cost)
        settled = True
        while most - least > 1:
            half = Fraction((int(most) + least) // 2)
            answer = solver.possible(f.compared("<=", cost, f.number(half)))
            if answer.values is not None:
                values = answer.values
                most = Evaluation(values).number(cost)
            elif answer.outcome == "no":
                least = int(half)
            else:
                settled = False
                break
        evaluation = Evaluation(values)
        steps = {key: int(evaluation.number(free.steps)) for key, free in opened.free.items() if free.steps is not None}
        return _Found({key: each for key, each in steps.items() if each}, settled)

    def cost(self, opened: OpenCase) -> Linear:
        """The sum of relative changes as a whole number: every figure's step counts so many of a common smallest part."""
        weights = {key: step_weight(self.case, free.point) for key, free in opened.free.items()}
        common = lcm(*(each.denominator for each in weights.values()))
        total = f.ZERO
        for key, free in opened.free.items():
            assert free.steps is not None, "known figures lie on a grid"
            up = f.compared(">=", free.steps, f.ZERO)
            factor = weights[key] * common
            total = f.add(total, f.select([(up, f.scale(free.steps, factor)), (True, f.scale(free.steps, -factor))]))
        return total

    def beyond(self) -> tuple[Way | None, Open]:
        """Where actuals and executions cannot do it: the fewest other known figures with which it can be done."""
        others = [point for point in self.known.values() if point not in self.levers]
        alone, _ = self.alone(others)
        if alone:
            way = self.way(alone[0])
            return way, "" if way is not None else "not_replayable"
        opened = OpenCase(self.case, list(self.known.values()), moving=True)
        solver = Solver(inf)
        solver.assume([*opened.assumed, self.wanted(opened)])
        moved = [[opened.free[point.key].known for point in points] for points in (others, self.known.values())]
        values: Values | None = None
        for truths in moved:
            for most in range(len(truths) + 1):
                answer = solver.possible(fewest(truths, most))
                if answer.outcome == "open" or (answer.outcome == "yes" and answer.values is None):
                    return None, answer.why or "nonlinear"
                if answer.outcome == "yes":
                    values = answer.values
                    solver.assume([fewest(truths, most)])
                    break
            else:
                return None, ""
        assert values is not None, "the last answer was yes"
        evaluation = Evaluation(values)
        chosen = [point for point in self.known.values() if evaluation.truth(opened.free[point.key].known)]
        just = OpenCase(self.case, chosen, moving=True)
        solver = Solver(inf)
        solver.assume([*just.assumed, self.wanted(just)])
        way = self.way(self.smallest(solver, just, values))
        return way, "" if way is not None else "not_replayable"

    # -- what is told

    def way(self, found: _Found) -> Way | None:
        """Changes with their names, derived again; None where they do not do what they should."""
        after = {key: stepped_to(self.known[key], steps) for key, steps in found.steps.items()}
        outcome = replayed(self.replay, self.case, {**after})
        at = dict(zip(RESULTS, outcome, strict=True))[self.decision]
        if (at in self.kept) is not (self.goal == "reach"):
            return None
        keeps = None
        if self.goal == "keep" and len(found.steps) == 1:
            ((key, steps),) = found.steps.items()
            keeps = stepped_to(self.known[key], steps - (1 if steps > 0 else -1))
            kept = replayed(self.replay, self.case, {key: keeps})
            if dict(zip(RESULTS, kept, strict=True))[self.decision] not in self.kept:
                return None
        moves = tuple(self.move(self.known[key], steps, keeps) for key, steps in found.steps.items())
        relative = sum(
            (abs(steps) * step_weight(self.case, self.known[key]) for key, steps in found.steps.items()), Fraction(0)
        )
        rating, budget = outcome
        return Way(moves, str(relative), rating, budget, found.smallest)

    def move(self, point: FreePoint, steps: int, keeps: Scalar | None) -> Move:
        case, language = self.case, self.language
        before, after, change = stepped_to(point, 0), stepped_to(point, steps), moved_by(point, steps)
        return Move(
            point.id,
            title(case, point, language),
            point.unit,
            subject_of(case, point, language),
            exactly(before),
            exactly(after),
            plain(change),
            text(case, point, before, language),
            text(case, point, after, language),
            "" if point.kind == "choice" else difference_text(case, point, change, language),
            str(abs(steps) * step_weight(self.case, point)),
            None if keeps is None else exactly(keeps),
            "" if keeps is None else text(case, point, keeps, language),
        )
