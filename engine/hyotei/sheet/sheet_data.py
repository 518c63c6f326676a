"""A sheet as JSON data for others to keep: what it states and the version of its schema, so that it is read back as it is."""

from hyotei.sheet.models import SCHEMA, Sheet


def sheet_data(sheet: Sheet) -> dict[str, object]:
    """The data, by the names of `hyotei sheet schema`; written as JSON, `hyotei rate` takes it."""
    stated: dict[str, object] = sheet.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"schema": SCHEMA, **stated}
