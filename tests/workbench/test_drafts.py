"""Drafts: every change is kept with who made it, changes of two people are merged or both are shown, and nothing is lost."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.rulebook.library import library

TEXT = """---
rulebook: small
title: 小さな基準
authority: 総務省
standing: draft
fiscal_years: 2020..
scales:
  rating: [A, B]
---

# 評価区分 `rating` — for the sheet

| U | `count(measures[actual >= target]) / count(measures)` | **rating** |
|---|---|---|
| 1 | >= 50% | A |
| 2 | < 50% | B |
| 3 | unknown | unknown |

終わりの文。
"""


@pytest.fixture
def draft(person: Any) -> Any:
    from hyotei.workbench.drafts import begin
    from hyotei.workbench.models import Account

    person("analyst")
    return begin(TEXT, Account.objects.get(name="analyst"), "file", file="small.md")


def _page(answer: Any) -> str:
    return str(answer.content.decode())


def _line() -> int:
    return TEXT.splitlines().index("| U | `count(measures[actual >= target]) / count(measures)` | **rating** |") + 1


def _cells(**cells: str) -> dict[str, str]:
    return {"table": str(_line()), **{name.replace("_", "."): text for name, text in cells.items()}}


def _post(client: Any, draft: Any, seen: int, **fields: str) -> Any:
    return client.post(f"/drafts/{draft.key}/", {"seen": str(seen), **fields})


def _now(draft: Any) -> Any:
    from hyotei.workbench.drafts import state

    return state(draft)


def test_a_draft_begins_as_a_rulebook_and_the_rulebook_stays(person: Any) -> None:
    client = person("analyst")
    entry = library()[0]
    before = (entry.folder / "rulebook.md").read_bytes()
    answer = client.post("/drafts/", {"rulebook": entry.head.id})
    assert answer.status_code == 302
    shown = _page(client.get(answer.url))
    assert "誤り" in shown
    saved = client.get(f"{answer.url}document/")
    assert saved.content == before
    assert "attachment" in saved.headers["Content-Disposition"]
    assert (entry.folder / "rulebook.md").read_bytes() == before
    assert answer.url in _page(client.get("/drafts/"))


def test_a_file_that_is_no_text_is_told(person: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from hyotei.workbench.draft_models import Draft

    client = person("analyst")
    for content, code in ((b"\0\0", "HY105"), (b"", "HY104"), (b"x" * (2 * 1024 * 1024 + 1), "HY107")):
        answer = client.post("/drafts/", {"file": SimpleUploadedFile("a.md", content)})
        assert (answer.status_code, code in _page(answer)) == (422, True), code
    assert client.post("/drafts/", {"rulebook": "../../etc"}).status_code == 400
    assert not Draft.objects.exists()


def test_a_draft_goes_to_a_workbook_and_begins_again_as_the_same(person: Any) -> None:
    pytest.importorskip("openpyxl")
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = person("analyst")
    to = client.post("/drafts/", {"rulebook": "mic-2013"}).url
    content = client.get(f"{to}workbook/").content
    again = client.post("/drafts/", {"file": SimpleUploadedFile("基準.xlsx", content)}).url
    assert client.get(f"{again}document/").content == client.get(f"{to}document/").content
    answer = client.post("/drafts/", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 damaged")})
    assert answer.status_code == 422
    assert "HY461" in _page(answer)


def test_a_draft_is_made_of_grades_and_lines(person: Any) -> None:
    client = person("analyst")
    form = {
        "id": "mine",
        "title": "私の: 基準",
        "authority": "総務省",
        "years": "2025..",
        "grades": "S,A,B",
        "lines": "110,90",
    }
    to = client.post("/drafts/", form).url
    shown = _page(client.get(to))
    assert "誤りはありません" in shown
    assert "私の: 基準" in shown
    tried = _page(client.get(f"{to}cases/"))
    assert "7件の事例のうち 7件が期待どおりです" in tried
    assert client.post("/drafts/", {**form, "years": ""}).status_code == 422, "what lacks is told where it is written"
    answer = client.post("/drafts/", {**form, "lines": "90,110"})
    assert answer.status_code == 422
    assert "HY363" in _page(answer)
    assert "--" not in _page(answer).split('role="alert"')[1].split("</div>")[0], "no option of a command on a page"
    for kept in ("mine", "私の: 基準", "S,A,B", "90,110"):
        assert f'value="{kept}"' in _page(answer), "what was filled in stays"


def test_grades_and_lines_are_read_as_an_input_method_writes_them(person: Any) -> None:
    client = person("analyst")
    form = {
        "id": "mine",
        "title": "基準",
        "authority": "わかば市",
        "years": "2025..",
        "grades": "優、良，可",
        "lines": "１１０％、９０",
    }
    shown = _page(client.get(client.post("/drafts/", form).url))
    assert "誤りはありません" in shown
    assert all(f'value="{each}"' in shown for each in ("優", "良", "可", "110%", "90%"))


def test_a_new_draft_never_begins_with_an_error(person: Any) -> None:
    """What it began with is what its impact is compared with: years that cannot be read told an error there for ever."""
    from hyotei.workbench.draft_models import Draft

    form = {"id": "mine", "title": "基準", "authority": "みなと市", "grades": "A,B", "lines": "100"}
    answer = person("analyst").post("/drafts/", {**form, "years": "令和5年度から"})
    assert answer.status_code == 422
    assert "HY346" in _page(answer)
    assert 'value="令和5年度から"' in _page(answer), "what was filled in stays"
    assert not Draft.objects.exists()


def test_sheets_to_try_a_draft_on_are_told_apart_by_authority_and_year(person: Any, draft: Any) -> None:
    """Sheets of one name and of different years were the same line twice."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = person("evaluator")
    for year in ("令和5年度", "令和6年度"):
        text = f"{{title: 橋の点検, authority: みなと市, fiscal_year: {year}, id: 'みなと市-{year}'}}"
        client.post("/sheets/", {"files": [SimpleUploadedFile(f"{year}.yaml", text.encode())]})
    shown = _page(person("analyst").get(f"/drafts/{draft.key}/"))
    assert {"橋の点検（みなと市 令和5年度）", "橋の点検（みなと市 令和6年度）"} <= set(
        re.findall(r"<option[^>]*>(.*?)</option>", shown)
    )


