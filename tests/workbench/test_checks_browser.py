"""What is worked out in the background comes to the page of itself, and takes nothing from a person who writes there."""

from typing import Any

import pytest

from tests.workbench.draft_pages import person
from tests.workbench.running import Place

pytestmark = pytest.mark.slow


def _new(page: Any, place: Place, identity: str) -> None:
    """Begins a draft of a wholly new rulebook."""
    page.goto(f"{place.address}drafts/")
    form = page.locator("form:has([name=authority])")
    for name, text in (("id", identity), ("title", identity), ("authority", identity)):
        form.locator(f"[name={name}]").fill(text)
    form.locator("button").click()
    page.wait_for_selector("#draft")


def test_the_page_of_a_draft_follows_each_change(place: Place, chrome: Any) -> None:
    """A row is deleted, what is open then is told without being asked for, and the button beside it mends it."""
    page = person(chrome, place, "analyst")
    _new(page, place, "mine")
    page.wait_for_selector("#checks >> text=すべて証明された", timeout=120_000)
    grid = page.locator("form:has(th input)").first
    grid.locator('[name="cell.5.1"]').click()
    grid.locator("[value='row.delete']").click()
    page.wait_for_selector("#checks >> text=どの行も答えない", timeout=120_000)
    assert "成り立たない" in page.locator("#stands-lead").inner_text()
    page.locator("#checks form[data-live] button").first.click()
    page.wait_for_selector("text=第3稿")
    assert grid.locator('[name="cell.5.2"]').input_value() == "unknown"
    page.wait_for_selector("#checks:not([aria-busy], [data-running])", timeout=120_000)
    assert "どの行も答えない" not in page.locator("#checks").inner_text()


def test_what_is_written_on_a_review_stays_while_the_proof_runs(place: Place, chrome: Any) -> None:
    """Also after an approval that came too early, whose page has another address."""
    analyst, approver = (person(chrome, place, name) for name in ("analyst", "approver"))
    _new(analyst, place, "reviewed")
    analyst.goto(f"{analyst.url}submit/")
    analyst.fill("[name=note]", "新しい基準。")
    analyst.click("main form.stacked button")
    analyst.wait_for_url("**/reviews/*/")
    approver.goto(analyst.url)
    assert approver.locator("#running").count() == 1, "the proof has only begun"
    approver.click("[value=approve]")
    assert "HY090" in approver.locator("[role=alert]").inner_text()
    failed: list[str] = []
    approver.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    approver.locator("#comments form textarea").first.fill("根拠を示してください。")
    approver.fill("[name=reason]", "見ました。")
    approver.wait_for_selector("#running", state="detached", timeout=120_000)
    assert "すべて証明されました" in approver.locator("#proof").inner_text()
    assert approver.locator("#comments form textarea").first.input_value() == "根拠を示してください。"
    assert approver.locator("[name=reason]").input_value() == "見ました。"
    assert failed == []
    approver.click("[value=approve]")
    approver.wait_for_url("**#decision")
