"""A printed form as blocks in reading order, lines of text and tables of cells, whatever kind of file it came from.

Readers of files (PDF, XLSX, HTML, DOCX) make blocks and know nothing of evaluation sheets; the reading of forms starts from
blocks and knows nothing of files.
"""

from dataclasses import field
from typing import TypeAlias

from hyotei.lazy_dataclass import dataclass
from hyotei.sheet.notes import Notes

PageArea: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom of what is printed on a page as the page is shown, in parts of 10,000 of its width and height."""
WHOLE_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Where something is printed: page from 1, line from 1, cell such as C12, and in words what these leave open."""

    page: int | None = None
    line: int | None = None
    cell: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line or paragraph of text outside every table; `area` is where it is printed on its page, where a file has pages."""

    text: str
    place: FormPlace
    area: PageArea | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a table: its text with line breaks as printed, its first row and column from 0, and how many it spans.

    `notes` say why the text is not simply what is printed, for example that a workbook held a number in a percent
    format. `shaded` says that its ground is coloured, by which forms show what was chosen. `area` is where it is
    printed on its page, where a file has pages.
    """

    text: str
    row: int
    column: int
    place: FormPlace
    rows: int = 1
    columns: int = 1
    notes: Notes = ()
    shaded: bool = False
    area: PageArea | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table; its cells in the order of rows and columns, each once, however many places it spans."""

    cells: tuple[FormCell, ...]
    place: FormPlace = field(default_factory=FormPlace)


Block: TypeAlias = FormLine | FormTable
