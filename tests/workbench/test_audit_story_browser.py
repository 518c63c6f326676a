"""The story of an auditor in a browser: sheets are audited, and again after a figure changed; the comparison is read."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.workbench.running import Place
from tests.workbench.test_story_browser import opened

pytestmark = pytest.mark.slow
PREFIX = "/eval"

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
BECAME_OF = ("新しい", "続いている", "解消した", "評価書がなく不明")


def audited(page: Any, title: str, sheet: Path, against: str = "") -> None:
    """Builds a corpus of a sheet and audits it, against an earlier audit where its name is given; its page is open then."""
    page.get_by_role("link", name="監査", exact=True).first.click()
    page.get_by_role("link", name="コーパスを見る・作る").click()
    page.fill("[name=title]", title)
    page.set_input_files("[name=files]", str(sheet))
    page.get_by_role("button", name="作る").click()
    _done(page)
    page.get_by_role("link", name="監査へ").click()
    page.select_option("[name=corpus]", label=f"{title}（1件）")
    if against:
        choice = page.locator("[name=against] option", has_text=against)
        page.select_option("[name=against]", value=choice.get_attribute("value"))
    page.get_by_role("button", name="監査する").click()
    _done(page)
    page.get_by_role("link", name="監査を開く").click()
    page.wait_for_url("**/audits/*-*/")


def _done(page: Any) -> None:
    page.wait_for_url("**/jobs/*/")
    page.wait_for_selector("#running", state="detached", timeout=120_000)


def test_two_audits_are_compared_and_what_is_new_is_checked(chrome: Any, place: Place, tmp_path: Path) -> None:
    later = tmp_path / "later.yaml"
    text = SEED.read_text(encoding="utf-8")
    assert "計43回" in text
    later.write_text(text.replace("計43回", "4回"), encoding="utf-8")
    page = opened(chrome, place, "evaluator")
    audited(page, "春の評価書", SEED)
    assert page.locator("h1").inner_text() == "監査：第1回 春の評価書"
    page.get_by_role("link", name="指摘の一覧").click()
    before = _findings(page)
    audited(page, "秋の評価書", later, against="第1回 春の評価書")
    assert page.locator("h1").inner_text() == "監査：第2回 秋の評価書"
    assert page.get_by_role("link", name="第1回 春の評価書").count() == 1
    comparison = page.url

    # Every finding is told once, and the numbers are those of the lists that they lead to.
    rows = page.locator("main dl").first.locator("div").all()
    counts = {row.locator("dt").inner_text(): int(row.locator("dd").inner_text()) for row in rows}
    assert tuple(counts) == BECAME_OF
    assert counts["続いている"] + counts["解消した"] == before
    assert counts["新しい"] > 0
    assert counts["解消した"] > 0
    assert counts["評価書がなく不明"] == 0
    for state in BECAME_OF[:3]:
        page.goto(comparison)
        page.locator("main dl div", has=page.get_by_text(state, exact=True)).locator("a").click()
        assert _findings(page) == counts[state]
        assert all(state in row.inner_text() for row in page.locator("main tbody tr").all())

    # One that is new is read and checked, and the list says so with its filter kept.
    page.goto(comparison)
    page.locator("main dl a").first.click()
    page.locator("main tbody a").first.click()
    assert "新しい" in page.locator("main dl").first.inner_text()
    assert "4回" in page.locator("main .hyotei").inner_text()
    page.fill("[name=note]", "原本と合っている。")
    page.get_by_role("button", name="確認済みにする").click()
    page.get_by_text("原本と合っている。").wait_for()
    page.get_by_role("link", name="指摘の一覧へ").click()
    assert _findings(page) == counts["新しい"]
    assert page.get_by_text("確認済み", exact=True).locator("visible=true").count() >= 1

    # In the list both are told apart.
    page.goto(f"{place.address}audits/")
    first, second = (row.inner_text().split("\t") for row in page.locator("main tbody tr").all())
    assert (first[0], first[3]) == ("第2回 秋の評価書", "第1回 春の評価書")
    assert (second[0], second[3]) == ("第1回 春の評価書", "")
    assert page.complaints == []
    assert [url for url in page.asked if not url.startswith(place.address)] == []


def _findings(page: Any) -> int:
    """How many the page of findings says there are; it lists each."""
    count = int(page.locator("h1").inner_text().removeprefix("指摘").removesuffix("件").strip())
    assert page.locator("main tbody tr").count() == count
    return count
