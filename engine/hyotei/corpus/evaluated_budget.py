"""The budget of the evaluated year of a sheet: of one, and of many that stand in tables."""

from decimal import Decimal
from typing import TYPE_CHECKING

from hyotei.sheet import Sheet

if TYPE_CHECKING:
    from hyotei.corpus.stored_rows import StoredRows


def money_of(sheet: Sheet) -> Decimal | None:
    """The budget of the evaluated year in yen: its total, or else its initial budget; None where neither is known."""
    for year in sheet.budget_years:
        if year.fiscal_year == sheet.fiscal_year:
            return year.total.value if year.total.value is not None else year.initial.value
    return None


def money_of_rows(stored: "StoredRows") -> list[str | None]:
    """The same of every sheet of a batch, as decimal texts."""
    found: dict[int, str | None] = {}
    table, evaluated = "budget_years", stored.cells("sheets", "fiscal_year")
    columns = (stored.cells(table, name) for name in ("fiscal_year", "total_value", "initial_value"))
    numbers = stored.sheet_numbers(table).tolist()
    for number, year, total, initial in zip(numbers, *columns, strict=True):
        if year == evaluated[number]:
            found.setdefault(number, initial if total is None else total)
    return [found.get(number) for number in range(len(stored))]
