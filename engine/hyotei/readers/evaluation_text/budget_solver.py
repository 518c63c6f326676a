"""Amounts to the cells of a budget table, as a small search: what adds up comes first, order is only a preference.

Every complete assignment has a cost. What contradicts the table (a total that is not the sum) costs most, what is merely
unusual costs little, and all assignments near the best one are answers: where they agree a figure is certain.
"""

from collections.abc import Callable, Mapping
from itertools import combinations, permutations
from typing import Final

from hyotei.lazy_dataclass import dataclass

Row = str
Cell = tuple[Row, int]
"""A row and the position of a year, from 0 for the earliest."""

LIMIT: Final = 20_000
"""Steps of one search at most, well under a second."""
STRAYS: Final = 7
"""Amounts away from their rows for which every place is tried."""
NEAR: Final = 4
"""Answers that cost less than this more than the best one fit as well."""

_WRONG: Final = 400
_LEFT: Final = 60
_UNLIKELY: Final = 40
_ODD: Final = 8
_LATE: Final = 8
_SLIGHT: Final = 1


@dataclass(frozen=True, slots=True)
class BudgetCells:
    """What is known of a table. Amounts are whole numbers of one unit small enough for all of them.

    Attributes:
        years: how many there are.
        parts: the rows that add up to the total.
        fixed: amounts whose cell is certain (None: printed as a dash).
        loose: rows with fewer amounts than years, in the printed order, earliest year first.
        strays: amounts that stand away from every row, in the order of the text.
        open_from: position of the first year whose accounts may still be open.
    """

    years: int
    parts: tuple[Row, ...]
    rows: tuple[Row, ...]
    fixed: Mapping[Cell, int | None]
    loose: Mapping[Row, tuple[int, ...]]
    strays: tuple[int, ...]
    open_from: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment: for each cell which amount, as ("row", its position in the row) or ("stray", its position)."""

    cost: int
    places: Mapping[Cell, tuple[str, int]]
    values: Mapping[Cell, int | None]


class _Exhausted(Exception):
    """The search took more steps than it may."""


def solve(table: BudgetCells) -> tuple[list[Assignment], bool]:
    """The answers that fit, the best first, and whether the search came to its end."""
    if len(table.strays) > STRAYS:
        return [], False
    # What adds up is looked for first. Where nothing does in the printed order, the order is given up; and where that does
    # not help either, a printed total is wrong, and the order stands.
    for ordered, cap in ((True, _WRONG), (False, _WRONG), (True, 10**9)):
        search = _Search(table, cap, ordered=ordered)
        complete = search.run()
        if search.found and complete:
            break
        if not complete and ordered:
            return [], False
    answers = sorted(search.found.values(), key=lambda each: each.cost)
    return [each for each in answers if each.cost < answers[0].cost + NEAR], complete


class _Search:
    """The search through the places of loose rows and strays."""

    def __init__(self, table: BudgetCells, cap: int, *, ordered: bool = True) -> None:
        self.table, self.cap, self.ordered = table, cap, ordered
        self.values: dict[Cell, int | None] = dict(table.fixed)
        self.places: dict[Cell, tuple[str, int]] = {}
        # The executed amounts are in no sum, so they come last, after the strays.
        self.rows = sorted((row for row in table.loose if row != "executed"), key=lambda row: len(table.loose[row]))
        self.last = [row for row in table.loose if row == "executed"]
        self.found: dict[tuple[tuple[Cell, int | None], ...], Assignment] = {}
        self.best = cap
        self.steps = 0
        self.disorder = 0

    def run(self) -> bool:
        """Whether the search came to its end."""
        try:
            self.row(0)
        except _Exhausted:
            return False
        return True

    def step(self) -> None:
        self.steps += 1
        if self.steps > LIMIT:
            raise _Exhausted

    def hopeless(self, left: int) -> bool:
        """Whether no answer from here on can be near the best one; `left` strays have no place."""
        wrong = sum(1 for year in range(self.table.years) if contradicts(self.table, self.values, year))
        return wrong * _WRONG + left * _LEFT + self.disorder >= min(self.best + NEAR, self.cap)

    def row(self, index: int) -> None:
        """Places the amounts of the loose rows from `index` on, then the strays, then the executed amounts."""
        if index == len(self.rows):
            self.stray(0, 0)
            return
        self.spread(self.rows[index], lambda: self.row(index + 1), 0)

    def spread(self, name: Row, then: Callable[[], None], left: int) -> None:
        """Places the amounts of one row in every way, going on with `then` from each."""
        amounts = self.table.loose[name]
        free = [year for year in range(self.table.years) if (name, year) not in self.values]
        if len(amounts) > len(free):
            return
        for years in combinations(free, len(amounts)) if self.ordered else permutations(free, len(amounts)):
            disorder = 0 if list(years) == sorted(years) else _ODD
            for position, (year, amount) in enumerate(zip(years, amounts, strict=True)):
                self.put((name, year), amount, ("row", position))
            self.disorder += disorder
            self.step()
            if not self.hopeless(left):
                then()
            self.disorder -= disorder
            for year in years:
                self.take((name, year))

    def stray(self, index: int, left: int) -> None:
        """Places the strays from `index` on; `left` of those before have no place."""
        self.step()
        if self.hopeless(left):
            return
        if index == len(self.table.strays):
            if self.last:
                self.spread(self.last[0], lambda: self.answer(left * _LEFT), left)
            else:
                self.answer(left * _LEFT)
            return
        amount = self.table.strays[index]
        for row in self.table.rows:
            for year in range(self.table.years):
                if (row, year) not in self.values and not self.excluded(row, year, amount):
                    self.put((row, year), amount, ("stray", index))
                    self.stray(index + 1, left)
                    self.take((row, year))
        self.stray(index + 1, left + 1)

    def excluded(self, row: Row, year: int, amount: int) -> bool:
        """Whether the amount cannot stand there, whatever the other strays are."""
        if amount < 0 and row not in ("supplementary", "carried_over"):
            return True
        total = self.values.get(("total", year))
        return row == "executed" and total is not None and amount > total

    def put(self, cell: Cell, amount: int, origin: tuple[str, int]) -> None:
        self.values[cell], self.places[cell] = amount, origin

    def take(self, cell: Cell) -> None:
        del self.values[cell], self.places[cell]

    def answer(self, cost: int) -> None:
        cost += self.disorder
        for year in range(self.table.years):
            cost += year_cost(self.table, self.values, year)
            if cost >= min(self.best + NEAR, self.cap):
                return
        cost += self.gaps() + self.crossings()
        if cost >= min(self.best + NEAR, self.cap):
            return
        self.best = min(self.best, cost)
        key = tuple(sorted(self.values.items()))
        known = self.found.get(key)
        if known is None or cost < known.cost:
            self.found[key] = Assignment(cost, dict(self.places), dict(self.values))

    def gaps(self) -> int:
        """Blanks before a figure: later years are open before earlier ones are."""
        cost = 0
        for row in self.table.rows:
            filled = [year for year in range(self.table.years) if self.values.get((row, year)) is not None]
            if not filled:
                continue
            blanks = sum(1 for year in range(filled[-1]) if year not in filled and (row, year) not in self.table.fixed)
            cost += blanks * (_LATE if row in ("initial", "total", "executed") else _SLIGHT)
        return cost

    def crossings(self) -> int:
        """Strays that stand in their row before amounts of the row itself: possible, and less likely."""
        return sum(
            _SLIGHT
            for (row, year), (kind, _) in self.places.items()
            if kind == "stray"
            and any(self.places.get((row, later), ("", 0))[0] == "row" for later in range(year + 1, self.table.years))
        )


def contradicts(table: BudgetCells, values: Mapping[Cell, int | None], year: int) -> bool:
    """Whether the total of a year and all of its parts are there and do not add up."""
    total = values.get(("total", year))
    if total is None:
        return False
    amount = 0
    for row in table.parts:
        part = values.get((row, year))
        if part is None:
            return False
        amount += part
    return amount != total


def year_cost(table: BudgetCells, values: Mapping[Cell, int | None], year: int) -> int:
    """How far the column of a year is from one that a ministry would print."""
    parts = [values.get((row, year)) for row in table.parts]
    present = [amount for amount in parts if amount is not None]
    total, executed = values.get(("total", year)), values.get(("executed", year))
    initial = values.get(("initial", year))
    blank = sum(
        1 for row, amount in zip(table.parts, parts, strict=True) if amount is None and (row, year) not in table.fixed
    )
    cost = 0
    if total is not None:
        cost += 0 if sum(present) == total else _WRONG
        cost += blank * _ODD
    elif present and not blank and "total" in table.rows:
        # All parts and no sum: a column with a hole.
        cost += 2 * _ODD
    if initial is None and (present or total is not None or executed is not None):
        cost += 2 * _ODD
    if initial == 0:
        cost += _ODD
    if executed is not None:
        if total is None and "total" in table.rows:
            cost += _UNLIKELY
        elif total is not None and executed > total:
            cost += _WRONG
        if year > table.open_from:
            cost += _UNLIKELY
    elif total is not None and year < table.open_from and "executed" in table.rows:
        cost += _ODD
    for row in ("initial", "total", "executed"):
        amount = values.get((row, year))
        if amount is not None and amount < 0:
            cost += _UNLIKELY
    return cost
