"""The rulebook mic-2013 as a decision graph of zen-engine (JDM), decision by decision, and a sheet as its input.

Wherever there was a choice, the one that is quicker for zen was taken: what Hyotei reads or infers of a sheet for each run
(the direction of a measure, whether units agree, the claim above it) is put into the input ready made, reasons of unknown are
numbers, and formulas of one scope share a node.
"""

import json
from itertools import pairwise
from typing import Any

from hyotei.rulebook.values import RANK
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet
from hyotei.sheet.direction import direction_of, measured_name, units_agree

UNSETTLED, MISSING, UNDEFINED = RANK["unsettled"], RANK["missing"], RANK["undefined"]
JsonObject = dict[str, Any]


def graph() -> str:
    """The decision graph as JSON."""
    nodes = [
        _node("input", "inputNode", {}),
        _formulas(
            "measure figures",
            "measures",
            {
                "attainment_unknown": (
                    "direction == null ? direction_unknown"
                    " : actual == null and target == null ? max([actual_unknown, target_unknown])"
                    " : actual == null ? actual_unknown : target == null ? target_unknown"
                    f" : (direction == 'decrease' ? actual : target) == 0 ? {UNDEFINED} : null"
                ),
                "attainment": (
                    "$.attainment_unknown != null ? null"
                    " : floor((direction == 'decrease' ? target / actual : actual / target) * 1000000) / 1000000"
                ),
                "reached": (
                    "direction == null or actual == null or target == null ? null"
                    " : direction == 'decrease' ? actual <= target : actual >= target"
                ),
            },
        ),
        _table(
            "result",
            "measures",
            "first",
            ("attainment_unknown", "attainment", "reached", "qualifier"),
            ("result",),
            (
                ("!= null", "", "== null", "", "null"),
                (f"== {UNDEFINED}", "", "true", "", "'achieved'"),
                ("!= null", "", "", "", "null"),
                ("", "> 1", "", "", "'achieved'"),
                ("", "== 1", "", "not in ['超', '未満']", "'achieved'"),
                ("", ">= 0.9", "", "'程度', '約'", "'achieved'"),
                ("", ">= 0.5", "", "", "'close'"),
                ("", "", "", "", "'missed'"),
            ),
        ),
        _formulas("execution", "budget_years", {"execution_rate": _divided("executed", "total")}),
        _formulas(
            "sheet figures",
            None,
            {
                "judged": "len(filter(measures, #.result != null))",
                "share_achieved": (
                    "$.judged == 0 ? null"
                    " : floor(len(filter(measures, #.result == 'achieved')) / $.judged * 1000000) / 1000000"
                ),
                "missed_measures": "len(filter(measures, #.result == 'missed'))",
                "settled": "filter(budget_years, #.fiscal_year <= fiscal_year and #.execution_rate != null)",
                "execution": "len($.settled) == 0 ? null : $.settled[len($.settled) - 1].execution_rate",
                "next_initial": "filter(budget_years, #.fiscal_year == fiscal_year + 1)[0].initial",
                "this_initial": "filter(budget_years, #.fiscal_year == fiscal_year)[0].initial",
                "budget_change": (
                    "$.next_initial == null or $.this_initial == null or $.this_initial == 0 ? null"
                    " : floor($.next_initial / $.this_initial * 1000000) / 1000000 - 1"
                ),
            },
        ),
        _table(
            "rating",
            None,
            "first",
            ("share_achieved", "missed_measures"),
            ("rating",),
            (("== null", "", "null"), (">= 0.7", "== 0", "'A'"), (">= 0.4", "", "'B'"), ("", "", "'C'")),
        ),
        _table(
            "budget",
            None,
            "first",
            ("rating", "execution", "budget_change"),
            ("budget",),
            (
                ("== null", "", "", "null"),
                ("'A'", "$ != null and $ >= 0.95", "$ != null and $ >= 0.1", "'Ⅰ'"),
                ("'A'", "$ != null and $ >= 0.95", "== null", "'Ⅱ'"),
                ("'A', 'B'", "$ != null and $ >= 0.5", "", "'Ⅱ'"),
                ("'A', 'B'", "== null", "", "'Ⅱ'"),
                ("'A', 'B'", "", "", "'Ⅲ'"),
                ("'C'", "$ != null and $ < 0.3", "", "'Ⅳ'"),
                ("'C'", "", "", "'Ⅲ'"),
            ),
        ),
        _audit("check_attainment", "measures", ("attainment",), (("$ != null and $ > 2", "over_achieved", "notice"),)),
        _audit(
            "check_target",
            "measures",
            (
                (
                    "direction == null or baseline == null or target == null ? null"
                    " : direction == 'decrease' ? baseline - target : target - baseline"
                ),
                "direction",
            ),
            (("$ != null and $ <= 0", "$ != null and $ != 'maintain'", "target_not_beyond_baseline", "notice"),),
        ),
        _audit(
            "check_claim",
            "measures",
            ("result", "claim"),
            (("'close', 'missed'", "'achieved'", "missed_but_claimed", "serious"),),
        ),
        _audit("check_units", "measures", ("units_agree",), (("false", "units_disagree", "serious"),)),
        _audit(
            "check_budget_year",
            "budget_years",
            (
                (
                    "initial == null or supplementary == null or carried_over == null or total == null ? null"
                    " : initial + supplementary + carried_over - total"
                ),
                "executed == null or total == null ? null : executed - total",
            ),
            (
                ("$ != null and $ != 0", "", "sum_does_not_add_up", "serious"),
                ("", "$ != null and $ > 0", "executed_over_total", "serious"),
            ),
        ),
        _audit(
            "check_settlement",
            "budget_years",
            ("evaluated", "executed_unknown"),
            (
                ("true", f"== {UNSETTLED}", "evaluated_year_unsettled", "notice"),
                ("true", f"== {MISSING}", "evaluated_year_missing", "notice"),
            ),
        ),
        _audit(
            "check_budget_change",
            None,
            ("budget_change", "budget == 'Ⅱ' or recorded_budget == 'Ⅱ'"),
            (("$ != null and $ < 0", "true", "fall_beside_continuation", "notice"),),
        ),
        _audit(
            "check_recorded",
            None,
            (
                "rating == null or recorded_rating == null ? null : rating == recorded_rating",
                "budget == null or recorded_budget == null ? null : budget == recorded_budget",
            ),
            (("false", "", "rating_differs", "serious"), ("", "false", "budget_differs", "notice")),
        ),
        _node("output", "outputNode", {}),
    ]
    edges = [
        {"id": f"edge {number}", "type": "edge", "sourceId": before["id"], "targetId": after["id"]}
        for number, (before, after) in enumerate(pairwise(nodes))
    ]
    return json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False)


