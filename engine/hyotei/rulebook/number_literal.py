"""A number as it stands in a rule, with all that belongs to it: grouping, powers of ten, sign of ratio, 円, a counter.

A number is read as a Japanese reader reads it, or told back: what stands right after it is either understood or an error.
"""

import re
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

from hyotei.base import exact
from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import phrase
from hyotei.rulebook.cell_words import AFTER_NUMBER
from hyotei.rulebook.number_words import COUNTER, COUNTERS, PERCENT, POWERS, UNIT, UNITS
from hyotei.rulebook.syntax import WrittenDimension
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.sheet.fiscal_year import era_year

MOST_DIGITS: Final = 24
_DIGITS = lazy_pattern(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
_RUN = lazy_pattern(r"\d+(?:,\d+)+(?:\.\d+)?")
_GROUPED = lazy_pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_OTHER_COMMA = lazy_pattern(r"\d{1,3}(?:、\d{3})+(?!\d)|\d+・\d+")
_POWER = lazy_pattern(r"\s?(" + "|".join(sorted(POWERS, key=len, reverse=True)) + ")")
_NEXT_DIGITS = lazy_pattern(r"\s?(?=\d)")
_PERCENT = lazy_pattern(r"\s?(?:" + "|".join(PERCENT) + ")")
_TENTHS = lazy_pattern(r"\s?割(?:(\d)分)?(?:(\d)厘)?")
_WORD = lazy_pattern(r"[^\W\d_]+")
_KEYWORDS: Final = frozenset({"and", "or", "then", "else", "in", "between"})
_YEARS: Final = range(1868, 2201)


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """The value of a literal, what is written after its digits, and where it ends."""

    value: Decimal
    dimension: WrittenDimension | None
    end: int


def number_literal(text: str, start: int, in_cell: bool, era: str | None = None) -> NumberLiteral:
    """The number whose first digit is `text[start]`. Only in cells `,` sets thousands apart.

    `era` is that of the year from which a span of years runs to this number: 平成23~25年度.
    Raises SyntaxProblem, with positions in `text`, where the number or what follows it cannot be understood.
    """
    value, end, powers = _amount(text, start, in_cell)
    dimension: WrittenDimension | None = None
    if found := _PERCENT.match(text, end):
        return _ended(text, start, NumberLiteral(exact.multiply(value, Decimal("0.01")), "ratio", found.end()))
    if not powers and (found := _TENTHS.match(text, end)):
        tenths = exact.total(
            exact.multiply(Decimal(part), Decimal(unit))
            for part, unit in ((value, "0.1"), (found[1] or 0, "0.01"), (found[2] or 0, "0.001"))
        )
        return _ended(text, start, NumberLiteral(tenths, "ratio", found.end()))
    for word, meant in (("円", "money"), ("倍", "times")):
        if text.startswith(word, _blank(text, end)):
            dimension = "money" if meant == "money" else "times"
            return _ended(text, start, NumberLiteral(value, dimension, _blank(text, end) + 1))
    unit = _blank(text, end)
    if text.startswith("年度", unit):
        return _year(text, start, unit + 2, value, era)
    if text.startswith("年", unit) and value in _YEARS and ends_word(text, unit + 1):
        raise SyntaxProblem("HY405", (start, unit + 1), text=text[start : unit + 1])
    counted = _counter(text, unit)
    if counted is not None:
        return NumberLiteral(value, "counted", counted)
    if era is not None and in_cell and not powers and value < 100 and value == value.to_integral_value():
        return _year(text, start, end, value, era)
    return _ended(text, start, NumberLiteral(value, None, end))


def ends_word(text: str, at: int) -> bool:
    """Whether what stands before `at` is a whole word: no letter follows, or one of the words that end it."""
    return not text[at : at + 1].isalpha() or text[at] == "ー" or AFTER_NUMBER.match(text, at) is not None


def unknown_word(text: str, at: int) -> SyntaxProblem:
    """The problem of a word after a number that no list knows."""
    found = _WORD.match(text, at)
    word = found.group() if found else text[at : at + 1]
    if cut := AFTER_NUMBER.search(word, 1):
        word = word[: cut.start()]
    close = [each for each in get_close_matches(word, (*COUNTERS, *UNITS), 1, 0.5) if each != word]
    hint = phrase("expressions.near_word", word=close[0]) if close else ""
    return SyntaxProblem("HY407", (at, at + len(word)), word=word, hint=hint)


def _blank(text: str, at: int) -> int:
    """One blank may stand before what belongs to a number."""
    return at + 1 if text[at : at + 1].isspace() else at


def _amount(text: str, start: int, in_cell: bool) -> tuple[Decimal, int, bool]:
    """Digits, and digits with falling powers of ten: `1億5,000万`. The value, the end, and whether there are powers."""
    parts: list[Decimal] = []
    at, below = start, MOST_DIGITS * 2
    while True:
        digits, end = _digits(text, at, in_cell)
        power = _POWER.match(text, end)
        raised = POWERS[power.group(1)] if power else 0
        part = exact.multiply(digits, Decimal(10**raised))
        if parts and part >= Decimal(10) ** below:
            raise SyntaxProblem("HY406", (start, power.end() if power else end), text=text[start:end][:30])
        parts.append(part)
        if power is None:
            return exact.total(parts), end, len(parts) > 1
        following = _NEXT_DIGITS.match(text, power.end())
        if following is None:
            return exact.total(parts), power.end(), True
        if digits != digits.to_integral_value():
            raise SyntaxProblem("HY406", (start, following.end() + 1), text=text[start : following.end() + 1][:30])
        at, below = following.end(), raised


def _digits(text: str, at: int, in_cell: bool) -> tuple[Decimal, int]:
    """Plain digits, or in a cell `1,000`. What might be grouping and is not is told."""
    run = _RUN.match(text, at)
    other = _OTHER_COMMA.match(text, at) if in_cell else None
    if other or (run and not (in_cell and _GROUPED.fullmatch(run.group())) and _may_be_grouping(run.group(), in_cell)):
        found = other or run
        assert found is not None
        together = found.group().replace("・", ".")
        if together == found.group():
            together = f"{Decimal(re.sub('[,、]', '', together)):{',f' if in_cell else 'f'}}"
        apart = re.sub("[,、・]", ", ", found.group())
        raise SyntaxProblem("HY408", found.span(), text=found.group(), together=together, apart=apart)
    if run and in_cell and _GROUPED.fullmatch(run.group()):
        digits, end = run.group().replace(",", ""), run.end()
    else:
        plain = _DIGITS.match(text, at)
        assert plain is not None, "the caller saw a digit"
        digits, end = plain.group(), plain.end()
    if len(digits) > MOST_DIGITS or "e" in digits.lower():
        raise SyntaxProblem("HY406", (at, end), text=text[at:end][:30])
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdecimal():
        raise SyntaxProblem("HY409", (at, end), text=text[at:end], plain=digits.lstrip("0") or "0")
    return Decimal(digits), end


def _may_be_grouping(run: str, in_cell: bool) -> bool:
    """Whether digits with commas may be one number to a reader: 1,0000; and 1,000 in an expression. 3,4 is a list."""
    first, *others = run.partition(".")[0].split(",")
    if not in_cell:
        return len(first) <= 3 and all(len(part) == 3 for part in others)
    return len(first) <= 3 and any(len(part) >= 3 or (part[0] == "0" and len(part) > 1) for part in others)


def _year(text: str, start: int, end: int, value: Decimal, era: str | None) -> NumberLiteral:
    western: int | None = int(value) if value in _YEARS else None
    if western is None and era is not None and value == value.to_integral_value():
        western = era_year(era, int(value))
    if western is None:
        raise SyntaxProblem("HY405", (start, end), text=text[start:end])
    return _ended(text, start, NumberLiteral(Decimal(western), "year", end))


def _counter(text: str, at: int) -> int | None:
    """Where the longest counter or unit ends that stands here as a whole word; None where there is none."""
    latin = UNIT.match(text, at)
    if latin is not None:
        return latin.end()
    longest = COUNTER.match(text, at)
    for end in range(longest.end() if longest else at, at, -1):
        if text[at:end] in COUNTERS and ends_word(text, end):
            return end
    return None


def _ended(text: str, start: int, found: NumberLiteral) -> NumberLiteral:
    """The literal, if what follows it right away is none of a word that nobody knows."""
    if ends_word(text, found.end):
        return found
    word = _WORD.match(text, found.end)
    if word and word.group().lower() in _KEYWORDS:
        return found
    raise unknown_word(text, found.end)
