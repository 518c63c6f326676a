"""One page: its ink as lines and tables in the order of reading."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from hyotei.readers.pdf.glyph_text import GlyphLine, cell_text, is_vertical, text_lines, vertical_lines
from hyotei.readers.pdf.ink import Box, Glyph, Ink, Rule, upright
from hyotei.readers.pdf.page_items import PageCell, PageItem, PageLine, PageTable
from hyotei.readers.pdf.reading_order import zones
from hyotei.readers.pdf.ruled_tables import NEAR, Lattice, TableRegion, lattices
from hyotei.readers.pdf.shaded_cells import is_shaded, shaded_regions
from hyotei.readers.pdf.unruled_tables import Aligned, aligned_table, fragment
from hyotei.readers.printed.block_writer import STRUCK_OUT
from hyotei.sheet.notes import Notes, reading_note

UNRULED: Final = "reading_notes.table_without_lines"
"""Why the cells of a table without lines are not simply what is printed."""
_INSIDE: Final = 0.22
"""Of a glyph, how much of it lies beside a line that is drawn through it."""
_FIRST: Final = 4
"""So many lines at the top of a page may be the end of a table on the page before, behind the title of every page."""


def page_items(ink: Ink, page: int) -> list[PageItem]:
    """The lines and tables of a page."""
    ink = upright(ink)
    ruled = _ruled(ink)
    inside, outside = _shared_out(ink.glyphs, ruled)
    tables: list[PageTable] = []
    for index, lattice in enumerate(ruled):
        tables += _table(lattice, inside[index], ink, page)
    straight = [glyph for glyph in outside if glyph.quarter == 0]
    rest = [glyph for glyph in outside if glyph.quarter != 0]
    if is_vertical(straight) and not tables:
        return _numbered(vertical_lines(straight), ink, page)
    lines = [*text_lines(straight), *_turned_lines(rest)]
    return _in_order(lines, tables, ink, page)


def _ruled(ink: Ink) -> list[Lattice]:
    """The ruled tables; outlines of coloured areas make tables only where no line does."""
    found = lattices(ink.rules)
    for lattice in lattices([*ink.rules, *ink.fills]) if ink.fills else ():
        apart = all(
            lattice.box.x1 <= other.box.x0
            or lattice.box.x0 >= other.box.x1
            or lattice.box.bottom <= other.box.top
            or lattice.box.top >= other.box.bottom
            for other in found
        )
        if apart:
            found.append(lattice)
    return found


def _shared_out(
    glyphs: Iterable[Glyph], ruled: Sequence[Lattice]
) -> tuple[dict[int, dict[TableRegion, list[Glyph]]], list[Glyph]]:
    """The glyphs of each cell of each table, the inner table first, and those of none."""
    inside: dict[int, dict[TableRegion, list[Glyph]]] = {index: defaultdict(list) for index in range(len(ruled))}
    places = [_places(lattice) for lattice in ruled]
    inner = sorted(range(len(ruled)), key=lambda index: ruled[index].box.width * ruled[index].box.height)
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = glyph.box.middle
        for index in inner:
            if ruled[index].box.holds(x, y):
                lattice = ruled[index]
                column = min(bisect_right(lattice.xs, x) - 1, len(lattice.xs) - 2)
                row = min(bisect_right(lattice.ys, y) - 1, len(lattice.ys) - 2)
                inside[index][places[index][max(row, 0), max(column, 0)]].append(glyph)
                break
        else:
            outside.append(glyph)
    return inside, outside


def _places(lattice: Lattice) -> dict[tuple[int, int], TableRegion]:
    return {
        (row, column): region
        for region in lattice.regions
        for row in range(region.row, region.row + region.rows)
        for column in range(region.column, region.column + region.columns)
    }


def _table(lattice: Lattice, glyphs: dict[TableRegion, list[Glyph]], ink: Ink, page: int) -> list[PageTable]:
    """A ruled table; one with lines only between its rows has the columns of its text."""
    if not any(glyphs.values()):
        return []
    if len(lattice.xs) == 2:
        lines = text_lines(glyph for group in glyphs.values() for glyph in group if glyph.quarter == 0)
        aligned = aligned_table(lines, ink.rules)
        if aligned is not None and aligned.lines == len(lines):
            return [_unruled(aligned, ink, page)]
    shaded = shaded_regions(lattice, ink.grounds)
    through = [rule for rule in ink.rules if rule.horizontal and all(abs(rule.at - y) > NEAR for y in lattice.ys)]
    cells: list[PageCell] = []
    for region in sorted(lattice.regions, key=lambda each: (each.row, each.column)):
        printed, notes = _without_struck(glyphs.get(region, ()), through)
        cells.append(
            PageCell(
                cell_text(printed, region.box),
                region.row,
                region.column,
                page,
                region.rows,
                region.columns,
                notes,
                region in shaded,
                ink.area(region.box),
            )
        )
    made = PageTable(
        tuple(cells),
        lattice.xs,
        len(lattice.ys) - 1,
        lattice.box,
        page,
        open_top=lattice.open_top,
        open_bottom=lattice.open_bottom,
    )
    return [made]


def _without_struck(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> tuple[Sequence[Glyph], Notes]:
    """The glyphs of a cell without those that a line is drawn through, all of them where that leaves none."""
    out = [
        glyph for glyph in glyphs if not glyph.text.isspace() and any(_goes_through(rule, glyph.box) for rule in rules)
    ]
    if not out:
        return glyphs, ()
    left = [glyph for glyph in glyphs if all(glyph is not each for each in out)]
    return (left if any(not glyph.text.isspace() for glyph in left) else glyphs), reading_note(STRUCK_OUT)


def _goes_through(rule: Rule, box: Box) -> bool:
    """Whether a line crosses the middle of a glyph; one below its foot is an underline."""
    covers = rule.start <= box.x0 + _INSIDE * box.width and rule.end >= box.x1 - _INSIDE * box.width
    return covers and box.top + _INSIDE * box.height < rule.at < box.bottom - _INSIDE * box.height


def _unruled(aligned: Aligned, ink: Ink, page: int) -> PageTable:
    cells = tuple(
        PageCell(
            cell.text,
            cell.row,
            cell.column,
            page,
            cell.rows,
            notes=reading_note(UNRULED),
            shaded=is_shaded(cell.box, ink.grounds),
            area=ink.area(cell.box),
        )
        for cell in aligned.cells
    )
    xs = (*(start for start, _ in aligned.columns), aligned.columns[-1][1])
    return PageTable(cells, xs, aligned.rows, aligned.box, page, spans=aligned.columns)


def _turned_lines(glyphs: list[Glyph]) -> list[GlyphLine]:
    """Lines of text that runs another way than the page, each as one line at its place."""
    found: list[GlyphLine] = []
    for quarter in (1, 2, 3):
        group = [glyph for glyph in glyphs if glyph.quarter == quarter]
        if not group:
            continue
        box = Box(
            min(each.box.x0 for each in group), min(each.box.top for each in group),
            max(each.box.x1 for each in group), max(each.box.bottom for each in group),
        )  # fmt: skip
        text = cell_text(group, box).replace("\n", " ")
        if text:
            line = text_lines([Glyph(text, box, group[0].size)])
            found += line
    return found


def _in_order(lines: list[GlyphLine], tables: list[PageTable], ink: Ink, page: int) -> list[PageItem]:
    """Lines and tables as they are read, with runs of lines that are tables as such."""
    found: list[PageItem] = []
    for zone in zones(lines, [table.box for table in tables], ink.width):
        things: list[GlyphLine | PageTable] = [*zone.lines, *(tables[index] for index in zone.tables)]
        things.sort(key=lambda each: (each.box.top, each.box.x0))
        position = 0
        while position < len(things):
            thing = things[position]
            if isinstance(thing, PageTable):
                found.append(thing)
                position += 1
                continue
            run = _lines_from(things, position)
            aligned = aligned_table(run, ink.rules)
            if aligned is not None:
                found.append(_unruled(aligned, ink, page))
                position += aligned.lines
                continue
            line = PageLine(thing.text, thing.box, page, 0, ink.area(thing.box))
            rest = fragment(thing) if len(found) < _FIRST else None
            found.append(line if rest is None else replace(_unruled(rest, ink, page), line=line))
            position += 1
    return _with_numbers(found)


def _lines_from(things: Sequence[GlyphLine | PageTable], position: int) -> list[GlyphLine]:
    found: list[GlyphLine] = []
    for thing in things[position:]:
        if isinstance(thing, PageTable):
            break
        found.append(thing)
    return found


def _numbered(lines: Iterable[GlyphLine], ink: Ink, page: int) -> list[PageItem]:
    return _with_numbers([PageLine(line.text, line.box, page, 0, ink.area(line.box)) for line in lines])


def _with_numbers(items: Iterable[PageItem]) -> list[PageItem]:
    """The lines with their numbers on the page."""
    found: list[PageItem] = []
    number = 0
    for item in items:
        line = item if isinstance(item, PageLine) else item.line
        if line is None:
            found.append(item)
            continue
        number += 1
        line = replace(line, number=number)
        found.append(line if isinstance(item, PageLine) else replace(item, line=line))
    return found
