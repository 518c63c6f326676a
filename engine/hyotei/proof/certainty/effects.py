"""What the verdict would be as one unknown alone becomes known: every range of it, exactly, with what comes out."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hyotei.base import deadline
from hyotei.messages import Language
from hyotei.proof.certainty.free_points import FreePoint
from hyotei.proof.certainty.open_case import OpenCase
from hyotei.proof.certainty.point_words import text, type_of, unit_of
from hyotei.proof.certainty.turning_values import roots
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Variable
from hyotei.proof.guarded_values import Leaf, decimal_of
from hyotei.proof.proof_limits import BeyondProof
from hyotei.rulebook.types import RATIO
from hyotei.verdict.case import Case
from hyotei.verdict.model import Possibility
from hyotei.verdict.supposed_values import Outcome
from hyotei.verdict.thresholds import Band, bands, joined

_FAR = Fraction(10**59)


def effects(case: Case, point: FreePoint, language: Language) -> tuple[Possibility, ...]:
    """The ranges of a point, all other unknowns as they are; none where its formulas are not linear or have no decimal ends, or
    where the time is over.
    """
    try:
        deadline.check_deadline()
        if point.kind == "number":
            return _told(list(_numbers(case, point)), case, point, language)
        return _told([(each, _option(case, point, each)) for each in point.options], case, point, language)
    except (BeyondProof, ValueError, deadline.OutOfTimeError):
        return ()


def _option(case: Case, point: FreePoint, option: Leaf) -> Outcome:
    opened = OpenCase(case, [replace(point, options=(option,))], moving=True)
    return opened.outcome(Evaluation({}))


def _numbers(case: Case, point: FreePoint) -> Iterator[tuple[Band, Outcome]]:
    opened = OpenCase(case, [point], moving=True)
    free = opened.free[point.key]
    (of, _), *_ = (free.number if free.steps is None else free.steps).terms
    assert isinstance(of, Variable)
    found = roots(opened, of)
    if found is None:
        return
    whole = point.grid.step is not None
    # For whole numbers `at least 2.5` is `at least 3`, and so is `more than 2.5`.
    ends = sorted({Fraction(-(-each.numerator // each.denominator)) if whole else each
                   for each in (*found, *_bounds(point)) if abs(each) < _FAR})  # fmt: skip
    for band in bands([decimal_of(each) for each in ends], whole):
        deadline.check_deadline()
        evaluation = Evaluation({of: Fraction(band.sample)})
        if all(map(evaluation.truth, opened.assumed)):
            yield band, opened.outcome(evaluation)


def _bounds(point: FreePoint) -> Iterator[Fraction]:
    for end in (point.grid.low, point.grid.high):
        if end is not None:
            yield end


def _told(
    found: "list[tuple[Band | Leaf, Outcome]] | list[tuple[Band, Outcome]] | list[tuple[Leaf, Outcome]]",
    case: Case,
    point: FreePoint,
    language: Language,
) -> tuple[Possibility, ...]:
    """Neighbouring ranges with one outcome as one."""
    of = RATIO if unit_of(case, point) == "%" else type_of(case, point)
    told: dict[Outcome, list[str]] = {}
    run: list[Band] = []
    for at, (sample, outcome) in enumerate(found):
        texts = told.setdefault(outcome, [])
        if isinstance(sample, Band):
            run.append(sample)
            if at + 1 == len(found) or found[at + 1][1] != outcome:
                texts.append(joined(run, of, language))
                run = []
        else:
            assert isinstance(sample, (str, bool)), "the options of a figure are words or truths"
            texts.append(text(case, point, sample, language))
    return tuple(Possibility(tuple(dict.fromkeys(texts)), *outcome) for outcome, texts in told.items())
