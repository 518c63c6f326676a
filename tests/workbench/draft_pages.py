"""What somebody does on the page of a draft, for tests in a browser."""

from typing import Any

from tests.workbench.running import Place


def person(browser: Any, place: Place, name: str, **options: Any) -> Any:
    """The page of somebody who is logged in; `asked` holds the addresses that it asked for."""
    page = browser.new_context(locale="ja-JP", **options).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{place.address}login/")
    page.fill("[name=name]", name)
    page.fill("[name=password]", place.password)
    page.click("main button")
    page.asked = asked
    return page


def begin(page: Any, place: Place) -> str:
    """Begins a draft of a rulebook; the address of its page."""
    page.goto(f"{place.address}drafts/")
    page.select_option("[name=rulebook]", "mic-2013")
    page.click("main form:has([name=rulebook]) button")
    page.wait_for_selector("#draft")
    page.wait_for_load_state()  # its scripts are there
    return str(page.url)


def cell(page: Any, row: int, column: int) -> Any:
    """A cell of the first table of rules; the header is row -1."""
    return page.locator("form:has(th input)").first.locator(f'[name="cell.{row}.{column}"]')


def stored(page: Any, number: int) -> None:
    """Waits until the page shows a state of the draft."""
    page.wait_for_selector(f"text=第{number}稿")
