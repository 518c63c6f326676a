"""Cells to rows and columns, as a small search where the order of the text does not settle it.

Rows whose three cells stand in the order of the columns are taken as they are. The cells of all other rows, and those that
stand away from every row, are tried in every open place; unit, labels, year and wording say what is likely, and all
assignments near the best one are answers: where they differ the figure is ambiguous.
"""

from collections.abc import Iterable, Sequence
from dataclasses import field
from itertools import combinations
from typing import Final, Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.measures_table import COMPLETE, MeasureRow, MeasuresText
from hyotei.readers.evaluation_text.prose_figures import figures_in, one_unit
from hyotei.readers.evaluation_text.text_cells import TextCell, figure_of, same_label
from hyotei.sheet.notes import Notes, reading_note

Role = Literal["baseline", "target", "actual"]
ROLES: Final[tuple[Role, ...]] = ("baseline", "target", "actual")

LIMIT: Final = 20_000
"""Steps of one search at most, well under a second."""
CELLS: Final = 14
"""Cells that are tried in every place at most."""
NEAR: Final = 30
"""Answers that cost less than this more than the best one fit as well."""

_MISSING: Final = 100
_LEFT_OWN: Final = 200
_LEFT: Final = 160
_OTHER_ROW: Final = 120
_AWAY: Final = 20
_DISORDER: Final = 40
_UNLIKE: Final = 150
_UNUSUAL: Final = 60
_ODD: Final = 20
_SUSPICIOUS: Final = 60
"""From this cost on, a row that looks complete is not believed."""

_HINTS: Final = (
    ("回数", "回"),
    ("件数", "件"),
    ("人数", "人"),
    ("者数", "人"),
    ("国数", "国"),
    ("社数", "社"),
    ("率", "%"),
    ("割合", "%"),
)

BROKEN: Final = "reading_notes.cells_missing"
APART: Final = "reading_notes.away_from_row"
MIXED: Final = "reading_notes.cells_scattered"
EXCHANGED: Final = "reading_notes.target_and_actual_exchanged"
NOTHING: Final = "reading_notes.nothing_fits_column"
UNORDERED: Final = "reading_notes.column_order_unknown"


@dataclass(slots=True)
class Slot:
    """What stands in one column of a row: a cell with the reason why it is not simply stated, or candidates."""

    cell: TextCell | None = None
    notes: Notes = ()
    candidates: tuple[TextCell, ...] = ()


@dataclass(slots=True)
class Placed:
    """The rows with their slots, and the cells that found no place."""

    slots: dict[int, dict[Role, Slot]] = field(default_factory=dict)
    left: list[TextCell] = field(default_factory=list)
    complete: bool = True


def place(table: MeasuresText, evaluated: int) -> Placed:
    """The cells of every row by their column."""
    found = Placed()
    order: tuple[Role, ...] | None = (
        tuple(role for name in table.order for role in ROLES if role == name) if table.order else None
    )
    broken: list[MeasureRow] = []
    regular: list[MeasureRow] = []
    for row in table.rows:
        (regular if order is not None and _regular(row, order, evaluated) else broken).append(row)
    for row in regular:
        assert order is not None, "a row is regular only in a known order"
        found.slots[row.position] = {role: Slot(cell) for role, cell in zip(order, row.cells, strict=True)}
    loose = [*(cell for row in broken for cell in row.cells), *table.orphans]
    for row in regular:
        slots = found.slots[row.position]
        # Behind the last row stands whatever fell out of the table; it may have taken the place of a cell that is missing.
        last = row is table.rows[-1] and bool(loose)
        for role, slot in slots.items():
            if any(_exchangeable(slot.cell, cell) for cell in loose) or (last and role != "baseline"):
                slot.notes = reading_note(MIXED)
        if _qualified(slots["actual"].cell) and not _qualified(slots["target"].cell):
            slots["actual"].notes = slots["target"].notes = reading_note(EXCHANGED)
    if broken or table.orphans:
        _search(found, broken, table.orphans, order, evaluated)
    return found


def _regular(row: MeasureRow, order: Sequence[Role], evaluated: int) -> bool:
    """Whether the cells of a row are what its columns ask for, in their order."""
    if len(row.cells) != COMPLETE:
        return False
    cost = sum(_fit(role, cell, evaluated) for role, cell in zip(order, row.cells, strict=True))
    return cost + sum(_pair(a, b) for a, b in combinations(row.cells, 2)) < _SUSPICIOUS


