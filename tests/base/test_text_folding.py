"""Folding of the ways in which one thing is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.text_folding import fold, folded

JAPANESE = st.text(
    st.one_of(st.sampled_from("０９－―ー一～〜　ﾃﾞｰﾀデータ㍻Ⅱ⑮½²%％△（e\u0301か\u3099"), st.characters()), max_size=30
)


@given(JAPANESE)
def test_the_fast_path_folds_as_the_mapped_one(text: str) -> None:
    """Both ways of folding give the same text."""
    assert folded(text) == fold(text).text


@given(JAPANESE)
def test_every_character_knows_its_origin(text: str) -> None:
    """Offsets are as many as characters and one, never fall, and stay within the original."""
    result = fold(text)
    assert len(result.offsets) == len(result.text) + 1
    assert list(result.offsets) == sorted(result.offsets)
    assert result.offsets[-1] == len(text)
    assert result.origin(0, len(result.text))[1] in (len(text), 0)


@given(JAPANESE)
def test_every_span_lies_in_the_original(text: str) -> None:
    """A character that is found again covers at least one character of the original."""
    result = fold(text)
    for at in range(len(result.text)):
        start, end = result.origin(at, at + 1)
        assert 0 <= start < end <= len(text)


@given(JAPANESE)
def test_folded_numbers_stay_folded(text: str) -> None:
    """Folding what is folded changes nothing."""
    once = folded(text)
    assert folded(once) == once


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_its_own_folding(text: str) -> None:
    """ASCII stays as it is."""
    assert folded(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("８０％〜９０％", "80%~90%"),
        ("80～90∼95~", "80~90~95~"),
        ("１，２００", "1,200"),
        ("－5−5‐5–5—5―5", "-5-5-5-5-5-5"),
        ("ー", "-"),
        ("10ー20", "10-20"),
        ("ー５", "-5"),
        ("データ", "データ"),
        ("メンバー 3人", "メンバー 3人"),
        ("メンバー", "メンバー"),
        ("ﾃﾞｰﾀ", "データ"),
        ("か\u3099", "が"),
        ("一部", "一部"),
        ("　全角　", " 全角 "),
        ("10²", "10²"),
        ("2½", "2½"),
        ("24－⑮", "24-⑮"),
        ("Ⅱ", "Ⅱ"),
        ("㍻24年度", "平成24年度"),
        ("△５", "△5"),
        ("10\u200b件", "10件"),
    ],
)
def test_each_form_has_its_plain_one(text: str, plain: str) -> None:
    """The forms of Japanese documents become one."""
    assert folded(text) == plain


def test_a_character_that_becomes_two_is_covered_whole() -> None:
    """The way back leads to the whole of a combined character."""
    result = fold("㍻24年")
    assert result.text == "平成24年"
    assert result.origin(0, 1) == (0, 1)
    assert result.origin(1, 2) == (0, 1)
    assert result.origin(2, 4) == (1, 3)
