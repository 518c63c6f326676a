"""Decisions: tables and formulas from their drafts, each with types, in an order in which all they need comes first."""

import re
from dataclasses import field, replace
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Location
from hyotei.rulebook import syntax as s
from hyotei.rulebook import terms as t
from hyotei.rulebook.blocks import CodeBlock
from hyotei.rulebook.check import number_kinds
from hyotei.rulebook.check.check_cells import check
from hyotei.rulebook.check.decision_order import after_needs
from hyotei.rulebook.check.expressions import Resolver
from hyotei.rulebook.check.names import DecisionName, Names, any_outputs
from hyotei.rulebook.check.paths import WRONG
from hyotei.rulebook.model import Decision, Formula, Input, Output, Row, Standing, Table
from hyotei.rulebook.outline import STANDINGS, Draft, DraftColumn, DraftTable
from hyotei.rulebook.parser import parse_cell, parse_expression, parse_output
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.table_text import CellText
from hyotei.rulebook.table_text import TextRow as TextRow
from hyotei.rulebook.types import (
    ANY,
    COUNT,
    TEXT,
    YEAR,
    AnyType,
    ListType,
    NumberType,
    ScaleType,
    Type,
    UnitType,
    settled,
    words,
)

FINDING: Final = "finding"
"""The output that makes a table with hit policy C an audit table."""

MOST_AT_ONCE: Final = 10
"""Decisions under way at once. All that a decision names are built before it, so only in a circle more can be needed."""

_CODE = re.compile(r"[A-Za-z][\w.-]*")


