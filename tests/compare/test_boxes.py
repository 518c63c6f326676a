"""Boxes of inputs: put together they hold the same inputs, in no more boxes than needed."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from hyotei.compare.boxes import Box, merged


def points(boxes: list[Box]) -> set[tuple[int, ...]]:
    """All inputs in boxes: of each column one of the bits of its mask."""
    bits = ([[at for at in range(4) if mask >> at & 1] for mask in box] for box in boxes)
    return {point for each in bits for point in product(*each)}


@given(st.integers(1, 3).flatmap(lambda columns: st.lists(st.tuples(*[st.integers(1, 15)] * columns), max_size=8)))
def test_merged_boxes_hold_the_same_inputs_and_none_can_be_merged_any_more(boxes: list[Box]) -> None:
    """Of two boxes that are left, more than one column differs."""
    found = merged(boxes)
    assert points(found) == points(boxes)
    assert len(found) <= len(set(boxes))
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            assert sum(a != b for a, b in zip(one, other, strict=True)) > 1
