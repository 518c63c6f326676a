"""A problem of a draft as its page tells it: its sentence, with a button for each edit that mends it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from hyotei.messages import Diagnostic, Language
from hyotei.rulebook.mends.mends import mends_of
from hyotei.rulebook.mends.model import Replacement
from hyotei.rulebook.rulebook_text import RulebookText


@dataclass
class MendShown:
    """An edit that mends a problem: what its button says, and what it sends (`draft_changes.sent_mend` reads it)."""

    label: str
    value: str


@dataclass
class FieldProblem:
    """The sentence of a problem where it is, and the edits of which each mends it."""

    text: str
    mends: list[MendShown] = field(default_factory=list)


def mends_shown(problem: Diagnostic, document: RulebookText, language: Language) -> list[MendShown]:
    """The buttons of a problem."""
    return [MendShown(each.label.text(language), mend_value(each.replacements)) for each in mends_of(problem, document)]


def mend_value(replacements: Sequence[Replacement]) -> str:
    """The replacements of a mend as the page sends them."""
    return json.dumps([[each.start, each.end, each.text] for each in replacements], ensure_ascii=False)
