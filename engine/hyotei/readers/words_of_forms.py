"""The words of a form as the reading of documents uses them: headings of parts, rows of budgets, choices."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from hyotei.forms.items import NONE
from hyotei.forms.library import base_form
from hyotei.forms.model import Form

_FORMS: Final = 64
_CHOICES: Final = 5_000
"""Choices that are kept: the lines of a list state the same few again and again."""
_FRAME: Final = r"[(\[【■□●◆◇]?\s*"
_AFTER_PART: Final = r"(?=[\s(\[)\]】:※]|$)"
"""What may follow the heading of a part, which may be broken over lines and spaced out at any of its characters."""


class FormWords(NamedTuple):
    """What headings are read with: the form whose words count, a year near which those without an era are, and the evaluated
    year, of which 前年度 is the one before; without it such words name no year.
    """

    form: Form
    near: int
    evaluated: int | None = None


def words_near(year: int) -> FormWords:
    """The words that all forms share."""
    return FormWords(base_form(), year)


@lru_cache(_FORMS)
def part_patterns(form: Form) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each part of a form with what its heading looks like at the start of a line."""
    return tuple(
        (row.item, re.compile(f"{_FRAME}(?:{row.pattern})" + ("" if row.printed == "※" else _AFTER_PART)))
        for row in form.rows("parts")
    )


@lru_cache(_FORMS)
def budget_rows(form: Form) -> str:
    """The labels of the rows of a budget as one pattern, each in a group of the name of its amount."""
    amounts: dict[str, list[str]] = {}
    for row in form.rows("budget"):
        amounts.setdefault(row.item, []).append(row.pattern)
    meaningless = amounts.pop(NONE, [])
    # What is carried forward ends with the word for what is carried over.
    names = sorted(amounts, key=lambda name: name != "carried_forward")
    # 執行見込: a word that is followed by how sure its amount is.
    torn = {"executed": "|(?:執行|決算)(?=見込)"}
    known = "|".join(f"(?P<{name}>{'|'.join(amounts[name])}{torn.get(name, '')})" for name in names)
    return f"(?!(?:{'|'.join(meaningless)})(?: |$))(?:{known})" if meaningless else known


@lru_cache(_CHOICES)
def choice_values(form: Form, item: str) -> tuple[str, ...]:
    """The values of a choice, in the order in which the form states them."""
    return tuple(dict.fromkeys(row.value for row in form.rows("choices") if row.item == item))


def choice_pattern(form: Form, item: str) -> str:
    """What the choices of an item look like, as one pattern."""
    return "|".join(row.pattern for row in form.rows("choices") if row.item == item)


@lru_cache(_CHOICES)
def chosen(form: Form, item: str, text: str) -> str | None:
    """The value that a printed choice stands for; `text` is folded and without blanks."""
    rows = (row for row in form.rows("choices") if row.item == item)
    return next((row.value for row in rows if re.fullmatch(row.pattern, text)), None)
