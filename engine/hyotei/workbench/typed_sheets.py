"""A sheet that a person types in the fields of a page."""

import json
from collections.abc import Iterator
from typing import Any

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.sheet.models import Sheet
from hyotei.workbench.figure_correction import typed_figure
from hyotei.workbench.form_example import FIGURES, OF_YEAR, Example, sheet_of


def typed_sheet(example: Example) -> Sheet:
    """The sheet that the fields make.

    Raises:
        HyoteiError: a field that must not be free is (HY057), what is written is no figure (HY010, HY038) or no sheet.
    """
    if wrong := list(_no_figures(example)):
        raise HyoteiError(*wrong)
    return Sheet.model_validate_json(
        json.dumps(_without_lines(json.loads(sheet_of(example).model_dump_json(by_alias=True))))
    )


def _no_figures(example: Example) -> Iterator[Diagnostic]:
    texts = [row[name] for row in example.indicators for name in FIGURES]
    for text in filter(None, [*texts, *(row[name] for row in example.years for name in OF_YEAR[1:])]):
        try:
            typed_figure(text)
        except HyoteiError as error:
            yield from error.diagnostics


def _without_lines(data: Any) -> Any:
    """The same without the lines of the YAML that nobody sees."""
    if isinstance(data, list):
        return [_without_lines(each) for each in data]
    if isinstance(data, dict):
        return {name: None if name == "line" else _without_lines(value) for name, value in data.items()}
    return data
