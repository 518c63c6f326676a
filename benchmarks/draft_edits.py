"""A draft of `mic-2013` as an analyst would change it: eight edits one after the other, in tables, parameters and a formula."""

from collections.abc import Iterator
from typing import Final

from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.library import folder_of

_ROW: Final = (
    "|  3  | 40%以上          | -                 | B          | 4割以上を達成した                         |\n"
)
EDITS: Final = (
    ("|  2  | 70%以上          | 0", "|  2  | {}%以上          | 0"),
    ("value: 50%", "value: {}%"),
    ("|  4  | A, B     | 50%以上", "|  4  | A, B     | {}%以上"),
    (_ROW, _ROW + _ROW.replace("40%", "{}%").replace("| - ", "| 0 ")),
    ("value: 10%", "value: 30%"),
    ("|  7  | C        | 30%未満", "|  7  | C        | 20%未満"),
    ("| 95%以上     | 10%以上", "| 95%以上     | 5%以上 "),
    ("count(measures[result = missed])", "count(measures[result = missed or result = close])"),
)
"""What each edit replaces, and by what; the first four with a percentage."""


def published() -> str:
    """The document that the draft begins as."""
    return (folder_of("mic-2013") / FILE).read_text(encoding="utf-8")


def drafts(percents: tuple[int, int, int, int] = (60, 60, 80, 30)) -> Iterator[str]:
    """The document after each edit."""
    text = published()
    for at, (before, after) in enumerate(EDITS):
        assert before in text, before
        text = text.replace(before, after.format(percents[at]) if at < len(percents) else after, 1)
        yield text
