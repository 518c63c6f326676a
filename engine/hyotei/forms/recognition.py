"""Which form a document is of: a score for each form by the words that it prints; between forms near each other none is chosen."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from hyotei.forms.library import forms
from hyotei.forms.model import LEAST_PERCENT, Form

NEAR: Final = 20
"""By how many percent a form may lie below the best one and still be as likely."""
LONGEST: Final = 400_000
"""Characters of a document that are looked at."""


class Score(NamedTuple):
    """How much of what a form is known by a document prints, in percent."""

    form: Form
    percent: int
    seen: int
    """How many of its words are printed."""


def scores(texts: Iterable[str], among: Iterable[Form] | None = None) -> list[Score]:
    """The forms that a document may be of, the likeliest first; those of which a needed word is not printed are none of them.

    Args:
        texts: what the document prints, folded and without blanks, cell by cell and line by line.
        among: the forms that it may be of; by default those of the library.
    """
    whole = "\n".join(_beginning(texts))[:LONGEST]
    found = [each for form in (forms() if among is None else among) if (each := _score(form, whole)) is not None]
    return sorted(found, key=lambda each: (-each.percent, -each.seen, each.form.id))


def _beginning(texts: Iterable[str]) -> Iterator[str]:
    """The texts up to the length that is looked at."""
    length = 0
    for text in texts:
        yield text
        length += len(text) + 1
        if length > LONGEST:
            return


def likely(found: Iterable[Score]) -> list[Score]:
    """The best form, with those that are as likely; one that another of them extends gives way to it."""
    possible = [each for each in found if each.percent >= LEAST_PERCENT]
    near = [each for each in possible if each.percent + NEAR > possible[0].percent]
    return [each for each in near if not any(each.form.id in other.form.lineage for other in near)]


def _score(form: Form, whole: str) -> Score | None:
    every, some, never = _patterns(form)
    if not every and not some:
        return None
    if any(pattern.search(whole) for pattern in never) or not all(pattern.search(whole) for pattern in every):
        return None
    seen = len(every) + sum(1 for pattern in some if pattern.search(whole))
    return Score(form, 100 * seen // (len(every) + len(some)), seen)


@lru_cache(256)
def _patterns(form: Form) -> tuple[tuple[re.Pattern[str], ...], ...]:
    known = form.recognition
    return tuple(tuple(map(re.compile, patterns)) for patterns in (known.every, known.some, known.never))
