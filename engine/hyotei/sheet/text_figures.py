"""Figures within a text of words: each one that stands there whole, and whether a number is left that no rule reads."""

import re
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.lazy_dataclass import dataclass
from hyotei.sheet import quantity_words as words
from hyotei.sheet.figure_reading import Level, level_at
from hyotei.sheet.figure_surroundings import holds_digit, touched_after, touched_before
from hyotei.sheet.number_reading import BrokenError, TooLargeError
from hyotei.sheet.numerals import KANJI

_ERA: Final = "(?:令和|平成|昭和|大正|明治|(?<![A-Za-z])[RHSTM]\\.?)"
_DAY: Final = r"(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)"
_TOLD: Final = lazy_pattern(
    rf"{_ERA} ?(?:[0-9]{{1,2}}|元)(?:年度?)?{_DAY}?(?![0-9,万千百])"
    rf"|(?<![0-9.,])(?:19|20)[0-9]{{2}}(?:年度|年(?!間)){_DAY}?|FY ?[0-9]{{4}}(?![0-9])|(?<![0-9.,])[0-9]{{1,2}}年度"
    rf"|(?<![0-9.,かカヶヵケ箇]){_DAY}(?![0-9分])|(?<![0-9.,])[0-9]{{1,2}}年{_DAY}"
    rf"|第[0-9{KANJI}]{{1,4}}(?:四半期|[回次期章条項号節部位者])?(?:の[0-9])?(?![0-9.,{KANJI}])"
    r"|(?:^|(?<=[ 。、・:(]))(?:[①-⑳㉑-㉟㊱-㊿]|\([0-9]{1,2}\)|[0-9]{1,2}[.)](?![0-9]))(?=\s*[^\W\d_])"
    r"|[※*注][0-9]{1,2}(?=[^0-9.,]|$)"
)
"""Numbers that are no level of anything: years, dates, ordinals, the numbers of items and of notes."""
_CONCEALED: Final = lazy_pattern("[xX]+")
"""What statistics print in place of a figure that they do not give away."""
_RUN: Final = lazy_pattern(rf"[0-9](?:[0-9{KANJI}\ufffd]|[.,](?=[0-9]))*")
_BEFORE: Final = 14
"""Characters before a number in which words are looked for that belong to it."""
_JOINS: Final = lazy_pattern(r"[^\s、,。()【】「」;/]?|から|より|、?以上|,")
_NEAR: Final = 5
"""Characters before a figure within which a word makes it a change: 前年度より5件."""
_JOINS_BROKEN: Final = lazy_pattern(r"[^\s。()【】「」;]{0,8}")
"""What stands between two numbers that may be parts of one; the latter where the first is not whole, or has no unit."""
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class TextFigure:
    """A number in a text: the figure that it is, with the words that belong to it; None where it does not stand there whole."""

    text: str
    level: Level | None
    start: int
    end: int


def words_only(plain: str) -> bool:
    """Whether a folded text states no level: it has letters, and no number but years, dates, ordinals and numbers of items."""
    rest = _TOLD.sub(" ", plain)
    return (
        any(sign.isalpha() for sign in rest)
        and not _CONCEALED.fullmatch(rest.strip())
        and not holds_digit(rest)
        and "\ufffd" not in rest
    )


def figures_in(plain: str) -> tuple[TextFigure, ...]:
    """All numbers of a folded text that can be a level of something, in their order."""
    told = [match.span() for match in _TOLD.finditer(plain)]
    found: list[TextFigure] = []
    at = 0
    while len(found) < _MOST and (run := _RUN.search(plain, at)) is not None:
        end_of_told = next((end for start, end in told if start <= run.start() < end), None)
        if end_of_told is not None and end_of_told >= run.end():
            at = end_of_told
            continue
        figure = _figure(plain, run, at)
        last = found[-1] if found else None
        whole = last is not None and last.level is not None and last.level.unit is not None
        joins = _JOINS if whole else _JOINS_BROKEN
        if last is not None and last.end <= figure.start and joins.fullmatch(plain, last.end, figure.start):
            # What is joined to another number is no figure of its own, and neither is that one.
            found[-1] = TextFigure(last.text, None, last.start, last.end)
            figure = TextFigure(figure.text, None, figure.start, figure.end)
        found.append(figure)
        at = max(figure.end, run.end())
    return tuple(found)


def _figure(plain: str, run: re.Match[str], floor: int) -> TextFigure:
    """The figure around a run of digits, from the longest words before it that belong to it to the qualifiers behind it."""
    for start in range(max(floor, run.start() - _BEFORE), run.start() + 1):
        try:
            found = level_at(plain, start)
        except (BrokenError, TooLargeError):
            continue
        if found is None:
            continue
        level, number, end = found
        if number <= run.start() and run.end() <= end and _whole(plain, start, end, level):
            return TextFigure(plain[start:end], level, start, end)
    return TextFigure(run.group(), None, run.start(), run.end())


def _whole(plain: str, start: int, end: int, level: Level) -> bool:
    """Whether nothing touches the figure that could belong to it."""
    rest = plain[end:]
    lead = plain[:start].rstrip("([【「")  # a figure in brackets is one of the text
    if not lead and start:
        return False  # all of the text stands in brackets: （1,000人） may be a part of another figure, or its opposite
    if touched_before(lead) or touched_after(rest, level.unit):
        return False
    if words.CHANGE.search(plain[max(0, start - _NEAR) : start]) or words.CHANGE.match(rest.lstrip("のがをも")):
        return False
    joined = rest[:1]
    return not (joined.isalpha() and not "ぁ" <= joined <= "ゖ") or bool(
        words.DONE.match(rest) or rest.startswith("等")
    )
