"""The order of reading: from the top, and where a page is printed in two columns, one after the other."""

from collections.abc import Sequence
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.pdf.glyph_text import GlyphLine, Segment
from hyotei.readers.pdf.ink import Box

_GUTTER: Final = 4.0
"""Points on either side of the middle of a gutter that must be free."""
_STEP: Final = 6.0
_PROSE_LINES: Final = 5
_FULL: Final = 0.75
_MOST: Final = 3_000


@dataclass(frozen=True, slots=True)
class Zone:
    """Lines and tables (by their position in the list given) that are read together, from the top."""

    lines: tuple[GlyphLine, ...]
    tables: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Band:
    """Part of a page between two heights; `crossed` where something stands across the gutter."""

    segments: list[Segment]
    tables: list[int]
    crossed: bool


def zones(lines: Sequence[GlyphLine], tables: Sequence[Box], width: float) -> list[Zone]:
    """The parts of a page in the order of reading. A page in one column is one part."""
    whole = [Zone(tuple(lines), tuple(range(len(tables))))]
    segments = [segment for line in lines for segment in line.segments]
    if len(segments) + len(tables) > _MOST:
        return whole
    best: list[_Band] = []
    score = 0
    x = 0.3 * width
    while x < 0.7 * width:
        bands = _bands(segments, tables, x)
        count = sum(len(band.segments) + 5 * len(band.tables) for band in bands if _in_columns(band, tables, x))
        if count > score:
            best, score, gutter = bands, count, x
        x += _STEP
    if not score:
        return whole
    found: list[Zone] = []
    for band in best:
        if not _in_columns(band, tables, gutter):
            found.append(_zone(band.segments, band.tables))
            continue
        found += [
            _zone(
                [each for each in band.segments if (each.box.middle[0] < gutter) == left],
                [each for each in band.tables if (tables[each].middle[0] < gutter) == left],
            )
            for left in (True, False)
        ]
    return found


def _bands(segments: Sequence[Segment], tables: Sequence[Box], x: float) -> list[_Band]:
    things = sorted(
        [
            *((each.box, each, None) for each in segments),
            *((box, None, index) for index, box in enumerate(tables)),
        ],
        key=lambda thing: (thing[0].top, thing[0].x0),
    )
    found: list[_Band] = []
    for box, segment, table in things:
        crossed = box.x0 - _GUTTER < x < box.x1 + _GUTTER
        # What begins beside a crossing thing, at its height, belongs to it.
        if not found or (found[-1].crossed != crossed and not _beside(found[-1], tables, box)):
            found.append(_Band([], [], crossed))
        if segment is not None:
            found[-1].segments.append(segment)
        if table is not None:
            found[-1].tables.append(table)
    return found


def _beside(band: _Band, tables: Sequence[Box], box: Box) -> bool:
    """Whether a box stands beside a thing across the gutter, so that it belongs to its line."""
    if not band.crossed:
        return False
    bottoms = [each.box.bottom for each in band.segments] + [tables[each].bottom for each in band.tables]
    return box.middle[1] < max(bottoms)


def _in_columns(band: _Band, tables: Sequence[Box], x: float) -> bool:
    """Whether both sides of a part are columns of their own: full lines of text, or tables, on either side."""
    if band.crossed:
        return False
    sides = [[each for each in band.segments if (each.box.middle[0] < x) == left] for left in (True, False)]
    ruled = [[each for each in band.tables if (tables[each].middle[0] < x) == left] for left in (True, False)]
    return all(_column(side, own) for side, own in zip(sides, ruled, strict=True))


def _column(segments: Sequence[Segment], tables: Sequence[int]) -> bool:
    if tables:
        return True
    if len(segments) < _PROSE_LINES:
        return False
    start, end = min(each.box.x0 for each in segments), max(each.box.x1 for each in segments)
    full = sum(each.box.width >= _FULL * (end - start) and len(each.text) >= 8 for each in segments)
    return 2 * full >= len(segments)


def _zone(segments: Sequence[Segment], tables: Sequence[int]) -> Zone:
    """The segments as lines again."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda each: (each.box.middle[1], each.box.x0)):
        if lines and lines[-1][0].box.top < segment.box.middle[1] < lines[-1][0].box.bottom:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    made: list[GlyphLine] = []
    for group in lines:
        group.sort(key=lambda each: each.box.x0)
        box = Box(
            group[0].box.x0,
            min(each.box.top for each in group),
            group[-1].box.x1,
            max(each.box.bottom for each in group),
        )
        made.append(GlyphLine(tuple(group), box))
    return Zone(tuple(made), tuple(tables))
