"""The published JSON Schema of a sheet: that of the models, with the names of figures as titles."""

from typing import Any

from hyotei.sheet.fields import HOLDERS
from hyotei.sheet.figures import FIGURES
from hyotei.sheet.models import SCHEMA, BudgetYear, Indicator, Measure, Objective, Sheet, YearPoint
from hyotei.sheet.scopes import Scope

_MODELS: dict[Scope, type] = {
    "sheet": Sheet, "objective": Objective, "indicator": Indicator, "measure": Measure, "year": YearPoint,
    "budget_year": BudgetYear,
}  # fmt: skip


def sheet_schema() -> dict[str, Any]:
    """The schema; a figure has its Japanese and its English name as title."""
    schema = {"$id": SCHEMA, **Sheet.model_json_schema(by_alias=True)}
    for row in FIGURES:
        model = HOLDERS[row.holder] if row.holder is not None else _MODELS[row.scope]
        if row.part is None and not row.made:
            of = schema if model is Sheet else schema["$defs"][model.__name__]
            of["properties"][row.field]["title"] = " / ".join(row.names)
    return schema
