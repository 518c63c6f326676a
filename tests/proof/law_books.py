"""Rulebooks in which much hangs on one unit, with laws of every form; and laws that are surely false, of each known kind.

Measures read what lies above them, indicators and objectives are counted, positions are picked, years missed and parameters of
the year come in: whatever an argument about one unit that changes could leave out.
"""

from collections.abc import Callable
from typing import Any, Final

from hypothesis import strategies as st

Draw = Callable[[Any], Any]
Pick = Callable[[tuple[str, ...]], str]

HEAD: Final = """---
rulebook: hanging
title: 依存する評価基準
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可, C: 否}
  budget: {Ⅰ: 拡充, Ⅱ: 継続}
  result: {achieved: 達成, close: 惜しい, missed: 未達}
parameters:
  limit:
    ..2012: 50%
    2013..: 80%
"""
TRUTHS: Final = (
    "actual >= target",
    "actual >= {n}",
    "objective.claim = achieved",
    "indicator.main = true",
    "years_missed >= {n}",
    "units_agree = true",
    "direction = decrease",
    "sheet.total >= {n}",
    "indicator.size >= {n}",
    "count(budget_years) >= {n}",
    "sheet.measures[1].actual = actual",
    "attainment >= {p}%",
    "attainment >= limit",
    "actual.fiscal_year = sheet.fiscal_year",
    "baseline = unknown",
    "target.low >= {n}",
    "objective.claimed >= {n}",
)
TOTALS: Final = (
    "count(measures)",
    "count(indicators)",
    "count(objectives)",
    "count(objectives[claim = achieved])",
    "count(budget_years)",
    "count(measures[actual >= target])",
)
SIZES: Final = ("count(measures)", "count(measures[actual >= target])", "count(measures[years_missed >= 1])")
CLAIMED: Final = ("count(measures)", "count(indicators)", "count(indicators[main = true])")
COUNTS: Final = (
    "count(measures[result = achieved])",
    "count(measures[result = missed])",
    "count(measures[{truth}])",
    "count(measures)",
    "count(indicators)",
    "count(indicators[size >= 2])",
    "count(indicators[main = true])",
    "count(objectives[claim = achieved])",
    "count(objectives[claimed >= 1])",
    "sum(indicators.size)",
    "max(indicators.size)",
    "measures[1].years_missed",
    "measures[-1].years_missed",
    "max(measures.years_missed)",
    "total",
)
FORMS: Final = ("{0}", "{0}", "{0} - {1}", "{0} + {1}", "{0} / 2", "mean({0}, {1})")
SHARES: Final = (
    "{0} / {1}",
    "{0} / count(measures)",
    "count(measures[result = achieved]) / count(measures[result != unknown])",
)
OUTPUTS: Final = ("rating", "rating", "budget", "x1", "size", "result")
INPUTS: Final = (
    "claim", "actual", "target", "baseline", "years_missed", "attainment", "x1", "x2", "total", "size", "claimed", "result",
    "actual.fiscal_year", "fiscal_year", "executed", "rating", "actual.low",
)  # fmt: skip


