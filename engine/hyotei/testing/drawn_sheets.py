"""Sheets as a Hypothesis strategy: valid by construction, with figures on, just under and just over what a rulebook asks."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from hyotei.drawing.choices import Below
from hyotei.drawing.sheets import SheetShape, SheetWriter
from hyotei.drawing.value_pools import Pool, pool_of
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet

Draw = Callable[[Any], Any]
Bounds = int | tuple[int, int]
"""A number of parts: just this many, or from the first to the second."""


@cache
def _integers(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def below(draw: Draw) -> Below:
    """Choices that Hypothesis draws."""
    return lambda count: int(draw(_integers(count)))


def bounds(given: Bounds) -> tuple[int, int]:
    """Bounds of a number of parts."""
    return (given, given) if isinstance(given, int) else given


@st.composite
def drawn(draw: Draw, pool: Pool, shape: SheetShape) -> Sheet:
    """Sheets from a pool, in a shape."""
    return SheetWriter(below(draw), pool, shape).sheet()


def sheets(
    rulebook: Rulebook,
    *,
    fiscal_years: int | Sequence[int] | None = None,
    objectives: Bounds = (0, 2),
    indicators: Bounds = (0, 2),
    measures: Bounds = (1, 10),
    budget_years: Bounds = (0, 4),
    unknown: bool = True,
) -> st.SearchStrategy[Sheet]:
    """Sheets that the rulebook is for, with figures on and beside every boundary it states.

    They shrink towards few parts, known figures, round numbers and targets just met.

    Args:
        rulebook: whose authority, fiscal years, scales, texts and boundaries the sheets have.
        fiscal_years: evaluated year or years, instead of those the rulebook is in force for.
        objectives: how many of them a sheet has, as a number or as the least and the greatest.
        indicators: how many each objective has.
        measures: how many each indicator has, at least 1.
        budget_years: how many a sheet has.
        unknown: whether figures may be unknown, for every reason, or be ranges.

    Example:
        >>> from hyotei import load_rulebook
        >>> strategy = sheets(load_rulebook("mic-2013"), objectives=1, unknown=False)
    """
    years = (fiscal_years,) if isinstance(fiscal_years, int) else tuple(fiscal_years or ())
    return drawn(pool_of(rulebook, years), shape_of(objectives, indicators, measures, budget_years, unknown))


def shape_of(
    objectives: Bounds, indicators: Bounds, measures: Bounds, budget_years: Bounds, unknown: bool
) -> SheetShape:
    """A shape from numbers or bounds."""
    return SheetShape(bounds(objectives), bounds(indicators), bounds(measures), bounds(budget_years), unknown)
