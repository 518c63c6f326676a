"""What the files of an upload print, kept beside what is read of them: blocks, and pictures of the pages with figures.

It runs in the process that reads (reading_process.py) and knows nothing of the database.
"""

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from hyotei.intake.input_file import InputFile
from hyotei.messages import HyoteiError
from hyotei.readers.printed.blocks_json import block_data, block_of_data
from hyotei.readers.printed.form_blocks import Block, FormLine, FormPlace
from hyotei.report.figure_places import figure_places
from hyotei.sheet.models import Sheet

LARGEST: Final = 8 * 1024 * 1024
"""Characters of JSON of the blocks of one file; of a larger one nothing is kept."""
LARGEST_UPLOAD: Final = 32 * 1024 * 1024
"""The same of all files of an upload."""
_LARGEST_TEXT: Final = 512 * 1024
MOST_PAGES: Final = 40
"""Pages of one file of which a picture is kept."""
MOST_PAGES_AN_UPLOAD: Final = 200
_UNREAD_PAGES: Final = 5
"""Pages of which a picture is kept where no figure was read at all."""
_SECONDS: Final = 60.0


def packed(blocks: Sequence[Block]) -> bytes | None:
    """Blocks as they are kept; None where they are too large."""
    parts: list[str] = []
    size = 0
    for block in blocks:
        parts.append(json.dumps(block_data(block), ensure_ascii=False))
        size += len(parts[-1])
        if size > LARGEST:
            return None
    return zlib.compress(f"[{','.join(parts)}]".encode())


def unpacked(data: bytes) -> list[Block]:
    """The blocks that were packed."""
    return [block_of_data(each) for each in json.loads(zlib.decompress(data))]


def blocks_file(folder: Path, number: int) -> Path:
    """Where the blocks of a file stand."""
    return folder / f"blocks-{number}"


def page_file(folder: Path, number: int, page: int) -> Path:
    """Where the picture of a page stands."""
    return folder / f"page-{number}-{page}.png"


class SourceFiles:
    """The files that go by, one after the other, and what is kept of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = -1
        self._document: InputFile | None = None
        self._blocks: Sequence[Block] | None = None
        self._pages: set[int] = set()
        self._lines = False
        self._left, self._pages_left = LARGEST_UPLOAD, MOST_PAGES_AN_UPLOAD

    def followed(self, documents: "Iterable[InputFile | HyoteiError]") -> "Iterator[InputFile | HyoteiError]":
        """The same documents. What one prints is kept when the next one is asked for."""
        for each in documents:
            self.number += 1
            self._document = each if isinstance(each, InputFile) else None
            self._blocks, self._pages, self._lines = None, set(), False
            yield each
            self._keep()
            self._document = None

    @property
    def present(self) -> int | None:
        """The number of the present document; None where what is read is of several, which are all read at the end."""
        return None if self._document is None else self.number

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Is told the blocks of the present document."""
        self._blocks = blocks

    def sheet(self, sheet: Sheet) -> None:
        """Is told a sheet of the present document."""
        for place in figure_places(sheet, "ja"):
            source = place.quantity.source
            if source is not None and source.page is not None:
                self._pages.add(source.page)
            self._lines = self._lines or (source is not None and source.line is not None)

    def _keep(self) -> None:
        document = self._document
        if document is None:
            return
        blocks = self._blocks
        if blocks is None and self._lines:
            blocks = _text_lines(document)
        data = None if not blocks else packed(blocks)
        if blocks is None or data is None or len(data) > self._left:
            return
        self._left -= len(data)
        blocks_file(self.folder, self.number).write_bytes(data)
        printed = {place.page for block in blocks if (place := block.place).page is not None}
        if printed:
            wanted = sorted(self._pages) or list(range(1, _UNREAD_PAGES + 1))
            wanted = wanted[: min(MOST_PAGES, self._pages_left)]
            self._pages_left -= len(wanted)
            _draw(document, self.folder, self.number, wanted)


def _text_lines(document: InputFile) -> list[Block] | None:
    """The lines of a text; None where it is none, or too long to be looked through."""
    from hyotei.base.text_file import decoded

    try:
        content = document.content()
        if len(content) > _LARGEST_TEXT:
            return None
        text = decoded(content, document.name).text
    except HyoteiError:
        return None
    return [FormLine(line, FormPlace(line=at)) for at, line in enumerate(text.splitlines(), 1)]


def _draw(document: InputFile, folder: Path, number: int, pages: Sequence[int]) -> None:
    """Draws pages in a process of its own: what ends that costs the pictures, not what was read."""
    command = [sys.executable, "-P", "-m", "hyotei.workbench.page_pictures", str(folder), str(number)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        subprocess.run(
            [*command, *map(str, pages)], input=document.content(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=_SECONDS, env=environment, check=False,
        )  # fmt: skip
    except (HyoteiError, OSError, subprocess.TimeoutExpired):
        return
