"""Sheets of earlier layouts: what stood in fields of its own is read as facts, and told once."""

import json
from decimal import Decimal

import pytest

from hyotei.readers.sheet_json import stored_sheet
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.sheet import Sheet
from hyotei.sheet.facts import fact_of
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml

HEAD = "id: a\ntitle: 題\nauthority: 総務省\nfiscal_year: 令和5年度\n"
WRITTEN = """amounts_in: 千円
recorded:
  rating: A
  opinion: 現状通り
  opinion_detail: 引き続き、3割を目安に見直すこと
  reflection: 縮減
  external_kind: 対象
  reflection_amounts:
  - {account: 一般会計, amount: -5}
  - {account: 特別会計, subaccount: 雇用勘定, amount: 2}
  printed:
    opinion: {text: 現状通り, line: 7}
    reflection: {read: 廃止, text: 廃止, line: 8}
outline: {kind: 前年度事業, no_target_reason: 件数で測れない, url: u}
logic_model: {activities: [講習, 視察], outcomes: []}
unread: [recorded.budget, recorded.reflection_amounts, logic_model]
"""
OLD = {
    "schema": "hyotei.sheet/2", "id": "a", "title": "題", "authority": "総務省", "fiscal_year": 2023, "budget_years": [],
    "recorded": {
        "opinion": "現状通り", "opinion_source": {"text": "現状通り", "file": "v.csv", "line": 3}, "opinion_detail": None,
        "reflection": None, "reflection_source": None, "reflection_amounts": [
            {"account": "一般会計", "subaccount": None, "amount": {"unknown": "unread"}},
            {"account": "年金", "subaccount": None, "amount": {"value": "3", "unit": "円"}},
        ],
    },
    "outline": {"kind": "前年度事業", "units": ["課"]},
    "logic_model": None,
    "unread": ["outline.no_target_reason"],
}  # fmt: skip
"""What an earlier version wrote; it left some keys empty."""


def values(sheet: Sheet) -> dict[str, str]:
    return {fact.name: fact.text for fact in sheet.facts}


@pytest.mark.parametrize("schema", ["", "schema: hyotei.sheet/1\n", "schema: hyotei.sheet/2\n"])
def test_a_written_sheet_of_an_earlier_layout(schema: str) -> None:
    """Words, amounts, lists and what was not read become facts; what stays in its field stays."""
    sheet, problems = parse_sheet(schema + HEAD + WRITTEN)
    assert sheet is not None
    assert [problem.code for problem in problems] == ["HY148"]
    assert values(sheet) == {
        "external_kind": "対象",
        "opinion": "現状通り",
        "opinion_detail": "引き続き、3割を目安に見直すこと",
        "reflection": "縮減",
        "reflection_amount": "一般会計 -5,000円、特別会計雇用勘定 2,000円",
        "greatest_reflection_amount": "2,000円",
        "programme_kind": "前年度事業",
        "no_target_reason": "件数で測れない",
        "logic_activities": "講習、視察",
        "logic_outputs": "0",
        "logic_outcomes": "0",
    }
    counts = [fact.figure.value for fact in sheet.facts if fact.name.startswith("logic_")]
    total = fact_of(sheet.facts, "reflection_amount")
    assert total is not None
    assert (total.figure.value, counts) == (-3000, [2, 0, 0])
    assert (sheet.recorded.rating, sheet.recorded.results, sheet.outline.url) == ("A", (), "u")
    assert set(sheet.unread) == {
        "recorded.budget",
        *(f"facts.{name}" for name in ("reflection_amount", "greatest_reflection_amount")),
        *(f"facts.logic_{name}" for name in ("activities", "outputs", "outcomes")),
    }


def test_what_was_printed_and_what_was_corrected_is_kept() -> None:
    sheet, _ = parse_sheet(HEAD + WRITTEN)
    assert sheet is not None
    opinion, reflection = (fact_of(sheet.facts, name) for name in ("opinion", "reflection"))
    assert opinion is not None
    assert opinion.figure.source is not None
    assert (opinion.figure.source.line, opinion.figure.source.reading) == (7, "stated")
    assert reflection is not None
    assert reflection.figure.source is not None
    assert (reflection.figure.source.reading, reflection.figure.source.candidates) == ("corrected", ("廃止",))


