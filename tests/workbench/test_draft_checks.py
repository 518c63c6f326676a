"""How a draft stands, told as it is edited: its cases, the rows that no case reaches, its proof."""

import re
import time
from html import unescape
from typing import Any

import pytest

from tests.workbench.draft_pages import begin
from tests.workbench.draft_pages import person as known
from tests.workbench.running import Place
from tests.workbench.test_api import Program
from tests.workbench.test_draft_cases import CASE, GAP
from tests.workbench.test_drafts import TEXT


def _begin(text: str, cases: str | None) -> Any:
    from hyotei.workbench.drafts import begin
    from hyotei.workbench.models import Account

    return begin(text, Account.objects.get(name="analyst"), "file", file="small.md", cases=cases)


def _checks(client: Any, draft: Any, query: str = "") -> str:
    return unescape(client.get(f"/drafts/{draft.key}/checks/{query}").content.decode())


def test_cases_and_rows_that_no_case_reaches_are_told(person: Any) -> None:
    client = person("analyst")
    draft = _begin(TEXT, CASE)
    shown = _checks(client, draft)
    assert "1件の事例のうち 1件" in shown
    assert "3行のうち 2行は、どの事例でも当たりません" in shown
    page = unescape(client.get(f"/drafts/{draft.key}/").content.decode())
    rows = re.findall(r'href="/drafts/[^"]+/#(c\.[0-9.]+)">評価区分 行([0-9])<', shown)
    # Each leads to the first cell of its row, which holds its number.
    assert [number for _, number in rows] == ["2", "3"]
    for anchor, number in rows:
        assert re.search(rf'<input id="{re.escape(anchor)}" name="[^"]+" value="{number}"', page)


def test_a_case_that_fails_is_told_and_errors_keep_cases_from_being_tried(person: Any) -> None:
    client = person("analyst")
    failing = _checks(client, _begin(TEXT, CASE.replace("rating: A", "rating: B")))
    assert "1件の事例のうち 0件" in failing
    assert "事例「届いた」" in failing
    wrong = TEXT.replace("< 50%", "<< 50%")
    assert "先に誤りを直して" in _checks(client, _begin(wrong, CASE))
    assert "まだ事例がありません" in _checks(client, _begin(TEXT, None))
    unreadable = _checks(client, _begin(TEXT, "cases: [{name: x, sheet: 3}]"))
    assert "この下書きでは読めない事例" in unreadable


def test_every_row_is_reached_where_cases_reach_it(person: Any) -> None:
    other = "\n  - name: 届かない\n    sheet: {measures: [{target: 10回, actual: 2回}]}\n    expect: {rating: B}"
    third = "\n  - name: 不明\n    sheet: {measures: []}\n    expect: {rating: unknown}\n"
    client = person("analyst")
    assert "3行のどれも、いずれかの事例で当たります" in _checks(client, _begin(TEXT, CASE.rstrip() + other + third))


def test_a_proof_is_begun_only_where_the_address_says_so(person: Any) -> None:
    from hyotei.workbench.draft_proofs import begun_proof
    from hyotei.workbench.drafts import state

    client = person("analyst")
    draft = _begin(TEXT.replace("終わりの文。", "証明の文。"), None)
    _checks(client, draft)
    assert begun_proof(state(draft)) is None
    pytest.importorskip("z3")
    _checks(client, draft, "?prove=1")
    proof = begun_proof(state(draft))
    assert proof is not None
    proof.end()


def test_programs_are_told_the_rows_too(browser: Any, person: Any) -> None:
    from hyotei.workbench.models import Account
    from hyotei.workbench.tokens import new_token

    person("analyst")
    draft = _begin(TEXT, CASE)
    program = Program(browser, new_token(Account.objects.get(name="analyst"), "test"))
    told = program.get(f"/drafts/{draft.key}/cases/check").json()
    line = TEXT.splitlines().index("| 2 | < 50% | B |") + 1
    assert told["rows"] == 3
    assert told["unreached"] == [
        {"decision": "rating", "row": 2, "line": line}, {"decision": "rating", "row": 3, "line": line + 1},
    ]  # fmt: skip


@pytest.mark.slow
def test_a_gap_is_told_with_a_sheet_and_what_mends_it(person: Any) -> None:
    pytest.importorskip("z3")
    client = person("analyst")
    draft = _begin(GAP, CASE)
    shown = ""
    for _ in range(900):
        shown = _checks(client, draft, "?prove=1")
        if "data-running" not in shown:
            break
        time.sleep(0.1)
    assert "成り立たないものがある" in shown
    assert "どの行も答えない" in shown
    assert "証明済み" not in shown  # only what a person has to look at
    assert "事例にする" in shown


@pytest.mark.slow
def test_it_follows_each_change_beside_what_is_written(chrome: Any, place: Place) -> None:
    pytest.importorskip("z3")
    page = known(chrome, place, "analyst")
    page.set_default_timeout(120_000)
    begin(page, place)
    page.locator("#stands-lead", has_text="39件の事例のうち 39件").wait_for()
    page.locator("#stands-lead", has_text="すべて証明された").wait_for()
    field = page.locator('input[value="70%以上"]').first
    field.fill("80%以上")
    field.blur()
    page.locator("#stands-lead", has_text="39件の事例のうち 37件").wait_for()
    assert "7割を達成し" in page.inner_text("#checks")
    page.click("#undo")
    page.locator("#stands-lead", has_text="39件の事例のうち 39件").wait_for()
    page.locator("#stands-lead", has_text="すべて証明された").wait_for()
