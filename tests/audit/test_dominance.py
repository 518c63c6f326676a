"""Dominance and the implied table against plain enumeration."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.audit.dominance import Judged, dominance
from hyotei.audit.implied_table import implied

PLACES = 3


@st.composite
def judged(draw: st.DrawFn, most: int = 9) -> list[Judged]:
    width = draw(st.integers(0, 3))
    values = st.tuples(*(st.integers(0, 3).map(Decimal) for _ in range(width)))
    found = draw(st.lists(st.tuples(values, st.integers(0, PLACES - 1)), max_size=most))
    return [Judged(str(number), each, place) for number, (each, place) in enumerate(found)]


def wrongs(one: Judged, other: Judged) -> bool:
    return one.place > other.place and all(a >= b for a, b in zip(one.values, other.values, strict=True))


@given(judged())
def test_the_pairs_are_all_pairs(sheets: list[Judged]) -> None:
    """Counted, and of each the two sheets are involved; the strongest come first and none is missing."""
    pairs = [(i, j) for i, one in enumerate(sheets) for j, other in enumerate(sheets) if wrongs(one, other)]
    found = dominance(sheets, strongest=100)
    assert found.pairs == len(pairs)
    assert found.involved == len({position for pair in pairs for position in pair})
    assert {(each.wronged, each.favoured) for each in found.strongest} == set(pairs)
    order = [(-each.steps, -each.better_in, each.wronged, each.favoured) for each in found.strongest]
    assert order == sorted(order)
    for each in found.strongest:
        assert each.steps == sheets[each.wronged].place - sheets[each.favoured].place


@given(judged())
def test_what_is_removed_is_the_least_that_ends_all_contradictions(sheets: list[Judged]) -> None:
    """Without it no pair is left, and no smaller set does that."""
    pairs = [(i, j) for i, one in enumerate(sheets) for j, other in enumerate(sheets) if wrongs(one, other)]
    removed = set(dominance(sheets).removed)
    assert all(i in removed or j in removed for i, j in pairs)
    if removed:
        smaller = combinations(range(len(sheets)), len(removed) - 1)
        assert not any(all(i in some or j in some for i, j in pairs) for some in smaller)


@given(judged(most=40), st.integers(0, 5))
def test_the_order_of_sheets_does_not_matter(sheets: list[Judged], turn: int) -> None:
    """The same numbers come out of any order."""
    turned = [*sheets[turn:], *sheets[:turn]]
    one, other = dominance(sheets), dominance(turned)
    assert (one.pairs, one.involved, len(one.removed)) == (other.pairs, other.involved, len(other.removed))


@st.composite
def with_limits(draw: st.DrawFn) -> tuple[list[Judged], list[list[Decimal]]]:
    sheets = draw(judged(most=14).filter(lambda found: len(found[0].values if found else ()) <= 2))
    width = len(sheets[0].values) if sheets else 1
    limits = draw(st.lists(st.sets(st.integers(1, 3), max_size=2), min_size=width, max_size=width))
    return sheets, [[Decimal(limit) for limit in sorted(each)] for each in limits]


def rated(rows: Sequence[tuple[tuple[Decimal | None, ...], int]], each: Judged) -> int:
    """The place by the first row that holds."""
    return next(
        place
        for least, place in rows
        if all(limit is None or value >= limit for limit, value in zip(least, each.values, strict=True))
    )


@settings(max_examples=25)
@given(with_limits())
def test_no_monotone_table_explains_more(drawn: tuple[list[Judged], list[list[Decimal]]]) -> None:
    """Against every monotone table on the same limits; and the rows give what is said of them."""
    sheets, limits = drawn
    found = implied(sheets, limits, PLACES)
    rows = [(row.least, row.place) for row in found.rows]
    assert sum(rated(rows, each) != each.place for each in sheets) == found.disagree
    cells = list(product(*(range(len(each) + 1) for each in limits)))
    where = [
        tuple(bisect_right(limit, value) for limit, value in zip(limits, each.values, strict=True)) for each in sheets
    ]
    best = len(sheets)
    for places in product(range(PLACES), repeat=len(cells)):
        table = dict(zip(cells, places, strict=True))
        monotone = all(
            table[one] <= table[other]
            for one in cells
            for other in cells
            if all(a >= b for a, b in zip(one, other, strict=True))
        )
        if monotone:
            best = min(best, sum(table[cell] != each.place for cell, each in zip(where, sheets, strict=True)))
    assert found.disagree == best


@given(with_limits())
def test_better_inputs_never_get_a_worse_rating(drawn: tuple[list[Judged], list[list[Decimal]]]) -> None:
    """The table itself contradicts nothing."""
    sheets, limits = drawn
    rows = [(row.least, row.place) for row in implied(sheets, limits, PLACES).rows]
    explained = [Judged(each.key, each.values, rated(rows, each)) for each in sheets]
    assert dominance(explained).pairs == 0
