"""What can be proposed without a right reading: a list by headings that all forms know, and the headings that mean nothing yet."""

from collections.abc import Iterable
from typing import Final

from hyotei.forms.library import base_form
from hyotei.forms.model import Form, LineIs
from hyotei.readers.form_proposal.figures import printed_value
from hyotei.readers.form_proposal.form_text import ProposedRow
from hyotei.readers.form_proposal.lists import ListProposal, header_row
from hyotei.readers.printed.grid import Grid, close
from hyotei.readers.printed.headings import heading_of
from hyotei.readers.words_of_forms import FormWords

_LONGEST: Final = 30
_MOST: Final = 60
_LABELS: Final = ("title", "number", "authority", "fiscal_year", "policy", "field")
_OF_INDICATORS: Final = {
    "name": "name", "unit": "unit", "target": "target", "yearly_target": "target", "actual": "actual", "yearly_actual": "actual",
    "baseline": "baseline", "target_year": "target_year", "final": "final",
}  # fmt: skip
_NEAR: Final = 2020


def list_by_headings(grid: Grid) -> ListProposal | None:
    """The columns of a list whose headings name sheets, amounts and indicators in words that all forms know."""
    header = header_row(grid, ())
    if header is None:
        return None
    form = base_form()
    words = FormWords(form, _NEAR)
    rows: list[ProposedRow] = []
    unknown: list[str] = []
    for cell in grid.starting(header):
        text = close(cell)
        item = form.item("labels", text)
        heading = heading_of(cell, words)
        amount = form.item("budget", text)
        if item in _LABELS:
            rows.append(ProposedRow("list", text, item or ""))
        elif amount is not None:
            rows.append(ProposedRow("list", text, f"budget.{amount}"))
        elif heading is not None and heading.kind in _OF_INDICATORS and heading.year is None:
            rows.append(ProposedRow("list", text, f"indicator.{_OF_INDICATORS[heading.kind]}"))
        else:
            unknown.append(text)
    items = {row.item for row in rows}
    lines = sum(1 for row in range(header + 1, grid.rows.stop) if grid.starting(row))
    if not items & {"title", "number"} or not any("." in item for item in items) or lines < 2:
        return None
    line_is: LineIs = "indicator" if "indicator.name" in items else "sheet"
    return ListProposal(line_is, rows, list(dict.fromkeys(unknown)), header)


def unknown_headings(grids: Iterable[Grid], form: Form) -> list[str]:
    """Short texts without figures that no table of a form knows, in the order of the document."""
    words = FormWords(form, _NEAR)
    found: dict[str, None] = {}
    for grid in grids:
        for cell in grid.cells:
            text = close(cell)
            if not 1 < len(text) <= _LONGEST or "。" in text or printed_value(cell.text) is not None:
                continue
            if (
                any(form.item(kind, text) for kind in ("labels", "budget", "claims"))
                or heading_of(cell, words) is not None
            ):
                continue
            found[text] = None
    return list(found)[:_MOST]
