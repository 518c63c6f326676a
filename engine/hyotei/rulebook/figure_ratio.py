"""A figure of a measure as the ratio that it is, made of other terms: the figure where its unit is a ratio's, else undefined."""

from typing import Final

from hyotei.rulebook import terms as t
from hyotei.rulebook.types import FIGURE
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import figure
from hyotei.sheet.figures import BY_PATH
from hyotei.sheet.units import PERCENT

RATIO_UNITS: Final = (PERCENT, "倍")
"""The units in which a figure is a ratio: 75% is 0.75, 1.5倍 is 1.5. 割 and パーセント are read as %."""


def as_ratio(of: t.Figure) -> t.Choice | None:
    """The figure as a ratio; unknown stays unknown. None where it is no figure with a unit of its own."""
    row, own = BY_PATH.get((of.scope, of.name)), figure(of.scope, of.name)
    # An end of a range has the unit of its quantity.
    unit = None if row is None else figure(of.scope, f"{row.field if row.end else row.path}.unit")
    if own is None or unit is None or own.type != FIGURE:
        return None
    in_ratio = t.Matches(t.Figure(of.scope, unit.name), t.Check((t.OneOf(RATIO_UNITS),)))
    return t.Choice(t.Either(t.Knownness(of, None), in_ratio), of, t.Constant(Unknown("undefined")))


def read_as_ratio(term: t.Term) -> t.Figure | None:
    """The figure that a term reads as a ratio; None of any other term."""
    match term:
        case t.Choice(_, t.Figure() as of, t.Constant(Unknown())) if term == as_ratio(of):
            return of
    return None
