"""A decision table with the values it was decided on: which rows and cells hold, and what would change that."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from hyotei.compiler.decision_functions import TableFunctions
from hyotei.messages import Language, wording
from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Decision, Row, Table
from hyotei.rulebook.term_domain import domains_of
from hyotei.rulebook.types import COUNT, NumberType, Type
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.value_words import amount, grouped, percent
from hyotei.rulebook.values import Scalar, both
from hyotei.verdict.case import Case
from hyotei.verdict.turning_points import Turn, turns


class TableView:
    """One table at one unit."""

    def __init__(self, case: Case, decision: Decision, table: Table, step: Step, unit: Unit) -> None:
        self.case, self.decision, self.table, self.step, self.unit = case, decision, table, step, unit
        functions = case.compiled.decisions[decision.name]
        assert isinstance(functions, TableFunctions)
        self._functions = functions
        self._number = case.numbers[unit.key]
        self._turns: dict[tuple[int, int], tuple[Turn, ...]] = {}

    @cached_property
    def standings(self) -> dict[int, Scalar]:
        """Whether each row holds: true, false or unknown."""
        return {row.number: self.others(row, None) for row in self.table.rows}

    def others(self, row: Row, but: int | None) -> Scalar:
        """Whether the cells of a row hold, one column left out."""
        held: Scalar = True
        for index, value in enumerate(self.step.inputs):
            if index != but and held is not False:
                held = both(held, self.holds(row, index, value))
        return held

    def holds(self, row: Row, index: int, value: Scalar) -> Scalar:
        """Whether a cell would hold for a value."""
        if row.checks[index].anything:
            return True
        cell, values = self._functions.row_cell(row, index), self.case.values
        values.ready(cell.needs)
        held: Scalar = cell.function(value, values.lists, self._number)
        return held

    def gives(self, row: Row) -> Scalar:
        """The first output of a row."""
        fixed = self._functions.fixed(row)
        return self.case.value(row.outputs[0], self.unit) if fixed is None else fixed[0]

    def ends(self, row: Row, index: int) -> Iterator[Decimal]:
        """The end points in a cell, as far as they are known."""
        constant = self._functions.terms.constant
        for test in row.checks[index].tests:
            if isinstance(test, t.Range):
                for end in (test.low, test.high):
                    if end is not None:
                        point = constant(end)
                        point = self.case.value(end, self.unit) if point is None else point
                        if isinstance(point, Decimal):
                            yield point

    def cell_turns(self, row: Row, index: int) -> tuple[Turn, ...]:
        """How far the value of a column would have to move for the cell to begin or cease to hold."""
        value = self.step.inputs[index]
        if not isinstance(value, Decimal):
            return ()
        found = self._turns.get((row.number, index))
        if found is None:
            found = self._turns[row.number, index] = turns(
                lambda moved: self.holds(row, index, moved) is True, self.ends(row, index), value, self.whole(index)
            )
        return found

    def row_turns(self, row: Row, index: int) -> tuple[Turn, ...]:
        """How far it would have to move for the standing of the whole row to change, all other values as they are."""
        value = self.step.inputs[index]
        rest = self.others(row, index)
        if rest is False or not isinstance(value, Decimal):
            return ()
        return turns(
            lambda moved: both(rest, self.holds(row, index, moved)), self.ends(row, index), value, self.whole(index)
        )

    def whole(self, index: int) -> bool:
        """Whether the value of a column moves by whole steps."""
        value, column = self.step.inputs[index], self.table.inputs[index]
        if column.type != COUNT:
            return False
        domain = domains_of(self.case.rulebook).column(column)
        return domain.numbers is not None and domain.numbers.whole and domain.holds(value)

    def title(self, index: int, language: Language) -> str:
        """What a column is called."""
        return self.case.title(self.table.inputs[index].term, language)

    def text(self, index: int, language: Language) -> str:
        """The value of a column for people."""
        return self.case.words(self.step.inputs[index], self.table.inputs[index].type, language)


def distance_text(turn: Turn, of: Type, language: Language) -> str:
    """A distance in the unit of its kind: ratios in points, money in yen. One too small to be shown is told as less than a step."""
    say = wording(language)
    dimension = of.dimension if isinstance(of, NumberType) else "plain"
    if dimension == "ratio":
        points = percent(turn.shown).removesuffix("%")
        text = say("verdict.distance.points", points=points, count=Decimal(points))
    else:
        text = amount(turn.shown, language) if dimension == "money" else grouped(turn.shown)
    return say("verdict.distance.less_than", distance=text) if turn.below_a_step else text
