"""How decisions come out over a sheet (sections 4, 6, 11.3, 11.4 and 13)."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.outside.cells import Cell
from tests.outside.document import Rulebook, Table
from tests.outside.expressions import Node
from tests.outside.figures import Data, Unit, units
from tests.outside.meaning import UNDEFINED, Meaning, within_reach
from tests.outside.numerals import fold, number
from tests.outside.unknown import REASON_WORDS, Truth, Unknown, Value, every, most_lasting


@dataclass(frozen=True)
class Result:
    """A decision for one unit: how it came out, by which rows, the values of its inputs, and its outputs.

    The outputs of an audit table are a tuple for each row.
    """

    outcome: str
    rows: tuple[int, ...]
    inputs: tuple[Any, ...]
    outputs: tuple[Any, ...]


def decide(rulebook: Rulebook, sheet: Data) -> dict[tuple[str, str], Result]:
    """All decisions of a rulebook over a sheet, by their name and the key of the unit."""
    return Decisions(rulebook, sheet).all()


class Decisions:
    """The decisions over one sheet, each made when it is first asked for."""

    def __init__(self, rulebook: Rulebook, sheet: Data) -> None:
        self.rulebook, self.sheet = rulebook, sheet
        self.meaning = Meaning(self, int(sheet["fiscal_year"]))
        self.read: dict[str, Read] = {}
        self.made: dict[tuple[str, str], Result] = {}

    @cached_property
    def root(self) -> Unit:
        return units(self.sheet)

    def all(self) -> dict[tuple[str, str], Result]:
        return {
            (name, unit.key): self.made_at(name, unit)
            for name, decision in self.rulebook.decisions.items()
            for unit in self.root.below(decision.scope)
        }

    def made_at(self, name: str, unit: Unit) -> Result:
        key = name, unit.key
        if key not in self.made:
            self.made[key] = self.make(self.reading(name), unit)
        return self.made[key]

    def output(self, decision: str, output: str | None, unit: Unit) -> Value:
        outputs = self.rulebook.decisions[decision].outputs
        found: Value = self.made_at(decision, unit).outputs[outputs.index(output) if output else 0]
        return found

    # -- reading tables

    def reading(self, name: str) -> "Read":
        if name not in self.read:
            self.read[name] = self.read_decision(name)
        return self.read[name]

    def read_decision(self, name: str) -> "Read":
        decision = self.rulebook.decisions[name]
        if isinstance(decision.body, str):
            return Read("", formula=self.rulebook.expression(decision.body), scale=self.scale(name))
        table = decision.body
        inputs = tuple(self.rulebook.expression(text) for text in table.inputs)
        kinds = tuple(self.meaning.kind(node, decision.scope) for node in inputs)
        scales = tuple(kind if kind in self.rulebook.scales else "" for kind in kinds)
        readers = tuple(self.rulebook.cells(scale) for scale in scales)
        rows = tuple(
            (
                tuple(reader.cell(text) for reader, text in zip(readers, cells, strict=True)),
                tuple(self.output_cell(text, name, place, table) for place, text in enumerate(outputs)),
            )
            for cells, outputs in table.rows
        )
        return Read(table.policy, inputs, scales, rows, table=table, scale=self.scale(name))

    def scale(self, name: str) -> str:
        return name if name in self.rulebook.scales else ""

    def output_scale(self, read: "Read", place: int) -> str:
        assert read.table
        return self.scale(read.table.outputs[place]) or (read.scale if place == 0 else "")

    def output_cell(self, text: str, decision: str, place: int, table: Table) -> Node:
        scale = self.scale(table.outputs[place]) or (self.scale(decision) if place == 0 else "")
        text = fold(text)
        if text in (spellings := self.rulebook.spellings(scale)):
            return "value", spellings[text]
        if match := re.fullmatch(r"(?:unknown|不明)\s*(?:\(\s*(\w+)\s*\))?", text):
            return ("unknown", REASON_WORDS[match[1]]) if match[1] else ("reason of the inputs",)
        if match := re.fullmatch(r"`([^`]*)`", text):
            inside = match[1].strip()
            # A value means the same as an expression.
            literal = inside in spellings or inside in ("true", "false") or inside[:1] == '"' or number(inside)
            return self.output_cell(inside, decision, place, table) if literal else self.rulebook.expression(inside)
        if match := re.fullmatch(r'"([^"]*)"', text):
            return "value", match[1]
        if text in ("true", "false"):
            return "value", text == "true"
        found = number(text)
        return "value", found[0] if found and table.outputs[place] != "finding" else text

    def output_kind(self, decision: str, output: str | None) -> str:
        """Number, truth, text, or the name of a scale."""
        found = self.rulebook.decisions[decision]
        if isinstance(found.body, str):
            return self.scale(decision) or self.meaning.kind(self.rulebook.expression(found.body), found.scope)
        place = found.outputs.index(output) if output else 0
        if found.body.policy in ("C#", "C+", "C<", "C>"):
            return "number"
        if scale := self.scale(found.outputs[place]) or (self.scale(decision) if place == 0 else ""):
            return scale
        kinds = (self.meaning.kind(outputs[place], found.scope) for _, outputs in self.reading(decision).rows)
        return next((kind for kind in kinds if kind), "")

    # -- deciding

    def make(self, read: "Read", unit: Unit) -> Result:
        if read.formula:
            return Result("computed", (), (), (self.meaning.value(read.formula, unit, read.scale),))
        values = [self.meaning.value(node, unit) for node in read.inputs]
        holding, opened = [], []
        for place, (cells, _) in enumerate(read.rows):
            truth = every(
                self.holds(each, [row[column] for row, _ in read.rows], values[column], unit, read.scales[column])
                for column, each in enumerate(cells)
            )
            if truth is True:
                holding.append(place)
            elif isinstance(truth, Unknown):
                opened.append((place, truth))
        return chosen(self, read, holding, opened, values, unit)

    def holds(self, tests: Cell, column: list[Cell], value: Any, unit: Unit, scale: str) -> Truth:
        """Whether a value fits a cell of a column, which may speak of unknown."""
        if not tests.tests:
            return True
        if isinstance(value, Unknown) and any(each.asks_for(value.reason) for each in column):
            return tests.asks_for(value.reason) and not tests.negated
        return self.meaning.fits(tests, value, unit, scale)

    def outputs_of(self, read: "Read", row: int, values: list[Any], unit: Unit) -> tuple[Value, ...]:
        def one(place: int, node: Node) -> Any:
            if node[0] == "reason of the inputs":
                return most_lasting(values) or UNDEFINED
            assert read.table
            return self.meaning.value(node, unit, self.output_scale(read, place))

        return tuple(one(place, node) for place, node in enumerate(read.rows[row][1]))


@dataclass(frozen=True)
class Read:
    """A decision as read: a formula, or the inputs, cells and output cells of a table."""

    policy: str
    inputs: tuple[Node, ...] = ()
    scales: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[Cell, ...], tuple[Node, ...]], ...] = ()
    formula: Node | None = None
    scale: str = ""
    table: Table | None = None


def chosen(
    decisions: Decisions,
    read: Read,
    holding: list[int],
    opened: list[tuple[int, Unknown]],
    values: list[Any],
    unit: Unit,
) -> Result:
    """What the hit policy makes of the rows that hold and of the open ones."""
    assert read.table
    count = len(read.table.outputs)

    def outputs(row: int) -> tuple[Value, ...]:
        return decisions.outputs_of(read, row, values, unit)

    def result(outcome: str, rows: list[int], found: tuple[Any, ...]) -> Result:
        return Result(outcome, tuple(row + 1 for row in rows), tuple(values), found)

    def undecided(rows: list[tuple[int, Unknown]]) -> Result:
        why = most_lasting(unknown for _, unknown in rows)
        return result("undecided", [row for row, _ in rows], (why,) * (1 if read.policy == "C#" else count))

    nothing = (UNDEFINED,) * count
    match read.policy:
        case "C":
            return result("fired", holding, tuple(outputs(row) for row in holding))
        case "C+" | "C#" | "C<" | "C>" as policy:
            if opened:
                return undecided(opened)
            if policy == "C#":
                return result("fired", holding, (Fraction(len(holding)),))
            found: list[Any] = [outputs(row)[0] for row in holding]
            if policy == "C+":
                return result("fired", holding, (most_lasting(found) or within_reach(sum(found, Fraction(0))),))
            least = min if policy == "C<" else max
            return result("fired", holding, (most_lasting(found) or (least(found) if found else UNDEFINED),))
        case "F":
            first = min(holding, default=len(read.rows))
            if opened and opened[0][0] < first:
                return undecided(opened[:1])
            return result("fired", [first], outputs(first)) if holding else result("gap", [], nothing)
        case "U" | "A" as policy:
            if len(holding if policy == "U" else {read.rows[row][1] for row in holding}) > 1:
                return result("conflict", holding, nothing)
            if opened:
                return undecided(opened)
            return result("fired", holding, outputs(holding[0])) if holding else result("gap", [], nothing)
    # Priority: the best outputs in their scales, the first output before the second; of equals the upper row.
    orders = [decisions.rulebook.scales[decisions.output_scale(read, place)][0] for place in range(count)]

    def rank(row: int) -> list[int]:
        return [
            len(order) if isinstance(output, Unknown) else order.index(str(output))
            for order, output in zip(orders, outputs(row), strict=True)
        ]

    best = min(holding, key=rank, default=None)
    better = [each for each in opened if best is None or rank(each[0]) < rank(best)]
    if better:
        return undecided(better)
    return result("fired", [best], outputs(best)) if best is not None else result("gap", [], nothing)
