"""Numerals as Japanese documents print them: `1,200`, `３億２千万`, `12,345千`, `百万`, `二十四`, exactly.

Texts are folded before they come here (see `hyotei.base.fold`).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hyotei.base import exact

WHOLE_DIGITS: Final = 60
DECIMALS: Final = 30
"""Digits before and after the point that a figure may have; far beyond any figure of a policy."""

_SMALL: Final = {"十": 1, "百": 2, "千": 3}
_LARGE: Final = {"万": 4, "億": 8, "兆": 12, "京": 16}
_KANJI: Final = {digit: str(number) for number, digit in enumerate("〇一二三四五六七八九")}

_ARABIC: Final = re.compile(r"[0-9](?:[0-9]|,(?=[0-9]))*(?:\.[0-9]+)?|\.[0-9]+")
_EXPONENT: Final = re.compile(r"[eE]([+-]?[0-9]+)")
_POWER_OF_TEN: Final = re.compile(r"10\^([0-9]+)")
_KANJI_DIGITS: Final = re.compile(f"[{''.join(_KANJI)}]+")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_MULTIPLIER: Final = re.compile(r" ?([十百千万億兆京])")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral found in a text.

    Attributes:
        value: the exact value; None where it is too large or too fine to be a figure.
        end: position after the numeral.
        scale: the power of ten that follows the digits of a simple numeral (3億 -> 8), 0 without one, None in a
            compound one (3億2千万).
        kanji: whether it is written in kanji alone, and so might be part of a word.
        note: what is unusual about the way it is written.
    """

    value: Decimal | None
    end: int
    scale: int | None = 0
    kanji: bool = False
    note: str | None = None


def read_numeral(text: str, start: int = 0) -> Numeral | None:
    """The numeral without sign that begins at `start`, taken as far as it goes; None where there is none."""
    first = _ARABIC.match(text, start)
    if first is not None:
        return _arabic(text, first)
    if text.startswith("ゼロ", start) or text.startswith("零", start):
        return Numeral(Decimal(0), start + (2 if text[start] == "ゼ" else 1))
    if start < len(text) and (text[start] in _KANJI or text[start] in _SMALL or text[start] in _LARGE):
        compound = _compound(text, start, _KANJI_DIGITS)
        return None if compound is None else Numeral(compound.value, compound.end, compound.scale, kanji=True)
    return None


def fits(value: Decimal) -> bool:
    """Whether a value has no more digits than a figure may have."""
    if not value:
        return True
    digits = exact.plain(value) if value.adjusted() < WHOLE_DIGITS else ""
    return bool(digits) and len(digits.partition(".")[2]) <= DECIMALS


def _arabic(text: str, first: re.Match[str]) -> Numeral:
    exponent = _EXPONENT.match(text, first.end())
    if exponent is not None:
        value = _figure(first.group(), exponent.group(1))
        return Numeral(value, exponent.end(), note="指数表記を読んだ")
    power = _POWER_OF_TEN.match(text, first.start())
    if power is not None:
        return Numeral(_figure("1", power.group(1)), power.end(), note="10の累乗を読んだ")
    compound = _compound(text, first.start(), _ARABIC)
    if compound is None:
        return Numeral(_figure(first.group()), first.end())
    if "," in first.group() and not _GROUPED.fullmatch(first.group()):
        return Numeral(compound.value, compound.end, compound.scale, note="桁区切りが三桁ごとではない")
    return compound


def _compound(text: str, start: int, digits: re.Pattern[str]) -> Numeral | None:
    """Digits and multipliers in turn; each kind of multiplier may only become smaller. None where that is violated."""
    total, section, current = Decimal(0), Decimal(0), None
    smallest_large, smallest_small = 99, 99
    at, parts, scale = start, 0, 0
    section_begun = False
    while True:
        if current is None and (found := digits.match(text, at)):
            current = _figure("".join(_KANJI.get(sign, sign) for sign in found.group()))
            if current is None:
                return Numeral(None, found.end())
            at, parts = found.end(), parts + 1
            continue
        multiplier = _MULTIPLIER.match(text, at)
        if multiplier is None:
            break
        sign = multiplier.group(1)
        if sign in _SMALL:
            power = _SMALL[sign]
            if power >= smallest_small:
                return None
            smallest_small = power
            section_begun = True
            section = exact.add(section, _shift(Decimal(1) if current is None else current, power))
        else:
            power = _LARGE[sign]
            if current is None and not section_begun and at > start:
                return None
            if power >= smallest_large:
                return None
            smallest_large, smallest_small = power, 99
            section = exact.add(section, current or Decimal(0))
            total = exact.add(total, _shift(section if at > start else Decimal(1), power))
            section, section_begun = Decimal(0), False
        scale += power
        current, at = None, multiplier.end()
    if at == start:
        return None
    value = exact.add(total, exact.add(section, current or Decimal(0)))
    return Numeral(value if fits(value) else None, at, scale if parts <= 1 else None)


def _shift(value: Decimal, power: int) -> Decimal:
    return exact.multiply(value, Decimal(10**power))


def _figure(digits: str, exponent: str = "0") -> Decimal | None:
    """The value of plain digits; None where there are too many, told before anything large is computed."""
    plain = digits.replace(",", "")
    if len(plain) > 4 * WHOLE_DIGITS or len(exponent) > 4:
        return None
    value = Decimal(f"{plain}e{exponent}")
    return value if fits(value) else None
