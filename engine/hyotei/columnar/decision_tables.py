"""Decisions as columns: how a table came out, by which rows, and its outputs."""

from collections.abc import Callable, Sequence
from dataclasses import field
from decimal import Decimal
from functools import reduce
from typing import Final

import ibis
from ibis import _

from hyotei.columnar.cell_tests import checked
from hyotei.columnar.column_value import UNDEFINED, Column, ColumnValue, constant
from hyotei.columnar.engine_functions import literal, whole
from hyotei.columnar.expressions import Terms
from hyotei.columnar.logic import all_of, reason_column, truth_column
from hyotei.columnar.number_scale import NumberScale
from hyotei.columnar.quotients import showable
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Outcome
from hyotei.rulebook.hit_policies import priority
from hyotei.rulebook.model import Decision, Formula, Row, Table
from hyotei.rulebook.reference import stated_reasons
from hyotei.rulebook.values import Unknown

OUTCOMES: Final[tuple[Outcome, ...]] = ("fired", "undecided", "gap", "conflict", "computed", "supposed")
FIRED, UNDECIDED, GAP, CONFLICT, COMPUTED = range(5)
"""Codes of outcomes."""
MASK: Final = 62
"""Rows in one column of bits."""
INTEGER: Final = 30
"""Rows whose bits a 32-bit integer holds, which is what engines make of small literals."""
ROW: Final = "int16"
BITS: Final = "int32"


@dataclass(slots=True)
class DecidedColumns:
    """The columns of a decision.

    `rows` holds one column with the number of the row where `single`, else columns of bits, the lowest for row 1.
    `collected` are the outputs of every row of a table of hit policy C.
    """

    decision: Decision
    outcome: ColumnValue
    single: bool
    rows: list[ColumnValue]
    inputs: list[ColumnValue]
    outputs: list[ColumnValue]
    collected: list[list[ColumnValue]] = field(default_factory=list)


def decide(terms: Terms, decision: Decision) -> DecidedColumns:
    """Adds the columns of one decision."""
    if isinstance(decision.body, Formula):
        value = terms.work.called(showable(terms.arithmetic, terms.value(decision.body.term)), decision.name)
        return DecidedColumns(decision, constant(Decimal(COMPUTED)), True, [], [], [value])
    return _Hits(terms, decision, decision.body).decided()


