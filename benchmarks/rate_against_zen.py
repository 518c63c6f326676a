"""(a) Rating the MIC's sheet with its derivation, against zen-engine on the same decision graph with its trace."""

import cProfile
import pstats
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import zen
from measure import Figure, Goal, Report, in_turn, ratio
from sheets import random_sheets, seed_sheet
from zen_graph import AUDITS, context, graph

import hyotei
from hyotei.base import exact
from hyotei.compiler.compiled_rulebook import evaluate
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.values import Unknown
from hyotei.sheet import Sheet

SHEETS_COMPARED = 200
ROUNDS, CALLS = 100, 20
RATIO = "hyotei.rate / zen, trace on"
NAME = "mic-2013"
PER_MEASURE = ("attainment", "reached", "result")
PER_SHEET = ("share_achieved", "missed_measures", "rating", "execution", "budget_change", "budget")

Answers = dict[str, Any]


def run() -> Report:
    rulebook = hyotei.load_rulebook("mic-2013")
    scales = {name: scale.values for name, scale in rulebook.scales.items()}
    # As zen's own documentation advises: a loader that hands out content which was compiled once.
    content = zen.ZenDecisionContent(graph())
    engine = zen.ZenEngine({"loader": lambda _: content})
    sheet = seed_sheet()
    for each in (sheet, *random_sheets(SHEETS_COMPARED, seed=1)):
        _must_agree(each, rulebook, engine, context(each, scales))

    ready = context(sheet, scales)
    times = in_turn(
        {
            "hyotei.rate": lambda: hyotei.rate(sheet, rulebook),
            "rows chosen without durable-rules": lambda: evaluate(rulebook, sheet),
            "verdict as JSON": lambda: hyotei.rate(sheet, rulebook).to_json(),
            "zen, trace on": lambda: engine.evaluate(NAME, ready, {"trace": True}),
            "zen, trace off": lambda: engine.evaluate(NAME, ready),
            "zen, trace on, from the sheet": lambda: engine.evaluate(NAME, context(sheet, scales), {"trace": True}),
        },
        ROUNDS,
        CALLS,
    )
    report = Report("a. hyotei.rate with derivation against zen-engine, on the 2013 sheet", goal=Goal(RATIO, 0.5))
    report.add("sheets on which both gave the same answers", SHEETS_COMPARED + 1)
    for name, timing in times.items():
        report.add(f"{name}, best", timing.best * 1e6, "µs")
        report.add(f"{name}, median", timing.median * 1e6, "µs")
    report.add(RATIO, ratio(times["hyotei.rate"], times["zen, trace on"]), "×")
    for name in ("rows chosen without durable-rules", "verdict as JSON"):
        report.add(f"{name} / zen, trace on", ratio(times[name], times["zen, trace on"]), "×")
    for name in ("zen, trace off", "zen, trace on, from the sheet"):
        report.add(f"hyotei.rate / {name}", ratio(times["hyotei.rate"], times[name]), "×")
    report.figures += _where_time_goes(sheet, rulebook)
    return report


# -- the same answers


def _must_agree(sheet: Sheet, rulebook: Rulebook, engine: zen.ZenEngine, ready: dict[str, Any]) -> None:
    """No ratio is told of two sides that do different work."""
    ours = _ours(hyotei.rate(sheet, rulebook).derivation, sheet)
    theirs = _zens(engine.evaluate(NAME, ready)["result"])
    different = [name for name in ours if not _same(ours[name], theirs[name])]
    if different:
        name = different[0]
        sys.exit(f"{sheet.id}: the two sides differ in {name}: hyotei {ours[name]}, zen {theirs[name]}")


def _ours(derivation: Derivation, sheet: Sheet) -> Answers:
    measures = [f"measures[{number}]" for number in range(1, len(sheet.measures) + 1)]
    years = [f"budget_years[{year.fiscal_year}]" for year in sheet.budget_years]
    answers: Answers = {name: [_known(derivation.value(name, unit)) for unit in measures] for name in PER_MEASURE}
    answers["execution_rate"] = [_known(derivation.value("execution_rate", unit)) for unit in years]
    answers |= {name: _known(derivation.value(name)) for name in PER_SHEET}
    units = {"measures": measures, "budget_years": years, None: ["sheet"]}
    for name, items in AUDITS.items():
        answers[name] = [
            [row[0] for row in derivation.steps[name, unit].outputs if isinstance(row, tuple)] for unit in units[items]
        ]
    return answers


def _zens(result: dict[str, Any]) -> Answers:
    answers: Answers = {name: [each.get(name) for each in result["measures"]] for name in PER_MEASURE}
    answers["execution_rate"] = [each.get("execution_rate") for each in result["budget_years"]]
    answers |= {name: result.get(name) for name in PER_SHEET}
    for name, items in AUDITS.items():
        found = result[name] if items else [result[name]]
        answers[name] = [[each["finding"] for each in of_unit] for of_unit in found]
    return answers


def _known(value: object) -> object:
    return None if isinstance(value, Unknown) else value


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_same, ours, theirs))
    if isinstance(ours, Decimal) and isinstance(theirs, int | float):
        return exact.shown(ours) == Decimal(str(theirs))
    return ours == theirs and type(ours) is type(theirs)


# -- where our time goes

# By part of the package, in the order in which a sheet passes through them.
_PARTS = {
    "hyotei/rulebook/unit_tree.py": "figures of the sheet",
    "hyotei/sheet/": "figures of the sheet",
    "<generated from a rulebook>": "formulas and values to codes",
    "hyotei/compiler/sheet_values.py": "figures of the sheet",
    "hyotei/compiler/operations.py": "formulas and values to codes",
    "hyotei/compiler/": "steps and hit policies",
    "hyotei/base/": "formulas and values to codes",
    "hyotei/rulebook/": "steps and hit policies",
    "hyotei/inference/column_encoding.py": "formulas and values to codes",
    "hyotei/inference/driver": "driver",
    "durable_rules_engine": "durable-rules (C)",
    "hyotei/": "steps and hit policies",
}


def _where_time_goes(sheet: Sheet, rulebook: Rulebook) -> list[Figure]:
    """Shares of the parts of the package, by a profile, which makes small functions look dearer than they are."""
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(300):
        hyotei.rate(sheet, rulebook)
    profile.disable()
    shares: dict[str, float] = defaultdict(float)
    stats: Any = pstats.Stats(profile)
    for (file, _, name), (_, _, own, _, callers) in stats.stats.items():
        if file != "~" or "durable" in name:
            shares[_part(name if file == "~" else file)] += own
            continue
        for (calling, _, _), (_, _, of_caller, _) in callers.items():
            shares[_part(calling)] += of_caller
    whole = sum(shares.values())
    ordered = sorted(shares.items(), key=lambda item: -item[1])
    return [Figure(f"of our time: {name}", 100 * own / whole, "%") for name, own in ordered]


def _part(file: str) -> str:
    place = Path(file).as_posix()
    return next((name for part, name in _PARTS.items() if part in place), "other")
