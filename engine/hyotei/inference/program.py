"""A rulebook made ready for the engine: its tables as kinds of facts and rules, its formulas as functions."""

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from hyotei.inference.closures import CheckFunction, Compiler, Decisions, Function
from hyotei.inference.driver import FactKind, Rule
from hyotei.inference.encoding import Column, column, tests
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table
from hyotei.rulebook.reference import stated_reasons
from hyotei.rulebook.units import Unit
from hyotei.rulebook.values import Scalar, Unknown, both, lasting

MOST_RULES: Final = 64
"""Rules that one row may become before its widest cells are decided outside the engine."""


@dataclass(frozen=True, slots=True)
class TableProgram:
    """A decision table: how its facts are made, and what its rows give."""

    decision: Decision
    table: Table
    columns: tuple[Column, ...]
    checks: tuple[tuple[CheckFunction, ...], ...]
    outputs: tuple[tuple[Function, ...], ...]
    from_inputs: tuple[tuple[bool, ...], ...]

    def inputs(self, unit: Unit, decided: Decisions) -> tuple[Scalar, ...]:
        """The values of the input columns."""
        return tuple(each.value(unit, decided) for each in self.columns)

    def fact(self, inputs: tuple[Scalar, ...], unit: Unit, decided: Decisions) -> tuple[list[int], bool]:
        """The values as properties of a fact, and whether any column stands open."""
        values: list[int] = []
        still_open = False
        for each, value in zip(self.columns, inputs, strict=True):
            codes, undecided = each.codes(value, unit, decided)
            values += codes
            still_open = still_open or undecided
        return values, still_open

    def standing(self, row: int, inputs: tuple[Scalar, ...], unit: Unit, decided: Decisions) -> Scalar:
        """Whether a row that the engine found for an open fact holds or stays undecided."""
        standing: Scalar = True
        for check, value in zip(self.checks[row - 1], inputs, strict=True):
            standing = both(standing, check(value, unit, decided))
        return standing

    def row_outputs(
        self, row: int, inputs: tuple[Scalar, ...], unit: Unit, decided: Decisions
    ) -> tuple[Scalar, ...]:
        """The outputs of a row; the output `unknown` takes its reason from the inputs."""
        return tuple(
            _input_unknown(inputs) if from_inputs else output(unit, decided)
            for output, from_inputs in zip(self.outputs[row - 1], self.from_inputs[row - 1], strict=True)
        )


@dataclass(frozen=True, slots=True)
class FormulaProgram:
    """A formula."""

    decision: Decision
    value: Function


@dataclass(frozen=True, slots=True)
class Program:
    """All decisions in order, and what the engine is to be given."""

    decisions: tuple[TableProgram | FormulaProgram, ...]
    kinds: tuple[FactKind, ...]


def program(rulebook: Rulebook, fiscal_year: int) -> Program:
    """The program of a rulebook for sheets of one fiscal year, whose parameters are constants in it."""
    compiler = Compiler(rulebook, fiscal_year)
    decisions: list[TableProgram | FormulaProgram] = []
    kinds: list[FactKind] = []
    for decision in rulebook.decisions:
        if isinstance(decision.body, Formula):
            decisions.append(FormulaProgram(decision, compiler.function(decision.body.term)))
        else:
            table, kind = _table(compiler, decision, decision.body)
            decisions.append(table)
            kinds.append(kind)
    return Program(tuple(decisions), tuple(kinds))


def _table(compiler: Compiler, decision: Decision, table: Table) -> tuple[TableProgram, FactKind]:
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
    first, firsts = 0, []
    for each in encoded:
        firsts.append(first)
        first += 2 * each.column.features
    rules = tuple(
        Rule(row.number, tuple(test for alternative, at in zip(choice, used, strict=True) for test in tests(alternative, at)))
        for row, found in zip(table.rows, cells, strict=True)
        for used in [[at for alternatives, at in zip(found, firsts, strict=True) if alternatives is not None]]
        for choice in product(*(alternatives for alternatives in found if alternatives is not None))
    )
    kind = FactKind(decision.name, tuple(f"x{number}" for number in range(first)), rules)
    ready = TableProgram(
        decision,
        table,
        tuple(each.column for each in encoded),
        tuple(tuple(compiler.check(check, of) for check, of in zip(row.checks, stated, strict=True)) for row in table.rows),
        tuple(tuple(compiler.function(output) for output in row.outputs) for row in table.rows),
        tuple(tuple(isinstance(output, t.InputUnknown) for output in row.outputs) for row in table.rows),
    )
    return ready, kind


def _input_unknown(inputs: tuple[Scalar, ...]) -> Unknown:
    unknowns = [value for value in inputs if isinstance(value, Unknown)]
    return lasting(*unknowns) if unknowns else Unknown("undefined")
