"""The media types of the files that are handed to people and programs. It needs no Django."""

from typing import Final, Literal

VerdictKind = Literal["html", "docx", "xlsx"]
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VERDICTS: Final[dict[VerdictKind, str]] = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": WORKBOOK,
}
"""Of the documents of a verdict, by the ends of their names."""
YAML: Final = "application/yaml; charset=utf-8"
PICTURE: Final = "image/png"
LOG: Final = "application/x-ndjson; charset=utf-8"
