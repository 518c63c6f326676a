"""A minimum cut of a network with whole-number capacities (Y. Dinic, Soviet Mathematics Doklady 11 (1970))."""

from collections import deque
from typing import Final

ENDLESS: Final = 1 << 62
"""A capacity that is never used up."""


class Network:
    """Nodes are numbers from 0; arcs carry whole numbers."""

    def __init__(self, nodes: int) -> None:
        self._arcs: list[list[int]] = [[] for _ in range(nodes)]
        self._to: list[int] = []
        self._room: list[int] = []

    def arc(self, start: int, end: int, capacity: int) -> None:
        """An arc from start to end."""
        self._arcs[start].append(len(self._to))
        self._to.append(end)
        self._room.append(capacity)
        self._arcs[end].append(len(self._to))
        self._to.append(start)
        self._room.append(0)

    def cut(self, source: int, sink: int) -> tuple[int, list[bool]]:
        """The least capacity that separates source from sink, and for each node whether it is on the source's side."""
        total = 0
        while True:
            level = self._levels(source)
            if level[sink] < 0:
                return total, [place >= 0 for place in level]
            following = [0] * len(self._arcs)
            while pushed := self._push(source, sink, level, following):
                total += pushed

    def _levels(self, source: int) -> list[int]:
        level = [-1] * len(self._arcs)
        level[source] = 0
        waiting = deque([source])
        while waiting:
            node = waiting.popleft()
            for arc in self._arcs[node]:
                end = self._to[arc]
                if self._room[arc] > 0 and level[end] < 0:
                    level[end] = level[node] + 1
                    waiting.append(end)
        return level

    def _push(self, source: int, sink: int, level: list[int], following: list[int]) -> int:
        """One augmenting path through the levels; 0 where there is none left."""
        path: list[int] = []
        node = source
        while node != sink:
            arcs = self._arcs[node]
            while following[node] < len(arcs):
                arc = arcs[following[node]]
                if self._room[arc] > 0 and level[self._to[arc]] == level[node] + 1:
                    break
                following[node] += 1
            else:
                if not path:
                    return 0
                level[node] = -1
                node = self._to[path.pop() ^ 1]
                following[node] += 1
                continue
            path.append(arc)
            node = self._to[arc]
        pushed = min(self._room[arc] for arc in path)
        for arc in path:
            self._room[arc] -= pushed
            self._room[arc ^ 1] += pushed
        return pushed
