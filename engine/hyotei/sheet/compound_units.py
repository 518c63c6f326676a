"""Numbers in two or more units, as one number in the smallest: 2時間30分 is 150分, 2時間半 too."""

from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.sheet.notes import Notes, reading_note
from hyotei.sheet.number_reading import BrokenError, Number, read_number

_MONTHS: Final = {"か月": 12, "カ月": 12, "ヶ月": 12, "ヵ月": 12, "ケ月": 12, "箇月": 12}
_DAYS: Final = {"日": 7, "日間": 7}
_HOURS: Final = {"時間": 24}
SMALLER: Final[dict[str, dict[str, int]]] = {
    "年": _MONTHS, "年間": _MONTHS, "か年": _MONTHS, "カ年": _MONTHS, "ヶ年": _MONTHS,
    "週": _DAYS, "週間": _DAYS, "日": _HOURS, "日間": _HOURS, "時間": {"分": 60}, "分": {"秒": 60},
    "円": {"銭": 100}, "km": {"m": 1000}, "m": {"cm": 100}, "kg": {"g": 1000}, "t": {"kg": 1000},
}  # fmt: skip
"""How many of a smaller unit one of a unit is."""
_HALF: Final = lazy_pattern("半(?:以上|以下|以内|未満|程度|超|$|[ (【])")
_HALVES: Final = {"年": "か月", "年間": "か月", "日": "時間", "時間": "分", "分": "秒"}


def with_smaller_units(plain: str, first: Number) -> Number:
    """The number together with what follows it in smaller units; the number itself where nothing does.

    Raises:
        BrokenError: what follows is no part of the unit before it: 2時間70分, 5年3月.
    """
    number = first
    while (smaller := SMALLER.get(number.unit or "")) is not None:
        half = _HALF.match(plain, number.end)
        if half is not None and number.unit in _HALVES:
            unit = _HALVES[number.unit]
            value = exact.multiply(exact.add(number.digits, Decimal("0.5")), Decimal(smaller[unit]))
            return _joined(
                number, value, unit, number.end + 1, number.notes + reading_note("reading_notes.half", unit=unit)
            )
        at = number.end + (1 if plain.startswith(" ", number.end) else 0)
        if not plain[at : at + 1].isdigit():
            break
        second = read_number(plain, at)
        if second is None or second.signed or second.unit not in smaller:
            raise BrokenError
        ratio = Decimal(smaller[second.unit])
        if (
            number.digits != exact.round_to(number.digits, 0, "floor")
            or not 0 <= second.digits < ratio
            or number.signed
        ):
            raise BrokenError
        value = exact.add(exact.multiply(number.digits, ratio), second.digits)
        number = _joined(number, value, second.unit, second.end, number.notes + second.notes)
    return number


def _joined(first: Number, value: Decimal, unit: str, end: int, notes: Notes) -> Number:
    return Number(value, first.numeral, end, unit, Decimal(1), first.signed, notes)
