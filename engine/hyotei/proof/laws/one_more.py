"""`one more VALUE measure never lowers the OUTPUT`: a measure is added, and all others stay as they are."""

from collections.abc import Sequence

from hyotei.proof import deadline
from hyotei.proof.abstract import unit_list
from hyotei.proof.counting import AnyNumber, Delta
from hyotei.proof.domain import Inputs
from hyotei.proof.formulas import neg
from hyotei.proof.laws.named import Named, named, worse
from hyotei.proof.laws.pairs import counterexample, why_of
from hyotei.proof.prover import Prover
from hyotei.proof.results import Changed, Counterexample, LawResult, Why
from hyotei.proof.search import Question
from hyotei.proof.shapes import Place, Shape, free_sheet, single
from hyotei.proof.symbolic import BeyondProof, Reading
from hyotei.rulebook import terms as t
from hyotei.rulebook.law_meaning import Side
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.types import ScaleType, Scope
from hyotei.sheet import Sheet


def one_more(prover: Prover, law: Law) -> LawResult:
    """Whether adding a unit of that value never worsens the output; where the output is unknown there is nothing to compare."""
    value, scope = law.input, law.scope or "measure"
    output = named(prover.rulebook, law.output)
    judged = _judged(prover.rulebook, value, scope)
    if judged is None or not output.first:
        raise BeyondProof("unsupported")
    why: Why
    try:
        with deadline.share(2):
            proved, steps, why = _prove(prover, output, judged, value)
        if proved:
            return LawResult(law.text, law.kind, "proved", "induction" if steps else "any_number", steps=steps)
    except deadline.OutOfTimeError:
        why = "timeout"
    except BeyondProof as beyond:
        why = why_of(beyond)
    example, reason, bound = _find(prover, law, output, judged)
    if example is not None:
        return LawResult(law.text, law.kind, "refuted", "example", counterexample=example)
    late = why in ("timeout", "nonlinear", "gave_up")
    return LawResult(law.text, law.kind, "open", "bounded", why if late else reason, bound)


def _judged(rulebook: Rulebook, value: str, scope: Scope) -> Named | None:
    """The decision or figure of the scope that has the value."""
    for decision in rulebook.decisions:
        of = decision.outputs[0].type
        if decision.scope == scope and isinstance(of, ScaleType) and value in of.values:
            return named(rulebook, decision.name)
    return None


def _prove(prover: Prover, output: Named, judged: Named, value: str) -> "tuple[bool, bool, Why]":
    scope = judged.scope
    condition = t.Compared("=", t.Decided(scope, judged.name, judged.output), t.Constant(value))
    census = prover.census([output.name, judged.name], (condition,))
    if scope not in census.classes:
        raise BeyondProof("unsupported")
    classes = census.classes[scope]
    added: list[dict[Scope, Delta]] = [
        {scope: (None, member)} for member in range(len(classes.members)) if classes.outcome(member, condition) is True
    ]
    sealed = frozenset({unit_list(scope)})
    steps = True
    for move in census.widened(scope, added, sealed):
        inputs = Inputs(census.rulebook)
        place = single(output.scope, inputs)
        before, after = (
            output.value(AnyNumber(census, inputs, output.scope, None, delta, sealed), place) for delta in (None, move)
        )
        found = prover.possible(inputs, worse(output.type, after, before))
        if found.outcome != "no":
            return False, False, found.why
        steps = steps and prover.possible(inputs, before.known, neg(after.known)).outcome == "no"
    return True, steps, ""


def _find(prover: Prover, law: Law, output: Named, judged: Named) -> "tuple[Counterexample | None, Why, int]":
    def ask(book: Rulebook, inputs: Inputs, root: Place) -> Question:
        if judged.scope != "measure" or not root.below("indicator"):
            raise BeyondProof("unsupported")
        # The same free sheet once more, without the first measure of its first indicator, which keeps another where it has one.
        measures = root.below("indicator")[0].below("measure")
        with_it = measures[0]
        fewer = free_sheet(_shape(root), inputs)
        without = fewer.below("indicator")[0].below("measure")[0]
        without.present = False
        if len(measures) == 1:
            # An indicator without a measure is no indicator.
            for place in (without.up("indicator"), without.up("objective")):
                place.present = False
        kept = measures[1].present if len(measures) > 1 else True
        one, two = Reading(book, inputs), Reading(book, inputs)
        targets = [tree.below(output.scope)[0] for tree in (fewer, root)]
        before, after = output.value(one, targets[0]), output.value(two, targets[1])
        wanted = [
            with_it.present,
            kept,
            targets[0].present,
            judged.value(two, with_it).holds(law.input),
            worse(output.type, after, before),
        ]
        return Question(wanted, {}, (fewer,), lambda sheets, values: shown(sheets) is not None)

    def shown(sheets: Sequence[Sheet]) -> Counterexample | None:
        more, fewer = sheets
        change = Changed(judged.name, "measures[1]", None, law.input)
        return counterexample(prover, law, (Side(fewer), Side(more)), change)

    answer = prover.search([output.name, judged.name], ask)
    return (shown(answer.sheets) if answer.sheets else None), answer.why, answer.bound


def _shape(root: Place) -> Shape:
    return Shape(
        tuple(
            tuple(len(indicator.below("measure")) for indicator in objective.below("indicator"))
            for objective in root.below("objective")
        ),
        len(root.below("budget_year")),
    )
