"""Which row of the old table became which row of the new one."""

from collections.abc import Hashable, Sequence
from dataclasses import field
from difflib import SequenceMatcher
from typing import Final

from hyotei.compare.editable_table import EditableRow
from hyotei.lazy_dataclass import dataclass

MOST_PAIRED: Final = 40_000
"""Pairs of rows whose likeness is weighed; in longer stretches rows are paired by their place."""


@dataclass(slots=True)
class Alignment:
    """Pairs of places: rows that stand, possibly with other cells, and rows that moved; and what is on one side only."""

    kept: dict[int, int] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)


def aligned(old: Sequence[EditableRow], new: Sequence[EditableRow]) -> Alignment:
    """The rows of two tables in pairs."""
    before, after = [_content(row) for row in old], [_content(row) for row in new]
    found = Alignment()
    rest: list[tuple[list[int], list[int]]] = []
    for kind, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.kept.update(zip(range(i, i_end), range(j, j_end), strict=True))
        else:
            rest.append((list(range(i, i_end)), list(range(j, j_end))))
    waiting: dict[Hashable, list[int]] = {}
    for _, ends in rest:
        for j in ends:
            waiting.setdefault(after[j], []).append(j)
    for starts, _ in rest:
        for i in starts:
            if waiting.get(before[i]):
                found.moved[i] = waiting[before[i]].pop(0)
    gone, come = set(found.moved), set(found.moved.values())
    for starts, ends in rest:
        left, right = [i for i in starts if i not in gone], [j for j in ends if j not in come]
        pairs = _paired([old[i] for i in left], [new[j] for j in right])
        found.kept.update((left[i], right[j]) for i, j in pairs.items())
        found.removed += [i for at, i in enumerate(left) if at not in pairs]
        found.added += [j for at, j in enumerate(right) if at not in pairs.values()]
    return found


def _content(row: EditableRow) -> Hashable:
    cells = frozenset((slot, repr(check)) for slot, check in row.cells.items())
    return cells, tuple((name, repr(term)) for name, term in row.outputs.items())


def _likeness(one: EditableRow, other: EditableRow) -> int:
    """How much two rows have in common; 0 where they are not one row that was edited."""
    slots = one.cells.keys() | other.cells.keys()
    same = sum(one.cell(slot) == other.cell(slot) for slot in slots)
    outputs = one.outputs == other.outputs
    parts = len(slots) + 1
    common = same + outputs
    return 2 * common + 1 if 2 * common + (parts <= 2) >= parts else 0


def _paired(left: Sequence[EditableRow], right: Sequence[EditableRow]) -> dict[int, int]:
    """Pairs in order with the most in common."""
    if not left or not right:
        return {}
    if len(left) * len(right) > MOST_PAIRED:
        return {at: at for at in range(min(len(left), len(right)))}
    best = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    like = [[_likeness(one, other) for other in right] for one in left]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            both = best[i + 1][j + 1] + like[i][j] if like[i][j] else 0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(left) and j < len(right):
        if like[i][j] and best[i][j] == best[i + 1][j + 1] + like[i][j]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
