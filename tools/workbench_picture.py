"""Makes the pictures of the workbench in docs: the page of a sheet after one correction, in both languages.

Usage: PYTHONPATH=engine:. python tools/workbench_picture.py
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.workbench.running import chromium, running

ROOT: Final = Path(__file__).resolve().parents[1]
SEED: Final = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
LOCALES: Final = {"ja": "ja-JP", "en": "en-GB"}


def main() -> None:
    """Writes docs/workbench.LANGUAGE.png."""
    with TemporaryDirectory() as folder, running(Path(folder)) as place, chromium() as browser:
        for language, locale in LOCALES.items():
            page = browser.new_context(locale=locale, viewport={"width": 1200, "height": 1180}).new_page()
            page.goto(place.address)
            page.fill("[name=name]", "evaluator")
            page.fill("[name=password]", place.password)
            page.keyboard.press("Enter")
            page.wait_for_url("**/sheets/")
            page.set_input_files("#files", str(SEED))
            page.click(".upload button")
            page.wait_for_url("**/sheets/*-*/")
            row = page.locator("tr", has_text="計43回").first
            row.locator("input[name=text]").fill("4回")
            row.locator("input[name=text]").press("Enter")
            page.wait_for_url("**#verdict")
            page.evaluate("window.scrollTo(0, 0)")
            page.screenshot(path=ROOT / "docs" / f"workbench.{language}.png")


if __name__ == "__main__":
    main()
