"""One plain form for the many ways the same thing is typed in Japanese documents, with the way back to the original.

Full and half width, the different dashes and tildes, and the wide spaces become one; what could change a figure stays
(`10²` is not 102, and the long-vowel mark of データ is not a dash).
"""

import unicodedata
from collections.abc import Sequence

from hyotei.lazy_dataclass import dataclass

DASHES = frozenset("-‐‑‒–—―−﹘﹣－⁃⁻₋─━")
"""Characters that are a dash or a minus wherever they stand."""

_LONG_VOWELS = "ーｰ"
_TILDES = frozenset("~〜～∼˜⁓∿")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with, for each of its characters and its end, the position in the original."""

    text: str
    offsets: Sequence[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that became `text[start:end]`; positions count from 0, `end` is exclusive."""
        first = self.offsets[start]
        if end <= start:
            return first, first
        last = self.offsets[end - 1]
        # A character that became several (㍻) is covered whole by each of its parts.
        after = next((offset for offset in self.offsets[end:] if offset > last), self.offsets[-1])
        return first, after


class _Table(dict[int, str]):
    """Folding of single characters, computed when a character is first seen."""

    def __missing__(self, code: int) -> str:
        self[code] = result = _fold_character(chr(code))
        return result


def _fold_character(character: str) -> str:
    if character in DASHES:
        return "-"
    if character in _TILDES:
        return "~"
    if character in _INVISIBLE:
        return ""
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category in ("No", "Nl"):
        # ² ½ ⑮ Ⅱ: made plain, they would run together with the digits or the name beside them.
        return character
    return unicodedata.normalize("NFKC", character)


_TABLE = _Table()


def folded(text: str) -> str:
    """The plain form of `text`, for comparing and reading.

    >>> folded("８０％〜９０％")
    '80%~90%'
    """
    if text.isascii():
        return text
    plain = text.translate(_TABLE)
    if plain.isascii():
        return plain
    if ("ー" in plain and not _all_after_letters(plain)) or any(map(unicodedata.combining, plain)):
        return fold(text).text
    return plain


def _all_after_letters(plain: str) -> bool:
    """Whether each long-vowel mark follows a letter, so that none of them is a dash."""
    at = plain.find("ー")
    while at > 0 and plain[at - 1].isalpha():
        at = plain.find("ー", at + 1)
    return at < 0


def same_name(text: str) -> str:
    r"""What two spellings of one name have in common: the folded text without any white space, line breaks included.

    >>> same_name("相談　件数\n（全国）") == same_name("相談件数(全国)")
    True
    """
    return "".join(folded(text).split())


def fold(text: str) -> Folded:
    """The plain form of `text` with the map back to it."""
    if text.isascii():
        return Folded(text, range(len(text) + 1))
    result: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(text):
        plain = _TABLE[ord(character)]
        if character in _LONG_VOWELS and _stands_as_dash(result, text, position):
            plain = "-"
        elif result and len(plain) == 1 and unicodedata.combining(plain):
            # ｶﾞ and the か+゛ of some file systems are one character to a reader.
            joined = unicodedata.normalize("NFC", result[-1] + plain)
            if len(joined) == 1:
                result[-1] = joined
                continue
        result.extend(plain)
        offsets.extend([position] * len(plain))
    offsets.append(len(text))
    return Folded("".join(result), tuple(offsets))


def _stands_as_dash(before: list[str], text: str, position: int) -> bool:
    """Whether a long-vowel mark is in truth a dash: no letter before it, and none after it."""
    if before and before[-1].isalpha():
        return False
    after = position + 1
    return after >= len(text) or text[after] in _LONG_VOWELS or not text[after].isalpha()
