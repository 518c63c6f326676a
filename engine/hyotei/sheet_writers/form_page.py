"""A page of a form in a workbook: labels that cannot be changed, fields to fill in, choices, and how it is printed."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_FONT: Final = "游ゴシック"
_LABEL: Final = "FFE8EEF4"
_LINE: Final = "FF8A97A6"
LONGEST_LIST: Final = 250
"""Characters of a list of choices that a workbook holds in a cell's rule."""


@dataclass
class Page:
    """Writes one worksheet, and knows where its fields are."""

    sheet: "Worksheet"
    fields: dict[tuple[str | int, ...], str] = field(default_factory=dict)
    """The cell of each field by its name."""
    years: tuple[str, ...] = ()
    """The fiscal years that are offered."""

    def title(self, row: int, text: str, columns: int) -> None:
        from openpyxl.styles import Alignment, Font

        cell = self._cell(row, 1, 1, columns)
        cell.value = text
        cell.font = Font(name=_FONT, size=14, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        self.sheet.row_dimensions[row].height = 28

    def label(self, row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> None:
        """A heading, which stays as it is."""
        from openpyxl.styles import Alignment, Font, PatternFill

        cell = self._cell(row, column, rows, columns)
        cell.value = text
        cell.font = Font(name=_FONT, size=9, bold=True)
        cell.fill = PatternFill("solid", fgColor=_LABEL)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)

    def blank(
        self,
        name: tuple[str | int, ...],
        row: int,
        column: int,
        rows: int = 1,
        columns: int = 1,
        *,
        choices: tuple[str, ...] = (),
        only: bool = False,
        hint: str | None = None,
        number: str = "General",
        left: bool = False,
    ) -> None:
        """A field to fill in.

        Args:
            name: what it is called in `fields`.
            row: its first row, from 1.
            column: its first column, from 1.
            rows: how many rows it spans.
            columns: how many columns it spans.
            choices: what is offered.
            only: whether nothing else may be written.
            hint: what is shown while it is filled in.
            number: how numbers in it are shown.
            left: whether it is for texts.
        """
        from openpyxl.styles import Alignment, Font, Protection
        from openpyxl.worksheet.datavalidation import DataValidation

        cell = self._cell(row, column, rows, columns)
        cell.font = Font(name=_FONT, size=9)
        cell.alignment = Alignment(
            horizontal="left" if left else "center", vertical="top" if left and rows > 1 else "center", wrap_text=True
        )
        cell.number_format = number
        for across in self.sheet.iter_rows(row, row + rows - 1, column, column + columns - 1):
            for each in across:
                each.protection = Protection(locked=False)
        self.fields[name] = cell.coordinate
        listed = ",".join(choices)
        offered = (
            bool(choices) and len(listed) <= LONGEST_LIST and not any("," in each or '"' in each for each in choices)
        )
        if not offered and hint is None:
            return
        rule = DataValidation(type="list", formula1=f'"{listed}"') if offered else DataValidation()
        rule.allow_blank = True
        rule.showErrorMessage = offered and only
        if hint is not None:
            rule.showInputMessage = True
            rule.prompt = hint[:250]
        self.sheet.add_data_validation(rule)
        rule.add(cell.coordinate)

    def widths(self, *widths: float) -> None:
        """The widths of the columns from the first."""
        from openpyxl.utils import get_column_letter

        for position, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(position)].width = width

    def height(self, row: int, points: float) -> None:
        self.sheet.row_dimensions[row].height = points

    def new_page(self, row: int) -> None:
        """Begins a new page of the print with a row."""
        from openpyxl.worksheet.pagebreak import Break

        self.sheet.row_breaks.append(Break(id=row - 1))

    def finish(self, rows: int, columns: int, *, landscape: bool) -> None:
        """Protects the labels, and fits the page to the width of A4."""
        from openpyxl.utils import get_column_letter

        sheet = self.sheet
        # Without a password: it guards against slips, not against anyone.
        sheet.protection.sheet = True
        sheet.protection.formatRows = False
        sheet.protection.formatColumns = False
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        # As many pages as it takes: on a single one, rows high enough for what is written make the print too small.
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.8
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = "&P / &N"
        sheet.print_area = f"A1:{get_column_letter(columns)}{rows}"

    def _cell(self, row: int, column: int, rows: int, columns: int) -> "Cell":
        from openpyxl.styles import Border, Side

        side = Side(style="thin", color=_LINE)
        for across in self.sheet.iter_rows(row, row + rows - 1, column, column + columns - 1):
            for each in across:
                each.border = Border(left=side, right=side, top=side, bottom=side)
        if rows > 1 or columns > 1:
            self.sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + rows - 1, end_column=column + columns - 1
            )
        return self.sheet.cell(row, column)
