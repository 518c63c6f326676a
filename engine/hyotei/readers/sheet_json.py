"""The canonical JSON of a sheet, as `Sheet.model_dump_json(by_alias=True)` writes it, read back identically."""

import json
from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError

from hyotei.base.yaml import YamlList, YamlMap, YamlValue, parse_yaml, place
from hyotei.messages import Diagnostic, Location
from hyotei.sheet.models import Sheet

_LONGEST: Final = 120
"""Characters of the path of a key in a message."""


class _Twice(Exception):
    """A key stands twice in one object."""


def is_canonical(text: str) -> bool:
    """Whether a text is a JSON object in the layout of the models; only that layout has `budget_years`."""
    return text.lstrip()[:1] == "{" and '"budget_years"' in text


def read_canonical(text: str, file: str | None) -> tuple[Sheet | None, tuple[Diagnostic, ...]] | None:
    """The sheet or what is wrong with it; None where the text is no JSON and is better read, and blamed, as YAML."""
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_float=str, parse_int=str)
    except (ValueError, RecursionError, _Twice):
        return None
    if "budget_years" not in data:
        return None
    try:
        return Sheet.model_validate_json(text), ()
    except ValidationError as error:
        tree, _ = parse_yaml(text, file=file)
        return None, tuple(problem_of(each["loc"], each["type"], each["msg"], tree, file) for each in error.errors())


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def problem_of(
    steps: Sequence[str | int], kind: str, message: str, tree: YamlValue | None, file: str | None
) -> Diagnostic:
    """One complaint of the model, with its place in the file."""
    at: YamlValue | None = tree
    for step in steps:
        following: YamlValue | None = None
        if isinstance(at, YamlMap) and isinstance(step, str):
            following = at.get(step)
        elif isinstance(at, YamlList) and isinstance(step, int) and step < len(at.items):
            following = at.items[step]
        if following is None:
            break
        at = following
    path = ".".join(str(step) for step in steps)[:_LONGEST] or "/"
    location = place(at, file) if at is not None else Location(file)
    if kind == "missing":
        return Diagnostic("HY232", location, {"key": path})
    if kind == "extra_forbidden":
        return Diagnostic("HY251", location, {"key": path})
    problem = message.removeprefix("Value error, ")
    return Diagnostic("HY250", location, {"key": path, "problem": (f"型か範囲が違います: {problem}", problem)})
