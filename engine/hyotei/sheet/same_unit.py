"""The figures of a measure in one unit, where some are in a smaller one: 3時間 beside 2時間30分 is 180分."""

from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.sheet.compound_units import SMALLER
from hyotei.sheet.figures import OF_MEASURES, YEARLY
from hyotei.sheet.models import Measure, Quantity
from hyotei.sheet.notes import joined_notes, reading_note
from hyotei.sheet.quantity_print import print_quantity

_NOT_SURE: Final = frozenset(("日", "日間", "週", "週間", "円"))
"""Units that are left as they are: a day may be a working day, and money is in yen already."""


def in_one_unit(measure: Measure) -> Measure:
    """The measure with all its figures in the smallest of their units, if all can be told in it; otherwise the measure as it is.

    A figure that is converted keeps its text, and its source says what it was.
    """
    figures = [getattr(measure, row.field) for row in OF_MEASURES]
    figures += [each for point in measure.series for each in (point.target, point.actual)]
    units = {each.unit for each in figures if each.value is not None or each.low is not None}
    if len(units) < 2 or None in units:
        return measure
    names = {unit for unit in units if unit is not None}
    for smallest in sorted(names):
        factors = {unit: _factor(unit, smallest) for unit in names}
        if None not in factors.values():
            known = {unit: factor for unit, factor in factors.items() if factor is not None}
            changes: dict[str, object] = {
                row.field: _converted(getattr(measure, row.field), smallest, known) for row in OF_MEASURES
            }
            changes["series"] = tuple(
                point.model_copy(
                    update={row.field: _converted(getattr(point, row.field), smallest, known) for row in YEARLY}
                )
                for point in measure.series
            )
            return measure.model_copy(update=changes)
    return measure


def told_in(figure: Quantity, unit: str | None) -> Quantity:
    """The figure in a smaller unit of its kind; the figure as it is where that is not sure."""
    factor = _factor(figure.unit, unit) if figure.unit is not None and unit is not None else None
    return figure if factor is None or unit is None else _converted(figure, unit, {figure.unit or "": factor})


def _factor(unit: str, smallest: str) -> Decimal | None:
    """How many of the smallest unit one of a unit is; None where that is not sure."""
    if unit == smallest:
        return Decimal(1)
    for smaller, ratio in SMALLER.get(unit, {}).items() if unit not in _NOT_SURE else ():
        below = _factor(smaller, smallest)
        if below is not None:
            return exact.multiply(Decimal(ratio), below)
    return None


def _converted(figure: Quantity, smallest: str, factors: dict[str, Decimal]) -> Quantity:
    if figure.unit is None or figure.unit == smallest or (figure.value is None and figure.low is None):
        return figure
    changes: dict[str, object] = {"unit": smallest}
    for name in ("value", "low", "high"):
        number: Decimal | None = getattr(figure, name)
        if number is not None:
            changes[name] = exact.multiply(number, factors[figure.unit])
    converted = figure.model_copy(update=changes)
    if figure.source is not None:
        bare = print_quantity(figure.model_copy(update={"fiscal_year": None}))
        notes = reading_note("reading_notes.unit_like_others", text=bare, unit=smallest)
        reading = "inferred" if figure.source.reading == "stated" else figure.source.reading
        source = figure.source.model_copy(
            update={"reading": reading, "notes": joined_notes(figure.source.notes, notes)}
        )
        converted = converted.model_copy(update={"source": source})
    return converted
