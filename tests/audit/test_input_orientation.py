"""Which way inputs point, against the reference reading of the table on many values."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.audit.input_orientation import oriented
from hyotei.rulebook.load import parse_rulebook

FRONT = """---
rulebook: drawn
title: 例
authority: 例示省
standing: draft
fiscal_years: 2012
scales:
  rating: {A: 良, B: 中, C: 悪}
---
# 数 `share` — for the sheet

    count(measures[actual >= target]) / count(measures)

# 評価区分 `rating` — for the sheet

| F | `share` | **rating** |
|---|---|---|
"""


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from("ABC")), max_size=4), st.sampled_from("ABC"))
def test_a_direction_is_one_that_all_values_keep(rows: list[tuple[int, str]], last: str) -> None:
    """A table of one column: the result never falls as it rises, or never rises, or neither, or does not change."""
    text = (
        FRONT + "".join(f"| 1 | {limit * 10}%以上 | {rating} |\n" for limit, rating in rows) + f"| 1 | - | {last} |\n"
    )
    found, open_ = oriented(parse_rulebook(text, "rulebook.md"), "rating", 2012)

    def place(value: int) -> int:
        return "ABC".index(next((rating for limit, rating in rows if value >= limit * 10), last))

    # A share of measures is never below zero.
    along = [place(value) for value in range(210)]
    up = all(one >= other for one, other in pairwise(along))
    down = all(one <= other for one, other in pairwise(along))
    if up and down:
        assert (found, open_) == ((), ())
    elif up or down:
        assert [(each.name, each.rises, each.how) for each in found] == [("share", up, "proved")]
        assert open_ == ()
    else:
        assert (found, open_) == ((), ("share",))


def test_where_a_boundary_depends_on_the_sheet_a_law_tells() -> None:
    """Otherwise the input stays open."""
    text = FRONT + "| 1 | `1件 / count(measures)` 以上 | A |\n| 2 | - | B |\n"
    assert oriented(parse_rulebook(text, "rulebook.md"), "rating", 2012) == ((), ("share",))
    text = text.replace("---\n# 数", "laws:\n  - rating never falls as share rises\n---\n# 数")
    (found,), open_ = oriented(parse_rulebook(text, "rulebook.md"), "rating", 2012)
    assert (found.rises, found.how, open_) == (True, "declared", ())
