"""One figure as a Japanese document prints it, read into a `Quantity`.

Nothing that is printed is dropped: the text is kept in the source, and what was not understood beside a figure makes the
reading `inferred` with a note. A text with a number that cannot be read whole is `unread`, with a warning; only words without any
number are `qualitative`.
"""

import re
from decimal import Decimal
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Location
from hyotei.sheet import quantity_words as words
from hyotei.sheet.figure_reading import ReversedRangeError, read_level
from hyotei.sheet.fiscal_year import NOWHERE, read_fiscal_year
from hyotei.sheet.models import Qualifier, Quantity, Reading, Source, UnknownReason
from hyotei.sheet.notes import Notes, joined_notes, reading_note
from hyotei.sheet.number_reading import BrokenError, TooLargeError
from hyotei.sheet.numerals import KANJI
from hyotei.sheet.quantity_print import print_quantity
from hyotei.sheet.text_figures import figures_in, words_only
from hyotei.sheet.units import PERCENT, FigureUnit, read_unit

__all__ = ["print_quantity", "read_quantity"]

_LONGEST: Final = 1_000
"""Characters of a text in which a figure is looked for; a longer one is prose."""
_SHOWN: Final = 40

_BRACKETS: Final = lazy_pattern(r"[【\[(〔]([^【\[(〔】\])〕]{1,30})[】\])〕]")
_YEAR_LIKE: Final = lazy_pattern(
    r".*年度.*|[RHSrhs]\.?[0-9]{1,2}|[Ff][Yy] ?[0-9]{4}|(?:令和|平成|昭和)[0-9元]{1,2}年|(?:19|20)[0-9]{2}年"
)
_LEADING_YEAR: Final = lazy_pattern(
    r"((?:令和|平成|昭和|[RHS])?[0-9元]{1,4}年度|FY[0-9]{4}|[RHS][0-9]{1,2})[ :]\s*(?=\S)"
)


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
        notes=reader.notes,
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
        self.notes: Notes = ()
        self.candidates: list[str] = []
        self.problems: list[Diagnostic] = []

    @staticmethod
    def default_of(default_unit: str | None) -> FigureUnit | None:
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
        return self.word(plain) or self.figure(plain)

    def long_text(self) -> _Found:
        """Prose of any length, or digits without end; both in one pass."""
        if re.fullmatch(r"[-+△▲]?[0-9,]+(?:\.[0-9]*)?", folded(self.text).strip()):
            return self.too_large()
        return self.in_words(folded(self.text))

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
            self.infer(reading_note("reading_notes.year_not_clear", text=text))
            return True
        self.year = found.year
        if found.notes:
            self.infer(found.notes)
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
            self.infer(reading_note("reading_notes.ratio", text=key))
            return _Found(value=value, unit=PERCENT, qualifier=qualifier)
        reason_found = words.reason_of(plain)
        if reason_found is None:
            return None
        reason, rest = reason_found
        if rest:
            self.left_out(rest)
        return _Found(unknown=reason)

    # Figures

    def figure(self, plain: str) -> _Found:
        try:
            level = read_level(plain, self.default)
        except TooLargeError:
            return self.too_large()
        except ReversedRangeError:
            self.problem("HY217")
            return self.unreadable(plain)
        except BrokenError:
            return self.in_words(plain)
        if level is None:
            return self.in_words(plain)
        for rest in level.left_out:
            self.left_out(rest)
        if level.notes:
            self.infer(level.notes)
        reason: UnknownReason | None = "undefined" if level.value is None else None
        return _Found(level.value, reason, level.low, level.high, level.unit, level.qualifier)

    # What is told

    def infer(self, notes: Notes) -> None:
        if self.reading == "stated":
            self.reading = "inferred"
        self.notes = joined_notes(self.notes, notes)

    def left_out(self, rest: str) -> None:
        self.infer(reading_note("reading_notes.not_in_figure", text=_shown(rest)))
        self.problem("HY214", rest=_shown(rest))

    def in_words(self, plain: str) -> _Found:
        """A text without a figure of its own: words, or numbers among which none is the one that is meant."""
        return _Found(unknown="qualitative") if words_only(plain) or plain in KANJI else self.unreadable(plain)

    def unreadable(self, plain: str) -> _Found:
        """A text with a number that is not read whole; nothing is known of the figure but that it is printed."""
        shown = plain[:_LONGEST]
        whole = [each for each in figures_in(shown) if each.level is not None]
        # What ends where the text was cut may go on behind it.
        self.candidates = [each.text.strip() for each in whole if len(shown) == len(plain) or each.end < len(shown)][
            :10
        ]
        self.reading = "ambiguous"
        self.notes += reading_note("reading_notes.figure_not_clear")
        self.problem("HY213")
        return _Found(unknown="unread")

    def too_large(self) -> _Found:
        self.problem("HY210")
        self.reading = "ambiguous"
        self.notes += reading_note("reading_notes.too_many_digits")
        return _Found(unknown="unread")

    def problem(self, code: str, **params: str) -> None:
        self.problems.append(Diagnostic(code, self.location, {"text": _shown(self.text.strip()), **params}))


def _names_year(bracket: re.Match[str]) -> bool:
    """Whether brackets hold a fiscal year; four bare digits are one only in 【】."""
    inside = bracket.group(1).strip()
    if bracket.group().startswith("【") and re.fullmatch("(?:19|20)[0-9]{2}", inside):
        return True
    return _YEAR_LIKE.fullmatch(inside) is not None


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
