"""The admissible inputs are those that a sheet can state, no more: counterexamples at the very end are sheets."""

import pytest

from hyotei.proof.prove import prove
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.reference import evaluate

HEAD = """---
rulebook: ends
title: 端
authority: 総務省
standing: draft
fiscal_years: 2010..2014
scales:
  rating: [A, B]
---
# 判定 `found` — for each measure

| F | `actual * 0.00000000000000000001 * 0.00000000000000000001` | **found** |
|---|---|---|
| 1 | {test} | A |
| 2 | - | B |

# 区分 `rating` — for the sheet

    if count(measures[found = A]) >= 1 then A else B
"""


@pytest.mark.parametrize("sign", ["", "-"])
def test_no_figure_is_longer_than_a_sheet_can_state(sign: str) -> None:
    """A row that only a figure of sixty digits meets is met by a sheet; one that needs sixty-one is met by none."""
    masked = {}
    for digits in (60, 61):
        # A rulebook's own numbers are shorter, so the input is taken at ten to the minus 40th.
        number = f"{sign}1{'0' * (digits - 1 - 40)}"
        report = prove(parse_rulebook(HEAD.format(test=f"{'<=' if sign else '>='} {number}")))
        masked[digits] = [
            each.rows for each in report.checks if each.name in ("masked", "never") and each.status == "refuted"
        ]
    assert masked == {60: [], 61: [(1,)]}


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_counterexample_at_the_end_is_a_sheet(sign: str) -> None:
    """The law fails for figures of sixty digits only, and the sheet that shows it can be written."""
    test = f"{'<=' if sign else '>='} {sign}1{'0' * 19}"
    report = prove(parse_rulebook(HEAD.format(test=test)), laws=["if sheet.fiscal_year >= 2010 then rating = B"])
    (law,) = report.laws
    assert law.status == "refuted"
    assert law.counterexample is not None
    assert evaluate(parse_rulebook(HEAD.format(test=test)), law.counterexample.sheet).value("rating") == "A"


def test_a_constant_beyond_every_figure_is_not_taken_for_a_number() -> None:
    """Times a number of 1,968 digits, a great amount is unknown and a small one is not: nothing is claimed of it."""
    text = HEAD.format(test=">= 1").replace("actual * 0.00000000000000000001 * 0.00000000000000000001", "actual")
    text += f"\n# 大 `huge` — for the sheet\n\n    sum(budget_years.executed) * {'9' * 24} ** 82\n"
    report = prove(parse_rulebook(text), laws=["if sum(budget_years.executed) >= 1円 then huge >= 1円"])
    (law,) = report.laws
    assert law.status != "proved"
    # Nor was it proved before drawn sheets broke it.
    assert report.defects == ()
