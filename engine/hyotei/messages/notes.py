"""Notes on how a figure was read: written into sheets in Japanese, told in the language of the view.

A sheet holds its notes as Japanese sentences, because it is a document for Japanese offices, and people write notes of their own
beside them. What Hyotei writes is in `texts/reading_notes.toml`; a view in English knows it again there, and shows any other note
as it was written.
"""

import re
from functools import cache
from typing import Final

from hyotei.messages.phrases import Text, wording
from hyotei.messages.text_files import Language, entries

_BETWEEN: Final = "；"
"""What stands between the notes of one figure."""
_PLACE: Final = re.compile(r"\{(\w+)\}")
_NOTES: Final = re.compile(f"(?:「[^」]*」|[^{_BETWEEN}])+")
"""One note of several; what it quotes may hold the sign between notes."""
_PHRASES: Final = {"how": "provisional.how", "source": "year_from", "amount": "amount"}
"""Places of notes where a phrase of `evaluation_text.toml` stands, and the group that it is of."""


def reading_note(key: str, /, **values: str | int | Text) -> str:
    """A note for the sheet."""
    return wording("ja")(key, **values)


def note_text(note: str, language: Language) -> str:
    """The notes of a figure in a language."""
    if language == "ja":
        return note
    return "; ".join(map(_english, separate_notes(note)))


def joined_notes(*notes: str | None) -> str | None:
    """Several notes of one figure as a sheet holds them, each once; None where there is none."""
    given = [each for each in notes if each]
    if len(given) < 2:
        return given[0] if given else None
    return _BETWEEN.join(dict.fromkeys(note for each in given for note in separate_notes(each)))


def separate_notes(notes: str) -> list[str]:
    """The notes of a figure, one by one."""
    return _NOTES.findall(notes)


def _english(note: str) -> str:
    fixed, patterns = _known()
    if note in fixed:
        return fixed[note]
    for pattern, english in patterns:
        match = pattern.fullmatch(note)
        if match is not None:
            return english.format(**{place: _value(place, text) for place, text in match.groupdict().items()})
    return note


def _value(place: str, text: str) -> str:
    return _phrases(_PHRASES[place]).get(text, text) if place in _PHRASES else text


@cache
def _phrases(group: str) -> dict[str, str]:
    """The English of each phrase of a group by its Japanese."""
    return {each.ja: each.en for key, each in entries("evaluation_text").items() if key.rpartition(".")[0] == group}


@cache
def _known() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Notes without anything of the sheet in them, and patterns of the others."""
    notes = entries("reading_notes").values()
    fixed = {entry.ja: entry.en for entry in notes if not _PLACE.search(entry.ja)}
    patterns = [(_pattern(entry.ja), entry.en) for entry in notes if entry.ja not in fixed]
    return fixed, patterns


def _pattern(text: str) -> re.Pattern[str]:
    parts = _PLACE.split(text)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL
    )
