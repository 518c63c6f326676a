"""Every document can be written in every format, without loss of a text, the same each time, and nothing in it comes alive."""

import io
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import Phase, given, settings

from hyotei.base.printable import visible
from hyotei.document import Cell, Column, Definition, Definitions, Document, Row, Table
from hyotei.messages import HyoteiError
from hyotei.writers import docx as docx_writer
from hyotei.writers import files, html, terminal, xlsx
from tests.writers.documents import documents
from tests.writers.written import (
    READ,
    Text,
    html_page,
    lost_texts,
    numbers_of,
    text_file,
    xlsx_values,
)

FEW = settings(max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""Documents are long; to make one smaller takes longer than to find it."""
NAMES = [each.__name__.rpartition(".")[2] for each, *_ in READ]


@pytest.mark.parametrize(("writer", "read", "as_shown"), READ, ids=NAMES)
@FEW
@given(document=documents)
def test_every_text_is_there(
    writer: ModuleType, read: Callable[[bytes], str], as_shown: Text, document: Document
) -> None:
    """No text gets lost, whatever it is and wherever it stands (but numbers of a workbook), and bytes are the same again."""
    assert writer.write(document) == writer.write(document)
    assert lost_texts(document, writer, read, as_shown) == []


@FEW
@given(documents)
def test_pages_hold_no_script_and_ask_for_nothing(document: Document) -> None:
    """Of what comes from outside nothing is markup; there is no script and no request, and links go where links may go."""
    page = html_page(html.write(document))
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "iframe", "link", "object"})
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") or name in ("src", "style") for name in attributes), (tag, attributes)
        assert attributes.get("href", "#").startswith(("#", "https://", "http://"))  # type: ignore[union-attr]


@FEW
@given(documents)
def test_workbooks_hold_no_formulas(document: Document) -> None:
    """A text that looks like a formula is a text."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(document)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}


@FEW
@given(documents)
def test_numbers_of_workbooks_are_exact(document: Document) -> None:
    """A number is in the workbook as it is, or as the text that shows it where a spreadsheet would not keep its digits."""
    values = xlsx_values(xlsx.write(document))
    exact = {Fraction(repr(value)) for value in values if isinstance(value, int | float)}
    shown = {value for value in values if isinstance(value, str)}
    for text, number in numbers_of(document):
        assert Fraction(number) in exact or text in shown, text
        if isinstance(number, int) and abs(number) < 10**15:
            assert Fraction(number) in exact


@FEW
@given(documents)
def test_lines_of_a_terminal(document: Document) -> None:
    """No line ends in a space, and none holds what a terminal would obey."""
    for line in text_file(terminal.write(document)).split("\n"):
        assert line == line.rstrip()
        assert visible(line) == line


@pytest.mark.parametrize("end", sorted(files.FORMATS))
def test_the_name_says_the_format(end: str, tmp_path: Path) -> None:
    """The end of the name chooses the format; zips of office files hold no time."""
    document = Document("評価", "ja", ())
    path = tmp_path / f"判定{end.upper()}"
    files.write(document, path)
    data = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_a_name_without_a_format_is_refused(tmp_path: Path) -> None:
    """It is said which formats there are."""
    with pytest.raises(HyoteiError) as caught:
        files.write(Document("評価", "ja", ()), tmp_path / "判定.odt")
    assert [each.code for each in caught.value.diagnostics] == ["HY109"]
    assert ".docx" in caught.value.diagnostics[0].text("en")


def test_tables_in_cells_of_a_word_file_stay_within_them() -> None:
    """What stands below a row of a narrow table is no wider than the table, and leaves no empty line beside its gap."""
    below = (Definitions((Definition("if it falls, by whatever amount", "rating B, budget II"),)),)
    table = Table((Column("figure"), Column("now")), (Row((Cell("a"), Cell("b")), below=below),))
    body = docx.Document(io.BytesIO(docx_writer.write(Document("t", "en", (table,))))).element.body
    outer, inner = (sum(int(each.w) for each in found.tblGrid.gridCol_lst) for found in body.iter(qn("w:tbl")))
    assert 0 < inner < outer
    cell = next(body.iter(qn("w:tbl"))).tr_lst[-1].tc_lst[0]
    assert [each.tag for each in cell if each.tag != qn("w:tcPr")] == [qn("w:tbl"), qn("w:p")]


def test_a_long_text_in_a_column_of_figures_is_shown_as_a_whole() -> None:
    """A cell that is wider than its column would else show its end, and hide the figure at its beginning."""
    told = "50回（訂正。訂正前は「10回程度【平成24年度】」、印字は「10回程度」）"
    table = Table((Column("目標", "figure"),), (Row((Cell(told),)),))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write(Document("題", "ja", (table,))))).worksheets[0]
    cell = next(each for row in sheet.iter_rows() for each in row if each.value == told)
    assert cell.alignment.wrap_text
    assert sheet.row_dimensions[cell.row].height > 3 * 15