@st.composite
def law_books(draw: Draw) -> str:
    """The documents of such rulebooks, each with some laws."""

    def pick(options: tuple[str, ...]) -> str:
        return str(draw(st.sampled_from(options)))

    def number() -> str:
        return pick(("1", "2", "0", "3", "5"))

    def truth() -> str:
        return pick(TRUTHS).format(n=number(), p=pick(("100", "50", "80")))

    body = f"# 計 `total` — for the sheet\n\n    {pick(TOTALS)}\n\n"
    body += f"# 数 `size` — for each indicator\n\n    {pick(SIZES)}\n\n"
    body += f"# 主張 `claimed` — for each objective\n\n    {pick(CLAIMED)}\n\n"
    ratio = pick(("actual / target", "if direction = decrease then target / actual else actual / target"))
    body += f"# 率 `attainment` — for each measure\n\n    {ratio}\n\n"
    body += _table(pick, "判定", "result", "measure", (truth(), truth()), ("achieved", "close", "missed", "unknown"))
    names: list[tuple[str, bool]] = []
    for at in (1, 2):
        share = pick(("", "", "share"))
        form = pick(SHARES if share else FORMS)
        counts = [pick(COUNTS).format(truth=truth()) for _ in range(2)]
        body += f"# 値{at} `x{at}` — for the sheet\n\n    {form.format(*counts)}\n\n"
        names.append((f"x{at}", bool(share)))
    body += _graded(pick, names)
    body += "# 予算 `budget` — for the sheet\n\n| F | `rating` | `total` | **budget** |\n|:-:|---|---|---|\n"
    body += f"| 1 | unknown | - | unknown |\n| 2 | A{pick(('', ', B'))} | >= {number()} | {pick(('Ⅰ', 'Ⅱ'))} |\n| 3 | - | - | Ⅱ |\n"
    laws = dict.fromkeys(_law(pick, number) for _ in range(draw(st.integers(2, 5))))
    return HEAD + "laws:\n" + "".join(f"  - {law}\n" for law in laws) + "---\n" + body


def _table(pick: Pick, title: str, name: str, scope: str, truths: tuple[str, ...], values: tuple[str, ...]) -> str:
    """A first-hit table over truths."""
    text = f"# {title} `{name}` — for each {scope}\n\n| F | " + " | ".join(f"`{each}`" for each in truths)
    text += f" | **{name}** |\n|:-:|{'---|' * (len(truths) + 1)}\n"
    for row in range(1, 4):
        cells = [pick(("-", "true", "false", "unknown")) for _ in truths]
        text += f"| {row} | {' | '.join(cells)} | {pick(values)} |\n"
    return text + f"| 4 | {'- | ' * len(truths)}{pick(values)} |\n\n"


def _graded(pick: Pick, names: list[tuple[str, bool]]) -> str:
    text = f"# 区分 `rating` — for the sheet\n\n| {pick(('F', 'F', 'U', 'P'))} | "
    text += " | ".join(f"`{name}`" for name, _ in names) + " | **rating** |\n|:-:|---|---|---|\n"
    for row in range(1, 5):
        cells = []
        for _, share in names:
            end = pick(("50%", "30%", "80%", "100%")) if share else pick(("0", "1", "2", "3", "-1"))
            cells.append(pick(("-", f">= {end}", f">= {end}", f"< {end}", "unknown")))
        text += f"| {row} | {' | '.join(cells)} | {pick(('A', 'B', 'C', 'unknown'))} |\n"
    return text + f"| 5 | - | - | {pick(('C', 'A'))} |\n\n"


def _law(pick: Pick, number: Callable[[], str]) -> str:
    output = pick(OUTPUTS)
    match pick(("order", "order", "order", "more", "more", "implies", "unknown", "reachable", "answers", "consistent")):
        case "order":
            return f"{output} never {pick(('falls', 'rises'))} as {pick(INPUTS)} {pick(('rises', 'falls'))}"
        case "more":
            value, scope = pick(
                ("achieved measure", "missed measure", "close measure", "achieved objective", "increase measure")
            ).split()
            return f"one more {value} {scope} never lowers the {output}"
        case "implies":
            return pick(
                (
                    "if rating = A then total >= 1",
                    "if x1 = unknown then rating = unknown",
                    "if rating = unknown then budget = unknown",
                    f"if rating = A then count(measures[result = missed]) <= {number()}",
                    f"if total = {number()} then rating != C",
                )
            )
        case "unknown":
            return "unknown never beats known"
        case "reachable":
            return f"every {pick(('rating', 'budget', 'result'))} is reachable"
        case "answers":
            return "every decision answers"
        case _:
            return "no two rows contradict"


# -- laws that are false, whatever is drawn

NAMES: Final = ("kazu", "数", "waku", "件数計", "many_x", "値")


