"""Workbooks: what a cell shows, what is hidden, computed or written above the line, and workbooks that mean harm."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from hyotei.intake.input_file import InputFile
from hyotei.messages import HyoteiError
from hyotei.readers.reader import Found
from hyotei.readers.sheet_of_file import read_sheet_file
from hyotei.readers.xlsx_reader import XlsxReader
from hyotei.sheet import Quantity
from hyotei.sheet.notes import reading_note

ROWS = [
    ["平成26年度実施施策に係る政策評価書", "（環境省26－③）"],
    ["施策名", "水環境の保全"],
    ["区分", "25年度", "26年度"],
    ["当初予算（a）（百万円）", 100, 200],
    ["合計（a+b+c）", 100, 200],
    ["執行額", 90, 180],
    ["測定指標", "基準値", "目標値", "実績値"],
    ["環境基準の達成率", 0.8, 0.9, 0.88],
]
BASELINE, TARGET, ACTUAL = "B8", "C8", "D8"


def workbook(change: Callable[[Worksheet], object] = lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    for cell in (BASELINE, TARGET, ACTUAL):
        sheet[cell].number_format = "0%"
    change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def shared(strings: str, cell: str) -> bytes:
    """A workbook that keeps the text of a cell among its shared texts, as Excel does."""

    def mark(sheet: Worksheet) -> None:
        sheet[cell] = "MARK"

    content = patched(workbook(mark), SHEET, 't="inlineStr"><is><t>MARK</t></is>', 't="s"><v>0</v>')
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{names}">{strings}</sst>')
    return stream.getvalue()


def patched(content: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook in which one part of the zip says something else."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        assert part in source.namelist()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                text = data.decode()
                assert old in text
                data = text.replace(old, new, 1).encode()
            target.writestr(name, data)
    return stream.getvalue()


def found(content: bytes) -> list[Found]:
    document = InputFile("form.xlsx", "form.xlsx", lambda: io.BytesIO(content), explicit=True)
    assert XlsxReader().sniff(document.sample()) > 0.5
    return list(XlsxReader().read(document))


def figure(content: bytes, role: str = "actual") -> tuple[Quantity, list[str]]:
    ((sheet, problems),) = found(content)
    assert sheet is not None
    quantity: Quantity = getattr(sheet.measures[0], role)
    return quantity, [problem.code for problem in problems]


def test_a_ratio_in_a_percent_format_is_a_percentage() -> None:
    quantity, _ = figure(workbook())
    assert (str(quantity.value), quantity.unit) == ("0.88", "%")
    assert quantity.source is not None
    assert (quantity.source.text, quantity.source.cell, quantity.source.reading) == ("88%", "D8", "stated")


def test_noise_of_binary_fractions_is_rounded_away_and_told() -> None:
    """0.1 + 0.2 is held as 0.30000000000000004; it is 30 %, and the figure says that it was rounded."""
    content = patched(workbook(), SHEET, "<v>0.88</v>", "<v>0.30000000000000004</v>")
    quantity, _ = figure(content)
    assert (str(quantity.value), quantity.unit) == ("0.30", "%")
    assert quantity.source is not None
    assert quantity.source.reading == "inferred"
    assert "0.30000000000000004" in quantity.source.notes_text("ja")


def test_a_figure_is_what_is_shown() -> None:
    """79.96 % shown as 80 % is 80 % in the evaluation sheet, and the figure says what the file holds."""
    content = patched(workbook(), SHEET, "<v>0.88</v>", "<v>0.7996</v>")
    quantity, _ = figure(content)
    assert str(quantity.value) == "0.80"
    assert quantity.source is not None
    assert quantity.source.reading == "inferred"
    assert "0.7996" in quantity.source.notes_text("ja")


def test_how_a_word_is_read_is_no_part_of_it() -> None:
    """Phonetic text above a name does not enter it."""
    above = '<si><t>環境基準の達成率</t><rPh sb="0" eb="4"><t>かんきょうきじゅん</t></rPh><phoneticPr fontId="1"/></si>'
    ((sheet, _),) = found(shared(above, "A8"))
    assert sheet is not None
    assert sheet.indicators[0].name == "環境基準の達成率"


def test_runs_of_a_text_are_one_text() -> None:
    """A text in several fonts is read through."""
    runs = "<si><r><t>環境基準の</t></r><r><rPr><b/></rPr><t>達成率</t></r></si>"
    ((sheet, _),) = found(shared(runs, "A8"))
    assert sheet is not None
    assert sheet.indicators[0].name == "環境基準の達成率"


def test_a_raised_digit_is_no_digit_of_the_figure() -> None:
    """10 with a note 2 above the line is not 102."""
    raised = '<si><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></si>'
    quantity, _ = figure(shared(raised, ACTUAL))
    assert quantity.value != 102


@pytest.mark.parametrize(
    ("runs", "value"),
    [
        ("<r><rPr><strike/></rPr><t>70％</t></r><r><t>88％</t></r>", "0.88"),
        ('<r><rPr><strike val="1"/></rPr><t>70％\n</t></r><r><rPr><b/></rPr><t>88％</t></r>', "0.88"),
        ("<r><rPr><strike/></rPr><t>88％</t></r>", "0.88"),
    ],
)
def test_what_is_struck_out_is_no_part_of_the_figure(runs: str, value: str) -> None:
    """The figure beside it counts; one that stands alone is not simply stated."""
    quantity, _ = figure(shared(f"<si>{runs}</si>", ACTUAL))
    assert str(quantity.value) == value
    assert quantity.source is not None
    assert [note.code for note in quantity.source.notes] == ["struck_out"]


def test_a_cell_that_is_struck_out_is_not_simply_stated() -> None:
    def through(sheet: Worksheet) -> None:
        sheet[ACTUAL].font = Font(strike=True)

    quantity, _ = figure(workbook(through))
    assert quantity.source is not None
    assert (quantity.source.reading, [note.code for note in quantity.source.notes]) == ("inferred", ["struck_out"])


def test_a_digit_below_the_line_is_no_digit_of_the_figure() -> None:
    lower = '<si><r><t>10</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r></si>'
    assert figure(shared(lower, ACTUAL))[0].value is None


def test_a_formula_counts_by_the_result_that_the_file_holds() -> None:
    """A result that is saved is the figure; one that is not is blank, and it is told what to do."""

    def formula(sheet: Worksheet) -> None:
        sheet[ACTUAL] = "=0.8+0.08"

    content = workbook(formula)
    quantity, codes = figure(content)
    assert (quantity.value, "HY855" in codes) == (None, True)
    saved = patched(content, SHEET, "<f>0.8+0.08</f><v></v>", "<f>0.8+0.08</f><v>0.88</v>")
    quantity, codes = figure(saved)
    assert (str(quantity.value), "HY855" in codes) == ("0.88", False)


def test_what_is_hidden_is_read_and_marked() -> None:
    """A hidden row is part of the form, and its figures say that nobody sees them."""

    def hidden(sheet: Worksheet) -> None:
        sheet.row_dimensions[8].hidden = True

    quantity, codes = figure(workbook(hidden))
    assert quantity.source is not None
    assert (str(quantity.value), quantity.source.reading, quantity.source.notes) == (
        "0.88",
        "inferred",
        reading_note("reading_notes.hidden_row"),
    )
    assert "HY857" in codes


def test_a_hidden_sheet_is_read_and_told() -> None:
    def hidden(sheet: Worksheet) -> None:
        book = sheet.parent
        book.create_sheet("表")
        sheet.sheet_state = "hidden"

    assert "HY856" in figure(workbook(hidden))[1]


def test_several_sheets_are_several_forms(tmp_path: Path) -> None:
    """Each worksheet with a form is one; asking for a single sheet of them says so."""

    def second(sheet: Worksheet) -> None:
        other = sheet.parent.copy_worksheet(sheet)
        other["B1"] = "（環境省26－④）"
        other["B2"] = "大気環境の保全"

    content = workbook(second)
    assert [each.sheet.id for each in found(content) if each.sheet] == ["moe-26-3", "moe-26-4"]
    file = tmp_path / "x.xlsx"
    file.write_bytes(content)
    with pytest.raises(HyoteiError) as caught:
        read_sheet_file(file)
    assert [each.code for each in caught.value.diagnostics] == ["HY859"]


def test_a_date_in_a_heading_stands_for_its_fiscal_year() -> None:
    """A heading held as a day and shown as 平成26年度 is that year."""
    from datetime import date

    def dated(sheet: Worksheet) -> None:
        for cell, year in (("B3", 2013), ("C3", 2014)):
            sheet[cell] = date(year, 4, 1)
            sheet[cell].number_format = 'ggge"年度"'

    ((sheet, _),) = found(workbook(dated))
    assert sheet is not None
    assert [year.fiscal_year for year in sheet.budget_years] == [2013, 2014]


def codes_of(content: bytes) -> list[str]:
    with pytest.raises(HyoteiError) as caught:
        found(content)
    return [each.code for each in caught.value.diagnostics]


def test_entities_are_not_expanded() -> None:
    """A document type in a part is refused, so no entity can grow or read a file."""
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'
    content = patched(workbook(), SHEET, "<worksheet", f"{bomb}<worksheet")
    assert codes_of(content) == ["HY853"]


def test_a_part_that_unfolds_without_end_is_refused() -> None:
    """A few kilobytes that become hundreds of megabytes are not unfolded to the end."""
    stream = io.BytesIO(workbook())
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(130):
            part.write(b" " * 1024**2)
    assert codes_of(stream.getvalue()) == ["HY852"]


def test_an_old_or_locked_file_says_what_to_do() -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert codes_of(head + "Workbook".encode("utf-16-le")) == ["HY851"]
    assert codes_of(head + "EncryptedPackage".encode("utf-16-le")) == ["HY850"]


def test_a_damaged_zip_is_told() -> None:
    content = workbook()
    with pytest.raises(HyoteiError):
        found(content[: len(content) // 2])


def test_names_of_parts_are_labels_only() -> None:
    """A link to a file outside, or to a part above the zip, is not followed."""
    content = workbook()
    patched_links = patched(content, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../../../etc/passwd")
    assert codes_of(patched_links) == ["HY840"]
