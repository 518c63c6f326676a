"""Notes on how a figure was read: written into sheets in Japanese, told in the language of the view.

A sheet holds its notes as Japanese sentences, because it is a document for Japanese offices, and people write notes of their own
beside them. What Hyotei writes is in `texts/reading_notes.toml`; a view in English knows it again there, and shows any other note
as it was written.
"""

import re
from functools import cache
from typing import Final

from hyotei.messages.phrases import wording
from hyotei.messages.text_files import Language, entries

BETWEEN: Final = "；"
"""What stands between the notes of one figure."""
_PLACE: Final = re.compile(r"\{(\w+)\}")


def reading_note(key: str, /, **values: object) -> str:
    """A note for the sheet."""
    return wording("ja")(key, **values)


def note_text(note: str, language: Language) -> str:
    """The notes of a figure in a language."""
    if language == "ja":
        return note
    return "; ".join(map(_english, note.split(BETWEEN)))


def _english(note: str) -> str:
    fixed, patterns = _known()
    if note in fixed:
        return fixed[note]
    for pattern, english in patterns:
        match = pattern.fullmatch(note)
        if match is not None:
            return english.format(**match.groupdict())
    return note


@cache
def _known() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Notes without anything of the sheet in them, and patterns of the others."""
    notes = entries("reading_notes").values()
    fixed = {entry.ja: entry.en for entry in notes if not _PLACE.search(entry.ja)}
    # A value holds no separator; notes are short and have three values at most.
    patterns = [(_pattern(entry.ja), entry.en) for entry in notes if entry.ja not in fixed]
    return fixed, patterns


def _pattern(text: str) -> re.Pattern[str]:
    parts = _PLACE.split(text)
    return re.compile("".join(f"(?P<{part}>[^；]+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)))
