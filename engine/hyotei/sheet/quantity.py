"""One figure as a Japanese document prints it, read into a `Quantity`.

Nothing that is printed is dropped: the text is kept in the source, and what was not understood beside a figure makes the
reading `inferred` or `ambiguous` with a note, or leaves the figure as words.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from unicodedata import category

from hyotei.base import exact
from hyotei.base.fold import folded
from hyotei.messages import Diagnostic, Location
from hyotei.sheet import quantity_words as words
from hyotei.sheet.fiscal_year import NOWHERE, read_fiscal_year
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, Qualifier, Quantity, Reading, Source, UnknownReason
from hyotei.sheet.numerals import fits
from hyotei.sheet.quantity_number import Number, TooLargeError, read_number
from hyotei.sheet.quantity_print import print_quantity
from hyotei.sheet.units import COUNTERS, PERCENT, YEN, Unit, read_unit

__all__ = ["print_quantity", "read_quantity"]

_LONGEST: Final = 1_000
"""Characters of a text in which a figure is looked for; a longer one is prose."""
_SHORT_REST: Final = 30
_SHOWN: Final = 40

_BRACKETS: Final = re.compile(r"[【\[(〔]([^【\[(〔】\])〕]{1,30})[】\])〕]")
_YEAR_LIKE: Final = re.compile(
    r".*年度.*|[RHSrhs]\.?[0-9]{1,2}|[Ff][Yy] ?[0-9]{4}|(?:令和|平成|昭和)[0-9元]{1,2}年|(?:19|20)[0-9]{2}年"
)
_LEADING_YEAR: Final = re.compile(
    r"((?:令和|平成|昭和|[RHS])?[0-9元]{1,4}年度|FY[0-9]{4}|[RHS][0-9]{1,2})[ :]\s*(?=\S)"
)
_LEADERS: Final[tuple[tuple[re.Pattern[str], Qualifier | None, bool], ...]] = (
    (re.compile("約"), "約", True),
    (re.compile("およそ|おおよそ|概ね|おおむね|ほぼ"), "約", False),
    (re.compile(r"計|合計|総計|全(?=[0-9])|・(?=[^・]*$)"), None, True),
    (re.compile("延べ|のべ|累計|累積|年間|年平均|平均|最大|最低|最高"), None, False),
    (re.compile(r"[≧≥]|>="), "以上", True),
    (re.compile(r"[≦≤]|<="), "以下", True),
    (re.compile("<"), "未満", True),
    (re.compile(">"), "超", True),
    (re.compile("~(?=[0-9])"), "以下", False),
)
_TRAILERS: Final[tuple[tuple[re.Pattern[str], Qualifier, bool], ...]] = (
    (re.compile("以上"), "以上", True),
    (re.compile("以下|以内"), "以下", True),
    (re.compile("未満|を下回る"), "未満", True),
    (re.compile("を?超える|を上回る|超え|超"), "超", True),
    (re.compile("程度"), "程度", True),
    (re.compile("~$"), "以上", False),
    (re.compile("前後|ほど|くらい|ぐらい|内外"), "程度", False),
)
_RANGE: Final = re.compile(r"\s*(~|から|-)\s*(?=[-+△▲]?\s*[0-9.一二三四五六七八九])")
_FIGURES: Final = re.compile(r"[0-9][0-9,.]{0,30}[^\s0-9、。・,()【】]{0,6}")
_LOST: Final = "\ufffd"
"""Stands for a character that a file does not name: a digit or a minus as likely as anything."""
_SENTENCE: Final = re.compile(r"[。]|[をにでがへはとの]|より|から")


def read_quantity(
    text: str,
    *,
    year_hint: int | None = None,
    default_unit: str | None = None,
    location: Location = NOWHERE,
    place: str | None = None,
) -> tuple[Quantity, tuple[Diagnostic, ...]]:
    """The quantity that `text` prints, and what a person should know about its reading.

    Args:
        text: the figure as printed, with its unit, qualifier and year: `10カ国以上【24年度】`.
        year_hint: a Western year near which a year without its era is looked for.
        default_unit: the unit of figures that have none, from the heading of their table, such as 千円.
        location: where the text stands in the file, for diagnostics and the source.
        place: where it stands in the original document, in words.

    Returns:
        The quantity, always with its source, and the diagnostics (HY202, HY203, HY210 to HY217).
    """
    reader = _Reader(text, year_hint, default_unit, location)
    found = reader.read()
    source = Source(
        text=text,
        file=location.file,
        line=location.line,
        cell=None,
        place=place,
        reading=reader.reading,
        note="；".join(reader.notes) or None,
        candidates=tuple(reader.candidates),
    )
    quantity = Quantity(
        value=found.value,
        unknown=found.unknown,
        low=found.low,
        high=found.high,
        unit=found.unit,
        qualifier=found.qualifier,
        fiscal_year=reader.year,
        source=source,
    )
    return quantity, tuple(reader.problems)


@dataclass(slots=True)
class _Found:
    """The parts of a quantity as they are found."""

    value: Decimal | None = None
    unknown: UnknownReason | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    qualifier: Qualifier | None = None


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str, hint: int | None, default_unit: str | None, location: Location) -> None:
        self.text, self.hint, self.location = text, hint, location
        self.default = self.default_of(default_unit)
        self.year: int | None = None
        self.reading: Reading = "stated"
        self.notes: list[str] = []
        self.candidates: list[str] = []
        self.problems: list[Diagnostic] = []
        self.year_reading: Reading = "stated"
        self.year_notes: list[str] = []

    @staticmethod
    def default_of(default_unit: str | None) -> Unit | None:
        if default_unit is None:
            return None
        unit = read_unit(default_unit)
        if unit is None:
            raise ValueError(f"{default_unit} is not a unit")
        return unit

    def read(self) -> _Found:
        if len(self.text) > _LONGEST:
            return self.long_text()
        plain = self.without_year(" ".join(folded(self.text).split()))
        # What concerns the year stays, whatever becomes of the figure.
        self.year_reading, self.year_notes = self.reading, list(self.notes)
        if _LOST in plain and _FIGURES.search(plain):
            return self.ambiguous(plain)
        return self.word(plain) or self.figure(plain)

    def long_text(self) -> _Found:
        """Prose of any length, or digits without end; both in one pass."""
        if re.fullmatch(r"[-+△▲]?[0-9,]+(?:\.[0-9]*)?", folded(self.text).strip()):
            return self.too_large()
        return _Found(unknown="qualitative")

    # The year

    def without_year(self, plain: str) -> str:
        """The text without the year that it states in brackets or before the figure."""
        years = [bracket for bracket in _BRACKETS.finditer(plain) if _names_year(bracket)]
        if len(years) > 1:
            return plain
        for bracket in years:
            if self.take_year(bracket.group(1)):
                return f"{plain[: bracket.start()]} {plain[bracket.end() :]}".strip()
        leading = _LEADING_YEAR.match(plain) if not years else None
        if leading is not None and self.take_year(leading.group(1)):
            return plain[leading.end() :].strip()
        return plain

    def take_year(self, text: str) -> bool:
        found, problems = read_fiscal_year(text, hint=self.hint, location=self.location)
        if found is None:
            if all(problem.code == "HY201" for problem in problems):
                return False
            self.problems.extend(problems)
            self.infer(f"年度「{text}」が分からない")
            return True
        self.year = found.year
        if found.note is not None:
            self.infer(found.note)
        return True

    # Words

    def word(self, plain: str) -> _Found | None:
        """What a word or a dash in place of a figure says."""
        key = plain.strip(" 。").lower()
        if not key:
            return _Found(unknown="missing")
        if key in words.BROKEN:
            reason, code = words.BROKEN[key]
            self.problem(code)
            return _Found(unknown=reason)
        if key in words.RATIOS:
            value, qualifier = words.RATIOS[key]
            self.infer(f"「{key}」を割合と読んだ")
            return _Found(value=value, unit=PERCENT, qualifier=qualifier)
        reason_found = words.reason_of(plain)
        if reason_found is None:
            return None
        reason, rest = reason_found
        if rest:
            self.unread(rest)
        return _Found(unknown=reason)

    # Figures

    def figure(self, plain: str) -> _Found:
        try:
            return self.level(plain)
        except TooLargeError:
            return self.too_large()

    def level(self, plain: str) -> _Found:
        """A figure with what stands before and after it."""
        found = _Found()
        at, lead = self.leaders(plain, found), ""
        number = read_number(plain, at)
        if number is None:
            moved = self.after_words(plain, at)
            if moved is None:
                return self.prose(plain)
            lead, at = plain[at:moved].strip(), moved
            number = read_number(plain, at)
            if number is None:
                return self.prose(plain)
        if number.numeral.kanji and not self.surely_numeral(plain, at, number):
            return self.prose(plain)
        span = _RANGE.match(plain, number.end)
        upper = read_number(plain, span.end()) if span is not None else None
        end = number.end
        if span is not None and upper is not None:
            if upper.numeral.kanji != number.numeral.kanji or not self.range(found, number, upper, span.group(1)):
                return self.prose(plain)
            end = upper.end
            self.notes_of(upper)
        else:
            found.value, found.unit = self.with_default(number)
        self.notes_of(number)
        rest = self.trailers(plain[end:], found)
        if number.unit == "年度" or (number.unit == "年" and (lead or FIRST_YEAR <= number.digits <= LAST_YEAR)):
            # 「2015年度」 is a date, not a level.
            return self.ambiguous(plain)
        if not self.understood(lead, rest):
            return self.prose(plain)
        if found.value is not None and not fits(found.value):
            raise TooLargeError
        return found

    def leaders(self, plain: str, found: _Found) -> int:
        """Skips the words that usually stand before a figure; tells the position after them."""
        at = 0
        progress = True
        while progress:
            progress = False
            for pattern, qualifier, certain in _LEADERS:
                match = pattern.match(plain, at)
                if match is None or match.end() >= len(plain):
                    continue
                at, progress = match.end(), True
                while at < len(plain) and plain[at] in " :":
                    at += 1
                if qualifier is not None:
                    self.qualify(found, qualifier, certain, match.group())
                elif not certain:
                    self.infer(f"「{match.group()}」の数値")
        return at

    def after_words(self, plain: str, start: int) -> int | None:
        """Where the one figure of a short text begins after words such as 「セミナー：」."""
        first = re.compile(r"[-+△▲]?\s*[0-9]").search(plain, start)
        if first is None or len(plain) > 2 * _SHORT_REST:
            return None
        lead = plain[start : first.start()]
        if _SENTENCE.search(lead) or words.CHANGE.search(lead) or lead.endswith("第"):
            return None
        return first.start()

    def surely_numeral(self, plain: str, at: int, number: Number) -> bool:
        """Whether kanji that can be a numeral are one: 「三億円」 is, 「一部」 and 「十分な成果」 are not."""
        rest = plain[at:]
        if len(rest) == 1:  # 「一」 may be a dash and 「〇」 a mark
            return False
        if any(rest.startswith(word) for word in words.NOT_NUMERALS):
            return False
        known = number.unit is None or number.unit in (YEN, PERCENT) or number.unit in COUNTERS
        tail = plain[number.end :].strip()
        return known and (not tail or any(pattern.match(tail) for pattern, _, _ in _TRAILERS) or tail[0] in "(~等")

    def with_default(self, number: Number) -> tuple[Decimal, str | None]:
        if number.unit is None and self.default is not None:
            if number.numeral.scale != 0 and self.default.name == YEN:
                self.infer("位が書かれているため、表の単位の位を掛けていない")
                return number.value, YEN
            return exact.multiply(number.value, self.default.factor), self.default.name
        return number.value, number.unit

    def range(self, found: _Found, lower: Number, upper: Number, dash: str) -> bool:
        """Both ends of a printed range; False where they do not make one."""
        if lower.unit is None and upper.unit is not None:
            lower.unit, lower.factor = upper.unit, upper.factor
            if upper.numeral.scale and lower.numeral.scale == 0:
                lower.digits = exact.multiply(lower.digits, Decimal(10**upper.numeral.scale))
                self.infer("範囲の下の数にも上の数の位を当てた")
        low, low_unit = self.with_default(lower)
        high, high_unit = self.with_default(upper)
        if low_unit != high_unit:
            return False
        if low > high:
            self.problem("HY217")
            return False
        if dash == "-":
            self.infer("「-」を範囲と読んだ")
        if not (fits(low) and fits(high)):
            raise TooLargeError
        found.low, found.high, found.unit, found.unknown = low, high, high_unit, "undefined"
        return True

    # What stands after

    def trailers(self, rest: str, found: _Found) -> str:
        """Takes the qualifiers that follow; returns what is left."""
        rest = rest.strip()
        progress = True
        while progress:
            progress = False
            for pattern, qualifier, certain in _TRAILERS:
                match = pattern.match(rest)
                if match is not None:
                    self.qualify(found, qualifier, certain, match.group())
                    rest, progress = rest[match.end() :].strip(), True
        return rest.strip(" 。")

    def understood(self, lead: str, rest: str) -> bool:
        """Whether what stands around the figure leaves it a level; it is told in any case."""
        for part in (lead, rest):
            if not part:
                continue
            if words.CHANGE.search(part) or any(map(_is_digit, part)) or len(part) > _SHORT_REST:
                return False
            self.unread(part)
        return True

    def qualify(self, found: _Found, qualifier: Qualifier, certain: bool, word: str) -> None:
        if found.qualifier is not None and found.qualifier != qualifier:
            self.infer(f"「{found.qualifier}」と「{word}」が重なるため、後のものを採った")
        elif not certain:
            self.infer(f"「{word}」を「{qualifier}」と読んだ")
        found.qualifier = qualifier

    def notes_of(self, number: Number) -> None:
        for note in number.notes:
            self.infer(note)

    # What is told

    def infer(self, note: str) -> None:
        if self.reading == "stated":
            self.reading = "inferred"
        if note not in self.notes:
            self.notes.append(note)

    def unread(self, rest: str) -> None:
        self.infer(f"「{_shown(rest)}」は数値に含めていない")
        self.problem("HY214", rest=_shown(rest))

    def prose(self, plain: str) -> _Found:
        """Words: a sentence stays a sentence, a short text with figures in it could have been meant as one."""
        self.forget()
        self.candidates = [match.group() for match in _FIGURES.finditer(plain)][:10]
        if self.candidates and len(plain) <= 2 * _SHORT_REST and not _SENTENCE.search(plain):
            return self.ambiguous(plain)
        return _Found(unknown="qualitative")

    def ambiguous(self, plain: str) -> _Found:
        self.forget()
        self.candidates = [match.group() for match in _FIGURES.finditer(plain)][:10]
        self.reading = "ambiguous"
        self.notes.append("数値を一つに決められない")
        self.problem("HY213")
        return _Found(unknown="qualitative")

    def forget(self) -> None:
        """Drops what was noted on the way to a figure that is now not taken; what concerns the year stays."""
        self.reading, self.notes = self.year_reading, list(self.year_notes)
        self.problems = [problem for problem in self.problems if problem.code != "HY214"]

    def too_large(self) -> _Found:
        self.problem("HY210")
        self.reading = "ambiguous"
        self.notes.append("桁が多すぎて数値として扱えない")
        return _Found(unknown="missing")

    def problem(self, code: str, **params: str) -> None:
        self.problems.append(Diagnostic(code, self.location, {"text": _shown(self.text.strip()), **params}))


def _names_year(bracket: re.Match[str]) -> bool:
    """Whether brackets hold a fiscal year; four bare digits are one only in 【】."""
    inside = bracket.group(1).strip()
    if bracket.group().startswith("【") and re.fullmatch("(?:19|20)[0-9]{2}", inside):
        return True
    return _YEAR_LIKE.fullmatch(inside) is not None


def _is_digit(character: str) -> bool:
    return category(character) in ("Nd", "No")


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
