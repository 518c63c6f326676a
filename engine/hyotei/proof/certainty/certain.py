"""`hyotei.certain`: whether a verdict is certain whatever the unknown figures are, and if not, what else it could be."""

import os
from collections.abc import Sequence
from time import monotonic

from hyotei.messages import Language
from hyotei.proof.certainty.deciding import changing_sets, mattering, settling_sets
from hyotei.proof.certainty.effects import effects
from hyotei.proof.certainty.filling import Key, filled
from hyotei.proof.certainty.margins import margins as margins_of
from hyotei.proof.certainty.model import CERTAIN_SCHEMA, Certainty, Open, PossibleVerdict, Sets, Value
from hyotei.proof.certainty.open_case import OpenCase
from hyotei.proof.certainty.points import Point, unknown_points
from hyotei.proof.certainty.shown import Search, replayed
from hyotei.proof.certainty.subject import case_of
from hyotei.proof.certainty.wording import open_point, value_of
from hyotei.proof.formulas import Evaluation, neg
from hyotei.proof.replay import Replay
from hyotei.proof.solver import TIMEOUT, Solver
from hyotei.proof.symbolic import BeyondProof
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.vocabulary import figure
from hyotei.sheet import Sheet
from hyotei.verdict.case import Case
from hyotei.verdict.trials import Outcome, results
from hyotei.verdict.verdict import Verdict

Found = tuple[Outcome, dict[Key, Scalar], bool]
"""A verdict that is possible, what has become known for it, and whether both engines gave it."""


def certain(
    subject: "Verdict | Sheet",
    rulebook: "Rulebook | str | os.PathLike[str] | None" = None,
    language: Language = "ja",
    timeout: float = TIMEOUT,
    margins: bool = True,
) -> Certainty:
    """Whether the verdict stays whatever the unknown figures are, all of them together.

    Args:
        subject: a verdict, or a sheet to be rated.
        rulebook: as for `hyotei.rate`; by default the verdict's own.
        language: of titles and texts.
        timeout: seconds for the search for verdicts, again for what decides, and again for the margins; what takes longer
            stays open.
        margins: whether the margins of the known figures are worked out too.

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
        return _Certain(case, replay, language, timeout).said(margins)
    finally:
        replay.close()


class _Certain:
    """One sheet, asked about everything."""

    def __init__(self, case: Case, replay: Replay, language: Language, timeout: float) -> None:
        self.case, self.replay, self.language, self.timeout = case, replay, language, timeout
        self.now = results(case.derivation.steps)
        self.points = unknown_points(case)
        self.why: Open = ""
        self.by_key = {point.key: point for point in self.points.free}

    def solver(self) -> Solver:
        solver = Solver(self.timeout)
        solver.deadline = monotonic() + self.timeout
        return solver

    def said(self, with_margins: bool) -> Certainty:
        case = self.case
        found: list[Found] = []
        matters: dict[str, bool | None] = {}
        changing = settling = Sets((), False)
        try:
            opened = OpenCase(case, self.points.free, "")
            found = self.verdicts(opened)
            matters, changing, settling = self.deciding(opened)
        except BeyondProof as beyond:
            self.why = "nonlinear" if beyond.why == "nonlinear" else "unsupported"
        another = any(ok for _, _, ok in found)
        complete = not self.why and all(ok for _, _, ok in found)
        if not complete and not self.why:
            self.why = "not_replayable"
        rating, budget = _both(self.now)
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
            unknowns=tuple(
                open_point(case, point, matters.get(point.id), effects(case, point, self.language), self.language)
                for point in self.points.free
            ),
            verdicts=(
                PossibleVerdict(rating, budget, (), True),
                *(PossibleVerdict(*_both(outcome), self.example(values), ok) for outcome, values, ok in found),
            ),
            complete=complete,
            changing=changing,
            settling=settling,
            words=tuple(self.words()),
            margins=margins_of(case, self.replay, self.language, self.timeout) if with_margins else (),
        )

    # -- the verdicts

    def verdicts(self, opened: OpenCase) -> list[Found]:
        """Every other verdict that can come out, in the order of the scales."""
        solver = self.solver()
        solver.assume(opened.assumed)
        met: list[Found] = []
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
        return sorted(met, key=lambda each: self.place(each[0]))

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

    def deciding(self, opened: OpenCase) -> tuple[dict[str, bool | None], Sets, Sets]:
        """What can matter, what can change the verdict, and what settles it."""
        # Each search has a solver of its own: what one has learned only slows the others down.
        changing, open_changing = changing_sets(self.solver(), opened, self.now)
        second = OpenCase(self.case, self.points.free, "'")
        matters = {point.id: found for point, found in mattering(self.solver(), opened, second)}
        relevant: Sequence[Point] = [point for point in self.points.free if matters[point.id] is not False]
        settling, open_settling = settling_sets(self.solver(), opened, second, relevant)
        return matters, self.sets(changing, open_changing), self.sets(settling, open_settling)

    def sets(self, found: "list[frozenset[str]]", why: Open) -> Sets:
        order = [point.id for point in self.points.free]
        return Sets(tuple(tuple(each for each in order if each in one) for one in found), not why)

    def words(self) -> "list[str]":
        """The figures that stay told in words, by name."""
        found = []
        for name, key in self.points.words:
            unit = self.case.units[key]
            known = figure(unit.scope, name)
            said = name if known is None else known.ja if self.language == "ja" else known.en
            whose = "" if unit.scope == "sheet" else self.case.subject(unit, self.language)
            found.append(f"{whose}：{said}" if self.language == "ja" else f"{whose}: {said}")
        return found


def _both(outcome: Outcome) -> tuple[str | None, str | None]:
    rating, budget = outcome
    return rating, budget
