"""An empty sheet in YAML for people, with a comment beside each key, to be filled in."""

from typing import Final

from hyotei.messages import Language, wording
from hyotei.sheet.models import SCHEMA
from hyotei.sheet_writers.sheet_yaml_writer import PARTS
from hyotei.sheet_writers.yaml_lines import yaml_lines

_BLANK: Final = ""
_INDICATOR: Final = dict.fromkeys(("number", "name", "direction", "baseline", "target", "actual"), _BLANK)
_YEAR: Final = dict.fromkeys(("fiscal_year", "initial", "supplementary", "carried_over", "total", "executed"), _BLANK)
_SHEET: Final = {
    "schema": SCHEMA,
    **dict.fromkeys(("id", "title", "authority", "number", "fiscal_year"), _BLANK),
    "amounts_in": "千円",
    "goal": _BLANK,
    "objectives": [{"name": _BLANK, "claim": _BLANK, "indicators": [_INDICATOR]}],
    "budget": [_YEAR, _YEAR],
    "recorded": {"rating": _BLANK, "budget": _BLANK},
}


def blank_sheet(language: Language = "ja") -> str:
    """The text of an empty sheet with its comments in a language."""
    lines = [wording(language)("sheet_files.blank_head"), *yaml_lines(_SHEET, PARTS, "sheet", language)]
    return "\n".join(line.replace(': ""  #', ":  #") for line in lines) + "\n"
