"""Judgments that were given: never others unless that is asked for, and then exactly what every choice of them gives."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hyotei
from hyotei.inference.rate import rate
from hyotei.rulebook.load import parse_rulebook
from hyotei.sheet import Fact, Sheet
from hyotei.sheet.facts import figure_in

BOOK = parse_rulebook(
    """---
rulebook: judged
title: 例
authority: 例示省
standing: draft
fiscal_years: 2012
scales:
  rating: [A, B, C]
  mark: [高い, ふつう, 低い]
facts:
  sheet:
    need: {type: mark, label: 必要性, judged: 所管課}
    agreed: {type: boolean, label: 合意, judged: true}
    points: {type: count, label: 点, judged: true}
    told: {type: mark, label: 記載}
---
# 評価区分 `rating` — for the sheet

| F | `need` | `agreed` | `points` | `told` | **rating** |
|---|---|---|---|---|---|
| 1 | unknown | - | - | - | unknown |
| 2 | - | unknown | - | - | unknown |
| 3 | - | - | unknown | - | unknown |
| 4 | - | - | - | unknown | unknown |
| 5 | 高い | true | 2以上 | - | A |
| 6 | ふつう以上 | - | 5以上 | 高い | A |
| 7 | 低い | false | - | - | C |
| 8 | - | - | - | - | B |
""",
    "rulebook.md",
)
NEEDS, AGREED, POINTS = ("高い", "ふつう", "低い"), ("はい", "いいえ"), tuple(map(str, range(8)))
SHEETS = st.tuples(st.sampled_from(NEEDS), st.sampled_from(AGREED), st.sampled_from(POINTS), st.sampled_from(NEEDS))


def sheet(need: str, agreed: str, points: str, told: str) -> Sheet:
    stated = {"need": need, "agreed": agreed, "points": points, "told": told}
    facts = tuple(Fact(name=name, text=text, figure=figure_in(text)) for name, text in stated.items())
    return Sheet(id="1", title="例", authority="例示省", fiscal_year=2012, facts=facts)


@settings(max_examples=12)
@given(SHEETS)
def test_certainty_frees_judgments_when_asked(stated: tuple[str, str, str, str]) -> None:
    """Then every result that some judgments give is possible and no other; what was told and not judged stays."""
    kept = hyotei.certain(sheet(*stated), BOOK, margins=False)
    assert (kept.status, kept.unknowns) == ("certain", ())
    freed = hyotei.certain(sheet(*stated), BOOK, margins=False, judgments=True)
    wanted = {rate(sheet(*each, stated[3]), BOOK).rating for each in product(NEEDS, AGREED, POINTS)}
    assert {each.rating for each in freed.verdicts} == wanted
    assert {each.id for each in freed.unknowns} == {"need@sheet", "agreed@sheet", "points@sheet"}
    assert {each.reason for each in freed.unknowns} == {None}
    assert all(each.replayed for each in freed.verdicts)


def steps(one: tuple[str, str, str], other: tuple[str, str, str]) -> tuple[int, Fraction]:
    """How many judgments are others, and by how much together: of a scale a share, of a number in proportion to it."""
    away = [
        Fraction(abs(NEEDS.index(one[0]) - NEEDS.index(other[0])), 2),
        Fraction(one[1] != other[1]),
        Fraction(abs(int(one[2]) - int(other[2])), int(one[2]) or 1),
    ]
    return sum(each > 0 for each in away), sum(away, Fraction(0))


@settings(max_examples=12)
@given(SHEETS, st.sampled_from("ABC"))
def test_the_smallest_change_of_judgments(stated: tuple[str, str, str, str], value: str) -> None:
    """As trying all of them finds it; without being asked no judgment moves."""
    now = rate(sheet(*stated), BOOK).rating
    still = hyotei.reach(sheet(*stated), value, BOOK)
    assert still.status == ("already" if now == value else "never")
    found = hyotei.reach(sheet(*stated), value, BOOK, judgments=True)
    all_ways = [
        steps(stated[:3], each)
        for each in product(NEEDS, AGREED, POINTS)
        if rate(sheet(*each, stated[3]), BOOK).rating == value
    ]
    if now == value:
        assert found.status == "already"
        return
    assert found.status == ("found" if all_ways else "never")
    if all_ways:
        count, relative = min(all_ways)
        best = min(found.ways, key=lambda way: (len(way.moves), Fraction(way.relative)))
        assert (len(best.moves), Fraction(best.relative)) == (count, relative)
        assert best.rating == value


@pytest.mark.parametrize("goal", ["A", "C"])
def test_what_is_said_of_a_judgment_that_moves(goal: str) -> None:
    """Its words before and after, and no change in per cent."""
    found = hyotei.reach(sheet("ふつう", "いいえ", "3", "ふつう"), goal, BOOK, judgments=True)
    moves = [move for way in found.ways for move in way.moves if move.id == "need@sheet"]
    assert moves
    assert {(move.before, move.change_text) for move in moves} == {("ふつう", "")}
