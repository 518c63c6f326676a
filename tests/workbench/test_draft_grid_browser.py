"""The tables of a draft by the keys of a spreadsheet, as ranges, with the clipboard and an input method; its forms and buttons."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.workbench.draft_pages import begin, cell, person, stored
from tests.workbench.running import Place

pytestmark = pytest.mark.slow
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def page(chrome: Any, place: Place) -> Iterator[Any]:
    found = person(chrome, place, "analyst", permissions=["clipboard-read", "clipboard-write"])
    begin(found, place)
    yield found
    assert all(each.startswith(place.address) for each in found.asked), "a request left the host"
    found.context.close()


def _at(page: Any) -> str:
    return str(page.evaluate("document.activeElement.name")).removeprefix("cell.")


def _keys(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _texts(page: Any, rows: range, columns: range) -> list[list[str]]:
    return [[cell(page, row, column).input_value() for column in columns] for row in rows]


def _copied(page: Any) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


MOVES = [
    ("ArrowDown", "3.1"), ("ArrowUp", "1.1"), ("ArrowLeft", "2.0"), ("ArrowRight", "2.2"), ("Tab", "2.2"), ("Shift+Tab", "2.0"),
    ("Enter", "3.1"), ("Shift+Enter", "1.1"), ("Home", "2.0"), ("End", "2.5"), ("Control+ArrowDown", "7.1"),
    ("Control+ArrowUp", "-1.1"), ("Control+ArrowRight", "2.5"), ("Control+ArrowLeft", "2.0"), ("Control+Home", "-1.0"),
    ("Control+End", "7.5"), ("F2 ArrowLeft Home", "2.1"), ("F2 F2 ArrowLeft", "2.0"), ("x ArrowLeft", "2.1"),
    ("x Escape ArrowLeft", "2.0"),
]  # fmt: skip


def test_keys_go_where_they_go_in_a_spreadsheet(page: Any) -> None:
    before = cell(page, 2, 1).input_value()
    for keys, to in MOVES:
        cell(page, 2, 1).click()
        _keys(page, *keys.split())
        assert _at(page) == to, keys
        _keys(page, "Escape")
        assert cell(page, 2, 1).input_value() == before, keys
        cell(page, 5, 3).click()


def test_rows_are_added_and_moved_from_the_cell_that_is_chosen(page: Any) -> None:
    reasons = [row[0] for row in _texts(page, range(8), range(5, 6))]
    cell(page, 2, 1).click()
    _keys(page, "Control+Enter")
    stored(page, 2)
    page.wait_for_selector('[name="cell.8.5"]')
    assert [row[0] for row in _texts(page, range(9), range(5, 6))] == [*reasons[:3], "", *reasons[3:]]
    assert _at(page) == "3.1", "the new row"
    page.keyboard.type("5%以下")
    _keys(page, "Alt+ArrowUp")
    stored(page, 3)
    assert cell(page, 2, 1).input_value() == "5%以下", "what was typed goes with the row"
    assert _at(page) == "2.1"
    _keys(page, "Alt+ArrowDown")
    stored(page, 4)
    assert cell(page, 3, 1).input_value() == "5%以下"


def test_what_is_typed_takes_the_place_of_a_chosen_cell_and_f2_adds_to_it(page: Any) -> None:
    cell(page, 0, 5).click()
    page.keyboard.type("新しい")
    _keys(page, "Enter")
    stored(page, 2)
    assert cell(page, 0, 5).input_value() == "新しい"
    _keys(page, "ArrowUp", "F2")
    page.keyboard.type("理由")
    _keys(page, "Enter")
    stored(page, 3)
    assert cell(page, 0, 5).input_value() == "新しい理由"


def test_a_range_is_copied_cut_pasted_filled_and_cleared_each_as_one_change(page: Any) -> None:
    before = _texts(page, range(3), range(4, 6))
    cell(page, 0, 4).click()
    _keys(page, "Shift+ArrowDown", "Shift+ArrowRight")
    assert page.inner_text("#range") == "2行2列を選びました"
    _keys(page, "Control+c")
    assert _copied(page) == "\n".join("\t".join(row) for row in before[:2])
    _keys(page, "Control+d")
    stored(page, 2)
    assert _texts(page, range(2), range(4, 6)) == [before[0], before[0]]
    _keys(page, "Control+z")
    stored(page, 3)
    assert _texts(page, range(2), range(4, 6)) == before[:2]
    _keys(page, "Control+y")
    stored(page, 4)
    _keys(page, "Control+x")
    stored(page, 5)
    assert _texts(page, range(2), range(4, 6)) == [["", ""], ["", ""]]
    cell(page, 1, 4).click()
    _keys(page, "Control+v")
    stored(page, 6)
    assert _texts(page, range(1, 3), range(4, 6)) == [before[0], before[0]]
    cell(page, 1, 5).click()
    _keys(page, "Shift+ArrowDown", "Delete")
    stored(page, 7)
    assert _texts(page, range(1, 3), range(5, 6)) == [[""], [""]]
    page.evaluate("navigator.clipboard.writeText('同じ')")
    _keys(page, "Control+v")
    stored(page, 8)
    assert _texts(page, range(1, 3), range(5, 6)) == [["同じ"], ["同じ"]]


def test_ranges_are_chosen_with_the_pointer(page: Any) -> None:
    cell(page, 0, 1).scroll_into_view_if_needed()
    first, last = cell(page, 0, 1).bounding_box(), cell(page, 2, 3).bounding_box()
    page.mouse.move(first["x"] + 5, first["y"] + 5)
    page.mouse.down()
    page.mouse.move(last["x"] + 5, last["y"] + 5, steps=8)
    page.mouse.up()
    assert page.locator("[data-chosen]").count() == 9
    cell(page, 0, 1).click()
    assert page.locator("[data-chosen]").count() == 0
    cell(page, 1, 2).click(modifiers=["Shift"])
    assert page.locator("[data-chosen]").count() == 4
    _keys(page, "Control+a")
    assert page.locator("[data-chosen]").count() == 9 * 6


def _draw(page: Any, start: tuple[float, float], to: Any) -> None:
    end = to.bounding_box()
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + 8, steps=8)
    page.mouse.up()


def test_to_draw_from_a_chosen_cell_chooses_a_range_and_moves_no_text(page: Any) -> None:
    before = _texts(page, range(4), range(5, 6))
    cell(page, 0, 5).click()
    box = cell(page, 0, 5).bounding_box()
    _draw(page, (box["x"] + 20, box["y"] + box["height"] / 2), cell(page, 3, 5))
    assert page.locator("[data-chosen]").count() == 4
    assert _texts(page, range(4), range(5, 6)) == before


def test_the_corner_of_a_range_that_is_drawn_fills_the_cells_as_one_change(page: Any) -> None:
    def from_corner(to: Any) -> None:
        box = page.locator("[data-corner]").bounding_box()
        _draw(page, (box["x"] + box["width"] - 5, box["y"] + box["height"] - 5), to)

    before = _texts(page, range(8), range(4, 6))
    cell(page, 0, 4).click()
    _keys(page, "Shift+ArrowDown", "Shift+ArrowRight")
    from_corner(cell(page, 4, 5))
    stored(page, 2)
    assert _texts(page, range(8), range(4, 6)) == [*before[:2], *before[:2], before[0], *before[5:]]
    assert page.locator("[data-chosen]").count() == 10
    _keys(page, "Control+z")
    stored(page, 3)
    assert _texts(page, range(8), range(4, 6)) == before
    cell(page, 6, 5).click()
    from_corner(cell(page, 4, 5))
    stored(page, 4)
    assert _texts(page, range(8), range(5, 6)) == [row[1:] for row in [*before[:4], *[before[6]] * 3, before[7]]]
    cell(page, 3, 5).click()
    from_corner(cell(page, 3, 4))
    stored(page, 5)
    assert _texts(page, range(3, 4), range(4, 6)) == [[before[3][1]] * 2]


def test_the_table_is_left_by_one_key(page: Any) -> None:
    cell(page, 2, 1).click()
    _keys(page, "F6")
    assert page.evaluate("document.activeElement.name") == "row"
    assert page.evaluate("document.activeElement.value") == "2"
    cell(page, 2, 1).click()
    _keys(page, "Shift+F6")
    assert page.evaluate("document.activeElement.className") == "wide"


def test_an_input_method_keeps_its_keys(page: Any) -> None:
    session = page.context.new_cdp_session(page)
    cell(page, 0, 5).click()
    session.send("Input.imeSetComposition", {"text": "たっせい", "selectionStart": 4, "selectionEnd": 4})
    _keys(page, "ArrowDown", "Enter")
    assert _at(page) == "0.5"
    session.send("Input.insertText", {"text": "達成"})
    _keys(page, "Enter")
    stored(page, 2)
    assert cell(page, 0, 5).input_value() == "達成"
    assert _at(page) == "1.5"


def test_a_mistake_is_mended_with_the_keyboard_alone(page: Any) -> None:
    cell(page, 3, 1).click()
    page.keyboard.type("80-90%")
    _keys(page, "Enter")
    page.wait_for_selector(".grid .mends button")
    page.locator(".grid .mends button").first.focus()
    _keys(page, "Enter")
    page.wait_for_selector("[aria-invalid]", state="detached")
    assert cell(page, 3, 1).input_value() == "80~90%"
    assert _at(page) == "3.1"


def test_the_cell_keeps_the_focus_where_rows_above_its_table_come_and_go(page: Any) -> None:
    page.locator('form:has(th input) [value="row.copy"]').first.click()
    stored(page, 2)
    page.locator("form:has(th input)").nth(1).locator('[name="cell.1.1"]').click()
    _keys(page, "Control+z")
    stored(page, 3)
    assert _at(page) == "1.1"
    assert (
        page.evaluate("[...document.querySelectorAll('form:has(th input)')].indexOf(document.activeElement.form)") == 1
    )


def test_a_parameter_is_added_below_the_others(page: Any) -> None:
    rows = page.locator('[id="f.parameters"] tbody tr').count()
    for column, text in ((0, "added"), (2, "30%"), (3, "加えたもの")):
        page.locator(f'[id="i.parameters.{rows - 1}.{column}"]').click()
        page.keyboard.type(text)
        assert page.locator("text=第2稿").count() == 0, "the row is not left yet"
    page.locator('[id="i.cover.0.title"]').click()
    stored(page, 2)
    assert page.locator('[id="f.parameters"] tbody tr').count() == rows + 1
    assert "added:" in page.locator('[id="t.0"]').input_value()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_a_draft_and_its_cases_can_be_used_by_everybody(chrome: Any, place: Place, scheme: str) -> None:
    """WCAG 2.2 AA, as far as axe-core can tell; what is folded is opened first."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = person(chrome, place, "analyst", color_scheme=scheme)
    address = begin(page, place)
    cell(page, 3, 1).fill("80-90%")
    cell(page, 3, 1).blur()
    page.wait_for_selector(".grid .mends button")
    for more in ("", "cases/"):
        page.goto(address + more)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        found = axe.run(page, options={"runOnly": RULES})
        assert found.violations_count == 0, found.generate_report()
