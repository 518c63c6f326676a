"""Tables of a scope with all joined that decisions read there: figures and outputs of wider scopes, and what lists come to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import ibis
import ibis.expr.datatypes as dt
from ibis import _

from hyotei.columnar.aggregates import Gathered, Gathering
from hyotei.columnar.column_value import TRUE, UNDEFINED, Column, ColumnValue, constant
from hyotei.columnar.engine_functions import WIDE_TYPE, cast_whole
from hyotei.columnar.expressions import Terms, key_of
from hyotei.columnar.layout import YEAR, YEAR_SHAPE, column_of, identity, unread_column_of
from hyotei.columnar.list_requests import Request, at_the_unit, crosses, outside, request
from hyotei.columnar.named_columns import columns_of, named, placed, renamed
from hyotei.columnar.table_builder import Names, TableBuilder, names_in
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import ancestry
from hyotei.sheet import figures
from hyotei.sheet.figures import RECORDED_SCALES
from hyotei.sheet.unread_parts import LIST_OF

EVALUATED_YEAR: Final = t.Figure(figures.EVALUATED_YEAR.scope, figures.EVALUATED_YEAR.path)
Key = t.Figure | t.Decided
UNREAD_LIST: Final = constant(Unknown("unread"))
"""What a list comes to where what was read does not carry its units."""


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


class Frame:
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


class JoinedTables:
    """Makes frames out of the tables that stand ready, which grow from statement to statement."""

    def __init__(self, rulebook: Rulebook, scale: int, stored: Mapping[Scope, Stored]) -> None:
        self.rulebook, self.scale, self.stored = rulebook, scale, stored

    def frame(self, scope: Scope, terms: Iterable[object]) -> Frame:
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
        frame = Frame(self.rulebook, self.scale, TableBuilder(table, names), local)
        for each in gathered:
            if each.outgrown is not None:
                frame.work.outgrows(_[each.outgrown], 0)
            for term, finish in each.finish:
                value = finish(frame.work, frame.terms)
                lacking = unread_column_of(LIST_OF[request(term).scope])
                if lacking in stored.schema:
                    value = frame.terms.chosen([(_[lacking], UNREAD_LIST)], value, value.level)
                frame.lists[key_of(term)] = frame.work.kept(value, "list")
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
            if outside(each):
                yield from self._met(scope, each, names)
            elif crosses(each):
                yield from self._crossed(scope, each, names)
            elif isinstance(each.term, t.At) and abs(each.term.position) > 1:
                yield from self._ranked(each, names)
            else:
                together.setdefault((each.scope, each.above), []).append(each)
        for (inner, above), requests in together.items():
            terms = [term for each in requests for term in (*each.inner(), *(value for _by, value in each.against))]
            gathering = Gathering(self.frame(inner, terms).terms, inner, above, names)
            for each in requests:
                gathering.add(each)
            yield gathering.gathered()

    def _ranked(self, asked: Request, names: Names) -> Iterator[Gathered]:
        """A position other than the first and the last: the units that meet the conditions are counted."""
        assert isinstance(asked.term, t.At), "only positions have ranks"
        assert asked.item is not None, "a position has a term"
        frame = self.frame(asked.scope, asked.inner())
        first = Gathering(frame.terms, asked.scope, asked.above, names)
        where = first.condition(asked)
        item = first.whole(asked.item)
        yield from self._placed(first, asked.term, identity(asked.scope), where, item)

    def _placed(self, of: Gathering, term: t.At, unit: str, where: Column, item: ColumnValue) -> Iterator[Gathered]:
        """The item at a position in each list, whose units are in the order of a column."""
        work, by = of.work, identity(of.by)
        yield from _only_outgrown(of)
        table = work.built(
            list(dict.fromkeys([by, identity(of.scope), unit, *names_in(where), *columns_of(named(item))]))
        )
        if where is not None:
            table = table.filter(where)
        order = _[unit].desc() if term.position < 0 else _[unit]
        rank = work.names.fresh("rank")
        table = table.mutate(**{rank: ibis.row_number().over(group_by=_[by], order_by=order)})
        table = table.filter(_[rank] == abs(term.position) - 1)
        frame = Frame(self.rulebook, self.scale, TableBuilder(table, work.names), {})
        ranked = Gathering(frame.terms, of.scope, of.by, of.names)
        ranked.pick(term, replace(item, level=0))
        yield ranked.gathered()

    def _crossed(self, scope: Scope, asked: Request, names: Names) -> Iterator[Gathered]:
        """Items held against a value of a unit within: every such unit meets every item."""
        outer = self.frame(scope, [value for _by, value in asked.against])
        values = [outer.work.kept(outer.terms.value(value), "against") for _by, value in asked.against]
        inner = self.frame(asked.scope, asked.inner())
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
        frame = Frame(self.rulebook, self.scale, TableBuilder(joined, outer.work.names), {})
        found = placed(renamed(held, back))
        for (comparator, _term), value in zip(asked.against, values, strict=True):
            found = frame.terms.arithmetic.compared(comparator, found, replace(value, level=0))
        crossing = Gathering(frame.terms, scope, scope, names)
        assert isinstance(asked.term, t.Aggregate), "positions compare nothing"
        crossing.fold(asked.term, found)
        yield crossing.gathered()

    def _met(self, scope: Scope, asked: Request, names: Names) -> Iterator[Gathered]:
        """A filter that reads something of a unit outside of it: every such unit meets every unit of the list."""
        others = outside(asked)
        outer = self.frame(scope, [*(value for _by, value in asked.against), *(each.term for each in others)])
        against = [outer.terms.small(value, "against") for _by, value in asked.against]
        around = {key_of(each): outer.terms.small(each.term, "outer") for each in others}
        inner = self.frame(asked.scope, asked.inner())
        parts = [part for term in asked.inner() for part in at_the_unit(term)]
        read = {key_of(part): part for part in parts if not isinstance(part, t.Outer) and part != EVALUATED_YEAR}
        values = {key: inner.terms.small(part, "item") for key, part in read.items()}  # type: ignore[arg-type]  # terms
        yield from _only_outgrown(Gathering(inner.terms, asked.scope, asked.above, names))
        yield from _only_outgrown(Gathering(outer.terms, scope, scope, names))
        unit = identity(asked.scope)
        wanted = list(
            dict.fromkeys([unit, *(column for value in values.values() for column in columns_of(named(value)))])
        )
        items = inner.work.built([identity(asked.above), *wanted])
        kept = dict.fromkeys(column for value in (*against, *around.values()) for column in columns_of(named(value)))
        table = outer.work.built(list(dict.fromkeys([identity(scope), identity(asked.above), YEAR, *kept])))
        back = {column: outer.work.names.fresh(column) for column in wanted}
        key = outer.work.names.fresh(identity(asked.above))
        items = items.select(**{key: _[identity(asked.above)]}, **{new: _[column] for column, new in back.items()})
        here = table.columns
        joined = table.inner_join(items, table[identity(asked.above)] == items[key]).select(*here, *back.values())
        placed_values = {key: placed(renamed(named(value), back)) for key, value in values.items()}
        local: dict[Key, ColumnValue] = {
            part: placed_values[key] for key, part in read.items() if isinstance(part, t.Figure | t.Decided)
        }
        frame = Frame(self.rulebook, self.scale, TableBuilder(joined, outer.work.names), local)
        frame.lists |= {key: placed_values[key] for key, part in read.items() if isinstance(part, t.Aggregate | t.At)}
        frame.lists |= {key: replace(value, level=0) for key, value in around.items()}
        crossing = Gathering(frame.terms, scope, scope, names)
        where = crossing.condition(asked)
        found = TRUE if asked.item is None else crossing.whole(asked.item)
        if isinstance(asked.term, t.At):
            yield from self._placed(crossing, asked.term, back[unit], where, found)
            return
        for (comparator, _term), value in zip(asked.against, against, strict=True):
            found = frame.terms.arithmetic.compared(comparator, found, replace(value, level=0))
        crossing.fold(asked.term, found, where)
        yield crossing.gathered()


def _only_outgrown(gathering: Gathering) -> Iterator[Gathered]:
    """Where numbers outgrew their columns, told apart: rows that are filtered away would not tell it."""
    if gathering.work.outgrown:
        yield gathering.gathered()
