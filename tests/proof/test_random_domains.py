"""A domain that is too narrow is found by what the engine derives, and then nothing is called proved."""

from dataclasses import replace
from fractions import Fraction

import pytest

from hyotei.proof.prove import prove
from hyotei.rulebook import number_intervals
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.number_intervals import Numbers

TEXT = """---
rulebook: balance
title: 差
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可}
laws:
  - every decision answers
  - if balance <= 5 then rating = B
---
# 達成 `met` — for each measure

    actual >= target

# 差 `balance` — for the sheet

    count(measures[met = true]) - count(measures[met = false])

# 区分 `rating` — for the sheet

| F | `balance` | **rating** |
|---|---|---|
| 1 | 10以上 | A |
| 2 | 0以上 | B |
"""


def test_a_true_domain_is_not_told() -> None:
    """The gap below zero is refuted by a sheet, and no defect is told."""
    report = prove(parse_rulebook(TEXT))
    assert report.defects == ()
    assert [law.status for law in report.laws] == ["refuted", "refuted"]


def test_a_domain_that_is_too_narrow_is_told_and_nothing_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """With differences of counts taken to be zero or more, both methods agree that there is no gap; the engine shows otherwise."""
    added = number_intervals.added

    def narrow(left: Numbers, right: Numbers) -> Numbers:
        return replace(added(left, right), low=Fraction(0))

    monkeypatch.setattr(number_intervals, "added", narrow)
    report = prove(parse_rulebook(TEXT))
    assert "HY916" in [defect.code for defect in report.defects]
    assert report.status != "proved"
    assert not [check for check in report.checks if check.status == "proved"]
    assert not [law for law in report.laws if law.status == "proved"]


@pytest.mark.parametrize("text", ["rating", "balance"])
def test_the_defect_names_what_came_out_otherwise(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """It names the decision, and is told in both languages."""
    monkeypatch.setattr(Numbers, "holds", lambda self, value: value >= 0)
    report = prove(parse_rulebook(TEXT))
    told = [defect.text("en") for defect in report.defects if defect.code == "HY916"]
    assert any(f"of `{text}`" in each for each in told)
