"""The front matter of a draft as forms: what is left alone keeps its characters, and mistakes are told at their fields."""

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.messages import HyoteiError
from hyotei.rulebook.library import library
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.workbook_words import choices

TEXT = """---
rulebook: small  # the id
title: 小さな基準
authority: 総務省
standing: draft
fiscal_years: 2020..
scales:
  rating: [A, B]   # best first
parameters:
  line: {value: 50%, label: 達成の線}
laws:
  - every decision answers
---

# 評価区分 `rating` — for the sheet

| F | `count(measures[actual >= target]) / count(measures)` | **rating** |
|---|---|---|
| 1 | `line` 以上 | A |
| 2 | - | B |
"""
BOOKS = [each.folder / "rulebook.md" for each in library() if each.origin == "shipped"]


@pytest.fixture
def draft(person: Any) -> Any:
    from hyotei.workbench.drafts import begin
    from hyotei.workbench.models import Account

    person("analyst")
    return begin(TEXT, Account.objects.get(name="analyst"), "file", file="small.md")


def _post(client: Any, draft: Any, seen: int, front: str, **fields: str) -> Any:
    sent = {"seen": str(seen), "front": front, **{name.replace("_", "."): text for name, text in fields.items()}}
    return client.post(f"/drafts/{draft.key}/", sent)


def _text(draft: Any) -> str:
    from hyotei.workbench.drafts import state

    return str(state(draft).text.text)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.parent.name)
def test_forms_that_nobody_changed_say_the_document_to_the_letter(path: Any) -> None:
    from hyotei.workbench.draft_front import front_of, written_front

    document = RulebookText.parse(path.read_bytes().decode())
    lists = front_of(document)
    assert lists is not None
    assert written_front(document, lists) == document.text


@given(row=st.integers(0, 1), column=st.integers(0, 5), text=st.text(max_size=8))
def test_a_field_changes_what_it_says_or_is_refused(row: int, column: int, text: str) -> None:
    from hyotei.workbench.draft_front import front_of, written_front

    document = RulebookText.parse(TEXT)
    lists = front_of(document)
    assert lists is not None
    lists.set("parameters", {(1, 0): "other"})
    lists.set("parameters", {(row, column): text})
    try:
        made = RulebookText.parse(written_front(document, lists))
    except HyoteiError as error:
        told = {each.code for each in error.diagnostics}
    else:
        told = set()
    assert told <= {"HY462", "HY463", "HY490"}
    if told:
        return
    again = front_of(made)
    assert again is not None
    # A blank name stands for the one above it.
    expected: list[list[str]] = []
    for each in filter(any, lists.lists["parameters"]):
        expected.append([each[0] or expected[-1][0], *each[1:]])
    assert [[each[0] or "line", *each[1:]] for each in again.lists["parameters"]] == expected
    assert made.text.split("---\n", 2)[2] == TEXT.split("---\n", 2)[2]


def test_a_field_of_the_cover_and_a_parameter_are_changed_and_all_else_stays(person: Any, draft: Any) -> None:
    client = person("analyst")
    _post(client, draft, 1, "cover", cover_title="別の: 題", cover_standing="公表")
    _post(client, draft, 2, "parameters", cell_0_2="60%")
    after = TEXT.replace("title: 小さな基準", "title: '別の: 題'").replace("draft", "published").replace("50%", "60%")
    assert _text(draft).replace('"', "'") == after


def test_rows_are_added_moved_and_taken_out(person: Any, draft: Any) -> None:
    client = person("analyst")
    _post(client, draft, 1, "parameters", cell_1_0="other", cell_1_2="3億円", cell_1_3="もう一つ")
    assert "other:" in _text(draft)
    assert "3億円" in _text(draft)
    _post(client, draft, 2, "parameters", do="row.back", row="1")
    assert _text(draft).index("other") < _text(draft).index("line:")
    _post(client, draft, 3, "parameters", do="row.delete", row="0")
    assert _text(draft) == TEXT
    _post(client, draft, 4, "scales", do="paste", row="2", column="0", copied="budget\tⅠ\t続ける\nbudget\tⅡ\t見直す\n")
    assert "Ⅱ: 見直す" in _text(draft)
    _post(client, draft, 5, "facts", cell_0_0=choices("scope", "ja")["measure"], cell_0_1="weight", cell_0_2="number")
    assert check_rulebook(RulebookText.parse(_text(draft)))[0] is not None, _text(draft)


def test_a_mistake_is_told_at_its_field_and_what_was_written_stays(person: Any, draft: Any) -> None:
    client = person("analyst")
    answer = _post(client, draft, 1, "parameters", do="row.copy", row="0")
    assert answer.status_code == 422
    shown = unescape(answer.content.decode())
    assert "パラメーター 行 2、値：「value」が二度あります" in shown
    assert re.search(r'id="i\.parameters\.1\.[02]"[^>]*aria-invalid', shown)
    assert _text(draft) == TEXT
    _post(client, draft, 1, "parameters", cell_0_2="たくさん")
    shown = unescape(client.get(f"/drafts/{draft.key}/").content.decode())
    assert re.search(r'id="i\.parameters\.0\.2"[^>]*aria-invalid', shown)
    _post(client, draft, 2, "cover", cover_title="")
    shown = unescape(client.get(f"/drafts/{draft.key}/").content.decode())
    assert re.search(r'id="i\.cover\.0\.title"[^>]*aria-invalid', shown)


def test_a_front_matter_that_cannot_be_read_is_written_as_yaml_only(person: Any, draft: Any) -> None:
    client = person("analyst")
    client.post(f"/drafts/{draft.key}/", {"seen": "1", "section": "0", "text": "---\ntitle: [\n---\n"})
    shown = client.get(f"/drafts/{draft.key}/").content.decode()
    assert 'id="f.cover"' not in shown
    assert 'id="t.0"' in shown
    assert _post(client, draft, 2, "cover", cover_title="x").status_code == 302
    assert "title: [" in _text(draft)
