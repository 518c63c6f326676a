"""What a sheet states of the facts that a rulebook declares (section 12): the words and the figure of each, by its kind."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.outside.numerals import fold
from tests.outside.unknown import Unknown, Value

TYPES = {"number": "number", "ratio": "number", "money": "number", "count": "number", "year": "number",
         "boolean": "truth", "text": "text"}  # fmt: skip
"""The kind of value of each type; any other type is a scale."""
_TRUE = {"true", "True", "TRUE", "yes", "Yes", "YES", "はい", "有", "○"}
_FALSE = {"false", "False", "FALSE", "no", "No", "NO", "いいえ", "無", "×"}
_ABSENT = {"missing", "unmeasured", "unsettled"}
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "H": 1988, "R": 2018, "S": 1925}


@dataclass(frozen=True)
class Fact:
    """A declared fact: its name, its label, of which units it is, its type, and its default."""

    name: str
    label: str
    scope: str
    type: str
    default: Value | None

    @property
    def kind(self) -> str:
        return TYPES.get(self.type, self.type)


def value(fact: Fact, stated: list[dict[str, Any]], scale: tuple[str, ...], *, unread: bool) -> Value:
    """The value of a fact at a unit that states these; `scale` are the values of its scale; `unread` is what was not read."""
    found = next((each for each in stated if each["name"] == fact.name), None)
    read = Unknown("missing") if found is None else _read(fact, found, scale)
    if read == Unknown("missing") and fact.default is not None:
        return fact.default
    return Unknown("unread") if read == Unknown("missing") and unread else read


def _read(fact: Fact, stated: dict[str, Any], scale: tuple[str, ...]) -> Value:
    figure, text = stated["figure"], stated["text"]
    reason = figure.get("unknown")
    if fact.type in ("number", "ratio", "money", "count"):
        if figure.get("value") is None:
            return Unknown(reason or "missing")
        number, unit = Fraction(figure["value"]), figure.get("unit")
        fits = {
            "money": unit == "円",
            "ratio": unit == "%",
            "number": unit not in ("円", "%"),
            "count": unit not in ("円", "%") and number >= 0 and number.denominator == 1,
        }[fact.type]
        return number if fits else Unknown("undefined")
    if fact.type == "text":
        return Unknown(reason or "missing") if reason in _ABSENT or not text else text
    word = " ".join(fold(text).split())
    known: Value | None
    if fact.type == "boolean":
        known = True if word in _TRUE else False if word in _FALSE else None
    elif fact.type == "year":
        known = _year(word)
    else:
        known = next((value for value in scale if " ".join(fold(value).split()) == word), None)
    if known is not None:
        return known
    return Unknown(reason) if reason and (reason in _ABSENT or not word) else Unknown("undefined")


def _year(word: str) -> Fraction | None:
    """The fiscal year of such words as sheets are drawn with: 平成20年度, 2012."""
    match = re.fullmatch(r"(明治|大正|昭和|平成|令和|[HRS])?(\d{1,4})(?:年度)?", word)
    if match is None or (match[1] is None and len(match[2]) < 4):
        return None
    year = int(match[2]) + _ERAS.get(match[1] or "", 0)
    return Fraction(year) if 1868 <= year <= 2200 else None
