"""A decision as functions: a formula's value; a table's inputs, cells, outputs, and its answer with the rows chosen by it.

Each function is generated when it is first asked for: whoever leaves the choice of rows to a rule engine needs no more than
inputs and outputs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, TypeAlias

from hyotei.compiler import operations as do
from hyotei.compiler.fixed_terms import constant
from hyotei.compiler.sheet_values import Layout, Slot
from hyotei.compiler.term_functions import TermWriter
from hyotei.compiler.value_functions import At, Generated, Value, reasons_held
from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Outcome, Step
from hyotei.rulebook.hit_policies import Answer, choose
from hyotei.rulebook.model import Decision, Formula, Row, Rulebook, Table
from hyotei.rulebook.reference import extreme, stated_reasons, total
from hyotei.rulebook.values import REASONS, Scalar, Unknown, both, lasting

Inputs: TypeAlias = tuple[Scalar, ...]
Outputs: TypeAlias = tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...]
Lists: TypeAlias = list[Any]
"""`SlotLists.lists`"""

_NEW_STEP: Final[Callable[[type[Step], tuple[object, ...]], Step]] = tuple.__new__
"""A step is made as the tuple that it is, which is half the time."""
_MOST_ANSWERS: Final = 1_000
"""Sets of rows of which it is remembered what they give."""
_ALL: Final = frozenset(REASONS)


class RulebookTerms:
    """Terms of one rulebook as functions for sheets of one fiscal year; they share the slots of a layout."""

    def __init__(self, rulebook: Rulebook, fiscal_year: int, one_sheet: bool = True) -> None:
        self.rulebook, self.fiscal_year = rulebook, fiscal_year
        self.layout = Layout(one_sheet)

    def writer(self, parameters: str) -> TermWriter:
        """A writer of a further function."""
        return TermWriter(self.rulebook, self.fiscal_year, self.layout, parameters)

    def constant(self, term: t.Term) -> Scalar | None:
        """The value of a term that is the same for every sheet of the year; None for all others."""
        return constant(term, self.rulebook, self.fiscal_year)


class DecisionFunctions:
    """One decision. `at` is where its terms are evaluated, `slot` where its outputs go."""

    def __init__(self, terms: RulebookTerms, decision: Decision) -> None:
        self.terms, self.decision = terms, decision
        self.at = At.of(decision.scope, terms.layout)
        self.slot = terms.layout.number(Slot("decided", decision.scope, decision.name))

    @property
    def decide(self) -> Generated:
        """`(s, i, key) -> Step`: the decision at unit `i`, whose key is `key`."""
        raise NotImplementedError


class FormulaFunctions(DecisionFunctions):
    """A formula."""

    @cached_property
    def decide(self) -> Generated:
        assert isinstance(self.decision.body, Formula)
        write = self.terms.writer("s, i, key")
        value = write.term(self.decision.body.term, self.at)
        _return_step(write, self.decision, "computed", "()", "()", f"({value.text},)")
        return write.finish()


class TableFunctions(DecisionFunctions):
    """A decision table. `stated` are for each column the reasons of unknown for which it says what happens."""

    def __init__(self, terms: RulebookTerms, decision: Decision, table: Table) -> None:
        super().__init__(terms, decision)
        self.table = table
        self.stated = [stated_reasons(table, index) for index in range(len(table.inputs))]
        self._outputs: dict[int, Generated] = {}
        self._cells: dict[tuple[int, int], Generated] = {}
        self._answers: dict[tuple[int, ...], tuple[Outcome, tuple[int, ...], Outputs]] = {}
        self._fixed: dict[int, tuple[Scalar, ...] | None] = {}
        self._distinct: dict[tuple[int, t.Check], Generated] = {}

    # -- the table piece by piece

    def cell(self, check: t.Check, stated: frozenset[str]) -> Generated:
        """`(v, s, i) -> Scalar`: whether a cell holds for a value."""
        write = self.terms.writer("v, s, i")
        write.out.line(f"return {write.check(check, Value('v', True), stated, self.at).text}")
        return write.finish()

    def row_cell(self, row: Row, index: int) -> Generated:
        """The cell of a row in a column."""
        cell = self._cells.get((row.number, index))
        if cell is None:
            # Many rows ask the same.
            same = index, row.checks[index]
            if same not in self._distinct:
                self._distinct[same] = self.cell(row.checks[index], self.stated[index])
            cell = self._cells[row.number, index] = self._distinct[same]
        return cell

    def standing(self, row: Row, inputs: Inputs, s: Lists, i: int) -> Scalar:
        """Whether a row holds, three-valued."""
        standing: Scalar = True
        for index, (check, value) in enumerate(zip(row.checks, inputs, strict=True)):
            if not check.anything:
                cell = self.row_cell(row, index)
                s[0].ready(cell.needs)
                standing = both(standing, cell.function(value, s, i))
                if standing is False:
                    break
        return standing

    def fixed(self, row: Row) -> tuple[Scalar, ...] | None:
        """What a row gives, where it is the same for every sheet of the year."""
        if row.number not in self._fixed:
            found = tuple(value for term in row.outputs if (value := self.terms.constant(term)) is not None)
            self._fixed[row.number] = found if len(found) == len(row.outputs) else None
        return self._fixed[row.number]

    def outputs(self, row: int, inputs: Inputs, s: Lists, i: int) -> tuple[Scalar, ...]:
        """What a row gives."""
        made = self._outputs.get(row)
        if made is None:
            write = self.terms.writer("s, i, inputs")
            write.out.line(f"return {self._row(write, self.table.rows[row - 1])}")
            made = self._outputs[row] = write.finish()
        s[0].ready(made.needs)
        found: tuple[Scalar, ...] = made.function(s, i, inputs)
        return found

    def _row(self, write: TermWriter, row: Row) -> str:
        """An expression for what a row gives; the output `unknown` takes its reason from the inputs."""
        fixed = self.fixed(row)
        if fixed is not None:
            return write.out.constant(fixed)
        texts = [
            f"{write.out.function(input_unknown)}(inputs)"
            if isinstance(term, t.InputUnknown)
            else write.term(term, self.at).text
            for term in row.outputs
        ]
        return f"({', '.join(texts)},)"

    # -- the answer from the rows that hold

    def answered(
        self, s: Lists, i: int, key: str, inputs: Inputs, held: tuple[int, ...], undecided: Mapping[int, Unknown]
    ) -> Step:
        """The step, from the rows that hold and those that cannot be decided."""
        known = None if undecided else self._answers.get(held)
        if known is None:
            found = choose(self.decision, self.table, held, undecided)
            known = found.outcome, found.rows, self._combined(found, inputs, s, i)
            if (
                not undecided
                and len(self._answers) < _MOST_ANSWERS
                and all(self.fixed(row) for row in self._rows(held))
            ):
                # What the same rows give is the same for every sheet.
                self._answers[held] = known
        outcome, rows, outputs = known
        return _NEW_STEP(Step, (self.decision.name, key, outcome, rows, inputs, outputs))

    def _rows(self, numbers: Sequence[int]) -> list[Row]:
        return [self.table.rows[number - 1] for number in numbers]

    def judged(self, s: Lists, i: int, key: str, inputs: Inputs, rows: Sequence[int] | None = None) -> Step:
        """The step where some row may stand undecided: every row, or every one of some, is judged by itself."""
        held: tuple[int, ...] = ()
        undecided: dict[int, Unknown] = {}
        for row in self.table.rows if rows is None else self._rows(rows):
            standing = self.standing(row, inputs, s, i)
            if standing is True:
                held += (row.number,)
            elif isinstance(standing, Unknown):
                undecided[row.number] = standing
        return self.answered(s, i, key, inputs, held, undecided)

    def _combined(self, found: Answer, inputs: Inputs, s: Lists, i: int) -> Outputs:
        if found.outcome != "fired":
            return (found.unknown,) * len(self.decision.outputs)
        rows = [self.outputs(row, inputs, s, i) for row in found.rows]
        match self.table.policy:
            case "C":
                return tuple(rows)
            case "C#":
                return (Decimal(len(rows)),)
            case "C+":
                return (total([row[0] for row in rows]),)
            case "C<" | "C>":
                return (extreme([row[0] for row in rows], greatest=self.table.policy == "C>"),)
            case _:
                return rows[0]

    # -- the table at once

    @cached_property
    def decide(self) -> Generated:
        """Once it is sure that no row stands undecided, rows are plain conditions one after the other."""
        write = self.terms.writer("s, i, key")
        values = self.inputs(write)
        guards = list(self._guards(write, values))
        if guards:
            with write.out.block(f"if {' or '.join(guards)}"):
                write.out.line(f"return {write.out.function(self.judged)}(s, i, key, inputs)")
        first = self.table.policy == "F"
        if not first:
            write.out.line("held = ()")
        for row in self.table.rows:
            with write.out.block(f"if {' and '.join(self._conditions(write, row, values)) or 'True'}"):
                if first:
                    rows = write.out.constant((row.number,))
                    _return_step(write, self.decision, "fired", rows, "inputs", self._row(write, row))
                else:
                    write.out.line(f"held += {write.out.constant((row.number,))}")
        none: Mapping[int, Unknown] = {}
        held = "()" if first else "held"
        answer = f"{write.out.function(self.answered)}(s, i, key, inputs, {held}, {write.out.constant(none)})"
        write.out.line(f"return {answer}")
        return write.finish()

    def inputs(self, write: TermWriter) -> list[Value]:
        """Writes the values of the input columns, and `inputs`, the tuple of them."""
        values = [write.term(column.term, self.at) for column in self.table.inputs]
        values = [value if value.text.isidentifier() else write.assign(value.text, value.open) for value in values]
        write.out.line(f"inputs = ({''.join(f'{value.text}, ' for value in values)})")
        return values

    def _guards(self, write: TermWriter, values: list[Value]) -> Iterator[str]:
        """Conditions of which one is true where a row may stand undecided.

        Of findings (hit policy C) only rows that surely hold count, so their inputs may be unknown.
        """
        for value, stated in zip(values, self.stated, strict=True):
            if value.open and stated != _ALL and self.table.policy != "C":
                unstated = f" and {write.among(value.text, _ALL - stated)}" if stated else ""
                yield f"({value.text}.__class__ is U{unstated})"
        for end in self._ends():
            value = write.term(end, self.at)
            write.ends[end] = Value(value.text, False)
            if value.open:
                yield f"{value.text}.__class__ is U"

    def _ends(self) -> Iterator[t.Term]:
        """What values are held against in cells and is not the same for every sheet, each once."""
        found: dict[t.Term, None] = {}
        for row in self.table.rows:
            for check in row.checks:
                for test in check.tests:
                    match test:
                        case t.Same(value):
                            found[value] = None
                        case t.Range(low, _, high, _):
                            found |= {end: None for end in (low, high) if end is not None}
        for end in found:
            if not isinstance(self.terms.constant(end), Decimal):
                yield end

    def _conditions(self, write: TermWriter, row: Row, values: list[Value]) -> Iterator[str]:
        """A condition for each cell that asks something: true where it surely holds."""
        for check, value, stated in zip(row.checks, values, self.stated, strict=True):
            if check.anything:
                continue
            known = write.known_check(check, Value(value.text, False), self.at).text
            possible = _ALL if self.table.policy == "C" else stated
            held = reasons_held(check, stated) & possible
            if not value.open or not possible:
                yield known
            elif held == possible == _ALL:
                yield f"({value.text}.__class__ is U or {known})"
            elif held:
                yield f"({write.among(value.text, held)} if {value.text}.__class__ is U else {known})"
            else:
                yield f"({value.text}.__class__ is not U and {known})"


def input_unknown(inputs: Inputs) -> Unknown:
    """The most lasting unknown among inputs; undefined where all are known."""
    unknowns = [value for value in inputs if isinstance(value, Unknown)]
    return lasting(*unknowns) if unknowns else do.UNDEFINED


def _return_step(write: TermWriter, decision: Decision, outcome: str, rows: str, inputs: str, outputs: str) -> None:
    """Writes `return Step(...)`."""
    new, step = write.out.constant(_NEW_STEP), write.out.constant(Step)
    name, outcome = write.out.constant(decision.name), write.out.constant(outcome)
    write.out.line(f"return {new}({step}, ({name}, key, {outcome}, {rows}, {inputs}, {outputs}))")


def decision_functions(terms: RulebookTerms, decision: Decision) -> DecisionFunctions:
    """The functions of a decision."""
    if isinstance(decision.body, Table):
        return TableFunctions(terms, decision, decision.body)
    return FormulaFunctions(terms, decision)
