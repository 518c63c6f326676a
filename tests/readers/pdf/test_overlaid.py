"""Texts that run over the text beside them are taken apart, as the program that printed them had them."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.pdf.ink import Box, Glyph
from hyotei.readers.pdf.overlaid import side_by_side
from hyotei.readers.pdf.text import text_lines

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
