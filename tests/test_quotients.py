"""Quotients near what they are compared with, over all interpreters."""

from fractions import Fraction

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from hyotei.base.exact import plain
from hyotei.base.quotient import Quotient
from hyotei.inference.engine import derive
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import Sheet
from tests.examples import EXAMPLES, one_in
from tests.interpreters import INTERPRETERS, exactly
from tests.quotient_cases import quotient_rulebooks, quotient_sheets
from tests.rulebook.small import HEAD, formula, rulebook, table

FEW = settings(max_examples=one_in(20, least=5))
MANY = settings(max_examples=10 * EXAMPLES)


def agree(name: str, data: st.DataObject) -> None:
    book = data.draw(quotient_rulebooks())
    sheet = data.draw(quotient_sheets())
    assert exactly(INTERPRETERS[name](book, sheet, None)) == exactly(evaluate(book, sheet))


@given(data=st.data())
def test_quotients_are_compared_alike(data: st.DataObject) -> None:
    """Every step of the engine is that of the reference, with the same fractions."""
    agree("durable", data)


@FEW
@given(data=st.data())
def test_quotients_are_compared_alike_by_formulas(data: st.DataObject) -> None:
    """Likewise of the formulas that proofs are made of."""
    agree("symbolic", data)


@pytest.mark.slow
@MANY
@given(data=st.data())
def test_quotients_are_compared_alike_many_times(data: st.DataObject) -> None:
    """The same over ten times as many examples."""
    agree("durable", data)


@given(sheet=quotient_sheets())
def test_what_is_shown_is_alike(sheet: Sheet) -> None:
    """Both engines show the same six decimals."""
    book = rulebook(formula("actual / target", "q", "measure"), formula("mean(measures.q)", "s"))
    shown = [
        {key: [plain(each) for each in step.outputs if isinstance(each, Quotient)] for key, step in found.steps.items()}
        for found in (evaluate(book, sheet), derive(book, sheet))
    ]
    assert shown[0] == shown[1]


COMPARISONS = {
    "超": lambda a, b: a > b,
    "以上": lambda a, b: a >= b,
    "以下": lambda a, b: a <= b,
    "未満": lambda a, b: a < b,
    "": lambda a, b: a == b,
}


@pytest.mark.parametrize("name", ["reference", "durable"])
@given(sheet=quotient_sheets(), word=st.sampled_from(sorted(COMPARISONS)))
def test_cells_compare_the_fraction(name: str, sheet: Sheet, word: str) -> None:
    """A cell decides as fractions of the figures do, which know nothing of the engine."""
    book = rulebook(
        table(f"| F | `actual / target` | **x** |\n| 1 | 100%{word} | true |\n| 2 | - | false |", "x", "measure")
    )
    found = INTERPRETERS[name](book, sheet, None)
    for number, measure in enumerate(sheet.objectives[0].indicators[0].measures, 1):
        actual, target = measure.actual.value, measure.target.value
        if actual is not None and target:
            expected = COMPARISONS[word](Fraction(actual) / Fraction(target), 1)
            assert found.value("x", f"measures[{number}]") is expected


def test_drawn_sheets_tell_cut_quotients_apart() -> None:
    """The sheets above have quotients that are on another side once they are cut to six decimals."""
    head = HEAD.replace("standing: draft", "standing: draft\ndivision: floor 6")
    floor = rulebook(formula("actual / target > 1", "x", "measure"), head=head)
    exact = rulebook(formula("actual / target > 1", "x", "measure"))
    find(
        quotient_sheets(),
        lambda sheet: (
            evaluate(floor, sheet).value("x", "measures[1]") is False
            and evaluate(exact, sheet).value("x", "measures[1]") is True
        ),
    )
