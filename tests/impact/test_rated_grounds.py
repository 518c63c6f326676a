"""What is kept of the sheets gives the same impacts as rating them anew, whatever is asked for in between."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("duckdb")

from hyotei.impact.impact import impact
from hyotei.impact.rated_grounds import Grounds
from hyotei.messages import HyoteiError
from hyotei.report.impact_data import impact_data
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from tests.examples import one_in
from tests.impact.edited import numbered
from tests.impact.test_impact import OLD, mic_edits
from tests.strategies import sheets


@settings(max_examples=one_in(20, least=1), suppress_health_check=list(HealthCheck))
@given(
    books=st.lists(mic_edits(), min_size=2, max_size=2),
    drawn=st.lists(sheets(OLD), min_size=2, max_size=8),
    turns=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), min_size=3, max_size=3),
    most=st.integers(0, 20),
)
def test_what_is_kept_changes_nothing(
    books: list[Rulebook], drawn: list[Sheet], turns: list[tuple[int, int, bool]], most: int
) -> None:
    known, some = [OLD, *books], numbered(drawn)
    grounds = Grounds(most)
    for old, new, turned in turns:
        asked = some[::-1] if turned else some
        before, after = known[old % len(known)], known[new % len(known)]
        expected = impact_data(impact(before, after, asked), "ja")
        assert impact_data(impact(before, after, asked, grounds=grounds), "ja") == expected


def test_it_can_be_ended_between_trials_and_goes_on_for_the_next() -> None:
    class Ended(Exception):
        pass

    def end() -> None:
        raise Ended

    (sheet,) = numbered([Sheet.model_validate({"id": "x", "title": "t", "authority": "a", "fiscal_year": 2012})])
    grounds = Grounds(10)
    with pytest.raises(Ended):
        impact(OLD, OLD, [sheet], grounds=grounds, watch=end)
    assert impact(OLD, OLD, [sheet], grounds=grounds).all.sheets == 1
    with pytest.raises(HyoteiError, match="HY992"):
        impact(OLD, OLD, [], grounds=grounds)
