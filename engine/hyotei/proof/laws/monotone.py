"""`OUTPUT never falls as INPUT rises`, in its four forms."""

from decimal import Decimal

from hyotei.proof.domain import Inputs
from hyotei.proof.formulas import Truth
from hyotei.proof.laws.named import Named, named, worse
from hyotei.proof.laws.pairs import Pair, result
from hyotei.proof.prover import Prover
from hyotei.proof.results import LawResult
from hyotei.proof.symbolic import BeyondProof
from hyotei.proof.values import Value
from hyotei.rulebook.model import Law
from hyotei.rulebook.types import ScaleType
from hyotei.rulebook.values import Scalar, Unknown


def monotone(prover: Prover, law: Law) -> LawResult:
    """Whether the output follows the input, all else equal; where either is unknown there is nothing to compare."""
    given, output = named(prover.rulebook, law.input), named(prover.rulebook, law.output)
    if not given.first or not output.first:
        raise BeyondProof("unsupported")

    def vary(inputs: Inputs, place: str) -> tuple[Value, Value, list[Truth]]:
        first, second = (inputs.free(f"{place}.{name}", given.type, unknown=False) for name in ("before", "after"))
        low, high = (first, second) if law.input_rises else (second, first)
        return first, second, [worse(given.type, low, high)]

    def breach(before: Value, after: Value) -> Truth:
        return worse(output.type, after, before) if law.falls else worse(output.type, before, after)

    def broken(before: Scalar, after: Scalar) -> bool:
        return is_worse(output, after, before) if law.falls else is_worse(output, before, after)

    return result(prover, law, Pair(given, output, vary, breach, broken))


def is_worse(of: Named, one: Scalar, other: Scalar) -> bool:
    """Whether one derived value is worse than another, both known."""
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return False
    if isinstance(of.type, ScaleType):
        order = of.type.values
        return one in order and other in order and order.index(str(one)) > order.index(str(other))
    return isinstance(one, Decimal) and isinstance(other, Decimal) and one < other
