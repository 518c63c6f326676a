"""What stands on a page after its geometry is understood: lines and tables, still with their places."""

from dataclasses import replace
from typing import TypeAlias

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.pdf.ink import Box
from hyotei.readers.printed.form_blocks import PageArea
from hyotei.sheet.notes import Notes, joined_notes


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of text outside every table; `number` counts the lines of its page from 1."""

    text: str
    box: Box
    page: int
    number: int
    area: PageArea | None = None


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell of a table on the page where it begins; `note` says why its text is not simply what is printed."""

    text: str
    row: int
    column: int
    page: int
    rows: int = 1
    columns: int = 1
    notes: Notes = ()
    shaded: bool = False
    area: PageArea | None = None

    def noted(self, notes: Notes) -> "PageCell":
        """The same with one more reason."""
        return replace(self, notes=joined_notes(self.notes, notes))

    def below(self, rows: int) -> "PageCell":
        """The same so many rows further down."""
        return replace(self, row=self.row + rows)


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table: where its columns begin and end, how many rows it has, and its cells in their order.

    `open_top` and `open_bottom` are as in `Lattice`. A table without lines has `spans`, the extent of each column's text, in
    place of exact borders; `line` is what it is if it proves to be no part of a table after all.
    """

    cells: tuple[PageCell, ...]
    xs: tuple[float, ...]
    rows: int
    box: Box
    page: int
    open_top: bool = False
    open_bottom: bool = False
    spans: tuple[tuple[float, float], ...] = ()
    line: PageLine | None = None

    @property
    def ruled(self) -> bool:
        return not self.spans


PageItem: TypeAlias = PageLine | PageTable
