"""The margins of a verdict: how far each known figure can fall and rise before the rating or the recommendation changes."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import inf

from hyotei.base import deadline
from hyotei.base.exact import plain
from hyotei.messages import Language
from hyotei.proof.certainty.example_search import replayed
from hyotei.proof.certainty.free_points import FreePoint, known_points
from hyotei.proof.certainty.model import End, FigureMargin, Open
from hyotei.proof.certainty.open_case import OpenCase
from hyotei.proof.certainty.point_words import difference_text, subject, text, title
from hyotei.proof.certainty.turning_values import Edge, Way, nearest
from hyotei.proof.formulas import neg
from hyotei.proof.guarded_values import decimal_of
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.replay import Replay
from hyotei.proof.solver import Solver
from hyotei.rulebook.values import Scalar
from hyotei.verdict.case import Case
from hyotei.verdict.supposed_values import results


def margins(case: Case, replay: Replay, language: Language) -> tuple[FigureMargin, ...]:
    """Of every known figure that the results could rest on, its margin."""
    return tuple(margin(case, replay, point, language) for point in known_points(case))


def margin(case: Case, replay: Replay, point: FreePoint, language: Language) -> FigureMargin:
    """How far a known figure can fall and rise: both ends, exact on the figure's own grid and replayed."""
    grid = point.grid
    assert grid.step is not None, "known figures lie on a grid"
    try:
        deadline.check_deadline()
        opened = OpenCase(case, [point], moving=True)
        below, above = (_end(opened, replay, point, way, language) for way in _ways())
    except deadline.OutOfTimeError:
        below = above = _unmoved("timeout")
    except BeyondProof as beyond:
        below = above = _unmoved("nonlinear" if beyond.why == "nonlinear" else "unsupported")
    base = decimal_of(grid.base)
    return FigureMargin(
        point.id,
        title(case, point, language),
        point.unit,
        subject(case, point, language),
        plain(base),
        text(case, point, base, language),
        plain(decimal_of(grid.step)),
        below,
        above,
    )


def _ways() -> Iterator[Way]:
    yield -1
    yield 1


def _end(opened: OpenCase, replay: Replay, point: FreePoint, way: Way, language: Language) -> End:
    now = results(opened.case.derivation.steps)
    other = neg(opened.is_outcome(now))
    edge = nearest(opened, opened.free[point.key], other, way, lambda: Solver(inf))
    if edge.steps is None:
        return _unmoved("" if edge.settled else "timeout")
    return _told(opened.case, replay, point, way, edge, language)


def _unmoved(why: Open) -> End:
    return End(None, "", None, "", None, "", None, None, not why, why)


def _told(case: Case, replay: Replay, point: FreePoint, way: Way, edge: Edge, language: Language) -> End:
    """The two figures on either side of a change, each derived again by both engines."""
    assert edge.steps is not None, "there is a change"
    changes, keeps, moved = moved_to(point, edge.steps), moved_to(point, edge.steps - way), moved_by(point, edge.steps)
    now = results(case.derivation.steps)
    rating, budget = replayed(replay, case, {point.key: changes})
    same = edge.steps == way or replayed(replay, case, {point.key: keeps}) == now
    right = (rating, budget) != now and same
    return End(
        plain(keeps),
        text(case, point, keeps, language),
        plain(changes),
        text(case, point, changes, language),
        plain(moved),
        difference_text(case, point, moved, language),
        rating,
        budget,
        right,
        ("" if edge.settled else "timeout") if right else "not_replayable",
    )


def moved_to(point: FreePoint, steps: int) -> Decimal:
    """The figure after so many steps."""
    return decimal_of(point.grid.base + _by(point, steps))


def stepped_to(point: FreePoint, steps: int) -> Scalar:
    """The figure, or the judgment, after so many steps."""
    if point.kind == "number":
        return moved_to(point, steps)
    option = point.options[int(point.grid.base) + steps]
    assert isinstance(option, str | bool), "what is judged is a word or a truth"
    return option


def exactly(value: Scalar) -> str:
    """A value as data: a decimal text, true or false, or a word."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else str(value)


def moved_by(point: FreePoint, steps: int) -> Decimal:
    """How much so many steps are."""
    return decimal_of(_by(point, steps))


def _by(point: FreePoint, steps: int) -> Fraction:
    assert point.grid.step is not None, "known figures lie on a grid"
    return steps * point.grid.step
