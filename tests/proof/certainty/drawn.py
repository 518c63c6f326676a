"""Small rulebooks and sheets in which unknown figures matter, and ways in which what is unknown could turn out.

The domain of docs/certain.md is written down here once more, as plain code that knows nothing of the proofs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hyotei.proof.certainty.filled_sheets import filled
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from hyotei.verdict.supposed_values import Outcome, results

Draw = Callable[[Any], Any]

HEAD = """---
rulebook: drawn
title: 確実さの試し
authority: 総務省
standing: draft
fiscal_years: 2010..2014
scales:
  rating: [A, B, C]
  budget: [Ⅰ, Ⅱ, Ⅲ]
  result: [achieved, close, missed]
---
"""
ATTAINMENT = """# 達成率 `attainment` — for each measure

    if direction = decrease then target / actual else actual / target
"""
RESULT = """# 判定 `result` — for each measure

| F | `attainment` | **result** |
|---|---|---|
| 1 | {low} | {unknown} |
| 2 | {high}%以上 | achieved |
| 3 | {middle}%以上 | close |
| 4 | - | missed |
"""
SHARE = """# 割合 `share` — for the sheet

    {share}
"""
SHARES = (
    "count(measures[result = achieved]) / count(measures[result != unknown])",
    "count(measures[result = achieved]) / count(measures)",
    "mean(measures.attainment)",
    "min(measures.attainment)",
    "measures[1].attainment",
    "sum(measures.actual) / sum(measures.target)",
)
RATING = """# 区分 `rating` — for the sheet

| F | `share` | **rating** |
|---|---|---|
| 1 | unknown | {unknown} |
| 2 | {high}%{at} | A |
| 3 | {middle}%以上 | B |
| 4 | - | C |
"""
EXECUTION = """# 執行率 `execution_rate` — for each budget year

    executed / total

# 直近の執行率 `execution` — for the sheet

    {execution}
"""
EXECUTIONS = (
    "budget_years[execution_rate != unknown][-1].execution_rate",
    "budget_years[1].execution_rate",
    "sum(budget_years.executed) / sum(budget_years.total)",
)
BUDGET = """# 予算 `budget` — for the sheet

