"""A rulebook compiled to a list of statements: each makes a table out of those before it, with the columns of some decisions.

Decisions are taken scope by scope, as many at once as need nothing of a scope that is not done. Aggregates become grouped
tables that are joined; figures of wider scopes are joined too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

import ibis
import ibis.expr.datatypes as dt
from ibis import _

from hyotei.columnar.aggregates import Gathered, Gathering
from hyotei.columnar.column_value import TRUE, UNDEFINED, Column, ColumnValue
from hyotei.columnar.decision_tables import DecidedColumns, decide
from hyotei.columnar.engine_functions import WIDE_TYPE, cast_whole, literal, type_of
from hyotei.columnar.expressions import Terms, key_of
from hyotei.columnar.layout import (
    NUMBER,
    RELATIONS,
    YEAR,
    YEAR_SHAPE,
    Layout,
    always_known,
    column_of,
    identity,
    kind_of,
    reason_column_of,
)
from hyotei.columnar.list_requests import Request, at_the_unit, crosses, request
from hyotei.columnar.quotients import scale_of
from hyotei.columnar.table_builder import Names, TableBuilder, names_in
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook
from hyotei.rulebook.term_parts import mentioned, parts
from hyotei.rulebook.types import Scope
from hyotei.rulebook.vocabulary import ancestry, figure
from hyotei.sheet import figures
from hyotei.sheet.figures import RECORDED_SCALES

ORDER: Final[tuple[Scope, ...]] = ("measure", "indicator", "objective", "budget_year", "sheet")
"""The order in which scopes are tried: from what is aggregated to what aggregates."""

Key = t.Figure | t.Decided


@dataclass(slots=True)
class Stored:
    """A table that stands ready: its name, the types of its columns, and where figures and outputs are in it."""

    name: str
    schema: dict[str, dt.DataType]
    values: dict[Key, ColumnValue]
    """Values whose columns are names."""
    given: bool = False
    """Whether it is a relation that came from outside."""

    def table(self) -> Any:
        table = ibis.table(self.schema, name=self.name)
        if not self.given:
            return table
        # Whatever type of whole numbers the relation has: DuckDB, for one, divides decimals as doubles.
        wide = {name: cast_whole(_[name], True) for name, of in self.schema.items() if of == WIDE_TYPE}
        return table.mutate(**wide) if wide else table


@dataclass(frozen=True, slots=True)
class Statement:
    """A table to be made, by name, from tables made before and the relations."""

    name: str
    expression: Any
    scope: Scope


@dataclass(slots=True)
class Program:
    """The statements of a rulebook, and in which table and columns of it every decision stands at the end."""

    rulebook: Rulebook
    layout: Layout
    statements: list[Statement]
    tables: dict[Scope, Stored]
    decided: dict[str, DecidedColumns]
    outgrown: dict[Scope, str]
    """For the scopes that have it the column that is true where a number outgrew its column."""

    @property
    def scopes(self) -> list[Scope]:
        """The scopes for which something is decided here, and not given."""
        return [scope for scope in ORDER if any(found.decision.scope == scope for found in self.decided.values())]


def figures_read(rulebook: Rulebook) -> frozenset[tuple[Scope, str]]:
    """The figures that a rulebook reads, by scope and name."""
    return frozenset(
        (part.scope, part.name)
        for decision in rulebook.decisions
        for term in mentioned(decision)
        for part in parts(term)
        if isinstance(part, t.Figure)
    )


MOST_DEPTH: Final = 10
"""Decisions that rest on each other in one statement: each is a query around the one before, and engines nest only so many."""

MOST_CHAIN: Final = 100
"""Decisions in a row, each reading the one before, that can be compiled. Each statement takes along what those before decided."""

Given = Mapping[t.Decided, ColumnValue]
"""Outputs of decisions that stand in the relations already, as columns by name or as constants."""


def compiled(
    rulebook: Rulebook, layout: Layout, with_inputs: bool = False, given: Given = MappingProxyType({})
) -> Program:
    """Compiles a rulebook for relations of that layout.

    Args:
        rulebook: the rulebook.
        layout: the columns of the relations.
        with_inputs: whether the values of the input columns of tables are kept.
        given: outputs of decisions that are not to be decided, because the relations of their scopes have them as columns.

    Raises:
        HyoteiError: the rulebook has a longer chain of decisions than can be compiled (HY979).
    """
    longest = longest_chain(rulebook)
    if longest > MOST_CHAIN:
        params = {"rulebook": rulebook.id, "longest": str(longest), "most": str(MOST_CHAIN)}
        raise HyoteiError(Diagnostic("HY979", params={**params}))
    return _Compiler(rulebook, layout, with_inputs, given).program()


def longest_chain(rulebook: Rulebook) -> int:
    """The number of decisions in the longest row of which each reads the one before."""
    longest: dict[str, int] = {}
    for decision in rulebook.decisions:
        longest[decision.name] = 1 + max((longest.get(need, 0) for need in decision.needs), default=0)
    return max(longest.values(), default=0)


class _Frame:
    """A table with everything joined that some terms read."""

    def __init__(self, rulebook: Rulebook, scale: int, work: TableBuilder, local: dict[Key, ColumnValue]) -> None:
        self.rulebook, self.work, self.local = rulebook, work, local
        self.lists: dict[str, ColumnValue] = {}
        self.terms = Terms(rulebook, scale, work, self._look_up, self.lists, _[YEAR])

    def _look_up(self, term: Key) -> ColumnValue:
        if term == EVALUATED_YEAR:
            return ColumnValue("number", _[YEAR], shape=YEAR_SHAPE, small=True, at=(YEAR, None, None))
        found = self.local[term]
        if not isinstance(term, t.Figure):
            return found
        scale = self.rulebook.scales.get(RECORDED_SCALES.get(term.name, ""))
        if scale is None:
            return found
        # What the sheet records in words outside the scale cannot be compared.
        inside = found.known.isin(list(scale.values))
        known = ibis.cases((inside, found.known), else_=None)
        reason = ibis.cases((found.reason > 0, found.reason), (inside, 0), else_=UNDEFINED)
        return self.work.kept(replace(found, known=known, reason=reason, small=False), column_of(term.name))

    def column(self, condition: Column) -> str:
        """A condition as a column after all others."""
        return self.work.column(condition, len(self.work.levels), "flag")


class _Compiler:
    def __init__(self, rulebook: Rulebook, layout: Layout, with_inputs: bool, given: Given) -> None:
        self.rulebook, self.layout, self.with_inputs, self.given = rulebook, layout, with_inputs, given
        self.scale = scale_of(rulebook)
        self.given_names = frozenset(each.decision for each in given)
        figures = [t.Figure(*each) for each in sorted(figures_read(rulebook))]
        self.figures = {scope: [each for each in figures if each.scope == scope] for scope in ORDER}
        self.stored: dict[Scope, Stored] = {scope: self._relation(scope) for scope in ORDER}
        self.statements: list[Statement] = []
        self.decided: dict[str, DecidedColumns] = {}
        self.outgrown: dict[Scope, str] = {}

    def _relation(self, scope: Scope) -> Stored:
        """The relation itself."""
        values: dict[Key, ColumnValue] = {}
        for each in self.figures[scope]:
            found = figure(scope, each.name)
            assert found is not None, "the checker knows every figure"
            reason = None if always_known(found) else reason_column_of(each.name)
            values[each] = ColumnValue(
                kind_of(found), column_of(each.name), reason, shape=self.layout.shape(found), small=True
            )
        used = {identity(each) for each in ancestry(scope)} | {NUMBER, YEAR}
        used |= {column for value in values.values() for column in columns_of(value)}
        schema = {name: of for name, of in self.layout.schema(scope).items() if name in used}
        for key, value in self.given.items():
            if key.scope == scope:
                values[key] = value
                schema |= _types_of(value)
        return Stored(RELATIONS[scope], schema, values, given=True)

    # -- order

    def program(self) -> Program:
        left = [decision for decision in self.rulebook.decisions if decision.name not in self.given_names]
        while left:
            before = len(left)
            for scope in ORDER:
                batch = self._ready(scope, left)
                if batch:
                    self._state(scope, batch, [each for each in left if each not in batch])
                    left = [each for each in left if each not in batch]
            assert len(left) < before, "decisions are ordered by their needs"
        return Program(self.rulebook, self.layout, self.statements, self.stored, self.decided, self.outgrown)

    def _ready(self, scope: Scope, left: Sequence[Decision]) -> list[Decision]:
        """The decisions of a scope that can be made now, each after those it reads of its own unit."""
        batch: list[Decision] = []
        here: dict[str, int] = {}
        for decision in left:
            if decision.scope != scope:
                continue
            direct = {part.decision for part in at_the_unit(tuple(_terms_of(decision))) if isinstance(part, t.Decided)}
            listed = _listed(decision)
            open_needs = {need for need in decision.needs if need not in self.decided} - self.given_names
            if all(need in here and need in direct and need not in listed for need in open_needs):
                depth = 1 + max((here[need] for need in open_needs), default=0)
                if depth <= MOST_DEPTH:
                    batch.append(decision)
                    here[decision.name] = depth
        return batch

    # -- statements

    def _state(self, scope: Scope, batch: list[Decision], later: list[Decision]) -> None:
        """Makes the next table of a scope."""
        frame = self._frame(scope, [term for decision in batch for term in _terms_of(decision)])
        keep = dict(self.stored[scope].values)
        for decision in batch:
            found = self.decided[decision.name] = decide(frame.terms, decision)
            for output, value in zip(decision.outputs, found.outputs, strict=False):
                key = t.Decided(scope, decision.name, output.name)
                frame.local[key] = keep[key] = value
        self._close(scope, frame, keep, later)

    def _close(self, scope: Scope, frame: _Frame, keep: dict[Key, ColumnValue], later: list[Decision]) -> None:
        """Ends a statement: what is needed from here on, under the names it has."""
        if frame.work.outgrown:
            condition = _any_of(condition for condition, _level in frame.work.outgrown)
            if scope in self.outgrown:
                condition = condition | _[self.outgrown[scope]]
            self.outgrown[scope] = frame.column(condition)
        needed = {part for decision in later for term in mentioned(decision) for part in parts(term)}
        values = {
            key: named(value)
            for key, value in keep.items()
            if key in needed or (isinstance(key, t.Decided) and key not in self.given)
        }
        columns = [*self._identities(scope, later), NUMBER]
        columns += [YEAR] if any(_touches(decision, scope) for decision in later) else []
        columns += [self.outgrown[scope]] if scope in self.outgrown else []
        columns += [each for value in values.values() for each in columns_of(value)]
        for name, found in self.decided.items():
            if found.decision.scope == scope:
                self.decided[name] = found = _named(found)
                columns += [each for value in result_of(found, self.with_inputs) for each in columns_of(value)]
        table = frame.work.built(columns)
        name = f"{RELATIONS[scope]}_{1 + sum(each.scope == scope for each in self.statements)}"
        self.statements.append(Statement(name, table, scope))
        self.stored[scope] = Stored(name, dict(table.schema().items()), values)

    def _identities(self, scope: Scope, later: list[Decision]) -> list[str]:
        """The names of units that are still asked for: the unit's own, the sheet's, and those that later decisions go by."""
        needed: set[Scope] = {scope, "sheet"}
        for decision in later:
            if _touches(decision, scope):
                for part in (part for term in mentioned(decision) for part in parts(term)):
                    if isinstance(part, t.Figure | t.Decided):
                        needed.add(part.scope)
                    elif isinstance(part, t.Units):
                        needed |= {part.above, decision.scope}
        return [identity(each) for each in ancestry(scope) if each in needed]

    # -- tables with all they need

    def _frame(self, scope: Scope, terms: Iterable[object]) -> _Frame:
        """The table of a scope, joined with all that the terms read of wider scopes and of lists."""
        found = list({key_of(part): part for term in terms for part in at_the_unit(term)}.values())
        stored = self.stored[scope]
        table, names = stored.table(), Names(stored.schema)
        local = {key: placed(value) for key, value in stored.values.items()}
        for above in ancestry(scope)[1:]:
            keys = [
                part
                for part in found
                if isinstance(part, t.Figure | t.Decided) and part.scope == above and part != EVALUATED_YEAR
            ]
            if keys:
                table = self._joined_above(table, above, keys, names, local)
        asked = [request(part) for part in found if isinstance(part, t.Aggregate | t.At)]
        gathered = list(self._gathered(scope, asked, names))
        for each in gathered:
            here, others = table.columns, [column for column in each.table.columns if column != each.key]
            joined = table.left_join(each.table, table[identity(each.by)] == each.table[each.key])
            table = joined.select(*here, *others)
        frame = _Frame(self.rulebook, self.scale, TableBuilder(table, names), local)
        for each in gathered:
            if each.outgrown is not None:
                frame.work.outgrows(_[each.outgrown], 0)
            for term, finish in each.finish:
                frame.lists[key_of(term)] = frame.work.kept(finish(frame.work, frame.terms), "list")
        return frame

    def _joined_above(
        self, table: Any, above: Scope, keys: list[Key], names: Names, local: dict[Key, ColumnValue]
    ) -> Any:
        """Joins columns of a wider scope."""
        stored = self.stored[above]
        wanted = dict.fromkeys(column for key in keys for column in columns_of(stored.values[key]))
        back = {column: names.fresh(f"{above}_{column}") for column in wanted}
        key = names.fresh(identity(above))
        other = stored.table().select(**{key: _[identity(above)]}, **{new: _[column] for column, new in back.items()})
        for each in keys:
            local[each] = placed(renamed(stored.values[each], back))
        here = table.columns
        return table.inner_join(other, table[identity(above)] == other[key]).select(*here, *back.values())

    # -- lists

    def _gathered(self, scope: Scope, asked: list[Request], names: Names) -> Iterator[Gathered]:
        """Grouped tables for all requests of a scope; those that can share a table do."""
        together: dict[tuple[Scope, Scope], list[Request]] = {}
        for each in asked:
            if crosses(each):
                yield from self._crossed(scope, each, names)
            elif isinstance(each.term, t.At) and abs(each.term.position) > 1:
                yield from self._ranked(each, names)
            else:
                together.setdefault((each.scope, each.above), []).append(each)
        for (inner, above), requests in together.items():
            terms = [term for each in requests for term in (*each.inner(), *(value for _by, value in each.against))]
            gathering = Gathering(self._frame(inner, terms).terms, inner, above, names)
            for each in requests:
                gathering.add(each)
            yield gathering.gathered()

    def _ranked(self, asked: Request, names: Names) -> Iterator[Gathered]:
        """A position other than the first and the last: the units that meet the conditions are counted."""
        assert isinstance(asked.term, t.At), "only positions have ranks"
        assert asked.item is not None, "a position has a term"
        frame = self._frame(asked.scope, asked.inner())
        first = Gathering(frame.terms, asked.scope, asked.above, names)
        where = first.condition(asked)
        item = first.whole(asked.item)
        yield from _only_outgrown(first)
        scopes = (asked.scope, asked.above)
        table = frame.work.built([*(identity(each) for each in scopes), *names_in(where), *columns_of(named(item))])
        if where is not None:
            table = table.filter(where)
        unit = _[identity(asked.scope)]
        order = unit.desc() if asked.term.position < 0 else unit
        rank = frame.work.names.fresh("rank")
        table = table.mutate(**{rank: ibis.row_number().over(group_by=_[identity(asked.above)], order_by=order)})
        table = table.filter(_[rank] == abs(asked.term.position) - 1)
        work = TableBuilder(table, frame.work.names)
        ranked = Gathering(_Frame(self.rulebook, self.scale, work, {}).terms, asked.scope, asked.above, names)
        ranked.pick(asked.term, replace(item, level=0))
        yield ranked.gathered()

    def _crossed(self, scope: Scope, asked: Request, names: Names) -> Iterator[Gathered]:
        """Items held against a value of a unit within: every such unit meets every item."""
        outer = self._frame(scope, [value for _by, value in asked.against])
        values = [outer.work.kept(outer.terms.value(value), "against") for _by, value in asked.against]
        inner = self._frame(asked.scope, asked.inner())
        gathering = Gathering(inner.terms, asked.scope, asked.above, names)
        where = gathering.condition(asked)
        item = TRUE if asked.item is None else gathering.whole(asked.item)
        yield from _only_outgrown(gathering)
        yield from _only_outgrown(Gathering(outer.terms, scope, scope, names))
        held = named(item)
        items = inner.work.built([identity(asked.above), *names_in(where), *columns_of(held)])
        if where is not None:
            items = items.filter(where)
        wanted = [column for value in values for column in columns_of(named(value))]
        table = outer.work.built([identity(scope), identity(asked.above), *wanted])
        back = {column: outer.work.names.fresh(column) for column in columns_of(held)}
        key = outer.work.names.fresh(identity(asked.above))
        items = items.select(**{key: _[identity(asked.above)]}, **{new: _[column] for column, new in back.items()})
        here = table.columns
        joined = table.inner_join(items, table[identity(asked.above)] == items[key]).select(*here, *back.values())
        frame = _Frame(self.rulebook, self.scale, TableBuilder(joined, outer.work.names), {})
        found = placed(renamed(held, back))
        for (comparator, _term), value in zip(asked.against, values, strict=True):
            found = frame.terms.arithmetic.compared(comparator, found, replace(value, level=0))
        crossing = Gathering(frame.terms, scope, scope, names)
        assert isinstance(asked.term, t.Aggregate), "positions compare nothing"
        crossing.fold(asked.term, found)
        yield crossing.gathered()


EVALUATED_YEAR: Final = t.Figure(figures.EVALUATED_YEAR.scope, figures.EVALUATED_YEAR.path)


def _only_outgrown(gathering: Gathering) -> Iterator[Gathered]:
    """Where numbers outgrew their columns, told apart: rows that are filtered away would not tell it."""
    if gathering.work.outgrown:
        yield gathering.gathered()


def _any_of(conditions: Iterable[Column]) -> Column:
    found: Column = literal(False)
    for condition in conditions:
        found = found | ibis.coalesce(condition, False)
    return found


def _terms_of(decision: Decision) -> list[object]:
    """All terms, cells and outputs of a decision."""
    if isinstance(decision.body, Formula):
        return [decision.body.term]
    found: list[object] = [column.term for column in decision.body.inputs]
    for row in decision.body.rows:
        found += [test for check in row.checks for test in check.tests]
        found += row.outputs
    return found


def _touches(decision: Decision, scope: Scope) -> bool:
    """Whether a decision is made for units of the scope, or reads a list of them."""
    return decision.scope == scope or any(
        isinstance(part, t.Units) and part.scope == scope for term in mentioned(decision) for part in parts(term)
    )


def _listed(decision: Decision) -> set[str]:
    """The decisions that a decision reads within lists."""
    found: set[str] = set()
    for part in at_the_unit(tuple(_terms_of(decision))):
        if isinstance(part, t.Aggregate | t.At):
            found |= {each.decision for each in parts(part) if isinstance(each, t.Decided)}
    return found


def _types_of(value: ColumnValue) -> dict[str, dt.DataType]:
    """The columns of a given value with their types."""
    types = {"number": type_of(value.shape), "truth": dt.Boolean(), "text": dt.String(), "unknown": dt.Int8()}
    found: dict[str, dt.DataType] = {}
    if isinstance(value.known, str):
        found[value.known] = types[value.kind]
    if isinstance(value.reason, str):
        found[value.reason] = dt.Int8()
    if isinstance(value.spread, str):
        found[value.spread] = types["number"]
    return found


def columns_of(value: ColumnValue) -> list[str]:
    """The names of a value's columns."""
    return [each for each in (value.known, value.reason, value.spread) if isinstance(each, str)]


