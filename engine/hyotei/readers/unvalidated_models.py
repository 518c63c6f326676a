"""Models made without validation, for readers of data sets that make millions of them out of parts they have checked.

A validated `Source` or `Quantity` costs some three microseconds, and a data set has millions; made here they cost a quarter.
What validation would have found is the reader's to exclude: every value comes from a branch that can only give one of the
right type and range. The tests hold it to that: they validate again each sheet that the readers of data sets make.
"""

from decimal import Decimal
from typing import Final, TypeVar

from pydantic import BaseModel

from hyotei.sheet.models import (
    BudgetYear,
    Identity,
    Indicator,
    Measure,
    Objective,
    Outline,
    Quantity,
    Reading,
    Sheet,
    Source,
    UnknownReason,
    YearPoint,
)
from hyotei.sheet.notes import Notes, reading_note

_Model = TypeVar(
    "_Model", BudgetYear, Identity, Indicator, Measure, Objective, Outline, Quantity, Sheet, Source, YearPoint
)

# Two of the four slots of a pydantic model; the others, for extra and private attributes, are None in the sheet's models.
_new = object.__new__
_fill = BaseModel.__dict__["__dict__"].__set__
_mark = BaseModel.__dict__["__pydantic_fields_set__"].__set__

# Which fields were given is of no interest once all are; one set serves all models of a class, because they are immutable.
NO_FACTS: Final[dict[str, object]] = {"facts": (), "recorded": ()}
"""What a unit of a data set without facts of its own has of them."""

_FIELDS: dict[type, set[str]] = {
    model: set(model.model_fields)
    for model in (
        BudgetYear,
        Identity,
        Indicator,
        Measure,
        Objective,
        Outline,
        Quantity,
        Sheet,
        Source,
        YearPoint,
    )
}
_SOURCE, _QUANTITY = _FIELDS[Source], _FIELDS[Quantity]

# A copy of these and a few fields set anew cost half of what a dictionary of all fields does.
_STATED_SOURCE: Final[dict[str, object]] = {
    "text": "", "file": None, "page": None, "line": None, "cell": None, "place": None, "reading": "stated", "note": None,
    "notes": (), "candidates": (),
}  # fmt: skip
_STATED: Final[dict[str, object]] = {
    "value": None, "unknown": None, "low": None, "high": None, "unit": None, "qualifier": None, "fiscal_year": None,
    "source": None,
}  # fmt: skip


_NO_NUMBER: Final = "reading_notes.no_number"
_LONGEST: Final = 200
"""Characters that are kept of what is no number."""


def stated(
    value: Decimal, unit: str | None, fiscal_year: int | None, text: str, file: str | None, line: int | None, place: str
) -> Quantity:
    """A figure as it is stated, as nearly all are; written out, because a data set has millions. See `figure`."""
    fields = _STATED_SOURCE.copy()
    fields["text"] = text
    fields["file"] = file
    fields["line"] = line
    fields["place"] = place
    source = _new(Source)
    _fill(source, fields)
    _mark(source, _SOURCE)
    fields = _STATED.copy()
    fields["value"] = value
    fields["unit"] = unit
    fields["fiscal_year"] = fiscal_year
    fields["source"] = source
    quantity = _new(Quantity)
    _fill(quantity, fields)
    _mark(quantity, _QUANTITY)
    return quantity


def figure(
    value: Decimal | None,
    unknown: UnknownReason | None,
    unit: str | None,
    fiscal_year: int | None,
    text: str,
    file: str | None,
    line: int | None,
    place: str,
    reading: Reading = "stated",
    notes: Notes = (),
    candidates: tuple[str, ...] = (),
) -> Quantity:
    """A `Quantity` with its `Source`; exactly one of value and unknown is given, the value fits and the year is in range."""
    fields: dict[str, object] = {
        "value": value, "unknown": unknown, "low": None, "high": None, "unit": unit, "qualifier": None,
        "fiscal_year": fiscal_year, "source": source(text, file, line, place, reading, notes, candidates),
    }  # fmt: skip
    return make(Quantity, fields)


def source(
    text: str,
    file: str | None,
    line: int | None,
    place: str,
    reading: Reading = "stated",
    notes: Notes = (),
    candidates: tuple[str, ...] = (),
) -> Source:
    """Where something of a data set was read."""
    fields: dict[str, object] = {
        "text": text, "file": file, "page": None, "line": line, "cell": None, "place": place, "reading": reading,
        "note": None, "notes": notes, "candidates": candidates,
    }  # fmt: skip
    return make(Source, fields)


def unread(text: object, fiscal_year: int | None, file: str | None, line: int | None, place: str) -> Quantity:
    """A figure whose content in the data is no number; it keeps what stands there."""
    return figure(
        None,
        "unread",
        None,
        fiscal_year,
        str(text)[:_LONGEST],
        file,
        line,
        place,
        "ambiguous",
        reading_note(_NO_NUMBER),
    )


def changed(model: _Model, **fields: object) -> _Model:
    """A copy with some fields anew, as `model_copy` makes it, in a fifth of the time."""
    cls = type(model)
    made = _new(cls)
    _fill(made, {**model.__dict__, **fields})
    _mark(made, _FIELDS[cls])
    return made


def placed(
    quantity: Quantity,
    file: str | None,
    page: int | None,
    line: int | None,
    cell: str | None,
    place: str | None,
    year: int | None,
) -> Quantity:
    """A figure that was read before anybody knew where it stands, in its place; with the year of its place where that has one."""
    fields = dict(quantity.__dict__)
    source = fields["source"]
    of_source = dict(source.__dict__) if source is not None else _STATED_SOURCE.copy()
    of_source["file"] = file
    of_source["page"] = page
    of_source["line"] = line
    of_source["cell"] = cell
    of_source["place"] = place
    fields["source"] = make(Source, of_source)
    if year is not None:
        fields["fiscal_year"] = year
    return make(Quantity, fields)


def make(model: type[_Model], fields: dict[str, object]) -> _Model:
    """A model of all its fields, in their order."""
    made = _new(model)
    _fill(made, fields)
    _mark(made, _FIELDS[model])
    return made
