"""The parts of a sheet that a source may not carry: a table that was not among the files, a column that the data never had.

Such a part is not absent from the sheet; it was not read. `Sheet.unread` names these parts, and what rules read of them is
unknown(unread), so that no rule takes for silence of the author what nobody looked at.
"""

from collections.abc import Iterable
from typing import Annotated, Final

from pydantic import Field

PARTS: Final = (
    "objectives",
    "budget_years",
    "measure.direction",
    "recorded.rating",
    "recorded.budget",
    "recorded.inspection",
    "recorded.improvement",
)
"""`objectives` are all objectives with their indicators and measures; `measure.direction` is that of every measure."""
FACT: Final = "facts."
"""Before the name of a fact of the sheet: `facts.opinion`."""
PATTERN: Final = rf"^({'|'.join(part.replace('.', '[.]') for part in PARTS)}|facts[.]\w+)$"
"""How a part is written."""

Part = Annotated[str, Field(pattern=PATTERN)]
"""One of `PARTS`, or a fact of the sheet."""

DIRECTIONS: Final[Part] = "measure.direction"

LIST_OF: Final[dict[str, Part]] = {
    "objective": "objectives",
    "indicator": "objectives",
    "measure": "objectives",
    "year": "objectives",
    "budget_year": "budget_years",
}
"""The part in which the units of a scope lie."""


def part_of_fact(name: str) -> Part:
    """The part that a fact of the sheet is."""
    return f"{FACT}{name}"


def fact_of_part(part: Part) -> str | None:
    """The name of the fact that a part is; None for another part."""
    return part.removeprefix(FACT) if part.startswith(FACT) else None


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Parts in the order of a sheet, each once: those that every sheet can have, then facts by their names."""
    given = set(parts)
    return (*(part for part in PARTS if part in given), *sorted(given.difference(PARTS)))
