"""How figures and words are written on a sheet for people: as they are printed, with what that leaves open kept beside them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.readers import sheet_keys as keys
from hyotei.readers.figures_yaml import same_figure
from hyotei.sheet.facts import figure_in
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import MISSING, Fact, Quantity, Sheet, Source
from hyotei.sheet.quantity import print_quantity, read_quantity
from hyotei.sheet.units import YEN, read_unit
from hyotei.sheet_writers.written_source import source_data

Data = dict[str, object]
_MONEY: Final = ("千円", "百万円", "円", "億円", "万円", "十億円", "兆円", "十万円")
_LONGEST: Final = 40
"""Characters of a printed figure to which its year can be added; a longer text is words."""


class FigureWriter:
    """Writes the figures and words of one sheet.

    Args:
        sheet: the sheet, of which the evaluated year and the commonest unit of money are known to its figures.
        printed_in: the file of the original, which the records of what is printed need not name.
    """

    def __init__(self, sheet: Sheet, printed_in: str | None) -> None:
        self.year, self.printed_in = sheet.fiscal_year, printed_in
        amounts = [
            getattr(year, key) for year in sheet.budget_years for key in keys.AMOUNTS if getattr(year, key).value
        ]
        found = Counter(unit for amount in amounts if (unit := self._money_unit(amount)) is not None)
        self.money = sorted(_MONEY, key=lambda unit: (-found[unit], _MONEY.index(unit)))
        """Units of money, the one in which the amounts of the sheet are printed first."""

    def figures(self, data: Data, quantities: Mapping[str, Quantity]) -> Data:
        """`data` with the figures by their keys, and with what is printed for them."""
        printed: Data = {}
        for key, quantity in quantities.items():
            if quantity != MISSING:
                data[key], printed[key] = self.figure(quantity)
        return _with_printed(data, printed)

    def words(self, data: Data, words: Mapping[str, tuple[str | None, Source | None]]) -> Data:
        """The same of words, each with its source."""
        printed: Data = {}
        for key, (word, source) in words.items():
            if word is not None:
                data[key] = word
            if word is not None or source is not None:
                printed[key] = self.record(word, source, None)
        return _with_printed(data, printed)

    def facts(self, facts: Iterable[Fact]) -> Data:
        """Facts by their names, each by its text alone where that says it all, and with what is printed for them."""
        data: Data = {}
        printed: Data = {}
        for fact in facts:
            parts: Data = {key: value for key in ("reason", "by") if (value := getattr(fact, key)) is not None}
            if not same_figure(figure_in(fact.text, year_hint=self.year), fact.figure):
                parts = {**exact_data(fact.figure), **parts}
            data[fact.name] = {"text": fact.text, **parts} if parts else fact.text
            printed[fact.name] = self.record(fact.text, fact.figure.source, None)
        return _with_printed(data, printed)

    def figure(self, quantity: Quantity) -> tuple[object, Data]:
        """What is written for a figure, and its record."""
        for text in self._texts(quantity):
            read, _ = read_quantity(text, year_hint=self.year)
            year = quantity.fiscal_year if read.fiscal_year is None else None
            if same_figure(read.model_copy(update={"fiscal_year": read.fiscal_year or year}), quantity):
                return text, self.record(text, quantity.source, year)
        parts = exact_data(quantity)
        return parts, self.record(parts, quantity.source, None)

    def record(self, written: object, source: Source | None, year: int | None) -> Data:
        """What is kept of something that is written: what was read, and where it is printed."""
        kept = {} if source is None else source_data(source, self.printed_in)
        if source is None or source.text != written:
            kept = {"read": written, **kept}
        if year is not None:
            kept["fiscal_year"] = year
        return kept

    def _texts(self, quantity: Quantity) -> Iterator[str]:
        """The texts that may stand for a figure, the printed one first; whether they do is for the caller to see."""
        source = quantity.source
        printed = "" if source is None else source.text.strip()
        bodies = [print_quantity(quantity.model_copy(update={"fiscal_year": None}))]
        if printed and source is not None and source.reading != "corrected":
            units = self.money if quantity.unit == YEN else (quantity.unit,) if quantity.unit else ()
            bodies = [printed, *(printed + unit for unit in units if len(printed) <= _LONGEST), *bodies]
        elif quantity.unit == YEN and quantity.value is not None and self.money[0] != YEN:
            bodies = [_amount(quantity, self.money[0]), *bodies]
        for body in bodies:
            if quantity.fiscal_year not in (None, self.year) and len(body) <= _LONGEST:
                yield f"{body}【{print_fiscal_year(quantity.fiscal_year)}】"
            yield body

    def _money_unit(self, amount: Quantity) -> str | None:
        """The unit in which an amount is printed, if that is seen from its text."""
        text = "" if amount.source is None else amount.source.text.strip()
        if not text or len(text) > _LONGEST:
            return None
        return next((unit for unit in _MONEY if read_quantity(text + unit)[0].value == amount.value), None)


def _amount(quantity: Quantity, unit: str) -> str:
    """An amount in a unit of money, to as many places as it has."""
    of = read_unit(unit)
    assert of is not None, "the units of money are units"
    value = None if quantity.value is None else exact.multiply(quantity.value, Decimal(1).scaleb(-of.factor.adjusted()))
    return print_quantity(quantity.model_copy(update={"value": value, "unit": unit, "fiscal_year": None}))


def exact_data(quantity: Quantity) -> Data:
    """A figure by its exact parts."""
    data: Data = {}
    for key in keys.EXACT:
        part = getattr(quantity, key)
        if key != "source" and part is not None:
            data[key] = exact.plain(part) if isinstance(part, Decimal) else part
    return data


def _with_printed(data: Data, printed: Data) -> Data:
    return data if not printed else {**data, keys.PRINTED: printed}
