"""The story of a rule in a browser: edited, submitted, looked at by a second person, published, used, withdrawn."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.workbench.running import Place
from tests.workbench.test_story_browser import opened

pytestmark = pytest.mark.slow
PREFIX = "/eval"

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
UNDETERMINED = "評価区分\n定まらない"
"""What the rulebook of the story says of the sheet, of which a measure is qualitative."""


def test_a_rule_is_edited_approved_by_another_used_and_withdrawn(chrome: Any, place: Place, tmp_path: Path) -> None:
    analyst, approver, administrator, evaluator = (
        opened(chrome, place, name) for name in ("analyst", "approver", "administrator", "evaluator")
    )
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(
        SEED.read_text(encoding="utf-8").replace("authority: 総務省", "authority: 例示省"), encoding="utf-8"
    )
    evaluator.set_input_files("#files", str(sheet))
    evaluator.click(".upload button")
    evaluator.wait_for_url("**/sheets/*-*/")
    assert UNDETERMINED not in evaluator.locator("#verdict").inner_text()

    # An analyst makes a rulebook and changes a line; an administrator writes in it too.
    analyst.goto(f"{place.address}drafts/")
    fields = {
        "id": "story",
        "title": "例示省の基準",
        "authority": "例示省",
        "years": "2011..",
        "grades": "A,B,C",
        "lines": "100,70",
    }
    form = analyst.locator("form:has([name=grades])")
    for name, text in fields.items():
        form.locator(f"[name={name}]").fill(text)
    form.locator("button").click()
    analyst.wait_for_selector("#draft")
    draft = analyst.url
    for page, text, state in ((analyst, ">= 95%", 2), (administrator, ">= 90%", 3)):
        page.goto(draft)
        cell = page.locator("section", has=page.get_by_role("heading", name=re.compile("^区分"))).locator(
            '[name="cell.1.1"]'
        )
        cell.fill(text)
        cell.blur()
        page.wait_for_selector(f"text=第{state}稿")
    # The cases at the old line come out otherwise; the analyst says that they shall.
    analyst.goto(f"{draft}cases/")
    while (changed := analyst.get_by_role("button", name="いま出る結果にする")).count():
        changed.first.click()
        analyst.wait_for_load_state()
    analyst.goto(draft)
    analyst.get_by_role("link", name="審査に提出").click()
    analyst.fill("[name=note]", "達成の境を九割に下げた。")
    analyst.click("main form.stacked button")
    analyst.wait_for_url("**/reviews/*/")
    review = analyst.url
    assert analyst.locator("[value=approve]").count() == 0

    # Who wrote in it cannot approve it.
    administrator.goto(review)
    administrator.wait_for_selector("#running", state="detached", timeout=120_000)
    assert "あなたは承認できません" in administrator.locator("main").inner_text()
    administrator.click("[value=approve]")
    assert "HY089" in administrator.locator("[role=alert]").inner_text()

    # A second person asks, the analyst answers, it is approved and published.
    approver.goto(f"{place.address}reviews/")
    approver.get_by_role("link", name="例示省の基準").click()
    commented = approver.locator("form:has([name=table])").first
    commented.locator("xpath=ancestor::details[1]/summary").click()
    commented.locator("select").select_option("2")
    commented.locator("textarea").fill("九割でよいですか。")
    commented.locator("button").click()
    approver.wait_for_url("**#comment-*")
    analyst.goto(review)
    thread = analyst.locator(".thread")
    thread.locator("summary").click()
    thread.locator("textarea").fill("要綱のとおりです。")
    thread.get_by_role("button", name="答える").click()
    analyst.wait_for_url("**#comment-*")
    approver.goto(review)
    assert "要綱のとおりです。" in approver.locator(".thread").inner_text()
    approver.locator(".thread summary").click()
    approver.locator(".thread [value=settle]").click()
    approver.wait_for_url("**#comment-*")
    approver.click("[value=approve]")
    approver.wait_for_url("**#decision")
    approver.locator("#decision button").click()
    approver.wait_for_url("**/publications/*/")
    publication = approver.url
    with approver.expect_download() as download:
        approver.get_by_role("link", name="証明書を保存").click()
    assert '"rulebook": "story"' in Path(download.value.path()).read_text(encoding="utf-8")

    # From then on sheets of its ministry and years are rated by it, until it is withdrawn.
    evaluator.reload()
    assert UNDETERMINED in evaluator.locator("#verdict").inner_text()
    approver.goto(publication)
    approver.locator("details summary", has_text="取り下げ").click()
    approver.fill("[name=reason]", "要綱が改まった。")
    approver.get_by_role("button", name="取り下げる").click()
    approver.wait_for_selector("text=要綱が改まった。")
    evaluator.reload()
    assert UNDETERMINED not in evaluator.locator("#verdict").inner_text()
    evaluator.goto(f"{place.address}log/?verify=1")
    told = evaluator.locator("main").inner_text()
    assert "鎖は切れていません" in told
    for said in ("審査への提出", "審査のコメント", "承認", "評価基準書の公開", "評価基準書の取り下げ"):
        assert said in told
    for page in (analyst, approver, administrator, evaluator):
        assert [each for each in page.complaints if "Content Security Policy" in each] == []
        assert [url for url in page.asked if not url.startswith(place.address)] == []
