"""One hash, one meaning: prose, layout and spelling do not enter it, and whatever can change a verdict does."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.rulebook.canonical import canonical_text, content_hash
from hyotei.rulebook.format import format_document
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from tests.compare.edited import edited
from tests.interpreters import exactly
from tests.strategies import HALF, rulebook_texts, sheets

TEXT = """---
rulebook: hashed
title: 基準
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating:
    A: 良
    B: 可
parameters:
  about: 10%
laws:
  - every decision answers
sources:
  - 評価書
---
# 達成率 `rate` — for each measure

    if direction = decrease then target / actual else actual / target

# 評価区分 `rating` — for the sheet

- standing: inferred
- source: 記載

| F | `min(measures.rate)` | `count(measures)` | **rating** | *理由* | *standing* | *source* |
|---|---|---|---|---|---|---|
| 1 | unknown | - | unknown | 不明 | | |
| 2 | 80%以上 | - | A | 達した | 推定 | 頁1 |
| 3 | `1 - about` 以上 | not(5) | A | 程度 | | |
| 4 | - | - | B | | | |
"""
HASH = content_hash(parse_rulebook(TEXT))


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1, old
    return content_hash(parse_rulebook(TEXT.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# 評価区分", "前に置いた文章。\n\n## 見出しだけ\n\n# 評価区分"),
        ("# 評価区分", "#### 評価区分"),
        ("# 評価区分", "<!-- 覚え書き -->\n# 評価区分"),
        ("for the sheet", "評価書全体"),
        (" — for each measure", " -- for each measure"),
        (
            "    if direction = decrease then target / actual else actual / target",
            "```feel\nif direction=decrease\n  then target/actual\n  else (actual / target)\n```",
        ),
        ("80%以上", ">= 80%"),
        ("80%以上", "８割以上"),
        ("80%以上", "0.8以上"),
        ("`1 - about` 以上", ">= `1-about`"),
        ("not(5)", "5以外"),
        ("not(5)", "!= 5回"),
        ("| - | - | B |", "|  | ー | `B` |"),
        ("unknown | - | unknown", "不明 | - | 不明"),
        ("| 4 |", "| 最後 |"),
        ("|---|---|---|---|---|---|---|", "|:-:|---:|:--|---|---|---|---|"),
        ("about: 10%", "about: 1割"),
        ("about: 10%", "about:\n    value: 10.0%   # 幅"),
        ("fiscal_years: 2011..2013", "fiscal_years: 平成23年度..平成25年度"),
        ("fiscal_years: 2011..2013", "division: exact\nfiscal_years: 2011~2013"),
        ("standing: draft", "standing: 案"),
        ("| 推定 |", "| inferred |"),
        ("- standing: inferred", "- 位置づけ：推定"),
        ("    A: 良", '    "A": "良"   # 良い'),
        ("- every decision answers", "-   every   decision answers"),
    ],
)
def test_prose_layout_and_spelling_are_irrelevant(old: str, new: str) -> None:
    """What a reader sees otherwise but understands the same has the same hash."""
    assert changed(old, new) == HASH


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rulebook: hashed", "rulebook: other"),
        ("title: 基準", "title: 規準"),
        ("authority: 総務省", "authority: 財務省"),
        ("standing: draft", "standing: published"),
        ("2011..2013", "2011..2014"),
        ("2011..2013", "2010..2013"),
        ("    A: 良\n    B: 可", "    B: 可\n    A: 良"),
        ("A: 良", "A: 優"),
        ("    B: 可", "    B: 可\n    C: 不可"),
        ("about: 10%", "about: 10.1%"),
        ("about: 10%", "about:\n    value: 10%\n    label: 幅"),
        ("about: 10%", "about:\n    ..2012: 10%\n    2013..: 10%"),
        ("- every decision answers", "- no two rows contradict"),
        ("  - 評価書", "  - 指針"),
        ("sources:", "division: floor 5\nsources:"),
        ("sources:", "division: half_up 6\nsources:"),
        ("# 達成率 `rate`", "# 達成度 `rate`"),
        ("# 評価区分 `rating` — for the sheet", "# 評価区分 `rating2` — for the sheet"),
        ("direction = decrease", "direction = increase"),
        ("target / actual", "actual / target"),
        ("- standing: inferred", "- standing: draft"),
        ("- source: 記載", "- source: 聴取"),
        ("| F |", "| U |"),
        ("`min(measures.rate)`", "`max(measures.rate)`"),
        ("unknown | - | unknown", "unknown(missing) | - | unknown"),
        ("unknown | - | unknown", "unknown | - | unknown(missing)"),
        ("80%以上", "80%超"),
        ("80%以上", "80.0001%以上"),
        ("80%以上 | -", "80%以上 | 3"),
        ("`1 - about` 以上", "`about` 以上"),
        ("not(5)", "5"),
        ("not(5)", "not(6)"),
        ("A | 達した", "B | 達した"),
        ("達した", "届いた"),
        ("| 推定 |", "| 公表 |"),
        ("頁1", "頁2"),
        ("| 4 | - | - | B | | | |\n", ""),
        (
            "| 1 | unknown | - | unknown | 不明 | | |\n| 2 | 80%以上 | - | A | 達した | 推定 | 頁1 |",
            "| 2 | 80%以上 | - | A | 達した | 推定 | 頁1 |\n| 1 | unknown | - | unknown | 不明 | | |",
        ),
    ],
)
def test_every_change_of_meaning_changes_the_hash(old: str, new: str) -> None:
    """Whatever can show in a verdict, down to a label or the source of a row, is in the hash."""
    assert changed(old, new) != HASH


@given(rulebook_texts())
def test_formatting_is_irrelevant(text: str) -> None:
    """`hyotei rulebook format` leaves every meaning as it is."""
    assert content_hash(parse_rulebook(format_document(text))) == content_hash(parse_rulebook(text))


PROSE = st.lists(
    st.sampled_from(["文章。", "- 箇条書き", "> 引用", "<!-- 注 -->", "", "***", "普通の *強調* と `code`"]), max_size=4
)


@HALF
@given(rulebook_texts(), PROSE, st.sampled_from(["\n", "\r\n"]))
def test_prose_and_line_ends_are_irrelevant(text: str, prose: list[str], end: str) -> None:
    """Prose before any heading and the kind of line end change nothing."""
    more = re.sub(r"(?m)^# ", lambda match: "\n".join(["", *prose, "", match.group()]), text).replace("\n", end)
    assert content_hash(parse_rulebook(more)) == content_hash(parse_rulebook(text))


@HALF
@given(edited(), st.data())
def test_one_hash_is_one_answer(books: tuple[Rulebook, Rulebook], data: st.DataObject) -> None:
    """Whatever edit makes a rulebook answer any sheet otherwise gives it another hash; an edit that changes nothing gives none."""
    old, new = books
    sheet = data.draw(sheets(old))
    if exactly(evaluate(old, sheet)) != exactly(evaluate(new, sheet)):
        assert content_hash(old) != content_hash(new)
    if old == new:
        assert content_hash(old) == content_hash(new)


@HALF
@given(rulebook_texts())
def test_a_text_read_again_has_its_hash(text: str) -> None:
    first, second = parse_rulebook(text), parse_rulebook(text)
    assert first == second
    assert first.hash == second.hash == content_hash(first)


def test_canonical_form_is_plain_json() -> None:
    """The canonical form can be read by anything, holds no float, and tells 1, true and "1" apart."""
    book = parse_rulebook(TEXT)
    text = canonical_text(book)
    read = json.loads(text, parse_float=_refuse)
    assert json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text
    assert content_hash(replace(book, file="elsewhere.md", warnings=())) == HASH


def _refuse(text: str) -> float:
    raise AssertionError(f"{text} is a float")
