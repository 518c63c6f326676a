"""How a sheet gets in: each reader turns a kind of file into a `Sheet` with the place of every figure."""

from typing import TYPE_CHECKING

from hyotei.readers.sheet_file import read_sheet, read_sheet_file

if TYPE_CHECKING:
    from hyotei.readers.door import read_sheets

__all__ = ["read_sheet", "read_sheet_file", "read_sheets"]


def __getattr__(name: str) -> object:
    # The registry and its readers are imported when many sheets are to be read, so that one sheet starts quickly.
    if name == "read_sheets":
        from hyotei.readers import door

        return door.read_sheets
    raise AttributeError(f"module 'hyotei.readers' has no attribute '{name}'")
