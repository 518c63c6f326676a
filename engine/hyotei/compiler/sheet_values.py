"""The values of one sheet as lists that generated functions read by number: `s[3][i]` is slot 3 at unit `i` of its scope.

A slot holds a figure of all units of a scope, what a decision gave at each, or how the units of two scopes lie in each other. Which
slots there are is known when functions are generated (`Layout`); a slot is filled for a sheet when a function first needs it.
"""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, Final, NamedTuple

from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import Unit


class Slot(NamedTuple):
    """What a slot holds: a figure or a decision by its name, or how `scope` lies to the scope of that name."""

    kind: str
    scope: Scope
    name: str


class Layout:
    """The slots that the functions of one rulebook read. Number 0 is kept for the `SheetValues` themselves."""

    def __init__(self) -> None:
        self.slots: list[Slot | None] = [None]
        self._numbers: dict[Slot, int] = {}
        self._lock = Lock()

    def number(self, slot: Slot) -> int:
        """The number of a slot; a new one for what no function has read before."""
        with self._lock:
            found = self._numbers.get(slot)
            if found is None:
                found = self._numbers[slot] = len(self.slots)
                self.slots.append(slot)
            return found


class SheetValues:
    """One sheet. `lists` is what generated functions are given."""

    def __init__(self, layout: Layout, root: Unit) -> None:
        self.layout, self.root = layout, root
        self.lists: list[Any] = [self]

    def ready(self, slots: Iterable[int]) -> None:
        """Fills the slots that are not filled yet."""
        lists = self.lists
        for number in slots:
            if number >= len(lists):
                lists.extend([None] * (len(self.layout.slots) - len(lists)))
            if lists[number] is None:
                slot = self.layout.slots[number]
                assert slot is not None
                lists[number] = _FILL[slot.kind](self.root, slot.scope, slot.name)

    def copy(self) -> "SheetValues":
        """The same values; a list that is to differ must be replaced."""
        other = SheetValues(self.layout, self.root)
        other.lists += self.lists[1:]
        return other


def _figures(root: Unit, scope: Scope, name: str) -> list[Any]:
    return [unit.figure(name) for unit in root.below(scope)]


def _decided(root: Unit, scope: Scope, _: str) -> list[Any]:
    """Room for what a decision will give."""
    return [None] * len(root.below(scope))


def _above(root: Unit, scope: Scope, above: str) -> list[Any]:
    """For each unit of `scope` the number of the one of scope `above` that it lies in."""
    return [number for number, units in enumerate(_below(root, scope, above)) for _ in units]


def _below(root: Unit, scope: Scope, above: str) -> list[Any]:
    """For each unit of scope `above` the numbers of the units of `scope` in it, which follow each other in the sheet."""
    found = []
    first = 0
    for unit in root.below(above):  # type: ignore[arg-type]  # the name of a slot of this kind is a scope
        end = first + len(unit.below(scope))
        found.append(range(first, end))
        first = end
    return found


def _carried(root: Unit, scope: Scope, _: str) -> list[Any]:
    """Whether what was read carries the units of a scope."""
    return [root.carries(scope)]


_FILL: Final[dict[str, Callable[[Unit, Scope, str], list[Any]]]] = {
    "figure": _figures,
    "decided": _decided,
    "above": _above,
    "below": _below,
    "carried": _carried,
}
"""How a slot is filled, by its kind."""
