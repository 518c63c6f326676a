"""Makes the pictures of the workbench in docs, in both languages, as small files of few colours.

They show the page of a sheet after one correction (docs/workbench.LANGUAGE.png), figures beside a printed page, and the ways to
another result (docs/guide/source.LANGUAGE.png, other-results.LANGUAGE.png); and of editing: a mistake in a cell with its mend,
what an edit moves, and what a reviewer sees (docs/guide/edit.LANGUAGE.png, moves.LANGUAGE.png, review.LANGUAGE.png).

Usage: PYTHONPATH=engine:. python tools/workbench_picture.py
"""

import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from PIL import Image

from hyotei.client import Workbench
from tests.readers.pdf_render import EMBEDDED, Print, Printer
from tests.readers.pdf_seed import print_seed
from tests.workbench.draft_pages import begin, cell
from tests.workbench.every_page import reviews
from tests.workbench.running import Place, chromium, running, token

ROOT: Final = Path(__file__).resolve().parents[1]
SEED: Final = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
LOCALES: Final = {"ja": "ja-JP", "en": "en-GB"}
_COLOURS: Final = 64
_LONGEST: Final = 120_000
"""Milliseconds for what a page does."""


def main() -> None:
    """Writes the pictures."""
    with TemporaryDirectory() as folder, running(Path(folder)) as place, chromium() as browser:
        printed = Path(folder) / "sheet.pdf"
        printer = Printer(Print(text=None, embedded=EMBEDDED is not None))
        print_seed(printer)
        printed.write_bytes(printer.pdf())
        people = [Workbench(place.address, token(place, name), "ja") for name in ("analyst", "approver")]
        waiting = next(each.path for each in reviews(*people) if each.name == "review")
        for language, locale in LOCALES.items():
            page = _opened(browser, place, locale, "evaluator")
            _corrected_sheet(page, ROOT / "docs" / f"workbench.{language}.png")
            _source(page, place, printed, ROOT / "docs" / "guide" / f"source.{language}.png")
            _other_results(page, ROOT / "docs" / "guide" / f"other-results.{language}.png")
            analyst = _opened(browser, place, locale, "analyst")
            begin(analyst, place)
            _mistake(analyst, ROOT / "docs" / "guide" / f"edit.{language}.png")
            _moves(analyst, ROOT / "docs" / "guide" / f"moves.{language}.png")
            _review(analyst, place, waiting, ROOT / "docs" / "guide" / f"review.{language}.png")


def _opened(browser: Any, place: Place, locale: str, name: str) -> Any:
    page = browser.new_context(locale=locale, viewport={"width": 1200, "height": 1500}).new_page()
    page.set_default_timeout(_LONGEST)
    page.goto(place.address)
    page.fill("[name=name]", name)
    page.fill("[name=password]", place.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheets/")
    return page


def _read_in(page: Any, file: Path) -> None:
    page.set_input_files("#files", str(file))
    page.click(".upload button")
    page.wait_for_url("**/sheets/*-*/")


def _corrected_sheet(page: Any, out: Path) -> None:
    _read_in(page, SEED)
    row = page.locator("tr", has_text="計43回").first
    row.locator("input[name=text]").fill("4回")
    row.locator("input[name=text]").press("Enter")
    page.wait_for_url("**#f-**")
    page.evaluate("window.scrollTo(0, 0)")
    _write(page.screenshot(), out)


def _source(page: Any, place: Place, file: Path, out: Path) -> None:
    page.goto(f"{place.address}sheets/")
    _read_in(page, file)
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.locator(".beside details").filter(has=page.locator("a[target=source]")).first.evaluate(
        "each => each.open = true"
    )
    link = page.locator("a[target=source]:visible").first
    link.click()
    page.frame(name="source").wait_for_selector(":target")
    page.locator(".beside").evaluate("each => each.scrollIntoView()")
    page.wait_for_timeout(500)
    _write(page.screenshot(), out)


def _other_results(page: Any, out: Path) -> None:
    page.set_viewport_size({"width": 1200, "height": 760})
    page.locator("#other-results").evaluate("each => each.scrollIntoView()")
    page.wait_for_selector("#results-found .hyotei")
    page.locator("#other-results").evaluate("each => each.scrollIntoView()")
    _write(page.screenshot(), out)


def _mistake(page: Any, out: Path) -> None:
    """A cell that says something wrong, with the buttons that mend it."""
    page.set_viewport_size({"width": 1200, "height": 640})
    wrong = cell(page, 4, 1)
    wrong.fill("80~90")
    wrong.blur()
    page.wait_for_selector("[aria-invalid]")
    page.locator("section", has=page.locator("[aria-invalid]")).first.evaluate("each => each.scrollIntoView()")
    page.mouse.move(0, 0)
    _write(page.screenshot(), out)
    page.click("#undo")
    page.wait_for_selector("[aria-invalid]", state="detached")


def _moves(page: Any, out: Path) -> None:
    """Which sheets an edit moves."""
    edited = cell(page, 6, 1)
    edited.fill("80%以上")
    edited.blur()
    page.set_viewport_size({"width": 1200, "height": 620})
    moved = page.locator("#impact:not([data-running]):not([aria-busy]) th", has_text=re.compile("^B$"))
    moved.first.wait_for()
    page.locator("[data-impact]").evaluate("each => each.closest('section').scrollIntoView()")
    _write(page.screenshot(clip={"x": 0, "y": 0, "width": 1200, "height": 470}), out)


def _review(page: Any, place: Place, path: str, out: Path) -> None:
    """What a reviewer sees."""
    page.set_viewport_size({"width": 1200, "height": 1250})
    page.goto(place.address + path)
    _write(page.screenshot(), out)


def _write(picture: bytes, out: Path) -> None:
    """The picture in few colours, which is enough for pages and a third of the bytes."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(_COLOURS).save(out, optimize=True)


if __name__ == "__main__":
    main()
