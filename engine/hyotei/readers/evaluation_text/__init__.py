"""The text of evaluation sheets (評価書) as PDF tools give it: cells shuffled, rows torn apart, headings broken."""

from hyotei.readers.evaluation_text.sheet_of_text import read_evaluation_text, sniff

__all__ = ["read_evaluation_text", "sniff"]
