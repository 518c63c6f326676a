"""Draws the README's picture: the verdict on the 2013 sheet as the terminal shows it, as an SVG without outside fonts.

Usage: python tools/verdict_picture.py docs/verdict.svg
"""

import sys
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from unicodedata import east_asian_width

import hyotei
from hyotei.base.display_width import display_width
from hyotei.report.styled_lines import Line
from hyotei.report.verdict_text import verdict_text

COLUMN, ROW, MARGIN, SIZE = 8.0, 19, 20, 14
COLOURS = {
    "plain": "#24292f",
    "title": "#0b3d66",
    "strong": "#116329",
    "good": "#116329",
    "bad": "#a40e26",
    "faint": "#6e7781",
}
FONTS = "'Noto Sans Mono CJK JP','BIZ UDGothic','MS Gothic','Osaka-Mono',monospace"


def runs(text: str) -> Iterator[tuple[int, str, int]]:
    """Stretches of equally wide characters: column, text, width; 0 where the font shall decide.

    Each stretch is drawn at its own place, so that columns align in any font.
    """
    column = 0
    for (wide, ambiguous), characters in groupby(
        text, key=lambda each: (display_width(each), east_asian_width(each) == "A")
    ):
        piece = "".join(characters)
        if piece.strip():
            yield column, piece, 0 if ambiguous else wide * len(piece)
        column += wide * len(piece)


def svg(lines: list[Line]) -> str:
    """The lines as SVG."""
    width = int(max(display_width(text) for _, text in lines) * COLUMN) + 2 * MARGIN
    height = len(lines) * ROW + 2 * MARGIN
    drawn = []
    for number, (style, text) in enumerate(lines):
        weight = ' font-weight="bold"' if style in ("title", "strong") else ""
        for column, piece, columns in runs(text):
            lead = len(piece) - len(piece.lstrip())
            shown = piece.strip()
            share = columns / len(piece)
            x, length = MARGIN + (column + lead * share) * COLUMN, len(shown) * share * COLUMN
            fitted = f' textLength="{length:g}" lengthAdjust="spacingAndGlyphs"' if length else ""
            drawn.append(
                f'<text x="{x:g}" y="{MARGIN + number * ROW + SIZE}"{fitted} fill="{COLOURS[style]}"{weight} '
                f'xml:space="preserve">{escape(shown)}</text>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONTS}" font-size="{SIZE}"><rect width="100%" height="100%" rx="8" fill="#f6f8fa"/>'
        + "".join(drawn)
        + "</svg>\n"
    )


def main() -> None:
    """Rates the sheet and writes the picture up to the end of the reasons."""
    verdict = hyotei.rate(hyotei.read_sheet(hyotei.cases_folder() / "mic-24-15" / "sheet.yaml"))
    labels = {
        value: label for name in ("result", "severity") for value, label in verdict.rulebook.scales[name].labels.items()
    }
    lines = list(verdict_text(verdict.data("ja"), labels, "ja", why=True))
    Path(sys.argv[1]).write_text(svg(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
