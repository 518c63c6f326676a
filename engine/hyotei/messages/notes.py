"""Notes on how a figure was read, in the language of the view.

A sheet holds its notes as Japanese sentences, because it is a document for Japanese offices and its notes may be written by hand.
Those that Hyotei itself writes are in `notes.toml` with their English form, which views look up; any other stays as it was written.
"""

import re
from functools import cache
from typing import Final

from hyotei.messages.text_files import Language

BETWEEN: Final = "；"
"""What stands between the notes of one figure."""
_HOLE: Final = "{}"


def note_text(note: str, language: Language) -> str:
    """The notes of a figure in a language."""
    if language == "ja":
        return note
    return "; ".join(map(_english, note.split(BETWEEN)))


def _english(note: str) -> str:
    fixed, patterns = _catalogue()
    if note in fixed:
        return fixed[note]
    for pattern, english in patterns:
        match = pattern.fullmatch(note)
        if match is not None:
            return english.format(*match.groups())
    return note


@cache
def _catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Notes without anything of the sheet in them, and patterns of the others."""
    import tomllib
    from importlib.resources import files

    written: dict[str, str] = tomllib.loads((files("hyotei.messages") / "notes.toml").read_text(encoding="utf-8"))
    fixed = {ja: en for ja, en in written.items() if _HOLE not in ja}
    # A hole holds no separator; notes are short and have three holes at most.
    patterns = [
        (re.compile("([^；]+?)".join(map(re.escape, ja.split(_HOLE)))), en) for ja, en in written.items() if _HOLE in ja
    ]
    return fixed, patterns
