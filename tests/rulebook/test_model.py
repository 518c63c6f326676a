"""A rulebook cut down to some decisions and what they rest on."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hyotei.messages import Diagnostic
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.reference import evaluate
from tests.rulebook.small import formula, rulebook
from tests.strategies import rulebooks, sheets


@given(st.data())
def test_toward_decides_alike(data: Any) -> None:
    """The decisions that are kept come out as under the whole rulebook, step by step."""
    rulebook = data.draw(rulebooks())
    sheet = data.draw(sheets(rulebook))
    names = data.draw(st.lists(st.sampled_from([decision.name for decision in rulebook.decisions])))
    cut = rulebook.toward(*names)
    kept = {decision.name for decision in cut.decisions}
    whole = evaluate(rulebook, sheet)
    assert set(names) <= kept
    assert evaluate(cut, sheet).steps == {key: step for key, step in whole.steps.items() if key[0] in kept}


def test_toward_leaves_out_the_rest() -> None:
    """The results of the MIC rulebook rest on no audit table."""
    cut = load_rulebook("mic-2013").toward("rating", "budget")
    assert {decision.audit for decision in cut.decisions} == {False}
    assert cut.by_name.keys() == {decision.name for decision in cut.decisions}


def test_warnings_and_the_file_are_no_part_of_what_a_rulebook_means() -> None:
    """Two readings of one document are equal, whatever was told of them and wherever it stands."""
    book = rulebook(formula("count(measures)"))
    assert replace(book, warnings=(Diagnostic("HY213"),), file="elsewhere.md") == book
    assert replace(book, digits=book.digits + 1) != book
