"""Every page in both languages, both themes and three widths: accessible, within its window, asking nobody else."""

import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import socket
from typing import Any

import pytest

from tests.workbench.every_page import Shown, every_page
from tests.workbench.running import Place

pytestmark = pytest.mark.slow
PREFIX = "/eval"

WIDTHS = (320, 768, 1280)
LANGUAGES = [("ja-JP", "light", 1280), ("en-GB", "dark", 320)]
"""The languages, with the theme and the width at which axe looks at each page; at every width no page may be wider."""
NO_PAGES = {
    "home", "to_provider", "from_provider", "document_style", "source_picture", "verdict_file", "sheet_file", "draft_workbook",
    "draft_document", "review_document", "published_document", "certificate", "audit_file", "log_export",
}  # fmt: skip
"""Addresses that lead on, or hand on a file."""
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WIDE = ("source",)
"""Printed pages by themselves, which scroll in both directions (WCAG 1.4.10 excepts them); a sheet has them in a frame."""


@pytest.fixture(scope="module")
def pages(place: Place, tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    return every_page(place, tmp_path_factory.mktemp("files"))


class Seen:
    """What pages asked for and complained of, and what is wrong with them."""

    def __init__(self) -> None:
        self.axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        self.asked: list[str] = []
        self.told: list[str] = []
        self.wrong: dict[str, set[str]] = defaultdict(set)

    def page(self, browser: Any, locale: str, theme: str) -> Any:
        made = browser.new_context(locale=locale, color_scheme=theme).new_page()
        made.on("request", lambda request: self.asked.append(request.url))
        made.on("console", lambda message: self.told.append(message.text))
        made.on("pageerror", lambda error: self.told.append(str(error)))
        return made

    def look(self, page: Any, name: str, width: int) -> None:
        """At a page that is open: what is folded is opened first."""
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        for window in WIDTHS if name not in WIDE else ():
            page.set_viewport_size({"width": window, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                self.wrong[name].add(f"wider than {window}")
        page.set_viewport_size({"width": width, "height": 800})
        for each in self.axe.run(page, options=WCAG).response["violations"]:
            self.wrong[name].add(f"{each['id']} {each['nodes'][0]['html'][:120]}")


def known(page: Any, place: Place, name: str) -> None:
    """Logs somebody in, who was not."""
    page.context.clear_cookies()
    if not name:
        return
    page.goto(f"{place.address}login/")
    page.fill("[name=name]", name)
    page.fill("[name=password]", place.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheets/")


def test_every_address_of_a_page_is_among_them(pages: list[Shown], database: Path) -> None:
    from hyotei.workbench.routes import ROUTES

    wanted = {route.name: route.path for route in ROUTES if "GET" in route.rights and route.name not in NO_PAGES}
    del wanted["first_account"]  # below
    paths = [each.path.partition("?")[0] for each in pages]
    missing = [
        name
        for name, path in wanted.items()
        if not any(re.fullmatch(re.sub("<[^>]*>", "[^/]+", path), each) for each in paths)
    ]
    assert missing == []


@pytest.mark.parametrize(("locale", "theme", "width"), LANGUAGES)
def test_every_page(chrome: Any, place: Place, pages: list[Shown], locale: str, theme: str, width: int) -> None:
    seen = Seen()
    page = seen.page(chrome, locale, theme)
    for who, its in _by_person(pages).items():
        known(page, place, who)
        for shown in its:
            seen.told.clear()
            answer = page.goto(place.address + shown.path)
            page.wait_for_selector(shown.whole, timeout=120_000)
            if answer.status != shown.status:
                seen.wrong[shown.name].add(f"status {answer.status}")
            if shown.status == 200:  # of others the browser tells their status
                seen.wrong[shown.name] |= set(seen.told)
            seen.look(page, shown.name, width)
    assert {name: told for name, told in seen.wrong.items() if told} == {}
    assert [url for url in seen.asked if not url.startswith((place.address, "blob:"))] == []


def _by_person(pages: list[Shown]) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = defaultdict(list)
    for each in pages:
        found[each.who].append(each)
    return found


@pytest.fixture
def first_account(tmp_path: Path) -> Iterator[str]:
    """The address by which the first account of an empty workbench is made."""
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = tmp_path / "said"
    with said.open("w") as out:
        command = [sys.executable, "-m", "hyotei.cli", "serve", "--port", str(port), "--data", str(tmp_path / "data")]
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        yield _told_address(said)
    finally:
        process.kill()
        process.wait()


def _told_address(said: Path) -> str:
    for _ in range(600):
        found = re.search(r"http\S+first-account/\S*", said.read_text())
        if found is not None and "Ctrl+C" in said.read_text():
            return found[0]
        time.sleep(0.1)
    raise AssertionError(said.read_text())


@pytest.mark.parametrize(("locale", "theme", "width"), LANGUAGES)
def test_the_page_of_the_first_account(chrome: Any, first_account: str, locale: str, theme: str, width: int) -> None:
    seen = Seen()
    page = seen.page(chrome, locale, theme)
    page.goto(first_account)
    seen.look(page, "first account", width)
    assert page.locator("main [name=again]").count() == 1
    assert (dict(seen.wrong), seen.told) == ({}, [])
