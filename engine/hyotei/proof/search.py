"""The search for a real sheet that shows something, over growing shapes; each find is replayed before it counts."""

from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import Final

from hyotei.compare.model import Why
from hyotei.lazy_dataclass import dataclass
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.guarded_values import GuardedValue
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.sheet_shapes import Place, Shape, free_sheet
from hyotei.proof.sheet_writing import NotWritable, sheet_of
from hyotei.proof.solver import Solver
from hyotei.proof.witness import Concretiser
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.term_parts import mentioned, parts
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet

MOST_POINTS: Final = 3
"""Fiscal years of a measure that are tried beside that of its own figures, where it is the only measure; of several one each."""


@dataclass(slots=True)
class Question:
    """What is sought on a free sheet: truths that must hold, values that are wanted of the answer, and other sheets of it.

    `confirm` is asked with the sheets and the wanted values whether what was sought is really there; it replays.
    """

    wanted: Sequence[Truth]
    values: "dict[str, GuardedValue]"
    others: Sequence[Place]
    confirm: "Callable[[Sequence[Sheet], dict[str, Scalar]], bool]"


@dataclass(slots=True)
class SearchAnswer:
    """What a search found: sheets and values, or why not; `bound` is how many measures were tried."""

    sheets: tuple[Sheet, ...] = ()
    values: "dict[str, Scalar] | None" = None
    why: Why = ""
    bound: int = 0


def search(rulebook: Rulebook, ask: "Callable[[Inputs, Place], Question]", timeout: float) -> SearchAnswer:
    """Tries shapes from small to large until a sheet is found that stands the replay."""
    end = monotonic() + timeout
    why: Why = "bounded"
    bound = 0
    for shape in shapes(rulebook):
        inputs = Inputs(rulebook)
        root = free_sheet(shape, inputs)
        solver = Solver(timeout)
        solver.deadline = end
        try:
            question = ask(inputs, root)
        except BeyondProof as beyond:
            known: dict[str, Why] = {"nonlinear": "nonlinear", "huge": "too_large"}
            return SearchAnswer(why=known.get(beyond.why, "unsupported"), bound=bound)
        concretiser = Concretiser(solver, inputs, question.wanted)
        if not concretiser.solve():
            if concretiser.why:
                why = concretiser.why
                break
            bound = max(bound, shape.measures)
            continue
        for found in concretiser.tries(root):
            try:
                sheets = tuple(sheet_of(rulebook, inputs, each, found) for each in (root, *question.others))
            except NotWritable:
                continue
            values = {name: value.computed(Evaluation(found)) for name, value in question.values.items()}
            if question.confirm(sheets, values):
                return SearchAnswer(sheets, values)
        why = "not_replayable"
    return SearchAnswer(why=why, bound=bound)


def shapes(rulebook: Rulebook) -> Iterator[Shape]:
    """The shapes of sheets that are tried, with only the parts that the rulebook reads."""
    scopes = used_scopes(rulebook)
    years = 3 if "budget_year" in scopes else 0
    if not scopes & {"year", "measure", "indicator", "objective"}:
        yield Shape((), min(years, 2))
        if years:
            yield Shape((), 4)
        return
    for objectives, some in (
        (((1,),), min(years, 2)),
        (((4,),), years),
        (((2, 1), (2,)), years),
        (((8,),), min(years, 2)),
    ):
        measures = sum(map(sum, objectives))
        points = MOST_POINTS if measures == 1 else 1
        yield Shape(objectives, some, (points,) * measures if "year" in scopes else ())


def used_scopes(rulebook: Rulebook) -> set[Scope]:
    """The scopes of which the rulebook reads anything."""
    found: set[Scope] = set()
    for decision in rulebook.decisions:
        found.add(decision.scope)
        for term in mentioned(decision):
            for part in parts(term):
                if isinstance(part, (t.Figure, t.Decided, t.Units)):
                    found.add(part.scope)
    return found
