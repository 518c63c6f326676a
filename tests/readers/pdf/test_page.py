"""Pages: tables and lines in the order of reading, whichever way the page is turned."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.pdf.ink import Glyph, Ink, Quarter, Rule
from hyotei.readers.pdf.page import UNRULED, page_items
from hyotei.readers.pdf.page_items import PageItem, PageLine, PageTable
from hyotei.readers.printed.block_writer import STRUCK_OUT
from hyotei.sheet.notes import reading_note
from tests.readers.pdf.ink_of_texts import across, lines, table, turned_against

TEXT = st.text("実績目標値年度回以上あ0123456789,", min_size=0, max_size=8)
TABLES = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.lists(TEXT, min_size=columns, max_size=columns), min_size=2, max_size=6)
)


def shown(items: list[PageItem]) -> list[object]:
    return [
        item.text if isinstance(item, PageLine) else [(cell.row, cell.column, cell.text) for cell in item.cells]
        for item in items
    ]


def page(glyphs: list[Glyph], rules: list[Rule] | None = None) -> Ink:
    return Ink(595, 842, glyphs, rules or [])


@given(TABLES, st.sampled_from((0, 1, 2, 3)))
def test_a_ruled_table_comes_back_from_a_page_turned_any_way(texts: list[list[str]], quarters: Quarter) -> None:
    """Every cell has its text, above it the heading, and a page printed on its side reads like one that stands."""
    texts[0][0] = "区分"
    glyphs, rules = table(texts)
    ink = page([*across("政策の予算額・執行額等の状況を示す表", 40, 20), *glyphs], rules)
    items = shown(page_items(turned_against(ink, quarters), 1))
    assert items == [
        "政策の予算額・執行額等の状況を示す表",
        [(row, column, text) for row, cells in enumerate(texts) for column, text in enumerate(cells)],
    ]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    """The texts of an inner table belong to it, not to the cell around it."""
    outer, rules = table([["外の見出し", "外の値"], ["", "次の値"]], width=240, height=120)
    inner, more = table([["内", "1"], ["側", "2"]], x=60, y=175, width=80, height=30)
    items = page_items(page([*outer, *inner], [*rules, *more]), 1)
    assert [len(item.cells) for item in items if isinstance(item, PageTable)] == [4, 4]
    assert isinstance(items[0], PageTable)
    assert [cell.text for cell in items[0].cells] == ["外の見出し", "外の値", "", "次の値"]


def test_columns_without_lines_are_told_from_where_texts_stand() -> None:
    """Right-aligned figures below their years are a table, every cell marked as read from its place."""
    glyphs = across("予算の状況（千円）", 40, 20)
    for row, (name, *figures) in enumerate(
        (("区分", "22年度", "23年度"), ("当初予算", "3,955", "880"), ("補正予算", "0", "-33"), ("合計", "3,955", "847"))
    ):
        glyphs += across(name, 40, 50 + 20 * row)
        for column, figure in enumerate(figures):
            width = sum(5 if character.isascii() else 10 for character in figure)
            glyphs += across(figure, 200 + 90 * column - width, 50 + 20 * row)
    line, found = page_items(page(glyphs), 1)
    assert isinstance(line, PageLine)
    assert isinstance(found, PageTable)
    assert [(cell.row, cell.column, cell.text) for cell in found.cells][3:6] == [
        (1, 0, "当初予算"),
        (1, 1, "3,955"),
        (1, 2, "880"),
    ]
    assert {cell.notes for cell in found.cells} == {reading_note(UNRULED)}
    assert not found.ruled


def test_cells_of_several_lines_stay_together_without_lines() -> None:
    """A figure with its year below it and a name over two lines are one row, because rows stand further apart."""
    glyphs: list[Glyph] = []
    for row, name in enumerate((["調査の回数", "（全国）"], ["受付件数"])):
        y = 60 + 40 * row
        glyphs += lines(name, 40, y)
        glyphs += lines(["3回", "【22年度】"], 200, y)
        glyphs += lines(["8回", "【24年度】"], 320, y)
    (found,) = page_items(page(glyphs), 1)
    assert isinstance(found, PageTable)
    assert [cell.text for cell in found.cells] == [
        "調査の回数\n（全国）", "3回\n【22年度】", "8回\n【24年度】", "受付件数", "3回\n【22年度】", "8回\n【24年度】",
    ]  # fmt: skip


def test_a_page_in_two_columns_is_read_one_after_the_other() -> None:
    """Full lines of text on both sides of a gutter are two columns below their heading."""
    text = "評価の結果について述べる文が続いている"
    left = [f"左{index}{text}" for index in range(8)]
    right = [f"右{index}{text}" for index in range(8)]
    glyphs = [*across("両方の段にまたがる一行の見出しがここにあるものとして書かれているので長い", 60, 30)]
    glyphs += [*lines(left, 40, 80), *lines(right, 310, 80)]
    assert [item.text for item in page_items(page(glyphs), 1) if isinstance(item, PageLine)][1:] == [*left, *right]


def test_tables_of_two_pages_printed_on_one_sheet_are_read_page_by_page() -> None:
    """Two pages side by side: first all of the left one."""
    one, rules = table([["左", "1"], ["左", "2"]], width=100)
    below, more = table([["左下", "1"], ["左下", "2"]], y=300, width=100)
    other, others = table([["右", "1"], ["右", "2"]], x=400, y=30, width=100)
    ink = Ink(842, 595, [*one, *below, *other], [*rules, *more, *others])
    firsts = [item.cells[0].text for item in page_items(ink, 1) if isinstance(item, PageTable)]
    assert firsts == ["左", "左下", "右"]


def test_a_word_turned_on_its_side_in_a_cell_is_read() -> None:
    """A heading written upwards in a narrow cell, as spreadsheets print it."""
    glyphs, rules = table([["", "当初予算", "100"], ["", "補正予算", "200"]], height=60)
    rules = [rule for rule in rules if not (rule.horizontal and rule.at == 100)]
    rules.append(Rule(True, 100, 130, 310))
    upwards = [Glyph(each.text, each.box.turned(3, 595, 842), each.size, 1) for each in across("予算", 0, 0)]
    shift = [
        Glyph(
            each.text,
            type(each.box)(each.box.x0 + 70, each.box.top - 495, each.box.x1 + 70, each.box.bottom - 495),
            10,
            1,
        )
        for each in upwards
    ]
    (found,) = page_items(page([*glyphs, *shift], rules), 1)
    assert isinstance(found, PageTable)
    assert (found.cells[0].text, found.cells[0].rows) == ("予算", 2)


@given(
    st.text("0123456789", min_size=1, max_size=4),
    st.text("0123456789回", max_size=4),
    st.floats(0.3, 0.7),
    st.booleans(),
)
def test_what_a_line_is_drawn_through_is_no_part_of_its_cell(old: str, new: str, height: float, alone: bool) -> None:
    """The struck-out figure goes, one that stands alone stays with the reason; an underline says nothing."""
    new = "" if alone else new
    glyphs, rules = table([["区分", "実績"], ["", "43回"]])
    end = 44 + sum(4 if each.isascii() else 8 for each in old)
    inside = [*across(old, 44, 84, 8), *across(new, end, 84, 8)]
    for at, text, notes in ((84 + 8 * height, new or old, reading_note(STRUCK_OUT)), (92.5, old + new, ())):
        (made,) = page_items(page([*glyphs, *inside], [*rules, Rule(True, at, 44, end)]), 1)
        assert isinstance(made, PageTable)
        assert [(cell.text, cell.notes) for cell in made.cells] == [
            ("区分", ()), ("実績", ()), (text, notes), ("43回", ()),
        ]  # fmt: skip
