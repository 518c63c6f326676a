"""`OUTPUT never falls as INPUT rises`, in its four forms."""

from hyotei.proof.domain import Inputs
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.guarded_values import GuardedValue
from hyotei.proof.laws.named_input import named, worse
from hyotei.proof.laws.pairs import Pair, result
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.prover import Prover
from hyotei.proof.results import LawResult
from hyotei.rulebook.model import Law
from hyotei.rulebook.types import dimension_of


def monotone(prover: Prover, law: Law) -> LawResult:
    """Whether the output follows the input, all else equal; where either is unknown there is nothing to compare."""
    given, output = named(prover.rulebook, law.input), named(prover.rulebook, law.output)
    if not given.first or not output.first:
        raise BeyondProof("unsupported")

    def vary(inputs: Inputs, place: str) -> tuple[GuardedValue, GuardedValue, list[Truth]]:
        known, dimension = given.domain(inputs.domains).known, dimension_of(given.type)
        first, second = (inputs.free(f"{place}.{name}", known, dimension) for name in ("before", "after"))
        low, high = (first, second) if law.input_rises else (second, first)
        return first, second, [worse(given.type, low, high)]

    def breach(before: GuardedValue, after: GuardedValue) -> Truth:
        return worse(output.type, after, before) if law.falls else worse(output.type, before, after)

    return result(prover, Pair(law, given, output, vary, breach))
