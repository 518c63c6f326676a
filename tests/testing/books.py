"""Small rulebooks with laws: one that keeps them all, and the defects that are planted in it."""

from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook

HEAD = """---
rulebook: planted
title: 法則の試し
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: [A, B, C]
  result: [achieved, missed]
laws:
"""
LAWS = (
    "every decision answers",
    "no two rows contradict",
    "rating never falls as share rises",
    "rating never falls as attainment rises",
    "rating never falls as actual rises",
    "every rating is reachable",
    "if rating = A then share >= 50%",
    "unknown never beats known",
    "one more achieved measure never lowers the rating",
)
BODY = """---
# 達成率 `attainment` — for each measure

    actual / target

# 判定 `result` — for each measure

| F | `attainment` | **result** |
|---|---|---|
| 1 | 100%以上 | achieved |
| 2 | - | missed |

# 割合 `share` — for the sheet

    count(measures[result = achieved]) / count(measures)

# 数 `size` — for the sheet

    count(measures)

# 区分 `rating` — for the sheet

"""
RATING = """| U | `share` | **rating** |
|---|---|---|
| 1 | unknown | unknown |
| 2 | 50%以上 | A |
| 3 | 20%以上50%未満 | B |
| 4 | 20%未満 | C |
"""
GRID = """| F | `share` | `size` | **rating** |
|---|---|---|---|
| 1 | unknown | - | unknown |
| 2 | 50%以上 | 3以上 | A |
| 3 | 50%以上 | - | B |
| 4 | - | - | C |
"""


def text(rating: str = RATING, laws: tuple[str, ...] = LAWS) -> str:
    """The document with this table and these laws."""
    return HEAD + "".join(f"  - {law}\n" for law in laws) + BODY + rating


def book(rating: str = RATING, laws: tuple[str, ...] = LAWS) -> Rulebook:
    """The rulebook of that document."""
    return parse_rulebook(text(rating, laws))
