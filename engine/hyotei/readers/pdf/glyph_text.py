"""Glyphs as text: lines from left to right, columns of vertical writing, and the text of a cell."""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.pdf.ink import Box, Glyph, turned_glyphs
from hyotei.readers.printed.block_writer import lowered, raised

_APART: Final = 1.0
"""A gap of so many ems parts a line into segments; the columns of an unruled table are at least that far apart."""
_BLANK: Final = 0.45
"""A gap of so many ems is a blank; what is spaced out to fill a line has smaller ones."""
_BLANK_LATIN: Final = 0.18
_SMALL: Final = 0.8
"""Of the size of the glyph before it; smaller digits may stand above the line, as numbers of notes, or below it."""
_RAISED: Final = 0.08
_LOWERED: Final = 0.02
"""Ems by which the middle of a glyph above the line is higher, and the foot of one below it lower."""
_PITCH: Final = 2.1
"""Ems from one character of vertical writing to the next at most."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line without a wide gap in it."""

    text: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class GlyphLine:
    """A line of text, with the pieces that wide gaps part it into."""

    segments: tuple[Segment, ...]
    box: Box

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @property
    def size(self) -> float:
        return max(segment.size for segment in self.segments)


def text_lines(glyphs: Iterable[Glyph]) -> list[GlyphLine]:
    """The lines of glyphs that run from left to right, from the top."""
    lines: list[list[Glyph]] = []
    tops: list[tuple[float, float]] = []
    for glyph in sorted(_once(glyphs), key=lambda each: (each.box.top + each.box.bottom, each.box.x0)):
        middle = (glyph.box.top + glyph.box.bottom) / 2
        if lines and _same_line(tops[-1], glyph, middle):
            lines[-1].append(glyph)
            continue
        lines.append([glyph])
        tops.append((glyph.box.top, glyph.box.bottom))
    found = [_line(line) for line in lines]
    return [line for line in found if line is not None]


def _once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs without those printed twice in one place, which is how some programs make them bold."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    found: list[Glyph] = []
    for glyph in glyphs:
        x, y = glyph.box.x0, glyph.box.top
        slack = 0.15 * glyph.size
        key = glyph.text, round(x / 4), round(y / 4)
        near = [
            other
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in seen.get((key[0], key[1] + across, key[2] + down), ())
        ]
        if any(abs(other.box.x0 - x) <= slack and abs(other.box.top - y) <= slack for other in near):
            continue
        seen.setdefault(key, []).append(glyph)
        found.append(glyph)
    return found


def _same_line(extent: tuple[float, float], glyph: Glyph, middle: float) -> bool:
    """Whether a glyph stands on a line: by more than half of the lower of both."""
    top, bottom = extent
    shared = min(bottom, glyph.box.bottom) - max(top, glyph.box.top)
    return shared > 0.5 * min(bottom - top, glyph.box.height) or (glyph.box.height == 0 and top <= middle <= bottom)


def _line(glyphs: list[Glyph]) -> GlyphLine | None:
    groups: list[list[Glyph]] = []
    blank: set[int] = set()
    before: Glyph | None = None
    spaced = False
    for glyph in sorted(glyphs, key=lambda each: each.box.x0):
        if glyph.text.isspace():
            spaced = True
            continue
        if before is None or glyph.box.x0 - before.box.x1 > _APART * max(before.size, glyph.size):
            groups.append([])
        elif spaced:
            blank.add(id(glyph))
        groups[-1].append(glyph)
        before, spaced = glyph, False
    if before is None:
        return None
    segments = [_word(group) or _segment(group, blank) for group in _spread_words(groups)]
    return GlyphLine(tuple(segments), _around([segment.box for segment in segments]))


def _spread_words(groups: list[list[Glyph]]) -> list[list[Glyph]]:
    """「区　　分」: single characters spaced out to fill a cell are one word."""
    found: list[list[Glyph]] = []
    for group in groups:
        if found and _single(group) and all(_single([glyph]) for glyph in found[-1]) and _evenly(found[-1], group[0]):
            found[-1].append(group[0])
        else:
            found.append(list(group))
    return found


def _single(group: Sequence[Glyph]) -> bool:
    return len(group) == 1 and _letter(group[0].text)


def _evenly(group: Sequence[Glyph], glyph: Glyph) -> bool:
    gap = glyph.box.x0 - group[-1].box.x1
    if gap > 6 * glyph.size or (len(group) > 1 and gap > 1.5 * (group[-1].box.x0 - group[-2].box.x1)):
        return False
    return len(group) == 1 or group[-1].box.x0 - group[-2].box.x1 > _BLANK * glyph.size


def _word(glyphs: list[Glyph]) -> Segment | None:
    """A word of single characters spaced out; None where that is not what the glyphs are."""
    gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(glyphs)]
    if not gaps or min(gaps) <= _APART * glyphs[0].size:
        return None
    return Segment("".join(glyph.text for glyph in glyphs), _around([glyph.box for glyph in glyphs]), glyphs[0].size)


