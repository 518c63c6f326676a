"""Mends of what is typed in a cell, or in an expression."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Final

from hyotei.rulebook import cell_words as words
from hyotei.rulebook import syntax as s
from hyotei.rulebook.mends.model import Mend
from hyotei.rulebook.mends.spot import Spot
from hyotei.rulebook.parser import REASON_WORDS, parse_cell
from hyotei.rulebook.syntax_problem import SyntaxProblem

_EQUALS_UNKNOWN: Final = re.compile(r"(=|!=)\s*((?:unknown|不明)\s*(?:\([^()]*\))?)")
_LIMIT: Final = re.compile(words.any_of((*words.FROM, *words.TO)))
_LAST_WORD: Final = re.compile(rf"\s*(?:{words.any_of((*words.FROM, *words.TO))})$")
_JOINED: Final = "かつ"


def _text_end(spot: Spot) -> Iterable[Mend]:
    cell = spot.cell
    if cell is not None:
        yield spot.change(cell.end - 1, cell.end - 1, '"', "insert")


def _code_end(spot: Spot) -> Iterable[Mend]:
    """A backtick at the end of the cell, or before the words of a limit there."""
    cell = spot.cell
    if cell is not None:
        behind = _LAST_WORD.search(cell.text)
        at = cell.start - 1 + (behind.start() if behind is not None else len(cell.text))
        yield spot.change(at, at, "`", "insert")


def _bracket(spot: Spot) -> Iterable[Mend]:
    end = spot.cell.end - 1 if spot.cell is not None else len(spot.text.rstrip())
    if spot.said("expected") in (")", "]") and spot.start == end:
        yield spot.change(end, end, spot.said("expected"), "insert")


def _too_much(spot: Spot) -> Iterable[Mend]:
    sign = spot.said("found").strip("`")
    if sign and spot.written.strip() and not any(each.isalnum() for each in sign):
        yield spot.change(spot.start, spot.end, "", "remove", spot.written)


def _thousands(spot: Spot) -> Iterable[Mend]:
    """1、000 as one number, or as several where none of them begins with 0."""
    apart = spot.said("apart")
    several = not any(len(each) > 1 and each.startswith("0") for each in apart.split(", "))
    yield from spot.instead(spot.said("text"), spot.said("together"), apart if several else "")


def _join(spot: Spot) -> Iterable[Mend]:
    """The words that may be meant by one that joins in two senses, as far as the cell can then be read."""
    for mend in spot.instead(spot.said("word"), "または", _JOINED):
        (each,) = mend.replacements
        cell = spot.cell
        if cell is not None:
            start = each.start - spot.lines.at(cell.line, cell.start)
            if _read(cell.text[:start] + each.text + cell.text[start + each.end - each.start :]) is not None:
                yield mend


def _word_after_number(spot: Spot) -> Iterable[Mend]:
    yield from spot.instead(spot.said("word"), spot.near)
    if spot.written == spot.said("word"):
        yield spot.change(spot.start, spot.end, "", "remove", spot.written)


def _reason(spot: Spot) -> Iterable[Mend]:
    found = spot.said("found")
    yield from spot.instead(found, *get_close_matches(found, REASON_WORDS, 1, 0.5))


def _equals_unknown(spot: Spot) -> Iterable[Mend]:
    found = _EQUALS_UNKNOWN.fullmatch(spot.cell.text) if spot.cell is not None else None
    if found is not None:
        yield from spot.cell_instead(found[2] if found[1] == "=" else f"not({found[2]})")


def _second_end(spot: Spot) -> Iterable[Mend]:
    """80%以上100% has no word behind its upper end; in 80%以上100%以上 it is the wrong one."""
    cell = spot.cell
    if cell is None or not any(word in cell.text for word in ("以上", "超")):
        return
    if spot.start == cell.end - 1:
        for word in ("未満", "以下"):
            yield spot.change(spot.start, spot.start, word, "insert")
    elif spot.written in words.FROM:
        yield from spot.instead(spot.written, "未満", "以下")


def _misspelt(spot: Spot) -> Iterable[Mend]:
    mend = spot.said("mend")
    # For two signs that are none together the sentence has an example only.
    if not mend.startswith(">= "):
        yield from spot.instead(spot.said("word"), mend)


def _rank(spot: Spot) -> Iterable[Mend]:
    """Of 3位以上 it is open which is meant: 3位以内, or the number alone."""
    number = spot.written.rstrip("".join(words.RANKS))
    behind = _LIMIT.match(spot.text, spot.end)
    if behind is None:
        yield from spot.instead(spot.written, number)
        return
    for text in (f"{spot.written}以内", f"{number}以上", f"{number}以下"):
        yield spot.change(spot.start, behind.end(), text)


def _swapped(spot: Spot) -> Iterable[Mend]:
    """A range whose ends stand the wrong way round."""
    match _tests(spot):
        case [s.Interval(s.Limit(low), s.Limit(high))] if spot.cell is not None:
            first, last = sorted((low.span, high.span))
            text = spot.cell.text
            ends = text[slice(*last)], text[slice(*first)]
            swapped = text[: first[0]] + ends[0] + text[first[1] : last[0]] + ends[1] + text[last[1] :]
            if ends[0] != ends[1]:
                yield from spot.cell_instead(swapped)


def _both(spot: Spot) -> Iterable[Mend]:
    """80%以上、100%未満 in one range."""
    match _tests(spot):
        case [s.Interval() as one, s.Interval() as other] if spot.cell is not None:
            text = spot.cell.text
            yield from spot.cell_instead(text[: one.span[1]] + _JOINED + text[other.span[0] :])


def _tests(spot: Spot) -> list[s.Test]:
    cell = _read(spot.cell.text) if spot.cell is not None else None
    return list(cell.tests) if isinstance(cell, s.Tests) and not cell.negated else []


def _read(text: str) -> s.Cell | None:
    try:
        return parse_cell(text)
    except SyntaxProblem:
        return None


CELL_MENDS: Final[dict[str, Callable[[Spot], Iterable[Mend]]]] = {
    "HY402": _code_end,
    "HY404": _text_end,
    "HY407": _word_after_number,
    "HY408": _thousands,
    "HY409": lambda spot: spot.instead(spot.said("text"), spot.said("plain")),
    "HY411": lambda spot: spot.cell_instead("unknown"),
    "HY412": _bracket,
    "HY413": _too_much,
    "HY418": _reason,
    "HY419": _equals_unknown,
    "HY420": _second_end,
    "HY424": _misspelt,
    "HY425": _rank,
    "HY426": lambda spot: spot.instead(spot.said("written"), spot.said("mend")),
    "HY429": lambda spot: spot.instead(spot.said("written"), spot.said("small"), spot.said("large")),
    "HY430": _join,
    "HY431": lambda spot: spot.instead(spot.said("written"), spot.said("written") + spot.said("power")),
    "HY435": lambda spot: spot.instead(spot.said("written"), spot.said("mend")),
    "HY532": _swapped,
    "HY548": _both,
}
