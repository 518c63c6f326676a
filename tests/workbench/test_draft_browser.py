"""Drafts in a browser: edited as in a spreadsheet, checked at once, by two people, with the keyboard alone, without the script."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.workbench.draft_pages import begin, cell, person, stored
from tests.workbench.running import Place

pytestmark = pytest.mark.slow


@contextmanager
def _answer_waits(page: Any) -> Iterator[None]:
    """What a page sends is let through when the block ends, so that what is done in it is done before the answer."""
    held: list[Any] = []
    page.route("**/*", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    yield
    while not held:
        page.wait_for_timeout(10)
    for route in held:
        route.continue_()
    page.unroute("**/*")


def test_a_cell_is_checked_at_once_and_the_keyboard_is_enough(chrome: Any, place: Place) -> None:
    page = person(chrome, place, "analyst")
    begin(page, place)
    cell(page, 3, 1).focus()
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("<<< 9")
    page.keyboard.press("Enter")
    page.wait_for_selector("[aria-invalid]")
    assert page.evaluate("document.activeElement.name") == "cell.4.1"
    assert "誤り 1件" in page.inner_text("section[aria-labelledby=problems]")
    page.keyboard.press("Control+z")
    page.wait_for_selector("[aria-invalid]", state="detached")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "cell.3.1"
    page.keyboard.press("Control+d")
    stored(page, 4)
    assert cell(page, 3, 1).input_value() == cell(page, 2, 1).input_value()
    assert all(each.startswith(place.address) for each in page.asked)


def test_japanese_is_typed_and_stays_while_another_cell_is_stored(chrome: Any, place: Place) -> None:
    page = person(chrome, place, "analyst")
    begin(page, place)
    with _answer_waits(page):
        cell(page, 0, 5).fill("算定できない")
        cell(page, 1, 5).focus()
        page.keyboard.insert_text("目標に")
    stored(page, 2)
    assert page.evaluate("document.activeElement.name") == "cell.1.5"
    page.keyboard.insert_text("届いた")
    page.keyboard.press("Enter")
    stored(page, 3)
    assert cell(page, 1, 5).input_value().startswith("目標に届いた")
    assert cell(page, 0, 5).input_value() == "算定できない"


def test_a_block_is_pasted_from_a_spreadsheet(chrome: Any, place: Place) -> None:
    page = person(chrome, place, "analyst", permissions=["clipboard-read", "clipboard-write"])
    begin(page, place)
    cell(page, 7, 4).focus()
    page.evaluate("navigator.clipboard.writeText('missed\\t一つ目\\r\\nmissed\\t二つ目\\r\\n')")
    page.keyboard.press("Control+v")
    stored(page, 2)
    assert [cell(page, row, 5).input_value() for row in (7, 8)] == ["一つ目", "二つ目"]
    assert cell(page, 8, 0).input_value() == "9"


def test_two_people_write_one_draft(chrome: Any, place: Place) -> None:
    one, other = person(chrome, place, "analyst"), person(chrome, place, "administrator")
    address = begin(one, place)
    other.goto(address)
    cell(one, 0, 5).fill("一人目")
    cell(one, 0, 5).blur()
    stored(one, 2)
    cell(other, 1, 5).fill("二人目")
    cell(other, 1, 5).blur()
    stored(other, 3)
    assert cell(other, 0, 5).input_value() == "一人目"
    assert "合わせて" in other.inner_text("main")
    cell(one, 1, 5).fill("私のもの")
    cell(one, 1, 5).blur()
    one.wait_for_selector("text=同じ所が変えられています")
    assert {"二人目", "私のもの"} <= set(re.findall("二人目|私のもの", one.inner_text("main")))
    one.click("main form button")
    one.wait_for_selector("#draft")
    assert cell(one, 1, 5).input_value() == "私のもの"


def test_what_is_typed_while_rows_move_goes_into_no_other_cell(chrome: Any, place: Place) -> None:
    one, other = person(chrome, place, "analyst"), person(chrome, place, "administrator")
    address = begin(one, place)
    other.goto(address)
    other.locator('form:has(th input) [value="row.copy"]').first.click()
    stored(other, 2)
    with _answer_waits(one):
        cell(one, 0, 5).fill("一つ目")
        cell(one, 3, 5).focus()
        one.keyboard.insert_text("書きかけ")
    stored(one, 3)
    assert "書きかけ" in one.inner_text("[role=alert]")
    assert not any("書きかけ" in cell(one, row, 5).input_value() for row in range(9))


def test_what_was_written_stays_on_the_page_when_the_session_has_ended(chrome: Any, place: Place) -> None:
    page = person(chrome, place, "analyst")
    begin(page, place)
    page.context.clear_cookies()
    cell(page, 0, 5).fill("書いたもの")
    cell(page, 0, 5).blur()
    page.wait_for_selector("#failed")
    assert cell(page, 0, 5).input_value() == "書いたもの"


def test_what_was_written_before_the_script_came_is_stored_when_it_comes(chrome: Any, place: Place) -> None:
    page = person(chrome, place, "analyst")
    address = begin(page, place)
    held: list[Any] = []
    page.route("**/draft*.js*", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    cell(page, 0, 5).fill("書いたもの")
    cell(page, 1, 5).focus()
    while not held:
        page.wait_for_timeout(10)
    for route in held:
        route.continue_()
    stored(page, 2)
    assert cell(page, 0, 5).input_value() == "書いたもの"
    assert page.evaluate("document.activeElement.name") == "cell.1.5"


def test_a_row_is_moved_twice_by_the_same_button(chrome: Any, place: Place) -> None:
    page = person(chrome, place, "analyst")
    begin(page, place)
    cell(page, 1, 0).focus()
    for number in (2, 3):
        page.locator('form:has(th input) [value="row.on"]').first.click()
        stored(page, number)
    assert [cell(page, row, 0).input_value() for row in range(5)] == ["1", "3", "4", "2", "5"]


def test_a_button_works_at_the_row_that_was_written_in(chrome: Any, place: Place) -> None:
    """Also where the change of its cell is on the way, and after a button worked at another row."""
    page = person(chrome, place, "analyst")
    begin(page, place)
    cell(page, 1, 0).focus()
    page.locator('form:has(th input) [value="row.copy"]').first.click()
    stored(page, 2)
    cell(page, 6, 5).click()
    page.keyboard.type("目標に届かない")
    with _answer_waits(page):
        page.locator('form:has(th input) [value="row.delete"]').first.click()
    stored(page, 4)
    assert [cell(page, row, 0).input_value() for row in range(8)] == ["1", "2", "9", "3", "4", "5", "7", "8"]


def test_without_the_script_the_buttons_do_it(chrome: Any, place: Place) -> None:
    page = person(chrome, place, "analyst", java_script_enabled=False)
    begin(page, place)
    cell(page, 0, 5).fill("書いた")
    page.locator('form:has(th input) [value="row.copy"]').first.click()
    stored(page, 2)
    assert [cell(page, row, 5).input_value() for row in (0, 1)] == ["書いた", "書いた"]
    page.click("#undo")
    stored(page, 3)
    assert cell(page, 0, 5).input_value() != "書いた"


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_page_fits_its_window(chrome: Any, place: Place, width: int, scheme: str) -> None:
    options: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = person(chrome, place, "analyst", **options)
    begin(page, place)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
