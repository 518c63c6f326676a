"""For which inputs two tables answer differently: exactly, in boxes that do not overlap.

Column after column, inputs for which every row that is still in play does the same go one way together. A way ends as soon as
both tables have the same rows in play: from there on they cannot differ. So only what the edited rows touch is looked at.
Variants of the new table go along, each with one edit undone, so that it is known for every box which of them give the old answer.
"""

from collections.abc import Hashable, Sequence
from dataclasses import field
from functools import cached_property
from typing import Final, TypeAlias

from hyotei.compare.boxes import Box, TooManyBoxes
from hyotei.compare.joint_columns import Joint
from hyotei.compare.model import Answers
from hyotei.compare.table_meaning import Ask, TableMeaning
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.values import RANK, Scalar, Unknown, both
from hyotei.sheet import Sheet

MOST_NODES: Final = 60_000
"""Ways looked at before a comparison is given up."""
MOST_PIECES: Final = 20_000
"""Boxes before merging, likewise."""

Alive: TypeAlias = "tuple[tuple[int, Scalar], ...]"
"""Rows in play, by place, with what their cells so far came to."""
State: TypeAlias = "tuple[tuple[Alive, Unknown | None], ...]"
Leaf: TypeAlias = "tuple[Answers, ...]"


@dataclass(slots=True)
class Plan:
    """A side with its rows' cells by column."""

    side: TableMeaning
    cells: "list[list[tuple[Ask, ...]]]"
    """For each row, for each column, what it asks of it."""
    last: list[int]
    """For each row the last column that it asks anything of; -1 for none."""


