"""A rulebook compiled to a list of statements: each makes a table out of those before it, with the columns of some decisions.

Decisions are taken scope by scope, as many at once as need nothing of a scope that is not done. Aggregates become grouped
tables that are joined; figures of wider scopes are joined too.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import ibis
from ibis import _

from hyotei.columnar.column_value import Column, ColumnValue
from hyotei.columnar.decided_columns import DecidedColumns
from hyotei.columnar.decision_reads import figures_read, longest_chain, read_in_lists, terms_of, touches
from hyotei.columnar.decision_tables import decide
from hyotei.columnar.engine_functions import literal
from hyotei.columnar.joined_tables import Frame, JoinedTables, Key, Stored
from hyotei.columnar.layout import (
    NUMBER,
    RELATIONS,
    YEAR,
    Layout,
    always_known,
    column_of,
    figures_of,
    identity,
    kind_of,
    reason_column_of,
)
from hyotei.columnar.list_requests import at_the_unit
from hyotei.columnar.named_columns import Kept, columns_of, decision_named, named, result_of, types_of
from hyotei.columnar.quotients import scale_of
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.types import Scope
from hyotei.rulebook.vocabulary import ancestry

ORDER: Final[tuple[Scope, ...]] = ("year", "measure", "indicator", "objective", "budget_year", "sheet")
"""The order in which scopes are tried: from what is aggregated to what aggregates."""


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


MOST_DEPTH: Final = 10
"""Decisions that rest on each other in one statement: each is a query around the one before, and engines nest only so many."""

MOST_CHAIN: Final = 100
"""Decisions in a row, each reading the one before, that can be compiled. Each statement takes along what those before decided."""


Given = Mapping[t.Decided, ColumnValue]
"""Outputs of decisions that stand in the relations already, as columns by name or as constants."""


def compiled(rulebook: Rulebook, layout: Layout, keep: Kept = "steps", given: Given = MappingProxyType({})) -> Program:
    """Compiles a rulebook for relations of that layout.

    Args:
        rulebook: the rulebook.
        layout: the columns of the relations.
        keep: what of decisions is kept.
        given: outputs of decisions that are not to be decided, because the relations of their scopes have them as columns.

    Raises:
        HyoteiError: the rulebook has a longer chain of decisions than can be compiled (HY979).
    """
    longest = longest_chain(rulebook)
    if longest > MOST_CHAIN:
        params = {"rulebook": rulebook.id, "longest": str(longest), "most": str(MOST_CHAIN)}
        raise HyoteiError(Diagnostic("HY979", params={**params}))
    return _Compiler(rulebook, layout, keep, given).program()


class _Compiler:
    def __init__(self, rulebook: Rulebook, layout: Layout, keep: Kept, given: Given) -> None:
        self.rulebook, self.layout, self.keep, self.given = rulebook, layout, keep, given
        self.scale = scale_of(rulebook)
        self.given_names = frozenset(each.decision for each in given)
        read = figures_read(rulebook)
        figures = [t.Figure(each.scope, each.name) for scope in ORDER for each in figures_of(scope, read)]
        self.figures = {scope: [each for each in figures if each.scope == scope] for scope in ORDER}
        self.stored: dict[Scope, Stored] = {scope: self._relation(scope) for scope in ORDER}
        self.joined = JoinedTables(rulebook, self.scale, self.stored)
        self.statements: list[Statement] = []
        self.decided: dict[str, DecidedColumns] = {}
        self.outgrown: dict[Scope, str] = {}

    def _relation(self, scope: Scope) -> Stored:
        """The relation itself."""
        values: dict[Key, ColumnValue] = {}
        for each in self.figures[scope]:
            found = self.rulebook.read(scope, each.name)
            reason = None if always_known(found) else reason_column_of(each.name)
            values[each] = ColumnValue(
                kind_of(found), column_of(each.name), reason, shape=self.layout.shape(found), small=True
            )
        used = {identity(each) for each in ancestry(scope)} | {NUMBER, YEAR, *self.layout.unread_columns}
        used |= {column for value in values.values() for column in columns_of(value)}
        schema = {name: of for name, of in self.layout.schema(scope, self.rulebook.figures).items() if name in used}
        for key, value in self.given.items():
            if key.scope == scope:
                values[key] = value
                schema |= types_of(value)
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
            direct = {part.decision for part in at_the_unit(tuple(terms_of(decision))) if isinstance(part, t.Decided)}
            listed = read_in_lists(decision)
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
        frame = self.joined.frame(scope, [term for decision in batch for term in terms_of(decision)])
        keep = dict(self.stored[scope].values)
        for decision in batch:
            found = self.decided[decision.name] = decide(frame.terms, decision)
            for output, value in zip(decision.outputs, found.outputs, strict=False):
                key = t.Decided(scope, decision.name, output.name)
                frame.local[key] = keep[key] = value
        self._close(scope, frame, keep, later)

    def _close(self, scope: Scope, frame: Frame, keep: dict[Key, ColumnValue], later: list[Decision]) -> None:
        """Ends a statement: what is needed from here on, under the names it has."""
        if frame.work.outgrown:
            condition = _any_of(condition for condition, _level in frame.work.outgrown)
            if scope in self.outgrown:
                condition = condition | _[self.outgrown[scope]]
            self.outgrown[scope] = frame.column(condition)
        needed = {part for decision in later for part in mentioned(decision)}
        values = {
            key: named(value)
            for key, value in keep.items()
            if key in needed or (self.keep != "results" and isinstance(key, t.Decided) and key not in self.given)
        }
        columns = [*self._identities(scope, later), NUMBER]
        columns += [YEAR, *self.layout.unread_columns] if any(touches(decision, scope) for decision in later) else []
        columns += [self.outgrown[scope]] if scope in self.outgrown else []
        columns += [each for value in values.values() for each in columns_of(value)]
        for name, found in self.decided.items():
            if found.decision.scope == scope:
                self.decided[name] = found = decision_named(found)
                columns += [each for value in result_of(found, self.keep) for each in columns_of(value)]
        table = frame.work.built(columns)
        name = f"{RELATIONS[scope]}_{1 + sum(each.scope == scope for each in self.statements)}"
        self.statements.append(Statement(name, table, scope))
        self.stored[scope] = Stored(name, dict(table.schema().items()), values)

    def _identities(self, scope: Scope, later: list[Decision]) -> list[str]:
        """The names of units that are still asked for: the unit's own, the sheet's, and those that later decisions go by."""
        needed: set[Scope] = {scope, "sheet"}
        for decision in later:
            if touches(decision, scope):
                for part in mentioned(decision):
                    if isinstance(part, t.Figure | t.Decided):
                        needed.add(part.scope)
                    elif isinstance(part, t.Units):
                        needed |= {part.above, decision.scope}
        return [identity(each) for each in ancestry(scope) if each in needed]


def _any_of(conditions: Iterable[Column]) -> Column:
    found: Column = literal(False)
    for condition in conditions:
        found = found | ibis.coalesce(condition, False)
    return found
