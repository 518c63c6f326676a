"""Which decision rests on which, drawn: boxes in columns, each to the right of all that it needs, and lines that pass no box.

Layers by the longest way, places for lines that pass a column, and an order within columns by the middle of what lies on either
side: the method of Sugiyama, Tagawa and Toda (1981). Knows nothing of colours; the style of the page gives them.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import Final, NamedTuple

from hyotei.base.line_breaking import fold

_WIDTH: Final = 178
_GAP: Final = 54
_LINE: Final = 19
_PADDING: Final = 9
_BETWEEN: Final = 16
_PASSING: Final = 12
_COLUMNS: Final = 21
"""Columns of a character cell that fit a line of a box."""
_SWEEPS: Final = 8

_Node = str | tuple[str, str, int]
"""A decision by its name, or the place of a line that passes a column: from, to, column."""


class Box(NamedTuple):
    """One decision: its corner, its size, and its title in lines with the place of each."""

    name: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[int, int, str], ...]


class Graph(NamedTuple):
    """A drawing: its size, its boxes, and its lines as SVG paths."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]


def decision_graph(needs: Mapping[str, Sequence[str]], titles: Mapping[str, str]) -> Graph:
    """The drawing of decisions.

    Args:
        needs: for each decision those that it needs, all of which come before it.
        titles: what each is called.
    """
    layer: dict[str, int] = {}
    for name, before in needs.items():
        layer[name] = max((layer[each] + 1 for each in before), default=0)
    ways = [_way(each, name, layer) for name, before in needs.items() for each in before]
    columns = _ordered(layer, ways)
    texts = {name: fold(titles[name], _COLUMNS) for name in needs}
    sizes: dict[_Node, int] = {name: len(texts[name]) * _LINE + 2 * _PADDING for name in needs}
    heights = [_height(column, sizes) for column in columns]
    tall = max(heights, default=0)
    tops: dict[_Node, float] = {}
    for column, height in zip(columns, heights, strict=True):
        y = (tall - height) / 2
        for node in column:
            tops[node] = y
            y += sizes.get(node, _PASSING) + _BETWEEN
    boxes = tuple(_box(name, layer[name], round(tops[name]), texts[name]) for name in needs)
    middles = {node: top + sizes.get(node, _PASSING) / 2 for node, top in tops.items()}
    lines = tuple(_line(way, layer[_name(way[0])], middles) for way in ways)
    width = len(columns) * (_WIDTH + _GAP) - _GAP if columns else 0
    return Graph(width + 2, tall + 2, boxes, lines)


def _name(node: _Node) -> str:
    assert isinstance(node, str), "a way begins and ends at decisions"
    return node


def _way(start: str, end: str, layer: Mapping[str, int]) -> list[_Node]:
    """A line from one decision to another, by the columns that it passes."""
    return [start, *((start, end, column) for column in range(layer[start] + 1, layer[end])), end]


def _ordered(layer: Mapping[str, int], ways: Sequence[Sequence[_Node]]) -> list[list[_Node]]:
    """The columns, each in an order in which few lines cross."""
    columns: list[list[_Node]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for name, column in layer.items():
        columns[column].append(name)
    beside: dict[_Node, tuple[list[_Node], list[_Node]]] = {name: ([], []) for name in layer}
    for way in ways:
        for node in way[1:-1]:
            assert isinstance(node, tuple)
            columns[node[2]].append(node)
            beside[node] = ([], [])
    for way in ways:
        for left, right in pairwise(way):
            beside[left][1].append(right)
            beside[right][0].append(left)
    for sweep in range(_SWEEPS):
        side = sweep % 2
        for nodes in columns if side == 0 else columns[::-1]:
            place = {node: at for each in columns for at, node in enumerate(each)}
            nodes.sort(key={node: _middle(place, beside[node][side], node) for node in nodes}.__getitem__)
    return columns


def _middle(place: Mapping[_Node, int], others: Sequence[_Node], node: _Node) -> tuple[float, int]:
    """The middle of the places of those beside it, else its own; of those with one middle each keeps its place."""
    return fmean(place[other] for other in others) if others else float(place[node]), place[node]


def _height(column: Sequence[_Node], sizes: Mapping[_Node, int]) -> int:
    return sum(sizes.get(node, _PASSING) for node in column) + _BETWEEN * (len(column) - 1)


def _box(name: str, column: int, y: int, texts: Sequence[str]) -> Box:
    x = 1 + column * (_WIDTH + _GAP)
    first = y + 1 + _PADDING + _LINE - 5
    lines = tuple((x + _WIDTH // 2, first + at * _LINE, text) for at, text in enumerate(texts))
    return Box(name, x, y + 1, _WIDTH, len(texts) * _LINE + 2 * _PADDING, lines)


def _line(way: Sequence[_Node], column: int, middles: Mapping[_Node, float]) -> str:
    """A curve from box to box, straight through the columns between."""
    x = 1 + column * (_WIDTH + _GAP) + _WIDTH
    path = f"M{x} {middles[way[0]] + 1:.0f}"
    for at, node in enumerate(way[1:], 1):
        y = middles[node] + 1
        path += f"C{x + _GAP // 2} {middles[way[at - 1]] + 1:.0f} {x + _GAP // 2} {y:.0f} {x + _GAP} {y:.0f}"
        if at < len(way) - 1:
            path += f"h{_WIDTH}"
        x += _GAP + _WIDTH
    return path
