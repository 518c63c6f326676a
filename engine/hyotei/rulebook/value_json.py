"""A value of rules as JSON data: numbers as text, so that no reader makes floats of them."""

from typing import Annotated

from pydantic import PlainSerializer

from hyotei.base.exact import plain
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.values import Scalar, Unknown


@dataclass(frozen=True, slots=True)
class ValueData:
    """A value: a number or a value of a scale as text, a truth, or null where it is unknown, with the reason."""

    value: str | bool | None
    unknown: str | None


def value_data(value: Scalar) -> ValueData:
    """The value as data."""
    if isinstance(value, Unknown):
        return ValueData(None, value.reason)
    return ValueData(value if isinstance(value, (bool, str)) else plain(value), None)


PublishedValue = Annotated[Scalar, PlainSerializer(value_data, return_type=ValueData)]
