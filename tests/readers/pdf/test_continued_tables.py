"""Tables over several pages: cut anywhere, they come back whole."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.pdf.continued_tables import BROKEN, continued
from hyotei.readers.pdf.ink import Box
from hyotei.readers.pdf.page_items import PageCell, PageItem, PageLine, PageTable
from hyotei.sheet.notes import reading_note

HEAD = ("測定指標", "基準値", "実績値")


def made(rows: Sequence[tuple[str, ...]], page: int = 1, **options: Any) -> PageTable:
    cells = tuple(
        PageCell(text, row, column, page) for row, texts in enumerate(rows) for column, text in enumerate(texts)
    )
    xs = tuple(40.0 + 100 * column for column in range(len(rows[0]) + 1))
    return PageTable(cells, xs, len(rows), Box(40, 40, xs[-1], 700), page, **options)


def line(text: str, page: int, top: float = 20) -> PageLine:
    return PageLine(text, Box(40, top, 200, top + 10), page, 1)


def texts(items: list[PageItem]) -> list[list[tuple[int, int, int, str]]]:
    return [
        [(cell.row, cell.column, cell.rows, cell.text) for cell in item.cells]
        for item in items
        if isinstance(item, PageTable)
    ]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(("調査の回数", "受付件数", "利用率")),
        st.integers(1, 99).map(lambda value: f"{value}回"),
        st.integers(1, 99).map(lambda value: f"{value}回"),
    ),
    min_size=2,
    max_size=9,
)


@given(ROWS, st.data(), st.booleans(), st.booleans())
def test_a_table_cut_between_rows_comes_back_whole(
    rows: list[tuple[str, ...]], data: st.DataObject, repeated: bool, numbered: bool
) -> None:
    """With its heading repeated or not, with page numbers and a title on every page or not."""
    cut = data.draw(st.integers(1, len(rows) - 1))
    head = [HEAD] if repeated else []
    first: list[PageItem] = [line("総務省24年度", 1), made([HEAD, *rows[:cut]])]
    second: list[PageItem] = [line("総務省24年度", 2), made([*head, *rows[cut:]], 2)]
    if numbered:
        first.append(line("- 1 -", 1, 800))
        second.append(line("- 2 -", 2, 800))
    found = list(continued([first, second]))
    assert texts(found) == texts([made([HEAD, *rows])])
    (table,) = (item for item in found if isinstance(item, PageTable))
    pages = [cell.page for cell in table.cells if cell.row > cut]
    assert set(pages) <= {2}


@given(ROWS.filter(lambda rows: len(rows) > 1), st.data())
def test_a_row_cut_by_the_page_end_is_one_row(rows: list[tuple[str, ...]], data: st.DataObject) -> None:
    """Where no line closes the row at the page end its rest is put to it, and the text says that it was."""
    cut = data.draw(st.integers(1, len(rows) - 1))
    name, *figures = rows[cut - 1]
    begun, rest = (name[:2], *figures), (name[2:], "", "")
    first = made([HEAD, *rows[: cut - 1], begun], open_bottom=True)
    second = made([HEAD, rest, *rows[cut:]], 2, open_top=True)
    found = list(continued([[first], [second]]))
    (table,) = (item for item in found if isinstance(item, PageTable))
    whole = [cell for cell in table.cells if cell.row == cut]
    assert [cell.text for cell in whole] == [f"{name[:2]}\n{name[2:]}", *figures]
    assert [cell.notes for cell in whole] == [reading_note(BROKEN), (), ()]
    assert table.rows == len(rows) + 1


def test_figures_under_a_blank_name_are_the_rest_of_a_row() -> None:
    """The second measure of a cell that stands on the next page belongs to the row above."""
    first = made([HEAD, ("開催回数", "・４回（セミナー）", "・５回（セミナー）")])
    second = made([HEAD, ("", "・３回（ミッション団）", "・２回（ミッション団）")], 2)
    (found,) = texts(list(continued([[first], [second]])))
    assert found[-1] == (1, 2, 1, "・５回（セミナー）\n・２回（ミッション団）")


def test_a_blank_first_cell_is_the_rest_of_the_objective_above() -> None:
    """An objective over several rows goes on spanning those of the next page."""
    head = ("施策目標", "測定指標", "実績値")
    first = made([head, ("国際協力", "調査の回数", "3回")])
    second = made([head, ("", "受付件数", "5件")], 2)
    (found,) = texts(list(continued([[first], [second]])))
    assert (1, 0, 2, "国際協力") in found
    assert (2, 1, 1, "受付件数") in found


def test_a_row_with_blanks_of_its_own_is_not_taken_for_the_rest_of_one() -> None:
    """A budget row whose last years are blank is a row."""
    head = ("区分", "22年度", "23年度")
    first = made([head, ("補正予算", "0", "-33")])
    second = made([("繰越し等", "997", "")], 2)
    (found,) = texts(list(continued([[first], [second]])))
    assert [cell for cell in found if cell[0] == 2] == [(2, 0, 1, "繰越し等"), (2, 1, 1, "997"), (2, 2, 1, "")]


def test_the_table_of_the_next_sheet_is_another_table() -> None:
    """Where a sheet begins, columns alike and a title alike join nothing."""
    one = made([("政策名", "政策1：統計", "行政"), ("測定指標", "3回", "5回")])
    other = made([("政策名", "政策2：消防", "行政"), ("測定指標", "3回", "5回")], 2)
    title = [line("平成25年度 政策評価書", page) for page in (1, 2)]
    assert len(texts(list(continued([[title[0], one], [title[1], other]])))) == 2
    text: list[PageItem] = [line("次の表は別のものである", 2), made([HEAD, ("受付件数", "1件", "2件")], 2)]
    assert len(texts(list(continued([[made([HEAD, ("調査", "3回", "5回")])], text])))) == 2


def test_other_columns_are_another_table() -> None:
    """Tables whose columns stand elsewhere are two."""
    first = made([HEAD, ("調査", "3回", "5回")])
    second = made([HEAD, ("受付", "1件", "2件")], 2)
    moved = replace(second, xs=(40.0, 180.0, 260.0, 340.0))
    assert len(texts(list(continued([[first], [moved]])))) == 2
    bound = replace(second, xs=tuple(x + 20 for x in second.xs))
    assert len(texts(list(continued([[first], [bound]])))) == 1


def test_nothing_is_lost_between_pages() -> None:
    """Notes below the table and titles above it stay, in their order."""
    pages: list[list[PageItem]] = [
        [line("表題", 1), made([HEAD, ("調査", "3回", "5回")]), line("注", 1, 700)],
        [line("本文", 2), made([HEAD, ("受付", "1件", "2件")], 2)],
        [],
        [line("結び", 4)],
    ]
    found = list(continued(pages))
    assert [item.text if isinstance(item, PageLine) else "表" for item in found] == [
        "表題",
        "表",
        "注",
        "本文",
        "表",
        "結び",
    ]


def test_text_that_runs_out_of_a_cell_at_the_page_end_parts_no_table() -> None:
    """Lines below and above a ruled table, within one of its columns, are the rest of a cell that is too low for them."""
    rows = [("調査の回数", "1回", "2回"), ("受付件数", "3件", "4件"), ("利用率", "5％", "6％")]
    above = made([HEAD, *rows[:2]])
    below = made(rows[2:], 2)
    rest = PageLine("こと", Box(45, 702, 65, 712), 1, 1)
    before = PageLine("により", Box(45, 25, 75, 35), 2, 1)
    found = list(continued([[above, rest], [before, below]]))
    assert [each[-1][3] for each in texts(found)] == ["6％"]
    assert [item.text for item in found if isinstance(item, PageLine)] == ["こと", "により"]
    wide = PageLine("別の表についての説明", Box(45, 25, 245, 35), 2, 1)
    assert len(texts(list(continued([[above, rest], [wide, below]])))) == 2
