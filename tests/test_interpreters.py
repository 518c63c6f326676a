"""One suite over all interpreters: the reference's answer, on drawn rulebooks and sheets and on cases worked out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.reference import evaluate
from tests.interpreters import INTERPRETERS, exactly
from tests.strategies import rulebook_texts, sheets, suppositions

OTHERS = [name for name in INTERPRETERS if name != "reference"]


def agree(name: str, data: st.DataObject) -> None:
    """Draws a rulebook, a sheet made for it and some suppositions, and holds the interpreter against the reference."""
    text = data.draw(rulebook_texts(), label="rulebook")
    rulebook = parse_rulebook(text)
    sheet = data.draw(sheets(rulebook), label="sheet")
    expected = evaluate(rulebook, sheet)
    assert exactly(INTERPRETERS[name](rulebook, sheet, None)) == exactly(expected)
    supposed = data.draw(suppositions(rulebook, list(expected.steps)), label="supposed")
    if supposed:
        assert exactly(INTERPRETERS[name](rulebook, sheet, supposed)) == exactly(evaluate(rulebook, sheet, supposed))


@pytest.mark.parametrize("name", OTHERS)
@given(data=st.data())
def test_interpreter_gives_the_derivation_of_the_reference(name: str, data: st.DataObject) -> None:
    """Every step, row, input and output is that of the reference, with and without suppositions."""
    agree(name, data)


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHERS)
@settings(max_examples=10 * settings.default.max_examples)
@given(data=st.data())
def test_interpreter_gives_the_derivation_of_the_reference_many_times(name: str, data: st.DataObject) -> None:
    """The same over ten times as many examples: 20,000 under the profile `thorough`."""
    agree(name, data)
