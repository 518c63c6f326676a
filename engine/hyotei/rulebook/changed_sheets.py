"""A sheet with one thing changed: a figure has another value, or is unknown; a unit is taken out. All else stays as it is."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeVar

from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet, YearPoint
from hyotei.sheet.figures import EVALUATED_YEAR, rows_of
from hyotei.sheet.scopes import number_in, unit_key, year_number
from hyotei.sheet.year_series import years_of

Model = Sheet | Objective | Indicator | Measure | YearPoint | BudgetYear
_Part = TypeVar("_Part", Objective, Indicator, Measure, YearPoint, BudgetYear)

QUANTITIES: Final[dict[Scope, tuple[str, ...]]] = {
    scope: tuple(row.path for row in rows_of(scope) if row.quantity and row.in_rules)
    for scope in ("measure", "budget_year")
}
"""The names of a scope that stand for a `Quantity`: what can have another value, and what can be unknown."""

STATED: Final[dict[Scope, tuple[str, ...]]] = {
    **QUANTITIES,
    "measure": (
        *QUANTITIES["measure"],
        *(row.path for row in rows_of("measure") if row.part == "fiscal_year"),
    ),
    EVALUATED_YEAR.scope: (EVALUATED_YEAR.path,),
}
"""The quantities and years that a sheet states itself. Other figures and the parameters of a year may follow from them."""


def models(sheet: Sheet) -> Iterator[tuple[Scope, str, Model]]:
    """Every unit that a sheet states with its scope and its key, as `unit_tree` names them; the widest first.

    The fiscal year of a measure's own figures is stated only where a point of the series has it.
    """
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
                for point in measure.series:
                    yield "year", _year_key(measures, point.fiscal_year), point
    for year in sheet.budget_years:
        yield "budget_year", f"budget_years[{year.fiscal_year}]", year


def _year_key(measure: int, fiscal_year: int) -> str:
    return unit_key("year", year_number(measure, fiscal_year))


def valued(quantity: Quantity, value: Scalar) -> Quantity:
    """The same quantity with another value, or unknown; its unit, qualifier and year stay."""
    known = value if isinstance(value, Decimal) else None
    reason = value.reason if isinstance(value, Unknown) else None
    return quantity.model_copy(update={"value": known, "unknown": reason, "low": None, "high": None})


def with_figures(sheet: Sheet, values: Mapping[tuple[str, str], Scalar]) -> Sheet:
    """The sheet with other values for some of what it states (`STATED`), each by its name and the key of its unit."""
    keys = {key for _, key in values}
    changed: dict[str, dict[str, object]] = {key: {} for key in keys}
    for scope, key, model in models(sheet):
        if key in keys:
            for name in STATED.get(scope, ()):
                if (name, key) in values:
                    part, other = _stated(model, name, values[name, key], changed[key])
                    changed[key][part] = other
    return _rebuilt(sheet, changed, None)[0].model_copy(update=changed.get("sheet"))


def _stated(model: Model, name: str, value: Scalar, changed: Mapping[str, object]) -> tuple[str, object]:
    """The part of a unit that states a figure, and that part with another value for it."""
    part, _, of = name.partition(".")
    quantity = changed.get(part, getattr(model, part))
    year = int(value) if isinstance(value, Decimal) else None
    if not isinstance(quantity, Quantity):
        return part, year
    return part, quantity.model_copy(update={"fiscal_year": year}) if of else valued(quantity, value)


def with_parts(sheet: Sheet, key: str, **parts: object) -> Sheet:
    """The sheet with other parts of one unit, such as `claim` of an objective."""
    return sheet.model_copy(update=parts) if key == "sheet" else _rebuilt(sheet, {key: parts}, None)[0]


def without(sheet: Sheet, key: str) -> Sheet:
    """The sheet without one unit and all that lies in it; an indicator that loses its last measure goes too."""
    return _rebuilt(sheet, {}, key)[0]


def keys_without(sheet: Sheet, key: str) -> dict[str, str]:
    """What the units that stay are called when one is taken out, by what they were called before."""
    keys = _rebuilt(sheet, {}, key)[1]
    for number, measure in enumerate(sheet.measures, 1):
        after = keys.get(f"measures[{number}]")
        if after is not None:
            years = (year.fiscal_year for year in years_of(measure, sheet.fiscal_year))
            named = {_year_key(number, year): _year_key(number_in(after), year) for year in years}
            keys |= {before: now for before, now in named.items() if before != key}
    return keys


def _rebuilt(
    sheet: Sheet, changed: Mapping[str, dict[str, object]], removed: str | None
) -> tuple[Sheet, dict[str, str]]:
    """The sheet with changed parts by unit key, and without the unit `removed`; and the new key of each unit by its old one."""
    old = iter([key for _, key, _ in models(sheet)])
    keys = {next(old): "sheet"}
    counts = dict.fromkeys(("objectives", "indicators", "measures"), 0)

    def stays(key: str, kind: str) -> None:
        counts[kind] += 1
        keys[key] = f"{kind}[{counts[kind]}]"

    objectives = []
    for objective in sheet.objectives:
        own = next(old)
        if own != removed:
            stays(own, "objectives")
        indicators = []
        for indicator in objective.indicators:
            within = next(old)
            measures = []
            for measure in indicator.measures:
                key = next(old)
                points = [(next(old), point) for point in measure.series]
                if removed in (own, within, key):
                    continue
                stays(key, "measures")
                parts = changed.get(key, {})
                if any(each == removed or each in changed for each, _ in points):
                    series = tuple(_with(point, changed.get(each)) for each, point in points if each != removed)
                    parts = {"series": series, **parts}
                measures.append(_with(measure, parts))
            if measures:
                stays(within, "indicators")
                indicators.append(_with(indicator, {**changed.get(within, {}), "measures": tuple(measures)}))
        if own != removed:
            objectives.append(_with(objective, {**changed.get(own, {}), "indicators": tuple(indicators)}))
    years = []
    for year in sheet.budget_years:
        key = next(old)
        if key != removed:
            keys[key] = key
            years.append(_with(year, changed.get(key)))
    return sheet.model_copy(update={"objectives": tuple(objectives), "budget_years": tuple(years)}), keys


def _with(model: _Part, parts: dict[str, object] | None) -> _Part:
    return model.model_copy(update=parts) if parts else model
