"""Texts that run over the text beside them are taken apart, as the program that printed them had them."""

import io

from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from hyotei.readers.pdf.glyph_text import text_lines
from hyotei.readers.pdf.ink import Box, Glyph
from hyotei.readers.pdf.overlapping_texts import OVERLAID, side_by_side
from hyotei.readers.pdf.processor_time import Watch
from hyotei.readers.pdf.worker import read as read_pdf
from hyotei.readers.printed.form_blocks import FormTable
from hyotei.sheet.notes import reading_note
from tests.readers.pdf_render import Print, font

WORDS = st.text("政策名港湾整備推進行政一般概要１２３", min_size=2, max_size=12)


def printed(text: str, x: float, y: float = 10.0) -> list[Glyph]:
    return [
        Glyph(each, Box(x + 10.0 * place, y, x + 10.0 * (place + 1), y + 10.0), 10.0) for place, each in enumerate(text)
    ]


def read(glyphs: list[Glyph]) -> list[str]:
    (line,) = text_lines(glyphs)
    return [segment.text for segment in line.segments]


@given(WORDS, st.integers(3, 12), WORDS)
def test_texts_are_read_one_by_one_however_far_the_first_runs_over_the_second(
    first: str, begins: int, second: str
) -> None:
    """No character of one text stands between those of the other."""
    glyphs = [*printed(first, 0.0), *printed(second, 10.0 * begins + 4.0)]
    found, covered = side_by_side(glyphs)
    if covered:
        assert read(found) == [first, second]
    else:
        assert found == glyphs


def test_text_that_hides_its_neighbour_is_told() -> None:
    """A title wider than its column, with the next label printed on it."""
    found, covered = side_by_side([*printed("河川における基盤の整備", 0.0), *printed("分野", 44.0)])
    assert covered
    assert read(found) == ["河川における基盤の整備", "分野"]


def test_a_mark_over_a_choice_and_text_printed_twice_are_no_texts_beside_each_other() -> None:
    """A circle on a letter marks it, and the same text a little aside is bold."""
    circled = [*printed("ＡＢＣ", 0.0), *printed("○", 10.0)]
    assert side_by_side(circled) == (circled, False)
    bold = [*printed("評価区分", 0.0), *printed("評価区分", 0.4)]
    assert side_by_side(bold) == (bold, False)


def page_of(rows: list[list[str]], width: float) -> bytes:
    """A ruled table whose texts are not kept within their cells."""
    stream = io.BytesIO()
    canvas = Canvas(stream, (600, 400))
    canvas.setFont(font(Print(text=None)), 10)
    xs = [40 + width * column for column in range(len(rows[0]) + 1)]
    ys = [360 - 20 * row for row in range(len(rows) + 1)]
    canvas.grid(xs, ys)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            canvas.drawString(xs[column] + 2, ys[row + 1] + 5, text)
    canvas.save()
    return stream.getvalue()


@given(st.lists(st.lists(st.integers(10, 99).map(str), min_size=3, max_size=3), min_size=1, max_size=4), st.booleans())
def test_no_figure_of_a_page_with_texts_over_each_other_is_simply_stated(rows: list[list[str]], narrow: bool) -> None:
    """Every cell of its tables says so; where each text keeps to its cell, none does."""
    table = [["測定指標の名称の欄", "基準値", "目標値"], *rows]
    found = list(read_pdf(io.BytesIO(page_of(table, 40 if narrow else 120)), Watch()))
    told = {each[0] for each in found if isinstance(each, tuple)}
    notes = {cell.notes for each in found if isinstance(each, FormTable) for cell in each.cells}
    assert ("HY898" in told) is narrow
    assert notes == ({reading_note(OVERLAID)} if narrow else {()})
