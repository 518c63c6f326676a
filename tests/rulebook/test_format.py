"""Laying out tables: pipes line up, what cells say stays, nothing else moves."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.display_width import display_width
from hyotei.rulebook.format import WIDEST, format_document
from hyotei.rulebook.rulebook_text import RulebookText
from tests.rulebook.markdown_lines import ANY_TEXT, LINES

LOOSE = """# 判定 `result`

text | with a bar
| F|`attainment`|**result**|*理由*
|:-:|---|-:|:--
|1|unknown|unknown|計算できない|
  | 2 | 80%以上 | A \\| B ||
3 | -

| not a table |
"""

LAID_OUT = """# 判定 `result`

text | with a bar
|  F  | `attainment` | **result** | *理由*       |
| :-: | ------------ | ---------: | :----------- |
|  1  | unknown      |    unknown | 計算できない |
|  2  | 80%以上      |     A \\| B |              |
|  3  | -            |

| not a table |
"""

ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = ANY_TEXT | st.builds(str.join, ENDS, st.lists(LINES, max_size=14))


def said(text: str) -> list[object]:
    """What the tables of a text say, without layout."""
    document = RulebookText.parse(text)
    return [
        (table.first_line, table.alignments, [[cell.raw for cell in row.cells] for row in (table.header, *table.rows)])
        for table in document.tables
    ]


def test_an_example() -> None:
    """Cells line up by East Asian width, on the side of their alignment; rows too short stay so."""
    assert format_document(LOOSE) == LAID_OUT


@given(TEXTS)
def test_cells_say_the_same(text: str) -> None:
    """Formatting changes no cell, no alignment, and no line outside tables."""
    formatted = format_document(text)
    assert said(text) == said(formatted)
    before, after = RulebookText.parse(text), RulebookText.parse(formatted)
    inside = {line for table in before.tables for line in range(table.first_line, table.last_line + 1)}
    assert len(before.lines) == len(after.lines)
    for number, (old, new) in enumerate(zip(before.lines, after.lines, strict=True), 1):
        assert number in inside or old == new
    assert [problem.code for problem in before.diagnostics] == [problem.code for problem in after.diagnostics]


@given(TEXTS)
def test_formatting_again_changes_nothing(text: str) -> None:
    """What is laid out stays as it is."""
    formatted = format_document(text)
    assert formatted == format_document(formatted)


CELLS = st.text("ab -評価。ｶﾞＡ①Ⅱé\u3099", max_size=12)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=5)))
def test_pipes_line_up(rows: list[list[str]]) -> None:
    """All lines of a table whose rows are complete are equally wide, and so is each column."""
    written = ["|" + "|".join(row) + "|" for row in rows]
    written.insert(1, "|" + "---|" * len(rows[0]))
    lines = format_document("\n".join(written)).split("\n")
    widths = [[display_width(part) for part in line.split("|")] for line in lines]
    assert all(width == widths[0] for width in widths)


def test_a_very_long_cell_does_not_widen_the_others() -> None:
    """A cell of more than the widest column sticks out alone."""
    long = "長" * WIDEST
    lines = format_document(f"| a | b |\n|---|---|\n| 1 | {long} |\n| 2 | short |\n").split("\n")
    assert f"| 1   | {long} |" == lines[2]
    assert lines[3] == "| 2   | short |"
    assert lines[0] == "| a   | b     |"
