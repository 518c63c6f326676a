"""Draft rulebooks: accepted without a word, and they rate sheets as their table says."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.audit.draft_rulebook import draft_rulebook
from hyotei.audit.implied_inputs import proposed
from hyotei.audit.ranked_values import ranked, value_of
from hyotei.audit.rating_consistency import Wish, wishes
from hyotei.base.text_file import read_text
from hyotei.inference.rate import rate
from hyotei.messages import HyoteiError
from hyotei.rulebook.library import document_of, load_rulebook
from hyotei.rulebook.load import check_rulebook, parse_rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.types import BOOLEAN, NUMBER, ScaleType, Type
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Fact, Recorded, Sheet
from hyotei.sheet.facts import figure_in
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


MARKED = """---
rulebook: marked
title: 例
authority: 例示省
standing: draft
fiscal_years: 2012
scales:
  rating: [A, B, C]
  course: [続ける, 見直す, やめる]
  mark: [良・い, ふつう, 悪い]
facts:
  sheet:
    need: {type: mark, label: 必要性, judged: true}
    cut: {type: boolean, label: 削れる}
    points: {type: number}
---
# 今後の方向 `course` — for the sheet

| F | `need` | **course** |
|---|---|---|
| 1 | unknown | unknown |
| 2 | 悪い | やめる |
| 3 | - | 続ける |
"""
MARKED_BOOK = parse_rulebook(MARKED, "rulebook.md")
MARKED_DOCUMENT = RulebookText.parse(MARKED)
COURSES = MARKED_BOOK.scales["course"].values
FACTS = st.fixed_dictionaries(
    {
        "need": st.sampled_from(["良・い", "ふつう", "悪い", "未測定"]),
        "cut": st.sampled_from(["はい", "いいえ", "未測定"]),
        "points": st.integers(0, 5).map(str),
        "course": st.sampled_from(COURSES),
    }
)
WISHES = st.lists(
    st.builds(Wish, st.sampled_from(["need", "必要性", "cut", "points"]), st.booleans()),
    min_size=1,
    max_size=3,
    unique_by=lambda wish: {"必要性": "need"}.get(wish.name, wish.name),
)


def _stating(each: dict[str, str]) -> Sheet:
    facts = tuple(Fact(name=name, text=text, figure=figure_in(text)) for name, text in each.items() if name != "course")
    recorded = Recorded(results=(Fact(name="course", text=each["course"]),))
    return Sheet(id="1", title="例", authority="例示省", fiscal_year=2012, facts=facts, recorded=recorded)


@settings(max_examples=15)
@given(st.lists(FACTS, min_size=1, max_size=6), WISHES)
def test_a_draft_on_facts_rates_another_result_as_it_says(drawn: list[dict[str, str]], wished: list[Wish]) -> None:
    """By facts of every kind of order, for a recorded result of any name; sheets that state none of an input are left out."""
    many = [_stating(each) for each in drawn]
    draft, told = None, list[str]()
    try:
        draft = draft_rulebook(many, MARKED_BOOK, MARKED_DOCUMENT, wished, output="course")
    except HyoteiError as error:
        told = [each.code for each in error.diagnostics]
    names = ["need" if wish.name == "必要性" else wish.name for wish in wished]
    known_of_all = [each for each in drawn if "未測定" not in (each[name] for name in names)]
    assert told == ([] if known_of_all else ["HY983"])
    if draft is None:
        return
    book, problems = check_rulebook(RulebookText.parse(draft.text))
    assert book is not None
    # A result of another name that no law speaks of, as laws do not speak of yes and no as rising, is read by nothing.
    assert [each.code for each in problems] == ["HY542"] * ({*names} == {"cut"})
    found = [
        (rate(sheet, book).derivation.value("course"), each["course"]) for sheet, each in zip(many, drawn, strict=True)
    ]
    known = [pair for pair in found if isinstance(pair[0], str)]
    assert len(known) == len(known_of_all) == draft.table.sheets == len(many) - draft.left_out
    assert sum(one != other for one, other in known) == draft.table.disagree


def test_results_and_limits_that_cannot_be_are_told() -> None:
    """A result without an order, limits of what is no number or no input, and inputs by the columns of the table."""
    sheet = _stating({"need": "悪い", "cut": "はい", "points": "3", "course": "やめる"})
    assert "`need`" in draft_rulebook([sheet], MARKED_BOOK, MARKED_DOCUMENT, output="course").text
    wish = [Wish("必要性", True)]
    for output, limits, code in (
        ("nothing", {}, "HY893"),
        ("course", {"need": [Decimal(1)]}, "HY894"),
        ("course", {"points": [Decimal(1)]}, "HY996"),
    ):
        with pytest.raises(HyoteiError, match=code):
            draft_rulebook([sheet], MARKED_BOOK, MARKED_DOCUMENT, wish, limits, output)


ORDERED: dict[Type, tuple[Scalar, ...]] = {
    ScaleType("mark", ("良", "中", "悪"), ordered=True): ("悪", "中", "良"),
    BOOLEAN: (False, True),
    NUMBER: tuple(map(Decimal, range(9))),
}
"""Of each type some values, from the least."""


@given(st.sampled_from([*ORDERED]), st.booleans())
def test_ranks_tell_values_again(of: Type, rises: bool) -> None:
    """A value comes back from its rank, and a better one has the greater rank."""
    ranks = [rank for value in ORDERED[of] if (rank := ranked(value, of, rises)) is not None]
    assert ranks == sorted(ranks, reverse=not rises)
    assert tuple(value_of(rank, of, rises) for rank in ranks) == ORDERED[of]
