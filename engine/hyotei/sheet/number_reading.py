"""A number of a figure: sign, numeral and unit, in the canonical unit, or the word that it cannot be read whole."""

from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.lazy_dataclass import dataclass
from hyotei.sheet import quantity_words as words
from hyotei.sheet.notes import Notes, reading_note
from hyotei.sheet.numerals import KANJI, Numeral, fits, read_numeral
from hyotei.sheet.units import HUNDREDTH, PERCENT, YEN, canonical_name, compared, known, ratio

_SIGN: Final = lazy_pattern(rf"(マイナス|プラス|[-+△▲])\s*(?=[0-9.{KANJI}])")
_YEN_SIGN: Final = lazy_pattern(r"[¥\\]\s*(?=[0-9])")
_PARTS_OF_TEN: Final = lazy_pattern(r"割(?:([0-9])分)?(?:([0-9])厘)?")
_UNIT_RUN: Final = lazy_pattern(
    r"(?:(?![ぁ-ゖ\ufffd])[^\W\d_]|[/%‰°])+(?:(?<=[A-Za-z])[23](?![0-9]))?"
    r"(?:/(?:(?![ぁ-ゖ])[^\W\d_])+(?:(?<=[A-Za-z])[23](?![0-9]))?)?"
)
_SPELLED_UNITS: Final = lazy_pattern(
    "[かカ]?国・地域|か国語?|か所|か月分?|か年|つ|パーセント(?!ポイント)|[kKM]?(?:[tg]|トン)-?CO[2₂](?:eq|e)?(?:/[年月日])?"
)
_NO_UNIT: Final = lazy_pattern(r"[eE][0-9]?$|[十百千万億兆京第]|.*[^\W\d_²³₂₃O][0-9].|.*[①-⑳½¼¾⁰¹⁴-⁹]")
_QUALIFIER_IN_RUN: Final = lazy_pattern("以上|以下|以内|未満|程度|前後|超え|超$|等$|(?<=.)超(?=[(【])")
_COMPARISON: Final = lazy_pattern(r"\((?P<base>(?:前|基準)[^()比]{1,6})比(?P<change>の増減)?\)")
_PART_OF_NUMBER: Final = lazy_pattern(rf"[{KANJI}]|(?<![A-Za-z])[²³₂₃]")
_OKURIGANA: Final = lazy_pattern("[りくきらぎけげみめしせれいっさえま]")
"""How a word goes on that begins in kanji: 100件限り, 100件足らず. What is joined to a unit as a part of such a word is no unit."""
_LONGEST_UNIT: Final = 6
"""Letters of a unit that is in no list: what is longer is words, of which the number is a part (3次元データ整備)."""


@dataclass(slots=True)
class Number:
    """A signed numeral with its unit; `digits` times `factor` is the value in the canonical unit."""

    digits: Decimal
    numeral: Numeral
    end: int
    unit: str | None = None
    factor: Decimal = Decimal(1)
    signed: bool = False
    notes: Notes = ()

    @property
    def value(self) -> Decimal:
        return exact.multiply(self.digits, self.factor)


class TooLargeError(Exception):
    """A numeral beyond what a figure can be."""


class BrokenError(Exception):
    """Digits that stand together and make no numeral."""


def read_number(plain: str, start: int) -> Number | None:
    """The number with its sign and unit that begins at `start`; None where there is none.

    Raises:
        TooLargeError: its numeral is beyond what a figure can be.
        BrokenError: its digits make no numeral, or its unit does not end.
    """
    at, negative = start, False
    rank = plain.startswith("第", at)
    if rank:
        at += 1
    yen = _YEN_SIGN.match(plain, at)
    if yen is not None:
        at = yen.end()
    sign = _SIGN.match(plain, at)
    if sign is not None:
        negative, at = sign.group(1) not in ("+", "プラス"), sign.end()
    numeral = read_numeral(plain, at)
    if numeral is None:
        return None
    if numeral.fault == "too_large":
        raise TooLargeError
    if numeral.value is None:
        raise BrokenError
    digits = exact.subtract(Decimal(0), numeral.value) if negative else numeral.value
    number = Number(digits, numeral, numeral.end, signed=sign is not None)
    number.notes += numeral.notes
    if yen is not None:
        number.unit = YEN
        number.end += 1 if plain.startswith(YEN, number.end) else 0
    else:
        _read_unit(plain, number)
        _read_comparison(plain, number)
    if rank and number.unit != "位":
        return None
    if not fits(number.value):
        raise TooLargeError
    return number