def test_words_that_a_person_wrote_have_their_line() -> None:
    """Also where nothing of an original is kept beside them."""
    sheet, _ = parse_sheet(
        f"{HEAD}recorded:\n  opinion: 現状通り\n  reflection: 縮減\n  effect: 見込みどおり\n", file="a.yaml"
    )
    assert sheet is not None
    sources = [fact.figure.source for fact in sheet.facts]
    assert [source and (source.text, source.file, source.line) for source in sources] == [
        None, ("現状通り", "a.yaml", 6), ("縮減", "a.yaml", 7)
    ]  # fmt: skip


def test_canonical_json_of_an_earlier_version() -> None:
    """As a file and as it is stored; an amount that was not read makes both amounts unread."""
    text = json.dumps(OLD, ensure_ascii=False)
    sheet, problems = parse_sheet(text)
    assert sheet is not None
    assert [problem.code for problem in problems] == ["HY148"]
    assert stored_sheet(text) == sheet
    amounts = [fact.figure.unknown for fact in sheet.facts if fact.name.endswith("_amount")]
    assert (sheet.schema_, amounts, sheet.unread) == ("hyotei.sheet/3", ["unread"] * 2, ("facts.no_target_reason",))
    assert {"opinion": "現状通り", "programme_kind": "前年度事業"}.items() <= values(sheet).items()
    opinion = fact_of(sheet.facts, "opinion")
    assert opinion is not None
    assert opinion.figure.source is not None
    assert (opinion.figure.source.file, opinion.figure.source.line) == ("v.csv", 3)


@pytest.mark.parametrize("text", [HEAD + WRITTEN, json.dumps(OLD, ensure_ascii=False)])
def test_it_is_written_in_the_present_layout(text: str) -> None:
    """Written again, it reads as the same sheet, and nothing is told."""
    sheet, _ = parse_sheet(text)
    assert sheet is not None
    written = sheet_to_yaml(sheet)
    again, problems = parse_sheet(written)
    assert (again, problems) == (sheet, ())
    assert "opinion: 現状通り" in written


def test_in_the_present_layout_the_names_are_those_of_decisions() -> None:
    """Of a decision `opinion` a sheet may record the result; the keys that have gone are told as unknown."""
    text = f"schema: hyotei.sheet/3\n{HEAD}recorded: {{opinion: A}}\nlogic_model: {{activities: [a]}}\noutline: {{kind: b}}\n"
    sheet, problems = parse_sheet(text)
    assert sheet is not None
    assert [(fact.name, fact.text) for fact in sheet.recorded.results] == [("opinion", "A")]
    assert sheet.facts == ()
    assert [problem.code for problem in problems] == ["HY231", "HY231"]


@pytest.mark.parametrize(
    ("recorded", "codes"),
    [
        ("opinion: 現状通り", ["HY140"]),
        ("opinion: 廃止", ["HY148"]),
        ("opinion: 現状通り, reflection: 縮減", ["HY140", "HY148"]),
        ("reflection_amounts: [{account: 一般会計, amount: -2000円}]", ["HY148"]),
        ("reflection_amounts: [{account: 一般会計, amount: -3千円}]", ["HY140", "HY148"]),
    ],
)
def test_a_fact_that_is_stated_stays(recorded: str, codes: list[str]) -> None:
    """And a former field that says something else is told: nothing of it is used."""
    sheet, problems = parse_sheet(
        f"{HEAD}facts: {{opinion: 廃止, reflection_amount: △2千円}}\nrecorded: {{{recorded}}}\n"
    )
    assert sheet is not None
    assert {"opinion": "廃止", "reflection_amount": "△2千円"}.items() <= values(sheet).items()
    assert sorted(problem.code for problem in problems) == codes


def test_one_amount_is_the_sum_and_the_greatest() -> None:
    text = f"{HEAD}recorded: {{reflection_amounts: [{{account: 一般会計, amount: '-5百万円'}}]}}\n"
    sheet, _ = parse_sheet(text)
    assert sheet is not None
    assert [fact.figure.value for fact in sheet.facts] == [Decimal(-5_000_000)] * 2


@pytest.mark.parametrize(
    ("amounts", "unknown"), [(("300", "5円"), "undefined"), (("300", "5"), None), (("3人", "5円"), "undefined")]
)
def test_amounts_of_several_units_have_no_sum(amounts: tuple[str, str], unknown: str | None) -> None:
    """An amount without a unit is not one in yen, and the sum of two without one has none."""
    listed = ", ".join(f"{{account: 会計, amount: {amount}}}" for amount in amounts)
    sheet, _ = parse_sheet(f"{HEAD}recorded: {{reflection_amounts: [{listed}]}}\n")
    assert sheet is not None
    assert [(fact.figure.unknown, fact.figure.unit) for fact in sheet.facts] == [(unknown, None)] * 2
