"""Walking through terms: everything mentioned is found, and what is said to be known is known."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Formula, Table
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.walk import may_be_unknown, mentioned, parts
from tests.rulebook.small import formula, rulebook, table
from tests.strategies import HALF, rulebooks, sheets


def test_everything_within_is_found() -> None:
    """Figures, parameters and constants are found in inputs, end points and outputs, however deep."""
    header = "| F | `count(measures[actual > 1])` | **x** |"
    rows = f"{header}\n| 1 | not(`if strict then 2 else 3` 以上) | `if 4 < 5 then minimum else about` |"
    book = rulebook(table(rows))
    found = list(mentioned(book.by_name["x"]))
    assert {term.name for term in found if isinstance(term, t.Parameter)} == {"about", "strict", "minimum"}
    assert {term.name for term in found if isinstance(term, t.Figure)} == {"actual"}
    assert {str(term.value) for term in found if isinstance(term, t.Constant)} == {"1", "2", "3", "4", "5"}


def test_term_itself_comes_first() -> None:
    """The walk begins with the term."""
    term = t.Negation(t.Constant(True))
    assert list(parts(term)) == [term, term.operand]


@HALF
@given(rulebooks())
def test_needs_are_the_decisions_mentioned(book: object) -> None:
    """A decision needs exactly the decisions that its terms mention, and each comes before it."""
    names: list[str] = []
    for decision in book.decisions:  # type: ignore[attr-defined]  # a rulebook
        read = {term.decision for term in mentioned(decision) if isinstance(term, t.Decided)}
        assert read <= set(decision.needs)
        assert set(decision.needs) <= set(names)
        names.append(decision.name)


@HALF
@given(st.data())
def test_what_cannot_be_unknown_is_known(data: st.DataObject) -> None:
    """Within the years in force, a term that is said to be always known is known on every sheet."""
    book = data.draw(rulebooks())
    sheet = data.draw(sheets(book))
    if not book.in_force(sheet.fiscal_year):
        return
    derivation = evaluate(book, sheet)
    uncertain: set[str] = set()
    for decision in book.decisions:
        if isinstance(decision.body, Formula) and not may_be_unknown(decision.body.term, uncertain):
            for key, step in derivation.steps.items():
                assert key[0] != decision.name or not isinstance(step.outputs[0], Unknown)
        else:
            uncertain.add(decision.name)
        if isinstance(decision.body, Table):
            for step in (step for key, step in derivation.steps.items() if key[0] == decision.name):
                for column, value in zip(decision.body.inputs, step.inputs, strict=True):
                    assert not isinstance(value, Unknown) or may_be_unknown(column.term, uncertain)


def test_certain_terms_are_seen_to_be_certain() -> None:
    """Counts, questions about unknown, and arithmetic of known numbers are not said to be unknown."""
    texts = (
        "count(measures)",
        "measures[1].actual = unknown",
        "count(measures) / 2",
        "fiscal_year + 1",
        'title = "a"',
        "minimum",
    )
    for text in texts:
        body = rulebook(formula(text)).by_name["x"].body
        assert isinstance(body, Formula)
        assert not may_be_unknown(body.term, set()), text
