"""Writes blocks in reading order for files that are read from their beginning to their end, with tables inside tables."""

import re
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.printed.form_blocks import Block, FormCell, FormLine, FormPlace, FormTable
from hyotei.sheet.notes import Notes, reading_note

WIDEST: Final = 1_000
LONGEST: Final = 65_534
"""Columns and rows that a cell may span; HTML allows no more."""
_MOST_CELLS: Final = 400_000

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_STRUCK: Final = re.compile("\ufdd0[^\ufdd1]*\ufdd1")
"""Struck-out text between two characters that Unicode gives to nobody, until the whole cell is known."""
STRUCK_OUT: Final = "reading_notes.struck_out"


class TooManyCells(Exception):
    """More cells than any form has."""


def raised(text: str) -> str:
    """A text printed above the line, which runs together with no digit before it: 10 with a note 2 is not 102."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """A text printed below the line, in the same way: 3 with an index 4 is not 34."""
    return text.translate(_LOWERED)


def struck(text: str) -> str:
    """A text with a line through it, marked for `without_struck`."""
    return f"\ufdd0{text}\ufdd1" if text.strip() else text


def without_struck(text: str) -> tuple[str, Notes]:
    """The text of a cell without what is struck out, and the reason why it is not simply what the cell holds.

    A document with its changes marked prints the old figure with a line through it beside the new one. Where all is struck out
    it stays, with the reason: whether the figure was taken back, nobody here can know.
    """
    if "\ufdd0" not in text:
        return text, ()
    kept = _STRUCK.sub("", text)
    left = kept if kept.strip() else text.replace("\ufdd0", "").replace("\ufdd1", "")
    return "\n".join(line for line in left.split("\n") if line.strip()), reading_note(STRUCK_OUT)


@dataclass(slots=True)
class Printed:
    """A cell as a file gives it: its text, what it spans, and the tables inside it (each writes itself)."""

    text: str
    rows: int = 1
    columns: int = 1
    line: int | None = None
    notes: Notes = ()
    inner: Sequence[Callable[[], None]] = ()
    shaded: bool = False
    """Whether its ground is coloured."""
    goes_on: bool = False
    """Whether it only goes on with the cell above it, as Word writes cells merged downwards."""


@dataclass(slots=True)
class BlockWriter:
    """The blocks written so far."""

    blocks: list[Block] = field(default_factory=list)
    tables: int = 0
    cells: int = 0

    def line(self, text: str, place: FormPlace) -> None:
        """Lines of text outside tables; blank ones are left out."""
        for each in without_struck(text)[0].split("\n"):
            if each.strip():
                self.blocks.append(FormLine(each.strip(), place))

    def table(self, rows: Sequence[tuple[int, Sequence[Printed]]]) -> None:
        """A table: for each row how many columns it leaves out before its first cell, and its cells.

        A table inside a cell becomes one of its own behind the row in which it stands, and the rest of the outer one goes on
        behind it, so that everything stays in the order in which it is read.

        Raises:
            TooManyCells: there are more than any form has.
        """
        self.tables += 1
        number = self.tables
        taken: dict[int, int] = {}
        """For each column the row up to which a cell from above covers it."""
        open_at: dict[int, int] = {}
        """For each column the position of the cell that may go on below."""
        written: list[FormCell] = []
        for row, (left_out, cells) in enumerate(rows):
            column = left_out
            inner: list[Callable[[], None]] = []
            for cell in cells:
                while taken.get(column, 0) > row:
                    column += 1
                width = max(1, min(cell.columns, WIDEST))
                height = max(1, min(cell.rows, LONGEST, len(rows) - row))
                if cell.goes_on and column in open_at:
                    above = written[open_at[column]]
                    written[open_at[column]] = _grown(above, row + 1 - above.row)
                    column += width
                    continue
                self.cells += 1
                if self.cells > _MOST_CELLS:
                    raise TooManyCells
                place = FormPlace(line=cell.line, part=f"表{number}の{row + 1}行{column + 1}列")
                open_at[column] = len(written)
                written.append(FormCell(cell.text, row, column, place, height, width, cell.notes, cell.shaded))
                if height > 1:
                    taken |= dict.fromkeys(range(column, column + width), row + height)
                column += width
                inner += cell.inner
            if inner:
                self.close(written, number)
                written, open_at = [], {}
                for write in inner:
                    write()
        self.close(written, number)

    def close(self, cells: Sequence[FormCell], number: int) -> None:
        """Ends a table, or the part of one before a table inside it."""
        if any(cell.text.strip() for cell in cells):
            self.blocks.append(FormTable(tuple(cells), FormPlace(part=f"表{number}")))


def _grown(cell: FormCell, rows: int) -> FormCell:
    return replace(cell, rows=rows)
