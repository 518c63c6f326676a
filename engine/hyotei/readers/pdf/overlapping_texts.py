"""Texts that run over their neighbours: what a narrow column of a workbook hides is printed all the same, under the next cell."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from hyotei.readers.pdf.ink import Box, Glyph

OVERLAID: Final = "reading_notes.overlapping_texts"
"""Why the cells of tables on such a page are not simply what is printed."""
_MARKS: Final = frozenset("○◎●◯〇☑☒■✓✔レ✅□☐×✕△")
"""One of these over a text marks it, and is no text of a cell beside it."""
_BACK: Final = 0.5
"""Ems by which a glyph may stand back over the one printed before it in one text."""
_ON: Final = 1.0
_OVER: Final = 0.5
"""Ems of two texts on each other from which on they cover each other."""
_BETWEEN: Final = 1.1
"""Ems that are left between two texts that covered each other: enough to be read as two."""
_NEAREST: Final = 1.0
_PLACE: Final = 6.0
_AROUND: Final = (-1, 0, 1)
_SHARED: Final = 0.4
"""Glyphs that share so much of the lower and of the narrower of both stand on each other; lines that are set tight share less."""
_FEW: Final = 2
"""So many at least: one may be a mark, or an accent."""


@dataclass
class _Run:
    """Glyphs that were printed one after the other and next to each other."""

    glyphs: list[Glyph]
    positions: list[int]

    @cached_property
    def box(self) -> Box:
        boxes = [glyph.box for glyph in self.glyphs]
        return Box(
            boxes[0].x0,
            min(each.top for each in boxes),
            max(each.x1 for each in boxes),
            max(each.bottom for each in boxes),
        )

    @cached_property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs).strip()


def side_by_side(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], bool]:
    """The glyphs, texts that run under the text beside them narrowed so that they end before it; and whether any did.

    Without this the characters of both would be read in turn, as one text that nobody wrote.
    """
    found = list(glyphs)
    covered = _on_each_other(glyphs) >= _FEW
    if not covered:
        return found, False
    for line in _lines(_runs(glyphs)):
        for position, run in enumerate(line):
            box = run.box
            size = run.glyphs[0].size
            over = next(
                (
                    other
                    for other in line[position + 1 :]
                    if min(box.x1, other.box.x1) - other.box.x0 > _OVER * size and not _marks(other)
                ),
                None,
            )
            if over is None or _marks(run) or _bold(run, over):
                continue
            room = over.box.x0 - _BETWEEN * max(size, over.glyphs[0].size) - box.x0
            if room < _NEAREST:
                continue
            share = min(1.0, room / box.width)
            for place, glyph in zip(run.positions, run.glyphs, strict=True):
                found[place] = _narrowed(glyph, box.x0, share)
    return found, covered


def _on_each_other(glyphs: Sequence[Glyph]) -> int:
    """How many glyphs stand on another that is not the same."""
    places: dict[tuple[int, int], list[Glyph]] = {}
    count = 0
    for glyph in glyphs:
        if glyph.quarter or not glyph.text.strip() or glyph.text in _MARKS or glyph.size <= 0:
            continue
        x, y = (round(each / _PLACE) for each in glyph.box.middle)
        near = (other for across in _AROUND for down in _AROUND for other in places.get((x + across, y + down), ()))
        count += any(_on(glyph, other) for other in near)
        places.setdefault((x, y), []).append(glyph)
    return count


def _on(first: Glyph, second: Glyph) -> bool:
    a, b = first.box, second.box
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    if across < _SHARED * min(a.width, b.width) or down < _SHARED * min(a.height, b.height):
        return False
    # Printed twice in one place, or nearly, a character is bold.
    return first.text != second.text or max(abs(a.x0 - b.x0), abs(a.top - b.top)) > 0.3 * first.size


def _runs(glyphs: Sequence[Glyph]) -> list[_Run]:
    runs: list[_Run] = []
    for position, glyph in enumerate(glyphs):
        if glyph.quarter or not glyph.text:
            continue
        if runs and _goes_on(runs[-1].glyphs[-1], glyph):
            runs[-1].glyphs.append(glyph)
            runs[-1].positions.append(position)
        elif not glyph.text.isspace():
            runs.append(_Run([glyph], [position]))
    return runs


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    shared = min(before.box.bottom, glyph.box.bottom) - max(before.box.top, glyph.box.top)
    return (
        -_BACK * size < glyph.box.x0 - before.box.x1 < _ON * size
        and glyph.box.x0 >= before.box.x0
        and shared > 0.5 * min(before.box.height, glyph.box.height)
    )


def _lines(runs: Sequence[_Run]) -> list[list[_Run]]:
    """Runs of one height, from the left."""
    found: list[list[_Run]] = []
    for run in sorted(runs, key=lambda each: each.box.middle[1]):
        last = found[-1][0].box if found else None
        if last is not None and last.top < run.box.middle[1] < last.bottom and _as_high(last, run.box):
            found[-1].append(run)
        else:
            found.append([run])
    for line in found:
        line.sort(key=lambda each: each.box.x0)
    return [line for line in found if any(_touch(first, second) for first, second in pairwise(line)) or len(line) > 2]


def _as_high(first: Box, second: Box) -> bool:
    return min(first.height, second.height) > 0.5 * max(first.height, second.height)


def _touch(first: _Run, second: _Run) -> bool:
    return second.box.x0 < first.box.x1


def _marks(run: _Run) -> bool:
    """Whether a run is no text beside another but a mark on it, or an accent of it."""
    text = run.text
    return not text or text in _MARKS or all(unicodedata.category(each).startswith("M") for each in text)


def _bold(run: _Run, over: _Run) -> bool:
    """Whether a text is printed twice in nearly one place."""
    return run.text == over.text and over.box.x0 - run.box.x0 < _OVER * run.glyphs[0].size


def _narrowed(glyph: Glyph, start: float, share: float) -> Glyph:
    box = glyph.box
    narrow = Box(start + (box.x0 - start) * share, box.top, start + (box.x1 - start) * share, box.bottom)
    return Glyph(glyph.text, narrow, glyph.size * share, glyph.quarter)
