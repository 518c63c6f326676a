"""Printed forms of evaluation sheets in files that hold tables (PDF, XLSX, HTML, Word)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyotei.readers.printed.form_sheets import read_form

__all__ = ["read_form"]


def __getattr__(name: str) -> object:
    # Those who only make blocks need nothing of their reading.
    if name == "read_form":
        from hyotei.readers.printed import form_sheets

        return form_sheets.read_form
    raise AttributeError(f"module 'hyotei.readers.printed' has no attribute '{name}'")
