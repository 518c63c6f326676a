"""The symbolic reading has the meaning of the reference, and lets in every sheet."""

from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.base.exact import Rounding, divide
from hyotei.proof.fraction_rounding import rounded
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.reference import evaluate
from tests.interpreters import exactly
from tests.proof.symbolic_interpreter import interpret
from tests.strategies import HALF, rulebook_texts, sheets, suppositions

QUARTER = settings(max_examples=max(1, HALF.max_examples // 2))


def agree(data: st.DataObject) -> None:
    rulebook = parse_rulebook(data.draw(rulebook_texts(), label="rulebook"))
    sheet = data.draw(sheets(rulebook), label="sheet")
    assert exactly(interpret(rulebook, sheet)) == exactly(evaluate(rulebook, sheet))
    supposed = data.draw(suppositions(rulebook, sheet), label="supposed")
    if supposed:
        assert exactly(interpret(rulebook, sheet, supposed)) == exactly(evaluate(rulebook, sheet, supposed))


@QUARTER
@given(data=st.data())
def test_symbolic_reading_gives_the_derivation_of_the_reference(data: st.DataObject) -> None:
    """Every step, row, input and output of drawn rulebooks and sheets; Z3 agrees on all of them."""
    agree(data)


@pytest.mark.slow
@settings(max_examples=300)
@given(data=st.data())
def test_symbolic_reading_gives_the_derivation_of_the_reference_many_times(data: st.DataObject) -> None:
    """The same over many more."""
    agree(data)


@given(st.fractions(-60, 60, max_denominator=40), st.integers(-2, 3))
def test_formulas_are_rounded_as_exact_numbers_are(value: Fraction, digits: int) -> None:
    """Every rounding, on both sides of zero, on halves of the step and beside them."""
    for rounding in get_args(Rounding):
        exactly = divide(Decimal(value.numerator), Decimal(value.denominator), digits, rounding)
        assert rounded(value, digits, rounding) == Fraction(exactly), rounding
