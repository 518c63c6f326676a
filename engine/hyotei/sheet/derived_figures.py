"""Figures that no field of a sheet states by itself: each is a function of the unit that it is of and of what lies around it."""

from decimal import Decimal
from typing import Protocol, TypeAlias

from hyotei.sheet.direction import DirectionReading, direction_of, measured_name
from hyotei.sheet.direction import units_agree as in_one_unit
from hyotei.sheet.models import (
    BudgetYear,
    Indicator,
    Measure,
    Objective,
    Quantity,
    Sheet,
    YearPoint,
)
from hyotei.sheet.scopes import Scope
from hyotei.sheet.unread_parts import DIRECTIONS
from hyotei.sheet.year_series import years_missed as missed_in_a_row

Model: TypeAlias = Sheet | Objective | Indicator | Measure | YearPoint | BudgetYear
Stated: TypeAlias = Quantity | Decimal | str | bool | int | None
"""What a figure is: a quantity (known or not), another value, or None where the sheet does not have it."""

UNREAD = Quantity(unknown="unread")


class Place(Protocol):
    """A unit of a sheet that knows the units it lies in."""

    @property
    def model(self) -> Model: ...

    def up(self, scope: Scope) -> "Place":
        """The unit itself or the one it lies in that has this scope."""


def sheet_of(at: Place) -> Sheet:
    """The sheet in which a unit lies."""
    sheet = at.up("sheet").model
    assert isinstance(sheet, Sheet)
    return sheet


def _measure(at: Place) -> Measure:
    assert isinstance(at.model, Measure)
    return at.model


def name_of(at: Place) -> str:
    """The name of a measure in full."""
    indicator = at.up("indicator").model
    assert isinstance(indicator, Indicator)
    return measured_name(indicator.name, _measure(at).label)


def direction_at(at: Place) -> DirectionReading:
    """Which way the measure of a unit gets better, and from what that is known."""
    return direction_of(_measure(at), name_of(at))


def _undirected(at: Place) -> bool:
    """Whether the form states which way is better and what was read does not carry that: then nothing is to be inferred."""
    return _measure(at).direction is None and DIRECTIONS in sheet_of(at).unread


def direction(at: Place) -> Stated:
    """Which way is better; where nothing tells it, it is unknown as the target is."""
    if _undirected(at):
        return UNREAD
    found = direction_at(at).direction
    return Quantity(unknown=_measure(at).target.unknown or "missing") if found is None else found


def direction_columns(indicator: Indicator, measure: Measure) -> tuple[str | None, str]:
    """What a corpus keeps of the direction: the one that figures and names show, and from what it is known."""
    found = direction_of(measure, measured_name(indicator.name, measure.label))
    return found.direction, found.reason


def units_agree(at: Place) -> Stated:
    """Whether target and actual are in one unit."""
    return in_one_unit(_measure(at))


def years_missed(at: Place) -> Stated:
    """How many fiscal years in a row the target was missed."""
    return UNREAD if _undirected(at) else missed_in_a_row(_measure(at), sheet_of(at).fiscal_year, name_of(at))
