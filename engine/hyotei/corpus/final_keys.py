"""The end of a build: sheets get the keys that they have in the whole corpus, and what became of doubles is told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hyotei.corpus.part import Part, file_name
from hyotei.corpus.part_writing import Writing
from hyotei.corpus.schema import TABLES
from hyotei.corpus.unique_keys import KeyOutcome, settle
from hyotei.messages import Diagnostic, Param, Phrase, phrase

_MOST_TOLD: Final = 20


def settled(folder: Path, parts: Sequence[Part]) -> tuple[list[Part], list[Diagnostic]]:
    """The parts with the keys in order, those in question written again; and what is to be said of it."""
    outcome = settle(folder, [part.name for part in parts])
    writing = Writing(folder)
    writing.reserve(part.name for part in parts)
    try:
        for part in parts:
            if part.name not in outcome.edits:
                writing.keep(part)
        for name, edit in outcome.edits.items():
            writing.take(folder, name, edit)
        found = writing.close()
    except BaseException:
        writing.abandon()
        raise
    for name in outcome.edits:
        for table in TABLES:
            (folder / table / file_name(name)).unlink()
    return found, _told(outcome)


def _told(outcome: KeyOutcome) -> list[Diagnostic]:
    problems = []
    shared = list(outcome.shared.items())
    for position, (identifier, (count, sources)) in enumerate(shared[:_MOST_TOLD], 1):
        hint: Phrase | str = ""
        if position == _MOST_TOLD < len(shared):
            number = f"{len(shared):,}"
            hint = phrase("corpus.more_identifiers", number=number)
        params: dict[str, Param] = {
            "id": identifier,
            "count": f"{count:,}",
            "sources": ", ".join(sources[:3]),
            "hint": hint,
        }
        problems.append(Diagnostic("HY963", params=params))
    if outcome.copied:
        problems.append(Diagnostic("HY964", params={"count": outcome.copied}))
    return problems
