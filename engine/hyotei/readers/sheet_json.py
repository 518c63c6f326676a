"""The canonical JSON of a sheet, as `Sheet.model_dump_json(by_alias=True)` writes it, read back identically."""

import json

from pydantic import ValidationError

from hyotei.base.yaml import parse_yaml
from hyotei.readers.sheet_yaml import sheet_of
from hyotei.readers.value_against_text import sheet_against_print
from hyotei.sheet.models import Sheet


class _TwiceError(Exception):
    """A key stands twice in one object."""


def is_canonical(text: str) -> bool:
    """Whether a text is a JSON object in the layout of the models; only that layout has `budget_years`."""
    return text.lstrip()[:1] == "{" and '"budget_years"' in text


def read_canonical(text: str) -> Sheet | None:
    """The sheet; None where the text is something else or not right, and is better read, and blamed, as YAML.

    A figure whose value its own source does not print is marked as corrected.
    """
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_float=_refused, parse_int=str)
        if not isinstance(data, dict) or "budget_years" not in data:
            return None
        return sheet_against_print(Sheet.model_validate_json(text))
    except (ValueError, RecursionError, _TwiceError, ValidationError):
        return None


def stored_sheet(text: str) -> Sheet:
    """A sheet of its canonical JSON, by whatever version of Hyotei it was written.

    Raises:
        ValidationError: it is no canonical JSON.
    """
    try:
        return Sheet.model_validate_json(text)
    except ValidationError:
        tree, _ = parse_yaml(text)
        found = None if tree is None else sheet_of(tree)[0]
        if found is None:
            raise
        return found


def _refused(number: str) -> str:
    """A figure is written as text; as a number it would pass through a float, and is read exactly as YAML instead."""
    raise ValueError(number)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError
    return found
