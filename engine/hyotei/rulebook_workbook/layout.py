"""The worksheets of a workbook that are lists, and their columns by the codes that stand above them.

A decision has a worksheet of its own (`decision_grid.py`); the columns of the cases are those that the cases need (`case_rows.py`).
"""

from typing import Final, Literal, NamedTuple

CellKind = Literal["text", "code", "scope", "standing", "truth"]
"""What a cell holds: words; names and expressions; or one of few words that differ by language."""


class ListColumn(NamedTuple):
    """A column of a list: its code, its width in half-width characters, what its cells hold."""

    code: str
    width: int
    kind: CellKind = "text"


LISTS: Final[dict[str, tuple[ListColumn, ...]]] = {
    "scales": (ListColumn("scale", 18, "code"), ListColumn("value", 24, "code"), ListColumn("meaning", 70)),
    "parameters": (
        ListColumn("name", 22, "code"), ListColumn("years", 16, "code"), ListColumn("value", 14, "code"), ListColumn("label", 44),
        ListColumn("source", 34), ListColumn("standing", 12, "standing"),
    ),
    "facts": (
        ListColumn("scope", 18, "scope"), ListColumn("name", 20, "code"), ListColumn("type", 14, "code"), ListColumn("label", 40),
        ListColumn("judged", 16, "truth"), ListColumn("default", 14, "code"),
    ),
    "laws": (ListColumn("law", 64), ListColumn("reading", 64)),
    "sources": (ListColumn("title", 84), ListColumn("details", 44)),
    "english": (ListColumn("text", 60), ListColumn("english", 72)),
    "same_findings": (ListColumn("codes", 110, "code"),),
    "others": (ListColumn("key", 24, "code"), ListColumn("yaml", 100, "code")),
    "texts": (
        ListColumn("level", 8, "code"), ListColumn("heading", 40), ListColumn("decision", 24, "code"), ListColumn("text", 90),
    ),
}  # fmt: skip
"""The lists by the keys of the front matter that they hold; `others` are keys that fit no list, `texts` what the document says."""

FRONT_LISTS: Final = ("scales", "parameters", "facts", "laws", "sources", "english", "same_findings")
COMPUTED: Final = frozenset({("laws", "reading")})
"""Columns that are written for the reader only."""
COVER: Final = ("rulebook", "title", "authority", "standing", "fiscal_years", "version", "effective", "division")
"""Keys of the front matter that stand on the cover, whether they are given or not; other keys with one text follow them."""
COVER_CODE: Final = "front"
ORIGINAL: Final = "_hyotei"
"""The hidden worksheet with the document as it was exported, for the layout of what is not edited."""
FORMAT: Final = "hyotei.rulebook-workbook/1"
