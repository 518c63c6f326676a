"""The one figure of a text, with all that belongs to it: `延べ約1,200人以上` is 1,200人, a text in which more is printed is none.

A figure is taken only whole: nothing may touch it that could belong to it (`surroundings`), and no other figure stands beside it.
"""

import re
from dataclasses import field
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.lazy_dataclass import dataclass
from hyotei.sheet import figure_surroundings as around
from hyotei.sheet import quantity_words as words
from hyotei.sheet.compound_units import with_smaller_units
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, Qualifier
from hyotei.sheet.notes import Notes, joined_notes, reading_note
from hyotei.sheet.number_reading import BrokenError, Number, TooLargeError, read_number
from hyotei.sheet.numerals import KANJI, fits
from hyotei.sheet.units import HUNDREDTH, PERCENT, YEN, FigureUnit, compared, known, per

_SHORT: Final = 60
_SHORT_REST: Final = 30
_START: Final = lazy_pattern(rf"(?:マイナス|プラス|[-+△▲¥\\])?\s*[0-9.]|[{KANJI}]")
_RANGE: Final = lazy_pattern(rf"\s*(~|から|-)\s*(?=(?:マイナス|[-+△▲])?\s*[0-9.{KANJI}])")
_CLOSED: Final = lazy_pattern(r"(以上)、?\s*(?=(?:マイナス|[-+△▲])?\s*[0-9.])")
_CLOSING: Final = lazy_pattern("以下|以内")
_SENTENCE: Final = lazy_pattern(r"[。]|[をにでがへはとの]|より|から")
_OTHER_FIGURE: Final = ("第", "隔", "うち")
"""How words end after which a number is an order (第3), of every other time (隔月1回), or only a part (うち5件)."""
_HALF: Final = Decimal("0.5")
_HUNDRED: Final = Decimal(100)


class ReversedRangeError(BrokenError):
    """A range whose lower end is above its upper one."""


@dataclass(slots=True)
class Level:
    """A figure: its value or both ends of its range, in its canonical unit.

    Attributes:
        notes: why the reading is not simply stated.
        left_out: the words beside the figure that were not used.
    """

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    qualifier: Qualifier | None = None
    notes: Notes = ()
    left_out: list[str] = field(default_factory=list)

    def note(self, notes: Notes) -> None:
        self.notes = joined_notes(self.notes, notes)

    def qualify(self, qualifier: Qualifier, certain: bool, word: str) -> None:
        if self.qualifier is not None and self.qualifier != qualifier:
            self.note(reading_note("reading_notes.later_taken", first=self.qualifier, second=word))
        elif not certain:
            self.note(reading_note("reading_notes.read_as", written=word, read=qualifier))
        self.qualifier = qualifier


def read_level(plain: str, default: FigureUnit | None = None) -> Level | None:
    """The figure that a folded text prints; None where it prints none, or is a sentence.

    Args:
        plain: the text, without the year of the figure.
        default: the unit of a figure without one.

    Raises:
        TooLargeError: the number is beyond what a figure can be.
        BrokenError: there is a number, but it cannot be read whole.
    """
    return _Level(plain, default).read()


def level_at(plain: str, start: int) -> tuple[Level, int, int] | None:
    """The figure that begins at `start` with a word that belongs to it or its number, whatever follows.

    Returns:
        The figure, and the positions where its number begins and where all that belongs to it ends; None where none begins.

    Raises:
        TooLargeError, BrokenError: as `read_level` does.
    """
    reading = _Level(plain, None)
    at = reading.leaders(start)
    number = read_number(plain, at) if at < len(plain) else None
    if number is None:
        return None
    end = reading.taken(number, at)
    reading.counted(number)
    return reading.found, at, end


