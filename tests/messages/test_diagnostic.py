"""What a problem shows of a document that is as long as it likes."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.messages import Diagnostic, Location


@given(st.text(max_size=30), st.integers(0, 5_000))
def test_a_sentence_is_bounded_and_a_short_value_is_whole(text: str, times: int) -> None:
    """In both languages, and in its place too."""
    long = text * times
    problem = Diagnostic("HY245", Location("f", 1, heading=long, row=long, column=long), {"key": long, "unit": long})
    for told in (problem.text("ja"), problem.text("en")):
        assert len(told) < 2_000
        assert long[:99] in told
        assert len(long) > 100 or long in told
