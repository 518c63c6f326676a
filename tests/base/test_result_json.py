"""Results as JSON: every published field is there, in the language asked for, and fits the published schema."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hyotei.base.result_json import NOT_PUBLISHED, TextOfLanguage, result_data, result_schema
from hyotei.messages import Language
from hyotei.rulebook.value_json import PublishedValue
from hyotei.rulebook.values import REASONS, Scalar, Unknown

SCALARS: st.SearchStrategy[Scalar] = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.text(),
    st.booleans(),
    st.builds(Unknown, st.sampled_from(REASONS)),
)


@dataclass(frozen=True, slots=True)
class Part:
    value: PublishedValue
    words: TextOfLanguage = ("", "")


@dataclass(frozen=True, slots=True)
class Result:
    schema: Literal["test/1"] = field(default="test/1", init=False)
    parts: tuple[Part, ...]
    last: PublishedValue | None = None
    hidden: Annotated[object, NOT_PUBLISHED] = None


@given(st.lists(st.builds(Part, SCALARS, st.tuples(st.text(), st.text())), max_size=3), st.none() | SCALARS)
def test_what_is_published_fits_the_schema(parts: list[Part], last: Scalar | None) -> None:
    """Fields in their order, whatever their defaults; numbers as text, unknown with its reason; nothing hidden."""
    result = Result(tuple(parts), last, object())
    for at, language in enumerate(("ja", "en")):
        data = result_data(result, "ja" if language == "ja" else "en")
        schema = result_schema(Result, "test/1")
        Draft202012Validator(schema).validate(json.loads(json.dumps(data)))
        assert list(data) == schema["required"] == ["schema", "parts", "last"]
        told = json.loads(json.dumps(data))["parts"]
        assert [each["words"] for each in told] == [part.words[at] for part in parts]
        for each, part in zip(told, parts, strict=True):
            value = part.value
            if isinstance(value, Unknown):
                assert each["value"] == {"value": None, "unknown": value.reason}
            elif isinstance(value, Decimal):
                assert Decimal(each["value"]["value"]) == value
            else:
                assert each["value"] == {"value": value, "unknown": None}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_texts_that_no_encoding_takes_go_through(language: Language) -> None:
    """A lone surrogate, as a command line can hold it, is the business of who writes the JSON."""
    assert result_data(Part("\ud800", ("あ\ud800", "a\ud800")), language)["words"] in ("あ\ud800", "a\ud800")
