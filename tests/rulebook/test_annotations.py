"""Reasons that name a threshold which their row does not have."""

from itertools import product

import pytest

from hyotei.rulebook.check.annotations import thresholds
from tests.rulebook.small import formula, rulebook, table

SPENT = formula("sum(budget_years.executed) / sum(budget_years.total)", "spent")


def told(column: str, cell: str, reason: str, *more: str) -> list[str]:
    """The phrases that are told of one row."""
    rows = [f"| F | `{column}` | **rating** | *理由* |", f"| 1 | {cell} | A | {reason} |", *more, "| 9 | - | B | |"]
    book = rulebook(SPENT, table("\n".join(rows), "rating"))
    return [str(each.params["phrase"]) for each in book.warnings if each.code == "HY577"]


SPELLINGS = {
    "50": ("50%", "５０％", "50パーセント", "5割", "五割", "半数", "半分", "過半数", "2分の1", "二分の一", "half"),
    "75": ("75%", "7割5分", "七割五分", "4分の3", "75.0 %"),
    "200": ("200%", "2倍", "二倍", "20割"),
    "70": ("70%", "7割", "10分の7"),
}


@pytest.mark.parametrize(("stated", "named"), list(product(SPELLINGS, repeat=2)))
def test_every_spelling_of_a_ratio(stated: str, named: str) -> None:
    """A ratio in words is told just where the cell has another."""
    rest = {str(100 - int(stated)), str(abs(int(stated) - 100))}
    for phrase in SPELLINGS[named]:
        found = told("spent", f"{stated}%以上", f"{phrase}を超えて使った")
        assert bool(found) is (named != stated and named not in rest), (phrase, found)


@pytest.mark.parametrize(
    ("column", "cell", "reason", "expected"),
    [
        ("spent", "75%以上", "7割以上を達成", ["7割"]),
        ("spent", "70%以上", "7割以上を達成", []),
        ("spent", "0.7以上", "7割以上を達成", []),
        ("spent", "`minimum` 以上", "6割以上、以前は5割以上", []),
        ("spent", "`minimum` 以上", "7割以上", ["7割"]),
        ("spent", "`1 - about` 以上", "9割以上。幅は10%", []),
        ("spent", "`1 - about` 以上", "8割以上", ["8割"]),
        ("spent", "30%未満", "残りが7割を超える", []),
        ("spent * 100", "75以上", "75%以上、75点以上", []),
        ("spent * 100", "75以上", "7割以上", ["7割"]),
        ("sum(budget_years.total)", "3億円超", "３億円を超える", []),
        ("sum(budget_years.total)", "5億円超", "３億円超", ["3億円"]),
        ("sum(budget_years.total)", "`late` 超", "300百万円超", []),
        ("count(measures)", "3以上", "3件以上", []),
        ("count(measures)", "4以上", "3件以上ある", ["3件"]),
        ("count(measures[actual / target >= 80%])", "3以上", "8割に届くものが3件以上", []),
        ("count(measures)", "4以上", "第3期の平成24年度以降、2012年度以降の計画3条以下、F16以上、様式1-2以上", []),
        ("count(measures)", "4以上", "割合と役割を分割し、三か年の3番目の表を使う", []),
        ("recorded.rating", "A", "7割以上", []),
        ("fiscal_year", "2012以降", "平成24年度以降、2012年度以上", []),
    ],
)
def test_reasons(column: str, cell: str, reason: str, expected: list[str]) -> None:
    """What is a threshold, and which numbers of the row count for it."""
    assert told(column, cell, reason) == expected


def test_a_row_may_speak_of_the_rows_above_it() -> None:
    """Where the first row that holds answers, what is left did not reach the rows above; below it nothing counts."""
    assert told("spent", "70%以上", "", "| 2 | - | B | 7割に満たない |") == []
    assert told("spent", "70%以上", "", "| 2 | - | B | 6割に満たない |") == ["6割"]
    assert told("spent", "70%以上", "4割に届く", "| 2 | 40%以上 | B | |") == ["4割"]


def test_a_threshold_of_another_table_counts() -> None:
    """A row may speak of what a decision that it reads calls so."""
    low = table(
        "| F | `spent` | **low** |\n| 1 | 50%未満 | true |\n| 2 | unknown | unknown |\n| 3 | - | false |", "low"
    )
    rows = "| F | `low` | `spent` | **rating** | *理由* |\n| 1 | true | 30%以上 | A | {} |\n| 2 | - | - | B | |"
    for reason, expected in (("半分に届かない", 0), ("3割以上", 0), ("4割以上", 1)):
        book = rulebook(SPENT, low, table(rows.format(reason), "rating"))
        assert len([each for each in book.warnings if each.code == "HY577"]) == expected


def test_a_text_is_read_in_any_width() -> None:
    """Full width digits and signs are those of half width."""
    assert [(kind, str(number)) for _, kind, number in thresholds("７割５分、３億円超、５件以上")] == [
        ("share", "0.75"),
        ("money", "300000000"),
        ("count", "5"),
    ]
