"""What a workbench for trying begins with: the example sheets, and folders of public data where they stand beside a checkout."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from hyotei.base.shipped_files import cases_folder
from hyotei.base.text_file import read_text
from hyotei.readers.printed.form_blocks import Block, FormLine, FormPlace
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.workbench.corpora import SOURCES
from hyotei.workbench.models import Account
from hyotei.workbench.reading import Printed, Read
from hyotei.workbench.sheet_store import keep
from hyotei.workbench.source_files import packed
from hyotei.workbench.told_problems import told

_OFFERED: Final = ("judgit", "municipal", "rs2024")
"""Folders of public data that corpora can be built of."""


def read_in_examples(account: Account) -> None:
    """Reads in the sheets that ship with Hyotei."""
    keep([], list(_examples()), account)


def _examples() -> Iterator[Read]:
    for number, file in enumerate(sorted(cases_folder().glob("*/sheet.yaml"))):
        name, text = f"{file.parent.name}.yaml", read_text(file)
        sheet, problems = parse_sheet(text, file=name)
        lines: list[Block] = [FormLine(line, FormPlace(line=at)) for at, line in enumerate(text.splitlines(), 1)]
        blocks = packed(lines)
        if sheet is not None and blocks is not None:
            said = tuple(map(told, problems))
            yield Read(name, sheet.model_dump_json(by_alias=True), said, Printed(number, name, blocks, {}))


def offer_public_data(data: Path, beside: Path | None = None) -> None:
    """Offers folders of public data as sources of corpora, where they are.

    Args:
        data: the folder of data of the workbench.
        beside: the folder of these folders; by default `shared/data` beside the checkout.
    """
    place = beside or cases_folder().parents[1] / "shared" / "data"
    for name in _OFFERED:
        if (place / name).is_dir():
            (data / SOURCES).mkdir(parents=True, exist_ok=True)
            with suppress(OSError):  # there already, or a system without links
                (data / SOURCES / name).symlink_to(place / name, target_is_directory=True)