def named(value: ColumnValue) -> ColumnValue:
    """A value that stands in columns, with their names in place of them."""
    if value.constant is not None or isinstance(value.known, str) or isinstance(value.reason, str):
        return value
    assert value.at is not None, "only columns have names"
    known, reason, spread = value.at
    return replace(value, known=known, reason=reason if reason is not None else value.reason, spread=spread)


def placed(value: ColumnValue) -> ColumnValue:
    """A value given by names, as columns of a table that has them."""
    known = _[value.known] if isinstance(value.known, str) else value.known
    reason = _[value.reason] if isinstance(value.reason, str) else value.reason
    spread = _[value.spread] if isinstance(value.spread, str) else None
    at = value.known, value.reason if isinstance(value.reason, str) else None, value.spread
    return replace(value, known=known, reason=reason, spread=spread, level=0, small=True, at=at)


def renamed(value: ColumnValue, names: Mapping[str, str]) -> ColumnValue:
    """A value given by names, under other names."""
    known = names[value.known] if isinstance(value.known, str) else value.known
    reason = names[value.reason] if isinstance(value.reason, str) else value.reason
    spread = None if value.spread is None else names[value.spread]
    return replace(value, known=known, reason=reason, spread=spread)


def _named(found: DecidedColumns) -> DecidedColumns:
    return replace(
        found,
        outcome=named(found.outcome),
        rows=[named(value) for value in found.rows],
        inputs=[named(value) for value in found.inputs],
        outputs=[named(value) for value in found.outputs],
        collected=[[named(value) for value in values] for values in found.collected],
    )


def result_of(found: DecidedColumns, with_inputs: bool) -> Iterator[ColumnValue]:
    """The values of a decision that are part of its result."""
    yield found.outcome
    yield from found.rows
    yield from found.outputs
    for values in found.collected:
        yield from values
    if with_inputs:
        yield from found.inputs
