"""Numbers of published data as exact decimals, from the literal text of the file and never through a float."""

import json
import re
from decimal import Decimal
from typing import Final, NamedTuple

from hyotei.base import exact
from hyotei.sheet.numerals import fits
from hyotei.sheet.units import FigureUnit

# A literal of JSON or of a CSV cell; what is longer, or has an exponent of more than two digits, is no figure of a policy.
_LITERAL: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?")
_LONGEST: Final = 90
_SHORT: Final = 30
_MOST_KEPT: Final = 100_000

DECODER: Final = json.JSONDecoder(parse_float=str, parse_constant=str)
"""Reads JSON with fractions as their text; `NaN` and `Infinity` become texts that are no literals."""


# A backslash with its character, a pair of surrogates, or one alone.
_SURROGATES: Final = re.compile(r"\\(?:[^u]|u[dD][89abAB]..\\u[dD][c-fC-F]..|u[dD][89a-fA-F]..)")


def without_lone_surrogates(text: str) -> str:
    r"""JSON in which half a character, such as `\ud800`, is U+FFFD: a text that holds one cannot be written anywhere."""
    return _SURROGATES.sub(lambda match: "\\ufffd" if len(match[0]) == 6 else match[0], text)


class Literal(NamedTuple):
    """A literal: its text, its exact value in the canonical unit, and that value rounded to a whole number."""

    text: str
    value: Decimal
    whole: int


class Literals(dict[object, Literal]):
    """The literals of one unit, each read when it is first looked up, because data sets repeat them by the hundred thousand.

    Looking one up raises `KeyError` where it is no figure, and `TypeError` where it cannot even be a key.
    """

    def __init__(self, unit: FigureUnit) -> None:
        super().__init__()
        self.unit = unit
        zeros = exact.plain(unit.factor)
        self.shift = len(zeros) - 1 if zeros.strip("0") == "1" and zeros[0] == "1" else None
        """By how many places the unit moves the point, where it is a power of ten."""

    def __missing__(self, raw: object) -> Literal:
        text = literal(raw)
        if text is None or len(text) > _LONGEST or _LITERAL.fullmatch(text) is None:
            raise KeyError(raw)
        digits, _, decimals = text.partition(".")
        decimals = decimals.rstrip("0")
        if (
            self.shift is not None
            and len(text) <= _SHORT
            and len(decimals) <= self.shift
            and "e" not in text
            and "E" not in text
        ):
            # Amounts of money and whole numbers: the point is moved in the text itself.
            whole = int(digits + decimals + "0" * (self.shift - len(decimals)))
            found = Literal(text, Decimal(whole), whole)
        else:
            value = exact.multiply(Decimal(text), self.unit.factor)
            if not fits(value):
                raise KeyError(raw)
            plain = Decimal(exact.plain(value))
            found = Literal(text, plain, int(exact.round_to(plain, 0, "half_even")))
        if len(self) >= _MOST_KEPT:
            self.clear()
        if type(raw) is str:  # 1 and True are one key
            self[raw] = found
        return found

    def find(self, raw: object) -> Literal | None:
        """The literal, or None where it is none."""
        try:
            return self[raw]
        except (KeyError, TypeError):
            return None


def literal(value: object) -> str | None:
    """The text of a number that `DECODER` read; None where it is none."""
    if type(value) is str:
        return value
    return str(value) if type(value) is int and abs(value) < 10**_LONGEST else None
