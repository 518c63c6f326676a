"""Facts that forms declare: held against their tables and against rulebooks, and what names facts for people."""

import pytest

from hyotei.forms.declared import differences, names_of, shipped_facts
from hyotei.forms.library import find_form, load_form
from hyotei.forms.load import check_form, parse_form
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from tests.cli.command import inside

FORM = """---
form: mine
title: 例
authority: 例の市
standing: draft
recognise: {every: [評価票]}
scales:
  abc: [a, b, c]
facts:
  sheet:
    necessity: {type: abc, label: 必要性, judged: 所管課}
    points: {type: number, label: 得点, default: 0}
    remark: {type: text, label: 備考}
english: {必要性: necessity of it}
---
# 欄 `labels`

| 印字   | 項目           |
|--------|----------------|
| 必要性 | fact necessity |

# 選択肢 `choices`

| 項目           | 印字 | 値 |
|----------------|------|----|
| fact necessity | 高い | a  |
"""
BOOK = """---
rulebook: small
title: 例
authority: 例の市
standing: draft
fiscal_years: 2020..
scales: {abc: [a, b, c], ab: [a, b]}
facts:
  FACTS
---
# 値 `x` — for the sheet

    1
"""


def codes(text: str) -> list[tuple[str, int | None]]:
    _, problems = check_form(RulebookText.parse(text, "form.md"), find_form)
    return [(problem.code, problem.location.line) for problem in problems]


def test_a_form_declares_facts() -> None:
    form = parse_form(FORM, find_form).form
    necessity, points, remark = form.facts.values()
    assert (necessity.kind, necessity.scope, necessity.by, necessity.label) == ("scale", "sheet", "所管課", "必要性")
    assert (points.default, remark.kind) == (0, "text")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("| 必要性 | fact necessity |", "| 必要性 | fact neccesity |", ("HY676", 20)),
        ("高い | a ", "高い | d ", ("HY677", 26)),
        ("type: abc,", "type: abd,", ("HY388", 11)),
        ("judged: 所管課}", "judge: 所管課}", ("HY341", 11)),
        ("abc: [a, b, c]", "abc: []", ("HY347", 8)),
    ],
)
def test_what_is_wrong_is_told_at_its_place(old: str, new: str, expected: tuple[str, int]) -> None:
    assert codes(FORM) == []
    assert old in FORM
    assert expected in codes(FORM.replace(old, new))


def test_a_form_without_declared_facts_states_any() -> None:
    start, end = FORM.index("scales:"), FORM.index("english:")
    assert codes(FORM[:start] + FORM[end:]) == []


@pytest.mark.parametrize(
    "change", [("type: number", "type: count"), ("label: 備考", "label: 註"), ("judged: 所管課", "judged: 課")]
)
def test_what_is_declared_enters_the_hash(change: tuple[str, str]) -> None:
    before, after = (parse_form(text, find_form).form.hash for text in (FORM, FORM.replace(*change)))
    assert before != after


@pytest.mark.parametrize(
    ("facts", "differs"),
    [
        ("sheet: {necessity: {type: abc}, points: {type: number}, remark: {type: text}, other: {type: money}}", False),
        ("sheet: {necessity: {type: text}, remark: {type: ab}}", False),
        ("sheet: {necessity: {type: ab}}", True),
        ("measure: {necessity: {type: abc}}", True),
        ("sheet: {points: {type: money}}", True),
        ("sheet: {points: {type: text}}", True),
        ("sheet: {remark: {type: count}}", True),
    ],
)
def test_a_rulebook_that_declares_a_fact_otherwise(facts: str, differs: bool) -> None:
    """Told at the line of the fact, with both declarations; words may be read as values of a scale, and values as words."""
    book = parse_rulebook(BOOK.replace("FACTS", facts))
    told = list(differences(book, parse_form(FORM, find_form).form))
    assert [problem.code for problem in told] == (["HY390"] if differs else [])
    assert all(problem.location.line == 9 for problem in told)


def test_shipped_rulebooks_declare_facts_as_their_forms_do() -> None:
    review = load_form("rs-review")
    for name in ("rs-review-2024", "sheet-quality"):
        assert list(differences(load_rulebook(name), review)) == []
        assert load_rulebook(name).facts.keys() <= review.facts.keys()


def test_facts_have_the_names_of_their_form() -> None:
    assert (names_of("opinion").text("ja"), names_of("opinion").text("en")) == ("所見", "opinion")
    assert names_of("mine").text("ja") == "mine"
    assert set(load_form("rs-review").facts) <= set(shipped_facts())


def test_the_command_names_facts_in_the_language_of_the_view() -> None:
    english, japanese = (inside("form", "show", "rs-review", "--lang", language).out for language in ("en", "ja"))
    assert "greatest_reflection_amount  greatest reflection amount  sheet money" in english
    assert "greatest_reflection_amount  最大の反映額  sheet money" in japanese
