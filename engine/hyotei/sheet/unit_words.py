"""Units of a sheet in words."""

import re
from typing import Final

from hyotei.messages import Language, wording

_KEY: Final = re.compile(r"(measures|indicators|objectives|budget_years|years)\[(?:([0-9]+)-)?([0-9]+)\]")


def unit_words(key: str, language: Language) -> str:
    """A unit for a person: `measures[2]` is 測定値2, `years[2-2012]` 測定値2の2012年度."""
    match = _KEY.fullmatch(key)
    if match is None:
        return key
    if match[2]:
        return wording(language)("sketch.year_of_measure", measure=match[2], number=match[3])
    return wording(language).one_of("sketch.unit", match[1], number=match[3])
