"""The parts of sheets that their sources do not carry, by name and with how many sheets lack them."""

from collections.abc import Iterator, Mapping

from hyotei.forms.declared import names_of
from hyotei.messages import Wording
from hyotei.sheet.unread_parts import Part, fact_of_part, in_order


def part_name(part: Part, say: Wording) -> str:
    """What a part is called."""
    fact = fact_of_part(part)
    return say.one_of("sheet.part", part) if fact is None else names_of(fact).text(say.language)


def unread_parts(counts: Mapping[Part, int], say: Wording) -> Iterator[tuple[str, int]]:
    """Each part by its name, in the order of a sheet, with the number of sheets."""
    for part in in_order(counts):
        if counts[part]:
            yield part_name(part, say), counts[part]
