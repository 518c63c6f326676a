"""Values of an output's scale that no sheet brings about, through all decisions before. A remark: a law may ask for them."""

from hyotei.proof.checks.table_under_proof import TableUnderProof
from hyotei.proof.results import Check
from hyotei.rulebook.types import ScaleType


def unreachable(view: TableUnderProof) -> list[Check]:
    """One remark for each value that never comes out."""
    found = []
    for at, output in enumerate(view.decision.outputs):
        if not isinstance(output.type, ScaleType) or view.decision.audit or not view.chained.outputs:
            continue
        for value in output.type.values:
            truth = view.chained.outputs[at].holds(value)
            if view.chain_solver.possible(truth).outcome == "no":
                found.append(
                    Check("unreachable_output", view.decision.name, "refuted", "any_number", value=value, note=True)
                )
    return found
