"""An edit that is offered for a problem mends it, and breaks nothing else."""

from pathlib import Path
from typing import Final

import pytest

from hyotei.messages import LANGUAGES, Diagnostic, catalogue
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.mends.mends import MENDED_CODES, mends_of
from hyotei.rulebook.mends.model import Mend, Replacement, mended
from hyotei.rulebook.rulebook_text import RulebookText
from tests.rulebook.test_messages_of_broken_rulebooks import MANY, NAMES

FOLDER = Path(__file__).with_name("broken")
THEN_SEEN: Final = {"HY505": {"HY512"}, "HY576": {"HY598"}}
"""What a mend lets be seen, about which nothing could be said before."""
HEAD: Final = """---
rulebook: small
title: 小さな基準
authority: 総務省
standing: draft
fiscal_years: 2020..
scales:
  rating: [A, B]
---

# 評価区分 `rating` — for the sheet

"""
TABLE: Final = "| F | `count(measures)` | **rating** |\n|---|---|---|\n"
SMALL: Final = {
    "HY303": TABLE + "| 1 | > 2 | A |\n| 2 | - |\n",
    "HY306": TABLE + "| 1 | - | A |\n\n#見出し\n",
    "HY307": TABLE + "| 1 | - | A |\n- 一つ | 目\n",
    "HY315": "- 前書き\n" + TABLE + "| 1 | - | A |\n",
    "HY412": TABLE + "| 1 | not(2 | A |\n| 2 | - | B |\n",
    "HY413": TABLE + "| 1 | - | A) |\n",
    "HY524": "| F | `coun(measures)` | **rating** |\n|---|---|---|\n| 1 | - | A |\n",
}
"""Tables with a problem that no broken rulebook has a mend for."""


def _problems(text: str) -> tuple[RulebookText, list[Diagnostic]]:
    document = RulebookText.parse(text)
    return document, check_rulebook(document)[1]


def _offered(text: str) -> list[tuple[str, Mend]]:
    document, problems = _problems(text)
    return [(each.code, mend) for each in problems for mend in mends_of(each, document)]


def _broken(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


SOUND: Final = TABLE + "| 1 | - | A |\n"
BEFORE: Final = {"HY305": "| ある | ない |\n\n", "HY308": "｜ある｜ない｜\n｜---｜---｜\n\n"}
"""Texts before the first heading with such a problem."""
TEXTS: Final = {
    **{name: _broken(name) for name in NAMES if name != MANY},
    **{name: HEAD + table for name, table in SMALL.items()},
    **{name: HEAD.replace("# 評価", f"{text}# 評価") + SOUND for name, text in BEFORE.items()},
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_mend_mends_its_problem_and_breaks_nothing(name: str) -> None:
    text = TEXTS[name]
    before = _problems(text)[1]
    for code, mend in _offered(text):
        after = _problems(mended(text, mend.replacements))[1]
        assert _count(after, code) == _count(before, code) - 1, mend
        # Warnings are told where there is no error.
        assert _errors(after) <= _errors(before) | THEN_SEEN.get(code, set()), mend
        assert _errors(before) or _codes(after) <= _codes(before) | THEN_SEEN.get(code, set()), mend


def _count(problems: list[Diagnostic], code: str) -> int:
    return sum(each.code == code for each in problems)


def _codes(problems: list[Diagnostic]) -> set[str]:
    return {each.code for each in problems}


def _errors(problems: list[Diagnostic]) -> set[str]:
    return {each.code for each in problems if each.severity == "error"}


def test_each_code_that_can_be_mended_is_mended_by_some_edit() -> None:
    found = {code for text in TEXTS.values() for code, _ in _offered(text)}
    assert found >= MENDED_CODES
    assert catalogue().keys() >= MENDED_CODES


def test_every_mend_says_what_it_does() -> None:
    for text in TEXTS.values():
        for _, mend in _offered(text):
            said = {mend.label.text(language) for language in LANGUAGES}
            assert len(said) == len(LANGUAGES)
            assert all(mend.text in each for each in said if mend.text)


def test_characters_that_no_mend_is_about_stay() -> None:
    for text in TEXTS.values():
        for _, mend in _offered(text):
            done = 0
            after = mended(text, mend.replacements)
            at = 0
            for each in mend.replacements:
                kept = text[done : each.start]
                assert after[at : at + len(kept)] == kept
                at += len(kept) + len(each.text)
                done = each.end
            assert after[at:] == text[done:]


@pytest.mark.parametrize(
    "wrong", [(Replacement(3, 2, ""),), (Replacement(0, 9, ""),), (Replacement(1, 2, ""), Replacement(0, 1, ""))]
)
def test_replacements_outside_of_the_document_are_refused(wrong: tuple[Replacement, ...]) -> None:
    with pytest.raises(ValueError, match="within the document"):
        mended("abc", wrong)