AUDITS = {
    "check_attainment": "measures",
    "check_target": "measures",
    "check_claim": "measures",
    "check_units": "measures",
    "check_budget_year": "budget_years",
    "check_settlement": "budget_years",
    "check_budget_change": None,
    "check_recorded": None,
}
"""The audit tables, and over which list each runs."""


def _divided(above: str, below: str) -> str:
    known = f"{above} == null or {below} == null or {below} == 0 ? null"
    return f"{known} : floor({above} / {below} * 1000000) / 1000000"


def _node(name: str, kind: str, content: JsonObject) -> JsonObject:
    return {"id": name, "name": name, "type": kind, "content": content, "position": {"x": 0, "y": 0}}


def _looped(items: str | None, output: str | None) -> JsonObject:
    if items is None:
        return {"passThrough": True, "outputPath": output, "executionMode": "single"}
    return {"passThrough": True, "inputField": items, "outputPath": output or items, "executionMode": "loop"}


def _formulas(name: str, items: str | None, formulas: dict[str, str]) -> JsonObject:
    expressions = [{"id": f"{name} {key}", "key": key, "value": value} for key, value in formulas.items()]
    return _node(name, "expressionNode", {"expressions": expressions, **_looped(items, None)})


def _table(
    name: str,
    items: str | None,
    policy: str,
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    output_path: str | None = None,
) -> JsonObject:
    ins = [{"id": f"i{number}", "name": field, "field": field} for number, field in enumerate(inputs)]
    outs = [{"id": f"o{number}", "name": field, "field": field} for number, field in enumerate(outputs)]
    columns = [each["id"] for each in (*ins, *outs)]
    rules = [{"_id": f"{number}", **dict(zip(columns, cells, strict=True))} for number, cells in enumerate(rows, 1)]
    content = {"hitPolicy": policy, "inputs": ins, "outputs": outs, "rules": rules, **_looped(items, output_path)}
    return _node(name, "decisionTableNode", content)


def _audit(name: str, items: str | None, inputs: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> JsonObject:
    quoted = tuple((*cells[:-2], f"'{cells[-2]}'", f"'{cells[-1]}'") for cells in rows)
    return _table(name, items, "collect", inputs, ("finding", "severity"), quoted, output_path=name)


# -- input


def context(sheet: Sheet, scales: dict[str, tuple[str, ...]]) -> JsonObject:
    """A sheet as the input of the graph. Zen takes no decimals: figures go in as integers and binary fractions."""
    recorded = {"rating": sheet.recorded.rating, "budget": sheet.recorded.budget}
    return {
        "fiscal_year": sheet.fiscal_year,
        "measures": [
            _measure(measure, indicator, objective)
            for objective in sheet.objectives
            for indicator in objective.indicators
            for measure in indicator.measures
        ],
        "budget_years": [
            {
                "fiscal_year": year.fiscal_year,
                "evaluated": year.fiscal_year == sheet.fiscal_year,
                "executed_unknown": _reason(year.executed),
                **{
                    name: _number(getattr(year, name))
                    for name in ("initial", "supplementary", "carried_over", "total", "executed")
                },
            }
            for year in sheet.budget_years
        ],
        # A recorded value outside the scale cannot be compared.
        **{f"recorded_{name}": value if value in scales[name] else None for name, value in recorded.items()},
    }


def _measure(measure: Measure, indicator: Indicator, objective: Objective) -> JsonObject:
    direction = direction_of(measure, measured_name(indicator.name, measure.label)).direction
    return {
        "baseline": _number(measure.baseline),
        "target": _number(measure.target),
        "target_unknown": _reason(measure.target),
        "actual": _number(measure.actual),
        "actual_unknown": _reason(measure.actual),
        "qualifier": measure.target.qualifier or "なし",
        "direction": direction,
        "direction_unknown": RANK[measure.target.unknown or "missing"] if direction is None else None,
        "units_agree": units_agree(measure),
        "claim": objective.claim,
    }


def _number(quantity: Quantity) -> int | float | None:
    if quantity.value is None:
        return None
    return int(quantity.value) if quantity.value == int(quantity.value) else float(quantity.value)


def _reason(quantity: Quantity) -> int | None:
    return None if quantity.unknown is None else RANK[quantity.unknown]
