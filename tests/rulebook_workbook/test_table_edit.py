"""A table that is written for the first time shows what it should, bars and backticks included."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.rulebook.blocks import TableBlock
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.document_parts import table_shown
from hyotei.rulebook_workbook.shown import ColumnShown, TableShown
from hyotei.rulebook_workbook.table_edit import new_table, table_lines

CELLS = st.sampled_from(["-", "A, B", "`1 - about` 以上", '"a|b"', "80%以上100%未満", "１", 'starts with "|"', "a\\b"])
EXPRESSIONS = st.sampled_from(["attainment", 'name in (starts with "|")', "measures[1].actual", "a | b"])
NAMES = st.sampled_from(["rating", "点", "理由"])


@st.composite
def tables(draw: st.DrawFn) -> TableShown:
    inputs = [ColumnShown("input", text) for text in draw(st.lists(EXPRESSIONS, max_size=3))]
    columns = (*inputs, ColumnShown("output", draw(NAMES)), ColumnShown("annotation", draw(NAMES)))
    row = st.tuples(st.sampled_from("123"), *(CELLS for _ in columns))
    return TableShown(draw(st.sampled_from(["F", "C+"])), columns, tuple(draw(st.lists(row, min_size=1, max_size=4))))


def read(lines: list[str]) -> tuple[RulebookText, TableBlock]:
    document = RulebookText.parse("\n".join(lines) + "\n")
    (table,) = document.tables
    return document, table


@given(tables())
def test_a_new_table_shows_what_it_should(table: TableShown) -> None:
    assert table_shown(read(new_table(table))[1]) == table


@given(tables(), tables())
def test_a_table_can_become_any_other(one: TableShown, other: TableShown) -> None:
    document, block = read(new_table(one))
    assert table_shown(read(table_lines(document, block, one, other))[1]) == other
