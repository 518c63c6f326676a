"""What Word needs beyond python-docx: fonts for Japanese, widths, borders, repeated heading rows, page numbers."""

import io
from collections.abc import Sequence
from typing import Any, Final

from hyotei.base.display_width import display_width
from hyotei.base.printable import printable
from hyotei.document import Column, Text, Tone, plain_text
from hyotei.messages import Language
from hyotei.writers.zip_file import WHEN

WIDTH_CM: Final = 17.0
"""Between the margins of an A4 page."""
_LETTER_CM: Final = 0.18
"""Of a half-width character in the letters of the page."""
_CHARACTER_CM: Final = 0.16
_PADDING_CM: Final = 0.5
"""Of a half-width character in a table, and what a cell takes besides."""
_CELL_SIDE_CM: Final = 0.2
_CELL_TOP_TWIPS: Final = 30
"""Between the lines of a cell and its text."""
_FOLDED_CM: Final = 2.3
"""Centimetres that a column of texts keeps where its texts are folded: the room of a short one."""
_ASCII: Final = "Yu Gothic"
_JAPANESE: Final = "游ゴシック"
_INK: Final[dict[Tone, str]] = {"good": "176139", "bad": "A8211A", "faint": "59636F"}
_SIZES: Final = {"Title": 16, "Subtitle": 9.5, "Heading 1": 13, "Heading 2": 11.5, "Heading 3": 10.5}


def empty_document(title: str, language: Language) -> Any:
    """A Word document without content, with its page, its styles and its page numbers."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    word = docx.Document()
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin, page.bottom_margin = Cm(1.8), Cm(1.8)
    for style in word.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name.startswith(("Normal", "Title", "Subtitle", "Heading")):
            _fonts(style.element)
            style.font.size = Pt(_SIZES.get(style.name, 10))
            style.font.italic = False
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.paragraph_format.space_after = Pt(3)
    for name in ("Title", "Subtitle"):
        _without(word.styles[name].element, "w:pBdr")
        word.styles[name].font.bold = name == "Title"
        word.styles[name].paragraph_format.space_after = Pt(4)
    _languages(word, language)
    _page_numbers(page.footer.paragraphs[0])
    properties = word.core_properties
    properties.author, properties.title, properties.language = "hyotei", printable(title)[:255], language
    properties.created = properties.modified = WHEN
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1
    return word


def _fonts(style: Any) -> None:
    """The fonts of a style for Latin and Japanese, instead of those of the theme."""
    from docx.oxml.ns import qn

    fonts = style.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for name, font in (("ascii", _ASCII), ("hAnsi", _ASCII), ("cs", _ASCII), ("eastAsia", _JAPANESE)):
        fonts.set(qn(f"w:{name}"), font)


def _languages(word: Any, language: Language) -> None:
    from docx.oxml.ns import qn

    for each in word.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), "en-US" if language == "en" else "ja-JP")
        each.set(qn("w:eastAsia"), "ja-JP")


def _without(element: Any, name: str) -> None:
    from docx.oxml.ns import qn

    for each in list(element.iter(qn(name))):
        each.getparent().remove(each)


def _new(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _page_numbers(paragraph: Any) -> None:
    """`1 / 3` in the middle of the foot, counted by the program that shows it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for number, field in enumerate(("PAGE", "NUMPAGES")):
        if number:
            paragraph.add_run(" / ")
        made = _new("w:fldSimple", instr=field)
        run = _new("w:r")
        text = _new("w:t")
        text.text = "1"
        run.append(text)
        made.append(run)
        paragraph._p.append(made)


# -- runs and paragraphs


def tone_run(run: Any, tone: Tone, code: bool) -> None:
    """The looks of a run."""
    from docx.shared import RGBColor

    run.bold = True if tone == "strong" else None
    if tone in _INK:
        run.font.color.rgb = RGBColor.from_string(_INK[tone])
    if code:
        run.font.name = "Consolas"


