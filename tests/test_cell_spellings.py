"""A cell means what the docs say, or is refused: cells put together at random, by the program and by the reading outside it."""

from decimal import Decimal
from functools import cache
from typing import Final

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from hyotei.rulebook.load import check_rulebook, parse_rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.values import REASONS
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from tests.cell_spellings import NUMBERS, spellings
from tests.examples import one_in
from tests.interpreters import outside, steps
from tests.strategies import HALF

COLUMNS: Final = {
    "ratio": ("actual / target", "for each measure"),
    "figure": ("actual", "for each measure"),
    "count": ("actual.fiscal_year - 2000年度", "for each measure"),
    "money": ("initial", "for each budget year"),
    "year": ("actual.fiscal_year", "for each measure"),
    "scale": ("grade", "for each measure"),
    "claim": ("claim", "for each objective"),
    "qualifier": ("target.qualifier", "for each measure"),
    "truth": ("main", "for each indicator"),
    "text": ("label", "for each measure"),
}
"""For each kind a column, and what its table is for."""

HEAD: Final = """---
rulebook: spellings
title: 書き方
authority: 総務省
standing: draft
fiscal_years: 2010..2014
scales:
  grade: [S+, A, B, C]
---
# 割合 `share` — for the sheet

    80%

# 値 `grade` — for each measure

| F | `actual` | **grade** |
|---|----------|-----------|
| 1 | unknown  | unknown   |
| 2 | < 0      | C         |
| 3 | < 1      | B         |
| 4 | < 10     | A         |
| 5 | -        | S+        |

# 別の値 `other` — for the sheet

| F | `share` | **grade** |
|---|---------|-----------|
| 1 | >= 80%  | B         |
| 2 | -       | C         |

"""

_ACTUALS: Final = (
    "-2",
    "-0.1",
    "0",
    "0.005",
    "0.05",
    "0.5",
    "0.75",
    "0.79",
    "0.8",
    "0.85",
    "0.9",
    "1",
    "1.2",
    "2",
    "4.5",
    "5",
    "6",
    "7.5",
    "10",
    "80",
    "100",
    "1000",
    "1200",
    "10000",
    "12000",
    "100000",
    *REASONS,
)
_YEARS: Final = (
    2000,
    2001,
    2002,
    2003,
    2004,
    2005,
    2009,
    2010,
    2011,
    2012,
    2013,
    2014,
    2018,
    2019,
    2023,
    2024,
    2100,
    None,
)
_AMOUNTS: Final = (
    "-1",
    "0",
    "1",
    "80",
    "2000",
    "2001",
    "30000",
    "30000000",
    "100000000",
    "120000000",
    "150000000",
    "200000000",
    "300000000",
    "300000001",
    "1000000000000",
    *REASONS,
)
_QUALIFIERS: Final = (None, "以上", "以下", "未満", "超", "程度", "約")


def figure(value: str, **more: object) -> Quantity:
    told: dict[str, object] = {"unknown": value} if value in REASONS else {"value": Decimal(value)}
    return Quantity.model_validate(told | more)


@cache
def sheet() -> Sheet:
    """A sheet with values on and beside what the cells ask for."""
    measures = [
        Measure(
            label=("回", "件", "Ａ型", None)[at % 4],
            target=figure("1", qualifier=_QUALIFIERS[at % len(_QUALIFIERS)]),
            actual=figure(value, fiscal_year=_YEARS[at % len(_YEARS)]),
        )
        for at, value in enumerate(_ACTUALS)
    ]
    indicators = [
        Indicator(name=f"指標{at}", main=(True, False, None)[at % 3], measures=(each,))
        for at, each in enumerate(measures)
    ]
    return Sheet(
        id="spellings",
        title="書き方",
        authority="総務省",
        fiscal_year=2012,
        objectives=tuple(
            Objective.model_validate({"name": f"目標{at}", "claim": claim, "indicators": tuple(indicators[at::4])})
            for at, claim in enumerate(("achieved", "partly_achieved", "not_achieved", None))
        ),
        budget_years=tuple(BudgetYear(fiscal_year=2000 + at, initial=figure(each)) for at, each in enumerate(_AMOUNTS)),
    )


def document(kind: str, cells: list[str]) -> tuple[str, list[int]]:
    """A rulebook with a table for each cell, and the line on which each table begins."""
    column, scope = COLUMNS[kind]
    text, lines = HEAD, []
    for number, cell in enumerate(cells):
        lines.append(text.count("\n") + 1)
        text += f"# 表{number} `c{number}` — {scope}\n\n| F | `{column}` | **o** |\n|---|---|---|\n"
        text += f'| 1 | {cell} | "yes" |\n| 2 | - | "no" |\n\n'
    return text, lines


def accepted(kind: str, cells: list[str]) -> list[str]:
    """The cells that the program reads without an error."""
    text, lines = document(kind, cells)
    _, problems = check_rulebook(RulebookText.parse(text, "rulebook.md"))
    refused = {
        problem.location.line
        for problem in problems
        if problem.severity == "error" and problem.location.line is not None
    }
    assert all(line >= lines[0] for line in refused), [problem.text() for problem in problems]
    ends = [*lines[1:], text.count("\n") + 2]
    return [
        cell
        for cell, start, end in zip(cells, lines, ends, strict=True)
        if not any(start <= line < end for line in refused)
    ]


def agree(kind: str, data: st.DataObject) -> None:
    """Draws many cells for one kind of column; those that are read have one meaning."""
    cells = accepted(kind, data.draw(st.lists(spellings(kind), min_size=20, max_size=20), label="cells"))
    if not cells:
        return
    text, _ = document(kind, cells)
    expected = steps(evaluate(parse_rulebook(text), sheet()))
    for number, cell in enumerate(cells):
        note(f"c{number}: {cell}")
    assert outside(text, sheet()) == expected


@pytest.mark.parametrize("kind", list(NUMBERS))
@HALF
@given(data=st.data())
def test_what_is_accepted_means_what_the_docs_say(kind: str, data: st.DataObject) -> None:
    """On every value of the sheet, known or unknown, a cell holds, fails or stays open as the docs say, or it is refused."""
    agree(kind, data)


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(NUMBERS))
@settings(max_examples=one_in(4))
@given(data=st.data())
def test_what_is_accepted_means_what_the_docs_say_many_times(kind: str, data: st.DataObject) -> None:
    """The same over 4,000 cells of each kind in `make test-all`, 10,000 in `make test-long`."""
    agree(kind, data)
