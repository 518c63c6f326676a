"""An edit that mends a problem: what stands in place of which characters of a document."""

from typing import Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Phrase, phrase_of

MendKind = Literal[
    "write", "insert", "remove", "add_row", "delete_row", "delete_column", "fill_row", "add_blank_line",
    "remove_blank_lines", "add_delimiter", "part_by_bars", "move_to_margin", "delete_parameter",
]  # fmt: skip
"""What a mend does: an entry of `mend.kind`."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """`text` in place of the characters `start` up to but not including `end`, counted from 0 in the whole document."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mend:
    """One edit that mends a problem. `text` is what it is shown with: the words that are written or taken out, a row.

    The replacements are in the order of the document and do not overlap.
    """

    kind: MendKind
    replacements: tuple[Replacement, ...]
    text: str = ""

    @property
    def label(self) -> Phrase:
        """What it does, in words."""
        return phrase_of("mend.kind", self.kind, text=self.text)


def mended(text: str, replacements: tuple[Replacement, ...]) -> str:
    """The document with the replacements made.

    Raises:
        ValueError: a replacement lies outside of the document, or two overlap.
    """
    parts: list[str] = []
    done = 0
    for each in replacements:
        if not done <= each.start <= each.end <= len(text):
            raise ValueError("replacements lie within the document, in its order")
        parts += [text[done : each.start], each.text]
        done = each.end
    return "".join((*parts, text[done:]))
