"""The figures of a right reading, by what they are, and whether a printed number can be one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from hyotei.base import exact
from hyotei.sheet.figures import OF_BUDGET_YEARS, OF_MEASURES, YEARLY
from hyotei.sheet.models import Indicator, Quantity, Sheet
from hyotei.sheet.quantity import read_quantity

_POWERS: Final = tuple(map(Decimal, ("1", "1e3", "1e4", "1e6", "1e8", "0.01")))
"""By what a unit in a heading may multiply a printed number: 千, 万, 百万, 億, and percent."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure of a right reading: of the budget (`indicator` is empty) or of an indicator, what it is, its year and value."""

    indicator: str
    item: str
    year: int | None
    value: Decimal
    output: bool = False

    @property
    def key(self) -> tuple[str, str, int | None]:
        return self.indicator, self.item, self.year


def wanted(sheet: Sheet) -> list[Wanted]:
    """All figures of a sheet that have a value."""
    found = [
        Wanted("", row.field, year.fiscal_year, quantity.value)
        for year in sheet.budget_years
        for row in OF_BUDGET_YEARS
        if row.quantity and (quantity := getattr(year, row.field)).value is not None
    ]
    for indicator in sheet.indicators:
        found += _of_indicator(indicator, sheet.fiscal_year, False)
    for indicator in sheet.outputs:
        found += _of_indicator(indicator, sheet.fiscal_year, True)
    return found


def _of_indicator(indicator: Indicator, evaluated: int, output: bool) -> Iterator[Wanted]:
    for measure in indicator.measures:
        for row in OF_MEASURES:
            if row.quantity:
                quantity: Quantity = getattr(measure, row.field)
                known = row in YEARLY
                year = quantity.fiscal_year or (evaluated if known else None)
                if quantity.value is not None:
                    item = "final" if row.field.startswith("final") else row.field
                    yield Wanted(indicator.name, item, year, quantity.value, output)
        for point in measure.series:
            for row in YEARLY:
                quantity = getattr(point, row.field)
                if quantity.value is not None:
                    yield Wanted(indicator.name, row.field, point.fiscal_year, quantity.value, output)


def right(read: Iterable[Sheet], sheets: Iterable[Sheet]) -> tuple[int, int, int]:
    """How many figures of the right reading were read as they are, how many there are, and how many were read that it has not.

    A right reading that gives an indicator one year says nothing of its other years: what is read of those is not besides.
    """
    years: dict[tuple[int, str], set[int | None]] = {}
    found: dict[tuple[int, str, str, int | None], list[Decimal]] = {}
    for position, sheet in enumerate(read):
        for each in wanted(sheet):
            found.setdefault((position, each.indicator, each.item, each.year), []).append(each.value)
    hits = whole = 0
    for position, sheet in enumerate(sheets):
        for each in wanted(sheet):
            whole += 1
            years.setdefault((position, each.indicator), set()).add(each.year)
            values = found.get((position, each.indicator, each.item, each.year), [])
            if each.value in values:
                values.remove(each.value)
                hits += 1
    besides = 0
    for (position, indicator, _, year), values in found.items():
        known = years.get((position, indicator), set()) if indicator else set()
        besides += 0 if len(known) == 1 and year not in known else len(values)
    return hits, whole, besides


@lru_cache(4096)  # a column is tried for many items
def printed_value(text: str) -> Decimal | None:
    """The number that a text prints, without any unit of a heading."""
    if not any(map(str.isdigit, text)):
        return None
    quantity, _ = read_quantity(text)
    return quantity.value


def may_be(printed: Decimal, value: Decimal) -> bool:
    """Whether a printed number is a value, whatever the unit of its heading multiplies it by."""
    return any(exact.multiply(printed, power) == value for power in _POWERS)
