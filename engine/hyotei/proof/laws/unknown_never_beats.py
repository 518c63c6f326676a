"""`unknown never beats known`: where a figure that is known is made unknown, no result gets better."""

from collections.abc import Iterator

from hyotei.proof.domain import Inputs
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.guarded_values import GuardedValue
from hyotei.proof.laws.named_input import NamedInput, named, worse
from hyotei.proof.laws.pairs import Pair, result
from hyotei.proof.prover import Prover
from hyotei.proof.results import LawResult
from hyotei.rulebook.changed_sheets import QUANTITIES
from hyotei.rulebook.dependence import DependenceNode, follow, nodes, terms_of
from hyotei.rulebook.model import RESULTS, Law, Rulebook
from hyotei.rulebook.types import dimension_of
from hyotei.rulebook.values import UNKNOWNS
from hyotei.rulebook.vocabulary import BY_NAME
from hyotei.sheet.figures import RESULTS as RESULT_FIGURES


def unknown_never_beats(prover: Prover, law: Law) -> LawResult:
    """Whether hiding a figure never pays: for each result and each number that a sheet can leave out."""
    if not _results(prover.rulebook):
        return LawResult(law.text, law.kind, "open", "bounded", "unsupported")
    unsettled: LawResult | None = None
    steps = True
    for output in _results(prover.rulebook):
        for figure in _figures(prover.rulebook.toward(output.name)):
            found = result(prover, _pair(law, output, figure))
            if found.status == "refuted":
                return found
            unsettled = unsettled or (found if found.status == "open" else None)
            steps = steps and found.steps
    if unsettled is not None:
        return unsettled
    return LawResult(law.text, law.kind, "proved", "induction" if steps else "any_number", steps=steps)


def _results(rulebook: Rulebook) -> list[NamedInput]:
    """The results that a verdict is about."""
    return [named(rulebook, name) for name in RESULTS if name in rulebook.by_name]


def _figures(rulebook: Rulebook) -> list[NamedInput]:
    """What can be left out of a sheet, the results of the work first: that is what anybody would hide."""
    return sorted(_numbers(rulebook), key=lambda figure: BY_NAME[figure.scope, figure.name].row not in RESULT_FIGURES)


def _numbers(rulebook: Rulebook) -> Iterator[NamedInput]:
    """Every quantity that something which the rulebook reads is, or follows from."""
    read = {node for decision in rulebook.decisions for node in nodes(terms_of(decision), rulebook)}
    for scope, names in QUANTITIES.items():
        for name in names:
            if follow([DependenceNode("figure", scope, name)]) & read:
                yield NamedInput(name, scope, BY_NAME[scope, name].type)


def _pair(law: Law, output: NamedInput, figure: NamedInput) -> Pair:
    def vary(inputs: Inputs, place: str) -> tuple[GuardedValue, GuardedValue, list[Truth]]:
        known = inputs.free(f"{place}.before", figure.domain(inputs.domains).known, dimension_of(figure.type))
        return known, inputs.choice(f"{place}.after", UNKNOWNS), []

    def breach(before: GuardedValue, after: GuardedValue) -> Truth:
        return worse(output.type, before, after)

    return Pair(law, figure, output, vary, breach, alone=False)
