"""Results as JSON: a result is a frozen dataclass, and its fields are the published format; pydantic serialises it.

What is told in two languages comes out in the language of the view; fields for Hyotei alone are marked `NOT_PUBLISHED`.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Final, TypeVar

from pydantic import Field, GetCoreSchemaHandler, PlainSerializer, SerializationInfo, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from hyotei.messages import Language

T = TypeVar("T")
NOT_PUBLISHED: Final = Field(exclude=True)


class _AnyValue:
    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.any_schema()


ANY_VALUE: Final = _AnyValue()
"""Marks a field of whose type pydantic need know nothing."""
Unpublished = Annotated[T, NOT_PUBLISHED, ANY_VALUE]
"""The type of a field for Hyotei alone, whatever it holds."""


def asked_language(info: SerializationInfo) -> Language:
    """The language in which a result is serialised."""
    context = info.context
    return "en" if isinstance(context, Mapping) and context.get("language") == "en" else "ja"


def _in_language(words: tuple[Any, Any], info: SerializationInfo) -> Any:  # whatever the pair is made of
    return words[1] if asked_language(info) == "en" else words[0]


InLanguage: Final = PlainSerializer(_in_language, return_type=str)
TextOfLanguage = Annotated[tuple[str, str], InLanguage]
"""A text in Japanese and in English, of which one is published."""


def result_data(result: object, language: Language = "ja") -> dict[str, object]:
    """A result as JSON data."""
    of: Any = type(result)  # a class is hashable, which mypy does not see
    data: dict[str, object] = _adapter(of).dump_python(result, by_alias=True, context={"language": language})
    return data


def result_schema(of: Any, name: str) -> dict[str, object]:
    """The JSON Schema of results of a type, under the name of their format."""
    return {
        "$id": name,
        **_adapter(of).json_schema(mode="serialization", schema_generator=_Published),
    }


@cache
def _adapter(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)


class _Published(GenerateJsonSchema):
    """Every published field is there, whatever its default."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        return True

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])
