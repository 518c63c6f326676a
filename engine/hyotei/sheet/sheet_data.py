"""A sheet as JSON data for others to keep, in the layout of the models, so that it is read back as it is."""

import json
from typing import Annotated

from pydantic import PlainSerializer

from hyotei.sheet.models import Sheet


def sheet_data(sheet: Sheet) -> dict[str, object]:
    """What the sheet states, by the names of `hyotei sheet schema`; written as JSON or YAML, `hyotei rate` takes it."""
    data: dict[str, object] = json.loads(sheet.model_dump_json(by_alias=True, exclude_defaults=True))
    # What tells this layout from the one written by hand stands first, and always.
    stated = {"schema": sheet.schema_, **{key: value for key, value in data.items() if key != "schema"}}
    stated.setdefault("budget_years", [])
    return stated


PublishedSheet = Annotated[Sheet, PlainSerializer(sheet_data, return_type=dict[str, object])]
"""A sheet within a result, as of `hyotei sheet schema`."""
