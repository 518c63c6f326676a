"""Results as JSON data: their fields as pydantic serialises them, by the annotations of their classes."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter


@cache
def _adapter(kind: type) -> "TypeAdapter[Any]":
    return TypeAdapter(kind)


def json_data(value: Any) -> Any:
    """A result as dictionaries, lists and texts; a field goes by its serialization alias where it has one."""
    return _adapter(type(value)).dump_python(value, mode="json", by_alias=True)
