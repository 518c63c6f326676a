"""A sheet with some of its figures filled in or moved, so that what was found on formulas is rated as any other sheet is."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from hyotei.rulebook.unit_tree import Supposed
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Quantity, Sheet
from hyotei.sheet.figures import FIGURES
from hyotei.sheet.scopes import number_in, unit_key, year_number

Key = tuple[str, str]
"""Name of a figure or decision, and unit key."""


_FIELDS: Final = frozenset(row.path for row in FIGURES if row.optional and row.unknown)


def filled(sheet: Sheet, values: Mapping[Key, Scalar]) -> tuple[Sheet, Supposed]:
    """The sheet with these values, and those that no sheet can state (judgements, and what was concluded) as suppositions."""
    supposed: dict[Key, Scalar] = {}
    by_unit: dict[str, dict[str, Scalar]] = {}
    for (name, unit), value in values.items():
        by_unit.setdefault(unit, {})[name] = value

    met: set[str] = set()

    def model(key: str, of: Any) -> Any:
        met.add(key)
        changes: dict[str, object] = {}
        for name, value in by_unit.get(key, {}).items():
            base, _, part = name.partition(".")
            now = changes.get(base, getattr(of, base, None))
            if isinstance(now, Quantity) and isinstance(value, Decimal) and part in ("", "fiscal_year"):
                changes[base] = _with(now, value, part)
            elif name in _FIELDS:
                changes[base] = value
            else:
                supposed[name, key] = value
        return of.model_copy(update=changes) if changes else of

    of_years = {number_in(unit) // year_number(1, 0) for unit in by_unit if unit.startswith("years[")}
    indicators = measures = 0
    objectives = []
    for number, objective in enumerate(sheet.objectives, 1):
        inner = []
        for indicator in objective.indicators:
            indicators += 1
            counted = []
            for measure in indicator.measures:
                measures += 1
                changed = model(f"measures[{measures}]", measure)
                if measures in of_years:
                    series = tuple(
                        model(unit_key("year", year_number(measures, point.fiscal_year)), point)
                        for point in measure.series
                    )
                    changed = changed.model_copy(update={"series": series})
                counted.append(changed)
            changed = model(f"indicators[{indicators}]", indicator)
            inner.append(changed.model_copy(update={"measures": tuple(counted)}))
        changed = model(f"objectives[{number}]", objective)
        objectives.append(changed.model_copy(update={"indicators": tuple(inner)}))
    years = [model(f"budget_years[{year.fiscal_year}]", year) for year in sheet.budget_years]
    # Of the year of a measure's own figures a sheet need not have a point.
    supposed |= {key: value for key, value in values.items() if key[1].startswith("years[") and key[1] not in met}
    found: Sheet = model("sheet", sheet).model_copy(
        update={"objectives": tuple(objectives), "budget_years": tuple(years)}
    )
    return found, supposed


def _with(quantity: Quantity, value: Decimal, part: str) -> Quantity:
    if part == "fiscal_year":
        return quantity.model_copy(update={"fiscal_year": int(value)})
    return quantity.model_copy(update={"value": value, "unknown": None, "low": None, "high": None, "source": None})