def test_an_edit_of_a_cell_is_stored_checked_and_logged(person: Any, draft: Any) -> None:
    from hyotei.workbench.log import broken, entries

    client = person("analyst")
    assert _post(client, draft, 1, **_cells(cell_0_1=">= 60%")).status_code == 302
    assert _now(draft).text.text == TEXT.replace(">= 50%", ">= 60%")
    assert _post(client, draft, 2, **_cells(cell_1_1="<< 60%")).status_code == 302
    shown = _page(client.get(f"/drafts/{draft.key}/"))
    wrong = re.search(r'<input id="c\.\d+\.1\.1"[^>]*>', shown)
    assert wrong is not None
    assert 'aria-invalid="true"' in wrong[0]
    assert f'href="#c.{_line()}.1.1">（評価区分、行 2、列' in shown, "the page has no lines by number"
    assert [(each.account, each.action) for each in entries()] == [
        ("analyst", "draft.begun"),
        ("analyst", "draft.changed"),
        ("analyst", "draft.changed"),
    ]
    assert broken() == []


def test_a_form_that_changes_nothing_makes_no_state(person: Any, draft: Any) -> None:
    client = person("analyst")
    _post(client, draft, 1, **_cells(cell_0_1=">= 50%", cell_9_9="x"))
    _post(client, draft, 1, section="0", text=TEXT.partition("\n\n")[0].replace("\n", "\r\n") + "\r\n\r\n".rstrip())
    assert _now(draft).number in (1, 2)
    assert _now(draft).text.text.partition("# ")[2] == TEXT.partition("# ")[2]
    for wrong in ({}, {"table": "x"}, {"section": "0"}):
        assert _post(client, draft, 1, **wrong).status_code == 400
    assert _post(client, draft, 99, **_cells(cell_0_1="x")).status_code == 400


def test_two_people_change_different_cells(person: Any, draft: Any) -> None:
    one, other = person("analyst"), person("analyst", "other")
    _post(one, draft, 1, **_cells(cell_0_1=">= 60%"))
    answer = _post(other, draft, 1, **_cells(cell_0_2="B"))
    assert answer.url.endswith("?told=merged")
    assert "合わせて" in _page(other.get(answer.url))
    assert "| 1 | >= 60% | B |" in _now(draft).text.text


