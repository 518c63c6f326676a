"""A checked rulebook as JSON and back, for a cache: exactly the same values, quicker to read than the document.

It is a table of values in which each stands once and names others by their number. Classes are those of the rulebook's own model
and of its messages, and nothing else can come out: the text runs no code. The form belongs to one version of Hyotei; whoever keeps
it says which.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from itertools import chain
from typing import Any, Final, cast

from hyotei.messages import Diagnostic, InEach, Listed, Location, Phrase
from hyotei.rulebook import head, model, terms, types, values

_CLASSES: Final[Mapping[str, type]] = {
    each.__name__: each
    for module in (types, values, terms, model, head)
    for each in vars(module).values()
    if isinstance(each, type) and "__dataclass_fields__" in vars(each)
} | {each.__name__: each for each in (Diagnostic, InEach, Listed, Location, Phrase)}
_PLAIN: Final[Mapping[str, Callable[[Any], object]]] = {"decimal": Decimal, "integer": int}
_MANY: Final[Mapping[str, Callable[[list[Any]], object]]] = {
    "tuple": tuple,
    "dict": lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
}


def as_json(value: object) -> str:
    """The JSON of a value of a rulebook.

    Raises:
        TypeError: something in it is of a class that does not belong there.
    """
    table = _Table()
    table.number(value)
    return json.dumps(table.rows, ensure_ascii=False, separators=(",", ":"))


def of_json(text: str) -> Any:
    """The value again.

    Raises:
        ValueError, LookupError, TypeError, ArithmeticError: the text is not one that `as_json` wrote.
    """
    found: list[Any] = []
    for row in json.loads(text):
        if type(row) is not list:
            found.append(row)  # a text, a truth, or nothing
            continue
        name = row[0]
        if name in _PLAIN:
            found.append(_PLAIN[name](row[1]))
            continue
        parts = [found[number] for number in row[1:]]
        found.append(_MANY[name](parts) if name in _MANY else _CLASSES[name](*parts))
    return found[-1]


class _Table:
    """The values in the order in which they are made: the parts of each stand before it."""

    def __init__(self) -> None:
        self.rows: list[object] = []
        self._numbers: dict[tuple[object, ...], int] = {}

    def number(self, value: object) -> int:
        """The number of the row of a value."""
        kind = type(value)
        if value is None or kind in (str, bool):
            return self._row((kind, value), value)
        if kind is int:
            return self._row(("integer", value))
        if kind is Decimal:
            return self._row(("decimal", str(value)))
        if kind is tuple:
            return self._parts("tuple", cast(tuple[object, ...], value))
        if kind is dict:
            return self._parts("dict", chain.from_iterable(cast(dict[object, object], value).items()))
        if _CLASSES.get(kind.__name__) is kind:
            return self._parts(kind.__name__, [getattr(value, field.name) for field in fields(cast(Any, value))])
        raise TypeError(f"{kind.__name__} has no place in the JSON of a rulebook")

    def _parts(self, name: str, parts: Iterable[object]) -> int:
        return self._row((name, *(self.number(part) for part in parts)))

    def _row(self, key: tuple[object, ...], *plain: object) -> int:
        """The number of a row: of one that is the same, else of a new one."""
        if key not in self._numbers:
            self._numbers[key] = len(self.rows)
            self.rows.append(plain[0] if plain else list(key))
        return self._numbers[key]
