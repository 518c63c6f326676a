"""The parts of sheets that their sources do not carry, by name and with how many sheets lack them."""

from collections.abc import Iterator, Mapping

from hyotei.messages import Wording
from hyotei.sheet.unread_parts import PARTS, Part


def unread_parts(counts: Mapping[Part, int], say: Wording) -> Iterator[tuple[str, int]]:
    """Each part by its name, in the order of a sheet, with the number of sheets."""
    for part in PARTS:
        if counts.get(part):
            yield say.one_of("sheet.part", part), counts[part]
