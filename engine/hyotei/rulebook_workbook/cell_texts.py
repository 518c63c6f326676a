"""Texts as cells of a workbook can hold them, and back."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from hyotei.rulebook_workbook.shown import BookShown, DecisionShown, TableShown
from hyotei.rulebook_workbook.yaml_edit import Tree

LONGEST: Final = 32_000
"""Characters of a cell at most; Excel's limit is 32,767."""
_FOREIGN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
"""Characters that no workbook holds."""


def cell_text(text: str) -> str:
    """A text as a cell shows it: on lines of one kind, without characters that a workbook cannot hold, and not too long."""
    plain = _FOREIGN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain if len(plain) <= LONGEST else plain[:LONGEST] + "…"


class Originals:
    """The texts that a workbook was written with, by what its cells show of them.

    A cell that still shows one of them says that text, to the character. Around any other text blanks do not count.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts: dict[str, str] = {}
        for text in texts:
            self._texts.setdefault(cell_text(text), text)

    def __contains__(self, text: str) -> bool:
        return text in self._texts

    def plain(self, shown: str) -> str:
        """What a cell says."""
        found = self._texts.get(shown)
        return shown.strip() if found is None else found


def texts_of(book: BookShown) -> Iterator[str]:
    """Every text of a rulebook that a cell of its own shows as it is."""
    for section in book.sections:
        if isinstance(section, DecisionShown):
            yield from (section.name, section.title, section.source, *section.before, *section.after)
            if isinstance(section.body, TableShown):
                yield from (column.text for column in section.body.columns)
                yield from (cell for row in section.body.rows for cell in row)
            else:
                yield section.body
        else:
            yield from (section.heading, *section.paragraphs)


def tree_texts(tree: Tree) -> Iterator[str]:
    """Every text of a tree, keys included."""
    if isinstance(tree, str):
        yield tree
    for each in tree if isinstance(tree, list) else tree.values() if isinstance(tree, dict) else ():
        yield from tree_texts(each)
    if isinstance(tree, dict):
        yield from tree
