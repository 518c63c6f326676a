"""The parts of sheets that their sources do not carry, by name and with how many sheets lack them."""

from collections.abc import Iterator, Mapping

from hyotei.messages import phrase_of
from hyotei.report.audit_words import Say
from hyotei.sheet.unread_parts import PARTS, Part

UNREAD = ("読んだ資料にない部分", "Parts that the sources do not carry")
"""What the list is called."""
UNREAD_SAYS = (
    "評価書にないのではなく、読んだ資料にその表や欄がない。これらを読む規則は「未読取」となり、ないことを指摘しない。",
    "Not absent from the sheets: what was read has no such table or field. Rules that read them give unknown (unread).",
)


def unread_parts(counts: Mapping[Part, int], say: Say) -> Iterator[tuple[str, int]]:
    """Each part by its name, in the order of a sheet, with the number of sheets."""
    for part in PARTS:
        if counts.get(part):
            yield phrase_of("sheet.part", part).text("en" if say.english else "ja"), counts[part]
