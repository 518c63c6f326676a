"""Items of pages as the blocks from which forms are read."""

from hyotei.readers.pdf.page_items import PageItem, PageLine
from hyotei.readers.printed.form_blocks import Block, FormCell, FormLine, FormPlace, FormTable


def block_of(item: PageItem, number: int) -> Block:
    """The block of an item; `number` counts the tables of the file from 1."""
    if isinstance(item, PageLine):
        return FormLine(item.text, FormPlace(page=item.page, line=item.number), item.area)
    cells = tuple(
        FormCell(
            cell.text,
            cell.row,
            cell.column,
            FormPlace(page=cell.page, part=f"表{number}の{cell.row + 1}行{cell.column + 1}列"),
            cell.rows,
            cell.columns,
            cell.notes,
            cell.shaded,
            area=cell.area,
        )
        for cell in item.cells
    )
    return FormTable(cells, FormPlace(page=item.page, part=f"表{number}"))
