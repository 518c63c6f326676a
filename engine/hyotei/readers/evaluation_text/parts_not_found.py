"""What of a printed sheet was not found: that is no silence of its author, because nobody knows that all of a print was read."""

from typing import Final

from hyotei.forms.declared import shipped_facts
from hyotei.sheet.models import Sheet
from hyotei.sheet.unread_parts import DIRECTIONS, PARTS, Part, in_order, part_of_fact

_OF_MEASURES: Final = frozenset({DIRECTIONS})
"""What every sheet has, though not every form states it: the direction of measures follows from other signs."""


def with_unread(sheet: Sheet) -> Sheet:
    """The sheet with each part that nothing was read of among its unread ones, and each fact that a shipped form declares."""
    found = [part for part in PARTS if part not in _OF_MEASURES and _empty(sheet, part)]
    stated = {fact.name for fact in sheet.facts}
    found += [
        part_of_fact(name)
        for name, each in shipped_facts().items()
        if each.fact.scope == "sheet" and name not in stated
    ]
    return sheet.model_copy(update={"unread": in_order(found)}) if found else sheet


def _empty(sheet: Sheet, part: Part) -> bool:
    holder, _, name = part.rpartition(".")
    return getattr(getattr(sheet, holder) if holder else sheet, name) in (None, (), "")
