"""The story of an evaluator in a browser, under a path prefix: at any width, in both languages, by keyboard, asking nobody else."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.workbench.running import Place
from tests.workbench.test_form_making import ONE

pytestmark = pytest.mark.slow
PREFIX = "/eval"

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
WIDTHS = [(320, "dark", "en-US"), (1280, "light", "ja-JP")]


def opened(browser: Any, place: Place, name: str, **options: Any) -> Any:
    """The page of somebody who is logged in; what it asked for, and what it complained of, are beside it."""
    page = browser.new_context(**{"locale": "ja-JP", **options}).new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    page.goto(place.address)
    page.fill("[name=name]", name)
    page.fill("[name=password]", place.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheets/")
    return page


def read_in(page: Any) -> None:
    page.set_input_files("#files", str(SEED))
    page.click(".upload button")
    page.wait_for_url("**/sheets/*-*/")


@pytest.mark.parametrize(("width", "scheme", "locale"), WIDTHS)
def test_an_evaluator_reads_in_corrects_adopts_and_hands_on(
    chrome: Any, place: Place, width: int, scheme: str, locale: str, tmp_path: Path
) -> None:
    page = opened(
        chrome, place, "evaluator", viewport={"width": width, "height": 800}, color_scheme=scheme, locale=locale
    )
    read_in(page)
    assert page.locator("#verdict dl strong").all_inner_texts() == ["A", "Ⅱ"]
    row = page.locator("tr", has_text="計43回").first
    row.locator("input[name=text]").fill("4回")
    row.locator("input[name=text]").press("Enter")
    page.wait_for_url("**#f-**")
    assert page.locator("#verdict dl strong").all_inner_texts() == ["B", "Ⅱ"]
    page.locator("form[action*='/adoption/'] select[name=rating]").select_option("C")
    page.fill("[name=reason]", "特別の事情")
    page.locator("form[action*='/adoption/'] button").click()
    page.wait_for_url("**#adoption")
    assert "特別の事情" in page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word", exact=True).click()
    download.value.save_as(tmp_path / "verdict.docx")
    assert (
        "特別の事情"
        in zipfile.ZipFile(io.BytesIO((tmp_path / "verdict.docx").read_bytes())).read("word/document.xml").decode()
    )
    assert page.complaints == []
    assert [url for url in page.asked if not url.startswith(place.address)] == []


def test_the_language_stays_and_the_keyboard_reaches_the_content(chrome: Any, place: Place) -> None:
    page = opened(chrome, place, "evaluator")
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Sheets"
    page.goto(f"{place.address}rulebooks/")
    assert page.locator("h1").inner_text() == "Rulebooks"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_place_is_shown_in_the_source_and_leads_back(chrome: Any, place: Place) -> None:
    page = opened(chrome, place, "evaluator")
    read_in(page)
    link = page.locator("a[target=source]").first
    anchor = str(link.get_attribute("href")).partition("#")[2]
    link.click()
    source = page.frame(name="source")
    source.wait_for_selector(f"#{anchor}:target")
    box = source.locator(f"#{anchor}").bounding_box()
    frame = page.locator("iframe[name=source]").bounding_box()
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]
    source.locator(f"#{anchor} a").click()
    page.wait_for_url("**/#f-**")
    assert page.locator("tr:target").count() == 1


def test_a_cell_of_the_source_goes_into_the_field_in_use(chrome: Any, place: Place, tmp_path: Path) -> None:
    page = opened(chrome, place, "analyst")
    listed = tmp_path / "list.xlsx"
    listed.write_bytes(ONE)
    page.set_input_files("#files", str(listed))
    page.click(".upload button")
    page.wait_for_url("**/uploads/*/")
    page.locator("a[href*='/form/']").first.click()
    field = page.locator("[name=indicator-0-actual]")
    field.focus()
    page.locator("button.pick", has_text="貸し出した本").first.click()
    assert field.input_value() == "貸し出した本"
    assert page.evaluate("document.activeElement.name") == "indicator-0-actual"
