"""Fiscal years of measures out of a corpus, which holds them in two tables: as the reference reads them of the sheets."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.columnar.engines import engine
from hyotei.columnar.rated_sheets import Rater
from hyotei.corpus.corpus import Corpus
from hyotei.corpus.stored_rows import StoredRows
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import Sheet
from hyotei.testing import sheets
from tests.examples import one_in
from tests.interpreters import exactly

BOOK = parse_rulebook(
    """---
rulebook: years
title: 年ごとの判断
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可}
facts:
  year:
    weight: {type: number, label: 重み, default: 1}
---
# 達成 `met_in_year` — for each year

| F | `actual` | `target` | `weight` | `previous.actual` | **met_in_year** |
|---|---|---|---|---|---|
| 1 | unknown | - | - | - | unknown |
| 2 | >= `target` | - | - | - | true |
| 3 | - | unknown | >= 2 | - | unknown |
| 4 | >= `previous.actual` | - | - | 不明以外 | true |
| 5 | - | - | - | - | false |

# 達成した年 `met_years` — for each measure

    count(years[met_in_year]) + latest.weight * 10

# 続けて未達の年数 `in_a_row` — for each measure

    years_missed

# 年の数 `all_years` — for the sheet

    count(years) + count(measures.years[fiscal_year = sheet.fiscal_year - 1])

# 年の検査 `check_year` — for each year

| C | `met_in_year` | `target.unit` | **finding** |
|---|---|---|---|
| 1 | false | - | Y-1 |
| 2 | - | "回" | Y-2 |
"""
)


@settings(max_examples=one_in(10))
@given(drawn=st.lists(sheets(BOOK), min_size=1, max_size=4))
def test_years_of_a_corpus_are_those_of_the_sheets(drawn: list[Sheet]) -> None:
    """Every step at every year, and which years there are, whatever order the tables have; findings at years too."""
    named = [sheet.model_copy(update={"id": f"s{number}"}) for number, sheet in enumerate(drawn)]
    with TemporaryDirectory() as folder, Corpus.from_sheets(named, Path(folder) / "corpus") as corpus:
        rated = Rater(BOOK, engine("duckdb")).rate(StoredRows(corpus, corpus.parts))
        fired = rated.fired()
        for number, key in enumerate(rated.stored.keys):
            if number in rated.apart:
                continue
            expected = evaluate(BOOK, next(sheet for sheet in named if f"{sheet.id}" in key))
            found = rated.derivation(number)
            assert list(found.steps) == list(expected.steps)
            told = {each: found.steps[each] for each in expected.steps}
            assert exactly(Derivation(told)) == exactly(expected)
            stated = {unit for (name, unit), step in expected.steps.items() if name == "check_year" and step.rows}
            assert {each.unit for each in fired.get(number, [])} == stated