def test_of_two_changes_of_one_cell_both_are_shown_and_a_person_chooses(person: Any, draft: Any) -> None:
    one, other = person("analyst"), person("analyst", "other")
    _post(one, draft, 1, **_cells(cell_0_1=">= 60%"))
    mine = _cells(cell_0_1=">= 70%", cell_2_2="B")
    answer = _post(other, draft, 1, **mine)
    shown = _page(answer)
    assert answer.status_code == 409
    assert "&gt;= 60%" in shown
    assert "&gt;= 70%" in shown
    assert _now(draft).number == 2
    # A choice made of a state that is no longer the last one is asked for again.
    _post(one, draft, 2, **_cells(cell_0_1=">= 65%"))
    assert _post(other, draft, 1, over="2", **mine).status_code == 409
    assert _post(other, draft, 1, over="3", **mine).status_code == 302
    text = _now(draft).text.text
    assert "| 1 | >= 70% | A |" in text
    assert re.search(r"\| 3 \| unknown \| B +\|", text)
    assert [each.text.text.count(">= 60%") for each in draft.revisions.order_by("number")] == [0, 1, 0, 0]


def test_undo_of_a_state_that_is_no_longer_the_last_one_does_nothing(person: Any, draft: Any) -> None:
    one, other = person("analyst"), person("analyst", "other")
    _post(one, draft, 1, **_cells(cell_0_1=">= 60%"))
    _post(one, draft, 2, **_cells(cell_0_1=">= 70%"))
    answer = _post(other, draft, 2, do="undo", steps="0")
    assert answer.url.endswith("?told=late")
    assert _now(draft).number == 3


def _becomes(text: str) -> Callable[[str], str]:
    return lambda _: text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(st.sampled_from(["undo", "redo"]), st.integers(0, 5)), max_size=12))
def test_undo_and_redo_lead_through_all_changes(draft: Any, steps: list[str | int]) -> None:
    from hyotei.workbench.drafts import change, redo, state, undo

    while (now := state(draft)).back is not None:  # a new line of changes begins
        undo(draft, now.number, draft.account)
    done = [state(draft).text.text]
    change(draft, state(draft).number, draft.account, "text", "", lambda text: text + "base\n")
    done, at = [*done, state(draft).text.text], 1
    for step in steps:
        now = state(draft)
        if step == "undo":
            undo(draft, now.number, draft.account)
            at = max(at - 1, 0)
        elif step == "redo":
            redo(draft, now.number, draft.account)
            at = min(at + 1, len(done) - 1)
        else:
            wanted = f"{done[at]}{step}\n"
            change(draft, now.number, draft.account, "text", "", _becomes(wanted))
            done, at = [*done[: at + 1], wanted], at + 1
        assert state(draft).text.text == done[at]


def test_the_text_of_a_section_is_changed_alone(person: Any, draft: Any) -> None:
    client = person("analyst")
    heading = TEXT.splitlines().index("# 評価区分 `rating` — for the sheet") + 1
    section = TEXT[TEXT.index("# 評価区分") :]
    written = section.replace("終わりの文。", "別の文。\n\n続き。").replace("\n", "\r\n")
    _post(client, draft, 1, section=str(heading), text=written)
    assert _now(draft).text.text == TEXT.replace("終わりの文。", "別の文。\n\n続き。")
    shown = _page(client.get(f"/drafts/{draft.key}/history/"))
    assert "評価区分" in shown
    assert "本文" in shown
    changed = _page(client.get(f"/drafts/{draft.key}/history/?state=2"))
    assert re.findall(r'<p class="(out|in)">.*</span>(.*)</p>', changed) == [
        ("out", "終わりの文。"),
        ("in", "別の文。"),
        ("in", ""),
        ("in", "続き。"),
    ]
    for state in ("1", "3", "x", "9" * 12):
        assert 'class="diff"' not in _page(client.get(f"/drafts/{draft.key}/history/?state={state}"))


def test_rows_are_added_and_blocks_pasted(person: Any, draft: Any) -> None:
    client = person("analyst")
    _post(client, draft, 1, do="row.copy", row="0", column="1", **_cells(cell_0_1=">= 80%"))
    assert "| 4 | >= 80% | A |\n| 2 |" in _now(draft).text.text
    _post(client, draft, 2, do="paste", row="0", column="1", copied=">= 90%\tA\n70%..90%\tB\n", **_cells())
    assert "| 1 | >= 90% | A |\n| 4 | 70%..90% | B |" in _now(draft).text.text


@pytest.mark.parametrize("copied", ["x\n" * 5_002, "\t".join("x" * 101)])
@pytest.mark.parametrize("do", ["paste", "replace"])
def test_a_block_that_is_too_large_is_told_and_nothing_of_it_stored(
    person: Any, draft: Any, do: str, copied: str
) -> None:
    """Not a part of it either."""
    answer = _post(person("analyst"), draft, 1, table=str(_line()), do=do, row="0", column="0", copied=copied)
    assert answer.status_code == 413
    assert "HY028" in answer.content.decode()
    assert _now(draft).number == 1


