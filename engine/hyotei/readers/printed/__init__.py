"""Printed forms of evaluation sheets in files that hold tables (PDF, XLSX, HTML, Word)."""

from hyotei.readers.printed.read import read_form

__all__ = ["read_form"]
