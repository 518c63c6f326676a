"""Tables of a document: typed columns, and cells that keep the exact value beside how it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from hyotei.base.exact import multiply, plain
from hyotei.document.text import Text, Tone

if TYPE_CHECKING:
    from hyotei.document.model import Block

Kind = Literal["text", "code", "grade", "year", "number", "money", "ratio"]
"""What a column holds. `grade` is a short word such as a rating, `year` a year; a ratio of 0.75 is shown as 75%, money is in yen."""
NUMBERS: Final = frozenset(("number", "money", "ratio"))
"""The kinds that stand to the right and compare by their digits."""

Value = str | int | Decimal | Fraction | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    `unit` is put behind the title where cells show bare numbers (workbooks); `width` is how many half-width characters of a
    text stand in one line on a terminal and in a workbook, 0 for as many as there are.
    """

    title: str
    kind: Kind = "text"
    unit: str = ""
    width: int = 0

    @property
    def right(self) -> bool:
        """Whether the column stands to the right."""
        return self.kind in NUMBERS


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the exact value (None: none, or unknown), and how it is shown if its kind does not say."""

    value: Value = None
    shown: Text = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """A row; what is told `below` it takes the width of the table."""

    cells: tuple[Cell, ...]
    tone: Tone = "plain"
    below: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first `row_heads` cells of a row name it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    row_heads: int = 1

    def __post_init__(self) -> None:
        """Raises ValueError if a row has not a cell for each column."""
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("a row has not as many cells as the table has columns")


def table(
    columns: Iterable[Column | str],
    rows: Iterable[Row | Iterable[Cell | Value]],
    caption: str = "",
    row_heads: int = 1,
) -> Table:
    """A table of plain values, cells and rows as they come; a column given as a string is one of texts."""
    return Table(
        tuple(Column(each) if isinstance(each, str) else each for each in columns),
        tuple(each if isinstance(each, Row) else row(*each) for each in rows),
        caption,
        row_heads,
    )


def row(*cells: Cell | Value, tone: Tone = "plain", below: "tuple[Block, ...]" = ()) -> Row:
    """A row of values and cells."""
    return Row(tuple(each if isinstance(each, Cell) else Cell(each) for each in cells), tone, below)


def shown(cell: Cell, column: Column) -> Text:
    """How a cell is shown: as its builder says, else by the kind of its column."""
    value = cell.value
    if cell.shown or value is None:
        return cell.shown
    if isinstance(value, str | Fraction):
        return str(value)
    if column.kind == "ratio":
        return plain(multiply(Decimal(value), Decimal(100))) + "%"
    return str(value) if column.kind == "year" else f"{value:,}" if isinstance(value, int) else f"{value:,f}"