| F | `rating` | `execution` | **budget** |
|---|---|---|---|
| 1 | unknown | - | unknown |
| 2 | A | {high}%以上 | Ⅰ |
| 3 | A, B | unknown | Ⅱ |
| 4 | A, B | {middle}%以上 | Ⅱ |
| 5 | - | - | Ⅲ |
"""


@st.composite
def rulebooks(draw: Draw) -> Rulebook:
    """A chain from figures to rating and recommendation, with drawn bounds."""

    def bounds() -> dict[str, str]:
        high, middle = sorted((draw(st.integers(0, 30)) * 5, draw(st.integers(0, 30)) * 5), reverse=True)
        return {"high": str(high), "middle": str(middle)}

    pick = st.sampled_from
    texts = [
        ATTAINMENT,
        RESULT.format(**bounds(), low="unknown", unknown=draw(pick(["unknown", "missed"]))),
        SHARE.format(share=draw(pick(SHARES))),
        RATING.format(**bounds(), at=draw(pick(["以上", "超"])), unknown=draw(pick(["unknown", "C"]))),
        EXECUTION.format(execution=draw(pick(EXECUTIONS))),
        BUDGET.format(**bounds()),
    ]
    return parse_rulebook(HEAD + "\n" + "\n".join(texts))


def whole(low: int = 0, high: int = 24) -> "st.SearchStrategy[Decimal]":
    return st.integers(low, high).map(Decimal)


@st.composite
def quantities(draw: Draw, unit: str | None, unknown: int) -> Quantity:
    """A figure, or with a chance of `unknown` in 10 a reason; rarely a range."""
    if draw(st.integers(0, 9)) < unknown:
        reason = draw(st.sampled_from(["unmeasured", "qualitative", "missing", "unsettled", "range"]))
        if reason == "range":
            low, high = sorted((draw(whole()), draw(whole())))
            return Quantity(unknown="undefined", low=low, high=high, unit=unit)
        return Quantity(unknown=reason, unit=unit)
    return Quantity(value=draw(whole(1)) if unit else draw(whole(1)) / 2, unit=unit)


@st.composite
def measures(draw: Draw) -> Measure:
    unit = draw(st.sampled_from(["回", "件", None]))
    return Measure(
        baseline=draw(quantities(unit, 8)),
        target=draw(quantities(unit, 1)),
        actual=draw(quantities(unit, 4)),
        direction=draw(st.sampled_from([None, "increase", "decrease"])),
    )


@st.composite
def sheets(draw: Draw) -> Sheet:
    """One to three measures and one or two budget years, some of their figures unknown."""
    found = draw(st.lists(measures(), min_size=1, max_size=3))
    years = [
        BudgetYear(
            fiscal_year=year,
            total=Quantity(value=draw(whole(1, 40)), unit="円"),
            executed=draw(
                st.just(Quantity(unknown="unsettled")) | whole(0, 40).map(lambda n: Quantity(value=n, unit="円"))
            ),
        )
        for year in range(2011, 2011 + draw(st.integers(1, 2)))
    ]
    indicators = tuple(Indicator(name=f"指標{at}", measures=(each,)) for at, each in enumerate(found, 1))
    return Sheet(
        id="drawn",
        title="政策",
        authority="総務省",
        fiscal_year=2012,
        objectives=(Objective(name="目標", indicators=indicators),),
        budget_years=tuple(years),
    )


@dataclass(frozen=True)
class Filling:
    """What has become known."""

    values: dict[tuple[str, str], Scalar]

    def outcome(self, rulebook: Rulebook, sheet: Sheet) -> Outcome:
        changed, supposed = filled(sheet, self.values)
        return results(evaluate(rulebook, changed, supposed).steps)


@st.composite
def fillings(draw: Draw, rulebook: Rulebook, sheet: Sheet, only: frozenset[str] | None = None) -> Filling:
    """Any way in which the unknowns could turn out; of `only` these, and those surely, the others staying unknown.

    A judgement is filled in only where it is unknown now: one that is known although a figure is told in words (because
    the rulebook says what to do then) cannot become another.
    """
    values: dict[tuple[str, str], Scalar] = {}
    steps = evaluate(rulebook, sheet).steps
    spends_within = all(
        year.executed.value is None or year.total.value is None or year.executed.value <= year.total.value
        for year in sheet.budget_years
    )

    def take(name: str, unit: str) -> bool:
        if only is not None:
            return f"{name}@{unit}" in only
        return bool(draw(st.booleans()))

    for number, measure in enumerate(sheet.measures, 1):
        unit = f"measures[{number}]"
        in_words = False
        for name in ("baseline", "target", "actual"):
            quantity: Quantity = getattr(measure, name)
            in_words = in_words or (name != "baseline" and quantity.unknown == "qualitative")
            if quantity.value is not None or quantity.unknown == "qualitative" or not take(name, unit):
                continue
            if quantity.low is not None and quantity.high is not None:
                low, high = int(quantity.low), int(quantity.high)
                values[name, unit] = draw(whole(low, high))
            else:
                values[name, unit] = draw(whole(0, 40) if measure.target.unit else whole(-20, 40).map(lambda n: n / 4))
        unjudged = isinstance(steps["result", unit].outputs[0], Unknown)
        # A baseline told in words leaves a judgement open too where it alone shows the direction; a set may ask for it.
        if unjudged and (in_words or only is not None) and take("result", unit):
            values["result", unit] = draw(st.sampled_from(["achieved", "close", "missed"]))
    for year in sheet.budget_years:
        unit = f"budget_years[{year.fiscal_year}]"
        if year.executed.value is None and take("executed", unit):
            assert year.total.value is not None
            values["executed", unit] = draw(whole(0, int(year.total.value) if spends_within else 60))
    return Filling(values)
