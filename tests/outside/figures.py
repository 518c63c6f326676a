"""What a sheet says (section 12). A sheet is plain data, as its JSON export is: dictionaries, lists and texts.

Units hold each other: measures lie in indicators, indicators in objectives, objectives and budget years in the sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.outside.unknown import Unknown, Value

Data = dict[str, Any]

AROUND = {
    "year": "measure",
    "measure": "indicator",
    "indicator": "objective",
    "objective": "sheet",
    "budget_year": "sheet",
}
LISTS = {
    "measures": "measure",
    "indicators": "indicator",
    "objectives": "objective",
    "budget_years": "budget_year",
    "years": "year",
}
MISSING = Unknown("missing")
UNREAD = Unknown("unread")

_FIGURES = ("baseline", "target", "actual", "final_target")
_PARTS = {"qualifier": "qualifier", "unit": "text", "fiscal_year": "number", "low": "number", "high": "number"}
_AMOUNTS = ("initial", "supplementary", "carried_over", "reserve", "carried_forward", "total", "executed", "request")
_RECORDED = ("rating", "budget", "inspection", "improvement")

KINDS: dict[str, dict[str, str]] = {
    "measure": {
        **dict.fromkeys(_FIGURES, "number"),
        **{f"{name}.{part}": kind for name in _FIGURES for part, kind in _PARTS.items()},
        "label": "text", "direction": "direction", "units_agree": "truth", "years_missed": "number",
    },
    "year": {
        "fiscal_year": "number",
        **dict.fromkeys(("target", "actual"), "number"),
        **{f"{name}.{part}": kind for name in ("target", "actual") for part, kind in _PARTS.items() if part != "fiscal_year"},
    },
    "indicator": {"name": "text", "main": "truth"},
    "objective": {"name": "text", "claim": "claim"},
    "budget_year": {"fiscal_year": "number", **dict.fromkeys(_AMOUNTS, "number"), "basis": "basis"},
    "sheet": {
        "fiscal_year": "number", "title": "text", "authority": "text",
        **{f"recorded.{name}": "text" for name in _RECORDED},
    },
}  # fmt: skip
"""The figures of each unit: number, text, truth, or the name of a scale."""


@dataclass(eq=False)
class Unit:
    """A part of the sheet: what it is, where it lies, how results name it, and what lies in it."""

    scope: str
    key: str
    data: Data
    around: "Unit | None" = None
    within: dict[str, list["Unit"]] = field(default_factory=dict)

    def outward(self) -> Iterator["Unit"]:
        """The unit and all around it, the innermost first."""
        unit: Unit | None = self
        while unit:
            yield unit
            unit = unit.around

    def below(self, scope: str) -> list["Unit"]:
        """All units of a scope in it, in the order of the sheet; itself if it is one."""
        if self.scope == scope:
            return [self]
        return [found for units in self.within.values() for unit in units for found in unit.below(scope)]


def units(sheet: Data) -> Unit:
    """The sheet as a unit, with all its parts."""
    root = Unit("sheet", "sheet", sheet)
    counts = {"objective": 0, "indicator": 0, "measure": 0}

    def add(parts: list[Data], scope: str, around: Unit) -> list[Unit]:
        found = []
        for data in parts:
            counts[scope] += 1
            unit = Unit(scope, f"{scope}s[{counts[scope]}]", data, around)
            if scope == "objective":
                unit.within["indicators"] = add(data.get("indicators") or [], "indicator", unit)
            elif scope == "indicator":
                unit.within["measures"] = add(data["measures"], "measure", unit)
            elif scope == "measure":
                unit.within["years"] = [
                    Unit("year", f"years[{counts[scope]}-{year['fiscal_year']}]", year, unit)
                    for year in years(data, sheet["fiscal_year"])
                ]
            found.append(unit)
        return found

    root.within["objectives"] = add(sheet.get("objectives") or [], "objective", root)
    root.within["budget_years"] = [
        Unit("budget_year", f"budget_years[{data['fiscal_year']}]", data, root)
        for data in sheet.get("budget_years") or []
    ]
    return root


def own_year(measure: Data, evaluated: int) -> int:
    """The fiscal year of a measure's own target and actual: that of the actual, else of the target, else the evaluated one."""
    stated = [(measure.get(name) or {}).get("fiscal_year") for name in ("actual", "target")]
    return stated[0] or stated[1] or evaluated


