"""Word documents: merged cells, tables within tables, headers of pages, text boxes, and what was struck out."""

import io
import zipfile

import docx
import pytest
from docx.document import Document as Word

from hyotei.intake.input_file import InputFile
from hyotei.messages import HyoteiError
from hyotei.readers.docx_reader import DocxReader
from hyotei.readers.reader import Found
from hyotei.sheet import Quantity

ROWS = [["測定指標", "基準値", "目標値", "実績値"], ["環境基準の達成率", "80％（23年度）", "90％", "88％"]]
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(*, header: bool = False) -> Word:
    word = docx.Document()
    title = "平成26年度実施施策に係る政策評価書（環境省26－③）"
    if header:
        word.sections[0].header.paragraphs[0].text = title
    else:
        word.add_paragraph(title)
    word.add_paragraph("施策名　水環境の保全")
    table = word.add_table(2, 4)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    return word


def saved(word: Word) -> bytes:
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def found(content: bytes) -> list[Found]:
    given = InputFile("form.docx", "form.docx", lambda: io.BytesIO(content), explicit=True)
    assert DocxReader().sniff(given.sample()) > 0.5
    return list(DocxReader().read(given))


def patched(content: bytes, old: str, new: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode()
                assert old in text
                data = text.replace(old, new, 1).encode()
            target.writestr(name, data)
    return stream.getvalue()


def actual(content: bytes) -> Quantity:
    ((sheet, problems),) = found(content)
    assert sheet is not None, problems
    return sheet.measures[0].actual


def test_a_title_in_the_header_of_the_pages_names_the_sheet() -> None:
    ((sheet, _),) = found(saved(document(header=True)))
    assert sheet is not None
    assert (sheet.id, sheet.fiscal_year, sheet.title) == ("moe-26-3", 2014, "水環境の保全")


def test_figures_say_where_they_stand() -> None:
    source = actual(saved(document())).source
    assert source is not None
    assert (source.text, source.reading) == ("88％", "stated")
    assert (source.place or "").startswith("表1の2行4列")


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("<w:r><w:t>8</w:t></w:r><w:r><w:t>8％</w:t></w:r>", "0.88"),
        ("<w:del><w:r><w:delText>77％</w:delText></w:r></w:del><w:ins><w:r><w:t>88％</w:t></w:r></w:ins>", "0.88"),
        (
            "<w:ruby><w:rt><w:r><w:t>はち</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>88％</w:t></w:r></w:rubyBase></w:ruby>",
            "0.88",
        ),
    ],
    ids=["runs", "changes", "reading"],
)
def test_the_text_is_what_is_printed(run: str, value: str) -> None:
    """Runs are one text, what was struck out is none, what was put in is, and how a word is read is not."""
    content = patched(saved(document()), "<w:r><w:t>88％</w:t></w:r>", run)
    assert str(actual(content).value) == value


def test_a_raised_digit_and_hidden_text_are_marked() -> None:
    """A note above the line is no digit, and what nobody sees is marked."""
    raised = '<w:r><w:t>88</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    assert actual(patched(saved(document()), "<w:r><w:t>88％</w:t></w:r>", raised)).value != 882
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>88％</w:t></w:r>"
    source = actual(patched(saved(document()), "<w:r><w:t>88％</w:t></w:r>", hidden)).source
    assert source is not None
    assert source.reading == "inferred"


@pytest.mark.parametrize("mark", ["strike", "dstrike"])
def test_what_is_struck_out_is_no_part_of_the_figure(mark: str) -> None:
    """88％ in place of a struck-out 70％; of a figure that is struck out alone it is said."""
    old = f"<w:r><w:rPr><w:{mark}/></w:rPr><w:t>70％</w:t></w:r>"
    for run, value in ((f"{old}<w:r><w:t>88％</w:t></w:r>", "0.88"), (old, "0.70")):
        quantity = actual(patched(saved(document()), "<w:r><w:t>88％</w:t></w:r>", run))
        assert str(quantity.value) == value
        assert quantity.source is not None
        assert [note.code for note in quantity.source.notes] == ["struck_out"]
    off = old.replace("/></w:rPr>", ' w:val="0"/></w:rPr>')
    stated = actual(patched(saved(document()), "<w:r><w:t>88％</w:t></w:r>", off))
    assert stated.source is not None
    assert stated.source.reading == "stated"


def test_a_digit_below_the_line_is_no_digit_of_the_figure() -> None:
    lower = '<w:r><w:t>88</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r>'
    assert actual(patched(saved(document()), "<w:r><w:t>88％</w:t></w:r>", lower)).value is None


def test_a_table_in_a_cell_and_one_in_a_text_box_are_read() -> None:
    """Wherever the table of measures stands, it is found."""
    word = document()
    outer = docx.Document()
    outer.add_paragraph("平成26年度実施施策に係る政策評価書（環境省26－③）")
    outer.add_paragraph("施策名　水環境の保全")
    cell = outer.add_table(1, 1).cell(0, 0)
    cell._tc.append(word.tables[0]._tbl)
    assert str(actual(saved(outer)).value) == "0.88"
    text = docx.Document()
    text.add_paragraph("平成26年度実施施策に係る政策評価書（環境省26－③）")
    text.add_paragraph("施策名　水環境の保全")
    text.add_paragraph("BOX")
    with zipfile.ZipFile(io.BytesIO(saved(document()))) as archive:
        body = archive.read("word/document.xml").decode()
    table = body[body.index("<w:tbl>") : body.index("</w:tbl>") + len("</w:tbl>")]
    box = f"<w:r><w:pict><w:txbxContent>{table}<w:p/></w:txbxContent></w:pict></w:r>"
    assert str(actual(patched(saved(text), "<w:r><w:t>BOX</w:t></w:r>", box)).value) == "0.88"


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document'
    with pytest.raises(HyoteiError) as caught:
        found(patched(saved(document()), "<w:document", bomb))
    assert [each.code for each in caught.value.diagnostics] == ["HY853"]
