"""`hyotei.certain`: whether a verdict is certain whatever the unknown figures are, and if not, what else it could be."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from math import inf
from typing import Final

from hyotei.base import deadline
from hyotei.base.deadline import Watch, unwatched
from hyotei.messages import Language, wording
from hyotei.proof.certainty.case_of import case_of
from hyotei.proof.certainty.deciding_sets import changing_sets, mattering, settling_sets
from hyotei.proof.certainty.effects import effects
from hyotei.proof.certainty.example_search import Search, replayed
from hyotei.proof.certainty.filled_sheets import Key, filled
from hyotei.proof.certainty.free_points import FreePoint, known_points, unknown_points
from hyotei.proof.certainty.given_judgments import given_judgments, otherwise
from hyotei.proof.certainty.margins import margin
from hyotei.proof.certainty.model import (
    CERTAIN_SCHEMA,
    Certainty,
    FigureMargin,
    Open,
    OpenPoint,
    PossibleVerdict,
    Sets,
    Value,
)
from hyotei.proof.certainty.open_case import OpenCase
from hyotei.proof.certainty.point_words import open_point, value_of
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formulas import neg
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.replay import Replay
from hyotei.proof.solver import Solver
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.term_words import figure_title
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet
from hyotei.verdict.case import Case
from hyotei.verdict.supposed_values import Outcome, results
from hyotei.verdict.verdict import Verdict

CERTAIN_TIMEOUT: Final = 30.0
"""Seconds for all of it unless the caller says otherwise."""

Found = tuple[Outcome, dict[Key, Scalar], bool]
"""A verdict that is possible, what has become known for it, and whether both engines gave it."""


def certain(
    subject: "Verdict | Sheet",
    rulebook: "Rulebook | str | os.PathLike[str] | None" = None,
    language: Language = "ja",
    timeout: float = CERTAIN_TIMEOUT,
    margins: bool = True,
    watch: Watch = unwatched,
    judgments: bool = False,
) -> Certainty:
    """Whether the verdict stays whatever the unknown figures are, all of them together.

    Args:
        subject: a verdict, or a sheet to be rated.
        rulebook: as for `hyotei.rate`; by default the verdict's own.
        language: of titles and texts.
        timeout: seconds for all of it; what they do not suffice for stays open.
        margins: whether the margins of the known figures are worked out too.
        watch: told how far it is.
        judgments: whether judgments that people gave could be anything else too.

    Raises:
        HyoteiError: the sheet cannot be rated, or the two engines differ on an example, which is a defect of Hyotei.

    Example:
        >>> import hyotei
        >>> found = hyotei.certain(hyotei.read_sheet(hyotei.cases_folder() / "mic-24-15" / "sheet.yaml"))
        >>> found.status, [(each.rating, each.budget) for each in found.verdicts]
        ('uncertain', [('A', 'Ⅱ'), ('A', 'Ⅲ'), ('B', 'Ⅱ'), ('B', 'Ⅲ')])
    """
    case = case_of(subject, rulebook)
    replay = Replay(case.rulebook)
    try:
        with deadline.within(timeout):
            return _Certain(case, replay, language, margins, watch, judgments).said()
    finally:
        replay.close()


class _Certain:
    """One sheet, asked about everything."""

    def __init__(
        self, case: Case, replay: Replay, language: Language, margins: bool, watch: Watch, judgments: bool
    ) -> None:
        self.case, self.replay, self.language = case, replay, language
        self.known = known_points(case) if margins else []
        self.watch, self.done = watch, 0
        self.now = results(case.derivation.steps)
        self.points = unknown_points(case)
        if judgments:
            self.points = replace(self.points, free=(*self.points.free, *map(otherwise, given_judgments(case))))
        self.why: Open = ""
        self.by_key = {point.key: point for point in self.points.free}

    def said(self) -> Certainty:
        case = self.case
        found: list[Found] = []
        matters: dict[str, bool | None] = {}
        changing = settling = Sets((), False)
        try:
            with deadline.share(2):
                opened = OpenCase(case, self.points.free, "")
                self.verdicts(opened, found)
            self.told()
            # What decides may stay open where the verdicts are all known.
            with deadline.share(2), suppress(deadline.OutOfTimeError):
                changing, settling = self.deciding(opened, matters)
        except deadline.OutOfTimeError:
            self.why = "timeout"
        except BeyondProof as beyond:
            self.why = "nonlinear" if beyond.why == "nonlinear" else "unsupported"
        found.sort(key=lambda each: self.place(each[0]))
        another = any(ok for _, _, ok in found)
        complete = not self.why and all(ok for _, _, ok in found)
        if not complete and not self.why:
            self.why = "not_replayable"
        rating, budget = _both(self.now)
        self.told()
        with deadline.share(2):
            unknowns = tuple(self.unknown(point, matters.get(point.id)) for point in self.points.free)
        return Certainty(
            schema=CERTAIN_SCHEMA,
            sheet=case.sheet.id,
            rulebook=case.rulebook.id,
            hash=case.rulebook.hash,
            hash_format=HASH_FORMAT,
            status="uncertain" if another else "certain" if complete else "open",
            why=self.why,
            rating=rating,
            budget=budget,
            unknowns=unknowns,
            verdicts=(
                PossibleVerdict(rating, budget, (), True),
                *(PossibleVerdict(*_both(outcome), self.example(values), ok) for outcome, values, ok in found),
            ),
            complete=complete,
            changing=changing,
            settling=settling,
            words=tuple(self.words()),
            margins=tuple(map(self.margin, self.known)),
        )

    def told(self) -> None:
        """Tells how far it is."""
        self.done += 1
        self.watch(self.done, 2 + len(self.points.free) + len(self.known), "")

    def unknown(self, point: FreePoint, matters: bool | None) -> OpenPoint:
        self.told()
        return open_point(self.case, point, matters, effects(self.case, point, self.language), self.language)

    def margin(self, point: FreePoint) -> FigureMargin:
        self.told()
        return margin(self.case, self.replay, point, self.language)

    # -- the verdicts

    def verdicts(self, opened: OpenCase, met: list[Found]) -> None:
        """Every other verdict that can come out, as soon as it is met."""
        solver = Solver(inf)
        solver.assume(opened.assumed)
        with solver.frame():
            solver.assume([neg(opened.is_outcome(self.now))])
            while True:
                answer = solver.possible()
                if answer.outcome == "no":
                    break
                if answer.values is None:
                    self.why = answer.why or "nonlinear"
                    break
                search = Search(solver, opened, answer.values)
                outcome, values, ok = self.shown(solver, opened, search)
                met.append((outcome, values, ok))
                solver.assume([neg(opened.is_outcome(outcome))])

    def shown(self, solver: Solver, opened: OpenCase, search: Search) -> Found:
        """An example as small and as round as can be, derived again."""
        outcome = opened.outcome(Evaluation(search.found))
        with solver.frame():
            solver.assume([opened.is_outcome(outcome)])
            search.few()
            search.round()
            values = search.values()
        if values is None:
            return outcome, {}, False
        return outcome, values, replayed(self.replay, self.case, values) == outcome

    def place(self, outcome: Outcome) -> tuple[int, ...]:
        """Where a verdict stands: by rating, then by recommendation, best first."""
        found = []
        for name, value in zip(("rating", "budget"), outcome, strict=True):
            scale = self.case.rulebook.scales.get(name)
            values = scale.values if scale is not None else ()
            found.append(len(values) if value is None else values.index(value) if value in values else -1)
        return tuple(found)

    def example(self, values: "dict[Key, Scalar]") -> tuple[Value, ...]:
        _, supposed = filled(self.case.sheet, values)
        return tuple(
            value_of(self.case, self.by_key[key], value, key in supposed, self.language)
            for key, value in values.items()
        )

    # -- what decides

    def deciding(self, opened: OpenCase, matters: "dict[str, bool | None]") -> tuple[Sets, Sets]:
        """What can matter, as soon as it is found; what can change the verdict, and what settles it."""
        # Each search has a solver of its own: what one has learned only slows the others down.
        with deadline.share(3):
            changing, open_changing = changing_sets(Solver(inf), opened, self.now)
        second = OpenCase(self.case, self.points.free, "'")
        with deadline.share(2):
            matters.update((point.id, found) for point, found in mattering(Solver(inf), opened, second))
        # A judgment that was given is not something that has yet to become known.
        relevant: Sequence[FreePoint] = [
            point for point in self.points.free if matters[point.id] is not False and point.reason is not None
        ]
        settling, open_settling = settling_sets(Solver(inf), opened, second, relevant)
        return self.sets(changing, open_changing), self.sets(settling, open_settling)

    def sets(self, found: "list[frozenset[str]]", why: Open) -> Sets:
        order = [point.id for point in self.points.free]
        return Sets(tuple(tuple(each for each in order if each in one) for one in found), not why)

    def words(self) -> "list[str]":
        """The figures that stay told in words, by name."""
        found = []
        for name, key in self.points.words:
            unit = self.case.units[key]
            said = figure_title(unit.scope, name, self.case.rulebook, self.language)
            whose = "" if unit.scope == "sheet" else self.case.subject(unit, self.language)
            found.append(wording(self.language)("certainty_document.told_figure", whose=whose, figure=said))
        return found


def _both(outcome: Outcome) -> tuple[str | None, str | None]:
    rating, budget = outcome
    return rating, budget
