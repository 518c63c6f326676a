"""The text as lines and blocks: what PDF tools print together, with the place of every line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.forms import printed_words
from hyotei.forms.library import base_form
from hyotei.forms.model import Form
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Location
from hyotei.sheet.models import Reading, Source
from hyotei.sheet.notes import Notes

_ENDS: Final = re.compile(r"\r\n|\r|\n")
_WIDE: Final = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_BLANKS: Final = re.compile(r"\s+")
_SHORT: Final = 40
"""Characters of a text that may well come again."""
_CLOSED: Final = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: `text` as printed without the blanks around it, `plain` folded and with single blanks."""

    number: int
    text: str
    plain: str
    page: int | None = None

    @property
    def blank(self) -> bool:
        return not self.plain


@dataclass(frozen=True, slots=True)
class SheetText:
    """All lines of a text, with the name of its file for the places of what is read, and the form by whose words it is read."""

    lines: tuple[TextLine, ...]
    file: str | None
    form: Form = field(default_factory=base_form)

    def at(self, line: int | None) -> Location:
        return Location(self.file, line)

    def source(
        self, text: str, line: int, *, place: str | None = None, reading: Reading = "stated", notes: Notes = ()
    ) -> Source:
        """Where something was read."""
        page = self.lines[line - 1].page
        return Source(text=text, file=self.file, page=page, line=line, place=place, reading=reading, notes=notes)


def sheet_text_of(text: str, file: str | None) -> SheetText:
    """The lines of a text. Pages are counted where the text has form feeds, as PDF tools put between pages."""
    paged = "\f" in text
    page = 1
    lines: list[TextLine] = []
    for number, raw in enumerate(_ENDS.split(text), 1):
        page += raw.count("\f")
        plain = _BLANKS.sub(" ", folded(raw)).strip()
        lines.append(TextLine(number, raw.strip().replace("\f", ""), plain, page if paged else None))
    return SheetText(tuple(lines), file)


def blocks(lines: Iterable[TextLine]) -> list[tuple[TextLine, ...]]:
    """Runs of lines without a blank line or a missing line between them."""
    found: list[list[TextLine]] = []
    last = -1
    for line in lines:
        if line.blank:
            continue
        if line.number != last + 1:
            found.append([])
        found[-1].append(line)
        last = line.number
    return [tuple(block) for block in found]


def joined(lines: Sequence[TextLine]) -> str:
    """The text of lines that were one: Japanese is wrapped without blanks, and Latin letters stay narrow."""
    return narrow("".join(line.text for line in lines))


def narrow(text: str) -> str:
    """Full-width letters and digits as ASCII, the wide blanks as one; brackets and the rest as printed."""
    return _CLOSED.sub("", _BLANKS.sub(" ", text.translate(_WIDE)).strip())


def bare(text: str) -> str:
    """A text for comparison: folded and without any blanks."""
    return _bare(text) if len(text) <= _SHORT else printed_words.bare(text)


_bare = lru_cache(10_000)(printed_words.bare)
"""The same for a short text: headings are compared with many words, and lists print the same ones again and again."""
