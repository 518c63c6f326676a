"""Unknown values and three-valued logic (sections 5.7 and 11 of the docs)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

REASONS = ("unsettled", "unmeasured", "missing", "undefined", "qualitative", "unread")
"""From the least to the most lasting."""

REASON_WORDS = {
    **{reason: reason for reason in REASONS},
    "未確定": "unsettled",
    "未測定": "unmeasured",
    "記載なし": "missing",
    "欠測": "missing",
    "定義不能": "undefined",
    "定義できない": "undefined",
    "定性的": "qualitative",
    "定性": "qualitative",
    "未読取": "unread",
    "読取不能": "unread",
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is not known, and why."""

    reason: str


Value = Fraction | bool | str | Unknown
Truth = bool | Unknown


def unknowns(values: Iterable[object]) -> list[Unknown]:
    """Those of the values that are unknown."""
    return [value for value in values if isinstance(value, Unknown)]


def most_lasting(values: Iterable[object]) -> Unknown | None:
    """The most lasting of the unknown values; None where all are known."""
    return max(unknowns(values), key=lambda value: REASONS.index(value.reason), default=None)


def every(truths: Iterable[Truth]) -> Truth:
    """A row of `and`: false as soon as one is false, else unknown as soon as one is."""
    found = list(truths)
    return False if any(truth is False for truth in found) else most_lasting(found) or True


def some(truths: Iterable[Truth]) -> Truth:
    """A row of `or`: true as soon as one is true, else unknown as soon as one is."""
    found = list(truths)
    return True if any(truth is True for truth in found) else most_lasting(found) or False


def opposite(truth: Truth) -> Truth:
    """`not`."""
    return truth if isinstance(truth, Unknown) else not truth
