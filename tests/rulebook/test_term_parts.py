"""Walking through terms: everything mentioned is found."""

from hypothesis import given

from hyotei.rulebook import terms as t
from hyotei.rulebook.term_parts import mentioned, parts
from tests.rulebook.small import rulebook, table
from tests.strategies import HALF, rulebooks


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
