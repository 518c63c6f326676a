"""Which parts of a sheet the tables of the RS system carry: what none of the given tables and columns tells was not read.

Nothing in the downloads tells a rating, a recommendation, or why no target in figures was set; these are never read from them.
"""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from hyotei.readers.review_facts import AMOUNTS, LOGIC, PARTS_OF_FACTS, PROGRAMME_KIND
from hyotei.readers.rs_logic import CONTENT, DIRECTION, GOAL, KIND, LINKED, NAME, NUMBER, year_columns
from hyotei.readers.rs_outline import KIND as KIND_OF_PROGRAMME
from hyotei.readers.rs_table import header_key
from hyotei.readers.rs_verdict import GENERAL, IMPROVEMENT, INSPECTION, SPECIAL, WORDS
from hyotei.sheet.unread_parts import PARTS, Part, in_order, part_of_fact


class _Stands(NamedTuple):
    """Where a part stands: the table, and the columns without which it is not the whole part."""

    table: str
    columns: tuple[str, ...]


_STANDS: Final[dict[Part, _Stands]] = {
    "objectives": _Stands("3-1", (NUMBER, KIND, GOAL, NAME, CONTENT)),
    "measure.direction": _Stands("3-1", (DIRECTION,)),
    "budget_years": _Stands("2-1", ("予算年度",)),
    "recorded.inspection": _Stands("4-1", (INSPECTION,)),
    "recorded.improvement": _Stands("4-1", (IMPROVEMENT,)),
    part_of_fact(PROGRAMME_KIND): _Stands("1-2", (KIND_OF_PROGRAMME,)),
    **{part_of_fact(name): _Stands("4-1", (column,)) for name, column in WORDS.items()},
    **{part_of_fact(name): _Stands("4-1", (GENERAL, SPECIAL)) for name in AMOUNTS},
    **{part_of_fact(name): _Stands("3-2", LINKED) for name in LOGIC.values()},
}


def unread_parts(columns: Mapping[str, Collection[str]], lost: Collection[str] = ()) -> tuple[Part, ...]:
    """The parts that the tables of one review do not carry.

    Args:
        columns: by table, its columns in their compared form; a table that was not given is not there.
        lost: tables of which rows of the programme may have been lost.
    """
    return in_order(part for part in (*PARTS, *PARTS_OF_FACTS) if not _carried(part, columns, lost))


def _carried(part: Part, columns: Mapping[str, Collection[str]], lost: Collection[str]) -> bool:
    stands = _STANDS.get(part)
    if stands is None or stands.table not in columns or stands.table in lost:
        return False
    here = columns[stands.table]
    if part == "objectives":
        # The years of the figures are columns too: one left out of their row takes figures with it.
        years = year_columns(here)
        if not years or len(years) != years[-1] - years[0] + 1:
            return False
    return all(header_key(column) in here for column in stands.columns)
