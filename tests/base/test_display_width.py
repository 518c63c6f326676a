"""Columns of East Asian text."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.display_width import Ambiguous, centre, display_width, pad, pad_left

ANY_WIDTH = st.sampled_from([1, 2])


@pytest.mark.parametrize(
    ("text", "narrow", "wide"),
    [
        ("abc", 3, 3),
        ("評価", 4, 4),
        ("ｶﾞ", 2, 2),
        ("Ａ１", 4, 4),
        ("か\u3099", 2, 2),
        ("e\u0301", 1, 1),
        ("a\u200db\ufeff", 2, 2),
        ("\u00ad", 1, 1),
        ("\u1112\u1161\u11ab", 2, 2),
        ("①Ⅱα", 3, 6),
        ("😀", 2, 2),
        ("\x00\x1b\x85\u2028", 0, 0),
        ("\t", 0, 0),
        ("", 0, 0),
    ],
)
def test_width_of_characters(text: str, narrow: int, wide: int) -> None:
    """Wide characters take two columns, marks and controls none, ambiguous ones what is asked for."""
    assert narrow == display_width(text)
    assert wide == display_width(text, 2)


@given(st.text(), st.text(), ANY_WIDTH)
def test_width_adds_up(left: str, right: str, ambiguous: Ambiguous) -> None:
    """The width of two texts together is the sum of their widths, and lies between 0 and 2 for each character."""
    both = display_width(left + right, ambiguous)
    assert display_width(left, ambiguous) + display_width(right, ambiguous) == both
    assert 0 <= both <= 2 * len(left + right)


@given(st.text("がぱヴギ評価ー。éｱab 1"))
def test_width_does_not_depend_on_composition(text: str) -> None:
    """Composed and decomposed, a Japanese text is as wide."""
    assert display_width(normalize("NFC", text)) == display_width(normalize("NFD", text))


@given(st.text(), st.integers(0, 40), ANY_WIDTH)
def test_padding_fills_exactly(text: str, width: int, ambiguous: Ambiguous) -> None:
    """A padded text keeps its characters and is as wide as asked, or as wide as it was if that is more."""
    expected = max(width, display_width(text, ambiguous))
    for padded in (pad(text, width, ambiguous), pad_left(text, width, ambiguous), centre(text, width, ambiguous)):
        assert expected == display_width(padded, ambiguous)
        assert text in padded
    assert pad(text, width, ambiguous).startswith(text)
    assert pad_left(text, width, ambiguous).endswith(text)


def test_centre_leaves_the_odd_blank_on_the_right() -> None:
    """Five columns of room around two: one blank before, two after."""
    assert centre("評", 5) == " 評  "
