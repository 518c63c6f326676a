"""Two changes of one document become one: what was changed in different places is merged, down to cells of a row.

The document is compared line by line. Where both changed the same lines, rows of tables are compared cell by cell; what both
changed there, and not alike, is a conflict and is told with what each of them wrote.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from hyotei.rulebook.markdown_lines import line_end, split_lines, without_end
from hyotei.rulebook.row_layout import join, segments


class Conflict(NamedTuple):
    """Lines that both changed: as they were, as one wants them, as they are by the other."""

    before: str
    mine: str
    theirs: str


class Merged(NamedTuple):
    """The document with both changes; where they conflict, as `mine` wants it."""

    text: str
    conflicts: tuple[Conflict, ...]


Lines = tuple[str, ...]


class _Hunk(NamedTuple):
    """Lines `first` to `last` (exclusive) of the document before, and what stands there after a change."""

    first: int
    last: int
    lines: Lines


def merge(before: str, mine: str, theirs: str) -> Merged:
    """Both changes of a document in one.

    Args:
        before: the document that both began with.
        mine: what one made of it.
        theirs: what the other made of it.
    """
    base = split_lines(before)
    hunks = [list(_hunks(base, split_lines(each))) for each in (mine, theirs)]
    lines: list[str] = []
    conflicts: list[Conflict] = []
    done = 0
    for first, last in _regions(*hunks):
        lines += base[done:first]
        was = tuple(base[first:last])
        ours, others = (_within(base, first, last, side) for side in hunks)
        merged, told = _region(was, ours, others)
        lines += merged
        conflicts += told
        done = last
    return Merged("".join([*lines, *base[done:]]), tuple(conflicts))


def _hunks(base: Sequence[str], changed: Sequence[str]) -> Iterator[_Hunk]:
    for tag, first, last, start, end in SequenceMatcher(None, base, changed, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Hunk(first, last, tuple(changed[start:end]))


def _regions(mine: Sequence[_Hunk], theirs: Sequence[_Hunk]) -> Iterator[tuple[int, int]]:
    """The runs of lines within which the hunks of both sides overlap; two that only touch do not."""
    region: tuple[int, int] | None = None
    for hunk in sorted({(each.first, each.last) for each in (*mine, *theirs)}):
        first, last = hunk
        if region is not None and (first < region[1] or hunk == region):
            region = region[0], max(region[1], last)
            continue
        if region is not None:
            yield region
        region = hunk
    if region is not None:
        yield region


def _within(base: Sequence[str], first: int, last: int, side: Sequence[_Hunk]) -> Lines:
    """What one side has in place of a run of lines."""
    found: list[str] = []
    done = first
    for hunk in side:
        # What is put in at an end of the run is a run of its own.
        put_in = hunk.first == hunk.last
        inside = first < hunk.first < last or first == last == hunk.first if put_in else first <= hunk.first < last
        if inside:
            found += [*base[done : hunk.first], *hunk.lines]
            done = hunk.last
    return (*found, *base[done:last])


def _region(was: Lines, mine: Lines, theirs: Lines) -> tuple[Lines, list[Conflict]]:
    """What stands in place of some lines, and where the two do not agree."""
    if mine == theirs or theirs == was:
        return mine, []
    if mine == was:
        return theirs, []
    if not len(was) == len(mine) == len(theirs):
        return mine, [Conflict("".join(was), "".join(mine), "".join(theirs))]
    found = [_line(*each) for each in zip(was, mine, theirs, strict=True)]
    told = [
        Conflict(*each)
        for each, (_, agreed) in zip(zip(was, mine, theirs, strict=True), found, strict=True)
        if not agreed
    ]
    return tuple(line for line, _ in found), told


def _line(was: str, mine: str, theirs: str) -> tuple[str, bool]:
    """What stands in place of a line, and whether the two agree on it. Of a row, cells that one left alone are the other's."""
    if mine == theirs or theirs == was:
        return mine, True
    if mine == was:
        return theirs, True
    rows = [segments(without_end(each)) for each in (was, mine, theirs)]
    count = len(rows[0][1])
    if count < 2 or any(len(cells) != count for _, cells in rows):
        return mine, False
    cells, agreed = [], True
    for before, one, other in zip(*(cells for _, cells in rows), strict=True):
        same_before = one.strip() == before.strip()
        agreed &= same_before or one.strip() == other.strip() or other.strip() == before.strip()
        cells.append(other if same_before else one)
    return join(rows[1][0], cells) + line_end(mine), agreed
