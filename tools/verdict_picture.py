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
from hyotei.report.verdict_document import WITH_REASONS, verdict_document
from hyotei.writers.terminal import document_lines
from hyotei.writers.terminal_lines import Line

COLUMN, ROW, MARGIN, SIZE = 8.0, 19, 20, 14
COLOURS = {
    "plain": "#24292f",
    "strong": "#0b3d66",
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


def pieces(text: str, start: int, y: int, colour: str, bold: bool) -> Iterator[str]:
    """The stretches of a run as elements, each at its place."""
    weight = ' font-weight="bold"' if bold else ""
    for column, piece, columns in runs(text):
        lead = len(piece) - len(piece.lstrip())
        shown = piece.strip()
        share = columns / len(piece)
        x, length = MARGIN + (start + column + lead * share) * COLUMN, len(shown) * share * COLUMN
        fitted = f' textLength="{length:g}" lengthAdjust="spacingAndGlyphs"' if length else ""
        yield (f'<text x="{x:g}" y="{y}"{fitted} fill="{colour}"{weight} xml:space="preserve">{escape(shown)}</text>')


def svg(lines: list[Line]) -> str:
    """The lines as SVG."""
    width = int(max(sum(display_width(span.text) for span in line) for line in lines) * COLUMN) + 2 * MARGIN
    height = len(lines) * ROW + 2 * MARGIN
    drawn: list[str] = []
    for number, line in enumerate(lines):
        column = 0
        for span in line:
            drawn += pieces(span.text, column, MARGIN + number * ROW + SIZE, COLOURS[span.tone], span.tone == "strong")
            column += display_width(span.text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONTS}" font-size="{SIZE}"><rect width="100%" height="100%" rx="8" fill="#f6f8fa"/>'
        + "".join(drawn)
        + "</svg>\n"
    )


def main() -> None:
    """Rates the sheet and writes the picture up to the end of the reasons."""
    verdict = hyotei.rate(hyotei.read_sheet(hyotei.cases_folder() / "mic-24-15" / "sheet.yaml"))
    lines = list(document_lines(verdict_document(verdict, "ja", WITH_REASONS)))
    Path(sys.argv[1]).write_text(svg(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
