"""The monotone decision table that explains recorded ratings best, as a draft for an analyst to start from.

Inputs are cut into bands at given limits; every cell of the grid gets a rating so that better inputs never give a worse one
and as few sheets as possible are rated otherwise than recorded. That is one minimum cut (H. Ishikawa, IEEE Transactions on
Pattern Analysis 25 (2003), for labels in an order), so the table is the best there is for these limits.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import Final

from hyotei.audit.dominance import Judged
from hyotei.audit.mincut import ENDLESS, Network
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError

MOST_CELLS: Final = 20_000
"""Cells of the grid at most."""

Cell = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Corner:
    """A row of the implied table: the rating `place` for every sheet that reaches each limit; None is no limit."""

    least: tuple[Decimal | None, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Implied:
    """The table, first row that holds, and how well it explains what was recorded.

    Attributes:
        rows: from the best rating to the worst; the last row holds always.
        sheets: how many were explained or not.
        disagree: how many are rated otherwise than recorded; no monotone table on these limits has fewer.
    """

    rows: tuple[Corner, ...]
    sheets: int
    disagree: int


def implied(sheets: Sequence[Judged], limits: Sequence[Sequence[Decimal]], places: int) -> Implied:
    """The table for sheets whose inputs are cut at the limits.

    Args:
        sheets: with inputs in one order, each the greater the better, and the places of their ratings, 0 the best.
        limits: for each input the values at which a new band begins, ascending.
        places: how many ratings there are.

    Raises:
        HyoteiError: the limits make more cells than can be fitted (HY982).
    """
    sizes = [len(each) + 1 for each in limits]
    cells = 1
    for size in sizes:
        cells *= size
    if cells > MOST_CELLS:
        raise HyoteiError(Diagnostic("HY982", params={"count": f"{cells:,}", "limit": f"{MOST_CELLS:,}"}))
    counts: dict[Cell, Counter[int]] = {cell: Counter() for cell in product(*(range(size) for size in sizes))}
    for each in sheets:
        cell = tuple(bisect_right(limit, value) for limit, value in zip(limits, each.values, strict=True))
        counts[cell][each.place] += 1
    disagree, rated = _fitted(counts, places)
    return Implied(tuple(_rows(rated, limits, places)), len(sheets), disagree)


def _fitted(counts: dict[Cell, Counter[int]], places: int) -> tuple[int, dict[Cell, int]]:
    """The fewest disagreements, and the place of each cell.

    Each cell is a chain of `places` arcs from source to sink, of which the cut takes one: cutting the arc of a place costs
    the sheets recorded otherwise. Arcs without end keep the cut of a better cell at no worse a place.
    """
    source, sink = 0, 1
    inner = places - 1
    node = {cell: 2 + index * inner for index, cell in enumerate(counts)}
    network = Network(2 + len(counts) * inner)
    for cell, recorded in counts.items():
        total = sum(recorded.values())
        chain = [source, *range(node[cell], node[cell] + inner), sink]
        for place in range(places):
            # A little more for every arc, so that a cut takes just one of a chain; it cannot outweigh a sheet.
            cost = (total - recorded[place]) * (len(counts) * places + 1) + 1
            network.arc(chain[place], chain[place + 1], cost)
            if place > 0:
                network.arc(chain[place], chain[place - 1], ENDLESS)
        for axis in range(len(cell)):
            below = _below(cell, axis)
            if below in node:
                for step in range(inner):
                    # If the better cell were cut after this place, the worse one must be as well.
                    network.arc(node[cell] + step, node[below] + step, ENDLESS)
    _, source_side = network.cut(source, sink)
    rated = {cell: sum(source_side[node[cell] + step] for step in range(inner)) for cell in counts}
    wrong = sum(sum(recorded.values()) - recorded[rated[cell]] for cell, recorded in counts.items())
    return wrong, rated


def _rows(rated: dict[Cell, int], limits: Sequence[Sequence[Decimal]], places: int) -> Iterator[Corner]:
    """The least cells of each rating, which stand for all cells above them."""
    given = min(rated.values(), default=places - 1)
    worst = max(rated.values(), default=places - 1)
    for place in range(given, worst):
        reached = {cell for cell, of in rated.items() if of <= place}
        for cell in sorted(reached):
            # The least cells stand for those above them; what a better rating has told need not be told again.
            if rated[cell] < place or any(_below(cell, axis) in reached for axis in range(len(cell))):
                continue
            least = tuple(limits[axis][band - 1] if band else None for axis, band in enumerate(cell))
            yield Corner(least, place)
    yield Corner(tuple(None for _ in limits), worst)


def _below(cell: Cell, axis: int) -> Cell:
    return (*cell[:axis], cell[axis] - 1, *cell[axis + 1 :])
