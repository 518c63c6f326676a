"""How numbers, money and fiscal years are written (sections 5.1 to 5.4, 8.1)."""

import re
import unicodedata
from fractions import Fraction

DASHES, TILDES = "-‐‑‒–—―−－", "~〜～∼"
_SAME = {
    **dict.fromkeys(DASHES, "-"), **dict.fromkeys(TILDES, "~"),
    "≧": ">=", "≥": ">=", "≦": "<=", "≤": "<=", "≠": "!=", "\u3000": " ",
}  # fmt: skip

SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925, "大正": 1911, "T": 1911,
        "明治": 1867, "M": 1867, "FY": 0}  # fmt: skip
"""The year before the first year of each era."""

# Words that say which side of a number is meant, the longest of one beginning first.
SIDES = {
    ">=": ("以上", "から", "以降"),
    ">": ("超過", "超", "を超える", "を上回る", "より大きい"),
    "<=": ("以下", "以内", "まで", "以前"),
    "<": ("未満", "を下回る", "より小さい"),
}
SIDE_OF = {word: side for side, words in SIDES.items() for word in words}
SIDE_WORDS = "|".join(sorted(SIDE_OF, key=len, reverse=True))


def fold(text: str) -> str:
    """The text in half width, with one dash and one tilde; what stands between double quotes is kept."""
    return "".join(part if place % 2 else _fold(part) for place, part in enumerate(re.split(r'("[^"]*")', text)))


def _fold(text: str) -> str:
    def one(character: str) -> str:
        if character in _SAME:
            return _SAME[character]
        wide = "！" <= character <= "～" or "｡" <= character <= "ﾟ"
        return unicodedata.normalize("NFKC", character) if wide else character

    return "".join(map(one, text))


_DIGITS = {True: re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"), False: re.compile(r"\d+(?:\.\d+)?|\.\d+")}
_ERA = "令和|平成|昭和|大正|明治|FY"
_YEAR = {
    True: re.compile(rf"({_ERA}|[RHSTM])(\d+|元)(?:年度?)?"),
    False: re.compile(rf"({_ERA})(\d+|元)(?:年度?)?(?!\w)"),
}
"""Numbers and fiscal years, in a cell and in an expression."""

_LETTER = rf"(?!{SIDE_WORDS}|以外|かつ)[ぁ-んァ-ヶー一-龠々]"
_UNITS = rf"(%|割|倍|円|年度|(?:{_LETTER})+)"


def number_at(text: str, place: int, *, in_cell: bool) -> tuple[Fraction, str, int] | None:
    """The number that begins at a place of a folded text: its value, its unit, and where it ends; None where there is none.

    In a cell thousands may be set apart by commas, blanks may stand before the unit, and years may be short (`H24`).
    """
    if year := _YEAR[in_cell].match(text, place):
        return Fraction(ERAS[year[1]] + (1 if year[2] == "元" else int(year[2]))), "年度", year.end()
    digits = _DIGITS[in_cell]
    match = digits.match(text, place)
    if not match:
        return None
    total = section = Fraction(0)
    while match:
        current, place = Fraction(match[0].replace(",", "")), match.end()
        scaled = False
        while text[place : place + 1] in SMALL or text[place : place + 1] in LARGE:
            scaled = True
            if text[place] in SMALL:
                current *= SMALL[text[place]]
            else:
                total += (section + current) * LARGE[text[place]]
                section = current = Fraction(0)
            place += 1
        section += current
        match = digits.match(text, place) if scaled else None
    value = total + section
    unit = re.compile(rf"\s*{_UNITS}" if in_cell else _UNITS).match(text, place)
    if not unit:
        return value, "", place
    place = unit.end()
    if unit[1] == "%":
        value /= 100
    elif unit[1] == "割":
        value /= 10
        if part := re.compile(r"(\d+)分").match(text, place):
            value, place = value + Fraction(int(part[1]), 100), part.end()
    return value, unit[1], place


def number(text: str) -> tuple[Fraction, str] | None:
    """A whole text as a number as in a cell, with its unit; a sign may stand before it. None where it is no number."""
    sign = re.match(r"\s*([-△▲]?)\s*", text)
    assert sign
    found = number_at(text, sign.end(), in_cell=True)
    if found is None or text[found[2] :].strip():
        return None
    value, unit, _ = found
    return (-value if sign[1] else value), unit


def in_unit(value: Fraction, unit: str) -> Fraction:
    """A bare number in the unit of the number it stands before, as the 80 in `80~100%`."""
    return value / {"%": 100, "割": 10}.get(unit, 1)
