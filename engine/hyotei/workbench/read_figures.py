"""The figures of a sheet for a person to look through: first those that are unsure, with what is printed beside each."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from hyotei.messages import Language, wording
from hyotei.report.figure_places import FigurePlace, figure_places
from hyotei.sheet.correction import before_correction
from hyotei.sheet.models import Quantity, Sheet, Source
from hyotei.sheet.quantity import print_quantity
from hyotei.sheet.quantity_words import UNKNOWN_WORDS
from hyotei.workbench.figure_correction import path_text
from hyotei.workbench.models import Revision

Group = Literal["unsure", "read", "blank"]


class ReadFigure(NamedTuple):
    """One figure: its place, its value as one writes it, what is printed and where, how it was read and why, what it was before a
    correction, who found the reading right, its source as a whole, and whether a person has looked at it.
    """

    name: str
    path: str
    text: str
    printed: str
    place: str
    reading: str
    note: str
    before: str
    confirmed: str
    source: Source | None = None
    settled: bool = False


def read_figures(sheet: Sheet, changes: Sequence[Revision], language: Language) -> dict[Group, list[ReadFigure]]:
    """The figures in groups: those that a person has to look at, those that were read, and those that nothing stands for.

    One that a person corrected or found right is among the first, where it was before or from then on: it stays in sight.

    Args:
        sheet: the sheet.
        changes: its states, the latest first.
        language: of names and notes.
    """
    confirmed, corrected = _confirmed(changes), {each.subject for each in changes if each.kind == "corrected"}
    found: dict[Group, list[ReadFigure]] = {"unsure": [], "read": [], "blank": []}
    for place in figure_places(sheet, language):
        path = path_text(place)
        figure = _figure(place, path, confirmed.get(path, ""), language)
        settled = path in confirmed or path in corrected
        group: Group = "unsure" if settled else _group(place.quantity)
        found[group].append(figure._replace(settled=settled))
    return found


def _confirmed(changes: Sequence[Revision]) -> dict[str, str]:
    """Who found a reading right, by the place of the figure, as far as it was not changed after that."""
    found: dict[str, str] = {}
    for change in reversed(changes):
        if change.kind == "confirmed":
            found[change.subject] = change.account.name
        elif change.kind == "corrected":
            found.pop(change.subject, None)
    return found


def _group(quantity: Quantity) -> Group:
    source = quantity.source
    if quantity.unknown == "unread" or (source is not None and source.reading in ("inferred", "ambiguous")):
        return "unsure"
    return "blank" if source is None and quantity.value is None else "read"


def _where(source: Source, language: Language) -> str:
    """The cell, page or line of a source."""
    say = wording(language)
    if source.cell is None and source.page is not None:
        return say("workbench_source.page", number=source.page)
    if source.cell is None and source.line is not None:
        return say("workbench_source.line", number=source.line)
    return source.cell or ""


def _as_typed(quantity: Quantity) -> str:
    """A figure as one types it; what is not known yet in the word of its source (未確定, not 集計中), if that is a word for it."""
    if quantity.unknown in ("missing", "unread"):
        return ""
    if quantity.unknown is not None and quantity.source is not None:
        word = quantity.source.text.strip()
        if quantity.source.reading != "corrected" and word in UNKNOWN_WORDS[quantity.unknown]:
            return word
    return print_quantity(quantity)


def _figure(place: FigurePlace, path: str, confirmed: str, language: Language) -> ReadFigure:
    quantity, source = place.quantity, place.quantity.source
    text = _as_typed(quantity)
    unread = "unread" if quantity.unknown == "unread" else ""
    if source is None:
        return ReadFigure(place.name, path, text, "", "", unread, "", "", confirmed)
    where = " ".join(filter(None, (_where(source, language), source.place)))
    note = source.notes_text(language)
    printed = " ".join(source.text.split())[:200]
    before = before_correction(source) or ""
    return ReadFigure(place.name, path, text, printed, where, source.reading, note, before, confirmed, source)
