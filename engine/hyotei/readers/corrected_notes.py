"""What is said of the figures of a sheet that a person has corrected, when it is read by whatever command."""

from decimal import Decimal
from functools import cache
from typing import get_args, get_origin

from pydantic import BaseModel

from hyotei.messages import Diagnostic, Location, Param
from hyotei.sheet.correction import before_correction
from hyotei.sheet.models import MISSING, Fact, Quantity, Sheet
from hyotei.sheet.quantity_print import print_quantity


def corrected_notes(sheet: Sheet) -> tuple[Diagnostic, ...]:
    """A note (HY137) for each corrected figure, with both values."""
    found: list[Diagnostic] = []
    _add_notes(sheet, found)
    return tuple(found)


def _add_notes(part: BaseModel, found: list[Diagnostic], text: str = "") -> None:
    if isinstance(part, Quantity):
        source = part.source
        before = before_correction(source)
        if source is not None and before is not None:
            place = Location(source.file, source.line, heading=source.place or source.cell)
            printed = " ".join(source.text.split()) or before
            params: dict[str, Param] = {"value": (text or print_quantity(part))[:60], "printed": printed[:60]}
            found.append(Diagnostic("HY137", place, params))
        return
    if isinstance(part, Fact):
        _add_notes(part.figure, found, part.text)
        return
    for name in _holding(type(part)):
        each = getattr(part, name)
        if each is MISSING or not each:
            continue  # as most figures are, and a list of sheets has hundreds of thousands
        for held in each if isinstance(each, tuple) else (each,):
            if isinstance(held, BaseModel):
                _add_notes(held, found)


@cache
def _holding(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that can hold others: most are texts and numbers, and a list of sheets has hundreds of thousands."""
    return tuple(name for name, field in model.model_fields.items() if not _plain(field.annotation))


def _plain(annotation: object) -> bool:
    parts = get_args(annotation)
    if parts and get_origin(annotation) is not tuple:
        return all(map(_plain, parts))
    return annotation in (str, int, bool, Decimal, type(None)) or isinstance(annotation, str)
