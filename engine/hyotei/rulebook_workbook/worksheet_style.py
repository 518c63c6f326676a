"""How a worksheet of a rulebook looks: what is filled in, what is fixed, and how it is printed."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from hyotei.base.display_width import display_width
from hyotei.rulebook_workbook.cell_texts import cell_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Look = Literal[
    "title", "guide", "label", "head", "code", "field", "input", "output", "annotation", "number", "computed", "formula", "spare",
]  # fmt: skip
_FONT: Final = "Yu Gothic"
_FILLS: Final[dict[Look, str]] = {
    "label": "E8EEF4", "head": "1F3A5F", "code": "F3F5F7", "field": "FFFDF3", "input": "EAF3FC", "output": "E8F5E9",
    "annotation": "FFF6E5", "number": "F3F5F7", "formula": "EAF3FC",
}  # fmt: skip
"""Inputs, outputs and notes have colours of their own; what is grey or dark stays as it is."""
_OPEN: Final = frozenset({"field", "input", "output", "annotation", "number", "formula", "spare"})
"""Looks of cells that may be edited."""
_LINE: Final = "B4BEC9"
_HEIGHT: Final = 17
"""Points of a line, also where a program shows Japanese in a higher font than the one that the workbook names."""
_HIGHEST: Final = 400
"""Points of a row; Excel takes no more than 409."""
_PAGE_WIDTH: Final = 220
"""Half-width characters across a page at most, so that print stays legible."""
_LONGEST_LIST: Final = 250
"""Characters of a list of choices that a workbook holds in a cell's rule."""


@cache
def _style(look: Look) -> dict[str, Any]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    side = Side(style="thin", color=_LINE)
    code = look in ("code", "formula")
    style: dict[str, Any] = {
        "font": Font(
            name="Consolas" if look == "formula" else _FONT,
            size={"title": 15, "guide": 9, "code": 8}.get(look, 10),
            bold=look in ("title", "label", "head", "output"),
            color={"head": "FFFFFF", "guide": "59636F", "code": "59636F", "computed": "59636F"}.get(look, "1B1F24"),
        ),
        "alignment": Alignment(
            horizontal="center" if look in ("head", "number") else "left",
            vertical="center" if look in ("head", "title", "label") else "top",
            wrap_text=not code or look == "formula",
        ),
        "protection": Protection(locked=look not in _OPEN),
        # Every cell is a text, so that nothing that is typed becomes a number or a date.
        "number_format": "@",
    }
    if look in _FILLS:
        style["fill"] = PatternFill("solid", fgColor=_FILLS[look])
    if look not in ("title", "guide", "spare"):
        style["border"] = Border(left=side, right=side, top=side, bottom=side)
    return style


class Page:
    """Writes one worksheet from its first row down; columns count from 1."""

    def __init__(self, sheet: "Worksheet", widths: Sequence[float]) -> None:
        self.sheet, self.widths = sheet, list(widths)
        self.at = 0
        """The last row."""
        for column, width in enumerate(self.widths, 1):
            dimension = sheet.column_dimensions[self.letter(column)]
            dimension.width = width
            # Cells that are not written may be filled in, so that rows can be added without end.
            for name, value in _style("spare").items():
                setattr(dimension, name, value)

    @staticmethod
    def letter(column: int) -> str:
        from openpyxl.utils import get_column_letter

        return str(get_column_letter(column))

    def row(self, cells: Sequence[tuple[str, Look]], across: int = 0, least: float = 0) -> int:
        """A row; its last cell reaches to column `across`, where that is given. The number of the row."""
        self.at += 1
        height = least
        for column, (text, look) in enumerate(cells, 1):
            width = sum(
                self.widths[column - 1 : across]
                if across and column == len(cells)
                else self.widths[column - 1 : column]
            )
            self.put(self.at, column, text, look)
            if look not in ("code", "guide"):
                height = max(height, _HEIGHT * _lines(text, width) + 3)
        if across > len(cells):
            for column in range(len(cells) + 1, across + 1):
                self.put(self.at, column, "", cells[-1][1])
            self.sheet.merge_cells(start_row=self.at, end_row=self.at, start_column=len(cells), end_column=across)
        self.sheet.row_dimensions[self.at].height = min(height or _HEIGHT, _HIGHEST)
        return self.at

    def put(self, row: int, column: int, text: str, look: Look) -> None:
        """One cell."""
        cell = self.sheet.cell(row, column)
        if text:
            cell.value = cell_text(text)
            cell.data_type = "s"  # whatever it looks like
        cell.style = self._named(look)

    def _named(self, look: Look) -> str:
        """The style of a look, by its name in the workbook."""
        from openpyxl.styles import NamedStyle

        name = f"hyotei {look}"
        book = self.sheet.parent
        if name not in book.named_styles:
            book.add_named_style(NamedStyle(name, **_style(look)))
        return name

    def offer(self, cells: str, choices: Sequence[str], hint: str = "", only: bool = False) -> None:
        """Choices and a hint for cells; `only`: nothing else may be written."""
        listed = ",".join(choices)
        self._offer(cells, f'"{listed}"' if choices and _fits(listed, choices) else None, hint, only)

    def offer_range(self, cells: str, place: str, hint: str = "") -> None:
        """The values of a range as choices."""
        self._offer(cells, place, hint, only=False)

    def _offer(self, cells: str, formula: str | None, hint: str, only: bool) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        if formula is None and not hint:
            return
        rule = DataValidation(type="list", formula1=formula) if formula is not None else DataValidation()
        rule.allow_blank, rule.showErrorMessage = True, bool(formula) and only
        if hint:
            rule.showInputMessage, rule.prompt = True, hint[:250]
        self.sheet.add_data_validation(rule)
        rule.add(cells)

    def finish(self, columns: int, heads: tuple[int, int] | None = None, frozen: str = "") -> None:
        """Protects what is fixed, and lets the page be printed on A4 with the rows `heads` on each page."""
        sheet = self.sheet
        # Without a password: it guards against slips, not against anyone. What is edited may be sorted, and rows come and go.
        for allowed in (
            "formatCells",
            "formatRows",
            "formatColumns",
            "insertRows",
            "insertColumns",
            "deleteRows",
            "deleteColumns",
            "sort",
            "autoFilter",
        ):
            setattr(sheet.protection, allowed, False)
        sheet.protection.sheet = True
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if sum(self.widths[:columns]) > 100 else "portrait"
        pages = -(-int(sum(self.widths[:columns])) // _PAGE_WIDTH)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
        if pages > 1:
            sheet.print_title_cols = "A:A"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.7
        sheet.oddFooter.center.text = "&A  &P / &N"
        if heads is not None:
            sheet.print_title_rows = f"{heads[0]}:{heads[1]}"
        if frozen:
            sheet.freeze_panes = frozen


def _fits(listed: str, choices: Sequence[str]) -> bool:
    return len(listed) <= _LONGEST_LIST and not any("," in each or '"' in each for each in choices)


def _lines(text: str, width: float) -> int:
    room = max(int(width) - 2, 1)
    return sum(max(1, -(-display_width(line) // room)) for line in text.split("\n"))
