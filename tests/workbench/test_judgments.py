"""What a person gives: it stands on the sheet as it was given, with the whole reason, and what is no value is refused."""

import pytest

pytest.importorskip("django")

from hyotei.messages import HyoteiError
from hyotei.rulebook.load import parse_rulebook
from hyotei.sheet import Sheet
from hyotei.sheet.facts import fact_of
from hyotei.workbench.judgments import fact_places, with_fact

BOOK = parse_rulebook("""---
rulebook: small
title: 小さな基準
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: [A, B]
facts:
  sheet:
    necessity: {type: rating, label: 必要性, judged: true}
---
# 評価 `rating` — for the sheet

    necessity
""")


def test_the_whole_reason_is_kept(seed: Sheet) -> None:
    """However long it is: it is why somebody decided so."""
    (place,) = fact_places(seed, BOOK, "ja")
    assert place.waits
    reason = "理由" * 5_000
    fact = fact_of(with_fact(seed, place, "A", reason, "所管課").facts, "necessity")
    assert fact is not None
    assert (fact.text, fact.reason, fact.by) == ("A", reason, "所管課")


@pytest.mark.parametrize(("text", "reason", "code"), [("A", "", "HY012"), ("C", "理由", "HY144")])
def test_what_is_no_judgment_is_refused(seed: Sheet, text: str, reason: str, code: str) -> None:
    """Without a reason, or with a value outside of its scale."""
    (place,) = fact_places(seed, BOOK, "ja")
    with pytest.raises(HyoteiError) as told:
        with_fact(seed, place, text, reason, "")
    assert told.value.diagnostics[0].code == code