def _segment(glyphs: list[Glyph], blank: set[int]) -> Segment:
    """A segment; before the glyphs in `blank` (by identity) a space is printed."""
    size = median(glyph.size for glyph in glyphs)
    text = glyphs[0].text
    upon = glyphs[0]
    for before, glyph in pairwise(glyphs):
        gap = glyph.box.x0 - before.box.x1
        latin = before.text.isascii() and glyph.text.isascii()
        apart = id(glyph) in blank or gap > (_BLANK_LATIN if latin else _BLANK) * size
        if glyph.size > _SMALL * upon.size:
            upon, printed = glyph, glyph.text
        else:
            printed = _beside_line(glyph, upon)
        text += (" " if apart else "") + printed
    return Segment(text, _around([glyph.box for glyph in glyphs]), size)


def _beside_line(glyph: Glyph, upon: Glyph) -> str:
    """The text of a small glyph: above or below the line of the one before it, a digit is none of the same number.

    Small digits on the line itself, as some print decimals, are.
    """
    middle, of_line = (sum((each.box.top, each.box.bottom)) / 2 for each in (glyph, upon))
    if middle < of_line - _RAISED * upon.size:
        return raised(glyph.text)
    return lowered(glyph.text) if glyph.box.bottom > upon.box.bottom + _LOWERED * upon.size else glyph.text


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def cell_text(glyphs: Sequence[Glyph], box: Box) -> str:
    """The text of a cell, its lines as printed; vertical writing, and words that a narrow cell breaks after every character,
    are lines of their own.
    """
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not printed:
        return ""
    quarters = [sum(glyph.quarter == quarter for glyph in printed) for quarter in (0, 1, 2, 3)]
    most = quarters.index(max(quarters))
    if most:
        glyphs = turned_glyphs(list(glyphs), 1 if most == 1 else 2 if most == 2 else 3, box.x1, box.bottom)
    columns = vertical_columns(glyphs)
    if columns is not None:
        return "\n".join(columns)
    return "\n".join(line.text for line in text_lines(glyphs))


def vertical_columns(glyphs: Sequence[Glyph]) -> list[str] | None:
    """The columns of vertical writing from the right; None where the glyphs are not written so.

    One below the other stand also figures of one digit each, and marks; so columns must be words: of letters for the most
    part, first and last, in which what is not a letter stands between them.
    """
    printed = [glyph for glyph in _once(glyphs) if not glyph.text.isspace()]
    if len(printed) < 2 or len(printed) > 2_000:
        return None
    columns: list[list[Glyph]] = []
    for glyph in sorted(printed, key=lambda each: -(each.box.x0 + each.box.x1)):
        middle = (glyph.box.x0 + glyph.box.x1) / 2
        if columns and columns[-1][0].box.x0 < middle < columns[-1][0].box.x1:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    for column in columns:
        column.sort(key=lambda each: each.box.top)
    if not any(len(column) > 1 for column in columns) or not all(_column(column) for column in columns):
        return None
    if len(columns) > 1 and not _vertical_leading(columns):
        return None
    return ["".join(glyph.text for glyph in column) for column in columns]


def _column(glyphs: list[Glyph]) -> bool:
    """Whether characters one below the other are a word."""
    text = "".join(glyph.text for glyph in glyphs)
    letters = sum(map(_letter, text))
    if not _letter(text[0]) or not (_letter(text[-1]) or text[-1] in ")）」】︶﹂︼") or 2 * letters < len(text):
        return False
    return all(
        0.5 * below.size < below.box.top - above.box.top <= _PITCH * below.size for above, below in pairwise(glyphs)
    )


def _vertical_leading(columns: list[list[Glyph]]) -> bool:
    """Whether characters stand nearer to those below than to those beside, as vertical writing has it."""
    down = [below.box.top - above.box.top for column in columns for above, below in pairwise(column)]
    beside = [first[0].box.x0 - second[0].box.x0 for first, second in pairwise(columns)]
    return bool(down) and median(beside) > 1.15 * median(down)


def _letter(text: str) -> bool:
    """Whether it is a kana, a kanji or the long-vowel mark, of which words are made."""
    return all(unicodedata.category(each) in ("Lo", "Lm") for each in text)


def is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether the glyphs, in the order in which they were printed, mostly go down the page."""
    down = along = 0
    for before, after in pairwise(glyphs):
        if not (_letter(before.text) and _letter(after.text)):
            continue  # figures of one digit stand below each other in any table
        size = max(before.size, after.size)
        across = (after.box.x0 + after.box.x1 - before.box.x0 - before.box.x1) / 2
        lower = after.box.top - before.box.top
        down += abs(across) < 0.3 * size and 0.5 * size < lower < _PITCH * size
        along += abs(lower) < 0.3 * size and 0.2 * size < across < _PITCH * size
    return down >= 5 and down > 3 * along


def vertical_lines(glyphs: Sequence[Glyph]) -> list[GlyphLine]:
    """The lines of a page of vertical writing, from the right; read as if the page were turned on its side."""
    turned = [
        Glyph(each.text, Box(each.box.top, -each.box.x1, each.box.bottom, -each.box.x0), each.size) for each in glyphs
    ]
    return [
        GlyphLine(tuple(Segment(part.text, _back(part.box), part.size) for part in line.segments), _back(line.box))
        for line in text_lines(turned)
    ]


def _back(box: Box) -> Box:
    return Box(-box.bottom, box.x0, -box.top, box.x1)
