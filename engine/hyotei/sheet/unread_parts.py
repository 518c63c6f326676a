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
    "budget_year": "budget_years",
}
"""The part in which the units of a scope lie."""

PART_WORDS: Final[dict[Part, tuple[str, str]]] = {
    "objectives": ("施策目標と測定指標", "objectives and indicators"),
    "budget_years": ("予算の状況", "budget years"),
    "measure.direction": ("改善の向き", "direction"),
    "recorded.rating": ("記載された評価区分", "recorded rating"),
    "recorded.budget": ("記載された予算の方向", "recorded recommendation"),
    "recorded.inspection": ("点検結果", "inspection"),
    "recorded.improvement": ("改善の方向性", "improvement"),
    "recorded.opinion": ("所見", "opinion"),
    "recorded.reflection": ("反映状況", "reflection in the request"),
    "recorded.reflection_amounts": ("反映額", "reflection amounts"),
    "outline.kind": ("事業区分", "kind of programme"),
    "outline.no_target_reason": ("定量的な目標を設定できない理由", "reason for no target"),
    "logic_model": ("効果発現経路", "logic model"),
}
"""What the parts are called, in Japanese and English."""
