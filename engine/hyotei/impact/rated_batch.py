"""A batch of sheets under one rulebook, with all that it decides at hand: whatever is much like it is rated from there.

Only decisions that may come out otherwise are decided again; what they read of others stands beside the figures as columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from hyotei.base.exact import scaled
from hyotei.columnar.column_value import ColumnValue
from hyotei.columnar.corpus_batches import TableRater
from hyotei.columnar.engines import Engine
from hyotei.columnar.layout import identity
from hyotei.columnar.named_columns import columns_of, named, renamed
from hyotei.columnar.number_scale import NumberScale, shape_of
from hyotei.columnar.program import Program, compiled
from hyotei.columnar.step_reading import Between, Columns, outgrown_sheets, values
from hyotei.impact.affected_decisions import Result, results_of
from hyotei.impact.sheet_batches import Batch
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.vocabulary import ancestry

Steps = dict[tuple[str, str], Step]

_SCALES: Final = (2, 4, 6, 9, 12)
"""Decimals of a column of supposed numbers: few different ones, so that statements can be used again."""
_MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Supposed:
    """A decision for the sheet whose value is given from outside, one for each copy of a sheet."""

    decision: str
    output: str
    numbers: Sequence[Decimal]


@dataclass(slots=True)
class Found:
    """What some copies of sheets came to. Copies are numbered as they were asked for."""

    values: "dict[str, list[list[Scalar]]]"
    """Of each decision that was asked for, of each copy, the values of its first output, unit by unit."""

    def results(self, name: str) -> list[Result]:
        """A result of every copy."""
        return [each[0] if isinstance(each[0], str) else None for each in self.values[name]]


class RatedBatch:
    """The batch, rated under its rulebook.

    Args:
        batch: the sheets; their relations have all figures that any rulebook to come reads.
        rulebook: the rulebook; only what leads to its results is decided.
        engine: what runs the statements.
    """

    def __init__(self, batch: Batch, rulebook: Rulebook, engine: Engine) -> None:
        self.batch, self.engine = batch, engine
        self.rulebook = rulebook.toward(*results_of(rulebook))
        rated = TableRater(self.rulebook, engine).rate(batch.relations)
        self.program, self.tables, self.apart = rated.program, rated.tables, rated.apart
        self.steps: dict[int, Steps] = {
            place: _read_again(self.rulebook, sheet, {}, None)
            for place, sheet in batch.sheets(sorted(self.apart)).items()
        }
        self._prepared_last: (
            tuple[tuple[Rulebook, NumberScale | None], tuple[Program, dict[Scope, pa.Table]]] | None
        ) = None
        self._starts: dict[Scope, dict[int, tuple[int, int, int]]] | None = None
        self.results: dict[str, list[Result]] = {name: self._result(name) for name in results_of(self.rulebook)}

    def _result(self, name: str) -> list[Result]:
        found: list[Result] = [None] * len(self.batch)
        table = self.tables["sheet"]
        columns = Columns(table, {})
        told = values(self.program.decided[name].outputs[0], columns)
        for place, value in zip(columns[identity("sheet")], told, strict=True):
            if place not in self.apart:
                found[place] = value if isinstance(value, str) else None
        for place, steps in self.steps.items():
            output = steps[name, "sheet"].outputs[0]
            found[place] = output if isinstance(output, str) else None
        return found

    # -- another rulebook

    def evaluate(
        self,
        other: Rulebook,
        again: frozenset[str],
        copies: Sequence[int],
        asked: Sequence[str],
        supposed: Supposed | None = None,
    ) -> Found:
        """What decisions come to for copies of sheets, each named by its place in the batch.

        Args:
            other: the rulebook.
            again: its decisions that are decided again; all others are those of the ground.
            copies: the sheets, any of them any number of times.
            asked: the decisions to be told.
            supposed: a decision, not among `again`, with a value of its own for each copy.
        """
        shape = None if supposed is None else _shape([abs(each) for each in supposed.numbers])
        alone = {
            copy
            for copy, place in enumerate(copies)
            if place in self.apart
            or (supposed is not None and shape is not None and not shape.holds(supposed.numbers[copy]))
        }
        together = [copy for copy in range(len(copies)) if copy not in alone]
        told: dict[str, list[list[Scalar]]] = {name: [[] for _ in copies] for name in asked}
        if together:
            program, given = self._prepared(other, again, supposed, shape)
            numbers = None
            if supposed is not None and shape is not None:
                numbers = pa.array([scaled(supposed.numbers[copy], shape.scale) for copy in together], pa.int64())
            sheets = [copies[copy] for copy in together]
            if supposed is None and len(copies) == len(self.batch) and copies == range(len(self.batch)):
                # All sheets as they are: nothing need be copied, and copies are called by their places.
                together = list(copies)
                relations: Mapping[Scope, pa.Table] = given
            else:
                relations = self._copied(given, sheets, numbers)
            tables = self.engine.run(program, relations)
            inexact: set[int] = set()
            for name in asked:
                found = program.decided[name]
                columns = Columns(tables[found.decision.scope], {})
                told_for = columns[identity("sheet")]
                for sheet, value in zip(told_for, values(found.outputs[0], columns), strict=True):
                    if isinstance(value, Between):
                        inexact.add(together[sheet])
                    elif together[sheet] not in alone:
                        told[name][together[sheet]].append(value)
            outgrown = ({together[sheet] for sheet in outgrown_sheets(program, tables)} | inexact) - alone
            alone |= outgrown
            for copy in outgrown:
                for name in asked:
                    told[name][copy] = []
        self._alone(other, again, copies, sorted(alone), told, supposed)
        return Found(told)

    # -- one by one

    def _alone(
        self,
        other: Rulebook,
        again: frozenset[str],
        copies: Sequence[int],
        alone: Sequence[int],
        told: dict[str, list[list[Scalar]]],
        supposed: Supposed | None,
    ) -> None:
        """Copies whose numbers stand in no column exactly, by the reading that is the meaning of rulebooks."""
        sheets = self.batch.sheets({copies[copy] for copy in alone})
        for copy in alone:
            place = copies[copy]
            if place not in self.steps:
                self.steps[place] = _read_again(self.rulebook, sheets[place], {}, None)
            before = {key: step for key, step in self.steps[place].items() if key[0] not in again}
            if supposed is not None:
                key = supposed.decision, "sheet"
                before[key] = Step(*key, "supposed", (), (), (supposed.numbers[copy],))
            after = _read_again(other, sheets[place], before, again)
            for (name, _unit), step in after.items():
                if name in told:
                    value = step.outputs[0]
                    assert not isinstance(value, tuple), "lists are not asked for"
                    told[name][copy].append(value)

    # -- together

    def _prepared(
        self, other: Rulebook, again: frozenset[str], supposed: Supposed | None, shape: NumberScale | None
    ) -> tuple[Program, dict[Scope, pa.Table]]:
        """The statements, and the relations with the columns that are given."""
        last = self._prepared_last
        if last is not None and last[0][0] is other and last[0][1] == shape:
            return last[1]
        read = {
            part
            for decision in other.decisions
            if decision.name in again
            for part in mentioned(decision)
            if isinstance(part, t.Decided) and part.decision not in again
        }
        given: dict[t.Decided, ColumnValue] = {}
        tables = dict(self.batch.relations.tables)
        for number, part in enumerate(sorted(read, key=repr)):
            if supposed is not None and part.decision == supposed.decision:
                continue
            value = self._output(part)
            back = {column: f"given {number} {column}" for column in columns_of(value)}
            given[part] = renamed(value, back)
            for column, new in back.items():
                tables[part.scope] = tables[part.scope].append_column(new, self.tables[part.scope][column])
        if supposed is not None and shape is not None:
            value = ColumnValue("number", SUPPOSED, None, shape=shape)
            given[t.Decided("sheet", supposed.decision, supposed.output)] = value
        # What nothing reads any more is not decided again either.
        names = again | {each.decision for each in given}
        kept = replace(other, decisions=tuple(each for each in other.decisions if each.name in names))
        prepared = compiled(kept, self.batch.relations.layout, given=given), tables
        self._prepared_last = (other, shape), prepared
        return prepared

    def _output(self, part: t.Decided) -> ColumnValue:
        found = self.program.decided[part.decision]
        names = [output.name for output in found.decision.outputs]
        return named(found.outputs[names.index(part.output)])

    def _copied(
        self, tables: Mapping[Scope, pa.Table], sheets: Sequence[int], numbers: "pa.Array | None"
    ) -> dict[Scope, pa.Table]:
        """The relations with the rows of each sheet as often as it is named, under names of units of their own."""
        if self._starts is None:
            self._starts = {scope: _starts(scope, table) for scope, table in self.batch.relations.tables.items()}
        begins: dict[Scope, list[int]] = {}
        for scope, starts in self._starts.items():
            begins[scope] = [0]
            for sheet in sheets:
                begins[scope].append(begins[scope][-1] + starts.get(sheet, _NOWHERE)[1])
        found: dict[Scope, pa.Table] = {}
        for scope, table in tables.items():
            starts = self._starts[scope]
            rows: list[int] = []
            copy_of: list[int] = []
            for copy, sheet in enumerate(sheets):
                first, count, _ = starts.get(sheet, _NOWHERE)
                rows += range(first, first + count)
                copy_of += [copy] * count
            taken = table.take(pa.array(rows, pa.int64()))
            for each in ancestry(scope):
                name = identity(each)
                if each == "sheet":
                    ids: Any = copy_of
                elif each == scope:
                    ids = range(len(rows))
                else:
                    above, begin = self._starts[each], begins[each]
                    ids = [
                        old - above[sheets[copy]][2] + begin[copy]
                        for old, copy in zip(taken[name].to_pylist(), copy_of, strict=True)
                    ]
                taken = taken.set_column(taken.column_names.index(name), name, pa.array(ids, pa.int64()))
            if scope == "sheet" and numbers is not None:
                taken = taken.append_column(SUPPOSED, numbers)
            found[scope] = taken
        return found


SUPPOSED: Final = "supposed"
"""The column of the supposed numbers, in the relation of sheets."""
_NOWHERE: Final = (0, 0, 0)


def _starts(scope: Scope, table: pa.Table) -> dict[int, tuple[int, int, int]]:
    """For each sheet its first row, how many rows it has, and the name of the first unit."""
    found: dict[int, tuple[int, int, int]] = {}
    ids = table[identity(scope)].to_pylist()
    for row, sheet in enumerate(table[identity("sheet")].to_pylist()):
        first, count, unit = found.get(sheet, (row, 0, ids[row]))
        found[sheet] = first, count + 1, unit
    return found


def _shape(numbers: Sequence[Decimal]) -> NumberScale:
    """A shape that holds most of the numbers; the others are taken one by one."""
    shapes = [shape_of(each) for each in numbers]
    most = max((each.scale for each in shapes), default=0)
    before = max((each.digits - each.scale for each in shapes), default=1)
    scale = next((each for each in _SCALES if each >= most), _SCALES[-1])
    return NumberScale(scale, min(_MOST_DIGITS, max(1, before) + scale))


def _read_again(rulebook: Rulebook, sheet: Any, before: Steps, again: frozenset[str] | None) -> Steps:
    """The steps of one sheet: those given, and the decisions to be decided, all of them where `again` is None."""
    reading = Reading(rulebook, sheet)
    reading.steps = dict(before)
    for decision in rulebook.decisions:
        if again is None or decision.name in again:
            for unit in reading.root.below(decision.scope):
                reading.steps[decision.name, unit.key] = reading.decide(decision, unit)
    reading.root.release()
    return reading.steps
