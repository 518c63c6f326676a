"""The worksheets that are lists as rows, found by the codes above their columns; the cover by the codes beside its fields."""

from collections.abc import Mapping
from typing import Final

from hyotei.rulebook_workbook.cell_texts import Originals
from hyotei.rulebook_workbook.layout import COMPUTED, COVER_CODE, LISTS, ListColumn
from hyotei.rulebook_workbook.read_rows import Findings, ReadRow
from hyotei.rulebook_workbook.shown import one_line
from hyotei.rulebook_workbook.workbook_cells import SheetCells, groups_down
from hyotei.rulebook_workbook.workbook_words import meant

CASES: Final = "cases"
ANNOTATED: Final = "annotated"
"""The code of the worksheet of what a check found, which is no part of the rulebook."""
_MAY_BE_MISSING: Final = frozenset({
    "meaning", "years", "label", "source", "standing", "judged", "default", "details", "reading", "decision", "level",
})  # fmt: skip
"""Columns without which a list says less, but nothing else."""


def list_key(sheet: SheetCells) -> tuple[str, int] | None:
    """Which list a worksheet is, and the row of its codes; None for any other worksheet."""
    for number, row in enumerate(sheet.rows):
        for text in row:
            key, dot, code = text.strip().partition(".")
            if (
                dot
                and code
                and key in (*LISTS, CASES)
                and (key == CASES or any(each.code == code for each in LISTS[key]))
            ):
                return key, number
    return None


def is_annotations(sheet: SheetCells) -> bool:
    """Whether a worksheet lists what a check found."""
    return any(text.startswith(f"{ANNOTATED}.") for row in sheet.rows for text in row)


def cover_of(sheet: SheetCells, originals: Originals) -> dict[str, tuple[str, str]] | None:
    """The texts of the cover by their keys, each with its cell; None for any other worksheet."""
    found: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(sheet.rows):
        for text in row:
            head, _, key = text.strip().partition(".")
            if head == COVER_CODE and key:
                written = originals.plain(row[1])
                found[key] = (meant("standing", written) if key == "standing" else written, sheet.ref(number, 1))
    return found or None


def read_list(sheet: SheetCells, key: str, head: int, found: Findings, originals: Originals) -> list[ReadRow]:
    """The rows of a list, one text for each of its columns, wherever these stand; blank rows are left out."""
    places = _columns(sheet, key, head)
    for column in LISTS[key]:
        if column.code not in places and column.code not in _MAY_BE_MISSING:
            found.tell("HY477", sheet.ref(head, 0), column=f"{key}.{column.code}")
    if "" not in places and (stray := _stray(sheet, head, places)):
        row, at = stray
        found.tell("HY470", sheet.ref(row, at), written=one_line(sheet.rows[row][at])[:40])
    found.problems += groups_down(sheet, head + 1, len(sheet.rows[0]), found)

    def texts(row: int) -> tuple[str, ...]:
        return tuple(
            "" if column.code not in places else _said(column, sheet.rows[row][places[column.code]], originals)
            if (key, column.code) not in COMPUTED else ""
            for column in LISTS[key]
        )  # fmt: skip

    def refs(row: int) -> tuple[str, ...]:
        return tuple(sheet.ref(row, places.get(column.code, 0)) for column in LISTS[key])

    rows = [ReadRow(texts(row), refs(row)) for row in range(head + 1, len(sheet.rows))]
    return [row for row in rows if any(row.cells)]


def read_cases(
    sheet: SheetCells, head: int, found: Findings, originals: Originals
) -> tuple[list[str], list[str], list[ReadRow]]:
    """The paths of the cases' columns, the cells of these, and the rows."""
    places = _columns(sheet, CASES, head)
    if stray := _stray(sheet, head, places):
        found.tell("HY477", sheet.ref(stray[0], stray[1]), column=f"{CASES}.…")
    found.problems += groups_down(sheet, head + 1, len(sheet.rows[0]), found)
    rows = [
        ReadRow(
            tuple(originals.plain(sheet.rows[row][at]) for at in places.values()),
            tuple(sheet.ref(row, at) for at in places.values()),
        )
        for row in range(head + 1, len(sheet.rows))
    ]
    return list(places), [sheet.ref(head, at) for at in places.values()], [row for row in rows if any(row.cells)]


def _columns(sheet: SheetCells, key: str, head: int) -> dict[str, int]:
    """The columns by their codes."""
    found: dict[str, int] = {}
    for at, text in enumerate(sheet.rows[head]):
        name, dot, code = text.strip().partition(".")
        if dot and name == key and code:
            found.setdefault(code, at)
        elif key == CASES and text.strip():
            found.setdefault(text.strip(), at)  # a path that somebody has added
    return found


def _stray(sheet: SheetCells, head: int, places: Mapping[str, int]) -> tuple[int, int] | None:
    """A cell below the head that stands in no column; None where there is none."""
    known = set(places.values())
    for row in range(head + 1, len(sheet.rows)):
        for at, text in enumerate(sheet.rows[row]):
            if text and at not in known:
                return row, at
    return None


def _said(column: ListColumn, text: str, originals: Originals) -> str:
    if column.kind in ("text", "code"):
        return originals.plain(text)
    return meant(column.kind, text.strip())
