"""`OUTPUT never falls as INPUT rises`, in its four forms."""

from hyotei.proof.domain import Inputs
from hyotei.proof.formulas import Truth
from hyotei.proof.laws.named import named, worse
from hyotei.proof.laws.pairs import Pair, result
from hyotei.proof.prover import Prover
from hyotei.proof.results import LawResult
from hyotei.proof.symbolic import BeyondProof
from hyotei.proof.values import Value
from hyotei.rulebook.dependence import FISCAL_YEAR
from hyotei.rulebook.model import Law
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR


def monotone(prover: Prover, law: Law) -> LawResult:
    """Whether the output follows the input, all else equal; where either is unknown there is nothing to compare."""
    given, output = named(prover.rulebook, law.input), named(prover.rulebook, law.output)
    if not given.first or not output.first:
        raise BeyondProof("unsupported")

    def vary(inputs: Inputs, place: str) -> tuple[Value, Value, list[Truth]]:
        first, second = (inputs.free(f"{place}.{name}", given.type, unknown=False) for name in ("before", "after"))
        if given.node == FISCAL_YEAR:
            # The rulebook is in force for both years.
            book = prover.rulebook
            for value in (first, second):
                inputs.bounded(value.numbers[0][1], book.first_year or FIRST_YEAR, book.last_year or LAST_YEAR)
        low, high = (first, second) if law.input_rises else (second, first)
        return first, second, [worse(given.type, low, high)]

    def breach(before: Value, after: Value) -> Truth:
        return worse(output.type, after, before) if law.falls else worse(output.type, before, after)

    return result(prover, Pair(law, given, output, vary, breach))
