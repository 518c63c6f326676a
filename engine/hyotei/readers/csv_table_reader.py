"""The format of tables as CSV: lists of sheets, and printed forms that somebody saved from a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_file import decoded
from hyotei.base.text_folding import folded
from hyotei.intake.input_file import InputFile, Sample
from hyotei.messages import Diagnostic, HyoteiError, Location, Param
from hyotei.readers.printed.form_blocks import FormCell, FormPlace, FormTable
from hyotei.readers.reader import Found
from hyotei.readers.rs_table import header_of, kind_of

_SEPARATORS: Final = (",", "\t")
_LEAST_ROWS: Final = 3
_LEAST_COLUMNS: Final = 2
_MOST_CELLS: Final = 400_000
"""Cells with anything in them, as in workbooks."""
_SNIFFED_ROWS: Final = 30
_WIDEST: Final = 4_000
"""Columns of a row; a spreadsheet has some ten thousand, a list some hundred."""
_LONGEST: Final = 40_000
"""Characters of a cell."""
_THOUSANDS: Final = lazy_pattern("[-△▲]?[0-9]{1,3}")
_REST: Final = lazy_pattern(r"[0-9]{3}(?:\.[0-9]+)?")
_OTHER_FORMATS: Final = ("{", "[", "<", "%PDF", "---")
_WORDS: Final = (
    "事業名", "施策名", "政策名", "指標", "目標", "実績", "決算", "予算", "執行額", "評価",
)  # fmt: skip


class CsvTableReader:
    """Reads the table of a CSV file like that of a workbook, in any encoding that Excel writes."""

    name = "csv"

    def sniff(self, sample: Sample) -> float:
        text = sample.text.lstrip("\ufeff \r\n")
        if sample.is_zip or text.startswith(_OTHER_FORMATS) or not any(word in text for word in _WORDS):
            return 0.0
        return 1.0 if separator_of(text) is not None and kind_of(header_of(text)) is None else 0.0

    def read(self, document: InputFile) -> Iterator[Found]:
        # What reads forms is imported when there is one: every document is looked at by this reader.
        from hyotei.readers.printed.form_sheets import read_form

        problems: list[Diagnostic] = []
        table = csv_table(document, problems)
        for found in read_form([table], document.name, document.given):
            yield Found(found.sheet, (*problems, *found.problems))
            problems = []


def csv_table(document: InputFile, problems: list[Diagnostic]) -> FormTable:
    """The table of a file, with what is to be told of its encoding added to `problems`.

    Raises:
        HyoteiError: a quotation mark stands where none can or is never closed (HY887), more cells than any form has (HY854),
            none at all (HY840), or as `decoded`.
    """
    from hyotei.readers.xlsx_workbook import reference

    found = decoded(document.content(), document.name)
    problems += found.problems
    cells: list[FormCell] = []
    broken: list[int] = []
    widest = 0
    for row, texts in enumerate(_rows(found.text, document)):
        if len(texts) > _WIDEST or len(cells) + len(texts) > _MOST_CELLS:
            raise document.problem("HY854", limit=f"{_MOST_CELLS:,}")
        width = max((number for number, text in enumerate(texts, 1) if text.strip()), default=0)
        if widest < width and widest >= _LEAST_COLUMNS and any(map(_one_number, texts, texts[1:])):
            broken.append(row + 1)
            continue
        widest = max(widest, width)
        for column, text in enumerate(texts):
            if text.strip():
                place = FormPlace(cell=reference(row, column))
                cells.append(FormCell(text.strip()[:_LONGEST], row, column, place))
    if broken:
        params: dict[str, Param] = {"count": len(broken), "line": broken[0]}
        problems.append(Diagnostic("HY888", Location(document.name, broken[0]), params))
    if not cells:
        raise document.problem("HY840")
    return FormTable(tuple(cells))


def _one_number(first: str, second: str) -> bool:
    """Whether two cells may be one number that its own comma took apart: 1,200 without quotation marks."""
    return (
        _THOUSANDS.fullmatch(folded(first).strip()) is not None and _REST.fullmatch(folded(second).strip()) is not None
    )


def _rows(text: str, document: InputFile) -> Iterator[list[str]]:
    separator = separator_of(text) or _SEPARATORS[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error:
        raise HyoteiError(Diagnostic("HY887", Location(document.name, reader.line_num))) from None


def separator_of(text: str) -> str | None:
    """What separates the cells of a text whose rows are mostly of one width; None where nothing does.

    Of two that do it is the one that makes more cells: the amounts of a table with tabs have commas of their own.
    """
    lines = [line for line in text.splitlines() if line.strip()][:_SNIFFED_ROWS]
    found: list[tuple[int, str]] = []
    for separator in _SEPARATORS:
        try:
            rows = [row for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=separator) if row]
        except csv.Error:
            continue
        widths = [len(row) for row in rows]
        width = max(set(widths), key=widths.count, default=0)
        if width < _LEAST_COLUMNS or len(rows) < _LEAST_ROWS or 2 * widths.count(width) <= len(rows):
            continue
        # 1,200 is one figure and no row of two cells.
        if any(sum(any(map(str.isalpha, cell)) for cell in row) > 1 for row in rows if len(row) == width):
            found.append((width, separator))
    return max(found, key=lambda each: each[0])[1] if found else None
