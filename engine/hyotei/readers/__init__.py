"""How a sheet gets in: each reader turns a kind of file into a `Sheet` with the place of every figure."""

from hyotei.readers.sheet_file import read_sheet, read_sheet_file

__all__ = ["read_sheet", "read_sheet_file"]