def years(measure: Data, evaluated: int) -> list[Data]:
    """The fiscal years of a measure, ascending: those that are listed, and that of its own figures, which count for it."""
    listed = {point["fiscal_year"]: point for point in measure.get("series") or []}
    own = own_year(measure, evaluated)
    listed[own] = {
        **listed.get(own, {}),
        "fiscal_year": own,
        **{name: measure.get(name) for name in ("target", "actual")},
    }
    return [listed[year] for year in sorted(listed)]


def unread(unit: Unit) -> list[str]:
    """The parts of the sheet that what was read does not carry."""
    *_, sheet = unit.outward()
    found: list[str] = sheet.data.get("unread") or []
    return found


def carried(unit: Unit, scope: str) -> bool:
    """Whether the units of a scope are what the sheet has of them."""
    return ("budget_years" if scope == "budget_year" else "objectives") not in unread(unit)


def figure(unit: Unit, name: str) -> Value:
    """The value of a figure of a unit; what is not there and was not carried is not read."""
    found = stated(unit, name)
    return UNREAD if unit.scope == "sheet" and found == MISSING and name in unread(unit) else found


def stated(unit: Unit, name: str) -> Value:
    """The value of a figure of a unit as the sheet has it."""
    data = unit.data
    first, _, part = name.partition(".")
    if unit.scope == "measure":
        if first in _FIGURES:
            return _quantity(data.get(first) or {}, part)
        return {"label": _label, "direction": direction, "units_agree": _units_agree, "years_missed": _years_missed}[
            name
        ](unit)
    if unit.scope == "year" and first in ("target", "actual"):
        return _quantity(data.get(first) or {}, part)
    if unit.scope == "budget_year" and name in _AMOUNTS:
        return _quantity(data.get(name) or {}, "")
    found = (data.get(first) or {}).get(part) if part else data.get(name)
    if found is None:
        return "net" if name == "basis" else MISSING
    return Fraction(found) if isinstance(found, int) and not isinstance(found, bool) else found


def _quantity(data: Data, part: str) -> Value:
    if part == "qualifier":
        return data.get("qualifier") or "なし"
    if part == "unit":
        return data.get("unit") or ""
    if part == "fiscal_year":
        return Fraction(data["fiscal_year"]) if data.get("fiscal_year") is not None else MISSING
    if part and data.get(part) is not None:
        return Fraction(data[part])
    if data.get("value") is not None:
        return Fraction(data["value"])
    return Unknown(data.get("unknown") or "missing")


def _label(unit: Unit) -> str:
    return unit.data.get("label") or ""


def direction(unit: Unit) -> Value:
    """As stated; else by the qualifier of the target; else the way from baseline to target; else more is better.

    Where the form states it and that was not read, nothing is inferred. Without a target, and with a target of 0 that has no
    other baseline, nothing tells.
    """
    if way := unit.data.get("direction"):
        return str(way)
    if "measure.direction" in unread(unit):
        return UNREAD
    target, baseline = figure(unit, "target"), figure(unit, "baseline")
    by_qualifier = {"以上": "increase", "超": "increase", "以下": "decrease", "未満": "decrease"}
    if found := by_qualifier.get(str(figure(unit, "target.qualifier"))):
        return found
    if isinstance(target, Unknown):
        return target
    if isinstance(baseline, Fraction) and baseline != target:
        return "increase" if _number(target) > baseline else "decrease"
    return "increase" if target else MISSING


def _units_agree(unit: Unit) -> bool:
    """False only where target and actual are known and state two units."""
    figures = [unit.data.get(name) or {} for name in ("target", "actual")]
    stated = {data["unit"] for data in figures if data.get("value") is not None and data.get("unit") is not None}
    return len(stated) < 2


def _years_missed(unit: Unit) -> Value:
    """How many fiscal years in a row, back from the latest with both figures, did not reach their target."""
    better = direction(unit)
    if isinstance(better, Unknown):
        return UNREAD if "measure.direction" in unread(unit) else MISSING
    data = unit.data
    *_, sheet = unit.outward()
    reached: dict[int, bool] = {}
    for point in years(data, sheet.data["fiscal_year"]):
        year = point["fiscal_year"]
        target, actual = (_quantity(point.get(name) or {}, "") for name in ("target", "actual"))
        if not isinstance(target, Unknown) and not isinstance(actual, Unknown):
            more = _number(actual) - _number(target)
            reached[year] = more <= 0 if better == "decrease" else more >= 0
    if not reached:
        return MISSING
    count, year = 0, max(reached)
    while reached.get(year) is False:
        count, year = count + 1, year - 1
    return Fraction(count)


def _number(value: Value) -> Fraction:
    assert isinstance(value, Fraction)
    return value
