"""Evaluation sheets printed as forms: what a PDF, a workbook, a web page or a Word file shows, as blocks, and their reading."""
