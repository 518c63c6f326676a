"""The ink of a page of a PDF, as pdfplumber gives it, with characters as they are printed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from hyotei.readers.pdf.ink import UNREADABLE, Box, Glyph, Ground, Ink, Quarter, Rule

if TYPE_CHECKING:
    from pdfplumber.page import Page

_THICK: Final = 3.0
"""Points up to which a filled box is a line."""
_SCANNED: Final = 0.8
_CID: Final = re.compile(r"\(cid:[0-9]+\)")
_SLANTED: Final = 0.3

# Radicals that some programs write for the character of the same shape; NFKC knows those from U+2F00 only.
_RADICALS: Final = dict(zip("⺟⺠⻁⻄⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲⻳", "母民虎西角長青食鬼麦黄斉歯竜亀龟", strict=True))
_UPRIGHT_FORMS: Final = {"︱": "ー", "︙": "…", "︲": "-"}
_SAME_SHAPE: Final = {"\u2027": "・"}
"""Characters for which some programs write another of the same shape: the middle dot."""


def ink_of(page: "Page") -> Ink:
    """What a page prints. Glyphs outside the part of the page that is shown are not printed."""
    box = Box(*(float(value) for value in page.cropbox))  # places on the page, never figures
    found = Ink(box.width, box.height)
    for char in page.chars:
        place = _box(char, box)
        if place.holds(*place.middle) and Box(0, 0, box.width, box.height).holds(*place.middle, 1.0):
            text = character(str(char["text"]))
            if text:
                found.glyphs.append(Glyph(text, place, _size(char, place), _quarter(char.get("matrix"))))
    for line in (*page.lines, *page.curves):
        if line.get("stroke", True) or line["object_type"] == "line":
            found.rules += _of_points(line, box)
    for rect in page.rects:
        _add_rect(found, rect, box)
    found.images, found.curves = len(page.images), len(page.curves)
    area = box.width * box.height
    found.scanned = any(
        image.width * image.height >= _SCANNED * area for image in (_box(each, box) for each in page.images)
    )
    found.fields = _fields(page)
    return found


def character(text: str) -> str:
    """A character as printed: one of which the file does not say what it is is `UNREADABLE`, an invisible one is empty."""
    if len(text) > 1 and _CID.fullmatch(text):
        return UNREADABLE
    return "".join(map(_single, text))


def _single(text: str) -> str:
    code = ord(text)
    if 0x2E80 <= code <= 0x2FDF:
        return _RADICALS.get(text) or unicodedata.normalize("NFKC", text)
    if 0xFE10 <= code <= 0xFE4F:
        return _UPRIGHT_FORMS.get(text) or unicodedata.normalize("NFKC", text)
    if text in "\t\n\r":
        return " "
    if text in _SAME_SHAPE:
        return _SAME_SHAPE[text]
    category = unicodedata.category(text)
    # Private characters (外字), surrogates and control characters: something is printed, but nobody can tell what.
    if category in ("Co", "Cs", "Cn", "Cc"):
        return UNREADABLE
    return "" if category == "Cf" else text


def _box(item: Mapping[str, Any], page: Box) -> Box:
    return Box(
        float(item["x0"]) - page.x0,
        float(item["top"]) - page.top,
        float(item["x1"]) - page.x0,
        float(item["bottom"]) - page.top,
    )


def _size(char: Mapping[str, Any], box: Box) -> float:
    size = float(char.get("size") or 0)
    return size if size > 0 else max(box.width, box.height, 1.0)


def _quarter(matrix: object) -> Quarter:
    """Which way the text of a glyph runs; slanted letters run as straight ones do."""
    if not isinstance(matrix, tuple) or len(matrix) < 4:
        return 0
    along, up = matrix[0], matrix[1]
    if abs(up) <= _SLANTED * abs(along):
        return 0 if along >= 0 else 2
    if abs(along) <= _SLANTED * abs(up):
        return 1 if up > 0 else 3
    return 0


def _of_points(item: Mapping[str, Any], page: Box) -> Iterable[Rule]:
    """The straight pieces of a path that run along the page or down it."""
    points = [(float(x) - page.x0, float(y) - page.top) for x, y in item["pts"]]
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) <= 0.5 and abs(x0 - x1) > 0.5:
            yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x0 - x1) <= 0.5 and abs(y0 - y1) > 0.5:
            yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _add_rect(found: Ink, rect: Mapping[str, Any], page: Box) -> None:
    """A box: a line if it is thin, else its outline, which counts less if only its area is coloured."""
    box = _box(rect, page)
    across, down = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    stroked = bool(rect.get("stroke"))
    if not stroked and not rect.get("fill"):
        return
    if rect.get("fill") and min(box.width, box.height) > _THICK:
        found.grounds.append(Ground(box, not _white(rect.get("non_stroking_color"))))
    if not stroked and _white(rect.get("non_stroking_color")):
        return
    if box.height <= _THICK and box.width > box.height:
        found.rules.append(Rule(True, down, box.x0, box.x1))
    elif box.width <= _THICK:
        found.rules.append(Rule(False, across, box.top, box.bottom))
    else:
        (found.rules if stroked else found.fills).extend(
            (
                Rule(True, box.top, box.x0, box.x1),
                Rule(True, box.bottom, box.x0, box.x1),
                Rule(False, box.x0, box.top, box.bottom),
                Rule(False, box.x1, box.top, box.bottom),
            )
        )


def _white(color: object) -> bool:
    """Whether a colour of grey, RGB or CMYK is that of the paper."""
    values = color if isinstance(color, tuple | list) else (color,)
    if not all(isinstance(value, int | float) for value in values):
        return False
    if len(values) == 4:
        return all(value <= 0.01 for value in values)
    return all(value >= 0.99 for value in values)


def _fields(page: "Page") -> int:
    """How many form fields and notes over the page have a text. What they would do when clicked is not looked at."""
    from pdfminer.pdftypes import resolve1

    count = 0
    annotations = resolve1(page.page_obj.annots)
    for each in annotations if isinstance(annotations, list) else ():
        annotation = resolve1(each)
        if not isinstance(annotation, dict):
            continue
        kind = getattr(resolve1(annotation.get("Subtype")), "name", None)
        value = resolve1(annotation.get("V" if kind == "Widget" else "Contents"))
        if kind in ("Widget", "FreeText") and isinstance(value, bytes | str) and value.strip():
            count += 1
    return count
