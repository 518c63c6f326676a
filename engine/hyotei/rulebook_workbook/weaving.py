"""Matches the parts of a list as it was with those of the list as it is now, so that what did not change keeps its text."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T")


def matched(old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable]) -> list[tuple[int | None, bool]]:
    """For each part of `new` the part of `old` that it is or was, and whether it is the same still.

    Equal parts are the same wherever they stand, so a list that was only sorted has changed in nothing but its order. What is left
    over is taken for an edited part: the one that begins alike (a tuple by its first member), else the one between the same
    neighbours. A part that was added has None. No part of `old` is given twice.
    """
    places: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for index, part in enumerate(old):
        places[key(part)].append(index)
    found: list[tuple[int | None, bool]] = []
    for part in new:
        same = places[key(part)]
        found.append((same.popleft(), True) if same else (None, False))
    left = sorted(index for same in places.values() for index in same)
    _by_beginning(old, new, found, left, key)
    _by_neighbours(found, left)
    return found


def _by_beginning(
    old: Sequence[T],
    new: Sequence[T],
    found: list[tuple[int | None, bool]],
    left: list[int],
    key: Callable[[T], Hashable],
) -> None:
    def beginning(part: T) -> Hashable:
        whole = key(part)
        return whole[0] if isinstance(whole, tuple) and whole and whole[0] else None

    begins: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for index in left:
        begins[beginning(old[index])].append(index)
    for index, part in enumerate(new):
        name = beginning(part)
        if found[index][0] is None and name is not None and begins[name]:
            was = begins[name].popleft()
            left.remove(was)
            found[index] = (was, False)


def _by_neighbours(found: list[tuple[int | None, bool]], left: list[int]) -> None:
    waiting = deque(left)
    above = -1
    for index, (was, _) in enumerate(found):
        if was is not None:
            above = was
        elif waiting:
            below = next((each for each, _ in found[index + 1 :] if each is not None), None)
            between = next((each for each in waiting if above < each and (below is None or each < below)), None)
            if between is not None:
                waiting.remove(between)
                found[index] = (between, False)
                above = between
