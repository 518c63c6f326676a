"""The values of a sheet as lists that generated functions read by number: `s[3][i]` is slot 3 at unit `i` of its scope.

A slot holds a figure of all units of a scope, what a decision gave at each, or how the units of two scopes lie in each other. Which
slots there are is known when functions are generated (`Layout`); a slot is filled for a sheet when a function first needs it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any, Final, NamedTuple

from hyotei.rulebook.derivation import Step
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import Unit, figures


class Slot(NamedTuple):
    """What a slot holds: a figure or a decision by its name, or how `scope` lies to the scope of that name."""

    kind: str
    scope: Scope
    name: str


class Layout:
    """The slots that the functions of one rulebook read. Number 0 is kept for the `SlotLists` themselves.

    Args:
        one_sheet: whether the lists hold one sheet, whose number is 0, and not the units of many sheets one after the other.
    """

    def __init__(self, one_sheet: bool = True) -> None:
        self.one_sheet = one_sheet
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


class SlotLists(ABC):
    """The slots of a layout. `lists` is what generated functions are given."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.lists: list[Any] = [self]

    def ready(self, slots: Iterable[int]) -> None:
        """Fills the slots that are not filled yet."""
        lists = self.lists
        for number in slots:
            if number >= len(lists):
                lists.extend([None] * (len(self.layout.slots) - len(lists)))
            if lists[number] is None:
                lists[number] = self._filled(number)

    @abstractmethod
    def _filled(self, number: int) -> list[Any]:
        """The list of a slot."""


class SheetValues(SlotLists):
    """One sheet.

    `steps` are what is decided already. A copy shares all that it does not replace.
    """

    def __init__(
        self, layout: Layout, root: Unit, steps: "Mapping[tuple[str, str], Step]", original: "SheetValues | None" = None
    ) -> None:
        super().__init__(layout)
        self.root, self.steps, self.original = root, steps, original
        if original is not None:
            self.lists += original.lists[1:]

    def _filled(self, number: int) -> list[Any]:
        if self.original is not None:
            self.original.ready((number,))
            shared: list[Any] = self.original.lists[number]
            return shared
        slot = self.layout.slots[number]
        assert slot is not None
        return _FILL[slot.kind](self, slot.scope, slot.name)

    def replaced(self, number: int) -> list[Any]:
        """The list of a slot, made anew so that it can be changed in this copy alone."""
        self.ready((number,))
        found: list[Any] = self.lists[number]
        if self.original is not None and found is self.original.lists[number]:
            found = self.lists[number] = list(found)
        return found

    def copy(self) -> "SheetValues":
        """The same values, of which some are to be replaced."""
        return SheetValues(self.layout, self.root, self.steps, self)


def _figures(values: SheetValues, scope: Scope, name: str) -> list[Any]:
    return figures(values.root.below(scope), name)


def _decided(values: SheetValues, scope: Scope, name: str) -> list[Any]:
    """What a decision gave at each unit; room for it where it is not taken yet."""
    steps, units = values.steps, values.root.below(scope)
    if not steps:
        return [None] * len(units)
    found = [steps.get((name, unit.key)) for unit in units]
    return [None if step is None else step.outputs for step in found]


def _above(values: SheetValues, scope: Scope, above: str) -> list[Any]:
    """For each unit of `scope` the number of the one of scope `above` that it lies in."""
    return [number for number, units in enumerate(_below(values, scope, above)) for _ in units]


def _below(values: SheetValues, scope: Scope, above: str) -> list[Any]:
    """For each unit of scope `above` the numbers of the units of `scope` in it, which follow each other in the sheet."""
    found = []
    first = 0
    for unit in values.root.below(above):  # type: ignore[arg-type]  # the name of a slot of this kind is a scope
        end = first + len(unit.below(scope))
        found.append(range(first, end))
        first = end
    return found


def _carried(values: SheetValues, scope: Scope, _: str) -> list[Any]:
    """Whether what was read carries the units of a scope."""
    return [values.root.carries(scope)]


_FILL: Final[dict[str, Callable[[SheetValues, Scope, str], list[Any]]]] = {
    "figure": _figures,
    "decided": _decided,
    "above": _above,
    "below": _below,
    "carried": _carried,
}
"""How a slot is filled, by its kind."""
