"""What stands on a page after its geometry is understood: lines and tables, still with their places."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from hyotei.readers.pdf.ink import Box


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of text outside every table; `number` counts the lines of its page from 1."""

    text: str
    box: Box
    page: int
    number: int


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell of a table on the page where it begins; `note` says why its text is not simply what is printed."""

    text: str
    row: int
    column: int
    page: int
    rows: int = 1
    columns: int = 1
    note: str | None = None

    def below(self, rows: int) -> "PageCell":
        """The same so many rows further down."""
        return replace(self, row=self.row + rows)


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table: where its columns begin and end, how many rows it has, and its cells in their order.

    `ruled` is False where columns were told from the places of the text alone. `open_top` and `open_bottom` as in `Lattice`.
    """

    cells: tuple[PageCell, ...]
    xs: tuple[float, ...]
    rows: int
    box: Box
    page: int
    ruled: bool = True
    open_top: bool = False
    open_bottom: bool = False


PageItem: TypeAlias = PageLine | PageTable