def _qualified(cell: TextCell | None) -> bool:
    """Whether a figure says 以上, 程度 or the like, as targets do and actuals hardly ever."""
    quantities = [figure_of(item.text) for item in cell.items] if cell is not None else []
    return any(each is not None and each.qualifier is not None for each in quantities)


def _exchangeable(first: TextCell | None, second: TextCell) -> bool:
    """Whether one cell could stand in the other's place without being noticed."""
    if first is None:
        return False
    if first.year is not None and second.year is not None and first.year != second.year:
        return False
    return _pair(first, second) < _UNUSUAL


def _search(
    found: Placed, rows: list[MeasureRow], orphans: list[TextCell], order: Sequence[Role] | None, evaluated: int
) -> None:
    search = _Search(rows, orphans, order, evaluated)
    answers = search.answers()
    if not answers:
        found.complete = False
        for row in rows:
            candidates = tuple(row.cells)
            found.slots[row.position] = {role: Slot(candidates=candidates) for role in ROLES}
        found.left += orphans
        return
    best = answers[0]
    taken: set[int] = set()
    for row_index, row in enumerate(rows):
        slots: dict[Role, Slot] = {}
        for role in ROLES:
            options = [answer.get((row_index, role)) for answer in answers]
            different = _different(options)
            cell = options[0]
            if len(different) > 1:
                slots[role] = Slot(candidates=tuple(each for each in different if each is not None))
                taken |= {id(each) for each in different if each is not None}
            elif cell is None:
                slots[role] = Slot(notes=reading_note(NOTHING))
            else:
                apart = search.home[id(cell)] != row_index
                why = APART if apart else BROKEN if order is not None else UNORDERED
                slots[role] = Slot(cell, reading_note(why))
                taken.add(id(cell))
        found.slots[row.position] = slots
    found.left += [cell for cell in search.cells if id(cell) not in taken and cell not in best.values()]


def _different(options: Iterable[TextCell | None]) -> list[TextCell | None]:
    """The options without those that read the same."""
    found: list[TextCell | None] = []
    for option in options:
        if not any(_reads_as(option, each) for each in found):
            found.append(option)
    return found


def _reads_as(first: TextCell | None, second: TextCell | None) -> bool:
    if first is None or second is None:
        return first is second
    return first is second or (first.text == second.text and first.year == second.year)


class _Search:
    """Branch and bound over the places of the cells."""

    def __init__(
        self, rows: list[MeasureRow], orphans: list[TextCell], order: Sequence[Role] | None, evaluated: int
    ) -> None:
        self.rows, self.order, self.evaluated = rows, order, evaluated
        self.cells = [*(cell for row in rows for cell in row.cells), *orphans]
        self.home = {id(cell): index for index, row in enumerate(rows) for cell in row.cells}
        self.home |= {id(cell): -1 for cell in orphans}
        self.rank = {role: position for position, role in enumerate(order or ROLES)}
        self.best = 10**9
        self.steps = 0
        self.filled: dict[tuple[int, Role], TextCell] = {}
        self.found: list[tuple[int, dict[tuple[int, Role], TextCell]]] = []

    def answers(self) -> list[dict[tuple[int, Role], TextCell]]:
        """The answers that fit, the best first; none where the search is too large."""
        if len(self.cells) > CELLS:
            return []
        self.cell(0, 0)
        if self.steps > LIMIT:
            return []
        near = [each for each in self.found if each[0] < self.best + NEAR]
        return [answer for _, answer in sorted(near, key=lambda each: each[0])]

    def cell(self, index: int, cost: int) -> None:
        self.steps += 1
        open_slots = COMPLETE * len(self.rows) - len(self.filled)
        bound = cost + max(0, open_slots - (len(self.cells) - index)) * _MISSING
        if self.steps > LIMIT or bound >= self.best + NEAR:
            return
        if index == len(self.cells):
            self.best = min(self.best, bound)
            self.found.append((bound, dict(self.filled)))
            return
        cell = self.cells[index]
        home = self.home[id(cell)]
        # Its own row first, so that a good answer is known early.
        for row in sorted(range(len(self.rows)), key=lambda each: each != home):
            for role in ROLES:
                if (row, role) in self.filled:
                    continue
                more = self.cost(cell, home, row, role)
                self.filled[row, role] = cell
                self.cell(index + 1, cost + more)
                del self.filled[row, role]
        self.cell(index + 1, cost + (_LEFT if home < 0 else _LEFT_OWN))

    def cost(self, cell: TextCell, home: int, row: int, role: Role) -> int:
        cost = _fit(role, cell, self.evaluated) + _named(self.rows[row].name, cell)
        if home < 0:
            cost += _AWAY
        elif home != row:
            cost += _OTHER_ROW
        for other_role in ROLES:
            other = self.filled.get((row, other_role))
            if other is None:
                continue
            cost += _pair(cell, other)
            if (
                self.order is not None
                and self.home[id(other)] == row == home
                and self.rank[other_role] > self.rank[role]
            ):
                cost += _DISORDER
            if {role, other_role} == {"baseline", "actual"}:
                base, actual = (cell, other) if role == "baseline" else (other, cell)
                if base.year is not None and actual.year is not None and base.year >= actual.year:
                    cost += _UNUSUAL
        return cost


