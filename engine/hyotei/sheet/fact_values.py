"""What a fact means once its kind is known: a number, a truth, a year, a text, or a value of a scale.

The words and the figure of a fact are all that is looked at, so that tables of many sheets can say the same (`columnar`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from hyotei.sheet.facts import figure_in, word_of, year_of
from hyotei.sheet.models import Fact, Quantity, UnknownReason
from hyotei.sheet.quantity_print import print_quantity
from hyotei.sheet.quantity_words import PRINTED, UNKNOWN_WORDS
from hyotei.sheet.units import PERCENT, YEN

NumberKind = Literal["number", "ratio", "money", "count"]
FactKind = Literal["number", "ratio", "money", "count", "boolean", "text", "year", "scale"]
"""A bare number, a share (written with %), yen, a whole number from 0 with any unit; true or false, words, a fiscal year, or a
value of a scale."""

Trouble = Literal["no_number", "not_whole", "not_ratio", "not_money", "not_plain", "not_truth", "not_year", "outside"]
"""Why what is stated is no value of its kind."""

TRUTHS: Final[dict[str, bool]] = {
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "YES", "はい", "有", "○"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "NO", "いいえ", "無", "×"), False),
}
"""The words of a truth, in one spelling."""

ABSENT: Final[tuple[UnknownReason, ...]] = ("missing", "unmeasured", "unsettled")
"""Why a fact of any kind can be unknown by its own words."""


@dataclass(frozen=True, slots=True)
class FactValue:
    """A value, or why there is none; with what is wrong where a value is stated that is none of its kind."""

    value: Decimal | str | bool | None = None
    unknown: UnknownReason | None = None
    trouble: Trouble | None = None


def fact_value(fact: Fact | None, kind: FactKind, values: Mapping[str, str]) -> FactValue:
    """The value of a fact; one that is not stated is unknown (missing).

    Args:
        fact: what a unit states under the name.
        kind: what it is declared to be.
        values: of a scale, its values by their words in one spelling (`word_of`).
    """
    if fact is None:
        return FactValue(unknown="missing")
    if kind in ("number", "ratio", "money", "count"):
        return _number(fact, kind)
    figure = fact.figure
    if kind == "text":
        absent = figure.unknown in ABSENT or not fact.text
        return FactValue(unknown=figure.unknown or "missing") if absent else FactValue(fact.text)
    word = word_of(fact.text)
    found: Decimal | str | bool | None
    trouble: Trouble
    match kind:
        case "boolean":
            found, trouble = TRUTHS.get(word), "not_truth"
        case "year":
            year = year_of(fact.text)
            found, trouble = None if year is None else Decimal(year), "not_year"
        case "scale":
            found, trouble = values.get(word), "outside"
    if found is not None:
        return FactValue(found)
    if figure.unknown is not None and (figure.unknown in ABSENT or not word):
        return FactValue(unknown=figure.unknown)
    return FactValue(unknown="undefined", trouble=trouble)


def stated_as(name: str, kind: FactKind, value: Decimal | str | bool | UnknownReason, *, unknown: bool = False) -> Fact:
    """A fact of which `fact_value` gives this value, or, with `unknown`, this reason."""
    if unknown:
        reason: UnknownReason = value  # type: ignore[assignment]  # the caller says that it is one
        text = PRINTED[reason] if reason in ABSENT else ""
        return Fact(name=name, text=text, figure=Quantity(unknown=reason))
    if isinstance(value, bool):
        text = "はい" if value else "いいえ"
        return Fact(name=name, text=text, figure=figure_in(text))
    if isinstance(value, Decimal) and kind != "year":
        figure = Quantity(value=value, unit={"ratio": PERCENT, "money": YEN}.get(kind))
        return Fact(name=name, text=print_quantity(figure), figure=figure)
    text = str(int(value)) if isinstance(value, Decimal) else value
    return Fact(name=name, text=text, figure=figure_in(text))


def _number(fact: Fact, kind: NumberKind) -> FactValue:
    figure = fact.figure
    value, unit = figure.value, figure.unit
    if value is None:
        reason = figure.unknown or "missing"
        stated = reason not in ("qualitative", "unread") or word_of(fact.text) in UNKNOWN_WORDS[reason]
        return FactValue(unknown=reason, trouble=None if stated else "no_number")
    trouble: Trouble | None = None
    if kind == "money":
        trouble = None if unit == YEN else "not_money"
    elif kind == "ratio":
        trouble = None if unit == PERCENT else "not_ratio"
    elif unit in (YEN, PERCENT):
        trouble = "not_plain"
    elif kind == "count" and (value < 0 or value != value.to_integral_value()):
        trouble = "not_whole"
    return FactValue(value) if trouble is None else FactValue(unknown="undefined", trouble=trouble)
