"""Rows as they were read from a worksheet, and what is told of their cells."""

from collections.abc import Sequence
from typing import NamedTuple

from hyotei.messages import Diagnostic, Location, Param

Path = tuple[str | int, ...]
"""The way to a part of a YAML text: keys, and the numbers of items from 0."""


class ReadRow(NamedTuple):
    """A row of a worksheet: its texts, and the cell of each, such as `尺度!B7`."""

    cells: tuple[str, ...]
    refs: tuple[str, ...]


class Findings:
    """What is wrong with cells of a workbook, and which cell holds which part of the front matter and of the cases."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.problems: list[Diagnostic] = []
        self.places: dict[Path, str] = {}
        """The cell of each part of the front matter and of the cases."""

    def tell(self, code: str, ref: str, **params: Param) -> None:
        self.problems.append(Diagnostic(code, Location(self.file, cell=ref or None), params))

    def inherited(self, rows: Sequence[ReadRow]) -> list[ReadRow]:
        """Rows in which a blank first cell stands for the one above it, as people leave it blank in a list."""
        found, above = [], ""
        for row in rows:
            above = row.cells[0] or above
            found.append(ReadRow((above, *row.cells[1:]), row.refs))
        return found
