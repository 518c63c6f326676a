"""Names of figures that are facts of the programme review now: a rulebook that was written with them keeps its meaning.

What such a name reads is declared by itself, unless the rulebook declares the fact. Decision 13 says why these are facts.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from hyotei.messages import Diagnostic, Location
from hyotei.rulebook.model import Scale
from hyotei.rulebook.types import COUNT, MONEY, TEXT, ScaleType, Type
from hyotei.rulebook.vocabulary import DeclaredFact

SCOPE: Final = "sheet"
FORMER_NAMES: Final[Mapping[str, str]] = {
    "recorded.opinion": "opinion",
    "recorded.reflection": "reflection",
    "recorded.reflection_amount": "reflection_amount",
    "recorded.greatest_reflection_amount": "greatest_reflection_amount",
    "outline.kind": "programme_kind",
    "outline.no_target_reason": "no_target_reason",
    "logic_model.activities": "logic_activities",
    "logic_model.outputs": "logic_outputs",
    "logic_model.outcomes": "logic_outcomes",
}
"""Figures of a sheet by their names up to `hyotei.sheet/2`, each with the fact that it is."""
_TYPES: Final[Mapping[str, Type]] = {
    "reflection_amount": MONEY,
    "greatest_reflection_amount": MONEY,
    "logic_activities": COUNT,
    "logic_outputs": COUNT,
    "logic_outcomes": COUNT,
}
"""Of the facts that are no words."""


def former_facts(
    text: str,
    facts: Mapping[str, DeclaredFact],
    scales: Mapping[str, Scale],
    file: str | None,
    problems: list[Diagnostic],
) -> Iterator[DeclaredFact]:
    """The facts that a document reads by their former names and does not declare, each told (HY392).

    Args:
        text: the whole document.
        facts: what it declares.
        scales: its scales; words were of the scale of their own name where there is one, and are.
        file: its name, for what is told.
        problems: where it is told.
    """
    lines = text.splitlines()
    for former, name in FORMER_NAMES.items():
        mentioned = re.compile(rf"(?<!\w){re.escape(former)}(?!\w)")
        line = next((number for number, each in enumerate(lines, 1) if mentioned.search(each)), None)
        if line is None or name in facts:
            continue
        of = _TYPES.get(name, TEXT)
        written = next(key for key, each in (("money", MONEY), ("count", COUNT), ("text", TEXT)) if each == of)
        if name in scales:
            scale = scales[name]
            of, written = ScaleType(scale.name, scale.values, scale.ordered), name
        problems.append(Diagnostic("HY392", Location(file, line), {"former": former, "name": name, "type": written}))
        yield DeclaredFact(name, SCOPE, of, line=line)
