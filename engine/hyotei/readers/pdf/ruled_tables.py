"""Ruled tables: from the lines of a page to grids of cells with their spans."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.pdf.ink import Box, Rule

NEAR: Final = 3.0
"""Points within which two lines are one: a double line, or a line drawn in pieces that do not quite meet."""
_SHORT: Final = 4.0
"""Lines shorter than this once their pieces are joined border no cell."""
MOST_CELLS: Final = 60_000
"""Places of a grid at most; a drawing may look like a grid of any size."""
_DRAWN: Final = 0.6
"""The part of the side of a place that must be drawn to part it from its neighbour."""


@dataclass(frozen=True, slots=True)
class TableRegion:
    """One cell: its first row and column, how many it spans, and where it is printed."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table.

    `open_top` and `open_bottom` say that no line is drawn there, as where a row goes on over the page.
    """

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[TableRegion, ...]
    open_top: bool = False
    open_bottom: bool = False


def lattices(rules: Iterable[Rule]) -> list[Lattice]:
    """The tables that the lines of a page make, from the top; frames around a single cell are none."""
    across = _merged([rule for rule in rules if rule.horizontal])
    down = _merged([rule for rule in rules if not rule.horizontal])
    found = [
        lattice
        for across_group, down_group in _connected(across, down)
        if (lattice := _lattice(across_group, down_group)) is not None and len(lattice.regions) > 1
    ]
    return sorted(found, key=lambda each: (each.box.top, each.box.x0))


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Lines that lie on or end to end with each other as one."""
    found: list[Rule] = []
    for group in _near(sorted(rules, key=lambda rule: rule.at)):
        at = sum(rule.at for rule in group) / len(group)
        start: float | None = None
        end = 0.0
        for rule in sorted(group, key=lambda rule: rule.start):
            if start is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + NEAR:
                end = max(end, rule.end)
            else:
                found.append(Rule(rule.horizontal, at, start, end))
                start, end = rule.start, rule.end
        if start is not None:
            found.append(Rule(group[0].horizontal, at, start, end))
    return [rule for rule in found if rule.end - rule.start >= _SHORT]


def _near(rules: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Runs of lines each within reach of the first; a chain of lines cannot drift on without end."""
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[0].at > NEAR:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _connected(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that touch."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    ordered = sorted(range(len(down)), key=lambda index: down[index].at)
    places = [down[index].at for index in ordered]
    from bisect import bisect_left, bisect_right

    for index, rule in enumerate(across):
        for position in range(bisect_left(places, rule.start - NEAR), bisect_right(places, rule.end + NEAR)):
            other = down[ordered[position]]
            if other.start - NEAR <= rule.at <= other.end + NEAR:
                parent[root(index)] = root(len(across) + ordered[position])
    groups: defaultdict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for index, rule in enumerate([*across, *down]):
        groups[root(index)][0 if rule.horizontal else 1].append(rule)
    return list(groups.values())


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    """The grid of lines that touch. Sides that are not drawn, as in tables open to left and right, are closed."""
    if not across or not down:
        return None
    left = min(*(rule.start for rule in across), *(rule.at for rule in down))
    right = max(*(rule.end for rule in across), *(rule.at for rule in down))
    top = min(*(rule.start for rule in down), *(rule.at for rule in across))
    bottom = max(*(rule.end for rule in down), *(rule.at for rule in across))
    xs = _places([left, right, *(rule.at for rule in down)])
    ys = _places([top, bottom, *(rule.at for rule in across)])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MOST_CELLS:
        return None
    regions = _regions(xs, ys, across, down)
    return Lattice(
        Box(xs[0], ys[0], xs[-1], ys[-1]),
        tuple(xs),
        tuple(ys),
        tuple(regions),
        open_top=not _covers(across, ys[0], xs[0], xs[-1]),
        open_bottom=not _covers(across, ys[-1], xs[0], xs[-1]),
    )


def _places(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _covers(rules: list[Rule], at: float, start: float, end: float) -> bool:
    """Whether lines at a place cover most of a stretch."""
    drawn = sum(max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in rules if abs(rule.at - at) <= NEAR)
    return drawn >= _DRAWN * (end - start)


def _walls(places: list[float], steps: list[float], rules: list[Rule]) -> list[list[bool]]:
    """For each place and each step along it, whether a line is drawn there."""
    by_place: defaultdict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        nearest = min(range(len(places)), key=lambda index: abs(places[index] - rule.at))
        by_place[nearest].append(rule)
    found: list[list[bool]] = []
    for index in range(len(places)):
        drawn = by_place[index]
        found.append(
            [
                sum(max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in drawn) >= _DRAWN * (end - start)
                for start, end in pairwise(steps)
            ]
        )
    return found


def _regions(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[TableRegion]:
    """The cells: places of the grid that no line parts belong together."""
    columns, rows = len(xs) - 1, len(ys) - 1
    above = _walls(ys, xs, across)
    left = _walls(xs, ys, down)
    taken = [[False] * columns for _ in range(rows)]
    found: list[TableRegion] = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            # To the right as far as no line stands in the way, then down as far as none does under the whole width. What is
            # not a rectangle, where a piece of line is missing, comes apart into rectangles.
            last = column
            while last + 1 < columns and not taken[row][last + 1] and not left[last + 1][row]:
                last += 1
            below = row
            while below + 1 < rows and _goes_on(above, left, taken, below + 1, column, last):
                below += 1
            for each in range(row, below + 1):
                for place in range(column, last + 1):
                    taken[each][place] = True
            box = Box(xs[column], ys[row], xs[last + 1], ys[below + 1])
            found.append(TableRegion(row, column, below - row + 1, last - column + 1, box))
    return found


def _goes_on(
    above: list[list[bool]], left: list[list[bool]], taken: list[list[bool]], row: int, first: int, last: int
) -> bool:
    """Whether a cell of these columns goes on into the row."""
    if any(above[row][place] or taken[row][place] for place in range(first, last + 1)):
        return False
    return not any(left[place][row] for place in range(first + 1, last + 1))
