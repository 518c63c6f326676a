"""Quantities as text in the one form that reads back as the same quantity."""

from decimal import Decimal

from hyotei.base import exact
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import Quantity
from hyotei.sheet.quantity_words import PRINTED
from hyotei.sheet.units import PERCENT

_HUNDRED = Decimal(100)


def print_quantity(quantity: Quantity) -> str:
    """The quantity in words: `約1,200人【平成24年度】`, `80～90%`, `集計中`.

    Reading the result gives the quantity back, its source aside. The words of a qualitative figure are in its source;
    here it is only said to be one.
    """
    if quantity.low is not None and quantity.high is not None:
        body = f"{print_figure(quantity.low, quantity.unit)}～{print_figure(quantity.high, quantity.unit)}"
        body = _qualified(body + _suffix(quantity.unit), quantity.qualifier)
    elif quantity.value is not None:
        body = _qualified(print_figure(quantity.value, quantity.unit) + _suffix(quantity.unit), quantity.qualifier)
    else:
        assert quantity.unknown is not None, "a quantity without a value says why"
        body = PRINTED[quantity.unknown]
    return body if quantity.fiscal_year is None else f"{body}【{print_fiscal_year(quantity.fiscal_year)}】"


def says_anything(quantity: Quantity) -> bool:
    """Whether a quantity is worth a word: it has a value or a reason, or more than the unit that all money has."""
    told = quantity.qualifier is not None or quantity.fiscal_year is not None or quantity.unit not in (None, "円")
    return quantity.unknown != "missing" or told


def print_figure(value: Decimal, unit: str | None = None) -> str:
    """The bare digits in groups of three; a ratio as its percentage, without the sign for percent."""
    plain = exact.plain(exact.multiply(value, _HUNDRED) if unit == PERCENT else value)
    whole, point, decimals = plain.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.removeprefix("-")
    head = len(digits) % 3
    groups = ([digits[:head]] if head else []) + [digits[at : at + 3] for at in range(head, len(digits), 3)]
    return sign + ",".join(groups) + point + decimals


def _suffix(unit: str | None) -> str:
    return unit or ""


def _qualified(body: str, qualifier: str | None) -> str:
    return f"約{body}" if qualifier == "約" else body + (qualifier or "")
