"""A sample of sheets for people to check: stratified, the same for the same seed whatever the order of the sheets."""

import hashlib
from collections.abc import Callable, Hashable, Iterable
from heapq import heappush, heapreplace
from typing import Generic, TypeVar

T = TypeVar("T")


class _Latest(Generic[T]):
    """An element with its rank, ordered so that a heap gives the highest rank first."""

    __slots__ = ("element", "rank")

    def __init__(self, rank: bytes, element: T) -> None:
        self.rank, self.element = rank, element

    def __lt__(self, other: "_Latest[T]") -> bool:
        return self.rank > other.rank


def sample(
    elements: Iterable[T], size: int, key: Callable[[T], str], stratum: Callable[[T], Hashable], seed: str = "0"
) -> list[T]:
    """At most `size` elements, from every stratum in proportion to its size and at least one while there is room.

    Args:
        elements: read once; at most `size` of each stratum are held.
        size: how many at most.
        key: names an element; which of a stratum are taken depends on the seed and this name only.
        stratum: what an element belongs to.
        seed: another seed gives another sample.

    Returns:
        The sample, stratum by stratum in the order of their first element, and by key within.
    """
    sampler = Sampler(size, key, stratum, seed)
    for element in elements:
        sampler.add(element)
    return sampler.chosen()


class Sampler(Generic[T]):
    """The same for elements that are added one by one; at most `size` of each stratum are held."""

    def __init__(self, size: int, key: Callable[[T], str], stratum: Callable[[T], Hashable], seed: str = "0") -> None:
        self.size, self.key, self.stratum, self.seed = size, key, stratum, seed
        self._heaps: dict[Hashable, list[_Latest[T]]] = {}
        self._counts: dict[Hashable, int] = {}

    def add(self, element: T) -> None:
        """One more element."""
        group = self.stratum(element)
        heap = self._heaps.setdefault(group, [])
        self._counts[group] = self._counts.get(group, 0) + 1
        entry = _Latest(_rank(self.seed, self.key(element)), element)
        if len(heap) < self.size:
            heappush(heap, entry)
        elif heap and entry.rank < heap[0].rank:
            heapreplace(heap, entry)

    def chosen(self) -> list[T]:
        """The sample of what was added so far."""
        shares = _shares(self._counts, self.size)
        chosen: list[T] = []
        for group, heap in self._heaps.items():
            ranked = sorted(heap, key=lambda entry: entry.rank)[: shares[group]]
            chosen += sorted((entry.element for entry in ranked), key=self.key)
        return chosen


def _rank(seed: str, key: str) -> bytes:
    return hashlib.blake2b(f"{seed}\0{key}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _shares(counts: dict[Hashable, int], size: int) -> dict[Hashable, int]:
    """How many of each stratum: one of each first, the largest strata first; the rest by largest remainders."""
    order = sorted(counts, key=lambda group: (-counts[group], str(group)))
    shares = {group: 1 if index < size else 0 for index, group in enumerate(order)}
    left = min(size, sum(counts.values())) - sum(shares.values())
    total = sum(counts.values())
    while left > 0:
        # The stratum that is furthest below its proportion gets the next one.
        open_groups = [group for group in order if shares[group] < counts[group]]
        short = max(open_groups, key=lambda group: counts[group] * size - shares[group] * total)
        shares[short] += 1
        left -= 1
    return shares
