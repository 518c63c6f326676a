"""Two changes of one document: what does not touch is merged, what does is told, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.workbench.document_merge import Conflict, merge

cells = st.sampled_from(["a", "b", "c", "", "d \\| e"])
rows = st.lists(cells, min_size=3, max_size=3).map(lambda row: f"| {' | '.join(row)} |\n")
lines = st.one_of(rows, st.sampled_from(["\n", "text\n", "# heading\n", "other"]))
documents = st.lists(lines, max_size=8).map("".join)


@given(documents, documents)
def test_a_change_that_stands_alone_is_taken_as_it_is(before: str, changed: str) -> None:
    for mine, theirs in ((changed, before), (before, changed), (changed, changed)):
        assert merge(before, mine, theirs) == (changed, ())


@given(documents, documents, documents)
def test_it_matters_to_nothing_but_conflicts_whose_change_is_whose(before: str, one: str, other: str) -> None:
    first, second = merge(before, one, other), merge(before, other, one)
    assert [Conflict(each.before, each.theirs, each.mine) for each in second.conflicts] == list(first.conflicts)
    if not first.conflicts:
        assert first.text.split() == second.text.split()


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=5), st.data())
def test_changes_of_cells_are_merged_unless_they_are_of_the_same_cell(
    table: list[list[str]], data: st.DataObject
) -> None:
    numbered = [[str(at), *row] for at, row in enumerate(table)]

    def text(changed: dict[tuple[int, int], str]) -> str:
        written = [
            [changed.get((at, column), cell) for column, cell in enumerate(row)] for at, row in enumerate(numbered)
        ]
        return "".join(f"| {' | '.join(row)} |\n" for row in written)

    places = st.dictionaries(st.tuples(st.integers(0, len(table) - 1), st.integers(1, 3)), st.just("new"), max_size=4)
    mine, theirs = data.draw(places), dict.fromkeys(data.draw(places), "other")
    found = merge(text({}), text(mine), text(theirs))
    if mine.keys() & theirs.keys():
        assert found.conflicts
    else:
        assert found == (text(mine | theirs), ())


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("1\n2\nnew\n3\n", "1\n3\n", "1\nnew\n3\n"),
        ("1\nnew\n2\n3\n", "1\n2\n3\nlast\n", "1\nnew\n2\n3\nlast\n"),
        ("1\nnew\n2\n3\n", "1\nother\n2\n3\n", None),
        ("one\n2\n3\n", "1\ntwo\n3\n", "one\ntwo\n3\n"),
        ("1\nnew\n2\n3\n", "1\ntwo\n3\n", "1\nnew\ntwo\n3\n"),
    ],
)
def test_lines_put_in_and_taken_out(mine: str, theirs: str, merged: str | None) -> None:
    found = merge("1\n2\n3\n", mine, theirs)
    assert (None if found.conflicts else found.text) == merged


def test_a_conflict_is_told_by_its_line_and_all_else_of_both_is_kept() -> None:
    found = merge("| 1 | a | a |\n| 2 | b | b |\n", "| 1 | x | a |\n| 2 | b | b |\n", "| 1 | y | y |\n| 2 | z | b |\n")
    assert found.conflicts == (Conflict("| 1 | a | a |\n", "| 1 | x | a |\n", "| 1 | y | y |\n"),)
    assert found.text == "| 1 | x | y |\n| 2 | z | b |\n"
