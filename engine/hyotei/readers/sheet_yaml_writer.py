"""A sheet as YAML that people can correct, and back without any loss.

The layout is that of the models (`hyotei sheet schema`), with everything left out that is as it would be anyway. Figures are exact
decimals, each with the text from which it was read, so that a reader of the file can compare and correct.
"""

import json
from typing import Final

import yaml
from pydantic import ValidationError

from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue
from hyotei.messages import Diagnostic
from hyotei.readers.sheet_json import problem_of
from hyotei.sheet.models import Sheet
from hyotei.sheet.sheet_data import sheet_data

_NUMBERS: Final = frozenset(("fiscal_year", "page", "line", "start_year", "end_year"))
_TRUTHS: Final = frozenset(("main", "open_ended"))


class _Dumper(yaml.SafeDumper):
    """Quotes every text that is not plain, and writes texts of several lines as blocks where YAML can."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # Lines of a block lose nothing only where none ends in a space and all are printable; others are quoted.
    lines = text.split("\n")
    if len(lines) > 1 and all(line and line == line.strip() and line.isprintable() for line in lines):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    plain = bool(text) and text.isprintable()
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


_Dumper.add_representer(str, _text)


def sheet_to_yaml(sheet: Sheet) -> str:
    """The YAML of a sheet; `parse_sheet` gives the same sheet back."""
    return yaml.dump(sheet_data(sheet), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def is_canonical_tree(tree: YamlValue) -> bool:
    """Whether a tree is a sheet in the layout of the models; only that layout has `budget_years`."""
    return isinstance(tree, YamlMap) and tree.get("budget_years") is not None


def read_canonical_tree(tree: YamlValue, file: str | None) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The sheet, or everything in which it differs from the layout, with its place."""
    try:
        return Sheet.model_validate_json(json.dumps(_plain(tree, None))), ()
    except ValidationError as error:
        return None, tuple(problem_of(each["loc"], each["type"], each["msg"], tree, file) for each in error.errors())


def _plain(value: YamlValue, key: str | None) -> object:
    """The tree as JSON data; what is a number or a truth in the models is recognised by its key."""
    if isinstance(value, YamlMap):
        return {name.text: _plain(each, name.text) for name, each in value.entries}
    if isinstance(value, YamlList):
        return [_plain(each, key) for each in value.items]
    assert isinstance(value, YamlText)
    if value.blank:
        return None
    text = value.text
    if key in _NUMBERS and not value.quoted and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    if key in _TRUTHS and text in ("true", "false"):
        return text == "true"
    return text
