"""The parts of a sheet that a source may not carry: a table that was not among the files, a column that the data never had.

Such a part is not absent from the sheet; it was not read. `Sheet.unread` names these parts, and what rules read of them is
unknown(unread), so that no rule takes for silence of the author what nobody looked at.
"""

from typing import Final, Literal, get_args

Part = Literal[
    "objectives",
    "budget_years",
    "measure.direction",
    "recorded.rating",
    "recorded.budget",
    "recorded.inspection",
    "recorded.improvement",
    "recorded.opinion",
    "recorded.reflection",
    "recorded.reflection_amounts",
    "outline.kind",
    "outline.no_target_reason",
    "logic_model",
]
"""`objectives` are all objectives with their indicators and measures; `measure.direction` is that of every measure."""

PARTS: Final[tuple[Part, ...]] = get_args(Part)
DIRECTIONS: Final[Part] = "measure.direction"

LIST_OF: Final[dict[str, Part]] = {
    "objective": "objectives",
    "indicator": "objectives",
    "measure": "objectives",
    "year": "objectives",
    "budget_year": "budget_years",
}
"""The part in which the units of a scope lie."""
