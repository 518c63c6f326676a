"""The verdict as text: the seed's whole text is kept under review, and no verdict breaks the layout."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.display_width import display_width, pad
from hyotei.base.line_breaking import fold, shortened
from hyotei.inference.rate import rate
from hyotei.messages import Language
from hyotei.report.styled_lines import plain
from hyotei.report.verdict_text import verdict_text
from hyotei.rulebook.load import parse_rulebook
from hyotei.sheet import Quantity, Sheet
from hyotei.verdict.verdict import Verdict
from tests.conftest import ROOT
from tests.verdict.rated import verdicts

WIDEST = 120


def text_of(verdict: Verdict, language: Language) -> str:
    """Everything there is to show."""
    labels = {
        value: label
        for name in ("result", "severity")
        if name in verdict.rulebook.scales
        for value, label in verdict.rulebook.scales[name].labels.items()
    }
    return plain(verdict_text(verdict.data(language), labels, language, why=True)) + "\n"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_seed(seed_verdict: Verdict, language: Language) -> None:
    """The text of the seed is the one that was reviewed; HYOTEI_UPDATE_SNAPSHOTS=1 writes it anew."""
    text = text_of(seed_verdict, language)
    file = ROOT / "tests" / "snapshots" / f"verdict_mic_24_15.{language}.txt"
    if os.environ.get("HYOTEI_UPDATE_SNAPSHOTS"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_seed_fits_a_terminal(seed_verdict: Verdict, language: Language) -> None:
    """No line of the seed is wider than 120 columns or ends in a space."""
    for line in text_of(seed_verdict, language).splitlines():
        assert display_width(line) <= WIDEST, line
        assert line == line.rstrip()


def test_english_text_has_no_japanese_of_ours(seed_verdict: Verdict) -> None:
    """In English, units of money, years, headings and connectives are English; what the documents say stays."""
    text = text_of(seed_verdict, "en")
    for word in ("千円", "■", "規則：", "行2", "前述", "不明", "なら", "ポイント", "〔", "：", "（セミナー等）"):
        assert word not in text, word


@given(verdicts(), st.sampled_from(["ja", "en"]))
def test_every_verdict_can_be_shown(verdict: Verdict, language: Language) -> None:
    """Any verdict of any rulebook has a text, with its results and every finding in it."""
    text = text_of(verdict, language)
    for finding in verdict.findings:
        assert finding.code in text
    assert (verdict.rating or ("定まらない" if language == "ja" else "undetermined")) in text


def test_undetermined_verdict_says_what_it_waits_for(seed: Sheet) -> None:
    """Where nothing could be judged, the figures that are missing are named in words."""
    measure = seed.measures[3].model_copy(update={"actual": Quantity(unknown="unsettled")})
    indicator = seed.indicators[2].model_copy(update={"measures": (measure,)})
    objective = seed.objectives[1].model_copy(update={"indicators": (indicator,)})
    verdict = rate(seed.model_copy(update={"objectives": (objective,)}), "mic-2013")
    assert verdict.status == "undetermined"
    name = "海外でのセミナー等の開催とミッション団の派遣"
    assert f"  ・「{name}（ミッション団）」の実績値（未確定）\n" in text_of(verdict, "ja")
    assert f"  - {name} (ミッション団): actual (not yet settled)\n" in text_of(verdict, "en")


RATING_ONLY = """---
rulebook: grades-only
title: 五段階評価
authority: 国土交通省
standing: draft
fiscal_years: 2010..
scales:
  {result}: {{S: 上, A: 中, B: 下}}
---
# 平均達成率 `mean_attainment` — 評価書全体

    mean(measures.actual / measures.target)

# 結論 `{result}` — 評価書全体

| F | `mean_attainment` | **{result}** |
|---|-------------------|--------------|
| 1 | unknown           | unknown      |
| 2 | 100%以上          | S            |
| 3 | -                 | A            |
"""


@pytest.mark.parametrize(("result", "other"), [("rating", "予算の方向"), ("budget", "評価区分")])
def test_a_result_that_the_rulebook_does_not_decide_is_not_undetermined(seed: Sheet, result: str, other: str) -> None:
    """It is said to be not decided; possible outcomes speak of the other result only; another authority is told."""
    text = RATING_ONLY.format(result=result).replace("mean(measures.actual / measures.target)", "execution_share")
    text = text.replace("execution_share", "count(measures[actual >= target]) / count(measures[actual != unknown])")
    verdict = rate(seed, parse_rulebook(text, "grades-only.md"))
    shown = text_of(verdict, "ja")
    assert f"  {pad(other, 10)}  この評価基準書は判断しない\n" in shown
    outcomes = [line for line in shown.splitlines() if " なら " in line]
    assert all(other not in line for line in outcomes)
    assert "not decided by this rulebook" in text_of(verdict, "en")
    codes = [each.code for each in verdict.data("ja").assumptions]
    assert "rulebook_of_another_authority" in codes
    assert "rulebook_of_another_authority" not in [each.code for each in rate(seed, "mic-2013").data("ja").assumptions]


# -- folding

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
    assert fold("（あいう）。えお", 10) == ["（あい", "う）。えお"]


@given(SOME_TEXT, st.integers(3, 40))
def test_shortening_shows_the_cut(text: str, width: int) -> None:
    """A shortened text fits, and says so when something is missing."""
    short = shortened(text, width)
    assert display_width(short) <= width
    assert short == text or short.endswith("…")
