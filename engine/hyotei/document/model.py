"""The parts of a document. They hold what is said and what it is, never how a format writes it.

A part that a format cannot draw (a chart on a terminal) is told there by its words. Every text of a document is in every format.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from hyotei.document.cells import Cell, Column, Value
from hyotei.document.text import Text, Tone
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `lead` is the conclusion, which stands out."""

    text: Text
    tone: Tone = "plain"
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list, with what belongs to it."""

    text: Text
    tone: Tone = "plain"
    blocks: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list of points, numbered or not."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what is said of it."""

    term: str
    text: Text
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms with what is said of each; `large` for those a reader looks for first."""

    rows: tuple[Definition, ...]
    large: bool = False


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


@dataclass(frozen=True, slots=True)
class Node:
    """A line of a tree, and what stands below it."""

    text: Text
    below: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """What rests on what, such as a derivation."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to notice: a label such as a severity, a title, and what is to be said."""

    label: str
    title: Text
    tone: Tone = "plain"
    blocks: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines whose spaces count, such as a sheet sketched in text."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart by its Vega-Lite specification, with a sentence that says what is to be seen.

    `specification` has no `config`: fonts and the colours of axes and texts are the writers'.
    """

    title: str
    says: str
    specification: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines left blank for people to fill in: who wrote it, who checked it, when."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading, with further sections among its blocks.

    `anchor` is a name for links; `new_page` begins a page on paper; `folded` is shown closed first where that can be.
    """

    title: str
    blocks: "tuple[Block, ...]"
    anchor: str = ""
    new_page: bool = False
    folded: bool = False


Block = Paragraph | Items | Definitions | Table | Tree | Note | Preformatted | Chart | Signatures | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A result as a person gets it: its title, what stands under it, and its parts."""

    title: str
    language: Language
    blocks: tuple[Block, ...]
    subtitle: str = ""
    footer: str = ""


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
