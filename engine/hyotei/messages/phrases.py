"""Words and sentences of the catalogue in a language: `wording("en")("corpus.build.size", sheets=2, ...)`.

The text of an entry has places for values, as `str.format` takes them. A place with a stroke after its colon chooses by number:
`{read:,} {read:sheet|sheets}`. A value that is itself told by language is a `Text`, such as a `Phrase`: a sentence that is not said
yet, kept as its key and values until somebody asks for it in a language.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from functools import cache
from string import Formatter
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.messages.text_files import Language, entry


class Text(ABC):
    """Something that is told in either language."""

    __slots__ = ()

    @abstractmethod
    def text(self, language: Language) -> str:
        """It in words."""


class _Numbered(Formatter):
    """Formats that choose by number: the first form for one, the second for any other number."""

    def format_field(self, value: object, format_spec: str) -> str:
        if "|" in format_spec:
            one, other = format_spec.split("|")
            return one if value == 1 else other
        return format(value, format_spec)


_NUMBERED: Final = _Numbered()


def filled(text: str, values: Mapping[str, object], language: Language) -> str:
    """The text of an entry with values in its places."""
    told = {name: value.text(language) if isinstance(value, Text) else value for name, value in values.items()}
    return _NUMBERED.vformat(text, (), told) if "|" in text else text.format_map(told)


class Wording:
    """The words of one language."""

    __slots__ = ("_known", "language")

    def __init__(self, language: Language) -> None:
        self.language: Final = language
        self._known: dict[str, str] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of an entry (`subject.name`, `subject.group.name`) with values in its places."""
        text = self._known.get(key)
        if text is None:
            subject, _, name = key.partition(".")
            text = self._known[key] = entry(subject, name).in_language(self.language)
        return filled(text, values, self.language)

    def one_of(self, group: str, name: str, /, **values: object) -> str:
        """The text of one entry of a group: `one_of("common.standing", rulebook.standing)`."""
        return self(f"{group}.{name}", **values)

    def listed(self, items: Iterable[str], separator: str = "common.list.comma") -> str:
        """Items one after the other, with what stands between items in this language."""
        return self(separator).join(items)


@cache
def wording(language: Language) -> Wording:
    """The words of a language."""
    return Wording(language)


@dataclass(frozen=True, slots=True)
class Phrase(Text):
    """A text that is not said yet: the key of its entry, and the values for its places by name."""

    key: str
    values: tuple[tuple[str, object], ...] = ()

    def text(self, language: Language) -> str:
        return wording(language)(self.key, **dict(self.values))


def phrase(key: str, /, **values: object) -> Phrase:
    """A text of the catalogue for either language, to be said later."""
    return Phrase(key, tuple(values.items()))


def phrase_of(group: str, name: str, /, **values: object) -> Phrase:
    """One entry of a group, to be said later."""
    return Phrase(f"{group}.{name}", tuple(values.items()))


@dataclass(frozen=True, slots=True)
class InEach(Text):
    """What is made for each language by something else than the catalogue, such as a name that has two."""

    ja: str
    en: str

    def text(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Listed(Text):
    """Several things one after the other; those that are a `Text` are told in the language asked for."""

    items: tuple[object, ...]
    separator: str = "common.list.comma"

    def text(self, language: Language) -> str:
        told = (item.text(language) if isinstance(item, Text) else str(item) for item in self.items)
        return wording(language).listed(told, self.separator)
