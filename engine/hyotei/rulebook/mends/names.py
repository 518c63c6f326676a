"""Mends of names and values that are nearly others, and of numbers beside values of another kind."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Final

from hyotei.rulebook.mends.model import Mend, Replacement
from hyotei.rulebook.mends.spot import Spot
from hyotei.rulebook.outline import STANDINGS

_MOST_CHOICES: Final = 6
"""Values of a scale up to which each is offered where none is near."""
_COMPARED: Final = re.compile(r"(.*?(?:!=|<=|>=|=|<|>)\s*)(.+)", re.DOTALL)


def near(name: str) -> "Callable[[Spot], Iterable[Mend]]":
    """A mend that writes what was probably meant in place of the value `name` of the sentence."""
    return lambda spot: spot.instead(spot.said(name), spot.near)


def _key(spot: Spot) -> Iterable[Mend]:
    """The key that was probably meant, unless it is there as well."""
    front = spot.document.front
    if front is not None and not re.search(rf"^\s*{re.escape(spot.near)}\s*:", front.text, re.MULTILINE):
        yield from near("key")(spot)


def _no_name(spot: Spot) -> Iterable[Mend]:
    truth = "hint" in spot.problem.params and spot.problem.params["hint"] and not spot.near
    yield from spot.instead(spot.said("name"), *(("true", "false") if truth else (spot.near,)))


def _value(spot: Spot) -> Iterable[Mend]:
    name, values = spot.said("name"), spot.said("values").split("、")
    close = get_close_matches(name, values, 1, 0.6)
    yield from spot.instead(name, *(close or (values if len(values) <= _MOST_CHOICES else ())))


def _part(spot: Spot) -> Iterable[Mend]:
    """`.name` behind something that has no such part."""
    part = "." + spot.said("name")
    if spot.written.count(part) == 1:
        start = spot.start + spot.written.index(part)
        yield spot.change(start, start + len(part), "", "remove", part)


def _without_sign(spot: Spot) -> Iterable[Mend]:
    if spot.written[:1] in ("-", "−"):
        yield spot.change(spot.start, spot.start + 1, "", "remove", spot.written[0])


def _outside(spot: Spot) -> Iterable[Mend]:
    """`this.` before the name that is meant to be the one outside of a filter."""
    compared = _COMPARED.fullmatch(spot.written)
    if compared is not None:
        at = spot.start + len(compared[1])
        yield spot.change(at, at, "this.", "insert")
    elif spot.written.isidentifier():
        yield from spot.instead(spot.written, "this")


def _of_nothing(spot: Spot) -> Iterable[Mend]:
    """`count(units) > 0 and` before an `all` that is true of no unit, in the column or the formula that it stands in."""
    column = spot.problem.location.column
    section = spot.document.section_of(spot.line)
    numbers = [line.line for code in section.code for line in code.lines] if column is None else []
    if column is not None and spot.table is not None:
        numbers = [spot.table.header.line]
    found = [(number, at) for number in numbers for at in _all_calls(spot.lines.text(number), column)]
    if len(found) == 1:
        at = spot.lines.at(*found[0])
        text = f"count({spot.said('units')}) > 0 and "
        yield Mend("insert", (Replacement(at, at, text),), text.strip())


def _all_calls(line: str, column: str | None) -> Iterable[int]:
    """Where `all(` stands in a line, or in a column of it; characters from 1."""
    start = 0 if column is None else line.find(column)
    end = len(line) if column is None else start + len(column)
    return [each.start() + 1 for each in re.finditer(r"(?<!\w)all\s*\(", line) if start <= each.start() < end]


def _standing(spot: Spot) -> Iterable[Mend]:
    written = spot.said("written")
    yield from spot.instead(written, *(each for each in STANDINGS if each.isascii() == written.isascii()))


NAME_MENDS: Final[dict[str, Callable[[Spot], Iterable[Mend]]]] = {
    "HY325": _standing,
    "HY341": _key,
    "HY383": near("scope"),
    "HY388": near("type"),
    "HY501": _no_name,
    "HY503": _value,
    "HY505": _part,
    "HY507": near("name"),
    "HY513": lambda spot: spot.instead(spot.said("number"), spot.said("percent"), spot.said("share")),
    "HY524": near("name"),
    "HY570": lambda spot: spot.instead(spot.said("percent"), spot.said("points")),
    "HY571": lambda spot: spot.instead(spot.said("percent"), spot.said("share"), spot.said("points")),
    "HY572": _without_sign,
    "HY575": _of_nothing,
    "HY576": _outside,
}
