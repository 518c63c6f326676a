"""In which encoding bytes are: by byte order marks, by what decodes without error, and by how much the result looks like Japanese.

A guess is made only where one encoding is plainly more plausible than the others; otherwise the bytes are `ambiguous`, `mixed`
or no text at all, and the user is told.
"""

import unicodedata
from functools import lru_cache
from typing import Final

from hyotei.base.encodings import (
    BROKEN,
    CP932,
    EUC_JP,
    ISO_2022_JP,
    MARKED,
    UTF8,
    UTF16_BE,
    UTF16_LE,
    Encoding,
    decode,
    whole,
)
from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.lazy_dataclass import dataclass

_SAMPLE: Final = 20_000
"""Characters outside ASCII by which plausibility is judged."""
_PLAUSIBLE: Final = 0.3
_PLAINLY: Final = 0.25
"""From which plausibility bytes are text, and by how much the best reading must surpass the next."""
_FEW: Final = 3
"""Characters outside ASCII up to which two readings that both decode are never told apart."""
_MOST_NULS: Final = 0.1
_MOST_BROKEN: Final = 0.25
_ORDINARY: Final = str.maketrans("\t\r\n\f\u3000\xa0", "      ")
_LINES: Final = lazy_pattern(rb"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """The encoding; None where there are several `candidates` (`mixed`: different lines are in different ones), or no text."""

    encoding: Encoding | None
    candidates: tuple[str, ...] = ()
    mixed: bool = False


NO_TEXT: Final = Guess(None)


def guess(content: bytes, *, complete: bool = True) -> Guess:
    """The encoding of bytes; `complete` is whether they are all there, or only a beginning that may end within a character."""
    if not complete:
        content = _whole_lines(content)
    for encoding in MARKED:
        if content.startswith(encoding.mark):
            if encoding.codec == "utf-8":
                return Guess(encoding)
            return Guess(encoding) if textual(decode(content[:_SAMPLE], encoding)) > 0.9 else NO_TEXT
    if b"\0" in content:
        wide = [each for each in (UTF16_LE, UTF16_BE) if _is_wide(content, each)]
        if len(wide) == 1:
            return Guess(wide[0])
        if content.count(b"\0") > _MOST_NULS * len(content):
            return NO_TEXT
        # A few NULs are damage to a text; what it is shows without them.
        content = content.replace(b"\0", b"")
    if b"\x1b$" in content and whole(content, ISO_2022_JP) is not None:
        return Guess(ISO_2022_JP)
    if whole(content, UTF8) is not None:
        return Guess(UTF8)
    return _by_plausibility(content) or _by_lines(content)


def plausibility(text: str) -> float:
    """How much the characters outside ASCII look like Japanese as it is written: 1 very much, 0 not at all."""
    weights = [_weight(character) for character in _outside_ascii(text)]
    return sum(weights) / len(weights) if weights else 1.0


def textual(text: str) -> float:
    """The share of characters that a text can have at all."""
    sample = text[:_SAMPLE]
    plain = sample.translate(_ORDINARY)
    if plain.isprintable():
        return 1.0
    odd = sum(1 for character in plain if unicodedata.category(character)[0] == "C")
    return 1 - odd / len(sample) if sample else 1.0


def line_encoding(line: bytes, but: Encoding) -> str | None:
    """What a line that is broken in its file's encoding looks like, if it is plainly something."""
    found = [
        (plausibility(text), encoding.name)
        for encoding in (UTF8, CP932, EUC_JP)
        if encoding.codec != but.codec and (text := whole(line, encoding)) is not None
    ]
    best = max(found, default=(0.0, ""))
    return best[1] if best[0] > 0.5 else None


def _whole_lines(content: bytes) -> bytes:
    """Without the last line, which may be cut off; all where there is but one, less what a character may take."""
    end = max(content.rfind(b"\n"), content.rfind(b"\r")) + 1
    if content[end : end + 1] == b"\0":
        end += 1  # the second half of a line end in UTF-16LE
    if end:
        return content[:end]
    for size in range(4):
        cut = content[: len(content) - size]
        if whole(cut, UTF8) is not None:
            return cut
    return content[: len(content) & ~1]


def _is_wide(content: bytes, encoding: Encoding) -> bool:
    """Whether bytes are UTF-16: nothing is broken, and next to everything is ASCII or Japanese."""
    text = decode(content[: 4 * _SAMPLE], encoding)
    if BROKEN in text[:-1] or textual(text) < 0.99:
        return False
    outside = _outside_ascii(text)
    return len(outside) < len(text[:_SAMPLE]) and plausibility(text) > 0.5


def _by_plausibility(content: bytes) -> Guess | None:
    """The encoding of bytes that are whole in at least one; None where they are in none."""
    texts = {each: text for each in (CP932, EUC_JP) if (text := whole(content, each)) is not None}
    if not texts:
        return None
    ranked = sorted(((plausibility(text), each.name, each) for each, text in texts.items()), reverse=True)
    best, _, encoding = ranked[0]
    if best < _PLAUSIBLE or textual(texts[encoding]) < 0.9:
        return NO_TEXT
    if len(ranked) > 1:
        few = len(_outside_ascii(texts[encoding])) <= _FEW
        if few or best - ranked[1][0] < _PLAINLY:
            return Guess(None, tuple(sorted(each.name for each in texts)))
    return Guess(encoding)


def _by_lines(content: bytes) -> Guess:
    """The encoding of most lines of bytes that are whole in none."""
    lines = [line for line in _LINES.findall(content[: 50 * _SAMPLE]) if not line.isascii()][:_SAMPLE]
    if textual(content[:_SAMPLE].decode("latin-1")) < 0.5:
        return NO_TEXT
    counts: dict[Encoding, int] = dict.fromkeys((UTF8, CP932, EUC_JP), 0)
    for line in lines:
        read = [(plausibility(text), each) for each in counts if (text := whole(line, each)) is not None]
        if read:
            best = max(score for score, _ in read)
            if best >= _PLAUSIBLE:
                counts[next(each for score, each in read if score == best)] += 1
    ranked = sorted(counts, key=lambda each: -counts[each])
    readable = sum(1 for line in lines if whole(line, ranked[0]) is not None)
    broken = len(lines) - readable
    if counts[ranked[0]] and (broken <= _MOST_BROKEN * len(lines) or broken == 1 < readable):
        return Guess(ranked[0])
    found = tuple(each.name for each in ranked if counts[each])
    if len(found) > 1 and sum(counts.values()) >= (1 - _MOST_BROKEN) * len(lines):
        return Guess(None, found, mixed=True)
    return NO_TEXT


def _outside_ascii(text: str) -> str:
    return "".join(character for character in text[: 20 * _SAMPLE] if character > "\x7f")[:_SAMPLE]


@lru_cache(maxsize=16_384)
def _weight(character: str) -> float:
    """How usual a character is in Japanese texts."""
    code = ord(character)
    if 0x3041 <= code <= 0x3096:
        return 1.0
    if 0x30A1 <= code <= 0x30FE or 0x3000 <= code <= 0x301C or 0xFF01 <= code <= 0xFF5E:
        return 0.9
    if 0x4E00 <= code <= 0x9FFF:
        try:
            lead = character.encode("euc_jp")[0]
        except UnicodeEncodeError:
            return 0.2
        return 0.9 if 0xB0 <= lead <= 0xCF else 0.25
    if 0x2460 <= code <= 0x24FF or 0x3220 <= code <= 0x33FF or 0x2160 <= code <= 0x217F or 0x25A0 <= code <= 0x25FF:
        return 0.7
    if 0xFF61 <= code <= 0xFF9F:
        return 0.1
    return 0.3 if unicodedata.category(character)[0] in "LNPSZ" and 0xA0 < code < 0xE000 else 0.0
