"""Where drawn choices come from, and the few ways of choosing that all drawing is made of."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

Item = TypeVar("Item")

Below = Callable[[int], int]
"""Draws one of the whole numbers from 0 up to, not including, the given one. The first is the plainest."""


class Choices:
    """Choices among options, of which the first is the plainest."""

    def __init__(self, below: Below) -> None:
        self.below = below

    def pick(self, options: Sequence[Any]) -> Any:
        """One of the options."""
        return options[self.below(len(options))] if len(options) > 1 else options[0]

    def chance(self, one_in: int) -> bool:
        """True once in so many times."""
        return self.below(one_in) == one_in - 1

    def distinct(self, options: Sequence[Item], least: int, most: int) -> list[Item]:
        """Between `least` and `most` of the options, none of them twice, in any order."""
        left = list(options)
        count = min(least + self.below(most - least + 1), len(left))
        return [left.pop(self.below(len(left))) for _ in range(count)]


def seeded(seed: str) -> Below:
    """Choices that a text decides: the same ones for the same text, on any machine."""
    return Random(seed).randrange
