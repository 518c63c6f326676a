"""Every encoding gives the same text, and what is broken breaks nothing else."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.encodings import (
    BROKEN,
    CP932,
    EUC_JP,
    ISO_2022_JP,
    MARKED,
    UTF8,
    UTF16_BE,
    UTF16_LE,
    Encoding,
    as_utf8,
    decode,
)

ALL = (UTF8, CP932, EUC_JP, ISO_2022_JP, UTF16_LE, UTF16_BE, *MARKED)
WIDE = str.maketrans("～－∥￠￡￢", "〜−‖¢£¬")


def _usual() -> list[str]:
    """The characters that Shift_JIS, EUC-JP and ISO-2022-JP share, as Windows maps them."""
    found = ["a", "0", " ", ",", '"', "\n"]
    for row in range(0xA1, 0xF5):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, cell)).decode("euc_jp"))
            except UnicodeDecodeError:
                continue
    back = {chr(standard): chr(windows) for windows, standard in WIDE.items()}
    # EUC-JP has a wide backslash where Windows has the wide one of ASCII.
    return [back.get(each, each) for each in found if each != "＼"]


USUAL = _usual()
texts = st.text(st.sampled_from(USUAL), max_size=40)


def encoded(text: str, encoding: Encoding) -> bytes:
    """The bytes of a text; the signs that the standards map differently are put back first."""
    if encoding in (EUC_JP, ISO_2022_JP):
        text = text.translate(WIDE)
    return encoding.mark + text.encode(encoding.codec)


@given(texts)
def test_a_text_is_the_same_whatever_it_was_saved_in(text: str) -> None:
    """All encodings give it back, dashes and tildes as Windows has them."""
    for encoding in ALL:
        assert decode(encoded(text, encoding), encoding) == text, encoding


@given(texts, st.sampled_from(ALL))
def test_a_stream_gives_what_decoding_at_once_gives(text: str, encoding: Encoding) -> None:
    """Piece by piece or at once makes no difference."""
    with as_utf8(io.BytesIO(encoded(text * 3, encoding)), encoding) as stream:
        assert stream.read().decode() == text * 3


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        (b"\x87\x40\x87\x8a\xee\xe0\xed\x95\xfb\xfc", CP932, "①㈱髙﨑髙"),
        (b"\xad\xa1\xad\xea\xad\xb5", EUC_JP, "①㈱Ⅰ"),
        (b"\x8f\xb0\xa1\x8e\xb1", EUC_JP, "丂ｱ"),
        (b"\x1b$B-!-j\x1b(B1", ISO_2022_JP, "①㈱1"),
        (b"\x1b$(D0!\x1b(I1\x1b(J2", ISO_2022_JP, "丂ｱ2"),
        (b"\x1b$B0!\r\nabc\n", ISO_2022_JP, "亜\r\nabc\n"),
    ],
)
def test_what_windows_and_the_supplement_add(content: bytes, encoding: Encoding, text: str) -> None:
    """Circled digits, NEC's and IBM's kanji, JIS X 0212, half-width katakana; a line begins in ASCII again."""
    assert decode(content, encoding) == text


@pytest.mark.parametrize("encoding", [UTF8, CP932, EUC_JP], ids=lambda each: each.name)
@given(before=texts, after=texts)
def test_a_broken_byte_breaks_its_own_line(encoding: Encoding, before: str, after: str) -> None:
    """All other lines are whole, also in a stream."""
    content = encoded(before, encoding) + b"\n\xff\n" + encoded(after, encoding)
    wanted = [*before.split("\n"), None, *after.split("\n")]
    found = decode(content, encoding).split("\n")
    assert [None if BROKEN in line else line for line in found] == wanted
    with as_utf8(io.BytesIO(content), encoding) as stream:
        lines = stream.read().split(b"\n")
    assert [None if b"\xff" in line else line.decode() for line in lines] == [
        None if BROKEN in line else line for line in found
    ]


@given(st.binary(max_size=60), st.sampled_from(ALL))
def test_any_bytes_decode(content: bytes, encoding: Encoding) -> None:
    """Whatever bytes there are, there is a text; what is broken in it is marked and nothing else is a surrogate."""
    text = decode(content, encoding).replace(BROKEN, "")
    assert text.encode().decode() == text
    with as_utf8(io.BytesIO(content), encoding) as stream:
        stream.read()
