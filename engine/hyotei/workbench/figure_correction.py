"""A figure that a person types in place of the one that was read; what was read and printed stays beside it."""

import json
from typing import Any

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.readers.figures_yaml import by_a_person, same_figure
from hyotei.report.figure_places import FigurePlace, figure_places
from hyotei.sheet.correction import before_correction
from hyotei.sheet.models import MISSING, Quantity, Sheet
from hyotei.sheet.quantity import print_quantity, read_quantity
from hyotei.sheet.quantity_words import PRINTED
from hyotei.sheet.units import PERCENT, YEN


def place_of(sheet: Sheet, path: str) -> FigurePlace | None:
    """The figure at a path as `path_text` writes it; None where there is none."""
    return next((each for each in figure_places(sheet, "ja") if path_text(each) == path), None)


def path_text(place: FigurePlace) -> str:
    """The path of a figure as one text."""
    return "/".join(map(str, place.path))


def with_figure(sheet: Sheet, place: FigurePlace, text: str) -> Sheet | None:
    """The sheet with the figure that a person typed; None where it is the one that stands there.

    A figure without its year is of the year that stood there. Its unit is not guessed.

    Raises:
        HyoteiError: it is no figure (HY010, HY038), has not the unit that belongs there (HY011), or nothing is typed (HY048): an
            empty field is what a figure that could not be read shows as well, so that it is missing is said by a sign.
    """
    before = place.quantity
    if not text.strip():
        if before.unknown == "missing":
            return None
        raise HyoteiError(Diagnostic("HY048", params={"sign": PRINTED["missing"]}))
    found = _read(sheet, place, text.strip())
    if found.fiscal_year is None and before.fiscal_year is not None:
        found = found.model_copy(update={"fiscal_year": before.fiscal_year})
    if same_figure(found, before):
        return None
    first = before_correction(before.source)
    original = None if first is None else _as_read(sheet, first, before.fiscal_year)
    return _put(sheet, place, by_a_person(found, before.source, print_quantity(before), original))


def typed_figure(text: str, year: int | None = None) -> Quantity:
    """A figure that a person typed; `year` is one near which its own year is.

    Raises:
        HyoteiError: it cannot be read (HY010), or is words without a figure (HY038): a slip of the keyboard would else be a
            qualitative result.
    """
    found, _ = read_quantity(text, year_hint=year)
    if found.unknown == "unread":
        raise HyoteiError(Diagnostic("HY010", params={"text": text[:60]}))
    if found.unknown == "qualitative" and not text.startswith(PRINTED["qualitative"]):
        raise HyoteiError(Diagnostic("HY038", params={"text": text[:60]}))
    return found


def _read(sheet: Sheet, place: FigurePlace, text: str) -> Quantity:
    found = typed_figure(text, sheet.fiscal_year)
    if found.unknown == "missing":
        return MISSING
    fixed = {"money": YEN, "ratio": PERCENT}.get(place.row.kind)
    expected = fixed or place.quantity.unit
    has_figure = found.value is not None or found.low is not None
    if has_figure and expected is not None and (found.unit is None or (fixed is not None and found.unit != fixed)):
        raise HyoteiError(Diagnostic("HY011", params={"text": text[:60], "unit": expected}))
    return found


def _as_read(sheet: Sheet, text: str, year: int | None) -> Quantity:
    found, _ = read_quantity(text, year_hint=sheet.fiscal_year)
    return found if found.fiscal_year is not None else found.model_copy(update={"fiscal_year": year})


def _put(sheet: Sheet, place: FigurePlace, quantity: Quantity) -> Sheet:
    """The sheet with another quantity at a place."""
    data: Any = json.loads(sheet.model_dump_json(by_alias=True))
    holder = data
    for step in place.path[:-1]:
        holder = holder[step]
    holder[place.path[-1]] = json.loads(quantity.model_dump_json())
    return Sheet.model_validate_json(json.dumps(data))
