"""Where something is printed on a page as it is shown, however the page was turned for reading."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.pdf.ink import Box, Glyph, Ink, Quarter, upright

lengths = st.integers(1, 1_000)


@given(lengths, lengths, st.sampled_from([0, 1, 2, 3]), st.tuples(*[st.integers(0, 10)] * 4))
def test_an_area_is_that_of_the_page_as_it_is_shown(
    width: int, height: int, quarter: Quarter, tenths: tuple[int, int, int, int]
) -> None:
    left, right = sorted(tenths[:2])
    top, bottom = sorted(tenths[2:])
    box = Box(width * left / 10, height * top / 10, width * right / 10, height * bottom / 10)
    ink = upright(Ink(width, height, [Glyph("字", box, 10, quarter)]))
    assert ink.area(ink.glyphs[0].box) == (1000 * left, 1000 * top, 1000 * right, 1000 * bottom)
