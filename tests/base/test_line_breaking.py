"""Folding lines for a terminal: nothing gets lost, every line fits, and what belongs together stays together."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.display_width import display_width
from hyotei.base.line_breaking import fold, shortened

SOME_TEXT = st.text(st.sampled_from("aB1.%-(）（「」、。 あ漢ー①Ⅱ"), max_size=60)


@given(SOME_TEXT, st.integers(4, 40), st.integers(4, 40))
def test_folding_loses_nothing_and_fits(text: str, width: int, first: int) -> None:
    """Folded lines hold the same characters but for spaces, and each fits its width."""
    lines = fold(text, width, first)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for number, line in enumerate(lines):
        assert display_width(line) <= (first if number == 0 else width)


def test_folding_keeps_figures_and_marks_together() -> None:
    """A figure is not cut, and no line begins with what closes a phrase."""
    assert fold("達成率 75.0% は 90%以上 に 15.0ポイント足りない", 12) == [
        "達成率 75.0%", "は 90%以上", "に 15.0ポイ", "ント足りない",
    ]  # fmt: skip
    assert fold("コーパスは .parquet に", 12) == ["コーパスは", ".parquet に"]
    assert fold("（あいう）。えお", 10) == ["（あい", "う）。えお"]


@given(SOME_TEXT, st.integers(3, 40))
def test_shortening_shows_the_cut(text: str, width: int) -> None:
    """A shortened text fits, and says so when something is missing."""
    short = shortened(text, width)
    assert display_width(short) <= width
    assert short == text or short.endswith("…")