@st.composite
def false_laws(draw: Draw) -> tuple[str, str]:
    """A document and a law that is false in it, or a table with a gap (`every decision answers`), of each known kind."""

    def pick(options: tuple[str, ...]) -> str:
        return str(draw(st.sampled_from(options)))

    one, two = draw(st.permutations(NAMES))[:2]
    limit = draw(st.integers(1, 4))
    result = (
        "# 判定 `result` — for each measure\n\n| F | `actual >= target` | **result** |\n|:-:|---|---|\n"
        "| 1 | true | achieved |\n| 2 | false | missed |\n| 3 | - | unknown |\n\n"
    )

    def sheet(formula: str, cell: str, good: str = "A", bad: str = "C") -> str:
        rows = f"| 1 | {cell} | {good} |\n| 2 | - | {bad} |\n"
        table = f"# 区分 `rating` — for the sheet\n\n| F | `{two}` | **rating** |\n|:-:|---|---|\n{rows}"
        return f"# 値 `{two}` — for the sheet\n\n    {formula}\n\n{table}"

    more = "one more achieved measure never lowers the rating"
    law = more
    match pick(
        (
            "difference",
            "half",
            "claim",
            "decided claim",
            "threshold",
            "indicator",
            "total",
            "position",
            "below",
            "years",
            "year",
            "period",
        )
    ):
        case "difference":
            body = sheet("count(measures[result = achieved]) - count(measures[result = missed])", f">= {limit}")
            body = body.replace("| 2 | - | C |", f"| 2 | [{pick(('0', '-1'))}..{limit}) | C |")
            law = "every decision answers"
        case "half":
            body = sheet("count(measures) / 2", f">= {limit}").replace(
                "| 2 | - | C |", "".join(f"| {row} | {row - 2} | C |\n" for row in range(2, limit + 2))
            )
            law = "every decision answers"
        case "claim":
            body = sheet("count(measures[objective.claim = achieved])", f">= {limit}", "C", "A")
            law = "rating never falls as claim rises"
        case "decided claim":
            body = f"# 主 `{one}` — for each measure\n\n    objective.claim = achieved and result != missed\n\n"
            body += sheet(f"count(measures[{one} = true])", f">= {limit}", "C", "A")
            law = "rating never falls as claim rises"
        case "threshold":
            body = f"# 線 `{one}` — for the sheet\n\n    count(budget_years)\n\n"
            body += sheet(f"count(measures[actual >= {one}])", f">= {limit}")
            law = f"rating never falls as {one} rises"
        case "indicator":
            body = f"# 数 `{one}` — for each indicator\n\n    count(measures)\n\n"
            body += sheet(f"count(indicators[{one} >= {limit + 1}]) / count(indicators)", pick((">= 80%", ">= 60%")))
        case "total":
            body = f"# 計 `{one}` — for the sheet\n\n    count({pick(('measures', 'indicators'))})\n\n"
            body += f"# 遅れ `late` — for each measure\n\n    result = missed and sheet.{one} >= {limit + 1}\n\n"
            body += sheet("count(measures[late = true])", "0")
        case "position":
            body = sheet(f"measures[{pick(('1', '-1', '2'))}].actual", f">= {limit}")
        case "below":
            body = f"# 計 `{one}` — for the sheet\n\n    count(measures)\n\n"
            body += f"# 枠 `{two}` — for each measure\n\n| F | `sheet.{one}` | **result** |\n|:-:|---|---|\n"
            body += f"| 1 | <= {limit} | close |\n| 2 | - | missed |\n"
            law = f"one more achieved measure never lowers the {two}"
        case "years":
            body = sheet(f"count(measures[years_missed >= {min(limit, 3)}])", "0")
            law = f"rating never {pick(('falls', 'rises'))} as {pick(('actual', 'target'))} rises"
        case "year":
            body = sheet(f"count(measures[years_missed >= {min(limit, 2) + 1}])", "0")
            law = f"rating never falls as {pick(('fiscal_year', 'actual.fiscal_year'))} rises"
        case _:
            body = sheet("count(measures[result = achieved]) / count(measures)", ">= `limit`")
            law = "rating never falls as fiscal_year rises"
    return f"{HEAD}---\n{result}{body}", law
