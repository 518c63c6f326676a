"""`if CONDITION then CONDITION`: on no sheet the left holds and the right does not."""

from collections.abc import Sequence

from hyotei.base import deadline
from hyotei.compare.model import Why
from hyotei.proof.domain import Inputs
from hyotei.proof.formulas import neg
from hyotei.proof.laws.pairs import why_of
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.prover import Prover
from hyotei.proof.results import Counterexample, LawResult, Shown
from hyotei.proof.search import Question
from hyotei.proof.sheet_shapes import Place, single
from hyotei.proof.symbolic import Reading
from hyotei.proof.unit_counts import AnyNumber
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.reference import Reading as Reference
from hyotei.rulebook.term_parts import parts
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet


def implies(prover: Prover, law: Law) -> LawResult:
    """Whether the right holds wherever the left does. What is unknown does not hold."""
    condition, consequence = law.condition, law.consequence
    assert condition is not None
    assert consequence is not None
    names = sorted({part.decision for part in parts((condition, consequence)) if isinstance(part, t.Decided)})
    why: Why
    try:
        with deadline.share(2):
            census = prover.census(names, (condition, consequence))
            inputs = Inputs(census.rulebook)
            place = single("sheet", inputs)
            reading = AnyNumber(census, inputs, "sheet")
            wanted = reading.value(condition, place).true, neg(reading.value(consequence, place).true)
            found = prover.possible(inputs, *wanted)
        if found.outcome == "no":
            return LawResult(law.text, law.kind, "proved")
        why = found.why
    except deadline.OutOfTimeError:
        why = "timeout"
    except BeyondProof as beyond:
        why = why_of(beyond)

    def ask(book: Rulebook, free: Inputs, root: Place) -> Question:
        at = Reading(book, free)
        wanted = [at.value(condition, root).true, neg(at.value(consequence, root).true)]
        return Question(wanted, {}, (), lambda sheets, values: broken(sheets) is not None)

    def broken(sheets: Sequence[Sheet]) -> Counterexample | None:
        derivation = prover.replay.derive(sheets[0])
        reference = Reference(prover.rulebook, sheets[0])
        reference.steps = dict(derivation.steps)
        holds: list[Scalar] = [reference.value(term, reference.root) for term in (condition, consequence)]
        if holds[0] is not True or holds[1] is True:
            return None
        shown = []
        for name in names:
            found = derivation.value(name)
            if found is not None:
                shown.append(Shown(name, "sheet", found))
        return Counterexample(sheets[0], (), tuple(shown))

    answer = prover.search(names, ask)
    if answer.sheets:
        return LawResult(law.text, law.kind, "refuted", "example", counterexample=broken(answer.sheets))
    late = why in ("timeout", "nonlinear", "gave_up")
    return LawResult(law.text, law.kind, "open", "bounded", why if late else answer.why, answer.bound)
