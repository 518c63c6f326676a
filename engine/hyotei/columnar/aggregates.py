"""Aggregates and positions: what many units of one scope come to for each unit of another."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import ibis
from ibis import _

from hyotei.columnar.column_value import MISSING, TRUE, UNDEFINED, Column, ColumnValue
from hyotei.columnar.engine_functions import cast_whole, literal, null, whole
from hyotei.columnar.expressions import Terms, key_of, text_column
from hyotei.columnar.layout import identity
from hyotei.columnar.list_requests import Listed, Request
from hyotei.columnar.logic import holds, negated, reason_column, truth_column
from hyotei.columnar.number_scale import UNITS, WIDE, NumberScale
from hyotei.columnar.quotients import least_of
from hyotei.columnar.table_builder import Names, TableBuilder, names_in
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.types import Scope

Finish = Callable[[TableBuilder, Terms], ColumnValue]
"""Makes the value of a request from columns that stand in the table they were joined to."""
COUNTED: Final = NumberScale(0, UNITS + 1)


@dataclass(slots=True)
class Gathered:
    """A table with one row for each unit of `by` that has units within, to be joined to any table that names `by`.

    `finish` makes the values of the requests, once the columns stand in the other table. `outgrown` names a column that is
    true where a number on the way outgrew its column.
    """

    table: Any
    key: str
    by: Scope
    finish: list[tuple[Listed, Finish]]
    outgrown: str | None = None


class Gathering:
    """Requests over the rows of one table, grouped by one column."""

    def __init__(self, terms: Terms, scope: Scope, by: Scope, names: Names) -> None:
        self.terms, self.work, self.scope, self.by, self.names = terms, terms.work, scope, by, names
        self.columns: dict[str, Column] = {}
        self._named: dict[tuple[object, ...], str] = {}
        self.finish: list[tuple[Listed, Finish]] = []

    def add(self, request: Request) -> None:
        """Adds what one request needs."""
        where = self.condition(request)
        if isinstance(request.term, t.At):
            assert request.item is not None, "a position has a term"
            self.pick(request.term, self.whole(request.item), where)
            return
        item = TRUE if request.item is None else self.whole(request.item)
        for comparator, value in request.against:
            item = self.terms.arithmetic.compared(comparator, item, self.terms.value(value))
        self.fold(request.term, item, where)

    def pick(self, term: t.At, item: ColumnValue, where: Column = None) -> None:
        """Adds a position."""
        self.finish.append((term, self.position(term, item, where)))

    def fold(self, term: t.Aggregate, item: ColumnValue, where: Column = None) -> None:
        """Adds an aggregate."""
        item = self.work.kept(item, "item")
        match term.function:
            case "count":
                found = self.count(where)
            case "count true":
                sure = _[self.work.column(holds(item), item.level, "sure")]
                found = self.count(sure if where is None else sure & where)
            case "all" | "any":
                found = self.truths(item, where, term.function == "all")
            case "sum":
                found = self.total(item, where)
            case "mean":
                found = self.mean(item, where)
            case _:
                found = self.extreme(item, where, term.function == "max")
        self.finish.append((term, found))

    def condition(self, request: Request) -> Column:
        """Whether a unit is in the list, as a column; None where all are."""
        sure = [holds(self.terms.small(condition, "where")) for condition in request.conditions]
        if not sure:
            return None
        found = sure[0]
        for each in sure[1:]:
            found = found & each
        level = max(self.terms.value(condition).level for condition in request.conditions)
        return _[self._where(request.conditions, found, level)]

    def _where(self, conditions: tuple[t.Term, ...], column: Column, level: int) -> str:
        key = ("where", key_of(conditions))
        if key not in self._named:
            self._named[key] = self.work.column(column, level, "where")
        return self._named[key]

    def whole(self, term: t.Term) -> ColumnValue:
        """The item as columns: constants too."""
        return self.terms.small(term, "item")

    def named(self, key: tuple[object, ...], expression: Column, wanted: str) -> str:
        """A column of the grouped table, the same for the same request."""
        if key not in self._named:
            name = self._named[key] = self.names.fresh(wanted)
            self.columns[name] = expression
        return self._named[key]

    # -- what is asked of lists

    def count(self, where: Column) -> Finish:
        name = self.named(("count", str(where)), _.count() if where is None else _.count(where=where), "n")
        return lambda work, terms: ColumnValue("number", _[name].fill_null(0), None, 0, COUNTED)

    def worst(self, item: ColumnValue, where: Column) -> Column:
        """The most lasting reason among the items; None where all are certain. To be read in the other table."""
        if item.certain:
            return None
        column = reason_column(item)
        if isinstance(column, int):
            name = self.named(("count", str(where)), _.count() if where is None else _.count(where=where), "n")
            return ibis.ifelse(_[name].fill_null(0) > 0, column, 0)
        name = self.named(("worst", str(column), str(where)), column.max(where=where), "worst")
        return _[name].fill_null(0)

    def total(self, item: ColumnValue, where: Column) -> Finish:
        worst = self.worst(item, where)
        if item.kind == "unknown":
            known: Column = ibis.ifelse(worst == 0, cast_whole(literal(0, "int64"), False), null("int64"))
            return lambda work, terms: ColumnValue("number", known, worst, 0, NumberScale(0, 1))
        if item.shape.digits + UNITS > WIDE:
            item = self.terms.arithmetic.bounded(item, WIDE - UNITS)
        shape = NumberScale(item.shape.scale, item.shape.digits + UNITS)
        column = self.terms.arithmetic.integer(item, shape)
        name = self.named(
            ("sum", str(item.known), key_of(item.constant), str(where)),
            cast_whole(self._column(column, item).sum(where=where), shape.wide),
            "total",
        )
        filled = _[name].fill_null(0)
        known = filled if worst is None else ibis.cases((worst == 0, filled), else_=None)
        if not item.quotient:
            return lambda work, terms: ColumnValue("number", known, worst, 0, shape)
        spread = self.terms.arithmetic.spread(item, shape)
        beside = self.named(
            ("sum", str(item.spread), key_of(item.constant), str(where), "spread"),
            cast_whole(self._column(spread, item).sum(where=where), shape.wide),
            "total_spread",
        )
        mixed = item.mixed
        return lambda work, terms: ColumnValue(
            "number", known, worst, 0, shape, spread=_[beside].fill_null(0), mixed=mixed
        )

    def _column(self, column: Column, item: ColumnValue) -> Column:
        """Something that may be a constant, as a column of its own."""
        return _[self.work.column(column, item.level, "item")]

    def mean(self, item: ColumnValue, where: Column) -> Finish:
        total, count = self.total(item, where), self.count(where)

        def finish(work: TableBuilder, terms: Terms) -> ColumnValue:
            over = work.kept(total(work, terms)), work.kept(count(work, terms))
            return terms.arithmetic.over(*over, terms.rulebook.digits, terms.rulebook.rounding)

        return finish

    def extreme(self, item: ColumnValue, where: Column, greatest: bool) -> Finish:
        worst = self.worst(item, where)
        if item.kind == "unknown":
            reason = ibis.ifelse(worst > 0, worst, UNDEFINED)
            return lambda work, terms: ColumnValue("unknown", None, reason, 0)
        if item.quotient:
            return self.extreme_quotient(item, where, greatest, worst)
        column = self._column(self.terms.arithmetic.integer(item, item.shape), item)
        name = self.named(
            ("max" if greatest else "min", str(item.known), key_of(item.constant), str(where)),
            column.max(where=where) if greatest else column.min(where=where),
            "greatest" if greatest else "least",
        )
        found = _[name]
        if worst is None:
            reason = ibis.ifelse(found.isnull(), UNDEFINED, 0)
            return lambda work, terms: ColumnValue("number", found, reason, 0, item.shape)
        reason = ibis.cases((worst > 0, worst), (found.isnull(), UNDEFINED), else_=0)
        known = ibis.cases((worst == 0, found), else_=None)
        return lambda work, terms: ColumnValue("number", known, reason, 0, item.shape)

    def extreme_quotient(self, item: ColumnValue, where: Column, greatest: bool, worst: Column) -> Finish:
        """The least, by the ends between which each lies; the greatest is the least of the negated ones, negated."""
        arithmetic = self.terms.arithmetic
        shape = replace(item.shape, digits=min(WIDE, item.shape.digits + 2))
        known, spread = arithmetic.integer(item, shape), arithmetic.spread(item, shape)
        known = -known - spread if greatest else known
        ends = {
            "low": known,
            "lowest_high": known + spread,
            "beyond": known + ibis.greatest(spread, whole(1, shape.wide)),
        }
        key = (greatest, str(item.known), str(item.spread), key_of(item.constant), str(where))
        names = [
            self.named((wanted, *key), self._column(column, item).min(where=where), wanted)
            for wanted, column in ends.items()
        ]
        low, high, beyond = (_[name] for name in names)
        reason = ibis.ifelse(low.isnull(), UNDEFINED, 0)
        if worst is not None:
            reason = ibis.cases((worst > 0, worst), (low.isnull(), UNDEFINED), else_=0)
        known, spread = least_of(low, high, beyond, shape.wide)
        known = known if worst is None else ibis.cases((worst == 0, known), else_=None)
        found = ColumnValue(
            "number", known, reason, 0, shape, spread=spread, unit=item.unit_at(shape.scale), mixed=item.mixed
        )
        return lambda work, terms: terms.arithmetic.negated(found) if greatest else found

    def truths(self, item: ColumnValue, where: Column, every: bool) -> Finish:
        """`all` is false as soon as one is false, `any` true as soon as one is true; else an unknown one leaves it open."""
        worst = self.worst(item, where)
        decides = negated(item) if every else item
        if decides.constant is False or decides.kind == "unknown":
            some: Column = literal(False)
        else:
            column = self._column(truth_column(decides), item)
            name = self.named(
                ("some", every, str(item.known), key_of(item.constant), str(where)), column.any(where=where), "some"
            )
            some = _[name].fill_null(False)
        if worst is None:
            return lambda work, terms: ColumnValue("truth", ~some if every else some, None, 0)
        known = ibis.cases((some, not every), (worst > 0, null("boolean")), else_=every)
        reason = ibis.cases((some, 0), else_=worst)
        return lambda work, terms: ColumnValue("truth", known, reason, 0)

    def position(self, term: t.At, item: ColumnValue, where: Column) -> Finish:
        """The first or last unit of the list; for others the condition has been narrowed to the one meant."""
        last = term.position < 0
        unit = _[identity(self.scope)]

        def picked(column: Column, wanted: str, key: str) -> Column:
            own = self._column(column, item)
            pick = own.argmax(unit, where=where) if last else own.argmin(unit, where=where)
            return _[self.named(("at", last, key, str(where)), pick, wanted)]

        if item.certain:
            there = self.named(("there", str(where)), unit.min(where=where), "there")
            reason: Column = ibis.ifelse(_[there].isnull(), MISSING, 0)
        else:
            column = reason_column(item)
            column = literal(column, "int8") if isinstance(column, int) else column
            # A unit always has a reason, be it 0; where there is none, there is no unit.
            reason = picked(column, "picked_reason", f"reason {item.reason}").fill_null(MISSING)
        if item.kind == "unknown":
            return lambda work, terms: ColumnValue("unknown", None, reason, 0)
        if item.kind == "number":
            column = self.terms.arithmetic.integer(item, item.shape)
        else:
            column = truth_column(item) if item.kind == "truth" else text_column(item)
        known = picked(column, "picked", f"known {item.known} {item.constant!r}")
        spread = None
        if item.quotient:
            column = self.terms.arithmetic.spread(item, item.shape)
            spread = picked(column, "picked_spread", f"spread {item.spread} {item.constant!r}")
        unit = item.unit_at(item.shape.scale)
        return lambda work, terms: replace(
            item, known=known, reason=reason, spread=spread, unit=unit, level=0, constant=None, small=False
        )

    def gathered(self) -> Gathered:
        """The grouped table."""
        outgrown = None
        if self.work.outgrown:
            condition: Column = literal(False)
            for each, _level in self.work.outgrown:
                condition = condition | each.fill_null(False)
            level = max(level for _each, level in self.work.outgrown)
            column = self.work.column(condition, level, "outgrown")
            outgrown = self.names.fresh("outgrown")
            self.columns[outgrown] = _[column].any()
        key = self.names.fresh(identity(self.by))
        wanted = sorted({name for column in self.columns.values() for name in names_in(column)})
        table = (
            self.work.built([identity(self.by), *wanted]).group_by(**{key: _[identity(self.by)]}).agg(**self.columns)
        )
        return Gathered(table, key, self.by, self.finish, outgrown)
