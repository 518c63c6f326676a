"""Japanese words side by side: names, values of scales, and the words of comparisons that begin alike."""

import pytest

from hyotei.rulebook.lexer import tokens
from hyotei.rulebook.load import parse_rulebook

FRONT = """\
---
rulebook: words
title: 言葉
authority: 例示省
standing: draft
fiscal_years: 2012
scales:
  result: [達成, 未達]
---
"""


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("達成率", ["達成率"]),
        ("達成", ["達成"]),
        ("達成以外", ["達成", "以外"]),
        ("達成、未達", ["達成", ",", "未達"]),
        ("80%超過", ["80%", "超過"]),
        ("80%超90%以下", ["80%", "超", "90%", "以下"]),
        ("約定率", ["約定率"]),
        ("S+以上", ["S+", "以上"]),
        ("未達以上達成未満", ["未達", "以上", "達成", "未満"]),
        ("達成または未達以外", ["達成", "または", "未達", "以外"]),
        ("未達以上率", ["未達以上率"]),
    ],
)
def test_the_longest_word_is_meant(written: str, words: list[str]) -> None:
    """A value of a scale is read only where no longer word stands."""
    special = ("S+", "達成", "未達", "超", "約", "以上", "以下")
    assert [token.text for token in tokens(written, special, in_cell=True)][:-1] == words


def test_a_decision_may_be_named_after_a_value_of_a_scale() -> None:
    """`達成率` is a name of its own although `達成` is a value."""
    rulebook = parse_rulebook(
        FRONT
        + "# 率 `達成率` — 測定値ごと\n\n    actual / target\n\n"
        + "# 判定 `result` — 測定値ごと\n\n| F | `達成率` | **result** |\n|---|---|---|\n"
        + "| 1 | unknown | unknown |\n| 2 | 100%以上 | 達成 |\n| 3 | - | 未達 |\n"
    )
    assert rulebook.by_name["result"].needs == ("達成率",)


def test_undeclared_words_may_be_shared() -> None:
    """Two output columns without declared scales may have some of their words in common."""
    table = "# x `{0}` — 測定値ごと\n\n| F | `actual` | **{0}** |\n|---|---|---|\n| 1 | unknown | {1} |\n| 2 | - | {2} |\n\n"
    rulebook = parse_rulebook(FRONT + table.format("x", "保留", "良好") + table.format("y", "決算待ち", "良好"))
    values = [decision.outputs[0].type for decision in rulebook.decisions]
    assert [getattr(each, "values", None) for each in values] == [("保留", "良好"), ("決算待ち", "良好")]
