"""A sheet in the short form that people write by hand, as data for YAML: only what it states, figures as they are printed."""

from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from hyotei.sheet.facts import figure_in
from hyotei.sheet.figures import AMOUNTS, OF_MEASURES
from hyotei.sheet.models import Facts
from hyotei.sheet.quantity_print import print_quantity, says_anything
from hyotei.sheet_writers.figure_yaml_writer import exact_data


def sketch(sheet: Sheet) -> dict[str, object]:
    """The sheet as nested data, without `id`, `title` and `authority`, which the reader of a case adds.

    What the short form has no word for (series, outputs, the outline, sources) is left out; names of the only objective and
    indicator are too, where nothing else is said of them.
    """
    data: dict[str, object] = {"fiscal_year": str(sheet.fiscal_year)}
    data |= _facts(sheet.facts)
    data |= _parts(sheet.objectives)
    if sheet.budget_years:
        data["budget"] = [_budget_year(year) for year in sheet.budget_years]
    recorded = {"rating": sheet.recorded.rating, "budget": sheet.recorded.budget}
    if any(recorded.values()):
        data["recorded"] = {key: value for key, value in recorded.items() if value is not None}
    return data


def _parts(objectives: tuple[Objective, ...]) -> dict[str, object]:
    if len(objectives) == 1 and objectives[0].claim is None and not objectives[0].facts and objectives[0].indicators:
        indicators = objectives[0].indicators
        if len(indicators) == 1 and indicators[0].main is None and not indicators[0].facts:
            return {"measures": [_measure(measure) for measure in indicators[0].measures]}
        return {"indicators": [_indicator(indicator) for indicator in indicators]}
    return {"objectives": [_objective(objective) for objective in objectives]} if objectives else {}


def _objective(objective: Objective) -> dict[str, object]:
    data: dict[str, object] = {"name": objective.name}
    if objective.claim is not None:
        data["claim"] = objective.claim
    data |= _facts(objective.facts)
    if objective.indicators:
        data["indicators"] = [_indicator(indicator) for indicator in objective.indicators]
    return data


def _indicator(indicator: Indicator) -> dict[str, object]:
    data: dict[str, object] = {"name": indicator.name}
    if indicator.main is not None:
        data["main"] = indicator.main
    data |= _facts(indicator.facts)
    data["measures"] = [_measure(measure) for measure in indicator.measures]
    return data


def _measure(measure: Measure) -> dict[str, object]:
    data: dict[str, object] = {} if measure.label is None else {"label": measure.label}
    if measure.direction is not None:
        data["direction"] = measure.direction
    data |= _figures({row.field: getattr(measure, row.field) for row in OF_MEASURES if row.in_rules})
    return data | _facts(measure.facts)


def _budget_year(year: BudgetYear) -> dict[str, object]:
    data: dict[str, object] = {"fiscal_year": str(year.fiscal_year)}
    data |= _figures({row.field: getattr(year, row.field) for row in AMOUNTS})
    if year.basis != "net":
        data["basis"] = year.basis
    return data | _facts(year.facts)


def _facts(facts: Facts) -> dict[str, object]:
    """What is stated as facts: the text alone where that says it all."""
    found: dict[str, object] = {}
    for fact in facts:
        plain = fact.figure.model_copy(update={"source": None})
        read = figure_in(fact.text).model_copy(update={"source": None})
        found[fact.name] = fact.text if read == plain else {"text": fact.text, **exact_data(plain)}
    return {"facts": found} if found else {}


def _figures(quantities: dict[str, Quantity]) -> dict[str, object]:
    return {name: print_quantity(quantity) for name, quantity in quantities.items() if says_anything(quantity)}
