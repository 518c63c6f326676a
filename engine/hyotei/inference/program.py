"""A rulebook made ready for the engine: its tables as kinds of facts and rules, its formulas as functions.

Neighbouring tables of one scope share a fact where none of them reads another, so that a sheet needs fewer of them.
"""

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Final

from hyotei.compiler.compiled_rulebook import CompiledRulebook, compiled
from hyotei.compiler.decision_functions import DecisionFunctions, TableFunctions
from hyotei.compiler.value_functions import Generated
from hyotei.inference.column_encoding import Alternative, EncodedColumn, column, tests
from hyotei.inference.driver import FactKind, Rule
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.types import Scope

MOST_RULES: Final = 64
"""Rules that one row may become before its widest cells are decided outside the engine."""
MOST_SHARED: Final = 100
"""Properties of a fact that several tables share."""


@dataclass(frozen=True, slots=True)
class TableProgram:
    """A decision table and how it becomes part of a fact.

    `encode`, as `(s, i, fact) -> (inputs, open)`, adds the properties of the table to the fact of unit `i`, and gives the values of
    the input columns and whether any property stands open.
    """

    functions: TableFunctions
    columns: tuple[EncodedColumn, ...]
    encode: Generated

    @property
    def decision(self) -> Decision:
        return self.functions.decision

    @property
    def width(self) -> int:
        """Properties of the table in a fact."""
        return 2 * sum(column.features for column in self.columns)


@dataclass(frozen=True, slots=True)
class TableGroup:
    """Tables whose rules all meet one fact for each unit. `rows` tells the table and the row behind a row of the fact."""

    name: str
    scope: Scope
    decisions: tuple[str, ...]
    needs: frozenset[str]
    tables: tuple[TableProgram, ...]
    rows: tuple[tuple[int, int], ...]

    def by_table(self, found: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The rows that a fact hit, table by table."""
        if len(self.tables) == 1:
            return [found]
        if not found:
            return [()] * len(self.tables)
        hits: list[list[int]] = [[] for _ in self.tables]
        for each in found:
            table, row = self.rows[each - 1]
            hits[table].append(row)
        return [tuple(each) for each in hits]


@dataclass(frozen=True, slots=True)
class FormulaProgram:
    """A formula."""

    functions: DecisionFunctions
    scope: Scope
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Program:
    """All decisions in order, as formulas and tables to be taken one after the other, and what the engine is given.

    `slots` are those of the values of a sheet that must be ready.
    """

    compiled: CompiledRulebook
    stages: tuple[FormulaProgram | TableGroup, ...]
    kinds: tuple[FactKind, ...]
    slots: tuple[int, ...]


def program(rulebook: Rulebook, fiscal_year: int) -> Program:
    """The program of a rulebook for sheets of one fiscal year, whose parameters are constants in it."""
    ready = compiled(rulebook, fiscal_year)
    stages: list[FormulaProgram | TableGroup] = []
    kinds: list[FactKind] = []
    drafts: list[_Draft] = []
    slots: dict[int, None] = {}

    def end_group() -> None:
        if drafts:
            group, kind = _group(drafts)
            stages.append(group)
            kinds.append(kind)
            drafts.clear()

    for functions in ready.decisions.values():
        decision = functions.decision
        slots[functions.slot] = None
        if not isinstance(functions, TableFunctions):
            end_group()
            stages.append(FormulaProgram(functions, decision.scope, frozenset(decision.needs)))
            slots |= dict.fromkeys(functions.decide.needs)
            continue
        draft = _draft(functions)
        slots |= dict.fromkeys(draft.ready.encode.needs)
        if not _may_share(drafts, draft):
            end_group()
        drafts.append(draft)
    end_group()
    return Program(ready, tuple(stages), tuple(kinds), tuple(slots))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A table with its cells as codes; its rules wait to be told where in a fact its properties stand."""

    ready: TableProgram
    cells: list[list[list[Alternative] | None]]

    def rules(self, first: int, above: int) -> Iterator[Rule]:
        """The rules for properties from number `first` on, in a fact that `above` rows of other tables meet before."""
        firsts = []
        for each in self.ready.columns:
            firsts.append(first)
            first += 2 * each.features
        for number, cells in enumerate(self.cells, above + 1):
            asked = [
                (at, alternatives) for at, alternatives in zip(firsts, cells, strict=True) if alternatives is not None
            ]
            for choice in product(*(alternatives for _, alternatives in asked)):
                chosen = zip(choice, asked, strict=True)
                yield Rule(number, tuple(test for alternative, (at, _) in chosen for test in tests(alternative, at)))


def _may_share(drafts: list[_Draft], further: _Draft) -> bool:
    """Whether a table can share the fact of its neighbours: the same units, and it reads none of them."""
    decision = further.ready.decision
    before = [draft.ready for draft in drafts]
    return (
        all(each.decision.scope == decision.scope and each.decision.name not in decision.needs for each in before)
        and sum(each.width for each in before) + further.ready.width <= MOST_SHARED
    )


def _group(drafts: list[_Draft]) -> tuple[TableGroup, FactKind]:
    rows: list[tuple[int, int]] = []
    rules: list[Rule] = []
    width = 0
    for number, draft in enumerate(drafts):
        rules += draft.rules(width, len(rows))
        rows += [(number, row.number) for row in draft.ready.functions.table.rows]
        width += draft.ready.width
    tables = tuple(draft.ready for draft in drafts)
    names = tuple(table.decision.name for table in tables)
    name = " + ".join(names)
    needs = frozenset(needed for table in tables for needed in table.decision.needs)
    group = TableGroup(name, tables[0].decision.scope, names, needs, tables, tuple(rows))
    return group, FactKind(name, tuple(f"x{number}" for number in range(width)), tuple(rules))


def _draft(functions: TableFunctions) -> _Draft:
    table = functions.table
    encoded = [
        column(functions.terms.constant, source, [row.checks[index] for row in table.rows], functions.stated[index])
        for index, source in enumerate(table.inputs)
    ]
    # Every cell first: a cell decided as a whole adds a feature to its column, which shifts the columns after it.
    cells = []
    for row in table.rows:
        found = [each.alternatives(check) for each, check in zip(encoded, row.checks, strict=True)]
        while prod(len(alternatives) for alternatives in found if alternatives) > MOST_RULES:
            widest = max(range(len(found)), key=lambda index: len(found[index] or ()))
            found[widest] = encoded[widest].as_whole(row.checks[widest])
        cells.append(found)
    columns = tuple(each.column for each in encoded)
    return _Draft(TableProgram(functions, columns, encoder(functions, columns)), cells)


def encoder(functions: TableFunctions, columns: tuple[EncodedColumn, ...]) -> Generated:
    """`TableProgram.encode` of columns whose cells are all known."""
    write = functions.terms.writer("s, i, fact")
    codes = [
        names
        for each, value in zip(columns, functions.inputs(write), strict=True)
        for names in each.write(write, value, functions.at)
    ]
    write.out.line(f"fact += [{', '.join(name for names in codes for name in names)}]")
    still_open = " or ".join(f"{low} != {high}" for low, high in codes if low != high)
    write.out.line(f"return inputs, {still_open or False}")
    return write.finish()
