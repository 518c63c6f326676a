r"""Documents drawn in text: lines, and tables between bars; in cases and examples they stand in place of a file.

    令和４年度実施施策に係る評価書
    | 施策名 | 道路の維持 | < |
    | 区分   | 3年度      | 4年度 |

`<` goes on with the cell to the left, `^` with the one above; `<br>` is a line break in a cell, `\|` a bar.
"""

import re
from collections.abc import Iterator
from typing import Final

from hyotei.readers.printed.form_blocks import Block, FormCell, FormLine, FormPlace, FormTable

_BAR: Final = re.compile(r"(?<!\\)\|")


def blocks_of(text: str) -> list[Block]:
    """The lines and tables of a drawn document."""
    found: list[Block] = []
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip().startswith("|"):
            rows.append((number, [_cell(each) for each in _BAR.split(line.strip().strip("|"))]))
            continue
        if rows:
            found.append(FormTable(tuple(_cells(rows))))
            rows = []
        if line.strip():
            found.append(FormLine(line.strip(), FormPlace(line=number)))
    return found


def _cell(written: str) -> str:
    return written.strip().replace("\\|", "|").replace("<br>", "\n")


def _cells(rows: list[tuple[int, list[str]]]) -> Iterator[FormCell]:
    for at, (number, texts) in enumerate(rows):
        for column, text in enumerate(texts):
            if text in ("", "<", "^"):
                continue
            width = next(
                (each for each in range(1, len(texts) - column) if texts[column + each] != "<"), len(texts) - column
            )
            height = 1
            while (
                at + height < len(rows) and column < len(rows[at + height][1]) and rows[at + height][1][column] == "^"
            ):
                height += 1
            yield FormCell(text, at, column, FormPlace(line=number), height, width)
