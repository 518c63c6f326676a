"""Blocks as JSON and back, for processes that hand them to each other and for keeping them."""

from dataclasses import asdict
from typing import Any

from hyotei.readers.printed.form_blocks import Block, FormCell, FormLine, FormPlace, FormTable
from hyotei.sheet.notes import notes_json, notes_of_json


def block_data(block: Block) -> dict[str, object]:
    """A block as JSON has it: an object with one key, `table` or `line`."""
    if isinstance(block, FormLine):
        return {"line": asdict(block)}
    cells = [{**asdict(cell), "notes": notes_json(cell.notes)} for cell in block.cells]
    return {"table": {"cells": cells, "place": asdict(block.place)}}


def block_of_data(data: dict[str, Any]) -> Block:
    """The block that `block_data` made an object of."""
    if "line" in data:
        line = data["line"]
        return FormLine(line["text"], FormPlace(**line["place"]), _area(line))
    table = data["table"]
    return FormTable(tuple(map(_cell, table["cells"])), FormPlace(**table["place"]))


def _cell(data: dict[str, Any]) -> FormCell:
    return FormCell(
        **{**data, "place": FormPlace(**data["place"]), "notes": notes_of_json(data["notes"]), "area": _area(data)}
    )


def _area(data: dict[str, Any]) -> tuple[int, int, int, int] | None:
    area = data["area"]
    return None if area is None else (area[0], area[1], area[2], area[3])
