"""Facts that a rulebook declares: by name or by label, with defaults, and what is none of their kind is told and unknown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.audit.recorded_comparison import comparisons
from hyotei.inference.rate import rate
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.types import BOOLEAN, COUNT, MONEY, NUMBER, RATIO, TEXT, YEAR, ScaleType, Type
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet import Sheet
from hyotei.verdict.fact_problems import fact_problems

BOOK = """---
rulebook: city
title: 市の評価
authority: 市
standing: draft
fiscal_years: 2011..2030
scales:
  rating: [A, B, C]
  abc: [a, b, c]
facts:
  measure:
    weight: {type: number, label: 重み, default: 1}
  sheet:
    necessity: {type: abc, label: 必要性, judged: 事業所管課}
    cost: money
---
# 点 `points` — for each measure

    重み * 2

# 評価区分 `rating` — for the sheet

| F | `必要性` | `cost` | `sum(measures.points)` | **rating** |
|---|---|---|---|---|
| 1 | unknown | - | - | unknown |
| 2 | a | unknown | - | C |
| 3 | a | 1千円以上 | 6以上 | A |
| 4 | - | - | - | B |
"""
SHEET = """id: x
title: 道路
authority: 市
fiscal_year: 平成24年度
facts: {necessity: Ａ, cost: 1千円}
measures:
  - {label: 一, target: 1件, actual: 1件, facts: {weight: 2}, recorded: {points: 4}}
  - {label: 二, target: 1件, actual: 1件, recorded: {points: 3}}
recorded: {rating: A}
"""


def sheet_of(*changes: tuple[str, str]) -> Sheet:
    text = SHEET.replace("Ａ", "ａ")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    sheet, problems = parse_sheet(text)
    assert problems == ()
    assert sheet is not None
    return sheet


def test_facts_are_read_by_name_and_by_label_and_defaults_are_told() -> None:
    verdict = rate(sheet_of(), parse_rulebook(BOOK))
    assert (verdict.rating, verdict.derivation.value("points", "measures[2]")) == ("A", Decimal(2))
    assert [each.code for each in verdict.data().assumptions] == ["fact_default"]
    assert list(fact_problems(verdict.sheet, verdict.rulebook)) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "rating"),
    [
        ("necessity: ａ", "necessity: d", "HY144", "sheet", None),
        ("cost: 1千円", "cost: 1000", "HY144", "sheet", "C"),
        ("weight: 2", "weight: 重い", "HY144", "measures[1]", None),
        ("weight: 2", "wieght: 2", "HY141", "measures[1]", "B"),
        ("weight: 2", "何か: 2", "HY142", "measures[1]", "B"),
        ("cost: 1千円", "weight: 1", "HY143", "sheet", "C"),
        ("rating: A", "rating: A, point: 3", "HY145", "sheet", "A"),
        ("rating: A", "rating: A, 進捗: 3", "HY146", "sheet", "A"),
        ("rating: A", "rating: A, points: 3", "HY147", "sheet", "A"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place_and_never_taken(
    old: str, new: str, code: str, at: str, rating: str | None
) -> None:
    verdict = rate(sheet_of((old, new)), parse_rulebook(BOOK))
    (problem,) = fact_problems(verdict.sheet, verdict.rulebook)
    assert (problem.code, problem.location.heading) == (code, at)
    assert problem.location.line is not None
    assert verdict.rating == rating


def test_a_fact_is_no_number_that_was_not_read() -> None:
    """What the kind of a fact reads (a sign for yes, a year) is not told as a figure that could not be read."""
    book = BOOK.replace("cost: money", "cost: money\n    external: boolean\n    since: year")
    book += "\n# 例 `shown` — for the sheet\n\n    if external = true then since else since + 1\n"
    verdict = rate(sheet_of(("cost: 1千円", "cost: 1千円, external: ○, since: 平成24年度")), parse_rulebook(book))
    assert verdict.derivation.value("shown") == Decimal(2012)
    assert {each.code for each in verdict.data().assumptions} == {"fact_default"}
    assert "○（はい と読んだ）" in str(verdict.document())  # "約2" and 2 beside each other would look like 約22


def test_a_missing_judgment_tells_who_gives_it_and_what_each_value_leads_to() -> None:
    verdict = rate(sheet_of(("necessity: ａ, ", "")), parse_rulebook(BOOK))
    assert "事業所管課が付ける評価" in str(verdict.document())
    (unknown,) = (each for each in verdict.data().unknowns if each.id == "necessity@sheet")
    assert {(each.bands, each.rating) for each in unknown.possibilities} == {(("a",), "A"), (("b", "c"), "B")}


def test_recorded_results_of_any_unit_are_compared() -> None:
    verdict = rate(sheet_of(), parse_rulebook(BOOK))
    found = [
        (each.output, each.unit, each.recorded, each.derived, each.agreement) for each in comparisons(verdict, "ja")
    ]
    assert found == [
        ("rating", "sheet", "A", "A", "agrees"),
        ("points", "measures[1]", "4", "4", "agrees"),
        ("points", "measures[2]", "3", "2", "rules_differ"),
    ]


ABC = ScaleType("abc", ("a", "Ｂ+", "3"), ordered=True)
NUMBERS = st.integers(-(10**9), 10**9).map(lambda number: Decimal(number).scaleb(-3))
VALUES: dict[Type, st.SearchStrategy[Scalar]] = {
    NUMBER: NUMBERS,
    RATIO: NUMBERS,
    MONEY: NUMBERS,
    COUNT: st.integers(0, 10**9).map(Decimal),
    YEAR: st.integers(1868, 2200).map(Decimal),
    BOOLEAN: st.booleans(),
    TEXT: st.sampled_from(("都市", "80%", "平成20年度", "a b")),
    ABC: st.sampled_from(ABC.values),
}


@given(data=st.data())
def test_what_is_stated_for_a_value_has_that_value(data: st.DataObject) -> None:
    """So sheets that are drawn or written from a proof say what they are to say; a reason of unknown likewise."""
    of = data.draw(st.sampled_from(list(VALUES)))
    fact = DeclaredFact("x", "sheet", of)
    value = data.draw(VALUES[of] | st.sampled_from(REASONS).map(Unknown))
    assert fact.value(fact.stated(value)) == value


def test_every_part_of_a_declaration_is_in_the_hash() -> None:
    books = [
        BOOK,
        BOOK.replace("default: 1", "default: 2"),
        BOOK.replace("judged: 事業所管課", "judged: true"),
        BOOK.replace(", label: 必要性", "").replace("`必要性`", "`necessity`"),
    ]
    hashes = [parse_rulebook(text).hash for text in books]
    assert len(set(hashes)) == len(hashes)
    assert parse_rulebook(BOOK.replace("重み * 2", "weight * 2")).hash == hashes[0]
