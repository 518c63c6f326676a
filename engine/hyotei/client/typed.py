"""Requests whose answers are models of pydantic; lists come page by page."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel

from hyotei.client.requests import Requests

Model = TypeVar("Model", bound=BaseModel)
PAGE: Final = 500
"""How much of a list is asked for at once."""
_MORE: Final = re.compile(r'rel="?next"?')


class Typed(Requests):
    """Requests by the model of their answer."""

    def _listed(self, model: type[Model], path: str, **asked: str) -> Iterator[Model]:
        offset = 0
        while True:
            answer = self.ask("GET", f"{path}{query(**asked, offset=str(offset), limit=str(PAGE))}")
            found: list[Any] = json.loads(answer.body)
            yield from (model.model_validate(each) for each in found)
            offset += len(found)
            if not found or _MORE.search(answer.headers.get("link", "")) is None:
                return

    def _got(self, model: type[Model], path: str) -> Model:
        return model.model_validate_json(self.ask("GET", path).body)

    def _posted(self, model: type[Model], path: str, given: BaseModel | None = None, seen: int | None = None) -> Model:
        return self._sent(model, "POST", path, given, seen)

    def _sent(self, model: type[Model], method: str, path: str, given: BaseModel | None, seen: int | None) -> Model:
        body = None if given is None else given.model_dump_json().encode()
        return model.model_validate_json(self.ask(method, path, body, seen=seen).body)


def query(**values: str) -> str:
    """The part of an address that asks; what is empty is left out."""
    given = {name: value for name, value in values.items() if value}
    return f"?{urlencode(given)}" if given else ""
