"""A table as a grid: every change says what it should, and lines that say the same keep their characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.workbench.table_changes import ACTIONS, HEADER, Grid, copied_texts, copyable_text

WRITTEN = """# 判定 `result` — for each measure

|  U  | `attainment` | **result** |  *source*  |
|:---:|:-------------|------------|:----------:|
|  1  | >= 100%      | achieved   | 要領 p.3   |
|  2  | 50%..100%    | close      |            |
|  3  | else         | missed

後の文
"""
texts = st.text(st.sampled_from('ab｜|\\ 　"\t\n達%'), max_size=6)


def grid(text: str = WRITTEN) -> Grid:
    document = RulebookText.parse(text)
    return Grid(document, document.tables[0])


def said(document: RulebookText) -> list[list[str]]:
    table = document.tables[0]
    return [[cell.text for cell in row.cells] for row in (table.header, *table.rows)]


def test_what_is_not_changed_keeps_every_character() -> None:
    assert grid().document().text == WRITTEN
    changed = grid()
    changed.set({(1, 1): "50%..90%"})
    before, after = WRITTEN.splitlines(), changed.document().text.splitlines()
    assert [at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other] == [5]
    assert after[5] == "|  2  | 50%..90%     | close      |            |"


@given(st.dictionaries(st.tuples(st.integers(-2, 4), st.integers(-1, 5)), texts, max_size=4))
def test_a_cell_says_what_was_written_into_it(cells: dict[tuple[int, int], str]) -> None:
    changed = grid()
    changed.set(cells)
    document = changed.document()
    found = said(document)
    for (row, column), text in cells.items():
        if HEADER <= row < 3 and 0 <= column < 4:
            line = found[row + 1]
            assert (line[column] if column < len(line) else "") == text.strip().replace("\n", " ")
    assert document.text.endswith("後の文\n")


@given(
    st.lists(st.tuples(st.sampled_from(["row", "column"]), st.sampled_from(ACTIONS), st.integers(-2, 5)), max_size=8)
)
def test_rows_and_columns_stay_a_table(steps: list[tuple[str, str, int]]) -> None:
    changed = grid()
    for what, action, at in steps:
        getattr(changed, what)(action, at)
    rows, columns = changed.rows, changed.columns
    document = changed.document()
    table = document.tables[0]
    assert (len(table.rows), len(table.alignments)) == (rows, columns)
    assert all(row.fits or len(row.cells) < columns for row in table.rows)
    assert document.text.startswith("# 判定")


@pytest.mark.parametrize(
    ("action", "at", "numbers"),
    [
        ("add", 0, ["1", "4", "2", "3"]),
        ("add", HEADER, ["4", "1", "2", "3"]),
        ("copy", 1, ["1", "2", "4", "3"]),
        ("delete", 1, ["1", "3"]),
        ("back", 1, ["2", "1", "3"]),
        ("on", 1, ["1", "3", "2"]),
        ("on", 2, ["1", "2", "3"]),
    ],
)
def test_rows(action: str, at: int, numbers: list[str]) -> None:
    changed = grid()
    changed.row(action, at)  # type: ignore[arg-type]  # all of them are actions
    assert [row[0] for row in said(changed.document())[1:]] == numbers


@pytest.mark.parametrize(
    ("action", "at", "header"),
    [
        ("add", 1, ["U", "`attainment`", "", "**result**", "*source*"]),
        ("copy", 2, ["U", "`attainment`", "**result**", "**result**", "*source*"]),
        ("delete", 3, ["U", "`attainment`", "**result**"]),
        ("back", 2, ["U", "**result**", "`attainment`", "*source*"]),
        ("back", 1, ["U", "`attainment`", "**result**", "*source*"]),
        ("delete", 0, ["U", "`attainment`", "**result**", "*source*"]),
    ],
)
def test_columns(action: str, at: int, header: list[str]) -> None:
    changed = grid()
    changed.column(action, at)  # type: ignore[arg-type]  # all of them are actions
    assert said(changed.document())[0] == header


def test_a_block_of_a_spreadsheet_is_pasted_and_makes_the_table_larger() -> None:
    changed = grid()
    changed.paste(2, 1, copied_texts('"a ""b""\nc"\tclose\r\n10%..50%\tmissed\tx\ty\r\n'))
    found = said(changed.document())
    assert found[3][:3] == ["3", 'a "b" c', "close"]
    assert found[4] == ["4", "10%..50%", "missed", "x", "y"]


@given(
    st.lists(st.lists(texts.map(lambda text: text.replace("\t", "").strip(" \n")), min_size=4, max_size=4), max_size=5)
)
def test_a_table_goes_to_a_spreadsheet_and_comes_back(rows: list[list[str]]) -> None:
    changed = grid()
    changed.replace([["U", "`a`", "**b**", "*c*"], *rows])
    document = changed.document()
    again = Grid(document, document.tables[0])
    again.replace(copied_texts(copyable_text(document.tables[0])))
    assert again.document().text == document.text
    assert len(said(document)) <= len(rows) + 1
