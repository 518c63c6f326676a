"""Direction by wording: a few sentences that state the rule, and a sample that was read by eye."""

import csv
from pathlib import Path

import pytest

import hyotei
from hyotei.sheet.direction_words import direction_by_wording


@pytest.mark.parametrize(
    ("name", "goal", "direction"),
    [
        ("交通事故死者数", "死者数を2,500人以下とする", "decrease"),
        ("CO2排出量", "", "decrease"),
        ("CO2排出削減量", "排出量を減らす", "increase"),
        ("システム経費の削減額", "経費の削減", "increase"),
        ("平均審査日数", "10日とする", "decrease"),
        ("40代以下の農業従事者数", "平成35年に40万人とする", None),
        ("1か月以内に決定した割合", "割合を80%とする", "increase"),
        ("受講者の満足度", "90%以上とする", "increase"),
        ("会議の開催数", "開催する", None),
        # What is to fall by its goal is the figure only where both speak of one thing.
        ("相談件数", "相談件数を減らす", "decrease"),
        ("会議の開催数", "相談件数を減らす", None),
        ("相談の数を減らす", "受付", "decrease"),
    ],
)
def test_words_decide(name: str, goal: str, direction: str | None) -> None:
    """What falls, what was taken away, an age that is no bound, and nothing where no word speaks."""
    found = direction_by_wording(name, goal)
    assert found.direction == direction
    assert bool(found.words) == (direction is not None)
    assert found.reading == "inferred"


@pytest.mark.slow
def test_the_sample(shared: Path, root: Path) -> None:
    """On 300 indicators read by eye: what is called a decrease nearly always is one, and most are found."""
    with (root / "tests" / "data" / "direction_labels.csv").open(encoding="utf-8") as file:
        labels = {(row["sheet"], row["outcome"]): row["better"] for row in csv.DictReader(file)}
    assert len(labels) == 300
    right = wrong = missed = 0
    for found in hyotei.read_sheets(shared / "data" / "judgit"):
        if found.sheet is None:
            continue
        for objective in found.sheet.objectives:
            (indicator,) = objective.indicators
            label = labels.pop((found.sheet.id, indicator.number or ""), "unclear")
            if label == "unclear":
                continue
            said = direction_by_wording(indicator.name, objective.name).direction == "decrease"
            right += said and label == "decrease"
            wrong += said and label != "decrease"
            missed += not said and label == "decrease"
    assert labels == {}
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.8