class _Hits:
    """The rows of one table that hold, and what follows from them under its hit policy."""

    def __init__(self, terms: Terms, decision: Decision, table: Table) -> None:
        self.terms, self.work, self.decision, self.table = terms, terms.work, decision, table
        self.name = decision.name
        self.inputs = [
            terms.small(column.term, f"{self.name}_in{number}") for number, column in enumerate(table.inputs, 1)
        ]
        self.unknown: ColumnValue | None = None
        stated = [stated_reasons(table, column) for column in range(len(table.inputs))]
        self.standings = [
            all_of(
                [
                    checked(check, value, reasons, terms.arithmetic, terms.value)
                    for check, value, reasons in zip(row.checks, self.inputs, stated, strict=True)
                ]
            )
            for row in table.rows
        ]

    def decided(self) -> DecidedColumns:
        policies: dict[str, Callable[[], DecidedColumns]] = {"F": self.first, "C": self.collected, "P": self.best}
        policies |= dict.fromkeys(("U", "A"), self.one) | dict.fromkeys(("C+", "C#", "C<", "C>"), self.summed)
        return policies[self.table.policy]()

    # -- parts

    def number(self, expression: Column, level: int, wanted: str, digits: int = 4) -> ColumnValue:
        """A small whole number as a column."""
        name = self.work.column(expression, level, f"{self.name}_{wanted}")
        return ColumnValue(
            "number", _[name], None, level + 1, NumberScale(0, digits), small=True, at=(name, None, None)
        )

    def output(self, row: Row, index: int) -> ColumnValue:
        term = row.outputs[index]
        if isinstance(term, t.InputUnknown):
            if self.unknown is None:
                self.unknown = self.work.kept(self.terms.input_unknown(self.inputs), f"{self.name}_unknown")
            return self.unknown
        return self.terms.value(term)

    def level(self) -> int:
        return max((value.level for value in self.standings), default=0)

    def chosen_outputs(self, chosen: ColumnValue, undecided: ColumnValue | None, fallback: bool) -> list[ColumnValue]:
        """The outputs of the row whose number is `chosen`; else what is unknown, and where nothing is, undefined."""
        found = []
        for index, output in enumerate(self.decision.outputs):
            cases: list[tuple[Column, ColumnValue]] = []
            if undecided is not None:
                cases.append((undecided.known > 0, ColumnValue("unknown", None, undecided.known, undecided.level)))
            values: list[tuple[ColumnValue, list[int]]] = []
            for row in self.table.rows:
                value = self.output(row, index)
                for other, numbers in values:
                    if other is value or (value.constant is not None and _same(value, other)):
                        numbers.append(row.number)
                        break
                else:
                    values.append((value, [row.number]))
            for value, numbers in values:
                here = chosen.known == numbers[0] if len(numbers) == 1 else chosen.known.isin(numbers)
                cases.append((here, value))
            otherwise = constant(Unknown("undefined"))
            if not fallback and cases:
                # Some row always answers, so the last case needs no condition.
                otherwise = cases.pop()[1]
            level = max(chosen.level, undecided.level if undecided is not None else 0)
            value = self.terms.chosen(cases, otherwise, level) if cases else otherwise
            value = showable(self.terms.arithmetic, value)
            found.append(self.work.called(value, self.name if not index else f"{self.name}_{output.name}"))
        return found

    def held(self) -> tuple[list[Column], list[Column | None]]:
        """For each row whether it surely holds, and the reason why that is open; None where it never is."""
        self.standings = [
            self.work.kept(standing, f"{self.name}_row{row.number}")
            for row, standing in zip(self.table.rows, self.standings, strict=True)
        ]
        still_open = [None if standing.certain else reason_column(standing) for standing in self.standings]
        # Null counts as false wherever these are asked.
        return [truth_column(standing) for standing in self.standings], still_open

    def bits(self, columns: list[Column], wanted: str, level: int) -> list[ColumnValue]:
        """Truths by row as columns of bits."""
        found = []
        for start in range(0, len(columns), MASK):
            small = len(columns) <= INTEGER
            parts = [
                ibis.ifelse(column, literal(1 << place, BITS), literal(0, BITS))
                if small
                else ibis.ifelse(column, whole(1 << place, False), whole(0, False))
                for place, column in enumerate(columns[start : start + MASK])
            ]
            total = parts[0]
            for part in parts[1:]:
                total = total + part
            found.append(self.number(total, level, wanted, 19))
        return found

    def lasting(self, still_open: Sequence[Column | None], level: int) -> ColumnValue | None:
        """The most lasting of the reasons for which rows are open; None where none can be."""
        uncertain = [column for column in still_open if column is not None]
        if not uncertain:
            return None
        return self.number(_greatest(uncertain), level, "open")

    def open_bits(self, still_open: Sequence[Column | None], level: int) -> list[ColumnValue]:
        """The open rows as columns of bits."""
        columns = [literal(False) if column is None else column > 0 for column in still_open]
        return self.bits(columns, "rows_open", level)

    def either_rows(
        self, outcome: ColumnValue, undecided: list[ColumnValue], otherwise: list[ColumnValue]
    ) -> list[ColumnValue]:
        """The rows told: those that are open where it is undecided, else those that hold."""
        level = max(value.level for value in (outcome, *undecided, *otherwise))
        return [
            self.number(ibis.ifelse(outcome.known == UNDECIDED, a.known, b.known), level, "rows", 19)
            for a, b in zip(undecided, otherwise, strict=True)
        ]

    # -- hit policies

    def first(self) -> DecidedColumns:
        """F: the first row that holds, unless one above it is open."""
        cases, level = [], self.level()
        exhausted = False
        for row, standing in zip(self.table.rows, self.standings, strict=True):
            if standing.constant is False:
                continue
            if standing.constant is True:
                exhausted = True
                otherwise = row.number
                break
            if standing.known is None:
                # Open for every unit.
                exhausted, otherwise = True, row.number
                break
            maybe = standing.known if standing.certain else standing.known.fill_null(True)
            cases.append((maybe, literal(row.number, ROW)))
        if not exhausted:
            otherwise = 0
        last = literal(otherwise, ROW)
        expression = ibis.cases(*cases, else_=last) if cases else last
        row_number = self.number(expression, level, "row")
        uncertain = [
            (row_number.known == row.number, reason_column(standing))
            for row, standing in zip(self.table.rows, self.standings, strict=True)
            if not standing.certain
        ]
        level = row_number.level
        undecided = self.number(ibis.cases(*uncertain, else_=0), level, "open") if uncertain else None
        steps: list[tuple[Column, int]] = []
        if undecided is not None:
            steps.append((undecided.known > 0, UNDECIDED))
            level = undecided.level
        if not exhausted:
            steps.append((row_number.known == 0, GAP))
        outcome = self._outcome(steps, FIRED, level)
        outputs = self.chosen_outputs(row_number, undecided, fallback=not exhausted)
        return DecidedColumns(self.decision, outcome, True, [row_number], self.inputs, outputs)

    def _outcome(self, steps: list[tuple[Column, int]], otherwise: int, level: int) -> ColumnValue:
        if not steps:
            return constant(Decimal(otherwise))
        cases = [(condition, literal(code, ROW)) for condition, code in steps]
        return self.number(ibis.cases(*cases, else_=literal(otherwise, ROW)), level, "outcome")

    def one(self) -> DecidedColumns:
        """U: just one row holds. A: all that hold say the same. An open row leaves it undecided, unless rows clash anyway."""
        sure, still_open = self.held()
        level = self.level()
        count = ibis.ifelse(sure[0], 1, 0)
        for column in sure[1:]:
            count = count + ibis.ifelse(column, 1, 0)
        held = self.number(count, level, "held")
        first = self.number(
            ibis.cases(
                *((column, literal(number, ROW)) for number, column in enumerate(sure, 1)), else_=literal(0, ROW)
            ),
            level,
            "first",
        )
        agreed = held.known <= 1
        if self.table.policy == "A":
            agreed = agreed | self._same_outputs(sure)
        undecided = self.lasting(
            [None if each is None else ibis.ifelse(agreed, each, 0) for each in still_open], held.level
        )
        level = max(held.level, undecided.level if undecided is not None else 0)
        steps: list[tuple[Column, int]] = [] if undecided is None else [(undecided.known > 0, UNDECIDED)]
        steps += [(held.known == 0, GAP), (agreed, FIRED)]
        outcome = self._outcome(steps, CONFLICT, level)
        answering = self.number(
            ibis.ifelse(outcome.known == FIRED, first.known, literal(0, ROW)), outcome.level, "answer"
        )
        rows = self.bits(sure, "rows_held", self.level())
        if undecided is not None:
            opened = self.open_bits(still_open, self.level())
            rows = self.either_rows(outcome, opened, rows)
        outputs = self.chosen_outputs(answering, undecided, fallback=True)
        return DecidedColumns(self.decision, outcome, False, rows, self.inputs, outputs)

    def _same_outputs(self, sure: list[Column]) -> Column:
        """Whether the rows that hold have the same output cells."""
        classes: dict[tuple[t.Term | t.InputUnknown, ...], list[Column]] = {}
        for row, column in zip(self.table.rows, sure, strict=True):
            classes.setdefault(row.outputs, []).append(column)
        found: Column = None
        for columns in classes.values():
            some = columns[0]
            for column in columns[1:]:
                some = some | column
            one = ibis.ifelse(some, 1, 0)
            found = one if found is None else found + one
        return found == 1

    def best(self) -> DecidedColumns:
        """P: of the rows that hold that with the best output; an open row with a better one leaves it undecided."""
        sure, still_open = self.held()
        level = self.level()
        ranks = {row.number: priority(self.decision, self.table, row.number) for row in self.table.rows}
        order = sorted(ranks, key=lambda number: (ranks[number], number))
        best = self.number(
            ibis.cases(*((sure[number - 1], literal(number, ROW)) for number in order), else_=literal(0, ROW)),
            level,
            "best",
        )
        better: list[Column | None] = []
        for row, column in zip(self.table.rows, still_open, strict=True):
            worse = [number for number in order if ranks[number] > ranks[row.number]]
            better.append(None if column is None else ibis.ifelse(best.known.isin([0, *worse]), column, 0))
        undecided = self.lasting(better, best.level)
        steps: list[tuple[Column, int]] = [] if undecided is None else [(undecided.known > 0, UNDECIDED)]
        steps.append((best.known == 0, GAP))
        outcome = self._outcome(steps, FIRED, best.level if undecided is None else undecided.level)
        rows = self.bits([best.known == row.number for row in self.table.rows], "rows_best", best.level)
        if undecided is not None:
            rows = self.either_rows(outcome, self.open_bits(better, best.level), rows)
        outputs = self.chosen_outputs(best, undecided, fallback=True)
        return DecidedColumns(self.decision, outcome, False, rows, self.inputs, outputs)

    def collected(self) -> DecidedColumns:
        """C: every row that surely holds, with its outputs."""
        sure, _open = self.held()
        rows = self.bits(sure, "rows", self.level())
        collected = [
            [
                self.work.kept(
                    showable(self.terms.arithmetic, self.output(row, index)),
                    f"{self.name}_row{row.number}_{output.name}",
                )
                for index, output in enumerate(self.decision.outputs)
            ]
            for row in self.table.rows
        ]
        return DecidedColumns(self.decision, constant(Decimal(FIRED)), False, rows, self.inputs, [], collected)

    def summed(self) -> DecidedColumns:
        """C+, C#, C<, C>: the rows that hold brought to one number, if none is open."""
        sure, still_open = self.held()
        level = self.level()
        undecided = self.lasting(still_open, level)
        steps: list[tuple[Column, int]] = [] if undecided is None else [(undecided.known > 0, UNDECIDED)]
        outcome = self._outcome(steps, FIRED, level if undecided is None else undecided.level)
        rows = self.bits(sure, "rows_held", level)
        if undecided is not None:
            opened = self.open_bits(still_open, level)
            rows = self.either_rows(outcome, opened, rows)
        found = self._brought_together(sure, level)
        if undecided is not None:
            stands = ColumnValue("unknown", None, undecided.known, undecided.level)
            found = self.terms.chosen([(undecided.known > 0, stands)], found, max(undecided.level, found.level))
        output = self.work.called(showable(self.terms.arithmetic, found), self.name)
        return DecidedColumns(self.decision, outcome, False, rows, self.inputs, [output])

    def _brought_together(self, sure: list[Column], level: int) -> ColumnValue:
        """The number that the outputs of the rows that hold come to."""
        terms, policy = self.terms, self.table.policy
        if policy == "C#":
            count = whole(0, False)
            for column in sure:
                count = count + ibis.ifelse(column, whole(1, False), whole(0, False))
            return ColumnValue("number", count, None, level, NumberScale(0, 4))
        outputs = [self.work.kept(self.output(row, 0)) for row in self.table.rows]
        if policy != "C+":
            return self._extreme(list(zip(sure, outputs, strict=True)), level, policy == "C>")
        nothing = constant(Decimal(0))
        picked = [
            self.work.kept(terms.chosen([(column, value)], nothing, level))
            for column, value in zip(sure, outputs, strict=True)
        ]
        return reduce(terms.arithmetic.plus, picked)

    def _extreme(self, rows: list[tuple[Column, ColumnValue]], level: int, greatest: bool) -> ColumnValue:
        """The greatest or least output among the rows that hold; undefined where none does."""
        terms = self.terms
        found: ColumnValue | None = None
        for column, value in rows:
            absent = ColumnValue("unknown", None, UNDEFINED, constant=Unknown("undefined"), small=True)
            here = self.work.kept(terms.chosen([(column, value)], absent, level))
            held = self.number(ibis.ifelse(column, 1, 0), level, "here")
            if found is None:
                found, some = here, held
                continue
            found, some = self._extreme_of_two(found, some, here, held, greatest)
        assert found is not None, "a table has rows"
        return found

    def _extreme_of_two(
        self, left: ColumnValue, has_left: ColumnValue, right: ColumnValue, has_right: ColumnValue, greatest: bool
    ) -> tuple[ColumnValue, ColumnValue]:
        terms = self.terms
        both = self.work.kept(terms.arithmetic.extreme([left, right], greatest))
        level = max(both.level, left.level, right.level, has_left.level, has_right.level)
        cases = [(has_right.known == 0, left), (has_left.known == 0, right)]
        found = self.work.kept(terms.chosen(cases, both, level))
        some = self.number(ibis.greatest(has_left.known, has_right.known), level, "some")
        return found, some


def _same(left: ColumnValue, right: ColumnValue) -> bool:
    """Two constants of one type and value: true is not 1."""
    return type(left.constant) is type(right.constant) and left.constant == right.constant


def _greatest(columns: Sequence[Column]) -> Column:
    return columns[0] if len(columns) == 1 else ibis.greatest(*columns)
