"""Documents of which the form is a list: each of their tables that has the headings of the form gives its sheets."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.forms.model import COMMON_LIST, Form
from hyotei.intake.given_identity import GivenIdentity
from hyotei.messages import Diagnostic, Location, Phrase, phrase_of
from hyotei.readers.evaluation_text.budget_rows import unit_in
from hyotei.readers.evaluation_text.provisional_identity import authority_of_document, dated, near_of
from hyotei.readers.evaluation_text.text_lines import SheetText, TextLine
from hyotei.readers.printed.common_lists import in_groups
from hyotei.readers.printed.form_blocks import Block, FormLine
from hyotei.readers.printed.grid import Grid, grid_of
from hyotei.readers.printed.heading_years import heading_year
from hyotei.readers.printed.list_columns import ListHeader, is_unit_alone, list_header
from hyotei.readers.printed.list_sheets import ListReader
from hyotei.readers.reader import Found
from hyotei.readers.words_of_forms import FormWords
from hyotei.sheet.models import FIRST_YEAR

_HEAD: Final = 60
_LONGEST_UNIT: Final = 60


def read_list(blocks: Iterable[Block], form: Form, file: str | None, given: GivenIdentity) -> Iterator[Found]:
    """The sheets of all lists of a document.

    A table without the headings of the form gives none; where no table has them, that is told (HY685).
    """
    listed = list(blocks)
    head = SheetText(tuple(_lines(listed)), file, form)
    near = near_of(head) or FIRST_YEAR
    found = False
    for block in listed:
        if isinstance(block, FormLine):
            continue
        grid = grid_of(block)
        header = list_header(grid, form, near)
        if header is None:
            continue
        if form.id == COMMON_LIST:
            header = in_groups(header)
        header = with_money_unit(header, grid, [each.text for each in listed if isinstance(each, FormLine)])
        found = True
        evaluated = _evaluated(grid, header, head, form, near)
        yield from ListReader(grid, header, form, file, given, near, authority_of_document(head), evaluated).sheets()
    if not found:
        yield Found(None, (Diagnostic("HY685", Location(file), {"form": form.id}),))


def _lines(blocks: Iterable[Block]) -> Iterator[TextLine]:
    """The texts with which a document begins."""
    number = 0
    for block in blocks:
        for text in [block.text] if isinstance(block, FormLine) else [cell.text for cell in block.cells[:_HEAD]]:
            number += 1
            yield TextLine(number, text.strip(), " ".join(folded(text).split()))
            if number >= _HEAD:
                return


def with_money_unit(header: ListHeader, grid: Grid, lines: Iterable[str]) -> ListHeader:
    """The header whose amounts without a unit have the one that stands above the list or in a line of text: （単位：千円）."""
    above = [
        cell.text
        for cell in grid.cells
        if cell.row < header.rows.start or (cell.row < header.rows.stop - 1 and is_unit_alone(cell.text))
    ]
    texts = [text for text in (*lines, *above) if len(text) <= _LONGEST_UNIT]
    units = {unit for text in texts if (unit := unit_in(" ".join(folded(text).split()))) is not None}
    unit = next(iter(units)) if len(units) == 1 else None
    if unit is None:
        return header
    columns = [replace(each, unit=each.unit or unit) if each.kind == "budget" else each for each in header.columns]
    return ListHeader(header.rows, columns, header.others)


def _evaluated(grid: Grid, header: ListHeader, head: SheetText, form: Form, near: int) -> tuple[int, Phrase] | None:
    """The evaluated year of sheets that do not say it: of the title, or the last year in which a target was to be reached."""
    of_title = dated(head, near)
    way = form.values.get("evaluated")
    if of_title is not None and way in ("title", "before_title"):
        return of_title - (way == "before_title"), phrase_of("evaluation_text.provisional.how", way)
    words = FormWords(form, near)
    years = [
        year
        for column in header.columns
        if column.field in ("target_year", "actual_year") or column.row.item == "fiscal_year"
        for row in range(header.rows.stop, grid.rows.stop)
        if (cell := grid.at(row, column.column)) is not None and (year := heading_year(cell.text, words)) is not None
    ]
    years += [column.year for column in header.columns if column.year is not None and column.field != "target"]
    if years:
        return max(years), phrase_of("evaluation_text.provisional.how", "latest")
    if of_title is not None:
        return of_title - 1, phrase_of("evaluation_text.provisional.how", "before_title")
    return None