def test_the_cases_of_the_rulebook_are_tried_by_the_draft(person: Any) -> None:
    client = person("analyst")
    to = client.post("/drafts/", {"rulebook": "mic-2013"}).url
    assert "message good" in _page(client.get(f"{to}cases/"))
    text = client.get(f"{to}document/").content.decode()
    front = text[: text.index("\n---\n", 4) + 5]
    client.post(to, {"seen": "1", "section": "0", "text": front.replace("value: 50%", "value: 90%")})
    shown = _page(client.get(f"{to}cases/"))
    assert "HY374" in shown
    client.post(to, {"seen": "2", "section": "0", "text": front.replace("value: 50%", "value: fifty")})
    assert "先に誤りを直して" in _page(client.get(f"{to}cases/"))


@pytest.mark.parametrize("table", ["workbench_draft", "workbench_draftrevision", "workbench_drafttext"])
def test_the_database_refuses_to_change_what_was_stored(draft: Any, table: str) -> None:
    from django.db import DatabaseError, connection, transaction

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def _buttons(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'name="mend" value="([^"]*)">([^<]*)<', page)
    return [(unescape(value), unescape(label)) for value, label in found]


def test_a_problem_is_mended_by_its_button_as_one_change(person: Any, draft: Any) -> None:
    client = person("analyst")
    _post(client, draft, 1, **_cells(cell_0_1="50-60%"))
    buttons = _buttons(_page(client.get(f"/drafts/{draft.key}/")))
    assert {label for _, label in buttons} == {"「50~60%」に直す"}
    answer = client.post(f"/drafts/{draft.key}/", {"mend": buttons[0][0]})
    assert answer.status_code == 302
    assert _now(draft).text.text == TEXT.replace(">= 50%", "50~60%")
    assert (_now(draft).kind, _now(draft).place) == ("mended", "評価区分")
    _post(client, draft, 3, do="undo")
    assert "50-60%" in _now(draft).text.text


def test_a_mend_of_an_earlier_state_goes_where_it_was_meant(person: Any, draft: Any) -> None:
    client = person("analyst")
    _post(client, draft, 1, **_cells(cell_0_1="50-60%"))
    (value, _), *_ = _buttons(_page(client.get(f"/drafts/{draft.key}/")))
    _post(client, draft, 2, section="0", text=TEXT.split("# ")[0].replace("小さな基準", "長い題の小さな基準"))
    client.post(f"/drafts/{draft.key}/", {"mend": value})
    assert "長い題の小さな基準" in _now(draft).text.text
    assert "50~60%" in _now(draft).text.text


@pytest.mark.parametrize("value", ["", "1", "1:[[0]]", '1:[["0",1,"x"]]', "1:" + "[" * 5000 + "]", '9:[[0,1,"x"]]'])
def test_what_is_no_mend_changes_nothing(person: Any, draft: Any, value: str) -> None:
    assert person("analyst").post(f"/drafts/{draft.key}/", {"mend": value}).status_code == 400
    assert _now(draft).number == 1


def test_a_mend_outside_of_the_document_changes_nothing(person: Any, draft: Any) -> None:
    person("analyst").post(f"/drafts/{draft.key}/", {"mend": '1:[[0,99999,"x"]]'})
    assert _now(draft).number == 1


def test_a_case_is_tried_beside_the_grid(person: Any, draft: Any) -> None:
    client = person("analyst")
    case = "cases:\n  - name: 届いた\n    sheet:\n      measures:\n        - {target: 10, actual: 12}\n    expect: {rating: A}\n"
    client.post(f"/drafts/{draft.key}/cases/", {"seen": "1", "do": "write", "cases": case})
    shown = _page(client.get(f"/drafts/{draft.key}/?sheet=case.0"))
    assert re.findall(r'<tr class="fires">', shown) == ['<tr class="fires">']
    assert re.findall(r'<span class="seen" lang="ja">([^<]*)</span>', shown) == ["100.0%", "A"]
    to = _post(client, draft, 2, **_cells(cell_0_1=">= 110%", cell_1_1="< 110%"))
    answer = client.post(f"/drafts/{draft.key}/?sheet=case.0", {"seen": "3", "do": "undo"})
    assert to.status_code == 302
    assert "sheet=case.0" in answer.url
    for other in ("case.7", "case.x", "x"):
        assert 'id="tried"' not in _page(client.get(f"/drafts/{draft.key}/?sheet={other}"))
