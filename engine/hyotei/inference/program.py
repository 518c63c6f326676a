"""A rulebook made ready for the engine: its tables as kinds of facts and rules, its formulas as functions.

Neighbouring tables of one scope share a fact where none of them reads another, so that a sheet needs fewer of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final, TypeAlias

from hyotei.inference.closures import CheckFunction, Compiler, Decisions, Function
from hyotei.inference.column_encoding import Alternative, EncodedColumn, column, tests
from hyotei.inference.driver import FactKind, Rule
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table
from hyotei.rulebook.reference import stated_reasons
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import Scalar, Unknown, both, lasting

MOST_RULES: Final = 64
"""Rules that one row may become before its widest cells are decided outside the engine."""
MOST_SHARED: Final = 100
"""Properties of a fact that several tables share."""

RowFunction: TypeAlias = Callable[[tuple[Scalar, ...], Unit, Decisions], tuple[Scalar, ...]]
"""What a row gives, from the values of the input columns."""


@dataclass(frozen=True, slots=True)
class TableProgram:
    """A decision table: how it becomes part of a fact, and what its rows give."""

    decision: Decision
    table: Table
    columns: tuple[EncodedColumn, ...]
    checks: tuple[tuple[CheckFunction, ...], ...]
    outputs: tuple[RowFunction, ...]

    @property
    def width(self) -> int:
        """Properties of the table in a fact."""
        return 2 * sum(column.features for column in self.columns)

    def encode(self, unit: Unit, decided: Decisions, fact: list[int]) -> tuple[tuple[Scalar, ...], bool]:
        """Adds the properties of the table to a fact: the values of the input columns, and whether any stands open."""
        inputs = tuple([each.value(unit, decided) for each in self.columns])
        still_open = False
        for each, value in zip(self.columns, inputs, strict=True):
            if each.encode(value, unit, decided, fact):
                still_open = True
        return inputs, still_open

    def standing(self, row: int, inputs: tuple[Scalar, ...], unit: Unit, decided: Decisions) -> Scalar:
        """Whether a row that the engine found for an open fact holds or stays undecided."""
        standing: Scalar = True
        for check, value in zip(self.checks[row - 1], inputs, strict=True):
            standing = both(standing, check(value, unit, decided))
        return standing


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
        hits: list[list[int]] = [[] for _ in self.tables]
        for each in found:
            table, row = self.rows[each - 1]
            hits[table].append(row)
        return [tuple(each) for each in hits]


@dataclass(frozen=True, slots=True)
class FormulaProgram:
    """A formula."""

    decision: Decision
    scope: Scope
    needs: frozenset[str]
    value: Function


@dataclass(frozen=True, slots=True)
class Program:
    """All decisions in order, as formulas and tables to be taken one after the other, and what the engine is given."""

    decisions: tuple[Decision, ...]
    stages: tuple[FormulaProgram | TableGroup, ...]
    kinds: tuple[FactKind, ...]


def program(rulebook: Rulebook, fiscal_year: int) -> Program:
    """The program of a rulebook for sheets of one fiscal year, whose parameters are constants in it."""
    compiler = Compiler(rulebook, fiscal_year)
    stages: list[FormulaProgram | TableGroup] = []
    kinds: list[FactKind] = []
    drafts: list[_Draft] = []

    def end_group() -> None:
        if drafts:
            group, kind = _group(drafts)
            stages.append(group)
            kinds.append(kind)
            drafts.clear()

    for decision in rulebook.decisions:
        if isinstance(decision.body, Formula):
            end_group()
            value = compiler.function(decision.body.term)
            stages.append(FormulaProgram(decision, decision.scope, frozenset(decision.needs), value))
            continue
        draft = _draft(compiler, decision, decision.body)
        if not _may_share(drafts, draft):
            end_group()
        drafts.append(draft)
    end_group()
    return Program(rulebook.decisions, tuple(stages), tuple(kinds))


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
        rows += [(number, row.number) for row in draft.ready.table.rows]
        width += draft.ready.width
    tables = tuple(draft.ready for draft in drafts)
    names = tuple(table.decision.name for table in tables)
    name = " + ".join(names)
    needs = frozenset(needed for table in tables for needed in table.decision.needs)
    group = TableGroup(name, tables[0].decision.scope, names, needs, tables, tuple(rows))
    return group, FactKind(name, tuple(f"x{number}" for number in range(width)), tuple(rules))


def _draft(compiler: Compiler, decision: Decision, table: Table) -> _Draft:
    stated = [stated_reasons(table, index) for index in range(len(table.inputs))]
    encoded = [
        column(compiler, source, [row.checks[index] for row in table.rows], stated[index])
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
    ready = TableProgram(
        decision,
        table,
        tuple(each.column for each in encoded),
        tuple(
            tuple(compiler.check(check, of) for check, of in zip(row.checks, stated, strict=True)) for row in table.rows
        ),
        tuple(_row_function(compiler, row.outputs) for row in table.rows),
    )
    return _Draft(ready, cells)


def _row_function(compiler: Compiler, outputs: tuple[t.Term, ...]) -> RowFunction:
    """The outputs of a row; the output `unknown` takes its reason from the inputs."""
    constants = [compiler.constant(output) for output in outputs]
    fixed = tuple(constant for constant in constants if constant is not None)
    if len(fixed) == len(outputs):
        return lambda inputs, unit, decided: fixed
    functions = [None if isinstance(output, t.InputUnknown) else compiler.function(output) for output in outputs]
    return lambda inputs, unit, decided: tuple(
        [_input_unknown(inputs) if function is None else function(unit, decided) for function in functions]
    )


def _input_unknown(inputs: tuple[Scalar, ...]) -> Unknown:
    unknowns = [value for value in inputs if isinstance(value, Unknown)]
    return lasting(*unknowns) if unknowns else Unknown("undefined")
