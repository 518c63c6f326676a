"""Draws the pictures of the READMEs: the page that an official hands on, as Chromium shows its first screen.

Usage: python tools/verdict_page_picture.py [docs]
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
SHEET: Final = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
WIDTH, HEIGHT = 1000, 1150


def main(folder: Path) -> None:
    """Writes one picture a language into the folder."""
    for language in ("ja", "en"):
        with tempfile.TemporaryDirectory() as place:
            page = Path(place, "verdict.html")
            command: list[str | Path] = [
                sys.executable,
                "-m",
                "hyotei.cli",
                "rate",
                SHEET,
                "--lang",
                language,
                "-o",
                page,
            ]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            picture = folder / f"verdict-page.{language}.png"
            chromium = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu"]
            subprocess.run(
                [*chromium, f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={picture}", page.as_uri()],
                check=True,
                stderr=subprocess.DEVNULL,
            )
        print(picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
