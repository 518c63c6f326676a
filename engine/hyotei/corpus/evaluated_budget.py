"""The budget of the evaluated year of a sheet: of one, and of many that stand in tables."""

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hyotei.sheet import Sheet
from hyotei.sheet.figures import EXECUTED, INITIAL, TOTAL

if TYPE_CHECKING:
    from hyotei.corpus.stored_rows import StoredRows

_AMOUNTS: Final = tuple(row.field for row in (TOTAL, INITIAL, EXECUTED))
"""What stands for the budget of a year, the first that is known."""


def money_of(sheet: Sheet) -> Decimal | None:
    """The budget of the evaluated year in yen: its total, else its initial budget, else what was executed; None where none is."""
    for year in sheet.budget_years:
        if year.fiscal_year == sheet.fiscal_year:
            amounts = (getattr(year, name).value for name in _AMOUNTS)
            return next((amount for amount in amounts if amount is not None), None)
    return None


def money_of_rows(stored: "StoredRows") -> list[str | None]:
    """The same of every sheet of a batch, as decimal texts."""
    found: dict[int, str | None] = {}
    table, evaluated = "budget_years", stored.cells("sheets", "fiscal_year")
    columns = (stored.cells(table, name) for name in ("fiscal_year", *(f"{name}_value" for name in _AMOUNTS)))
    numbers = stored.sheet_numbers(table).tolist()
    for number, year, *amounts in zip(numbers, *columns, strict=True):
        if year == evaluated[number]:
            found.setdefault(number, next((amount for amount in amounts if amount is not None), None))
    return [found.get(number) for number in range(len(stored))]
