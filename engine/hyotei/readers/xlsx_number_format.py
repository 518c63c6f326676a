"""What a cell of a workbook shows: its number as its format prints it, exactly and without a float."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.sheet.notes import Notes, reading_note

DIGITS: Final = 15
"""Significant digits with which workbooks reckon; what a file holds beyond them is noise of binary fractions."""
_LONGEST: Final = 40
_LARGEST: Final = 60
"""Powers of ten between which a number is read."""
_LONGEST_CODE: Final = 255
"""Characters of a format in a workbook; of a longer one nothing is believed."""
_EXACT: Final = Context(prec=2 * _LARGEST + 4 * _LONGEST_CODE)
"""Digits enough for any number with the decimals and percent signs of any format, so that rounding is never refused."""

BUILTIN: Final = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0', 6: '"¥"#,##0', 7: '"¥"#,##0.00', 8: '"¥"#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'ggge"年"m"月"d"日"',
    28: 'ggge"年"m"月"d"日"', 29: 'ggge"年"m"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"', 34: 'yyyy"年"m"月"', 35: 'm"月"d"日"', 36: "ge.m.d", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: "#,##0", 42: '"¥"#,##0', 43: "#,##0.00", 44: '"¥"#,##0.00', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: "ge.m.d", 51: 'ggge"年"m"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'ggge"年"m"月"d"日"',
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: "ge.m.d", 58: 'ggge"年"m"月"d"日"',
}  # fmt: skip
"""Formats that a workbook names by number only, as the Japanese edition shows them."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)|(?P<percent>%)|(?P<general>General|標準)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_DATE: Final = re.compile(r"[ymdhsge]|AM/PM", re.IGNORECASE)
_EXPONENT: Final = re.compile(r"[0#?][eE][+-]")
_MINUS: Final = re.compile("[-△▲]")
_CONDITION: Final = re.compile(r"[<>=]")
_DATE_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[[^\]]*\]|_.|\*.|(?P<field>g+|e+|y+|m+|d+|h+|s+|a+m?/?p*m?)|(?P<other>.)',
    re.IGNORECASE | re.DOTALL,
)
_ERAS: Final = ((date(2019, 5, 1), "令和", "R"), (date(1989, 1, 8), "平成", "H"), (date(1926, 12, 25), "昭和", "S"))


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A text as shown; and, where it is not the whole of what the cell holds, why not."""

    text: str
    notes: Notes = ()


def shown(literal: str, code: str, *, from_1904: bool = False) -> ShownCell:
    """What a cell shows that holds the number `literal` in the format `code`."""
    if len(literal) > _LONGEST:
        return ShownCell(literal)
    return _shown(literal, code if len(code) <= _LONGEST_CODE else "General", from_1904)


@lru_cache(20_000)
def _shown(literal: str, code: str, from_1904: bool) -> ShownCell:
    """The same for a short number: workbooks hold the same small ones again and again."""
    value = _decimal(literal)
    if value is None:
        return ShownCell(literal)
    exact = _without_noise(value)
    noise: Notes = (
        ()
        if exact == value or _binary(value) == _binary(exact)  # 87.4 is written as 87.400000000000006
        else reading_note("reading_notes.rounded_to_precision", value=literal, digits=DIGITS)
    )
    sections = _sections(code)
    if _is_date(sections[0]):
        return _date(exact, sections[0], from_1904)
    section, magnitude = _section(sections, exact)
    if section is None:
        return ShownCell(_general(exact), noise)
    text, held = _number(section, magnitude)
    if magnitude != exact and text and not _MINUS.search(text):
        # （5） or a red 5: a reader of the text alone would lose the sign.
        return ShownCell(f"-{re.sub('[()（）]', '', text)}", reading_note("reading_notes.negative_shown", text=text))
    if held is None:
        return ShownCell(text, noise)
    notes = () if held == magnitude else reading_note("reading_notes.rounded_as_shown", value=plain_number(value))
    return ShownCell(text, notes or noise)


def _decimal(literal: str) -> Decimal | None:
    try:
        value = Decimal(literal)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < _LARGEST else None


def _without_noise(value: Decimal) -> Decimal:
    """The value to 15 significant digits."""
    if len(value.as_tuple().digits) <= DIGITS or value == 0:
        return value
    return value.quantize(Decimal((0, (1,), value.adjusted() - DIGITS + 1)), ROUND_HALF_UP, _EXACT).normalize()


def _binary(value: Decimal) -> Fraction:
    """The number with 53 binary digits that is nearest, of two the even one: what a workbook holds (IEEE 754, binary64)."""
    exact = Fraction(value)
    if not exact:
        return exact
    digits = abs(exact.numerator).bit_length() - exact.denominator.bit_length()
    if abs(exact) < Fraction(2) ** digits:
        digits -= 1
    last = Fraction(2) ** (digits - 52)
    return round(exact / last) * last


def plain_number(value: Decimal) -> str:
    """A number without a power of ten and without zeros at its end."""
    return f"{value.normalize():f}" if value else "0"


def _general(value: Decimal) -> str:
    return plain_number(value)


def _sections(code: str) -> list[str]:
    """The sections of a format: for positive, negative and zero numbers, and for texts."""
    found = [""]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            found.append("")
        else:
            found[-1] += match.group()
    return found


def _is_date(section: str) -> bool:
    return _EXPONENT.search(section) is None and (
        any(match["other"] is not None and _DATE.match(match["other"]) for match in _TOKEN.finditer(section))
        or re.search(r"\[(?:h+|m+|s+)\]", section, re.IGNORECASE) is not None
    )


def _section(sections: list[str], value: Decimal) -> tuple[str | None, Decimal]:
    """The section for a number, and the number it prints: of a negative one with a section of its own, the amount."""
    conditions = [
        match["bracket"]
        for each in sections
        for match in _TOKEN.finditer(each)
        if match["bracket"] and _CONDITION.match(match["bracket"])
    ]
    if conditions:
        return None, value
    numeric = sections[:3]
    if value < 0 and len(numeric) > 1:
        return numeric[1], abs(value)
    if value == 0 and len(numeric) > 2:
        return numeric[2], value
    return numeric[0], value


def _number(section: str, value: Decimal) -> tuple[str, Decimal | None]:
    """What a section prints, and the value that this is; no value where it prints the number in full or not at all."""
    tokens = list(_TOKEN.finditer(section))
    digits = [match for match in tokens if match["digits"]]
    if any(match["general"] for match in tokens) or "@" in section:
        text = "".join(_literal(match, _general(value)) for match in tokens)
        return text.strip(), None
    if len(digits) != 1 or _EXPONENT.search(section) or any(match["other"] == "/" for match in tokens):
        if not digits:
            # A section such as "－" prints no number.
            text = "".join(_literal(match, "") for match in tokens).strip()
            return text, None
        return _general(value), None
    pattern = digits[0]["digits"]
    whole, _, fraction = pattern.rstrip(",").partition(".")
    scale = 3 * (len(pattern) - len(pattern.rstrip(",")))
    percent = 2 * sum(1 for match in tokens if match["percent"])
    scaled = value.scaleb(percent - scale, _EXACT)
    rounded = scaled.quantize(Decimal((0, (1,), -len(fraction))), ROUND_HALF_UP, _EXACT)
    amount = f"{abs(rounded):,f}" if "," in whole else f"{abs(rounded):f}"
    if fraction:
        least = fraction.count("0")
        head, _, tail = amount.partition(".")
        kept = tail[:least] + tail[least:].rstrip("0")
        amount = f"{head}.{kept}" if kept else head
    zeros = whole.count("0")
    if zeros > 1 and "," not in whole:
        head, dot, tail = amount.partition(".")
        amount = head.zfill(zeros) + dot + tail
    printed = "".join(_literal(match, amount) for match in tokens).strip()
    sign = "-" if rounded < 0 else ""
    return sign + printed, rounded.scaleb(scale - percent, _EXACT)


def _literal(match: re.Match[str], number: str) -> str:
    """What one piece of a section prints."""
    if match["quoted"] is not None:
        return match["quoted"]
    if match["digits"] or match["general"] or match["other"] == "@":
        return number
    for name in ("escaped", "currency", "percent", "other"):
        if match[name] is not None:
            return match[name]
    return ""


def _date(value: Decimal, section: str, from_1904: bool) -> ShownCell:
    """A date as its format shows it. Where it shows nothing but a year, that is what it says."""
    days = int(value)
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    try:
        day = start + timedelta(days=days)
    except (OverflowError, ValueError):
        return ShownCell(_general(value))
    if not from_1904 and days < 61:  # before the 29 February 1900 that never was
        day += timedelta(days=1)
    text = ""
    timed = False
    for match in _DATE_TOKEN.finditer(section):
        if match["quoted"] is not None:
            text += match["quoted"]
        elif match["escaped"] is not None:
            text += match["escaped"]
        elif match["field"] is not None:
            part, known = _field(match["field"].lower(), day)
            timed = timed or not known
            text += part
        elif match["other"] is not None:
            text += match["other"]
    if timed:
        return ShownCell(f"{day.year}/{day.month}/{day.day}")
    return ShownCell(text.strip())


def _field(field: str, day: date) -> tuple[str, bool]:
    """One field of a date; False for times of the day and names, which no figure of a sheet is."""
    begin, name, letter = next((each for each in _ERAS if day >= each[0]), (date(1912, 7, 30), "大正", "T"))
    if field[0] == "g":
        return {1: letter, 2: name[0]}.get(len(field), name), True
    if field[0] == "e":
        number = str(day.year - begin.year + 1)
        return (number.zfill(2) if len(field) > 1 else number), True
    if field[0] == "y":
        return (f"{day.year % 100:02d}" if len(field) < 3 else str(day.year)), True
    if field[0] == "m" and len(field) < 3:
        return (f"{day.month:02d}" if len(field) > 1 else str(day.month)), True
    if field[0] == "d" and len(field) < 3:
        return (f"{day.day:02d}" if len(field) > 1 else str(day.day)), True
    return "", False
