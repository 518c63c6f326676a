"""Columns as whole numbers: on the numbers, a cell is hit exactly where the reference says that it holds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.compiler.compiled_rulebook import CompiledRulebook
from hyotei.compiler.decision_functions import RulebookTerms, TableFunctions
from hyotei.inference.column_encoding import Alternative, column
from hyotei.inference.program import encoder
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.reference import Reading, evaluate, stated_reasons
from hyotei.rulebook.values import REASONS, Unknown
from hyotei.sheet import Sheet
from tests.interpreters import exact
from tests.rulebook.small import SHEET, rulebook, table
from tests.strategies import HALF, rulebooks, sheets


def hit(alternatives: list[Alternative] | None, fact: list[int]) -> bool:
    """Whether one of the alternatives holds of a fact, whose features have two numbers each."""
    return alternatives is None or any(
        all(fact[2 * feature + 1] >= low and fact[2 * feature] <= high for feature, low, high in alternative)
        for alternative in alternatives
    )


def compared(book: Rulebook, sheet: Sheet, decision: Decision, body: Table) -> None:
    """Holds every cell of a table against the reference, for every unit of a sheet."""
    reading = Reading(book, sheet)
    reading.steps = dict(evaluate(book, sheet).steps)
    ready = CompiledRulebook(book, sheet.fiscal_year)
    functions = ready.decisions[decision.name]
    assert isinstance(functions, TableFunctions)
    stated = [stated_reasons(body, index) for index in range(len(body.inputs))]
    encoded = [
        column(functions.terms.constant, source, [row.checks[index] for row in body.rows], stated[index])
        for index, source in enumerate(body.inputs)
    ]
    cells = [[each.alternatives(row.checks[index]) for row in body.rows] for index, each in enumerate(encoded)]
    encode = encoder(functions, tuple(each.column for each in encoded))
    values = ready.values(reading.root)
    values.ready([*encode.needs, *(each.slot for each in ready.decisions.values())])
    for name, other in ready.decisions.items():
        values.lists[other.slot][:] = [
            reading.steps[name, unit.key].outputs for unit in reading.root.below(other.decision.scope)
        ]
    for number, unit in enumerate(reading.root.below(decision.scope)):
        fact: list[int] = []
        inputs, open_at_all = encode.function(values.lists, number, fact)
        assert exact(inputs) == exact(tuple(reading.value(source.term, unit) for source in body.inputs))
        assert open_at_all is any(low != high for low, high in zip(fact[::2], fact[1::2], strict=True))
        for index, each in enumerate(encoded):
            own, fact = fact[: 2 * each.column.features], fact[2 * each.column.features :]
            still_open = any(low != high for low, high in zip(own[::2], own[1::2], strict=True))
            for row, alternatives in zip(body.rows, cells[index], strict=True):
                expected = reading.check(row.checks[index], inputs[index], stated[index], unit)
                if isinstance(expected, Unknown):
                    assert still_open
                if still_open:
                    assert hit(alternatives, own) or expected is False
                else:
                    assert hit(alternatives, own) is expected
        assert not fact


@HALF
@given(data=st.data())
def test_cell_is_hit_where_it_holds(data: st.DataObject) -> None:
    """A fact that is not open hits a cell exactly where it holds; an open one hits at least where it may hold."""
    book = data.draw(rulebooks())
    sheet = data.draw(sheets(book))
    for decision in book.decisions:
        if isinstance(decision.body, Table):
            compared(book, sheet, decision, decision.body)


@pytest.mark.parametrize(
    "cells",
    [
        ("5以上", "4超", "[4..5)", "not(4以上5以下)"),
        ("4以上, 4未満", "not(4)", "unknown", "-"),
        ("unknown(missing)", "not(unknown(missing), 4)", "unknown(unsettled), 5"),
        ("`measures[1].target` 以上", "not(`measures[1].target`)", "4以上`measures[1].target`以下"),
        ("`measures[3].target` 以上", "4, `measures[3].target`", "not(`measures[3].target`以上, 4)"),
        (
            "1, 2, 3, 5, 6, 7, 8, 9, 10, 11",
            "unknown(missing), 4",
            "not(1, 2, 3, 5, 6, 7, 8, 9, 10, unknown(unsettled))",
        ),
        (
            "not(1, 2, 3, 4, 5, 6, 7)",
            "1, 2, 3, 4, 5, 6, 7, 8, 9",
            "not(1以上2以下, 3以上4以下, 5以上6以下, 7以上8以下)",
        ),
    ],
)
@pytest.mark.parametrize("value", ["3.999999", "4", "4.000001", "5", "10", *REASONS])
def test_cells_of_every_form_on_and_beside_their_ends(cells: tuple[str, ...], value: str) -> None:
    """Open and closed ends, negations, ends computed from the sheet, and unknown of every reason."""
    text = f"0 + {value}" if value[0].isdigit() else f"if true then unknown({value}) else measures[1].actual"
    rows = "\n".join(f"| {number} | {cell} | 1 |" for number, cell in enumerate(cells, 1))
    book = rulebook(table(f"| C# | `{text}` | **x** |\n{rows}"))
    body = book.by_name["x"].body
    assert isinstance(body, Table)
    compared(book, SHEET, book.by_name["x"], body)


def test_bands_count_points_and_stretches_from_below() -> None:
    """Between, on and beside two end points a value has the bands 0 to 4, however many digits it has."""
    book = rulebook(table("| F | `measures[1].actual` | **x** |\n| 1 | 1以上2以下 | 1 |"))
    body = book.by_name["x"].body
    assert isinstance(body, Table)
    terms = RulebookTerms(book, 2012)
    encoded = column(terms.constant, body.inputs[0], [body.rows[0].checks[0]], frozenset()).column
    values = ("-1E+18", "0.99999999999999999999", "1", "1.5", "2.000", "2.00000000000000000001", "1E+30")
    assert [encoded.main(Decimal(value)) for value in values] == [0, 0, 1, 2, 3, 4, 4]
