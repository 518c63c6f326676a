"""Makes the pictures of the workbench in docs, in both languages, as small files of few colours.

They show the page of a sheet after one correction (docs/workbench.LANGUAGE.png), figures beside a printed page, and the ways to
another result (docs/guide/source.LANGUAGE.png, other-results.LANGUAGE.png).

Usage: PYTHONPATH=engine:. python tools/workbench_picture.py
"""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from PIL import Image

from tests.readers.pdf_render import EMBEDDED, Print, Printer
from tests.readers.pdf_seed import print_seed
from tests.workbench.running import Place, chromium, running

ROOT: Final = Path(__file__).resolve().parents[1]
SEED: Final = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
LOCALES: Final = {"ja": "ja-JP", "en": "en-GB"}
_COLOURS: Final = 64


def main() -> None:
    """Writes the pictures."""
    with TemporaryDirectory() as folder, running(Path(folder)) as place, chromium() as browser:
        printed = Path(folder) / "sheet.pdf"
        printer = Printer(Print(text=None, embedded=EMBEDDED is not None))
        print_seed(printer)
        printed.write_bytes(printer.pdf())
        for language, locale in LOCALES.items():
            page = _opened(browser, place, locale)
            _corrected_sheet(page, ROOT / "docs" / f"workbench.{language}.png")
            _source(page, place, printed, ROOT / "docs" / "guide" / f"source.{language}.png")
            _other_results(page, ROOT / "docs" / "guide" / f"other-results.{language}.png")


def _opened(browser: Any, place: Place, locale: str) -> Any:
    page = browser.new_context(locale=locale, viewport={"width": 1200, "height": 1500}).new_page()
    page.goto(place.address)
    page.fill("[name=name]", "evaluator")
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
    page.wait_for_url("**#verdict")
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
    page.wait_for_selector("#results-found .hyotei", timeout=120_000)
    page.locator("#other-results").evaluate("each => each.scrollIntoView()")
    _write(page.screenshot(), out)


def _write(picture: bytes, out: Path) -> None:
    """The picture in few colours, which is enough for pages and a third of the bytes."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(_COLOURS).save(out, optimize=True)


if __name__ == "__main__":
    main()