@dataclass(slots=True)
class _Level:
    plain: str
    default: FigureUnit | None
    found: Level = field(default_factory=Level)
    period: str | None = None
    base: str | None = None
    whole: str | None = None
    """What the words before the figure say: counted for each of what, compared with when, of how many of what unit."""

    def read(self) -> Level | None:
        begun = self.begun()
        if begun is None:
            return None
        lead, at = begun
        number = read_number(self.plain, at)
        if number is None:
            raise BrokenError
        if number.numeral.kanji and not self.surely_numeral(at, number):
            return None
        if lead and (around.touched_before(lead) or (number.signed and lead[-1] not in " :")):
            raise BrokenError
        self.leave_out(lead)
        rest = self.plain[self.taken(number, at) :].rstrip(" 。" if self.found.unit is None else " 。.")
        if around.touched_after(rest, self.found.unit):
            raise BrokenError
        self.leave_out(rest)
        self.counted(number)
        if not all(fits(each) for each in (self.found.value, self.found.low, self.found.high) if each is not None):
            raise TooLargeError
        return self.found

    def taken(self, number: Number, at: int) -> int:
        """Takes the number that begins at `at` with all behind it that belongs to it; tells the position after them."""
        number = with_smaller_units(self.plain, number)
        dated = number.unit == "年" and (at > 0 or FIRST_YEAR <= number.digits <= LAST_YEAR)
        if dated or (number.unit or "").startswith(("年度", "年月")) or number.unit == "月":
            raise BrokenError  # 「2015年度」 and 「4月」 are dates
        end = self.trailers(self.value(number))
        scale = around.SCALE_BEHIND.match(self.plain, self.blanks(end))
        if scale is None:
            return end
        self.found.note(reading_note("reading_notes.value_of", text=scale["scale"] or scale["bare"]))
        return self.trailers(scale.end())

    # Before the number

    def begun(self) -> tuple[str, int] | None:
        """The words before the figure that do not belong to it, and where its number begins."""
        at = self.leaders(0)
        if _START.match(self.plain, at) or self.plain.startswith(("第", "ゼロ", "零"), at):
            return "", at
        first = re.search("[0-9]", self.plain)
        if first is None or len(self.plain) > _SHORT:
            return None
        for start in range(at, first.start() + 1):
            if self.plain[start] in " :":
                continue
            trial = _Level(self.plain, self.default)
            end = trial.leaders(start)
            number = _START.match(self.plain, end)
            if number is not None and number.end() > first.start():
                lead = self.plain[at:start]
                if _SENTENCE.search(lead) or words.CHANGE.search(lead) or lead.endswith(_OTHER_FIGURE):
                    return None
                self.leaders(start)
                return lead, end
        return None

    def leaders(self, at: int) -> int:
        """Skips the words that belong to the figure after them; tells the position after them."""
        while True:
            before = at
            for pattern, qualifier, certain in around.LEADERS:
                match = pattern.match(self.plain, at)
                if match is not None and match.end() < len(self.plain):
                    at = match.end()
                    if qualifier is not None:
                        self.found.qualify(qualifier, certain, match.group())
                    elif not certain:
                        self.found.note(reading_note("reading_notes.figure_after", text=match.group()))
                    at = self.blanks(at)
            at = self.blanks(self.beside(at))
            if at == before:
                return at

    def beside(self, at: int) -> int:
        """Takes a word for a period, a comparison, a scale or a whole."""
        period = around.period_at(self.plain, at)
        base = around.compared_at(self.plain, at)
        scale = around.scale_at(self.plain, at)
        whole = around.whole_at(self.plain, at)
        if period is not None:
            self.period, end = period.per, period.end
        elif base is not None:
            self.base, end = base["base"], base.end()
        elif scale is not None:
            end = scale.end()
        elif whole is not None:
            self.whole, end = whole["unit"], whole.end()
        else:
            return at
        if end >= len(self.plain):
            return at
        self.found.note(reading_note("reading_notes.figure_after", text=self.plain[at:end].strip(" 、:")))
        return end

    def blanks(self, at: int) -> int:
        while at and at < len(self.plain) and self.plain[at] in " :":
            at += 1
        return at

    def surely_numeral(self, at: int, number: Number) -> bool:
        """Whether kanji that can be a numeral are one: 「三億円」 is, 「一部」 and 「十分な成果」 are not."""
        rest = self.plain[at:]
        if len(rest) == 1:  # 「一」 may be a dash and 「〇」 a mark
            return False
        if any(rest.startswith(word) for word in words.NOT_NUMERALS):
            return False
        tail = self.plain[number.end :].strip()
        certain = number.unit is None or known(number.unit)
        return certain and (
            not tail or any(each.match(tail) for each, _, _ in around.TRAILERS) or tail[0] in "(~等半0123456789"
        )

    # The number

    def value(self, number: Number) -> int:
        """Takes the number, or the range that it begins; tells the position after it."""
        for span in (_RANGE, _CLOSED):
            match = span.match(self.plain, number.end)
            upper = read_number(self.plain, match.end()) if match is not None else None
            if match is None or upper is None:
                continue
            upper = with_smaller_units(self.plain, upper)
            if upper.numeral.kanji != number.numeral.kanji:
                raise BrokenError
            if match.group(1) == "から" and self.plain.startswith(("に", "へ"), upper.end):
                raise BrokenError  # 80%から90%に is a way from one level to another, no range of levels
            self.range(number, upper, match.group(1))
            self.found.note(upper.notes + number.notes)
            if span is _RANGE:
                return upper.end
            closing = _CLOSING.match(self.plain, upper.end)
            if closing is None or self.found.qualifier is not None:
                raise BrokenError
            return closing.end()
        self.found.value, self.found.unit = self.with_default(number)
        self.found.note(number.notes)
        return number.end

    def with_default(self, number: Number) -> tuple[Decimal, str | None]:
        if number.unit is None and self.default is not None:
            if number.numeral.scale != 0 and self.default.name == YEN:
                self.found.note(reading_note("reading_notes.own_power"))
                return number.value, YEN
            return exact.multiply(number.value, self.default.factor), self.default.name
        return number.value, number.unit

    def range(self, lower: Number, upper: Number, dash: str) -> None:
        if lower.unit is None and upper.unit is not None:
            lower.unit, lower.factor = upper.unit, upper.factor
            if upper.numeral.scale and lower.numeral.scale == 0:
                lower.digits = exact.multiply(lower.digits, Decimal(10**upper.numeral.scale))
                self.found.note(reading_note("reading_notes.power_of_upper_end"))
        (low, low_unit), (high, high_unit) = self.with_default(lower), self.with_default(upper)
        if low_unit != high_unit:
            raise BrokenError
        if low > high:
            raise ReversedRangeError
        if dash == "-":
            self.found.note(reading_note("reading_notes.dash_is_range"))
        self.found.low, self.found.high, self.found.unit = low, high, high_unit

    def counted(self, number: Number) -> None:
        """Gives the figure the unit of what it is counted for or compared with."""
        found = self.found
        if self.whole is not None and found.unit != self.whole:
            raise BrokenError
        if self.period is not None:
            if (unit := per(found.unit, self.period)) is None:
                raise BrokenError
            found.unit = unit
        if self.base is None:
            return
        if found.value is None or self.period is not None or number.factor not in (1, HUNDREDTH):
            raise BrokenError
        if not number.signed and found.unit == PERCENT and found.value < _HALF:
            raise BrokenError  # 前年比5% is a twentieth of last year to one, five percent more to another
        unit = compared(found.unit, self.base, number.signed)
        if unit is None:
            raise BrokenError
        found.value = exact.multiply(found.value, _HUNDRED) if found.unit == PERCENT else found.value
        found.unit = unit

    # After the number

    def trailers(self, at: int) -> int:
        """Takes the qualifiers that follow; tells the position after them."""
        while True:
            before = at
            for pattern, qualifier, certain in around.TRAILERS:
                match = pattern.match(self.plain, self.blanks(at))
                if match is not None:
                    self.found.qualify(qualifier, certain, match.group())
                    at = match.end()
            if at == before:
                return at

    def leave_out(self, part: str) -> None:
        """Keeps words beside the figure that leave it a level, to be told."""
        part = part.strip(" 。:")
        if not part:
            return
        other = around.holds_digit(part) or ":" in part
        if other or words.CHANGE.search(part) or len(part) > _SHORT_REST:
            raise BrokenError
        self.found.left_out.append(part)
