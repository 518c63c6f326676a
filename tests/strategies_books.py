"""Rulebooks that calculate with what is counted: claims, years missed, main indicators, positions, differences, means and years.

The writer of `tests.strategies` draws every form of the language; here few forms meet often, in sums whose sign and wholeness
nobody can see from their kind.
"""

from collections.abc import Callable
from typing import Any, Final

from hypothesis import strategies as st

from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook

Draw = Callable[[Any], Any]

HEAD: Final = """---
rulebook: telling
title: 数える評価基準
authority: 総務省
standing: draft
fiscal_years: 2011..2014
{division}scales:
  rating: {{A: 良, B: 可, C: 否}}
  result: {{achieved: 達成, close: 惜しい, missed: 未達}}
parameters:
  half:
    ..2012: {early}%
    2013..: {late}%
---
# 達成度 `attainment` — for each measure

    actual / target

# 判定 `result` — for each measure

| F | `attainment` | **result** |
|---|---|---|
| 1 | unknown | unknown |
| 2 | >= 100% | achieved |
| 3 | `half` 以上 | close |
| 4 | - | missed |

# 点 `score` — for each measure

| F | `result` | `direction` | **score** |
|---|---|---|---|
| 1 | achieved | - | {points}点 |
| 2 | unknown | decrease | unknown |
| 3 | - | - | {fewer}点 |

# 遅れ `late` — for each measure

| F | `years_missed` | **late** |
|---|---|---|
| 1 | 2以上 | true |
| 2 | unknown | {missing} |
| 3 | - | false |

"""
COUNTS: Final = (
    "count(measures)",
    "count(measures[result = achieved])",
    "count(measures[result = missed])",
    "count(measures[late = true])",
    "count(indicators[main = true])",
    "count(indicators)",
    "count(objectives[claim = achieved])",
    "count(budget_years)",
    "measures[1].years_missed",
    "max(measures.years_missed)",
    "sum(measures.score)",
)
SHARES: Final = (
    "{0} / {1}",
    "{0} * 50% / {1}",
    "mean(measures.attainment)",
    "measures[-1].attainment",
    "sum(budget_years.executed) / sum(budget_years.total)",
    "min({0} / 2 / {1}, 100%)",
)
SUMS: Final = (
    "{0} - {1}",
    "{0} + {1}",
    "{0} / 2",
    "{0} * 50%",
    "abs({0} - {1})",
    "-{0}",
    "({0} - {1}) ** 2",
    "({0} - {1}) * {2}",
    "floor({0} / 3)",
    "min({0}, {1}, 3)",
    "max({0} - {1}, 0)",
    "mean({0}, {1})",
    "mean(measures.score)",
    "mean(measures.years_missed)",
    "if {0} > {1} then {0} - 1 else {2} / 4",
    "measures[-1].actual.fiscal_year - measures[-1].target.fiscal_year",
    "fiscal_year - budget_years[-1].fiscal_year",
    "budget_years[1].fiscal_year - 2012年度",
    "measures[2].years_missed - {0}",
)
NUMBERS: Final = ("-2", "-1", "0", "0.5", "1", "2", "2.5", "3", "5")


@st.composite
def telling_books(draw: Draw) -> str:
    """The documents of such rulebooks."""

    def pick(options: tuple[str, ...]) -> str:
        return str(draw(st.sampled_from(options)))

    text = HEAD.format(
        division=pick(("", "division: floor 6\n", "division: half_up 2\n", "division: ceiling 0\n")),
        early=pick(("50", "80")),
        late=pick(("40", "90")),
        points=pick(("3", "2", "5")),
        fewer=pick(("2", "0", "1")),
        missing=pick(("unknown", "false", "true")),
    )
    names = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        form = pick((*SUMS, *SHARES))
        counts = [pick(COUNTS) for _ in range(3)]
        text += f"# 値 {number} `x{number}` — for the sheet\n\n    {form.format(*counts)}\n\n"
        names.append((f"x{number}", form in SHARES))
    text += f"# 評価区分 `rating` — for the sheet\n\n| {pick(('F', 'U', 'A'))} |"
    text += "".join(f" `{name}` |" for name, _ in names) + " **rating** |\n|---|" + "---|" * (len(names) + 1) + "\n"
    for row in range(1, draw(st.integers(1, 4)) + 1):
        cells = [_cell(pick, share) for _, share in names]
        text += f"| {row} | {' | '.join(cells)} | {pick(('A', 'B', 'C', 'unknown'))} |\n"
    return text


def _cell(pick: Callable[[tuple[str, ...]], str], share: bool) -> str:
    low, high = sorted((pick(NUMBERS), pick(NUMBERS)), key=float)
    if share:
        low, high = (f"{float(each) * 50:g}%" for each in (low, high))
    if low == high:
        return pick((f">= {low}", low, "-", "unknown"))
    return pick((f">= {low}", f"< {high}", f"[{low}..{high})", low, "-", "unknown", "unknown(undefined)"))


def telling_rulebooks() -> st.SearchStrategy[Rulebook]:
    """The rulebooks, parsed."""
    return telling_books().map(parse_rulebook)
