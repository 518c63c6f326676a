"""Generated sheets printed as PDF with reportlab: the form of the ministry, ruled or not, over as many pages as it takes."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from hypothesis import strategies as st
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from hyotei.readers.printed import form_blocks
from tests.readers.evaluation_generator import BUDGET_ROWS, Facts, Role
from tests.readers.evaluation_render import Style, achievement, amount, cell, digits, era, rating, short, tag
from tests.readers.evaluation_render import recommendation as recommended

_TRUETYPE: Final = (
    Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"),
    Path("/usr/share/fonts/truetype/fonts-japanese-gothic.ttf"),
    Path("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf"),
)
EMBEDDED: Final = next((str(path) for path in _TRUETYPE if path.is_file()), None)
NOT_EMBEDDED: Final = "HeiseiMin-W3"
_HEADINGS: Final = {
    "initial": "当初予算（a）",
    "supplementary": "補正予算（b）",
    "carried_over": "繰越し等（c）",
    "total": "合計（a＋b＋c）",
    "executed": "執行額",
}
_COLUMNS: Final[dict[Role, str]] = {"baseline": "基準（値）", "actual": "実績（値）", "target": "目標（値）"}


@dataclass(frozen=True)
class Print:
    """How a sheet is printed."""

    text: Style | None
    ruled: bool = True
    embedded: bool = False
    landscape: bool = False
    height: int = 842
    """Points of the page; short ones break tables."""
    repeated: bool = True
    double: bool = False
    open_sides: bool = False
    page_numbers: bool = True
    size: float = 9


def prints(texts: st.SearchStrategy[Style], **fixed: Any) -> st.SearchStrategy[Print]:
    """All ways of printing that keep the form whole."""
    ways = {
        "text": texts,
        "ruled": st.just(True),
        "embedded": st.booleans() if EMBEDDED else st.just(False),
        "landscape": st.booleans(),
        "height": st.sampled_from((842, 842, 500, 360)),
        "repeated": st.booleans(),
        "double": st.booleans(),
        "open_sides": st.booleans(),
        "page_numbers": st.booleans(),
        "size": st.sampled_from((7.0, 9.0, 10.5)),
    }
    return st.builds(Print, **{**ways, **fixed})


def font(way: Print) -> str:
    """The font, known to reportlab: an embedded TrueType, or one of Adobe-Japan1 that viewers bring themselves."""
    if way.embedded and EMBEDDED is not None:
        if "Embedded" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont("Embedded", EMBEDDED))
        return "Embedded"
    if NOT_EMBEDDED not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(NOT_EMBEDDED))
    return NOT_EMBEDDED


class Printer:
    """Collects what is printed."""

    def __init__(self, way: Print) -> None:
        self.way = way
        size = way.size
        self.style = ParagraphStyle("cell", fontName=font(way), fontSize=size, leading=1.25 * size, wordWrap="CJK")
        self.story: list[Any] = []
        width, height = (A4[1], min(way.height, A4[0])) if way.landscape else (A4[0], way.height)
        self.page = landscape(A4) if way.landscape and way.height > 800 else (width, height)
        self.width = self.page[0] - 72

    def line(self, text: str) -> None:
        self.story.append(Paragraph(escape(text), self.style))

    def gap(self) -> None:
        self.story.append(Spacer(1, 8))

    def new_page(self) -> None:
        self.story.append(PageBreak())

    def table(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        spans: Sequence[tuple[int, int, int, int]] = (),
        heading: int = 0,
    ) -> None:
        """A table; a span is (first column, first row, last column, last row)."""
        cells = [[self.cell(text) for text in row] for row in rows]
        commands: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        for x0, y0, x1, y1 in spans:
            commands.append(("SPAN", (x0, y0), (x1, y1)))
        if self.way.ruled:
            line = (0.5, colors.black, None, None, None, 2, 1.5) if self.way.double else (0.5, colors.black)
            commands += [("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black), ("LINEABOVE", (0, 0), (-1, 0), *line)]
            commands += [("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black)]
            if not self.way.open_sides:
                commands += [("BOX", (0, 0), (-1, -1), *line)]
            if heading:
                commands.append(("BACKGROUND", (0, 0), (-1, heading - 1), colors.lightgrey))
        total = sum(widths)
        table = Table(
            cells,
            [each * self.width / total for each in widths],
            style=TableStyle(commands),
            repeatRows=heading if self.way.repeated else 0,
        )
        self.story.append(table)

    def cell(self, text: str) -> Any:
        return Paragraph("<br/>".join(map(escape, text.split("\n"))), self.style)

    def pdf(self, **options: Any) -> bytes:
        """The file."""
        target = io.BytesIO()
        document = SimpleDocTemplate(
            target, pagesize=self.page, leftMargin=36, rightMargin=36, topMargin=40, bottomMargin=40, **options
        )
        numbered = self.number if self.way.page_numbers else _nothing
        document.build(self.story, onFirstPage=numbered, onLaterPages=numbered)
        return target.getvalue()

    def number(self, canvas: Any, document: Any) -> None:
        canvas.setFont(font(self.way), 8)
        canvas.drawCentredString(self.page[0] / 2, 20, f"- {document.page} -")


def _nothing(_canvas: Any, _document: Any) -> None:
    """No page numbers."""


def ministry(facts: Facts, way: Print) -> bytes:
    """The form of the ministry as PDF."""
    printer = Printer(way)
    print_ministry(printer, facts)
    return printer.pdf()


def print_ministry(printer: Printer, facts: Facts) -> None:
    """One form."""
    style = printer.way.text
    assert style is not None
    printer.line(f"{era(facts.year + 1)}主要な政策に係る評価書")
    printer.line(f"（{facts.authority}{short(facts.year)[:-2]}－{chr(0x245F + facts.serial)}）")
    printer.gap()
    name = f"政策{facts.policy}：{facts.title}"
    if printer.way.ruled:
        printer.table([["政策名（※１）", name, "分野", "行政一般"]], (15, 55, 8, 22))
    else:
        printer.line(f"政策名（※１）　{name}　分野　行政一般")
    printer.gap()
    _section(printer, "政策の概要", f"{facts.title}のため、関係する施策を進める。")
    _section(printer, "基本目標", f"【達成すべき目標】\n{facts.title}を通じて、国民生活の向上に寄与する。")
    _budget(printer, facts)
    _measures(printer, facts)
    _section(printer, "目標の達成状況", "\n".join(line for block in achievement(facts, style)[1:] for line in block))
    choices = rating(facts, style)[1]
    _section(printer, "（評価区分）", "\n".join(choices))
    heading, marked = recommended(facts, style)[1:]
    _section(printer, "政策に関する評価結果", "\n".join([*heading, *marked]))
    printer.line("※１　政策とは、様式における施策に該当。")
    printer.line("※２　基準（値）又は実績（値）を記載。")
    _section(printer, "担当部局課室名", "政策課\n他２課室")
    _section(printer, "政策評価実施時期", f"{era(facts.year + 1)[:-1]}８月")


def _section(printer: Printer, heading: str, text: str) -> None:
    if printer.way.ruled:
        printer.table([[heading, text]], (18, 82))
        printer.gap()
        return
    printer.line(heading)
    for line in text.split("\n"):
        printer.line(line)
    printer.gap()


def _budget(printer: Printer, facts: Facts) -> None:
    style = printer.way.text
    assert style is not None
    years = sorted(facts.budget, reverse=style.descending)
    blank = "－" if style.dashes else ""
    printer.line("政策の予算額・執行額等")
    rows = [["区　　分", "", *(digits(short(year), style) for year in years)]]
    for row in BUDGET_ROWS:
        values = [facts.budget[year][row] for year in years]
        cells = [blank if value is None else amount(value, style) for value in values]
        unit = f"（{facts.budget_unit}）"
        if row == "executed":
            rows.append([f"執行額{unit}", "", *cells])
        else:
            rows.append([f"予算の\n状況{unit}" if row == "initial" else "", _HEADINGS[row], *cells])
    if printer.way.ruled:
        spans = [(0, 0, 1, 0), (0, 1, 0, 4), (0, 5, 1, 5)]
        printer.table(rows, (16, 18, *(16 for _ in years)), spans, 1)
    else:
        plain = [[row[0] if index in (0, 5) else row[1], *row[2:]] for index, row in enumerate(rows)]
        printer.line(f"予算の状況（{facts.budget_unit}）")
        printer.table(plain, (24, *(16 for _ in years)))
    printer.gap()


def _measures(printer: Printer, facts: Facts) -> None:
    style = printer.way.text
    assert style is not None
    heads = [f"{_COLUMNS[role]}\n【年度】" for role in style.order]
    rows = [["施策目標", "", "測定指標", *heads]]
    spans: list[tuple[int, int, int, int]] = [(1, 0, 2, 0)] if printer.way.ruled else []
    if printer.way.ruled:
        rows[0][1:3] = ["測定指標", ""]
    for goal in facts.goals:
        first = len(rows)
        for row in goal.rows:
            objective = f"{goal.name}により、国民生活の向上に貢献すること" if row is goal.rows[0] else ""
            cells = []
            for role in style.order:
                year = tag(row, role, style)
                cells.append("\n".join([*cell(row, role, style), *([year] if year else [])]))
            rows.append([objective, str(row.number), row.name, *cells])
        spans.append((0, first, 0, len(rows) - 1))
    printer.table(rows, (20, 4, 24, 18, 18, 18), spans, 1)
    printer.gap()


def grid_pdf(table: form_blocks.FormTable) -> bytes:
    """A grid of cells that somebody else made, ruled, on landscape pages."""
    printer = Printer(Print(text=None, landscape=True, size=6))
    rows = max(each.row + each.rows for each in table.cells)
    columns = max(each.column + each.columns for each in table.cells)
    texts = [[""] * columns for _ in range(rows)]
    spans: list[tuple[int, int, int, int]] = []
    for each in table.cells:
        texts[each.row][each.column] = each.text
        spans.append((each.column, each.row, each.column + each.columns - 1, each.row + each.rows - 1))
    printer.table(texts, [1] * columns, spans)
    return printer.pdf()
