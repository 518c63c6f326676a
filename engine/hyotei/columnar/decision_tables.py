"""Decisions as columns: what a formula comes to, and what the hit policy of a table makes of its rows."""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce

import ibis

from hyotei.columnar.column_value import UNDEFINED, Column, ColumnValue, constant
from hyotei.columnar.decided_columns import COMPUTED, CONFLICT, FIRED, GAP, UNDECIDED, DecidedColumns
from hyotei.columnar.engine_functions import literal, whole
from hyotei.columnar.expressions import Terms
from hyotei.columnar.logic import reason_column
from hyotei.columnar.number_scale import NumberScale
from hyotei.columnar.quotients import showable
from hyotei.columnar.table_rows import ROW, TableRows
from hyotei.rulebook import terms as t
from hyotei.rulebook.hit_policies import priority
from hyotei.rulebook.model import Decision, Formula
from hyotei.rulebook.values import Unknown


def decide(terms: Terms, decision: Decision) -> DecidedColumns:
    """Adds the columns of one decision."""
    if isinstance(decision.body, Formula):
        value = terms.work.called(showable(terms.arithmetic, terms.value(decision.body.term)), decision.name)
        return DecidedColumns(decision, constant(Decimal(COMPUTED)), True, [], [], [value])
    return _HitPolicies(terms, decision, decision.body).decided()


class _HitPolicies(TableRows):
    """What follows from the rows that hold under the hit policy of the table."""

    def decided(self) -> DecidedColumns:
        policies: dict[str, Callable[[], DecidedColumns]] = {"F": self.first, "C": self.collected, "P": self.best}
        policies |= dict.fromkeys(("U", "A"), self.one) | dict.fromkeys(("C+", "C#", "C<", "C>"), self.summed)
        return policies[self.table.policy]()

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
        outcome = self.outcome(steps, FIRED, level)
        outputs = self.chosen_outputs(row_number, undecided, fallback=not exhausted)
        return DecidedColumns(self.decision, outcome, True, [row_number], self.inputs, outputs)

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
        outcome = self.outcome(steps, CONFLICT, level)
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
        outcome = self.outcome(steps, FIRED, best.level if undecided is None else undecided.level)
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
        outcome = self.outcome(steps, FIRED, level if undecided is None else undecided.level)
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
