"""Rulebooks with one or two edits, and a plain membership of inputs in regions that knows no bits."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from hyotei.proof.diff.bands import Joint
from hyotei.proof.diff.tables import YEAR_KEY, Piece, TableDiff
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.units import Unit
from hyotei.rulebook.values import Scalar
from tests.strategies import rulebooks

Draw = Callable[[Any], Any]


def with_table(book: Rulebook, decision: Decision, table: Table) -> Rulebook:
    """The rulebook with another table in a decision, its rows numbered anew."""
    rows = tuple(replace(row, number=number) for number, row in enumerate(table.rows, 1))
    changed = replace(decision, body=replace(table, rows=rows))
    return replace(book, decisions=tuple(changed if each is decision else each for each in book.decisions))


def tables_of(book: Rulebook) -> list[Decision]:
    return [each for each in book.decisions if isinstance(each.body, Table)]


@st.composite
def edited(draw: Draw, most: int = 2) -> tuple[Rulebook, Rulebook]:
    """A rulebook before and after some edits of a cell, an output, the rows, or a parameter."""
    old = draw(rulebooks().filter(lambda book: any(len(each.body.rows) > 1 for each in tables_of(book))))
    new = old
    for _ in range(draw(st.integers(1, most))):
        new = draw(edits_of(new))
    return old, new


@st.composite
def edits_of(draw: Draw, book: Rulebook) -> Rulebook:
    """The rulebook with one edit."""
    decision = draw(st.sampled_from([each for each in tables_of(book) if len(each.body.rows) > 1]))  # type: ignore[union-attr]
    table = decision.body
    one, other = draw(st.permutations(range(len(table.rows))))[:2]
    kind = draw(st.sampled_from(("cell", "output", "swap", "remove", "repeat", "parameter")))
    rows = list(table.rows)
    match kind:
        case "cell" if table.inputs:
            at = draw(st.integers(0, len(table.inputs) - 1))
            check = draw(st.sampled_from((rows[other].checks[at], t.ANYTHING)))
            rows[one] = replace(rows[one], checks=(*rows[one].checks[:at], check, *rows[one].checks[at + 1 :]))
        case "output":
            rows[one] = replace(rows[one], outputs=rows[other].outputs)
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


def holds(column: Joint, mask: int, value: Scalar) -> bool:
    """Whether a value lies in the elementary values of a mask."""
    named = {element.sample for element in column.values.elements if isinstance(element.sample, str)}
    for at, element in enumerate(column.values.elements):
        if not mask >> at & 1:
            continue
        band = element.band
        if band is not None:
            if not isinstance(value, (str, bool)) and hasattr(value, "as_tuple"):
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
