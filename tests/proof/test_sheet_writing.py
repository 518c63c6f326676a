"""Sheets written from values of free figures have just these values: what the solver finds can be shown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.proof import formulas as f
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import disj
from hyotei.proof.guarded_values import GuardedValue
from hyotei.proof.sheet_shapes import Shape, free_sheet
from hyotei.proof.sheet_writing import sheet_of
from hyotei.proof.solver import Solver
from hyotei.proof.symbolic import Reading
from hyotei.proof.witness import Concretiser
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.rulebook.values import UNKNOWNS, Scalar
from hyotei.rulebook.vocabulary import BY_NAME, FIGURES, FigureName
from tests.interpreters import exactly
from tests.proof.symbolic_interpreter import written
from tests.strategies import HALF, rulebook_texts, sheets

HEAD = """---
rulebook: figures
title: 項目
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: [A, B]
---
# 値 `found` — for each {scope}

| F | `{name}` | **rating** |
|---|---|---|
| 1 | unknown | A |
| 2 | - | B |
"""
NUMBERS = tuple(map(Fraction, ("0", "1", "2", "7", "-3", "1/4", "2011", "2013", "5000")))


def read_by_a_rule(figure: FigureName) -> Rulebook:
    """A rulebook that reads just this figure."""
    scope = figure.scope.replace("_", " ")
    text = HEAD.format(scope=scope, name=figure.name)
    return parse_rulebook(text.replace("for each sheet", "for the sheet"))


def possible_values(figure: FigureName, inputs: Inputs) -> list[Scalar]:
    """Values of every kind that the figure can have, each reason of unknown among them."""
    domain = inputs.domains.figure(figure.scope, figure.name)
    numbers = [Decimal(each.numerator) / each.denominator for each in NUMBERS]
    found: list[Scalar] = [*numbers, *domain.named, *UNKNOWNS, *(("", "ほかの文字列") if domain.texts else ())]
    return [value for value in found if domain.holds(value)]


def same(value: GuardedValue, wanted: Scalar) -> Truth:
    if isinstance(wanted, Decimal):
        return disj(
            *(f.conj(guard, f.compared("=", each, f.number(Fraction(wanted)))) for guard, each in value.numbers)
        )
    return value.holds(wanted)


@pytest.mark.parametrize("key", [(each.scope, each.name) for each in FIGURES], ids=".".join)
def test_every_figure_of_the_table_is_written_with_every_value_that_it_can_have(key: tuple[Scope, str]) -> None:
    """A number, each value of a scale, no text and any, each reason of unknown: the sheet that is written has it, read back."""
    figure = BY_NAME[key]
    rulebook = read_by_a_rule(figure)
    wanted = possible_values(figure, Inputs(rulebook))
    assert len(wanted) > 1 or figure.name == "fiscal_year"
    for value in wanted:
        inputs = Inputs(rulebook, texts=("ほかの文字列",))
        root = free_sheet(Shape(((1,),), 1, (1,) if figure.scope == "year" else ()), inputs)
        place = root.below(figure.scope)[0]
        truth = same(Reading(rulebook, inputs).figure(figure.name, place), value)
        concretiser = Concretiser(Solver(20), inputs, [place.present, truth])
        assert concretiser.solve(), f"{figure.name} cannot be {value!r}"
        assert concretiser.refine(root)
        sheet = sheet_of(rulebook, inputs, root, concretiser.values)
        unit = unit_tree(sheet, rulebook).below(figure.scope)[0]
        assert unit.figure(figure.name) == value


def written_as_read(data: st.DataObject) -> None:
    rulebook = parse_rulebook(data.draw(rulebook_texts(), label="rulebook"))
    sheet = data.draw(sheets(rulebook), label="sheet")
    again = written(rulebook, sheet)
    assert exactly(evaluate(rulebook, again)) == exactly(evaluate(rulebook, sheet))


@settings(max_examples=max(1, HALF.max_examples // 2))
@given(data=st.data())
def test_a_sheet_is_written_as_it_was_read(data: st.DataObject) -> None:
    """A free sheet held to the figures that a drawn rulebook reads of a drawn sheet is written with the same derivation."""
    written_as_read(data)


@pytest.mark.slow
@settings(max_examples=300)
@given(data=st.data())
def test_a_sheet_is_written_as_it_was_read_many_times(data: st.DataObject) -> None:
    """The same over many more."""
    written_as_read(data)
