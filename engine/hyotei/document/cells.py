"""Columns and cells of tables: what a column holds, and the exact value of a cell beside how it is shown."""

from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from hyotei.base.exact import multiply, plain
from hyotei.document.text import Text, Tone
from hyotei.lazy_dataclass import dataclass

Kind = Literal["text", "code", "grade", "year", "figure", "number", "money", "ratio"]
"""What a column holds.

A `grade` is a short word such as a rating, a `figure` is printed with its unit; a ratio of 0.75 is shown as 75%, money is in yen.
"""
NUMBERS: Final = frozenset(("number", "money", "ratio"))
"""The kinds of numbers; they stand to the right and are never folded."""

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
        return self.kind in NUMBERS or self.kind == "figure"


FULL: Final = 5
"""The depth of the greatest of the numbers that are read as a map."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the exact value (None: none, or unknown), and how it is shown if its kind does not say.

    `depth` is 0, or where a table is read as a map, how near the number is to the greatest: 1 to `FULL`.
    """

    value: Value = None
    shown: Text = ""
    tone: Tone = "plain"
    depth: int = 0


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
