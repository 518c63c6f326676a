"""OpenDocument workbooks out of rows of cells, as LibreOffice saves them and as other programs do."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_NAMES: Final = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
_LOOKS: Final = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties {looks}/></style:style>'
    for name, looks in (
        ("high", 'style:text-position="33% 58%" style:text-line-through-type="none"'),
        ("low", 'style:text-position="-8% 58%"'),
        ("level", 'style:text-position="0% 100%" style:text-line-through-style="none"'),
        ("through", 'style:text-line-through-type="single"'),
        ("through too", 'style:text-line-through-style="solid"'),
    )
)
"""Styles as LibreOffice writes them of what came from Excel and from Word."""
SPREADSHEET: Final = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True)
class OdsCell:
    """A cell: what it shows (lines), what it holds, what it spans, and how often it is repeated to the right."""

    text: str = ""
    kind: str = ""
    value: str = ""
    rows: int = 1
    columns: int = 1
    times: int = 1
    covered: bool = False
    inside: str = ""
    """XML in place of the lines."""


@dataclass(frozen=True)
class OdsRow:
    """A row of cells."""

    cells: Sequence[OdsCell]
    times: int = 1
    hidden: bool = False


def table(rows: Sequence[OdsRow], name: str = "表", columns: str = "", style: str = "plain") -> str:
    """The XML of one sheet."""
    body = "".join(_row(row) for row in rows)
    return f'<table:table table:name={quoteattr(name)} table:style-name="{style}">{columns}{body}</table:table>'


def workbook(*tables: str, mimetype: str = SPREADSHEET, manifest: str = "") -> bytes:
    """A file of sheets."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.3">'
        '<office:automatic-styles><style:style style:name="away" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="above" style:family="text"><style:text-properties style:text-position="super 58%"/>'
        f"</style:style>{_LOOKS}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)  # stored, first, as the format asks
        archive.writestr("content.xml", content)
        names = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {names}>{manifest}</manifest:manifest>")
    return stream.getvalue()


def _row(row: OdsRow) -> str:
    cells = "".join(_cell(cell) for cell in row.cells)
    hidden = ' table:visibility="collapse"' if row.hidden else ""
    return f'<table:table-row table:number-rows-repeated="{row.times}"{hidden}>{cells}</table:table-row>'


def _cell(cell: OdsCell) -> str:
    name = "covered-table-cell" if cell.covered else "table-cell"
    attributes = f' table:number-columns-repeated="{cell.times}"' if cell.times > 1 else ""
    if cell.rows > 1 or cell.columns > 1:
        attributes += f' table:number-rows-spanned="{cell.rows}" table:number-columns-spanned="{cell.columns}"'
    if cell.kind:
        attributes += f' office:value-type="{cell.kind}"'
    if cell.value:
        field = {"date": "date-value", "string": "string-value", "boolean": "boolean-value"}.get(cell.kind, "value")
        attributes += f" office:{field}={quoteattr(cell.value)}"
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in cell.text.split("\n")) if cell.text else ""
    return f"<table:{name}{attributes}>{cell.inside or lines}</table:{name}>"


def _spaced(line: str) -> str:
    """A line with runs of spaces as the format writes them."""
    text = escape(line)
    while "  " in text:
        start = text.index("  ")
        end = start
        while end < len(text) and text[end] == " ":
            end += 1
        text = f'{text[:start]} <text:s text:c="{end - start - 1}"/>{text[end:]}'
    return text
