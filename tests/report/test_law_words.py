"""Laws in words: every law is a sentence in both languages, and each is read back as the same law."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.messages import Diagnostic, Language
from hyotei.report.law_words import law_words, name_words
from hyotei.rulebook.canonical import content_hash
from hyotei.rulebook.check.law_sentences import FORMS
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.load import law_of, parse_rulebook
from hyotei.rulebook.model import Law
from hyotei.sheet.unit_words import unit_words
from tests.conftest import ROOT

BOOK = load_rulebook("mic-2013")
OUTPUTS = ("rating", "budget", "result", "recorded.rating")
INPUTS = ("attainment", "share_achieved", "execution", "actual", "fiscal_year", "target.low")


def law(text: str) -> Law:
    problems: list[Diagnostic] = []
    found = law_of(BOOK, text, problems)
    assert found is not None, (text, problems)
    return found


def comparisons() -> st.SearchStrategy[str]:
    """Conditions on one value, as rules write them."""
    signs = st.sampled_from(("=", "!=", ">=", "<", ">", "<="))
    alike = st.sampled_from(("=", "!="))
    pick = st.sampled_from
    return st.one_of(
        st.builds(
            "{} {} {}".format, pick(("share_achieved", "execution")), signs, pick(("80%", "half", "0.5", "-20%"))
        ),
        st.builds("{} {} {}".format, pick(("rating", "recorded.rating")), alike, pick("ABC")),
        st.builds("budget {} {}".format, alike, pick(("Ⅰ", "Ⅱ", "Ⅲ"))),
        st.builds(
            "{} {} unknown{}".format, pick(("rating", "execution")), alike, pick(("", "(missing)", "(undefined)"))
        ),
        st.builds("missed_measures {} {}".format, signs, pick(("0", "3件", "count(measures)", "count(measures) - 1"))),
        st.builds("{}(measures.result = {})".format, pick(("all", "any")), pick(("achieved", "missed"))),
        pick(('title = "a, \\"b\\" `c`"', "not(rating = A)", "rating in (A, B)")),
    )


def conditions() -> st.SearchStrategy[str]:
    """Conditions of several parts."""
    return st.recursive(
        comparisons(),
        lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(("and", "or")), inner),
        max_leaves=4,
    )


LAWS = st.one_of(
    st.sampled_from(("every decision answers", "no two rows contradict", "unknown never beats known")),
    st.builds(
        "{} never {} as {} {}".format,
        st.sampled_from(OUTPUTS), st.sampled_from(("falls", "rises")), st.sampled_from(INPUTS), st.sampled_from(("rises", "falls")),
    ),
    st.sampled_from(OUTPUTS).map("every {} is reachable".format),
    st.builds(
        "one more {} {} never lowers the {}".format,
        st.sampled_from(("achieved", "missed", "close")), st.sampled_from(("measure", "indicator", "objective", "budget_year")),
        st.sampled_from(OUTPUTS),
    ),
    st.builds("if {} then {}".format, conditions(), conditions()),
)  # fmt: skip


@given(LAWS)
def test_every_law_is_a_sentence_that_is_read_back(text: str) -> None:
    """Japanese or English, and from either into the other: always the same law."""
    meant = law(text)
    japanese = law_words(text, BOOK, "ja")
    assert re.search("[ぁ-ん]", japanese)
    outside = re.sub("`.*?`", "", japanese)
    assert re.search("[a-z_]{2,}", outside) is None, "what is not in backticks is Japanese"
    again = law_words(japanese, BOOK, "en")
    for told in (japanese, again, law_words(again, BOOK, "ja"), law_words(text, BOOK, "en")):
        assert replace(law(told), text="") == replace(meant, text=""), told
    assert law_words(japanese, BOOK, "ja") == japanese


@given(LAWS)
def test_hash_of_a_law_is_that_of_its_meaning(text: str) -> None:
    """A rulebook with a law in Japanese has the hash of the one that has it in English."""
    first, second = (replace(BOOK, laws=(law(each),)) for each in (text, law_words(text, BOOK, "ja")))
    assert content_hash(first) == content_hash(second)


def test_what_a_law_says_is_in_its_sentence() -> None:
    """Which way the input goes, and what the output does not do then."""
    sentences = {
        law_words(f"budget never {verb} as execution {change}", BOOK, "ja")
        for verb in ("falls", "rises")
        for change in ("rises", "falls")
    }
    assert sentences == {
        f"直近の決算の執行率が{change}ても、予算の方向は{verb}ない"
        for change in ("上がっ", "下がっ")
        for verb in ("下がら", "上がら")
    }
    condition = "if rating = A and share_achieved >= 80% then missed_measures = 0 or budget != unknown"
    assert law_words(condition, BOOK, "ja") == (
        "評価区分が A かつ 達成した測定値の割合が 80% 以上のとき、"
        "目標の半分に届かない測定値が 0 または 予算の方向が 不明 でない"
    )


@pytest.mark.parametrize("name", ["rating", "budget", "share_achieved", "execution"])
@pytest.mark.parametrize("other", ["rating", "budget"])
@pytest.mark.parametrize(("sign", "end"), [("=", "のとき"), ("!=", " でないとき")])
def test_a_condition_on_unknown_is_said_in_japanese(name: str, other: str, sign: str, end: str) -> None:
    """不明のとき is unknown, never a value of that name, so that the sentence is read back as the same law."""
    told = law_words(f"if {name} {sign} unknown then {other} = unknown", BOOK, "ja")
    titles = {each.name: each.title for each in BOOK.decisions}
    assert told == f"{titles[name]}が 不明{end}、{titles[other]}が 不明"
    assert law_words(told, BOOK, "en") == f"if {name} {sign} unknown then {other} = unknown"


def problem(text: str) -> Diagnostic:
    problems: list[Diagnostic] = []
    assert law_of(BOOK, text, problems) is None
    (found,) = problems
    return found


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("rating never drops as share_achieved rises", FORMS["en"][2]),
        ("all rating are reachable", FORMS["en"][3]),
        ("評価区分は下がらない", FORMS["ja"][2]),
        ("評価区分のすべての値が出る", FORMS["ja"][3]),
        ("行が矛盾しないこと", FORMS["ja"][1]),
    ],
)
def test_what_is_no_law_is_told_the_nearest_form(text: str, form: str) -> None:
    """In the language it was written in, whatever the language of the message."""
    found = problem(text)
    assert found.code == "HY550"
    for language in ("ja", "en"):
        assert form in found.text(language)


def test_unknown_and_ambiguous_names_are_told() -> None:
    """A title that is none is a name that is none; one of two decisions could be either."""
    assert problem("`ratting`が上がっても、評価区分は下がらない").code == "HY501"
    document = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
    heading = next(line for line in document.splitlines() if "`execution`" in line and line.startswith("#"))
    twice = parse_rulebook(document.replace(heading, re.sub("#+ .* `execution`", "## 評価区分 `execution`", heading)))
    problems: list[Diagnostic] = []
    assert law_of(twice, "評価区分が上がっても、予算の方向は下がらない", problems) is None
    assert [each.code for each in problems] == ["HY553"]
    told = law_words("budget never falls as rating rises", twice, "ja")
    assert told == "`rating`が上がっても、予算の方向は下がらない"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_names_and_units(language: Language) -> None:
    japanese = language == "ja"
    for decision in BOOK.decisions:
        assert name_words(decision.name, BOOK, language) == (decision.title if japanese else decision.name)
    assert unit_words("measures[3]", language) == ("測定値3" if japanese else "measures[3]")
    assert unit_words("sheet", "ja") == "sheet"
