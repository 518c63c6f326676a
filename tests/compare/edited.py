"""Rulebooks with one or two edits, and a plain membership of inputs in regions that knows no bits."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from hyotei.compare.joint_columns import Joint
from hyotei.compare.table_comparison import YEAR_KEY, Piece, TableDiff
from hyotei.messages import HyoteiError
from hyotei.rulebook import terms as t
from hyotei.rulebook.check.decisions import FINDING
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import RESULTS, Decision, Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.types import NumberType
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import Scalar
from tests.strategies import rulebook_texts, rulebooks

Draw = Callable[[Any], Any]


def with_table(book: Rulebook, decision: Decision, table: Table) -> Rulebook:
    """The rulebook with another table in a decision, its rows numbered anew."""
    rows = tuple(replace(row, number=number) for number, row in enumerate(table.rows, 1))
    changed = replace(decision, body=replace(table, rows=rows))
    return replace(book, decisions=tuple(changed if each is decision else each for each in book.decisions))


def tables_of(book: Rulebook) -> list[Decision]:
    return [each for each in book.decisions if isinstance(each.body, Table)]


def _with_rows(book: Rulebook) -> bool:
    return any(isinstance(each.body, Table) and len(each.body.rows) > 1 for each in book.decisions)


@st.composite
def edited(draw: Draw, most: int = 2) -> tuple[Rulebook, Rulebook]:
    """A rulebook before and after some edits of a cell, an output, the rows, or a parameter."""
    old = draw(rulebooks().filter(_with_rows))
    new = old
    for _ in range(draw(st.integers(1, most))):
        new = draw(edits_of(new))
    return old, new


@dataclass(frozen=True, slots=True)
class Edited:
    """Two rulebooks, and the new name of every decision of the old one that has another."""

    old: Rulebook
    new: Rulebook
    names: dict[str, str]


@st.composite
def rewritten(draw: Draw, most: int = 2) -> Edited:
    """A rulebook before and after names were changed, scales turned around, and some edits made.

    Names are replaced in the document, which is read anew.
    """
    text = draw(rulebook_texts())
    old = parse_rulebook(text)
    names: dict[str, str] = {}
    taken = {*old.scales, *RESULTS, FINDING}
    for kind in draw(st.lists(st.sampled_from(("decision", "parameter", "output", "scale")), max_size=3)):
        match kind:
            case "decision":
                candidates = [each.name for each in old.decisions]
            case "parameter":
                candidates = list(old.parameters)
            case "output":
                candidates = [each.name for decision in old.decisions for each in decision.outputs]
            case _:
                text = turned(draw, text, old)
                continue
        candidates = [name for name in candidates if name not in taken]
        if not candidates:
            continue
        name = draw(st.sampled_from(candidates))
        taken.add(name)
        fresh = f"renamed_{len(taken)}"
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", fresh, text)
        if name in old.by_name:
            names[name] = fresh
    try:
        new = parse_rulebook(text)
    except HyoteiError:
        reject()
    for _ in range(draw(st.integers(0, most))):
        if any(len(each.body.rows) > 1 for each in tables_of(new)):  # type: ignore[union-attr]
            new = draw(edits_of(new))
    return Edited(old, new, names)


def turned(draw: Draw, text: str, book: Rulebook) -> str:
    """The document with the first two values of a scale exchanged where they are declared."""
    lines = text.splitlines()
    # Bands are scales too, but are declared beside their decision.
    declared = {name: f"  {name}:" for name in book.scales}
    places = [number for number, line in enumerate(lines) if line.startswith(tuple(declared.values()))]
    at = draw(st.sampled_from(places))
    name = next(name for name, start in declared.items() if lines[at].startswith(start))
    if lines[at].endswith("]"):  # its values stand on one line
        first, second = (re.escape(f'"{value}"') for value in book.scales[name].values[:2])
        lines[at] = re.sub(f"({first}), ({second})", r"\2, \1", lines[at])
    else:
        lines[at + 1], lines[at + 2] = lines[at + 2], lines[at + 1]
    return "\n".join(lines) + "\n"


@st.composite
def edits_of(draw: Draw, book: Rulebook) -> Rulebook:
    """The rulebook with one edit."""
    decision = draw(st.sampled_from([each for each in tables_of(book) if len(each.body.rows) > 1]))  # type: ignore[union-attr]
    table = decision.body
    one, other = draw(st.permutations(range(len(table.rows))))[:2]
    kind = draw(st.sampled_from(("cell", "output", "swap", "remove", "repeat", "parameter", "threshold", "input")))
    rows = list(table.rows)
    match kind:
        case "cell" if table.inputs:
            at = draw(st.integers(0, len(table.inputs) - 1))
            check = draw(st.sampled_from((rows[other].checks[at], t.ANYTHING)))
            rows[one] = replace(rows[one], checks=(*rows[one].checks[:at], check, *rows[one].checks[at + 1 :]))
        case "output":
            rows[one] = replace(rows[one], outputs=rows[other].outputs)
        case "threshold" if table.inputs:
            at = draw(st.integers(0, len(table.inputs) - 1))
            step = draw(st.sampled_from((Decimal(-1), Decimal(1), Decimal("-0.1"), Decimal("0.1"))))
            moved = t.Check(
                tuple(_moved(test, step) for test in rows[one].checks[at].tests), rows[one].checks[at].negated
            )
            rows[one] = replace(rows[one], checks=(*rows[one].checks[:at], moved, *rows[one].checks[at + 1 :]))
        case "input":
            numbers = [at for at, each in enumerate(table.inputs) if isinstance(each.type, NumberType)]
            if numbers:
                at = draw(st.sampled_from(numbers))
                change = draw(st.sampled_from((t.Absolute, t.Negation)))
                column = replace(table.inputs[at], term=change(table.inputs[at].term))
                inputs = (*table.inputs[:at], column, *table.inputs[at + 1 :])
                return with_table(book, decision, replace(table, inputs=inputs))
        case "swap":
            rows[one], rows[other] = rows[other], rows[one]
        case "remove" if len(rows) > 2:
            del rows[one]
        case "repeat":
            rows.insert(one, rows[other])
        case "parameter" if len(book.parameters) > 1:
            names = sorted(book.parameters)
            name = draw(st.sampled_from(names))
            same = [each for each in names if book.parameters[each].type == book.parameters[name].type]
            value = book.parameters[draw(st.sampled_from(same))]
            return replace(book, parameters={**book.parameters, name: replace(value, name=name)})
    return with_table(book, decision, replace(table, rows=tuple(rows)))


def _moved(test: t.Test, step: Decimal) -> t.Test:
    """The test with its constant end points moved."""
    if not isinstance(test, t.Range):
        return test

    def end(of: t.Term | None) -> t.Term | None:
        if isinstance(of, t.Constant) and isinstance(of.value, Decimal):
            return t.Constant(of.value + step)
        return of

    return replace(test, low=end(test.low), high=end(test.high))


def holds(column: Joint, mask: int, value: Scalar) -> bool:
    """Whether a value lies in the elementary values of a mask."""
    named = {element.sample for element in column.values.elements if isinstance(element.sample, str)}
    for at, element in enumerate(column.values.elements):
        if not mask >> at & 1:
            continue
        band = element.band
        if band is not None:
            if isinstance(value, Decimal):
                if band.point:
                    inside = value == band.low
                else:
                    inside = (band.low is None or value > band.low) and (band.high is None or value < band.high)
                if column.key == YEAR_KEY:
                    assert band.low is not None
                    assert band.high is not None
                    inside = band.low <= value <= band.high
                if inside:
                    return True
        elif element.sample == "*":
            if isinstance(value, str) and value not in named:
                return True
        elif type(element.sample) is type(value) and element.sample == value:
            return True
    return False


def covering(
    found: TableDiff, books: Sequence[Rulebook], readings: Sequence[Reading], units: Sequence[Unit], year: Scalar
) -> list[Piece]:
    """The regions in which the inputs of a unit lie, under the old and under the new rulebook."""
    values: list[list[Scalar | None]] = []
    for column in found.columns:
        row: list[Scalar | None] = []
        for side, reading, unit in zip((column.old, column.new), readings, units, strict=True):
            if column.key == YEAR_KEY:
                row.append(year)
                continue
            if side is None:
                row.append(None)
                continue
            value = reading.value(side.input.term, unit)
            row.append(value if side.check is None else reading.check(side.check, value, side.stated, unit))
        values.append(row)
    return [
        piece
        for piece in found.pieces
        if all(
            value is None or holds(column, mask, value)
            for column, mask, row in zip(found.columns, piece.box, values, strict=True)
            for value in row
        )
    ]
