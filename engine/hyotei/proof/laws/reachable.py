"""`every OUTPUT is reachable`: each value of the scale comes out for some sheet, which is found."""

from collections.abc import Iterator
from contextlib import suppress

from hyotei.base import deadline
from hyotei.compare.model import Why
from hyotei.proof.domain import Inputs
from hyotei.proof.laws.named_input import NamedInput, named
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.prover import Prover
from hyotei.proof.results import LawResult, Reached, Status
from hyotei.proof.search import shapes
from hyotei.proof.sheet_shapes import Place, Shape, free_sheet, single
from hyotei.proof.sheet_writing import NotWritable, sheet_of
from hyotei.proof.solver import Solver
from hyotei.proof.symbolic import Reading
from hyotei.proof.unit_counts import AnyNumber
from hyotei.proof.witness import Concretiser
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.types import ScaleType
from hyotei.sheet import Sheet


def reachable(prover: Prover, law: Law) -> LawResult:
    """Whether each value is reached; a value that is proved to be out of reach refutes the law."""
    output = named(prover.rulebook, law.output)
    assert isinstance(output.type, ScaleType)
    book = prover.toward([output.name])
    found: dict[str, Reached] = {}
    why: Why = "bounded"
    for size, shape in enumerate(shapes(book)):
        missing = [value for value in output.type.values if value not in found]
        try:
            if size == 1:
                # The smallest sheets show most values; what they do not may be out of reach of all.
                with deadline.share(2):
                    found.update({value: Reached(value, "refuted") for value in _out_of_reach(prover, output, missing)})
                missing = [value for value in missing if value not in found]
            if not missing:
                break
            with deadline.share(2):
                among, late = _among(prover, book, output, shape, missing)
            found.update({each.value: each for each in among})
            why = late or why
        except deadline.OutOfTimeError:
            why = "timeout"
        except BeyondProof as beyond:
            why = "nonlinear" if beyond.why == "nonlinear" else "unsupported"
            break
    reached = tuple(found.get(value, Reached(value, "open", why=why)) for value in output.type.values)
    states = {each.status for each in reached}
    status: Status = "refuted" if "refuted" in states else "open" if "open" in states else "proved"
    why = why if status == "open" else ""
    return LawResult(
        law.text, law.kind, status, "example" if status == "proved" else "any_number", why, reached=reached
    )


def _out_of_reach(prover: Prover, output: NamedInput, values: list[str]) -> list[str]:
    """The values of which it can be proved that no sheet reaches them."""
    try:
        census = prover.census([output.name])
        inputs = Inputs(census.rulebook)
        place = single(output.scope, inputs)
        derived = output.value(AnyNumber(census, inputs, output.scope), place)
        return [value for value in values if prover.possible(inputs, derived.holds(value)).outcome == "no"]
    except BeyondProof:
        return []  # What cannot be told of any number of units is sought among few.


def _among(
    prover: Prover, book: Rulebook, output: NamedInput, shape: Shape, values: list[str]
) -> "tuple[list[Reached], Why]":
    """The values that sheets of a shape reach, each with such a sheet; and why another might be reached all the same."""
    inputs = Inputs(book)
    root = free_sheet(shape, inputs)
    units = root.below(output.scope)
    if not units:
        return [], ""
    why: Why = ""
    derived = output.value(Reading(book, inputs), units[0])
    solver = Solver(prover.timeout)
    solver.assume(inputs.assumed)
    found = []
    for at, value in enumerate(values):
        with solver.frame(), deadline.share(len(values) - at):
            concretiser = Concretiser(solver, inputs, [units[0].present, derived.holds(value)])
            if not concretiser.solve():
                why = concretiser.why or why
                continue
            sheets = _sheets(book, inputs, root, concretiser)
            shown = next((sheet for sheet in sheets if _comes_out(prover, output, value, sheet)), None)
            if shown is None:
                why = why or "not_replayable"
            else:
                found.append(Reached(value, "proved", sheet=shown))
    return found, why


def _sheets(book: Rulebook, inputs: Inputs, root: Place, concretiser: Concretiser) -> Iterator[Sheet]:
    for values in concretiser.tries(root):
        with suppress(NotWritable):
            yield sheet_of(book, inputs, root, values)


def _comes_out(prover: Prover, output: NamedInput, value: str, sheet: Sheet) -> bool:
    steps = prover.replay.derive(sheet).steps.values()
    at = [each.name for each in prover.rulebook.by_name[output.name].outputs].index(output.output)
    return any(step.decision == output.name and step.outputs[at] == value for step in steps)
