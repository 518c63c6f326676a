"""What a spreadsheet keeps exactly as a number, and which texts it might take for something else."""

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from hyotei.document.cells import NUMBERS, Cell, Column, Kind

LONGEST: Final = 32_000
"""Characters of a cell at most; Excel's limit is 32,767."""
FORMATS: Final[dict[Kind, str]] = {
    "number": "General", "money": "#,##0", "ratio": "0.0#######%", "year": "0", "text": "@", "figure": "@", "code": "@",
    "grade": "@",
}  # fmt: skip
"""How the numbers of each kind of column are shown."""
_DIGITS: Final = 15
"""Significant digits that every spreadsheet keeps."""
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def looks_active(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula."""
    return text.startswith(_ACTIVE)


def exact_in_excel(number: Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of a number."""
    digits, exponent = number.normalize().as_tuple()[1:]
    return len(digits) <= _DIGITS and isinstance(exponent, int) and -_DIGITS * 2 <= exponent <= _DIGITS


def excel_number(cell: Cell, column: Column) -> str | None:
    """The digits of a cell that is a number in a spreadsheet; None for one that is a text there.

    A year that is shown as an era, and a number that has more digits than a spreadsheet keeps, are texts.
    """
    value = cell.value
    if (
        value is None
        or isinstance(value, str)
        or not (column.kind in NUMBERS or (column.kind == "year" and not cell.shown))
    ):
        return None
    number = _decimal(value)
    return format(number, "f") if number is not None and exact_in_excel(number) else None


def _decimal(value: int | Decimal | Fraction) -> Decimal | None:
    """The same number as a decimal, if it has one that is short enough."""
    with localcontext() as context:
        context.prec = 2 * _DIGITS
        of = Fraction(value)
        found = Decimal(of.numerator) / Decimal(of.denominator)
        return found if Fraction(found) == of else None
