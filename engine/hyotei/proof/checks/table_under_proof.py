"""One table under proof: by itself, with its columns free, and through the chain, with the figures of the sheet free."""

from collections.abc import Callable, Sequence
from functools import cached_property

from hyotei.compare.boxes import Box, ColumnValues, Region, TooManyBoxes, regions
from hyotei.compare.model import Why
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Phrase
from hyotei.proof.abstraction import Abstract
from hyotei.proof.domain import Inputs
from hyotei.proof.enumeration import Enumeration, NotEnumerated, sweeps
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import conj, neg
from hyotei.proof.guarded_values import GuardedValue
from hyotei.proof.laws.pairs import why_of
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.prover import Prover
from hyotei.proof.results import Check, CheckName, Counterexample, Method, Shown
from hyotei.proof.search import Question
from hyotei.proof.sheet_shapes import Place, single
from hyotei.proof.solver import Found, Solver
from hyotei.proof.symbolic import Reading
from hyotei.proof.table_formulas import TableAnswer, table_answer, table_output
from hyotei.proof.unit_counts import AnyNumber
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.types import dimension_of
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet


@dataclass(slots=True)
class FreeInputs:
    """A table whose columns are free."""

    inputs: Inputs
    columns: tuple[GuardedValue, ...]
    answer: TableAnswer
    reading: Abstract
    place: Place


@dataclass(slots=True)
class Chained:
    """A table read through the decisions before it; `why` says why that cannot be done."""

    inputs: Inputs | None = None
    answer: TableAnswer | None = None
    outputs: tuple[GuardedValue, ...] = ()
    why: Why = ""


