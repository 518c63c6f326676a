"""The files of `texts/`: one a subject, read when something of that subject is said for the first time.

A file holds problems (`[HY701]` with a severity) and words (any other key). Words may stand in groups: `standing.published` of
`common.toml` has the key `common.standing.published`. Every entry has the two languages beside each other.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Language = Literal["ja", "en"]
LANGUAGES: Final[tuple[Language, Language]] = ("ja", "en")


class Entry(NamedTuple):
    """One entry of a file: its text in each language, and how grave it is where it is a problem.

    `page` has the texts of a problem for pages, where its own name what only a command has (options, files of one's own).
    """

    ja: str
    en: str
    severity: str = ""
    page: Mapping[Language, str] = MappingProxyType({})

    def in_language(self, language: Language) -> str:
        return self.en if language == "en" else self.ja


@cache
def subjects() -> "dict[str, Traversable]":
    """The file of each subject, by the name of the subject."""
    from importlib.resources import files

    texts = files("hyotei.messages") / "texts"
    named = sorted((entry.name, entry) for entry in texts.iterdir())
    return {name.removesuffix(".toml"): entry for name, entry in named if name.endswith(".toml")}


@cache
def written(subject: str) -> str:
    """The text of the file of a subject."""
    return subjects()[subject].read_text(encoding="utf-8")


@cache
def entries(subject: str) -> dict[str, Entry]:
    """The entries of a subject by their keys within it."""
    return _read(written(subject))


def entry(subject: str, key: str) -> Entry:
    """One entry of a subject. Only the part of the file under its heading is read.

    Raises:
        KeyError: there is none.
    """
    heading = key
    while True:
        if heading in _parts(subject):
            found = _entries_under(subject, heading).get(key)
            if found is not None:
                return found
        if not heading:
            raise KeyError(f"{subject}.{key}")
        heading = heading.rpartition(".")[0]


@cache
def _parts(subject: str) -> dict[str, str]:
    """The parts of a file by their headings, each with its heading; the first part has none."""
    parts = re.split(r"^\[([\w.-]+)\]$", written(subject), flags=re.MULTILINE)
    return {"": parts[0]} | {name: f"[{name}]{text}" for name, text in zip(parts[1::2], parts[2::2], strict=True)}


@cache
def _entries_under(subject: str, heading: str) -> dict[str, Entry]:
    return _read(_parts(subject)[heading])


def _read(text: str) -> dict[str, Entry]:
    # Most runs say little: what reads the texts is imported with the first of them.
    import tomllib

    return dict(_flat(tomllib.loads(text), ""))


def _flat(table: Mapping[str, object], lead: str) -> Iterator[tuple[str, Entry]]:
    for name, value in table.items():
        if not isinstance(value, dict):
            raise LookupError(f"{lead}{name} has no languages")
        if isinstance(value.get("ja"), str):
            yield lead + name, Entry(**value)
        else:
            yield from _flat(value, f"{lead}{name}.")
