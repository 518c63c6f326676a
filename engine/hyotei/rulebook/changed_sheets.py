"""A sheet with one thing changed: a figure has another value, or is unknown; a unit is taken out. All else stays as it is."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hyotei.rulebook.types import FIGURE, MONEY, Scope
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import FIGURES
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet

Model = Sheet | Objective | Indicator | Measure | BudgetYear

QUANTITIES: Final[dict[Scope, tuple[str, ...]]] = {
    scope: tuple(
        each.name for each in FIGURES if each.scope == scope and each.type in (FIGURE, MONEY) and "." not in each.name
    )
    for scope in ("measure", "budget_year")
}
"""The names of a scope that stand for a `Quantity`: what can have another value, and what can be unknown."""


def models(sheet: Sheet) -> Iterator[tuple[Scope, str, Model]]:
    """Every unit of a sheet with its scope and its key, as `unit_tree` names them; the widest first."""
    yield "sheet", "sheet", sheet
    indicators = measures = 0
    for number, objective in enumerate(sheet.objectives, 1):
        yield "objective", f"objectives[{number}]", objective
        for indicator in objective.indicators:
            indicators += 1
            yield "indicator", f"indicators[{indicators}]", indicator
            for measure in indicator.measures:
                measures += 1
                yield "measure", f"measures[{measures}]", measure
    for year in sheet.budget_years:
        yield "budget_year", f"budget_years[{year.fiscal_year}]", year


def valued(quantity: Quantity, value: Scalar) -> Quantity:
    """The same quantity with another value, or unknown; its unit, qualifier and year stay."""
    known = value if isinstance(value, Decimal) else None
    reason = value.reason if isinstance(value, Unknown) else None
    return quantity.model_copy(update={"value": known, "unknown": reason, "low": None, "high": None})


def with_figures(sheet: Sheet, values: dict[tuple[str, str], Scalar]) -> Sheet:
    """The sheet with other values for some quantities, each by its name and the key of its unit."""
    keys = {key for _, key in values}
    changed: dict[str, dict[str, Quantity]] = {key: {} for key in keys}
    for scope, key, model in models(sheet):
        if key in keys:
            for name in QUANTITIES.get(scope, ()):
                if (name, key) in values:
                    changed[key][name] = valued(getattr(model, name), values[name, key])
    return _rebuilt(sheet, changed, None)


def without(sheet: Sheet, key: str) -> Sheet:
    """The sheet without one unit and all that lies in it; an indicator that loses its last measure goes too."""
    return _rebuilt(sheet, {}, key)


def _rebuilt(sheet: Sheet, changed: dict[str, dict[str, Quantity]], removed: str | None) -> Sheet:
    """The sheet with changed quantities by unit key, and without the unit `removed`."""
    keys = iter([key for _, key, _ in models(sheet)])
    next(keys)
    objectives = []
    for objective in sheet.objectives:
        own = next(keys)
        indicators = []
        for indicator in objective.indicators:
            within = next(keys)
            measures = []
            for measure in indicator.measures:
                key = next(keys)
                if removed not in (own, within, key):
                    measures.append(measure.model_copy(update=changed[key]) if changed.get(key) else measure)
            if measures:
                indicators.append(indicator.model_copy(update={"measures": tuple(measures)}))
        if removed != own:
            objectives.append(objective.model_copy(update={"indicators": tuple(indicators)}))
    years = []
    for year in sheet.budget_years:
        key = next(keys)
        if key != removed:
            years.append(year.model_copy(update=changed[key]) if changed.get(key) else year)
    return sheet.model_copy(update={"objectives": tuple(objectives), "budget_years": tuple(years)})
