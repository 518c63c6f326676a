"""Glyphs as text: blanks, broken and vertical words, and figures that must never run together."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.pdf.glyph_text import cell_text, is_vertical, text_lines, vertical_columns
from hyotei.readers.pdf.ink import Box
from hyotei.readers.printed.block_writer import lowered, raised
from tests.readers.pdf.ink_of_texts import across, down, lines

CELL = Box(0, 0, 400, 400)
WORDS = st.text("予算状況当初執行額評価書実績目標値施策", min_size=2, max_size=8)
FIGURES = st.lists(st.sampled_from("0123456789○×△－１２３"), min_size=2, max_size=6)


# Lines of one character each below another are a word printed downwards, or figures below each other: tried further on.
@given(
    st.lists(st.text("あ年度回以上0123456789,.%", min_size=1, max_size=12), min_size=1, max_size=6).filter(
        lambda texts: len(texts) == 1 or any(len(text) > 1 for text in texts)
    ),
    st.data(),
)
def test_lines_come_back_from_glyphs_in_any_order(texts: list[str], data: st.DataObject) -> None:
    """The order in which glyphs are written says nothing; where they stand does."""
    glyphs = data.draw(st.permutations(lines(texts, 20, 30)))
    assert cell_text(glyphs, CELL) == "\n".join(texts)


@given(WORDS)
def test_a_word_printed_downwards_is_a_word(word: str) -> None:
    """Vertical writing and narrow cells set a word one character a line."""
    assert cell_text(down(word, 50, 20), CELL) == word


@given(WORDS, WORDS)
def test_columns_of_vertical_writing_are_read_from_the_right(right: str, left: str) -> None:
    """Two columns are two lines, the right one first."""
    assert cell_text([*down(left, 50, 20), *down(right, 70, 20)], CELL) == f"{right}\n{left}"


@given(FIGURES)
def test_figures_below_each_other_never_become_one(marks: list[str]) -> None:
    """Digits and marks of a table's column stay lines of their own."""
    assert cell_text(down("".join(marks), 50, 20), CELL) == "\n".join(marks)
    assert vertical_columns(down("".join(marks), 50, 20)) is None


def test_digits_within_a_vertical_word_stay_in_it() -> None:
    """平成24年度 printed downwards is one word, with its brackets upright."""
    assert cell_text(down("平成24年度", 50, 20), CELL) == "平成24年度"
    assert cell_text(down("予算（千円）", 50, 20), CELL) == "予算（千円）"


def test_wide_gaps_part_a_line_and_spaced_words_stay_whole() -> None:
    """A wide gap is a blank between pieces; 区 and 分 set far apart are one word."""
    (line,) = text_lines([*across("政策名", 20, 20), *across("国際戦略", 90, 20)])
    assert [segment.text for segment in line.segments] == ["政策名", "国際戦略"]
    assert line.text == "政策名 国際戦略"
    (line,) = text_lines([*across("区", 20, 20), *across("分", 60, 20)])
    assert line.text == "区分"
    (line,) = text_lines(
        [*across("区", 20, 20), *across("分", 60, 20), *across("22年度", 200, 20), *across("23年度", 260, 20)]
    )
    assert [segment.text for segment in line.segments] == ["区分", "22年度", "23年度"]


def test_a_printed_blank_is_a_blank_however_narrow() -> None:
    """A blank that is written counts even where it is set narrow."""
    (line,) = text_lines([*across("Ａ 基本", 20, 20)])
    assert line.text == "Ａ 基本"


def test_glyphs_printed_twice_for_boldness_count_once() -> None:
    """Bold by printing twice a hair apart; equal digits side by side are none of that."""
    bold = [*across("1,100回", 20, 20), *across("1,100回", 20.4, 20)]
    assert cell_text(bold, CELL) == "1,100回"


def test_a_page_of_vertical_writing_is_told_from_columns_of_figures() -> None:
    """Letters going down are vertical writing; digits going down are a table."""
    assert is_vertical(down("評価書について定める", 50, 20))
    assert not is_vertical(down("1234567890", 50, 20))
    assert not is_vertical(across("評価書について定める", 50, 20))


@given(
    st.text("0123456789", min_size=1, max_size=4), st.text("0123456789", min_size=1, max_size=2), st.floats(0.5, 0.75)
)
def test_small_digits_beside_the_line_are_none_of_the_number(number: str, note: str, ratio: float) -> None:
    """A note above the line and an index below it stay apart; small decimals on the line belong to the number."""
    end, small = 20 + 5 * len(number), 10 * ratio
    for y, written in ((18.0, raised(note)), (31.5 - small, lowered(note)), (29.5 - small, note)):
        glyphs = [*across(number, 20, 20), *across(note, end, y, small)]
        assert cell_text(glyphs, CELL) == number + written
