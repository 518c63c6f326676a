"""Laws and units in words: a sentence for every law there can be, in which nothing of the document's spelling is left."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.report.law_words import law_words, name_words, unit_words
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.load import law_of
from hyotei.rulebook.model import Law

BOOK = load_rulebook("mic-2013")
OUTPUTS = ("rating", "budget", "result")
INPUTS = ("attainment", "share_achieved", "execution", "actual")


def law(text: str) -> Law:
    found = law_of(BOOK, text, [])
    assert found is not None
    return found


LAWS = st.one_of(
    st.sampled_from(("every decision answers", "no two rows contradict", "unknown never beats known")),
    st.builds(
        "{} never {} as {} {}".format,
        st.sampled_from(OUTPUTS), st.sampled_from(("falls", "rises")), st.sampled_from(INPUTS), st.sampled_from(("rises", "falls")),
    ),
    st.sampled_from(OUTPUTS).map("every {} is reachable".format),
    st.builds("one more {} measure never lowers the {}".format, st.sampled_from(("achieved", "missed")), st.sampled_from(OUTPUTS)),
    st.just("if rating = A then share_achieved >= 50%"),
)  # fmt: skip


@given(LAWS)
def test_every_law_is_a_sentence(text: str) -> None:
    """In Japanese without identifiers, in English as it stands in the document."""
    assert law_words(law(text), BOOK, "en") == text
    japanese = law_words(law(text), BOOK, "ja")
    assert re.search("[a-z_]{2,}", japanese) is None
    assert re.search("[ぁ-ん]", japanese)


def test_what_a_law_says_is_in_its_sentence() -> None:
    """Which way the input goes, and what the output does not do then."""
    sentences = {
        law_words(law(f"budget never {verb} as execution {change}"), BOOK, "ja")
        for verb in ("falls", "rises")
        for change in ("rises", "falls")
    }
    assert sentences == {
        f"直近の決算の執行率が{change}ても、予算の方向は{verb}ない"
        for change in ("上がっ", "下がっ")
        for verb in ("下がら", "上がら")
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_names_and_units(language: str) -> None:
    japanese = language == "ja"
    for decision in BOOK.decisions:
        assert name_words(decision.name, BOOK, "ja" if japanese else "en") == (
            decision.title if japanese else decision.name
        )
    assert unit_words("measures[3]", "ja" if japanese else "en") == ("測定値3" if japanese else "measures[3]")
    assert unit_words("sheet", "ja") == "sheet"