def _read_unit(plain: str, number: Number) -> None:
    """The unit that follows the numeral, if one does; money and ratios are converted."""
    at = number.end + (1 if plain.startswith(" ", number.end) else 0)
    parts = _PARTS_OF_TEN.match(plain, at)
    if parts is not None:
        number.digits = exact.add(number.digits, Decimal(f"0.{parts.group(1) or 0}{parts.group(2) or 0}"))
        number.unit, number.factor, number.end = PERCENT, Decimal("0.1"), parts.end()
        return
    run = _SPELLED_UNITS.match(plain, at) or _UNIT_RUN.match(plain, at)
    if run is None:
        return
    name = run.group().replace("パーセントポイント", "%ポイント")
    cut = _QUALIFIER_IN_RUN.search(name)
    if cut is not None:
        name = name[: cut.start()]
    share = ratio("パーセント" if name == "パーセント" else name[:1]) if not name.startswith("%ポイント") else None
    canonical = canonical_name(name)
    if share is not None:
        number.unit, number.factor = share.name, share.factor
        number.end = at + (len(name) if name == "パーセント" else 1)
    elif name.startswith(YEN) and not known(canonical):
        number.unit, number.end = YEN, at + 1
    elif known(canonical):
        number.unit, number.end = canonical, at + (run.end() - at if cut is None else cut.start())
    elif name:
        _read_uncommon_unit(plain, name, at, number)


def _read_comparison(plain: str, number: Number) -> None:
    """The word in brackets for what a ratio is compared with, as it is printed by this program: 103.5%(前年比)."""
    found = _COMPARISON.match(plain, number.end)
    unit = compared(number.unit, found["base"], found["change"] is not None) if found is not None else None
    if found is not None and unit is not None and number.factor in (1, HUNDREDTH):
        number.unit, number.factor, number.end = unit, Decimal(1), found.end()


def _read_uncommon_unit(plain: str, name: str, at: int, number: Number) -> None:
    """A unit that is not in the list: taken as printed, unless it is a known one with words joined to it."""
    beginning = max((name[:size] for size in range(1, len(name)) if known(name[:size])), key=len, default="")
    joined = name[len(beginning) :]
    if beginning and (words.DONE.match(joined) or words.CHANGE.match(joined)):
        number.unit, number.end = beginning, at + len(beginning)
        return
    if beginning and joined.startswith("半"):
        number.unit, number.end = beginning, at + len(beginning)
        return
    if beginning and beginning.isascii() and joined and not joined[0].isascii():
        raise BrokenError  # 5GHz帯
    if _NO_UNIT.match(name) or not name[0].isalpha() or words.CHANGE.match(name):
        return
    if (
        _PART_OF_NUMBER.search(joined)
        or name[-1].isdigit()  # a digit is of the unit only where the unit is known: m2, not A3
        or len(name) > _LONGEST_UNIT
        or words.ALTERED.match(joined)
        or words.ALTERED.search(name)
        or (joined and _OKURIGANA.match(plain, at + len(name)))
        or name[0] in "数何"  # 30数件 is more than thirty, and nobody knows by how much
    ):
        raise BrokenError
    number.unit, number.end = canonical_name(name), at + len(name)
    if beginning and beginning != number.unit:
        number.notes += reading_note("reading_notes.unit_not_listed", unit=name)