def add_link(paragraph: Any, text: str, target: str) -> None:
    """A link to an address."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    made = _new("w:hyperlink")
    made.set(qn("r:id"), paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.underline = True
    made.append(run._r)
    paragraph._p.append(made)


def border_left(paragraph: Any, tone: Tone) -> None:
    """A bar to the left of a paragraph, in the colour of its tone."""
    borders = _new("w:pBdr")
    borders.append(_new("w:left", val="single", sz="24", space="6", color=_INK.get(tone, "8A93A0")))
    _before(paragraph._p.get_or_add_pPr(), borders, "w:shd w:tabs w:spacing w:ind w:jc w:rPr")


def shade_paragraph(paragraph: Any) -> None:
    """A grey ground."""
    shading = _new("w:shd", val="clear", color="auto", fill="F2F4F6")
    _before(paragraph._p.get_or_add_pPr(), shading, "w:tabs w:spacing w:ind w:jc w:rPr")


def _before(parent: Any, child: Any, later: str) -> None:
    """Puts an element where the schema wants it: before those that may only come later."""
    from docx.oxml.ns import qn

    names = {qn(name) for name in later.split()}
    following = next((each for each in parent if each.tag in names), None)
    parent.append(child) if following is None else following.addprevious(child)


def add_picture(paragraph: Any, png: bytes) -> None:
    """A picture, at most as wide as the page."""
    from docx.shared import Cm

    shape = paragraph.add_run().add_picture(io.BytesIO(png))
    most = Cm(WIDTH_CM)
    natural = min(shape.width, most)
    shape.height, shape.width = int(shape.height * natural / shape.width), int(natural)


def gap(into: Any) -> None:
    """A little room after a table; in a cell it is the empty paragraph that a table there always ends with."""
    from docx.shared import Pt
    from docx.table import _Cell as WordCell

    ends = isinstance(into, WordCell) and not into.paragraphs[-1].text
    made = into.paragraphs[-1] if ends else into.add_paragraph()
    made.paragraph_format.space_after = Pt(0)
    made.paragraph_format.line_spacing = Pt(6)


# -- tables


def add_table(into: Any, rows: int, widths: Sequence[Any], *, lines: bool = False, boxed: bool = False) -> Any:
    """A table of fixed column widths (centimetres, or lengths), with lines between its cells or a box around them."""
    from docx.shared import Cm, Length

    lengths = [each if isinstance(each, Length) else Cm(each) for each in widths]
    made = into.add_table(rows, len(lengths))
    if lines:
        made.style = "Table Grid"
    made.autofit = False
    margins = _new("w:tblCellMar")
    for side in ("top", "bottom"):
        margins.append(_new(f"w:{side}", w=str(_CELL_TOP_TWIPS), type="dxa"))
    _before(made._tbl.tblPr, margins, "w:tblLook")
    for column, length in zip(made.columns, lengths, strict=True):
        column.width = length
    for row in made.rows:
        for cell, length in zip(row.cells, lengths, strict=True):
            cell.width = length
    if boxed:
        borders = _new("w:tblBorders")
        for side in ("top", "left", "bottom", "right"):
            borders.append(_new(f"w:{side}", val="single", sz="12", space="0", color="1C2430"))
        _before(made._tbl.tblPr, borders, "w:shd w:tblLayout w:tblCellMar w:tblLook")
    return made


def room_within(widths: Sequence[Any]) -> float:
    """Centimetres that are left for what stands in one cell across columns of these widths."""
    return float(sum(each.cm for each in widths)) - 2 * _CELL_SIDE_CM


def definition_widths(terms: Sequence[Text], room: float) -> tuple[float, float]:
    """How a width in centimetres is shared between terms and what is said of them: terms take what they need, within limits."""
    longest = max((display_width(plain_text(term)) for term in terms), default=0)
    needed = longest * _LETTER_CM + _PADDING_CM
    term = min(max(needed, room * 0.2), room * 0.4)
    return term, room - term


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[Text]], room: float) -> list[Any]:
    """How a width in centimetres is shared: columns get what they need; where that is too much, long texts are folded.

    Columns of texts then keep the room of a short one, and share the rest by what they lack.
    """
    from docx.shared import Cm

    wanted, least = [], []
    for at, column in enumerate(columns):
        texts = [plain_text(row[at]) for row in rows]
        # Word gives signs of both worlds (Ⅱ, →) the width of the Japanese font.
        longest = max((display_width(line, 2) for text in texts for line in text.split("\n")), default=0)
        head = display_width(column.title, 2)
        needed = max(min(longest, 60), min(head, 16), 3) * _CHARACTER_CM + _PADDING_CM
        wanted.append(needed)
        least.append(min(needed, _FOLDED_CM) if column.kind in ("text", "code", "figure") else needed)
    lacking = sum(wanted) - sum(least)
    part = min(1.0, max(0.0, room - sum(least)) / lacking) if lacking else 1.0
    widths = [low + (needed - low) * part for low, needed in zip(least, wanted, strict=True)]
    scale = min(1.0, room / sum(widths)) if widths else 1.0
    return [Cm(width * scale) for width in widths]


def cell_paragraph(paragraph: Any, *, small: bool, right: bool) -> None:
    """The looks of a paragraph in a cell."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if small:
        for run in paragraph.runs:
            run.font.size = Pt(8.5)


def enlarge(cell: Any) -> None:
    """Strong words of a cell in large letters."""
    from docx.shared import Pt

    for run in cell.paragraphs[0].runs:
        if run.bold:
            run.font.size = Pt(18)


def shade(cell: Any) -> None:
    """The ground of a heading."""
    cell._tc.get_or_add_tcPr().append(_new("w:shd", val="clear", color="auto", fill="E6EAF0"))


def repeat(row: Any) -> None:
    """A heading row that stands on every page."""
    row._tr.get_or_add_trPr().append(_new("w:tblHeader", val="true"))
    keep_row_whole(row)


def keep_row_whole(row: Any) -> None:
    """A row that no page break cuts."""
    properties = row._tr.get_or_add_trPr()
    properties.insert(0, _new("w:cantSplit", val="true"))


def row_height(row: Any, height: float) -> None:
    """A height in centimetres at least."""
    from docx.shared import Cm

    row.height = Cm(height)


def drop_first_paragraph(cell: Any) -> None:
    """Removes the empty paragraph that every new cell begins with; the last one must stay."""
    first = cell.paragraphs[0]
    if len(cell.paragraphs) > 1 and not first.text:
        first._p.getparent().remove(first._p)
