"""`unknown never beats known`: where a figure that is known is made unknown, no result gets better."""

from collections.abc import Iterator

from hyotei.proof.domain import UNKNOWNS, Inputs
from hyotei.proof.formulas import Truth
from hyotei.proof.laws.monotone import is_worse
from hyotei.proof.laws.named import Named, named, worse
from hyotei.proof.laws.pairs import Pair, result
from hyotei.proof.prover import Prover
from hyotei.proof.results import LawResult
from hyotei.proof.values import Value
from hyotei.rulebook import terms as t
from hyotei.rulebook.load import RESULTS
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.types import NumberType, ScaleType
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.walk import mentioned, parts

_NEVER_UNKNOWN = ("fiscal_year", ".unit", ".qualifier")


def unknown_never_beats(prover: Prover, law: Law) -> LawResult:
    """Whether hiding a figure never pays: for each result and each number that a sheet can leave out."""
    unsettled: LawResult | None = None
    steps = True
    for output in _results(prover.rulebook):
        for figure in _figures(prover.rulebook.toward(output.name)):
            found = result(prover, law, _pair(output, figure))
            if found.status == "refuted":
                return found
            unsettled = unsettled or (found if found.status == "open" else None)
            steps = steps and found.steps
    if unsettled is not None:
        return unsettled
    return LawResult(law.text, law.kind, "proved", "induction" if steps else "any_number", steps=steps)


def _results(rulebook: Rulebook) -> list[Named]:
    """The results that a verdict is about; without them, every decision for the sheet that has an order."""
    names = [name for name in RESULTS if name in rulebook.by_name] or [
        decision.name for decision in rulebook.decisions if decision.scope == "sheet" and not decision.audit
    ]
    found = [named(rulebook, name) for name in names]
    return [
        each
        for each in found
        if isinstance(each.type, NumberType) or (isinstance(each.type, ScaleType) and each.type.ordered)
    ]


def _figures(rulebook: Rulebook) -> list[Named]:
    """What can be left out of a sheet, the results of the work first: that is what anybody would hide."""
    return sorted(_numbers(rulebook), key=lambda figure: figure.name not in ("actual", "executed"))


def _numbers(rulebook: Rulebook) -> Iterator[Named]:
    seen: set[tuple[str, str]] = set()
    for decision in rulebook.decisions:
        for term in mentioned(decision):
            for part in parts(term):
                if isinstance(part, t.Figure) and (part.scope, part.name) not in seen:
                    seen.add((part.scope, part.name))
                    of = named(rulebook, part.name)
                    if isinstance(of.type, NumberType) and not part.name.endswith(_NEVER_UNKNOWN):
                        yield Named(part.name, part.scope, of.type)


def _pair(output: Named, figure: Named) -> Pair:
    def vary(inputs: Inputs, place: str) -> tuple[Value, Value, list[Truth]]:
        known = inputs.free(f"{place}.before", figure.type, unknown=False)
        return known, inputs.choice(f"{place}.after", UNKNOWNS), []

    def breach(before: Value, after: Value) -> Truth:
        return worse(output.type, before, after)

    def broken(before: Scalar, after: Scalar) -> bool:
        return is_worse(output, before, after)

    return Pair(figure, output, vary, breach, broken)
