"""`every OUTPUT is reachable`: each value of the scale comes out for some sheet, which is found."""

from hyotei.proof.counting import AnyNumber
from hyotei.proof.domain import Inputs
from hyotei.proof.laws.named import Named, named
from hyotei.proof.prover import Prover
from hyotei.proof.results import LawResult, Reached, Status, Why
from hyotei.proof.search import Question
from hyotei.proof.shapes import Place, single
from hyotei.proof.symbolic import BeyondProof, Reading
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.types import ScaleType


def reachable(prover: Prover, law: Law) -> LawResult:
    """Whether each value is reached; a value that is proved to be out of reach refutes the law."""
    output = named(prover.rulebook, law.output)
    assert isinstance(output.type, ScaleType)
    found = tuple(reach(prover, output, value) for value in output.type.values)
    states = {each.status for each in found}
    status: Status = "refuted" if "refuted" in states else "open" if "open" in states else "proved"
    why: Why = next((each.why for each in found if each.why), "")
    return LawResult(law.text, law.kind, status, "example" if status == "proved" else "any_number", why, reached=found)


def reach(prover: Prover, output: Named, value: str) -> Reached:
    """A sheet for which the value comes out, or the proof that there is none."""
    impossible = False
    try:
        census = prover.census([output.name])
        inputs = Inputs(census.rulebook)
        place = single(output.scope, inputs)
        reading = AnyNumber(census, inputs, output.scope)
        impossible = prover.possible(inputs, output.value(reading, place).holds(value)).outcome == "no"
    except BeyondProof:
        pass  # What cannot be told of any number of units is sought among few.
    if impossible:
        return Reached(value, "refuted")

    def ask(book: Rulebook, free: Inputs, root: Place) -> Question:
        units = root.below(output.scope)
        if not units:
            return Question([False], {}, (), lambda sheets, values: False)
        wanted = [units[0].present, output.value(Reading(book, free), units[0]).holds(value)]
        return Question(
            wanted,
            {},
            (),
            lambda sheets, values: any(
                step.decision == output.name and value in step.outputs
                for step in prover.replay.derive(sheets[0]).steps.values()
            ),
        )

    answer = prover.search([output.name], ask)
    if answer.sheets:
        return Reached(value, "proved", answer.sheets[0])
    return Reached(value, "open", why=answer.why)
