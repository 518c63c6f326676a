"""Every kind of column, literal, form and spelling of a cell: it means what is worked out by hand, or it is refused."""

import pytest

from hyotei.messages import Diagnostic
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.sheet import Sheet
from tests.rulebook.cell_matrix import COLUMNS, ONE_UNIT, Case, Column, cases

HEAD = """---
rulebook: matrix
title: 条件のセル
authority: 総務省
standing: draft
fiscal_years: 2010..2014
scales:
  rating: [A, B, C, D]
  stars: ["5", "4", "3", "2"]
---
# 星 `stars` — for the sheet

| F | `count(measures)` | **stars** |
|---|-------------------|-----------|
| 1 | -                 | 5         |

# 種別 `kind` — for the sheet

| F | `count(measures)` | **kind** |
|---|-------------------|----------|
| 1 | 3以上             | 良       |
| 2 | 2                 | 可       |
| 3 | -                 | 不可     |

"""


def checked(column: Column, cells: list[Case]) -> tuple[Rulebook | None, list[Diagnostic]]:
    rows = "".join(f"| {number} | {case.cell} | 1 |\n" for number, case in enumerate(cells, 1))
    table = f"# 表 `x` — for {column.scope}\n\n| C# | `{column.term}` | **x** |\n|---|---|---|\n{rows}"
    return check_rulebook(RulebookText.parse(HEAD + table, "rulebook.md"))


@pytest.mark.parametrize("name", COLUMNS)
def test_every_cell_means_what_it_says_or_is_refused_at_its_place(name: str) -> None:
    """Compiled cells hold for exactly the samples for which they should; all others are errors at their row and characters."""
    column = COLUMNS[name]
    every = list(dict.fromkeys(cases(column)))
    _, problems = checked(column, every)
    first = HEAD.count("\n") + 4
    told: dict[int, set[str]] = {}
    for problem in problems:
        place = problem.location
        if problem.severity != "error":
            continue
        assert place.row is not None, problem.text()
        assert place.line == first + int(place.row), problem.text()
        assert place.start is not None, problem.text()
        assert place.end is not None
        assert place.start < place.end <= len(every[int(place.row) - 1].cell) + 12, problem.text()
        told.setdefault(int(place.row), set()).add(problem.code)
    wrong = [
        f"{case.cell!r}: {sorted(told.get(number, ()))}"
        for number, case in enumerate(every, 1)
        if (number in told) != (case.holds is None)
    ]
    assert not wrong, "\n".join(wrong)
    means(column, [case for case in every if case.holds is not None])


@pytest.mark.parametrize("name", ONE_UNIT)
def test_a_unit_that_stands_once_is_for_both_ends_or_told(name: str) -> None:
    """`80~95%` is from 80% to 95% however the range is written; where a reader might take it otherwise, it is refused."""
    column = COLUMNS[name]
    every = [
        Case(cell, None if ends is None else tuple(ends[0] <= place <= ends[1] for place in range(len(column.samples))))
        for cell, ends in ONE_UNIT[name].items()
    ]
    for case in every:
        rulebook, problems = checked(column, [case])
        assert (rulebook is None) == (case.holds is None), (case.cell, [problem.text() for problem in problems])
    means(column, [case for case in every if case.holds is not None])


def means(column: Column, accepted: list[Case]) -> None:
    rulebook, problems = checked(column, accepted)
    assert rulebook is not None, "\n".join(problem.text() for problem in problems)
    body = rulebook.by_name["x"].body
    assert isinstance(body, Table)
    reading = Reading(rulebook, Sheet(id="s", title="題", authority="総務省", fiscal_year=2012))
    wrong = []
    for case, row in zip(accepted, body.rows, strict=True):
        found = tuple(reading.check(row.checks[0], sample, frozenset(), reading.root) for sample in column.samples)
        if found != case.holds:
            wrong.append(f"{case.cell!r}: {found} for {column.samples}")
    assert not wrong, "\n".join(wrong)
