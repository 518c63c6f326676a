"""(c) Reading, checking and registering a rulebook of 10, 100 and 1,000 rows, and one sheet under it."""

import json
from functools import partial
from typing import Any

import zen
from measure import Report, Timing, in_turn
from sheets import random_sheets

from hyotei.inference.engine import Engine
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook

SIZES = (10, 100, 1_000)
ROUNDS = {10: 15, 100: 9, 1_000: 5}
QUALIFIERS = ("以上", "程度, 約", "not(超)", "-", "以下, 未満")
RESULTS = ("achieved", "close", "missed")


def _registered(rulebook: Rulebook) -> None:
    Engine(rulebook, 2012).close()


def _first_answer_of_zen(graph: str, context: dict[str, object]) -> object:
    return zen.ZenEngine().create_decision(graph).evaluate(context)


def run() -> Report:
    report = Report("c. a rulebook of one table, by its rows")
    sheet = next(random_sheets(1, seed=5))
    context = {
        "attainment": 0.5,
        "qualifier": "なし",
        "direction": "increase",
    }
    own: dict[str, dict[int, Timing]] = {}
    for size in SIZES:
        text, graph = document(size), table(size)
        rulebook = parse_rulebook(text)
        engine = Engine(rulebook, 2012)
        decision = zen.ZenEngine().create_decision(graph)

        times = in_turn(
            {
                "parse and check": partial(parse_rulebook, text),
                "register": partial(_registered, rulebook),
                "json.loads of the same table": partial(json.loads, graph),
                "zen: load and first answer": partial(_first_answer_of_zen, graph, context),
                "one sheet": partial(engine.derive, sheet),
                "zen: one measure, trace on": partial(decision.evaluate, context, {"trace": True}),
            },
            ROUNDS[size],
            1,
        )
        for name, timing in times.items():
            own.setdefault(name, {})[size] = timing
        engine.close()
    for name, by_size in own.items():
        for size, timing in by_size.items():
            report.add(f"{name}, {size:,} rows", timing.best * 1e3, "ms")
    for name in ("parse and check", "register", "zen: load and first answer"):
        small, large = own[name][SIZES[-2]].best / SIZES[-2], own[name][SIZES[-1]].best / SIZES[-1]
        report.add(f"{name}: a row of {SIZES[-1]:,} / a row of {SIZES[-2]:,}", large / small, "×")
    ours = own["parse and check"][SIZES[-1]].best + own["register"][SIZES[-1]].best
    report.add(
        f"parse, check and register / zen: load and first answer, {SIZES[-1]:,} rows",
        ours / own["zen: load and first answer"][SIZES[-1]].best,
        "×",
    )
    report.notes.append(
        f"One sheet has {len(sheet.measures)} measures, zen's side one. Zen reads JSON and checks no types; it compiles"
        " an expression when it is first needed, so a first answer belongs to loading."
    )
    return report


def document(rows: int) -> str:
    """A rulebook with a formula and a table of that many rows, in bands of attainment, each told apart by qualifier."""
    lines = [
        f"| {number} | {_percent(rows - number)}以上 | {QUALIFIERS[number % 5]} | {_direction(number)} | {RESULTS[number % 3]} | |"
        for number in range(1, rows)
    ]
    return "\n".join([*_HEAD, *lines, f"| {rows} | - | - | - | missed | |", ""])


def table(rows: int) -> str:
    """The same table for zen."""
    qualifiers = ("'以上'", "'程度', '約'", "not in ['超']", "", "'以下', '未満'")
    rules: list[dict[str, Any]] = [
        {
            "_id": f"{number}",
            "i0": f"$ != null and $ >= {(rows - number) / 1000}",
            "i1": qualifiers[number % 5],
            "i2": {"-": "", "not(maintain)": "$ != 'maintain'"}[_direction(number)],
            "o0": f"'{RESULTS[number % 3]}'",
        }
        for number in range(1, rows)
    ]
    rules.append({"_id": f"{rows}", "i0": "", "i1": "", "i2": "", "o0": "'missed'"})
    inputs = [
        {"id": f"i{n}", "name": name, "field": name} for n, name in enumerate(("attainment", "qualifier", "direction"))
    ]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "content": {}},
        {
            "id": "result",
            "name": "result",
            "type": "decisionTableNode",
            "content": {
                "hitPolicy": "first",
                "inputs": inputs,
                "outputs": [{"id": "o0", "name": "result", "field": "result"}],
                "rules": rules,
            },
        },
        {"id": "out", "name": "out", "type": "outputNode", "content": {}},
    ]
    edges = [
        {"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b}
        for a, b in (("in", "result"), ("result", "out"))
    ]
    return json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False)


def _percent(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10}%"


def _direction(number: int) -> str:
    return "-" if number % 2 else "not(maintain)"


_HEAD = """---
rulebook: size
title: size
authority: 総務省
standing: draft
fiscal_years: 2012
scales:
  result:
    achieved: 達成
    close: 未達
    missed: 未達
---
# size

### 達成率 `attainment` — for each measure

    actual / target

### 測定指標の判定 `result` — for each measure

| F | `attainment` | `target.qualifier` | `direction` | **result** | *理由* |
|:-:|---|---|---|---|---|""".splitlines()
