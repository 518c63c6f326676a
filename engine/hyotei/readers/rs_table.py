"""One table of the official CSV downloads of the RS system: which it is, its rows, and its rows programme by programme."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO, Final, NamedTuple

from hyotei.base.causes import cause
from hyotei.base.encodings import UTF8
from hyotei.base.text_file import broken_line
from hyotei.intake.input_file import InputFile
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.readers import unvalidated_models
from hyotei.readers.decimal_literals import Literals
from hyotei.sheet.models import Quantity
from hyotei.sheet.units import YEN, FigureUnit

ID, YEAR, TITLE = "予算事業ID", "事業年度", "事業名"
_DASHES: Final = str.maketrans(dict.fromkeys("ー－−―‐‑‒–—ｰ─━", "-"))
_LONGEST_LINE: Final = 4 * 1024 * 1024
"""Bytes of a line at most; the longest published row has some ten thousand."""
_BLANKS: Final = frozenset(("", "-", "--", "'-", "なし", "該当なし"))


def header_key(name: str) -> str:
    """A column name as it is compared: NFKC, all dashes one, no spaces; the files mix them within one header."""
    plain = unicodedata.normalize("NFKC", name.translate(_DASHES)).translate(_DASHES)
    return "".join(plain.replace("\ufeff", "").replace("\u00ad", "").split())


# The table each of these columns belongs to.
_SIGNS: Final = {
    header_key(column): table
    for column, table in {
        "その他担当組織_作成責任者_no": "1-1",
        "事業区分": "1-2",
        "計（歳出予算現額合計）": "2-1",
        "目標年度／目標値／実績値／達成率": "3-1",
        "後続アウトカムへのつながり": "3-2",
        "行政事業レビュー推進チームの所見": "4-1",
    }.items()
}
TABLES: Final = tuple(sorted(_SIGNS.values()))


class RsRow:
    """One row; cells are looked up by any spelling of their column."""

    __slots__ = ("cells", "columns", "file", "line")

    def __init__(self, columns: dict[str, int], cells: list[str], file: str, line: int) -> None:
        self.columns, self.cells, self.file, self.line = columns, cells, file, line

    def text(self, column: str) -> str:
        """The cell as printed, without spaces around it; empty where the table has no such column."""
        position = self.columns.get(_key(column))
        return self.cells[position].strip() if position is not None and position < len(self.cells) else ""

    def has(self, column: str) -> bool:
        """Whether the table has such a column."""
        return _key(column) in self.columns

    def words(self, column: str) -> str | None:
        """The cell as a text, None where it is empty or one of the many ways of saying so."""
        text = self.text(column)
        plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).strip("\u00ad\u200b \u3000")
        return None if plain in _BLANKS else text


_YEN: Final = Literals(FigureUnit(YEN))


def amount(row: RsRow, column: str, year: int | None, table: str, problems: list[Diagnostic]) -> Quantity | None:
    """The yen of a cell; None where it is empty. What is no figure is unread, and told. `table` is where it stands, in words."""
    text = row.words(column)
    if text is None:
        return None
    known = _YEN.find(text)
    if known is None:
        problems.append(Diagnostic("HY811", Location(row.file, row.line, column=column), {"text": text[:40]}))
        return unvalidated_models.unread(text, year, row.file, row.line, f"{table}、{column}")
    return unvalidated_models.stated(known.value, YEN, year, text, row.file, row.line, f"{table}、{column}")


_known_keys: dict[str, str] = {}


def _key(column: str) -> str:
    found = _known_keys.get(column)
    if found is None:
        found = _known_keys[column] = header_key(column)
    return found


class RsTable(NamedTuple):
    """A table with the year of its review."""

    kind: str
    year: str
    document: InputFile


def kind_of(columns: Iterable[str]) -> str | None:
    """Which table has these columns (compared form); None where it is none that is read, "" where it is another of them."""
    known = set(columns)
    if header_key(ID) not in known:
        return None
    return next((table for sign, table in _SIGNS.items() if sign in known), "")


def header_of(text: str) -> list[str]:
    """The column names of the first line of a text, in their compared form; none where it is no CSV."""
    try:
        return [header_key(name) for name in next(csv.reader(io.StringIO(text.partition("\n")[0])), [])]
    except csv.Error:
        return []


def rows(document: InputFile, problems: list[Diagnostic] | None = None) -> Iterator[RsRow]:
    """The rows of a table. One with broken characters is left out; it is told in `problems`, and so are NULs, which are removed.

    Raises:
        HyoteiError: in no one encoding (HY122, HY123), broken as CSV (HY830), or with a line without end (HY127).
    """
    with document.open_utf8() as stream:
        lines = _Lines(document, stream)
        reader = csv.reader(lines)
        try:
            columns: dict[str, int] = {}
            for position, name in enumerate(next(reader, [])):
                columns.setdefault(header_key(name), position)
            for cells in reader:
                if lines.broken:
                    if problems is not None:
                        problems += [lines.problem(line) for line in lines.broken]
                    lines.broken.clear()
                elif cells:
                    yield RsRow(columns, cells, document.name, reader.line_num)
        except csv.Error as error:
            location = Location(document.name, reader.line_num)
            raise HyoteiError(Diagnostic("HY830", location, {"reason": cause(error)})) from None
        finally:
            if lines.nuls and problems is not None:
                location = Location(document.name, lines.first_nul)
                problems.append(Diagnostic("HY126", location, {"count": f"{lines.nuls:,}"}))


class _Lines:
    """The lines of a stream of UTF-8 as texts, each bounded; what is broken or was a NUL is kept account of."""

    def __init__(self, document: InputFile, stream: BinaryIO) -> None:
        self._document, self._stream = document, stream
        self.broken: list[int] = []
        self.nuls, self.first_nul, self._number = 0, 0, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        content = self._stream.readline(_LONGEST_LINE + 1)
        if not content:
            raise StopIteration
        self._number += 1
        if len(content) > _LONGEST_LINE:
            location = Location(self._document.name, self._number)
            raise HyoteiError(Diagnostic("HY127", location, {"limit": str(_LONGEST_LINE // 1024**2)}))
        if b"\0" in content:
            self.nuls += 1
            self.first_nul = self.first_nul or self._number
            content = content.replace(b"\0", b"")
        try:
            return content.decode()
        except UnicodeDecodeError:
            self.broken.append(self._number)
            # The rest keeps its quotes and line end, by which the rows after it stay whole.
            return content.decode("utf-8", "replace")

    def problem(self, line: int) -> Diagnostic:
        return broken_line(b"", self._document.encoding.encoding or UTF8, self._document.name, line)


def identity(row: RsRow) -> int | None:
    """The number of the programme of a row; None where it is no number."""
    text = row.text(ID)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


class Programmes:
    """The rows of a table programme by programme, in the order of their numbers.

    The published tables are in that order already and stream; one that is not is sorted in memory. Rows without a number, and a
    table that breaks off, are problems of their own. `lost` is whether rows were left out so far, of whichever programme.
    """

    def __init__(self, table: RsTable) -> None:
        self.table = table
        self.problems: list[Diagnostic] = []
        self.lost = False

    def __iter__(self) -> Iterator[tuple[int, list[RsRow]]]:
        found = self._numbered(tell=True)
        if not self._ascends():
            found = iter(sorted(found, key=lambda pair: pair[0]))
        for number, pairs in groupby(found, key=lambda pair: pair[0]):
            yield number, [row for _, row in pairs]

    def _numbered(self, *, tell: bool) -> Iterator[tuple[int, RsRow]]:
        try:
            told = len(self.problems)
            for row in rows(self.table.document, self.problems if tell else None):
                self.lost = self.lost or len(self.problems) > told
                number = identity(row)
                if number is not None:
                    yield number, row
                elif tell:
                    self.lost = True
                    location = Location(row.file, row.line)
                    self.problems.append(Diagnostic("HY831", location, {"text": row.text(ID)[:20], "column": ID}))
        except HyoteiError as error:
            if tell:
                self.lost = True
                self.problems.extend(error.diagnostics)

    def _ascends(self) -> bool:
        before = -1
        for number, _ in self._numbered(tell=False):
            if number < before:
                return False
            before = number
        return True
