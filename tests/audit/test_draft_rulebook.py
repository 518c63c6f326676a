"""Draft rulebooks: accepted without a word, and they rate sheets as their table says."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.audit.draft_rulebook import draft_rulebook, proposed
from hyotei.audit.rating_consistency import Wish, wishes
from hyotei.base.text_file import read_text
from hyotei.inference.rate import rate
from hyotei.messages import HyoteiError
from hyotei.rulebook.library import document_of, load_rulebook
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.sheet import Recorded, Sheet
from tests.strategies import sheets

MIC = load_rulebook("mic-2013")
DOCUMENT = RulebookText.parse(read_text(document_of("mic-2013")))
RATED = st.lists(st.tuples(sheets(MIC), st.sampled_from("ABC")), min_size=1, max_size=4)


@settings(max_examples=10)
@given(RATED, st.sampled_from(["ja", "en"]))
def test_a_draft_rates_as_its_table_says(drawn: list[tuple[Sheet, str]], language: str) -> None:
    """It loads without a warning, and as many sheets come out otherwise than recorded as it says of itself."""
    many = [sheet.model_copy(update={"recorded": Recorded(rating=rating)}) for sheet, rating in drawn]
    draft = None
    try:
        draft = draft_rulebook(many, MIC, DOCUMENT, language="en" if language == "en" else "ja")
    except HyoteiError as error:
        told = [each.code for each in error.diagnostics]
    else:
        told = []
    # Without a sheet of which all is known there is nothing to draft from.
    assert (draft is None) == (told == ["HY983"])
    if draft is None:
        return
    book, problems = check_rulebook(RulebookText.parse(draft.text))
    assert book is not None
    assert problems == []
    assert (book.standing, book.id) == ("draft", "mic-2013-implied")
    assert [law.text for law in book.laws][:2] == ["every decision answers", "no two rows contradict"]
    found = [(rate(sheet, book).rating, sheet.recorded.rating) for sheet in many]
    known = [pair for pair in found if pair[0] is not None]
    assert len(known) == draft.table.sheets
    assert sum(one != other for one, other in known) == draft.table.disagree
    assert f"{draft.table.disagree:,}" in draft.text


def test_limits_and_inputs_are_the_users(seed: Sheet) -> None:
    """What is given is used; what does not exist is told."""
    worse = seed.model_copy(update={"recorded": Recorded(rating="B")})
    draft = draft_rulebook(
        [seed, worse], MIC, DOCUMENT, [Wish("share_achieved", True)], {"share_achieved": [Decimal("0.6")]}
    )
    assert draft.table.disagree == 1
    assert "missed_measures" not in draft.text
    with pytest.raises(HyoteiError, match="HY996"):
        draft_rulebook([seed], MIC, DOCUMENT, [Wish("nothing", True)])
    with pytest.raises(HyoteiError, match="HY997"):
        wishes(["share_achieved"])
    assert wishes(["a+, b-", "c＋"]) == (("a", True), ("b", False), ("c", True))


@given(st.lists(st.decimals(-3, 3, places=3), min_size=1, max_size=30), st.integers(1, 6))
def test_proposed_limits_are_few_round_and_part_sheets(values: list[Decimal], most: int) -> None:
    """Ascending multiples of five per cent, above the lowest value and not above the highest."""
    ordered = sorted(values)
    limits = proposed(ordered, "ratio", most)
    assert limits == sorted(set(limits))
    assert len(limits) <= most
    assert all(limit % Decimal("0.05") == 0 and ordered[0] < limit <= ordered[-1] for limit in limits)
