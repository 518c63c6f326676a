"""Results as JSON data: their fields as pydantic serialises them, by the annotations of their classes."""

from typing import Annotated, Any, Final, TypeVar

from pydantic import Field, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")


class _Unseen:
    """Marks a field of whose type pydantic need know nothing."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.any_schema()


Unpublished = Annotated[T, Field(exclude=True), _Unseen()]
"""The type of a field that is no part of the data."""
_ADAPTERS: Final[dict[type, "TypeAdapter[Any]"]] = {}


def json_data(value: Any) -> Any:
    """A result as dictionaries, lists and texts; a field goes by its serialization alias where it has one."""
    kind = type(value)
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind].dump_python(value, mode="json", by_alias=True)