def _fit(role: Role, cell: TextCell, evaluated: int) -> int:
    """How unlikely a cell is in a column, by its year and its wording."""
    cost = 0
    if cell.year is not None:
        if role == "baseline":
            cost += _UNUSUAL if cell.year >= evaluated else 0
        elif cell.year < evaluated:
            cost += _UNUSUAL
        elif cell.year > evaluated:
            cost += _ODD if role == "target" else _UNUSUAL
    if cell.figure:
        for item in cell.items[:1]:
            quantity = figure_of(item.text)
            if quantity is None:
                continue
            if quantity.qualifier in ("以上", "以下", "未満", "超"):
                cost += {"actual": _UNUSUAL, "baseline": _DISORDER, "target": 0}[role]
            elif quantity.qualifier is not None:
                cost += _ODD if role == "actual" else 0
            if quantity.unknown in ("unsettled", "unmeasured"):
                cost += 0 if role == "actual" else _DISORDER
        return cost
    if cell.text.endswith("。"):
        cost += 0 if role == "actual" else _ODD
    chief = [figure for figure in figures_in(cell.text) if figure.chief]
    if chief:
        qualified = any(chief[0].text.endswith(word) for word in ("以上", "以下", "未満", "程度"))
        cost += _ODD if qualified == (role == "actual") else 0
    return cost


def _pair(first: TextCell, second: TextCell) -> int:
    """How unlikely two cells are in one row, by their kind, units and labels."""
    if first.labelled != second.labelled:
        # 「集計中」 may stand for all measures of a cell.
        return 0 if is_word(first) or is_word(second) else _UNLIKE
    if first.labelled:
        labels = [item.label or "" for item in second.items]
        shared = sum(1 for item in first.items if any(same_label(item.label or "", label) for label in labels))
        if shared == 0:
            return _UNLIKE
        return 0 if shared == len(first.items) == len(second.items) else _ODD
    if first.figure and second.figure:
        units = _units(first), _units(second)
        return 0 if not units[0] or not units[1] or units[0] & units[1] else _UNLIKE
    if first.figure or second.figure:
        text, figure = (second, first) if first.figure else (first, second)
        if is_word(figure):
            return 0
        return 0 if _units(figure) & {each.unit for each in figures_in(text.text)} else _UNLIKE
    return 0


def is_word(cell: TextCell) -> bool:
    """Whether a cell holds a word or a dash in place of a figure."""
    quantity = figure_of(cell.items[0].text) if cell.figure else None
    return quantity is not None and quantity.value is None and quantity.low is None


def _units(cell: TextCell) -> set[str]:
    quantities = [figure_of(item.text) for item in cell.items]
    return {one_unit(each.unit) for each in quantities if each is not None and each.unit is not None}


def _named(name: str, cell: TextCell) -> int:
    """How unlikely a cell is in a row of that name: 件数 is counted in 件."""
    units = _units(cell) if cell.figure else {each.unit for each in figures_in(cell.text) if each.chief}
    if not units:
        return 0
    hints = {unit for word, unit in _HINTS if word in name}
    return _ODD if hints and not hints & units else 0
