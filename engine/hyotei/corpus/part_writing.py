"""The parts of a generation as they are written, one after the other; each is closed when it holds enough sheets."""

import re
from collections.abc import Iterable
from pathlib import Path

from hyotei.corpus.flatten import Row, Rows
from hyotei.corpus.part import MOST_SHEETS, Part, PartWriter
from hyotei.corpus.rewritten_parts import PartEdit, groups, rewrite


class Writing:
    """Takes sheets and puts them into parts of at most `MOST_SHEETS` sheets, save for what is carried over as it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts: list[Part] = []
        self._number = 0
        self._writer: PartWriter | None = None
        self._keys: set[str] = set()

    def key(self, identifier: str) -> str:
        """A key for a sheet that no other in the part at hand has. What it is called in the end is settled at the end."""
        key, number = identifier, 1
        while key in self._keys:
            number += 1
            key = f"{identifier}\0{number}"
        return key

    def add(self, key: str, rows: Rows) -> None:
        """A sheet under a key from `key`."""
        self._open().add(rows)
        self._keys.add(key)
        self._full()

    def tell(self, problems: list[Row]) -> None:
        """Rows of problems."""
        if problems:
            self._open().add({"problems": problems})

    def keep(self, part: Part) -> None:
        """A part whose files stand in the folder already."""
        self.parts.append(part)
        self.reserve([part.name])

    def reserve(self, names: Iterable[str]) -> None:
        """Names that new parts must not take."""
        for name in names:
            number = re.search("[0-9]+", name)
            self._number = max(self._number, int(number.group()) if number else 0)

    def take(self, folder: Path, part: str, edit: PartEdit) -> None:
        """The rows of another part, changed as told, into the part at hand."""
        rewrite(folder, part, edit, self._open())
        for rows in groups(folder, part, "sheets", ("sheet",)):
            self._keys.update(edit.rename.get(key, key) for key in rows["sheet"].to_pylist())
        self._full()

    def close(self) -> list[Part]:
        """All parts, written to the disk."""
        if self._writer is not None:
            self.parts.append(self._writer.close())
            self._writer = None
            self._keys.clear()
        return self.parts

    def abandon(self) -> None:
        """Lets go of the part at hand."""
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None

    def _open(self) -> PartWriter:
        if self._writer is None:
            self._number += 1
            self._writer = PartWriter(self.folder, f"part-{self._number:06}")
        return self._writer

    def _full(self) -> None:
        if self._writer is not None and self._writer.sheets >= MOST_SHEETS:
            self.close()
