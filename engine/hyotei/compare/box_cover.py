"""Few boxes for one set of inputs, and a number below which no cover can do."""

from itertools import permutations
from typing import Final

from hyotei.compare.boxes import Box, TooManyBoxes, covered, merged

MOST_ORDERED: Final = 120
"""Boxes that are joined in every order of their columns, to keep the best."""
MOST_WEIGHED: Final = 80
"""Boxes for which the bound is sought."""


def few(boxes: "list[Box]") -> "list[Box]":
    """The same inputs in few boxes that do not overlap; no two of them can be joined to one."""
    width = len(boxes[0]) if boxes else 0
    orders: list[tuple[int, ...]] = [tuple(range(width)), tuple(reversed(range(width)))]
    if len(boxes) <= MOST_ORDERED and width <= 4:
        orders = list(permutations(range(width)))
    best: list[Box] | None = None
    for order in orders:
        turned = merged([tuple(box[at] for at in order) for box in boxes])
        back = [order.index(at) for at in range(width)]
        found = sorted(tuple(box[at] for at in back) for box in turned)
        if best is None or len(found) < len(best):
            best = found
    return best or []


def fewest(boxes: "list[Box]") -> int:
    """At least so many boxes are needed, overlapping or not: so many inputs of which no two fit into one box within the set."""
    if len(boxes) <= 1:
        return len(boxes)
    chosen: list[Box] = []
    budget = [200_000]
    for box in boxes[:MOST_WEIGHED]:
        cell = tuple(mask & -mask for mask in box)
        try:
            if all(not covered(tuple(a | b for a, b in zip(cell, one, strict=True)), boxes, budget) for one in chosen):
                chosen.append(cell)
        except TooManyBoxes:
            break
    return len(chosen)
