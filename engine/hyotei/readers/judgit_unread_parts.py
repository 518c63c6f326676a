"""Which parts of a sheet a record of the JUDGIT! data set carries.

A key that a record lacks was not read. Beside that the published data lost parts of whole years when they were made from the
sheets: the record has the key, with an empty list under it.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

from hyotei.readers.review_facts import NO_TARGET_REASON, PARTS_OF_FACTS
from hyotei.sheet.unread_parts import DIRECTIONS, PARTS, Part, in_order, part_of_fact

KEY_OF: Final[dict[Part, str]] = {
    "objectives": "アウトカム",
    "budget_years": "予算",
    part_of_fact(NO_TARGET_REASON): "定量的な目標が設定できない理由",
}
"""The key under which a part stands. The data set holds no other part, and the form states no direction that it could hold."""

LOST: Final[dict[str, frozenset[int]]] = {"アウトカム": frozenset((2016, 2023))}
"""Publication years whose empty lists say nothing: in 2016 they are empty in 69 of 100 records, in 2023 in all."""

_OF_THE_FORM: Final = tuple(part for part in in_order((*PARTS, *PARTS_OF_FACTS)) if part != DIRECTIONS)


def unread_parts(published: int, data: dict[str, object], broken: Iterable[Part] = ()) -> tuple[Part, ...]:
    """The parts that a record published in `published` does not carry; `broken` are those of which something was lost."""
    lost = set(broken)
    return _with(tuple([part for part in KEY_OF if part in lost or not _carried(part, published, data)]))


@cache
def _with(lacking: tuple[Part, ...]) -> tuple[Part, ...]:
    """These of the parts that the data set can hold, and all others: a few of many records."""
    return tuple(part for part in _OF_THE_FORM if part not in KEY_OF or part in lacking)


def _carried(part: Part, published: int, data: dict[str, object]) -> bool:
    key = KEY_OF[part]
    if key not in data:
        return False
    return bool(data[key]) or published not in LOST.get(key, ())
