"""How a sheet gets in: each reader turns a kind of file into a `Sheet` with the place of every figure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyotei.readers.sheet_of_file import read_sheet, read_sheet_file
    from hyotei.readers.sheets_of_paths import read_sheets

__all__ = ["read_sheet", "read_sheet_file", "read_sheets"]


def __getattr__(name: str) -> object:
    # Imported when they are asked for: one sheet needs no registry with its readers, and the process that takes a PDF apart
    # needs none of them.
    if name == "read_sheets":
        from hyotei.readers import sheets_of_paths

        return sheets_of_paths.read_sheets
    if name in ("read_sheet", "read_sheet_file"):
        from hyotei.readers import sheet_of_file

        return getattr(sheet_of_file, name)
    raise AttributeError(f"module 'hyotei.readers' has no attribute '{name}'")
