"""Numerals as Japanese documents print them: `1,200`, `３億２千万`, `12,345千`, `百万`, `二十四`, exactly.

A numeral is everything that can belong to it, as far as it goes. What cannot be read whole is broken: a part of it is no value.
Texts are folded before they come here (see `hyotei.base.text_folding`).
"""

from decimal import Decimal
from typing import Final, Literal

from hyotei.base import exact
from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.lazy_dataclass import dataclass
from hyotei.sheet.notes import Notes, reading_note

WHOLE_DIGITS: Final = 60
DECIMALS: Final = 30
"""Digits before and after the point that a figure may have; far beyond any figure of a policy."""

_SMALL: Final = {"十": 1, "百": 2, "千": 3}
_LARGE: Final = {"万": 4, "億": 8, "兆": 12, "京": 16}
_KANJI: Final = {digit: str(number) for number, digit in enumerate("〇一二三四五六七八九")}
LARGE: Final = "".join(_LARGE)
KANJI: Final = "".join((*_KANJI, *_SMALL, *_LARGE))
"""Kanji of which numerals are made."""

_RUN: Final = lazy_pattern(rf"(?:[0-9{KANJI}\ufffd]|[.,](?=[0-9{KANJI}])|(?<=[0-9]) (?=[十百千万億兆京]))+")
"""All that can belong to a numeral."""
_POWERS: Final = lazy_pattern(r"(?P<digits>[0-9]+(?:\.[0-9]+)?)[eE](?P<exponent>[+-]?[0-9]+)|10\^(?P<power>[0-9]+)")
_DIGITS: Final = lazy_pattern(rf"(?:[0-9]+|[0-9]{{1,3}}(?:,[0-9]{{3}})+)?(?:\.[0-9]+)?|[{''.join(_KANJI)}]+")
_SECTION: Final = lazy_pattern(rf"(?P<below>[^{LARGE}]*?) ?(?P<power>[{LARGE}]|$)")
_PART: Final = lazy_pattern(rf"(?P<digits>[0-9.,]+|[{''.join(_KANJI)}]+)? ?(?P<power>[{''.join(_SMALL)}])?")
_GROUP: Final = lazy_pattern(rf"[0-9.,]+|[{''.join(_KANJI)}]+")
_DIGIT: Final = lazy_pattern("[0-9]")
_LONGEST: Final = 4 * WHOLE_DIGITS


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral found in a text.

    Attributes:
        value: the exact value; None where there is a fault.
        end: position after the numeral.
        scale: the power of ten that follows the digits of a simple numeral (3億 -> 8), 0 without one, None in a
            compound one (3億2千万).
        kanji: whether it is written in kanji alone, and so might be part of a word.
        notes: what is unusual about the way it is written.
        fault: why it has no value: it is too large or too fine to be a figure, or its parts make no numeral.
    """

    value: Decimal | None
    end: int
    scale: int | None = 0
    kanji: bool = False
    notes: Notes = ()
    fault: Literal["too_large", "broken"] | None = None


def read_numeral(text: str, start: int = 0) -> Numeral | None:
    """The numeral without sign that begins at `start`, taken as far as it goes; None where there is none."""
    powers = _POWERS.match(text, start)
    if powers is not None:
        if powers["power"]:
            notes = reading_note("reading_notes.power_of_ten")
            return _checked(_figure("1", powers["power"]), powers.end(), notes=notes)
        notes = reading_note("reading_notes.exponent")
        return _checked(_figure(powers["digits"], powers["exponent"]), powers.end(), notes=notes)
    for zero in ("ゼロ", "零"):
        if text.startswith(zero, start):
            return Numeral(Decimal(0), start + len(zero))
    run = _RUN.match(text, start)
    if run is None:
        return None
    kanji = _DIGIT.search(run.group()) is None
    if len(run.group()) > _LONGEST:
        return Numeral(None, run.end(), kanji=kanji, fault="too_large")
    value = _value(run.group())
    if value is None:
        return Numeral(None, run.end(), kanji=kanji, fault="broken")
    powers_of = [(_SMALL | _LARGE)[sign] for sign in run.group() if sign in _SMALL or sign in _LARGE]
    simple = len(_GROUP.findall(run.group())) <= 1
    return _checked(value, run.end(), sum(powers_of) if simple else None, kanji)


def fits(value: Decimal) -> bool:
    """Whether a value has no more digits than a figure may have."""
    if not value:
        return True
    digits = exact.plain(value) if value.adjusted() < WHOLE_DIGITS else ""
    return bool(digits) and len(digits.partition(".")[2]) <= DECIMALS


def _checked(value: Decimal | None, end: int, scale: int | None = 0, kanji: bool = False, notes: Notes = ()) -> Numeral:
    if value is None or not fits(value):
        return Numeral(None, end, scale, kanji, notes, "too_large")
    return Numeral(value, end, scale, kanji, notes)


def _value(run: str) -> Decimal | None:
    """The value of a run of digits and powers; None where it is no numeral.

    Large powers (万億兆京) become smaller throughout, and what stands below one is less than it: 1万12千 is no numeral. Each has
    something before it: 万人 is no number of persons. Nothing follows decimals but a power.
    """
    total, above, decimals = Decimal(0), WHOLE_DIGITS + max(_LARGE.values()), False
    for section in _SECTION.finditer(run):
        below, sign = section["below"], section["power"]
        if not below and not sign and section.start():
            break
        power = _LARGE.get(sign, 0)
        figure = _section(below) if below and not decimals else None
        if figure is None or power >= above or (total and figure.adjusted() + power >= above):
            return None
        total, above, decimals = exact.add(total, _shift(figure, power)), power, "." in below
    return total


def _section(text: str) -> Decimal | None:
    """The value of digits and small powers (十百千), which become smaller; None where they are no numeral."""
    total, above, decimals = Decimal(0), 2 * _LONGEST, False
    at = 0
    while at < len(text):
        part = _PART.match(text, at)
        assert part is not None, "the expression may match nothing"
        digits, power = part["digits"] or "", _SMALL.get(part["power"], 0)
        if part.end() == at or decimals or (digits and not _DIGITS.fullmatch(digits)):
            return None
        figure = Decimal("".join(_KANJI.get(sign, sign) for sign in digits if sign != ",")) if digits else Decimal(1)
        if power >= above or (at and figure.adjusted() + power >= above):
            return None
        total, above, decimals = exact.add(total, _shift(figure, power)), power, "." in digits
        at = part.end()
    return total


def _shift(value: Decimal, power: int) -> Decimal:
    return exact.multiply(value, Decimal(10**power))


def _figure(digits: str, exponent: str = "0") -> Decimal | None:
    """The value of plain digits; None where there are too many, told before anything large is computed."""
    plain = digits.replace(",", "")
    if len(plain) > _LONGEST or len(exponent) > 4:
        return None
    value = Decimal(f"{plain}e{exponent}")
    return value if fits(value) else None
