"""A mapping of a hand-written file read key by key, where whatever does not fit is told with its place and the rest used."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_folding import folded
from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue, place
from hyotei.messages import Diagnostic, Listed, Location, Param, Phrase, phrase

T = TypeVar("T")

# Inside braces a comma ends a value, so `{total: 33,660}` has a key 660.
_GROUP_OF_DIGITS = lazy_pattern("[0-9]{3}.{0,5}")

_MOST_DIGITS = 15

_KIND_WORDS = {
    YamlText: phrase("sheet.kind.text"),
    YamlList: phrase("sheet.kind.list"),
    YamlMap: phrase("sheet.kind.mapping"),
}


class MappingReader:
    """One mapping with the keys it may have. Keys it may not have are told at once.

    `exact` says that the file has the layout of the models, in which nothing is added to what is written.
    """

    def __init__(
        self,
        node: YamlMap,
        keys: Iterable[str],
        file: str | None,
        problems: list[Diagnostic],
        *,
        exact: bool = False,
    ) -> None:
        self.node, self.file, self.problems, self.exact = node, file, problems, exact
        self.known = tuple(keys)
        self.values: dict[str, YamlValue] = {}
        for key, value in node.entries:
            if key.text in self.known:
                self.values[key.text] = value
            elif _GROUP_OF_DIGITS.fullmatch(folded(key.text[:9])):
                self.tell("HY241", key, key=key.text)
            else:
                self.tell("HY231", key, key=shown(key.text), suggestion=suggestion(key.text, self.known))

    def tell(self, code: str, at: YamlValue, **params: Param) -> None:
        """Notes a problem at a place of the file."""
        self.problems.append(Diagnostic(code, self.at(at), params))

    def at(self, value: YamlValue) -> Location:
        return place(value, self.file)

    def value(self, key: str, *, required: bool = False) -> YamlValue | None:
        """Whatever stands at `key`; None where nothing does."""
        value = self.values.get(key)
        if value is None or (isinstance(value, YamlText) and value.blank):
            if required:
                self.tell("HY232", self.node if value is None else value, key=key)
            return None
        return value

    def text(self, key: str, *, required: bool = False) -> str | None:
        """The text at `key`: in quotes as it stands, otherwise without spaces around it."""
        value = self.value(key, required=required)
        if value is None:
            return None
        if not isinstance(value, YamlText):
            self.wrong_kind(key, value, YamlText)
            return None
        return value.text if value.quoted else value.text.strip()

    def number(self, key: str, least: int, most: int | None = None) -> int | None:
        """The whole number at `key`, in plain digits."""
        written = self.text(key)
        if written is None:
            return None
        digits = folded(written[:_MOST_DIGITS]).strip()
        found = int(digits) if digits.isascii() and digits.isdigit() else -1
        if found >= least and (most is None or found <= most) and len(written) < _MOST_DIGITS:
            return found
        if most is None:
            choices = phrase("sheet.numbers_from", first=least, second=least + 1, third=least + 2)
        else:
            choices = phrase("sheet.numbers_between", least=least, most=most)
        self.tell("HY234", self.values[key], key=key, value=shown(written), choices=choices)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of the list at `key`; a single text counts as a list of one."""
        value = self.value(key)
        if value is None:
            return ()
        items = value.items if isinstance(value, YamlList) else (value,)
        found: list[str] = []
        for item in items:
            if not isinstance(item, YamlText):
                self.wrong_kind(key, item, YamlText)
            elif not item.blank:
                found.append(item.text if item.quoted else item.text.strip())
        return tuple(found)

    def choice(self, key: str, choices: Mapping[str, T]) -> T | None:
        """What the word at `key` stands for."""
        written = (self.text(key) or "").strip()
        if not written:
            return None
        word = folded(written).lower()
        if word not in choices:
            self.tell("HY234", self.values[key], key=key, value=shown(written), choices=Listed(tuple(choices)))
            return None
        return choices[word]

    def maps(self, key: str) -> list[YamlMap]:
        """The mappings of the list at `key`; a single mapping counts as a list of one."""
        value = self.value(key)
        if value is None:
            return []
        if isinstance(value, YamlText):
            self.wrong_kind(key, value, YamlList)
            return []
        found: list[YamlMap] = []
        for item in value.items if isinstance(value, YamlList) else (value,):
            if isinstance(item, YamlMap):
                found.append(item)
            elif not (isinstance(item, YamlText) and item.blank):
                self.wrong_kind(key, item, YamlMap)
        return found

    def wrong_kind(self, key: str, value: YamlValue, expected: type[YamlValue]) -> None:
        self.tell("HY233", value, key=key, expected=_KIND_WORDS[expected], found=_KIND_WORDS[type(value)])


def suggestion(written: str, known: Iterable[str]) -> Phrase:
    """What was probably meant: the nearest known key, or all of them."""
    from difflib import get_close_matches

    names = tuple(known)
    close = get_close_matches(folded(written[:80]).lower(), names, 1, 0.6)
    if close:
        return phrase("sheet.suggestion.near", key=close[0])
    return phrase("sheet.suggestion.all", names=Listed(names))


def shown(text: str) -> str:
    """A text short enough for a sentence."""
    return text if len(text) <= 40 else text[:40] + "…"
