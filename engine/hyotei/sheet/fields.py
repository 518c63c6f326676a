"""The fields of the models of a sheet by what they hold, so that what stores or copies sheets needs no list of them."""

from functools import cache
from typing import Annotated, Any, Final, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from hyotei.sheet.models import Identity, Outline, Quantity, Recorded, Source
from hyotei.sheet.notes import Notes

FieldKind = Literal["text", "integer", "truth", "texts", "notes", "quantity"]


class Field(NamedTuple):
    """A field that holds a value, a list of texts or of notes, or a quantity; `optional` ones may be None."""

    name: str
    kind: FieldKind
    optional: bool
    about: str


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a model in its order, without those that hold other models."""
    found = []
    for name, info in model.model_fields.items():
        kinds = {_kind(each) for each in _alternatives(info.annotation)}
        optional = None in kinds
        kinds.discard(None)
        if len(kinds) == 1 and (kind := kinds.pop()) != "model" and kind is not None and info.alias is None:
            found.append(Field(name, kind, optional, info.description or ""))
    return tuple(found)


@cache
def plain_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that hold a value, or a list of texts or notes."""
    return tuple(each.name for each in fields_of(model) if each.kind != "quantity")


@cache
def quantity_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that hold a quantity."""
    return tuple(each.name for each in fields_of(model) if each.kind == "quantity")


def _sourced(model: type[BaseModel], end: str) -> tuple[str, ...]:
    return tuple(
        name.removesuffix(end)
        for name, info in model.model_fields.items()
        if name.endswith(end) and Source in get_args(info.annotation)
    )


HOLDERS: Final[dict[str, type[BaseModel]]] = {"recorded": Recorded, "outline": Outline}
"""The models that lie within a sheet, by their field."""
RECORDED_SOURCES: Final = _sourced(Recorded, "_source")
"""What of `Recorded` says where it was read."""
IDENTITY_SOURCES: Final = _sourced(Identity, "")
"""The names of a sheet that say where they were read."""


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    """The types that a field may have."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _alternatives(get_args(annotation)[0])
    if origin in (None, tuple, Literal):
        return (annotation,)
    return tuple(inner for each in get_args(annotation) for inner in _alternatives(each))


def _kind(of: Any) -> "FieldKind | Literal['model'] | None":
    """What a value of a type is; None for no value."""
    if of is type(None):
        return None
    if get_origin(of) is Literal:
        return "text"
    if of == Notes:
        return "notes"
    if get_origin(of) is tuple:
        inner = _kind(_alternatives(get_args(of)[0])[0])
        return "texts" if inner == "text" else "model"
    known: dict[Any, FieldKind] = {str: "text", bool: "truth", int: "integer", Quantity: "quantity"}
    return known.get(of, "model")