@dataclass
class BoxComparison:
    """Sides over shared columns: the old table, the new one, and variants of the new one."""

    columns: tuple[Joint, ...]
    sides: "Sequence[TableMeaning]"
    nodes: int = 0
    _kept: "dict[tuple[int, State], list[tuple[Box, Leaf]]]" = field(default_factory=dict)
    _vectors: "dict[tuple[int, tuple[Ask, ...]], tuple[Scalar, ...]]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        at = {column.key: place for place, column in enumerate(self.columns)}
        book = self.sides[0].source.rulebook
        self.reading = Reading(book, Sheet(id="diff", title="diff", authority=book.authority, fiscal_year=2012))
        self.plans = []
        for side in self.sides:
            cells = []
            for row in side.asks:
                here: list[list[Ask]] = [[] for _ in self.columns]
                for ask in row:
                    here[at[ask.key]].append(ask)
                cells.append([tuple(each) for each in here])
            last = [max((place for place, asks in enumerate(row) if asks), default=-1) for row in cells]
            self.plans.append(Plan(side, cells, last))
        numbers: dict[Hashable, int] = {}
        self.contents = [[numbers.setdefault(each, len(numbers)) for each in side.contents] for side in self.sides]
        self.own = [[column.key in side.own for column in self.columns] for side in self.sides]

    # -- single values

    def vector(self, place: int, asks: tuple[Ask, ...]) -> tuple[Scalar, ...]:
        """For each elementary value of a column whether these cells hold."""
        key = place, asks
        found = self._vectors.get(key)
        if found is None:
            found = self._vectors[key] = tuple(
                self.standing(asks, element.sample) for element in self.columns[place].values.elements
            )
        return found

    def standing(self, asks: tuple[Ask, ...], sample: Scalar) -> Scalar:
        held: Scalar = True
        for ask in asks:
            one = sample if ask.key.check else self.reading.check(ask.check, sample, ask.stated, self.reading.root)
            held = both(held, one)
        return held

    # -- the ways

    def differences(self) -> "list[tuple[Box, Leaf]]":
        """Every box in which the first two sides answer differently, with the answers of all sides.

        Raises:
            TooManyBoxes: the tables fall apart into too many.
        """
        start = tuple((self.trimmed(number, 0, self.everything(number)), None) for number in range(len(self.sides)))
        return self.below(0, start)

    def everything(self, number: int) -> Alive:
        return tuple((at, True) for at in range(len(self.plans[number].cells)))

    @cached_property
    def ordered(self) -> bool:
        """Whether the order of rows matters under the policy."""
        return self.sides[0].table.policy in ("F", "P")

    def same(self, state: State) -> bool:
        """Whether the first two sides have the same rows in play, so that they cannot differ any more."""
        one, other = self.sides[0], self.sides[1]
        if one.table.policy != other.table.policy or one.outputs != other.outputs:
            return False
        if (one.needs_reasons or other.needs_reasons) and (state[0][1] != state[1][1] or one.own != other.own):
            return False
        if len(state[0][0]) != len(state[1][0]):
            return False
        lists = [
            [(contents[at], standing) for at, standing in alive]
            for contents, (alive, _) in zip(self.contents[:2], state[:2], strict=True)
        ]
        return lists[0] == lists[1] if self.ordered else _counted(lists[0]) == _counted(lists[1])

    def below(self, place: int, state: State) -> "list[tuple[Box, Leaf]]":
        if self.same(state):
            return []
        key = place, state
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise TooManyBoxes
        if place == len(self.columns):
            leaf = self.leaf(state)
            found: list[tuple[Box, Leaf]] = [((), leaf)] if leaf[0] != leaf[1] else []
        else:
            found = []
            for following, mask in self.ways(place, state).items():
                for box, leaf in self.below(place + 1, following):
                    found.append(((mask, *box), leaf))
            if len(found) > MOST_PIECES:
                raise TooManyBoxes
        self._kept[key] = found
        return found

    def ways(self, place: int, state: State) -> dict[State, int]:
        """What the state becomes, and for which elementary values of a column."""
        elements = self.columns[place].values.elements
        lists: list[list[tuple[int, Scalar, tuple[Scalar, ...] | None]]] = []
        for plan, (alive, _) in zip(self.plans, state, strict=True):
            rows = []
            for at, standing in alive:
                asks = plan.cells[at][place]
                rows.append((at, standing, self.vector(place, asks) if asks else None))
            lists.append(rows)
        found: dict[State, int] = {}
        trimmed: dict[tuple[int, Alive], Alive] = {}
        for number, element in enumerate(elements):
            state_here = []
            for at_side, (rows, (_, longest)) in enumerate(zip(lists, state, strict=True)):
                alive = tuple(
                    (at, standing if vector is None else both(standing, vector[number]))
                    for at, standing, vector in rows
                    if vector is None or vector[number] is not False
                )
                short = trimmed.get((at_side, alive))
                if short is None:
                    short = trimmed[at_side, alive] = self.trimmed(at_side, place + 1, alive)
                state_here.append((short, self.longest(at_side, place, element.sample, longest)))
            following = tuple(state_here)
            found[following] = found.get(following, 0) | 1 << number
        return found

    def longest(self, side: int, place: int, sample: Scalar, before: Unknown | None) -> Unknown | None:
        """The most lasting unknown input so far, where a row of the side answers with it."""
        if not self.sides[side].needs_reasons or not isinstance(sample, Unknown) or not self.own[side][place]:
            return before
        return sample if before is None or RANK[sample.reason] > RANK[before.reason] else before

    def trimmed(self, number: int, place: int, alive: Alive) -> Alive:
        """Without the rows that come after one which is sure to end the search, under F."""
        plan = self.plans[number]
        if plan.side.table.policy != "F":
            return alive
        for count, (at, _) in enumerate(alive, 1):
            if plan.last[at] < place:
                return alive[:count]
        return alive

    def leaf(self, state: State) -> Leaf:
        return tuple(
            side.answers(*_standings(alive), longest) for side, (alive, longest) in zip(self.sides, state, strict=True)
        )

    # -- one input

    def rows(self, number: int, elements: Sequence[int]) -> tuple[int, ...]:
        """The rows of a side that answer, clash or stand undecided, for one elementary value of each column."""
        alive = []
        for at, row in enumerate(self.plans[number].cells):
            standing: Scalar = True
            for place, (asks, element) in enumerate(zip(row, elements, strict=True)):
                if asks and standing is not False:
                    standing = both(standing, self.vector(place, asks)[element])
            if standing is not False:
                alive.append((at, standing))
        return self.sides[number].rows_that_answer(*_standings(tuple(alive)))


def _standings(alive: Alive) -> "tuple[tuple[int, ...], dict[int, Unknown]]":
    held = tuple(at + 1 for at, standing in alive if standing is True)
    return held, {at + 1: standing for at, standing in alive if isinstance(standing, Unknown)}


def _counted(rows: "list[tuple[int, Scalar]]") -> "dict[tuple[int, Scalar], int]":
    found: dict[tuple[int, Scalar], int] = {}
    for row in rows:
        found[row] = found.get(row, 0) + 1
    return found
