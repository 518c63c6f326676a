"""The second method, which knows no solver: a table is looked through over the elementary values of its columns.

It must agree with Z3 on every gap, overlap and masked row. It reads single cells as the reference does, for one sample of each
elementary value, and does the rest by subtracting boxes.
"""

from dataclasses import field
from typing import Final

from hyotei.base import deadline
from hyotei.compare.boxes import (
    MOST_BOXES,
    Box,
    ColumnValues,
    TooManyBoxes,
    covered,
    elements,
    intersect,
    remainder,
    subtract,
)
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.hit_policies import priority
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.reference import Reading, stated_reasons
from hyotei.rulebook.term_domain import domains_of, years_of
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet

MOST_STEPS: Final = 400_000
"""Boxes looked at before a sweep is given up."""
MOST_YEARS: Final = 6


class NotEnumerated(Exception):
    """A table that has no elementary values: an end point of a cell is computed from the sheet."""


@dataclass(slots=True)
class Enumeration:
    """What a sweep of a table found, of one fiscal year."""

    columns: list[ColumnValues]
    gaps: list[Box] = field(default_factory=list)
    fires: set[int] = field(default_factory=set)
    holds: set[int] = field(default_factory=set)
    clashes: "dict[tuple[int, int], list[Box]]" = field(default_factory=dict)


def sweeps(rulebook: Rulebook, decision: Decision, table: Table) -> list[Enumeration]:
    """The sweep of a table, once for each span of years with parameters of its own.

    Raises:
        NotSwept: a cell computes what it compares with.
        TooManyBoxes: the table is too large.
    """
    return [_sweep(rulebook, decision, table, year) for year in _years(rulebook, table)]


def _years(rulebook: Rulebook, table: Table) -> list[int]:
    """One year for each span in which the parameters of the table's cells have the same values."""
    first, last = years_of(rulebook)
    starts = {first}
    for row in table.rows:
        for check in row.checks:
            for term in _ends(check):
                for parameter in (part for part in _walk(term) if isinstance(part, t.Parameter)):
                    for dated in rulebook.parameters[parameter.name].dated:
                        starts |= {dated.first or first, (dated.last + 1) if dated.last is not None else first}
    found = sorted(year for year in starts if first <= year <= last)
    if len(found) > MOST_YEARS:
        raise TooManyBoxes
    return found


def _ends(check: t.Check) -> list[t.Term]:
    found: list[t.Term] = []
    for test in check.tests:
        if isinstance(test, t.Range):
            found += [end for end in (test.low, test.high) if end is not None]
        elif isinstance(test, t.Same):
            found.append(test.value)
        elif isinstance(test, t.HasText):
            raise NotEnumerated  # Any text may contain another.
    return found


def _walk(term: t.Term) -> list[t.Term]:
    """A constant expression and its parts.

    Raises:
        NotSwept: it rests on the sheet.
    """
    match term:
        case t.Constant() | t.Parameter():
            return [term]
        case t.Calculation(_, left, right):
            return [term, *_walk(left), *_walk(right)]
        case t.Negation(operand) | t.Absolute(operand) | t.Rounded(_, operand, _):
            return [term, *_walk(operand)]
        case _:
            raise NotEnumerated


def _sweep(rulebook: Rulebook, decision: Decision, table: Table, year: int) -> Enumeration:
    sheet = Sheet(id="sweep", title="sweep", authority=rulebook.authority, fiscal_year=year)
    reading = Reading(rulebook, sheet)
    columns = [_column(rulebook, table, at, reading) for at in range(len(table.inputs))]
    true_boxes: list[Box] = []
    maybe_boxes: list[Box] = []
    for row in table.rows:
        deadline.check_deadline()
        true_box, maybe_box = [], []
        for at, (check, column) in enumerate(zip(row.checks, columns, strict=True)):
            stated = stated_reasons(table, at)
            held = [reading.check(check, element.sample, stated, reading.root) for element in column.elements]
            true_box.append(sum(1 << place for place, each in enumerate(held) if each is True))
            maybe_box.append(sum(1 << place for place, each in enumerate(held) if each is not False))
        true_boxes.append(tuple(true_box))
        maybe_boxes.append(tuple(maybe_box))
    everything = tuple(column.full for column in columns)
    found = Enumeration(columns)
    budget = [MOST_STEPS]
    found.holds = {row.number for row, box in zip(table.rows, true_boxes, strict=True) if all(box)}
    if table.policy in ("U", "A", "F", "P"):
        found.gaps = remainder(everything, maybe_boxes)
    match table.policy:
        case "F":
            for at, row in enumerate(table.rows):
                if all(true_boxes[at]) and not covered(true_boxes[at], maybe_boxes[:at], budget):
                    found.fires.add(row.number)
        case "P":
            ranks = [priority(decision, table, row.number) for row in table.rows]
            for at, row in enumerate(table.rows):
                before = [
                    maybe_boxes[other] if ranks[other] < ranks[at] else true_boxes[other]
                    for other in range(len(ranks))
                    if ranks[other] < ranks[at] or (ranks[other] == ranks[at] and other < at)
                ]
                if all(true_boxes[at]) and not covered(true_boxes[at], before, budget):
                    found.fires.add(row.number)
        case "U" | "A":
            _together(table, true_boxes, maybe_boxes, found, budget)
        case _:
            found.fires = set(found.holds)
    return found


def _together(
    table: Table, true_boxes: "list[Box]", maybe_boxes: "list[Box]", found: Enumeration, budget: list[int]
) -> None:
    """Rows of U and A: which pairs clash, and which rows answer at all."""
    unclear = [
        piece
        for true_box, maybe_box in zip(true_boxes, maybe_boxes, strict=True)
        if all(maybe_box)
        for piece in (subtract(maybe_box, true_box) if all(true_box) else [maybe_box])
    ]
    unclear.sort(key=lambda box: -sum(mask.bit_count() for mask in box))
    if len(unclear) > MOST_BOXES:
        raise TooManyBoxes
    against: dict[int, list[Box]] = {}
    for at, row in enumerate(table.rows):
        for other in range(at):
            both = intersect(true_boxes[at], true_boxes[other])
            if both is None:
                continue
            earlier = table.rows[other]
            if table.policy == "A" and row.outputs == earlier.outputs:
                continue
            found.clashes[earlier.number, row.number] = [both]
            against.setdefault(at, []).append(true_boxes[other])
            against.setdefault(other, []).append(true_boxes[at])
    for at, row in enumerate(table.rows):
        if all(true_boxes[at]) and not covered(true_boxes[at], [*against.get(at, []), *unclear], budget):
            found.fires.add(row.number)


def _column(rulebook: Rulebook, table: Table, at: int, reading: Reading) -> ColumnValues:
    """The elementary values of a column."""
    column = table.inputs[at]
    named: list[Scalar] = []
    for row in table.rows:
        for end in _ends(row.checks[at]):
            _walk(end)
            named.append(reading.value(end, reading.root))
        for test in row.checks[at].tests:
            if isinstance(test, t.OneOf):
                named.extend(test.values)
    domain = domains_of(rulebook).column(column)
    return ColumnValues(column.type, elements(domain, named))
