"""Whether the exact value of a figure is one that its printed text holds; where it is not, a person has changed it.

In the layout of the models a figure has its value and, apart from it, the text from which it was read, whose unit may stand in the
heading of a table. So a value agrees with every number of the text, in every unit of its kind.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pydantic import BaseModel

from hyotei.base import exact
from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_folding import folded
from hyotei.sheet.correction import corrected
from hyotei.sheet.facts import word_of
from hyotei.sheet.models import Fact, Quantity, Sheet
from hyotei.sheet.numerals import read_numeral
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.quantity_words import PRINTED
from hyotei.sheet.same_unit import told_in
from hyotei.sheet.units import PERCENT, YEN

_LONGEST: Final = 2_000
"""Characters of a text that is searched for its numbers; a longer one is no figure."""
_DIGIT: Final = lazy_pattern("[0-9一二三四五六七八九十百千〇零ゼ]")
_FACTORS: Final = {
    YEN: tuple(Decimal(10) ** power for power in (0, 3, 4, 6, 7, 8, 9, 12)),
    PERCENT: (Decimal("0.01"), Decimal("0.1"), Decimal("0.001"), Decimal(1)),
}
"""What one of a printed number may be worth in the canonical unit."""


def against_print(quantity: Quantity) -> Quantity:
    """The figure, marked as corrected where its source prints another one or none."""
    source = quantity.source
    if source is None or source.reading == "corrected" or _agrees(quantity, source.text):
        return quantity
    return corrected(quantity, source, " ".join(source.text.split()) or PRINTED["missing"])


def fact_against_print(text: str, figure: Quantity) -> Quantity:
    """The same of a fact. Where its words are printed, as 現状維持 in `１ 現状維持`, no number beside them is its own."""
    source = figure.source
    words = figure.unknown == "qualitative" and source is not None and word_of(text) in word_of(source.text)
    return figure if words else against_print(figure)


def sheet_against_print(sheet: Sheet) -> Sheet:
    """The sheet with every figure seen against its source."""
    found = _checked(sheet)
    assert isinstance(found, Sheet), "a sheet stays one"
    return found


def _checked(part: object) -> object:
    """A part of a sheet; the same object where nothing in it was corrected."""
    if isinstance(part, Quantity):
        return against_print(part)
    if isinstance(part, Fact):
        figure = fact_against_print(part.text, part.figure)
        return part if figure is part.figure else part.model_copy(update={"figure": figure})
    if isinstance(part, tuple):
        items = tuple(map(_checked, part))
        return items if any(new is not old for new, old in zip(items, part, strict=True)) else part
    if isinstance(part, BaseModel):
        old = {name: getattr(part, name) for name in type(part).model_fields}
        changed = {name: new for name, each in old.items() if (new := _checked(each)) is not each}
        return part.model_copy(update=changed) if changed else part
    return part


def _agrees(quantity: Quantity, text: str) -> bool:
    values = [each for each in (quantity.value, quantity.low, quantity.high) if each is not None]
    if len(text) > _LONGEST:
        return not values
    read, problems = read_quantity(text, default_unit=quantity.unit if quantity.unit in (YEN, PERCENT) else None)
    read = told_in(read, quantity.unit)
    if not values:
        # A reader may have left out what its text alone would give; a person who takes a figure away leaves it surely read.
        sure = read.value is not None and not problems and read.source is not None and read.source.reading == "stated"
        return not (sure and quantity.source is not None and quantity.source.reading == "stated")
    if [read.value] == values or [read.low, read.high] == values:
        qualified = read.qualifier is None or read.qualifier == quantity.qualifier
        return qualified and (read.unit is None or read.unit == quantity.unit)
    factors = _FACTORS.get(quantity.unit or "", (Decimal(1),))
    held = {exact.multiply(abs(number), factor) for number in _numbers(folded(text)) for factor in factors}
    return all(abs(value) in held for value in values)


def _numbers(text: str) -> Iterator[Decimal]:
    """Every numeral of a text, without its sign."""
    at = 0
    while (match := _DIGIT.search(text, at)) is not None:
        numeral = read_numeral(text, match.start())
        if numeral is not None and numeral.value is not None:
            yield numeral.value
        at = max(match.end(), numeral.end if numeral is not None else 0)
