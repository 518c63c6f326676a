"""What an amount of the budget table is, from the label of its row and the words beside the year of its column.

A label says which amount it is and a heading can take that away again: 当初予算 below 25年度要求額 is the request, below 予算案
it is not yet decided, and 執行額 below 決算見込 is not yet executed.
"""

import re
from typing import Final, Literal

from hyotei.readers.evaluation_text.year_heading import Word
from hyotei.sheet.models import Quantity, Source
from hyotei.sheet.notes import Notes, joined_notes

Sure = Literal["fact", "open", "part", "left"]
"""Whether an amount is what its label says, is not settled yet, is part of an amount that is not printed, or has no place."""

_OPEN_OUTTURN: Final = frozenset(("executed", "carried_forward"))
_REQUESTED: Final = frozenset(("initial", "total", "request"))
MEANINGS: Final[frozenset[Word | None]] = frozenset(
    ("request", "draft", "estimate", "outturn_estimate", "executed", "revised", "initial", "part")
)
"""The words that make something of an amount."""
_NO_YEAR: Final = re.compile(
    "備考|摘要|単位|区分|増減.*|.*比|.*増減.*|差.*|伸び?率|.*割合|.*平均|(?:合|累|総)?計(?:額)?|.*理由|.*要因|出典|執行率|.*事項|会計"
)
PART: Final = "reading_notes.part_of_amount"
_PART: Final = re.compile(r"内数|うち数|[〈《<].*[〉》>]")


def meaning(name: str, of_row: Word, of_column: Word, *, supplemented: bool) -> tuple[str, Sure, Word]:
    """The field of a budget year that an amount belongs to, how sure that is, and the word that decided.

    Args:
        name: the field that the label of the row names.
        of_row: the word beside that label, as in 執行額（見込）.
        of_column: the word beside the year.
        supplemented: whether the table has a row of its own for supplementary budgets.
    """
    words = (of_row, of_column)
    for word in ("part", "request", "draft", "outturn_estimate", "estimate"):
        if word not in words:
            continue
        if word == "part":
            return name, "part", "part"
        if name == "request":
            break
        if word == "request":
            return ("request", "fact", word) if name in _REQUESTED else (name, "left", word)
        if word == "outturn_estimate":
            return name, "open" if name in _OPEN_OUTTURN else "fact", word
        return name, "open", word
    if "revised" in words and name == "initial" and not (supplemented and of_row != "revised"):
        return name, "left", "revised"
    if of_column == "initial" and name in _OPEN_OUTTURN:
        return name, "left", "initial"
    return name, "fact", "plain"


def of_no_year(heading: str) -> bool:
    """Whether the heading of a column, without blanks, is surely not that of a year."""
    return _NO_YEAR.fullmatch(heading) is not None


def partial(text: str) -> bool:
    """Whether a printed amount is said to be part of a larger one that is not printed: 1,000の内数, 〈1,000〉."""
    return _PART.search(text) is not None


def opened(quantity: Quantity, notes: Notes) -> Quantity:
    """An amount that is not settled yet, with what is printed."""
    return _without(quantity, notes).model_copy(update={"unknown": "unsettled"})


def unread(quantity: Quantity, notes: Notes) -> Quantity:
    """An amount that is printed and cannot be used, with what is printed."""
    return _without(quantity, notes)


def _without(quantity: Quantity, notes: Notes) -> Quantity:
    source = quantity.source or Source(text="")
    notes = joined_notes(source.notes, notes)
    reading = "inferred" if source.reading == "stated" else source.reading
    return Quantity(unknown="unread", source=source.model_copy(update={"reading": reading, "notes": notes}))