@dataclass
class TableUnderProof:
    """A decision table with what its checks share."""

    prover: Prover
    decision: Decision
    table: Table
    sweep_why: Why = ""

    # -- the table by itself

    @cached_property
    def free(self) -> FreeInputs:
        inputs = Inputs(self.prover.rulebook)
        place = single(self.decision.scope, inputs)
        reading = Abstract(self.prover.rulebook, inputs)
        columns = self.columns(inputs, "column")
        return FreeInputs(inputs, columns, self.answered(reading, columns, place), reading, place)

    def columns(self, inputs: Inputs, name: str) -> tuple[GuardedValue, ...]:
        """Free values of the table's columns."""
        return tuple(
            inputs.free(f"{name}[{at}]", inputs.domains.column(column), dimension_of(column.type))
            for at, column in enumerate(self.table.inputs)
        )

    def answered(self, reading: Reading, columns: Sequence[GuardedValue], place: Place) -> TableAnswer:
        standings = reading.standings(self.table, tuple(columns), place)
        return table_answer(self.decision, self.table, standings)

    def outputs(
        self, reading: Reading, answer: TableAnswer, columns: Sequence[GuardedValue], place: Place
    ) -> list[GuardedValue]:
        """What the table gives for values of its columns."""
        return [
            table_output(
                self.table, answer, [reading.output(row.outputs[at], columns, place) for row in self.table.rows]
            )
            for at in range(len(self.decision.outputs))
        ]

    @cached_property
    def solver(self) -> Solver:
        solver = Solver(self.prover.timeout)
        solver.assume(self.free.inputs.assumed)
        return solver

    def possible(self, *truths: Truth) -> Found:
        self.solver.assume(self.free.inputs.assumed)
        return self.solver.possible(*truths)

    @cached_property
    def clash(self) -> Found:
        """Whether rows of the table can contradict each other at all."""
        return self.possible(self.free.answer.conflict)

    def fires(self, at: int) -> Truth:
        """Whether a row answers. Where no rows contradict each other that is simpler to ask, and far quicker of large tables."""
        answer = self.free.answer
        if self.table.policy in ("U", "A") and self.clash.outcome == "no":
            return conj(answer.held[at], *(neg(each) for each in answer.open))
        return answer.fired[at]

    # -- the second method

    @cached_property
    def swept(self) -> "list[Enumeration] | None":
        """The table swept, or None where it has no elementary values or is too large; `sweep_why` then says so."""
        try:
            return sweeps(self.prover.rulebook, self.decision, self.table)
        except NotEnumerated:
            self.sweep_why = "unsupported"
        except TooManyBoxes:
            self.sweep_why = "too_large"
        return None

    def regions(self, boxes: "Callable[[Enumeration], list[Box]]") -> tuple[Region, ...]:
        """Boxes of all sweeps in words."""
        found: dict[Region, None] = {}
        for sweep in self.swept or []:
            here: list[Box] = boxes(sweep)
            columns: list[ColumnValues] = sweep.columns
            found.update(dict.fromkeys(regions(here, columns)))
        return tuple(found)

    # -- through the chain

    @cached_property
    def chained(self) -> Chained:
        try:
            census = self.prover.census([self.decision.name])
            inputs = Inputs(census.rulebook)
            place = single(self.decision.scope, inputs)
            found = AnyNumber(census, inputs, self.decision.scope).decide(self.decision, place)
            return Chained(inputs, found.answer, found.outputs)
        except BeyondProof as beyond:
            return Chained(why=why_of(beyond))

    @cached_property
    def chain_solver(self) -> Solver:
        assert self.chained.inputs is not None
        solver = Solver(self.prover.timeout)
        solver.assume(self.chained.inputs.assumed)
        return solver

    def on_some_sheet(self, truth: "Callable[[TableAnswer], Truth]") -> Found:
        """Whether something about the table can be so on any sheet; `open` where that cannot be told."""
        if self.chained.answer is None:
            return Found("open", self.chained.why)
        return self.chain_solver.possible(truth(self.chained.answer))

    # -- results

    def shown(
        self,
        name: CheckName,
        truth: "Callable[[TableAnswer], Truth]",
        there: "Callable[[Step], bool]",
        rows: tuple[int, ...] = (),
        boxes: tuple[Region, ...] = (),
    ) -> Check:
        """A defect of the table: shown on a sheet, or told to be out of reach, or open."""
        chain = self.on_some_sheet(truth)
        if chain.outcome == "no":
            return Check(name, self.decision.name, "proved", "any_number", rows=rows, regions=boxes, by_itself=True)
        example, why = self.example(truth, there)
        if example is not None:
            return Check(name, self.decision.name, "refuted", "example", "", rows, boxes, counterexample=example)
        late: Why = chain.why if chain.why in ("timeout", "nonlinear", "gave_up") else why
        return Check(name, self.decision.name, "open", "bounded", late, rows, boxes)

    def example(
        self, truth: "Callable[[TableAnswer], Truth]", there: "Callable[[Step], bool]"
    ) -> "tuple[Counterexample | None, Why]":
        """A sheet on which it is so, confirmed by both engines."""
        name = self.decision.name

        def ask(book: Rulebook, inputs: Inputs, root: Place) -> Question:
            units = root.below(self.decision.scope)
            if not units:
                return Question([False], {}, (), lambda sheets, values: False)
            found = Reading(book, inputs).decide(book.by_name[name], units[0])
            assert found.answer is not None
            wanted = [units[0].present, truth(found.answer)]
            return Question(wanted, {}, (), lambda sheets, values: confirmed(sheets[0]) is not None)

        def confirmed(sheet: Sheet) -> Counterexample | None:
            derivation = self.prover.replay.derive(sheet)
            for (decision, unit), step in derivation.steps.items():
                if decision == name and there(step):
                    shown = _inputs(self.table, step)
                    return Counterexample(sheet, (), shown, name, unit, step.rows)
            return None

        answer = self.prover.search([name], ask)
        return (confirmed(answer.sheets[0]) if answer.sheets else None), answer.why

    def differs(self, name: CheckName, words: Phrase, rows: tuple[int, ...] = ()) -> Check:
        """What the two methods do not agree on is open, and a defect of Hyotei."""
        self.prover.defects.append(Diagnostic("HY901", params={"decision": self.decision.name, "check": words}))
        return self.open(name, "differs", rows)

    def proved(self, name: CheckName, method: Method = "table") -> Check:
        return Check(name, self.decision.name, "proved", method)

    def open(self, name: CheckName, why: Why, rows: tuple[int, ...] = ()) -> Check:
        return Check(name, self.decision.name, "open", "table", why, rows)


def _inputs(table: Table, step: Step) -> tuple[Shown, ...]:
    """The values of the table's inputs, under the text of their columns."""
    found = []
    for column, value in zip(table.inputs, step.inputs, strict=True):
        scalar: Scalar = value
        found.append(Shown(column.text, step.unit, scalar))
    return tuple(found)