@dataclass(slots=True)
class Builder:
    """Builds every decision once, when it is first asked for."""

    names: Names
    problems: list[Diagnostic]
    drafts: dict[str, Draft] = field(default_factory=dict)
    built: dict[str, Decision | None] = field(default_factory=dict)
    busy: list[str] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    """Scales that nobody declared: each is the words of one output column, and others may use the same words."""

    def add(self, draft: Draft) -> None:
        """Makes a draft known by name, so that others may read it."""
        self.drafts[draft.name] = draft
        readable = not (isinstance(draft.body, DraftTable) and draft.body.policy == "C")
        self.names.decisions[draft.name] = DecisionName(
            draft.name, draft.scope, lambda: self.outputs(draft), readable, draft.title
        )

    def build_all(self) -> list[Decision]:
        """Every decision that can be built, as written. Those that a decision names are built before it."""
        named = {draft.name: sorted(self.drafts.keys() & draft.words()) for draft in self.drafts.values()}
        for name in after_needs(list(named), named):
            self.build(self.drafts[name])
        return [_settled(decision) for name in self.drafts if (decision := self.built[name]) is not None]

    def outputs(self, draft: Draft) -> tuple[Output, ...]:
        """The outputs of a decision and their types; asked in a circle, they are of any type and the circle is told later."""
        if draft.name not in self.built and draft.name not in self.busy and len(self.busy) < MOST_AT_ONCE:
            self.build(draft)
        decision = self.built.get(draft.name)
        return decision.outputs if decision is not None else any_outputs(draft.name)

    def build(self, draft: Draft) -> Decision | None:
        if draft.name in self.built:
            return self.built[draft.name]
        self.busy.append(draft.name)
        needs: dict[str, None] = {}
        try:
            if isinstance(draft.body, CodeBlock):
                decision = self.formula(draft, draft.body, needs)
            else:
                decision = self.table(draft, draft.body, needs)
        finally:
            self.busy.remove(draft.name)
        self.built[draft.name] = decision and replace(decision, needs=tuple(needs))
        return self.built[draft.name]

    def resolver(self, draft: Draft, place: Location, needs: dict[str, None]) -> Resolver:
        return Resolver(self.names, draft.scope, place, self.problems, needs)

    # -- formulas

    def formula(self, draft: Draft, code: CodeBlock, needs: dict[str, None]) -> Decision | None:
        text = code.text
        before = len(self.problems)
        try:
            parsed = parse_expression(text, self.names.special())
        except SyntaxProblem as problem:
            self.problems.append(self.in_code(draft, code, problem.diagnostic(Location(start=1))))
            return None
        local: list[Diagnostic] = []
        resolver = Resolver(self.names, draft.scope, Location(start=1), local, needs)
        term, found = resolver.single(parsed, self.names.scales.get(draft.name))
        self.problems.extend(self.in_code(draft, code, problem) for problem in local)
        if len(self.problems) > before and term == WRONG:
            found = ANY
        formula = Formula(text, term)
        return self.decision(draft, formula, (Output(draft.name, found),))

    def in_code(self, draft: Draft, code: CodeBlock, problem: Diagnostic) -> Diagnostic:
        """A problem of the joined code, moved to its line."""
        start = (problem.location.start or 1) - 1
        line, column = code.place(start)
        length = (problem.location.end or start + 2) - 1 - start
        return replace(problem, location=replace(draft.place, line=line, start=column, end=column + max(1, length)))

    def decision(
        self, draft: Draft, body: Table | Formula, outputs: tuple[Output, ...], audit: bool = False
    ) -> Decision:
        return Decision(
            draft.name, draft.title, draft.scope, body, outputs, (), audit, draft.standing, draft.source, draft.line
        )

    # -- tables

    def table(self, draft: Draft, table: DraftTable, needs: dict[str, None]) -> Decision | None:
        inputs = tuple(self.input(draft, column, needs) for column in table.inputs)
        audit = table.policy == "C" and table.outputs[0].text == FINDING
        types: list[Type] = []
        columns: list[list[t.Term]] = []
        for column in table.outputs:
            terms, found = self.output_column(draft, table, column, needs, code=audit and column is table.outputs[0])
            columns.append(terms)
            types.append(found)
        checked = [
            [self.cell(draft, row.cells, column, of.type, number, needs) for row, number in self.numbered(table)]
            for column, of in zip(table.inputs, inputs, strict=True)
        ]
        rows = tuple(
            Row(
                number,
                tuple(column[number - 1] for column in checked),
                tuple(column[number - 1] for column in columns),
                self.annotation(table, row.cells),
                self.standing(draft, table, row.cells, number),
                self.plain(table.source, row.cells),
                row.line,
                self.plain(table.question, row.cells),
            )
            for row, number in self.numbered(table)
        )
        outputs = tuple(Output(column.text, of) for column, of in zip(table.outputs, types, strict=True))
        body = Table(table.policy, inputs, rows)
        self.fitting(draft, body, outputs)
        if table.policy == "C#":
            outputs = (replace(outputs[0], type=COUNT),)
        if table.policy == "C+" and isinstance(outputs[0].type, NumberType):
            total = number_kinds.summed([outputs[0].type], listed=True)
            outputs = (replace(outputs[0], type=ANY if isinstance(total, str) else total),)
        return self.decision(draft, body, outputs, audit)

    @staticmethod
    def numbered(table: DraftTable) -> list[tuple[TextRow, int]]:
        return [(row, number) for number, row in enumerate(table.block.rows, 1)]

    def input(self, draft: Draft, column: DraftColumn, needs: dict[str, None]) -> Input:
        place = replace(draft.place, line=column.cell.line, column=column.text)
        offset = column.cell.text.find(column.text)
        place = replace(place, start=column.cell.column(max(offset, 0)))
        try:
            parsed = parse_expression(column.text, self.names.special())
        except SyntaxProblem as problem:
            self.problems.append(problem.diagnostic(place))
            return Input(column.text, WRONG, ANY)
        term, found = self.resolver(draft, place, needs).single(parsed)
        assert not isinstance(found, (ListType, UnitType)), "a single value is neither"
        return Input(column.text, term, found)

    def cell(
        self,
        draft: Draft,
        cells: tuple[CellText, ...],
        column: DraftColumn,
        of: Type,
        number: int,
        needs: dict[str, None],
    ) -> t.Check:
        if column.index >= len(cells):
            return t.ANYTHING
        cell = cells[column.index]
        place = replace(
            draft.place, line=cell.line, start=cell.start, end=cell.end, row=str(number), column=column.text
        )
        try:
            parsed = parse_cell(cell.text, self.names.special())
        except SyntaxProblem as problem:
            self.problems.append(problem.diagnostic(place))
            return t.ANYTHING
        return check(self.resolver(draft, place, needs), parsed, of)

    def output_column(
        self, draft: Draft, table: DraftTable, column: DraftColumn, needs: dict[str, None], code: bool
    ) -> tuple[list[t.Term], Type]:
        """The values of an output column, and the one type that holds them all."""
        parsed = [self.output_cell(draft, row.cells, column, number, code) for row, number in self.numbered(table)]
        expected: Type | None = self.names.scales.get(column.text) or self.own_scale(draft, column, parsed)
        terms: list[t.Term] = []
        common: Type = expected or ANY
        for (row, number), node in zip(self.numbered(table), parsed, strict=True):
            if node is None:
                terms.append(WRONG)
                continue
            cell = row.cells[column.index]
            place = replace(
                draft.place, line=cell.line, start=cell.start, end=cell.end, row=str(number), column=column.text
            )
            resolver = self.resolver(draft, place, needs)
            term, found = resolver.single(node, expected)
            common = resolver.merged(common, found, node.span, "HY534") or common
            terms.append(term)
        return terms, common

    def output_cell(
        self, draft: Draft, cells: tuple[CellText, ...], column: DraftColumn, number: int, code: bool
    ) -> s.Expression | None:
        cell = cells[column.index] if column.index < len(cells) else None
        place = replace(draft.place, row=str(number), column=column.text)
        if cell is None:
            line = cells[0].line if cells else draft.line
            self.problems.append(Diagnostic("HY411", replace(place, line=line)))
            return None
        if code and _CODE.fullmatch(folded(cell.text)):
            # The code of a finding may have dashes in it: RS-F01.
            return s.Text(folded(cell.text), span=(0, len(cell.text)))
        try:
            return parse_output(cell.text, self.names.special())
        except SyntaxProblem as problem:
            where = replace(place, line=cell.line, start=cell.start, end=cell.end)
            self.problems.append(problem.diagnostic(where))
            return None

    def own_scale(self, draft: Draft, column: DraftColumn, parsed: list[s.Expression | None]) -> ScaleType | None:
        """Bare words that mean nothing else are a scale of the output's own, in the order in which they appear."""
        found: dict[str, None] = {}
        resolver = Resolver(self.names, draft.scope, draft.place, [], {})
        for node in parsed:
            if isinstance(node, s.Name):
                declared = any(scale.name not in self.own for scale, _ in self.names.scales_with(node.text))
                if declared or resolver.lookup([node.text]) is not None:
                    return None
                found[node.text] = None
            elif node is not None and not isinstance(node, s.UnknownLiteral):
                return None
        if not found:
            return None
        scale = ScaleType(column.text, tuple(found), ordered=False)
        self.names.scales[column.text] = scale
        self.own.add(column.text)
        return scale

    def annotation(self, table: DraftTable, cells: tuple[CellText, ...]) -> str:
        texts = (self.plain(column, cells) for column in table.annotations)
        return "。".join(text.rstrip("。") for text in texts if text)

    @staticmethod
    def plain(column: DraftColumn | None, cells: tuple[CellText, ...]) -> str:
        return cells[column.index].text if column is not None and column.index < len(cells) else ""

    def standing(self, draft: Draft, table: DraftTable, cells: tuple[CellText, ...], number: int) -> Standing | None:
        written = self.plain(table.standing, cells)
        if not written or written == "-":
            return None
        if folded(written) not in STANDINGS:
            assert table.standing is not None
            cell = cells[table.standing.index]
            place = replace(
                draft.place, line=cell.line, start=cell.start, end=cell.end, row=str(number), column="standing"
            )
            self.problems.append(Diagnostic("HY325", place, {"written": written}))
            return None
        return STANDINGS[folded(written)]

    def fitting(self, draft: Draft, body: Table, outputs: tuple[Output, ...]) -> None:
        """Whether the hit policy fits the outputs."""
        if body.policy in ("C+", "C<", "C>", "C#"):
            if len(outputs) != 1:
                self.problems.append(Diagnostic("HY535", draft.place, {"policy": body.policy}))
            elif body.policy != "C#" and not isinstance(outputs[0].type, (NumberType, AnyType)):
                self.problems.append(
                    Diagnostic("HY536", draft.place, {"policy": body.policy, "found": words(outputs[0].type)})
                )
            elif body.policy == "C+" and outputs[0].type == YEAR:
                self.problems.append(Diagnostic("HY573", draft.place))
        if body.policy == "P":
            for output in outputs:
                if not (
                    (isinstance(output.type, ScaleType) and output.type.ordered) or isinstance(output.type, AnyType)
                ):
                    self.problems.append(Diagnostic("HY537", draft.place, {"name": output.name}))
            for column, output in enumerate(outputs):
                if any(not isinstance(row.outputs[column], (t.Constant, t.InputUnknown)) for row in body.rows):
                    self.problems.append(Diagnostic("HY547", draft.place, {"name": output.name}))
        if body.policy == "C" and not (outputs[0].name == FINDING and outputs[0].type in (TEXT, ANY)):
            self.problems.append(Diagnostic("HY538", draft.place))


def _settled(decision: Decision) -> Decision:
    """The decision with the types that a checked rulebook has."""
    outputs = tuple(replace(each, type=settled(each.type)) for each in decision.outputs)
    body = decision.body
    if isinstance(body, Table):
        body = replace(body, inputs=tuple(replace(each, type=settled(each.type)) for each in body.inputs))
    return replace(decision, body=body, outputs=outputs)
