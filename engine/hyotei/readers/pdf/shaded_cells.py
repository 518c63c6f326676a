"""Which cells of a table stand on a coloured ground, by which forms show what was chosen."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from hyotei.readers.pdf.ink import Box, Ground
from hyotei.readers.pdf.ruled_tables import Lattice, TableRegion

_MOST: Final = 2_000_000
"""Places that are painted at most; no form has so many, and a drawing is no choice."""

_MOST_GROUNDS: Final = 2_000


def shaded_regions(lattice: Lattice, grounds: Iterable[Ground]) -> frozenset[TableRegion]:
    """The cells of which every place is coloured; what is painted later covers what was there.

    A ground counts where it reaches over the middle of a place, so that it may be a little smaller or larger than its cell.
    """
    across = [(start + end) / 2 for start, end in pairwise(lattice.xs)]
    down = [(start + end) / 2 for start, end in pairwise(lattice.ys)]
    coloured: set[tuple[int, int]] = set()
    painted = 0
    for ground in grounds:
        columns = _within(across, ground.box.x0, ground.box.x1)
        rows = _within(down, ground.box.top, ground.box.bottom)
        painted += len(columns) * len(rows)
        if painted > _MOST:
            return frozenset()
        places = {(row, column) for row in rows for column in columns}
        if ground.coloured:
            coloured |= places
        else:
            coloured -= places
    if not coloured:
        return frozenset()
    return frozenset(region for region in lattice.regions if _places(region) <= coloured)


def is_shaded(box: Box, grounds: Sequence[Ground]) -> bool:
    """Whether the middle of a text stands on a coloured ground, for cells without lines around them."""
    across, down = box.middle
    under = [ground for ground in grounds if ground.box.holds(across, down)] if len(grounds) <= _MOST_GROUNDS else []
    return bool(under) and under[-1].coloured


def _within(middles: list[float], start: float, end: float) -> range:
    return range(bisect_left(middles, start), bisect_left(middles, end))


def _places(region: TableRegion) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row in range(region.row, region.row + region.rows)
        for column in range(region.column, region.column + region.columns)
    }
