"""Columns without influence: whatever stands there, the table gives the same. A remark."""

from hyotei.proof import formulas as f
from hyotei.proof.checks.table_under_proof import TableUnderProof
from hyotei.proof.formulas import neg
from hyotei.proof.laws.pairs import same_value
from hyotei.proof.results import Check

MOST_ROWS = 300


def influence(view: TableUnderProof) -> list[Check]:
    """One remark for each column that never matters."""
    if view.decision.audit or len(view.table.rows) > MOST_ROWS:
        return []
    free = view.free
    before = view.outputs(free.reading, free.answer, free.columns, free.place)
    others = view.columns(free.inputs, "other")
    found = []
    for at, column in enumerate(view.table.inputs):
        columns = [*free.columns[:at], others[at], *free.columns[at + 1 :]]
        after = view.outputs(free.reading, view.answered(free.reading, columns, free.place), columns, free.place)
        differ = f.disj(*(neg(same_value(one, two)) for one, two in zip(before, after, strict=True)))
        if view.possible(differ).outcome == "no":
            found.append(Check("no_influence", view.decision.name, "refuted", value=column.text, note=True))
    return found
