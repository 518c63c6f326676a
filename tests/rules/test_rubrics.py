"""Published rubrics of the library: found by their ids, held to their cases, and never chosen for a sheet by themselves."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.base.shipped_files import rules_folder
from hyotei.rulebook.library import folder_of, library, load_rulebook, rubrics
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.rulebook_text import RulebookText
from tests.cli.command import inside
from tests.columnar.many import agree, duckdb
from tests.examples import one_in
from tests.interpreters import INTERPRETERS, exactly, outside, steps
from tests.strategies import sheets

FOLDER = rules_folder() / "library"
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/rulebook.md"))


def test_rubrics_are_named_and_not_chosen() -> None:
    """Each goes by the name of its folder; what is chosen for sheets has none of them."""
    assert [entry.head.id for entry in rubrics()] == NAMES
    assert not {entry.head.id for entry in library()} & set(NAMES)
    for name in NAMES:
        assert load_rulebook(name).id == name
        assert folder_of(name) == FOLDER / name


@pytest.mark.parametrize("name", NAMES)
def test_a_rubric_states_its_sources_and_holds_its_cases(name: str) -> None:
    """It is read without an error, names what it rests on, and every case comes out."""
    document = FOLDER / name / "rulebook.md"
    book, problems = check_rulebook(RulebookText.parse(document.read_text(encoding="utf-8"), document.name))
    assert book is not None
    assert {problem.code for problem in problems} <= {"HY542"}, "only that nothing reads a result is told"
    assert book.sources
    result = inside("rulebook", "test", Path(FOLDER / name))
    assert result.code == 0, result.out


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=one_in(20, least=3))
@given(data=st.data())
def test_rubrics_mean_the_same_to_all(name: str, data: st.DataObject) -> None:
    """The interpreters, and the reading that shares no code with them, on sheets made for the boundaries of each."""
    book = load_rulebook(name)
    sheet = data.draw(sheets(book), label="sheet")
    right = evaluate(book, sheet)
    for interpreter in ("durable", "generated"):
        assert exactly(INTERPRETERS[interpreter](book, sheet, None)) == exactly(right), interpreter
    assert outside((FOLDER / name / "rulebook.md").read_text(encoding="utf-8"), sheet) == steps(right)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=3)
@given(data=st.data())
def test_rubrics_mean_the_same_in_tables(name: str, data: st.DataObject) -> None:
    """DuckDB, on eight sheets at once; of sheets that fit no column another interpreter has the word."""
    book = load_rulebook(name)
    some = data.draw(st.lists(sheets(book), min_size=8, max_size=8), label="sheets")
    agree(book, some, duckdb())
