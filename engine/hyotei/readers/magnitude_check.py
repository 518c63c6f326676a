"""Figures of one sheet that are far apart in size, as when a ratio was typed without % or yen under 千円: told, never changed.

Two figures are far apart where one is about 100, 1,000, 10,000, a million or a hundred million times the other.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from hyotei.base import exact
from hyotei.base.text_folding import folded
from hyotei.messages import Diagnostic, Listed, Location, Param, Text, phrase
from hyotei.readers.sheet_keys import AMOUNTS, MEASURE_FIGURES, figure_name
from hyotei.sheet.fiscal_year_print import YearText, print_fiscal_year
from hyotei.sheet.models import Measure, Quantity, Sheet
from hyotei.sheet.quantity_print import print_quantity
from hyotei.sheet.units import PERCENT, YEN


class Named(NamedTuple):
    """A figure with what it is called: its key, and its fiscal year where several have that key."""

    key: str
    figure: Quantity
    year: int | None = None

    @property
    def name(self) -> Text:
        name = figure_name(self.key)
        return name if self.year is None else phrase("sheet.of_year", figure=name, year=YearText(self.year))


_FACTORS: Final = tuple(Decimal(10) ** power for power in (2, 3, 4, 6, 8))
_OF_MONEY: Final = _FACTORS[1:]
"""Budgets of two years may well differ a hundred times."""
_NEAR: Final = Decimal(3)
_LARGEST_BUDGET: Final = Decimal(10**15)
"""More yen than any budget of the state: the account that pays back its debts has 2 * 10**14 a year."""
_LONG: Final = 7
_SEVERAL: Final = 3
"""Digits of an amount, and amounts of a sheet, that are looked at for a wrong unit."""
_SHARES: Final = ("executed", "initial", "carried_forward", "request")
"""Amounts of a year that are of the size of its total."""


def magnitudes(sheet: Sheet) -> tuple[Diagnostic, ...]:
    """A warning for each figure that is far apart from its neighbours: HY133 to HY136."""
    return (*_measures(sheet), *_budget(sheet), *_typed_in_yen(sheet))


def impossible_budgets(sheet: Sheet) -> Iterator[Diagnostic]:
    """A warning for each amount that no budget can have (HY135), as where yen were typed under 百万円.

    Of published data sets this is all that is told: their amounts that are far apart are mostly so.
    """
    for year in sheet.budget_years:
        for key in ("initial", "total"):
            amount: Quantity = getattr(year, key)
            if amount.value is not None and abs(amount.value) > _LARGEST_BUDGET:
                named = Named(key, amount)
                yield _told("HY135", print_fiscal_year(year.fiscal_year), named, named, ("",))


def _measures(sheet: Sheet) -> Iterator[Diagnostic]:
    for indicator in (*sheet.indicators, *sheet.outputs):
        for measure in indicator.measures:
            subject = f"{indicator.name}・{measure.label}" if measure.label else indicator.name
            yield from _measure(" ".join(subject.split())[:40], measure)


def _measure(subject: str, measure: Measure) -> Iterator[Diagnostic]:
    """Each figure against the target; without one, against the one before it."""
    known = [Named(key, figure) for key in MEASURE_FIGURES if (figure := getattr(measure, key)).value is not None]
    for point in measure.series:
        known += [
            Named(key, figure, point.fiscal_year)
            for key in ("target", "actual")
            if (figure := getattr(point, key)).value is not None
        ]
    if not known:
        return
    against = next((each for each in known if each.key == "target" and each.year is None), known[0])
    for each in known:
        if each is not against:
            yield from _pair(subject, each, against)


def _pair(subject: str, figure: Named, against: Named) -> Iterator[Diagnostic]:
    unit, other_unit = figure.figure.unit, against.figure.unit
    if unit == other_unit:
        factor = _apart(figure.figure, against.figure, _FACTORS if unit != YEN else _OF_MONEY)
        if factor is not None:
            yield _told("HY134", subject, figure, against, (_moved(figure.figure, factor),))
    elif {unit, other_unit} == {PERCENT, None}:
        bare, other = (figure, against) if unit is None else (against, figure)
        assert bare.figure.value is not None, "only figures with values are compared"
        as_ratio = bare.figure.model_copy(update={"unit": PERCENT})
        as_percent = as_ratio.model_copy(update={"value": exact.multiply(bare.figure.value, Decimal("0.01"))})
        yield _told("HY133", subject, bare, other, (_shown(as_percent), _shown(as_ratio)))


def _budget(sheet: Sheet) -> Iterator[Diagnostic]:
    for year in sheet.budget_years:
        subject = print_fiscal_year(year.fiscal_year)
        total = Named("total", year.total)
        for key in AMOUNTS:
            amount: Quantity = getattr(year, key)
            if amount.value is not None and abs(amount.value) > _LARGEST_BUDGET:
                yield _told("HY135", subject, Named(key, amount), total, ("",))
            elif key in _SHARES:
                yield from _apart_amounts(subject, Named(key, amount), total)
    for before, after in pairwise(sheet.budget_years):
        for key in ("initial", "total"):
            earlier = Named(key, getattr(before, key), before.fiscal_year)
            later = Named(key, getattr(after, key))
            yield from _apart_amounts(print_fiscal_year(after.fiscal_year), later, earlier)


def _typed_in_yen(sheet: Sheet) -> Iterator[Diagnostic]:
    """Whether all amounts under a larger unit are printed with three zeros at their end, as yen would be."""
    printed: list[tuple[str, Named]] = []
    for year in sheet.budget_years:
        for key in AMOUNTS:
            amount: Quantity = getattr(year, key)
            digits = "" if amount.source is None else folded(amount.source.text).strip().replace(",", "")
            if (
                amount.value
                and digits.lstrip("-△▲").isdigit()
                and exact.plain(abs(amount.value)) != digits.lstrip("-△▲")
            ):
                printed.append((digits.lstrip("-△▲"), Named(key, amount)))
    long = [named for digits, named in printed if len(digits) >= _LONG and digits.endswith("000")]
    if len(long) >= _SEVERAL and len(long) == len(printed):
        yield _told("HY136", print_fiscal_year(sheet.fiscal_year), long[0], long[1], ("",))


def _apart_amounts(subject: str, amount: Named, against: Named) -> Iterator[Diagnostic]:
    factor = _apart(amount.figure, against.figure, _OF_MONEY)
    if factor is not None:
        yield _told("HY134", subject, amount, against, (_moved(amount.figure, factor),))


def _apart(one: Quantity, other: Quantity, factors: tuple[Decimal, ...]) -> Decimal | None:
    """By what `one` would have to be multiplied to be of the size of `other`; None where they are of one size."""
    if not one.value or not other.value:
        return None
    small, large = sorted((abs(one.value), abs(other.value)))
    most = exact.multiply(large, _NEAR)
    for factor in factors:
        reached = exact.multiply(small, factor)
        if reached > most:
            return None  # all further factors are larger
        if exact.multiply(reached, _NEAR) >= large:
            return factor if abs(one.value) == small else Decimal(1).scaleb(-factor.adjusted())
    return None


def _moved(quantity: Quantity, factor: Decimal) -> str:
    assert quantity.value is not None, "only figures with values are compared"
    return _shown(quantity.model_copy(update={"value": exact.multiply(quantity.value, factor)}))


def _shown(quantity: Quantity) -> str:
    return print_quantity(quantity.model_copy(update={"fiscal_year": None}))[:60]


def _told(code: str, subject: str, figure: Named, against: Named, meant: tuple[str, ...]) -> Diagnostic:
    source = figure.figure.source
    location = Location(subject) if source is None else Location(source.file, source.line, heading=source.cell)
    params: dict[str, Param] = {
        "subject": subject,
        "name": figure.name,
        "value": _shown(figure.figure),
        "other": against.name,
        "against": _shown(against.figure),
        "meant": Listed(meant, "sheet.either"),
    }
    return Diagnostic(code, location, params)
