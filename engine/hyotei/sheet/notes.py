"""Why a figure was read as it was: notes with a code and values, which a view tells in its language.

The texts are in `reading_notes.toml`; the code of a note is the key of its entry there. What people write themselves is no `Note`:
it stands as it is in `Source.note`.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, TypeAdapter, WithJsonSchema

from hyotei.messages.phrases import Phrase, Wording, wording
from hyotei.messages.text_files import Language
from hyotei.sheet.fiscal_year_print import print_fiscal_year

_SUBJECT: Final = "reading_notes"
_PHRASES: Final = {
    "how": "evaluation_text.provisional.how",
    "source": "evaluation_text.year_from",
    "amount": "evaluation_text.amount",
}
"""Values that are the name of a phrase, with the group that it is of."""
_YEAR: Final = "near"
"""The value that is a fiscal year, which is told as documents of the language print it."""
_BETWEEN: Final[dict[Language, str]] = {"ja": "；", "en": "; "}


def _pairs(values: object) -> object:
    return tuple(sorted(values.items())) if isinstance(values, Mapping) else values


NoteValues = Annotated[
    tuple[tuple[str, str], ...],
    BeforeValidator(_pairs),
    PlainSerializer(dict, return_type=dict[str, str]),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}}),
]


class Note(BaseModel):
    """One reason why a reading is inferred or ambiguous."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    code: str = Field(min_length=1, description="What the note says, such as hidden_row.")
    values: NoteValues = Field((), description="The values of its text by name, such as the text that was read.")

    @classmethod
    def of(cls, code: str, values: Mapping[str, str] = MappingProxyType({})) -> "Note":
        """A note of its values by name."""
        return cls(code=code, values=tuple(sorted(values.items())))

    def text(self, language: Language) -> str:
        """It in words; of a code that this version does not know, the code with its values."""
        values = dict(self.values)
        say = wording(language)
        try:
            return say.one_of(_SUBJECT, self.code, **{name: _said(name, text, say) for name, text in self.values})
        except KeyError:
            return " ".join((self.code, *(f"{name}={text}" for name, text in values.items())))


def _said(name: str, text: str, say: Wording) -> str:
    """A value of a note in words."""
    if name in _PHRASES:
        return say.one_of(_PHRASES[name], text)
    if name == _YEAR and len(text) == 4 and text.isdecimal():
        return print_fiscal_year(int(text), say.language)
    return text


Notes = tuple[Note, ...]


def reading_note(key: str, /, **values: str | int | Phrase) -> Notes:
    """One note, by the key of its text (`reading_notes.hidden_row`). A phrase as a value is kept by its name."""
    if not values:
        return _without_values(key)
    told = {
        name: each.key.rpartition(".")[2] if isinstance(each, Phrase) else str(each) for name, each in values.items()
    }
    return (Note.of(key.partition(".")[2], told),)


@cache
def _without_values(key: str) -> Notes:
    return (Note(code=key.partition(".")[2]),)


def joined_notes(*each: Iterable[Note]) -> Notes:
    """The notes of several readings, each once."""
    return tuple(dict.fromkeys(note for notes in each for note in notes))


def notes_text(notes: Iterable[Note], written: str | None, language: Language) -> str:
    """Notes in words one after the other, the last what a person wrote; empty where there is nothing."""
    told = [note.text(language) for note in notes]
    return _BETWEEN[language].join([*told, written] if written else told)


_NOTES: Final = TypeAdapter(Notes, config=None)


@lru_cache(maxsize=1 << 12)
def notes_json(notes: Notes) -> str | None:
    """Notes as the text of a cell: a list in JSON; None where there is none."""
    if not notes:
        return None
    return json.dumps([note.model_dump(exclude_defaults=True) for note in notes], ensure_ascii=False)


@lru_cache(maxsize=1 << 12)
def notes_of_json(text: str | None) -> Notes:
    """The way back of `notes_json`.

    Raises:
        ValueError: the text is no list of notes.
    """
    return () if text is None else _NOTES.validate_json(text)
