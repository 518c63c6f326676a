"""Year tags that stand away from their cells, given to the cells that have none where only one way is left."""

from collections.abc import Iterable

from hyotei.readers.evaluation_text.cell_placement import ROLES, Placed, Role
from hyotei.readers.evaluation_text.text_cells import Tags, TextCell
from hyotei.sheet.notes import reading_note

AWAY = "reading_notes.year_printed_apart"


def spread_tags(placed: Placed, tags: Iterable[Tags], order: tuple[str, ...] | None, evaluated: int) -> list[Tags]:
    """Sets the years of cells without one; returns the tags that are left over."""
    left = list(tags)
    waiting = _waiting(placed, order)
    for group in list(left):
        fitting = [cells for cells in waiting if len(cells) == len(group.years) and _possible(cells, group, evaluated)]
        same = len(set(group.years)) == 1
        # The same year for all of several rows: which of them it was makes no difference if all are given one.
        if len(fitting) == 1 or (fitting and same and _all_alike(fitting, left, group)):
            for (_, cell), year in zip(fitting[0], group.years, strict=True):
                cell.year, cell.tag_notes = year, reading_note(AWAY)
            waiting.remove(fitting[0])
            left.remove(group)
    return left


def _waiting(placed: Placed, order: tuple[str, ...] | None) -> list[list[tuple[Role, TextCell]]]:
    """The cells without a year, row by row in the order of the columns."""
    rank = {name: position for position, name in enumerate(order or ROLES)}
    found: list[list[tuple[Role, TextCell]]] = []
    for slots in placed.slots.values():
        cells = [
            (role, slot.cell)
            for role, slot in slots.items()
            if slot.cell is not None and slot.cell.year is None and not slot.cell.dash
        ]
        cells.sort(key=lambda each: rank[each[0]])
        if cells:
            found.append(cells)
    return found


def _possible(cells: list[tuple[Role, TextCell]], group: Tags, evaluated: int) -> bool:
    """Whether the years suit the columns: a baseline lies before the evaluated year, an actual does not."""
    return all(
        (year < evaluated) if role == "baseline" else (year == evaluated if role == "actual" else year >= evaluated)
        for (role, _), year in zip(cells, group.years, strict=True)
    )


def _all_alike(fitting: list[list[tuple[Role, TextCell]]], left: list[Tags], group: Tags) -> bool:
    """Whether as many groups with the same years are left as there are rows that they suit."""
    return sum(1 for each in left if each.years == group.years) == len(fitting)
