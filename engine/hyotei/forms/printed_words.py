"""The language of printed words in a form: alternatives, parts that may be absent, and groups of words; no regular expressions.

`目標[値], {毎年}目標値` matches 目標, 目標値, and 目標値 after any word of the group 毎年. Texts are compared folded and without
blanks: full and half width, and whatever spaces a form prints, are the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from hyotei.base.text_folding import folded

Problem = Literal["regular_expression", "unclosed", "unknown_group", "loop", "empty", "anything"]
"""What can be wrong with printed words."""

_MOST_SPELLINGS: Final = 64
_BLANKS: Final = re.compile(r"\s+")
_REGULAR: Final = re.compile(r"\.[*+?]|\\[dswDSWb]|\(\?|\[\^|\[[^\]]-[^\]]\]|[)\]][*+?]|^\^|\$$|\|")
BUILT_IN: Final[Mapping[str, str]] = {
    "年度": r"(?:(?:平成|令和|昭和|[HRS]\.?)?(?:[0-9]{1,4}|元)(?:年度?|度)?)",
    "数": r"(?:[0-9]{1,3}|[①-⑳]|[Ⅰ-Ⅹ])",
    "文字": r"(?:[^。]{1,30})",
}
"""Groups that every form has: a fiscal year, a number, and up to thirty characters of anything."""


class PrintedWordsError(ValueError):
    """Printed words that mean nothing; `part` is what is wrong in them."""

    def __init__(self, problem: Problem, part: str) -> None:
        super().__init__(f"{problem}: {part}")
        self.problem: Problem = problem
        self.part = part


@dataclass(frozen=True, slots=True)
class Group:
    """`{name}`: any word of a group."""

    name: str


@dataclass(frozen=True, slots=True)
class Optional:
    """`[...]`: what may be absent."""

    parts: tuple["Part", ...]


Part: TypeAlias = str | Group | Optional
Alternatives: TypeAlias = tuple[tuple[Part, ...], ...]


def bare(text: str) -> str:
    """A text for comparison: folded, without any blanks."""
    return _BLANKS.sub("", folded(text))


def spellings(parts: Sequence[Part]) -> tuple[str, ...]:
    """All ways to write one alternative, with and without its parts that may be absent; none where a group stands in it."""
    found = [""]
    for part in parts:
        if isinstance(part, Group) or len(found) > _MOST_SPELLINGS:
            return ()
        ways = (part,) if isinstance(part, str) else ("", *spellings(part.parts))
        if ways == ("",):
            return ()
        found = [f"{before}{way}" for before in found for way in ways]
    return tuple(found)


def parse_words(written: str) -> Alternatives:
    """The alternatives of a cell, between commas of either width.

    Raises:
        PrintedWordsError: they look like a regular expression, a bracket is not closed, or nothing is written.

    >>> parse_words("目標[値]、{毎年}目標")
    (('目標', Optional(parts=('値',))), (Group(name='毎年'), '目標'))
    """
    match = _REGULAR.search(written)
    if match is not None:
        raise PrintedWordsError("regular_expression", match.group())
    found: list[tuple[Part, ...]] = []
    reader = _Reader(written)
    while True:
        found.append(reader.sequence(until=""))
        if reader.at_end:
            break
        reader.position += 1
    alternatives = tuple(each for each in found if each)
    if not alternatives:
        raise PrintedWordsError("empty", written)
    return alternatives


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    @property
    def at_end(self) -> bool:
        return self.position >= len(self.text)

    def sequence(self, until: str) -> tuple[Part, ...]:
        """Parts up to a comma or the closing bracket."""
        parts: list[Part] = []
        letters = ""
        while not self.at_end:
            sign = self.text[self.position]
            if sign == until or (not until and sign in ",，、"):
                break
            if sign in "[{":
                parts += [bare(letters)] if bare(letters) else []
                letters = ""
                parts.append(self.bracket(sign))
                continue
            if sign in "]}":
                raise PrintedWordsError("unclosed", sign)
            if sign == "\\" and self.position + 1 < len(self.text):
                self.position += 1
                sign = self.text[self.position]
            letters += sign
            self.position += 1
        return (*parts, *([bare(letters)] if bare(letters) else []))

    def bracket(self, sign: str) -> Part:
        start = self.position
        self.position += 1
        if sign == "{":
            end = self.text.find("}", start)
            if end < 0 or not self.text[start + 1 : end].strip():
                raise PrintedWordsError("unclosed", self.text[start : start + 20])
            self.position = end + 1
            return Group(bare(self.text[start + 1 : end]))
        inner = self.sequence(until="]")
        if self.at_end:
            raise PrintedWordsError("unclosed", self.text[start : start + 20])
        self.position += 1
        return Optional(inner)


def pattern_of(
    alternatives: Alternatives, groups: Mapping[str, Alternatives], inside: Sequence[str] = (), between: str = ""
) -> str:
    """The alternatives as a regular expression over bare texts; nobody writes or sees it.

    `between` is what may stand between any two characters, for texts that still have their blanks.

    Raises:
        PrintedWordsError: a group is unknown, or contains itself.
    """
    return (
        "(?:"
        + "|".join(between.join(_pattern(part, groups, inside, between) for part in each) for each in alternatives)
        + ")"
    )


def _pattern(part: Part, groups: Mapping[str, Alternatives], inside: Sequence[str], between: str) -> str:
    match part:
        case str():
            return between.join(map(re.escape, part))
        case Optional(parts):
            return "(?:" + between.join(_pattern(each, groups, inside, between) for each in parts) + ")?"
        case Group(name):
            if name in groups:
                if name in inside:
                    raise PrintedWordsError("loop", name)
                return pattern_of(groups[name], groups, (*inside, name), between)
            if name in BUILT_IN:
                return BUILT_IN[name]
            raise PrintedWordsError("unknown_group", name)


def says_anything(alternatives: Alternatives, groups: Mapping[str, Alternatives]) -> bool:
    """Whether some alternative asks for no word at all: it is `{文字}`, `{数}` or everything in it may be absent."""
    return any(not any(_literal(part, groups) for part in each) for each in alternatives)


def _literal(part: Part, groups: Mapping[str, Alternatives]) -> bool:
    match part:
        case str():
            return True
        case Group(name):
            return name in groups and not says_anything(groups[name], {k: v for k, v in groups.items() if k != name})
    return False
