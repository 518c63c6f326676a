"""How finely an amount is told: a budget printed in whole millions may be off by half a million."""

from decimal import Decimal
from typing import Final

from hyotei.base.exact import divide, plain, whole
from hyotei.base.text_folding import folded
from hyotei.sheet.models import Quantity
from hyotei.sheet.numerals import read_numeral

_ONE: Final = Decimal(1)
_STEPS: Final = (Decimal(1_000_000), Decimal(1_000))
"""In what amounts are rounded before they are printed: millions and thousands of yen."""


def step_of(amount: Quantity) -> Decimal:
    """The step in which an amount in yen is told: the unit it is printed in, by the decimals printed there.

    An amount written out in yen whose last digits are zeros is taken to be rounded to thousands or millions, as forms ask for it.
    An amount of zero is exact. The printed text decides where it is a number of which the amount is a whole multiple.

    Raises:
        AssertionError: the amount is unknown.
    """
    value = amount.value
    assert value is not None, "only known amounts have a step"
    if not value:
        return _ONE
    printed = None if amount.source is None else _number(amount.source.text)
    if printed:
        unit = divide(value.copy_abs(), printed.copy_abs())
        if unit > _ONE and whole(unit):
            decimals = plain(printed).partition(".")[2]
            return max(unit.scaleb(-len(decimals)), _ONE)
    return next((step for step in _STEPS if not value % step), _ONE)


def _number(text: str) -> Decimal | None:
    """The number that a printed amount begins with, without the word for its unit."""
    stripped = folded(text).strip().lstrip("△▲-")
    digits = stripped[: next((at for at, sign in enumerate(stripped) if sign not in "0123456789,."), len(stripped))]
    found = read_numeral(digits) if digits else None
    return None if found is None else found.value
