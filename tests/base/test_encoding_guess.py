"""The encoding is found from the content alone, or it is said that it cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.encoding_guess import NO_TEXT, Guess, guess
from hyotei.base.encodings import CP932, EUC_JP, ISO_2022_JP, UTF8, UTF16_BE, UTF16_LE, Encoding
from tests.base.test_encodings import encoded

PIECES = (
    "政策名", "総務省", "基本目標", "測定指標", "実績値", "達成状況", "予算の状況", "セミナー", "ミッション団", "である。",
    "により、", "について", "平成24年度", "５回", "10％程度", "（百万円）", "・", "、", "①", "１", "abc", "123", ",", "\n", " ",
)  # fmt: skip
sentences = st.lists(st.sampled_from(PIECES), min_size=8, max_size=60).map("".join)


@given(sentences, st.sampled_from([UTF8, CP932, EUC_JP, ISO_2022_JP, UTF16_LE, UTF16_BE]))
def test_texts_of_sheets_are_recognised(text: str, encoding: Encoding) -> None:
    """Sentences of the form in any encoding: that one, or, where nothing tells, the plain statement that several fit."""
    if encoding in (EUC_JP, ISO_2022_JP):
        text = text.replace("①", "1")  # Python cannot write what it can be made to read
    text = f"政策の評価\n{text}"
    found = guess(encoded(text, encoding))
    assert found.encoding == encoding, found


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "utf-32"])
def test_marks_are_believed(codec: str) -> None:
    """A byte order mark says it."""
    found = guess("政策の評価".encode(codec)).encoding
    assert found is not None
    assert found.name.startswith(codec[:5].upper())
    assert found.mark


def test_two_readings_of_a_word_are_told() -> None:
    """評価 in EUC-JP is ﾉｾｲﾁ in Shift_JIS: of so little nothing can be said."""
    assert guess("評価".encode("euc_jp")) == Guess(None, ("EUC-JP", "Shift_JIS"))


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)), b"\x7fELF\2\1\1" + b"\0" * 9, b"\0" * 1000]
)
def test_binaries_are_no_text(content: bytes) -> None:
    """Pictures, programs, nothing but zeros."""
    assert guess(content) == NO_TEXT


def test_a_few_nuls_do_not_hide_a_text() -> None:
    """A CSV with NULs in it is still the CSV that it is."""
    assert guess("政策,評価\n\0,総務省である\n".encode("cp932") * 3).encoding == CP932


@given(sentences, st.sampled_from([UTF8, CP932, EUC_JP]), st.integers(1, 5))
def test_a_beginning_may_end_within_a_character(text: str, encoding: Encoding, cut: int) -> None:
    """What is cut off at its end is not broken."""
    if encoding == EUC_JP:
        text = text.replace("①", "1")
    content = encoded(f"政策の評価である\n{text}政策の評価である", encoding)
    assert guess(content[:-cut], complete=False).encoding == encoding


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_have_an_answer(content: bytes, complete: bool) -> None:
    """Nothing is raised, whatever the bytes."""
    found = guess(content, complete=complete)
    assert found.encoding is None or not found.candidates
