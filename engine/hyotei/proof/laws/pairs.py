"""Laws that compare two sheets which differ in one value: what rises, and what becomes unknown.

The value is taken as given, everything that follows from it follows, and everything else stays as it is. For sheets with any
number of measures, the measure moves from one class to another; since each such step keeps the law, any number of steps does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hyotei.proof import formulas as f
from hyotei.proof.abstract import downstream
from hyotei.proof.counting import COUNTED, AnyNumber
from hyotei.proof.domain import Inputs
from hyotei.proof.formulas import Truth, conj, neg
from hyotei.proof.laws.named import Named
from hyotei.proof.prover import Prover
from hyotei.proof.results import Changed, Counterexample, LawResult, Shown, Why
from hyotei.proof.search import Question
from hyotei.proof.shapes import Place, single
from hyotei.proof.symbolic import BeyondProof, Reading
from hyotei.proof.values import Value
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.units import scope_within
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Pair:
    """A law about two sheets.

    `vary` gives the two values of the input and what is asked of them. `breach` says whether the two values of the output break the
    law; `broken` says the same of values that have been derived.
    """

    input: Named
    output: Named
    vary: "Callable[[Inputs, str], tuple[Value, Value, list[Truth]]]"
    breach: "Callable[[Value, Value], Truth]"
    broken: "Callable[[Scalar, Scalar], bool]"


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """Whether the law was proved, with `steps` for any number of changes; otherwise why not."""

    proved: bool
    steps: bool = False
    why: Why = ""


def prove_pair(prover: Prover, pair: Pair) -> PairAnswer:
    """Tries to prove the law for sheets with any number of units."""
    try:
        return _prove(prover, pair)
    except BeyondProof as beyond:
        return PairAnswer(False, why=why_of(beyond))


def why_of(beyond: BeyondProof) -> Why:
    """The reason that a result tells."""
    if beyond.why in ("nonlinear", "timeout", "gave_up"):
        return beyond.why  # type: ignore[return-value]  # these are reasons of a result as well
    return "too_large" if beyond.why in ("classes", "huge") else "unsupported"


def _prove(prover: Prover, pair: Pair) -> PairAnswer:
    census = prover.census([pair.output.name])
    sealed = downstream(prover.rulebook, pair.input.name)
    outer, inner = pair.output.scope, pair.input.scope
    inputs = Inputs(census.rulebook)
    place = single(outer, inputs)
    if inner == outer or scope_within(outer, inner):
        first, second, assumed = pair.vary(inputs, "input")
        key = (pair.input.name, inner)
        readings = [AnyNumber(census, inputs, outer, {key: value}, None, sealed) for value in (first, second)]
        return _compared(prover, pair, inputs, readings, place, assumed)
    if inner not in COUNTED or not scope_within(inner, outer):
        raise BeyondProof("unsupported")
    if inner not in census.classes:
        return PairAnswer(True, steps=True)  # Nothing asks for this unit.
    below = Inputs(census.rulebook)
    first, second, assumed = pair.vary(below, "input")
    moves = census.moves(inner, ({pair.input.name: first}, {pair.input.name: second}), below, assumed, sealed)
    steps = True
    for move in moves:
        inputs = Inputs(census.rulebook)
        place = single(outer, inputs)
        readings = [AnyNumber(census, inputs, outer, None, each, sealed) for each in (None, move)]
        found = _compared(prover, pair, inputs, readings, place, [])
        if not found.proved:
            return found
        steps = steps and found.steps
    return PairAnswer(True, steps)


def _compared(
    prover: Prover, pair: Pair, inputs: Inputs, readings: "Sequence[AnyNumber]", place: Place, assumed: list[Truth]
) -> PairAnswer:
    before, after = (pair.output.value(reading, place) for reading in readings)
    found = prover.possible(inputs, *assumed, pair.breach(before, after))
    if found.outcome != "no":
        return PairAnswer(False, why=found.why)
    # Step after step the law holds only where no step in between leaves the output unknown.
    lost = prover.possible(inputs, *assumed, before.known, neg(after.known))
    return PairAnswer(True, steps=lost.outcome == "no")


def find_pair(prover: Prover, pair: Pair) -> "tuple[Counterexample | None, Why, int]":
    """A real sheet on which the law is broken, or why none was found and up to how many measures was sought."""

    def ask(book: Rulebook, inputs: Inputs, root: Place) -> Question:
        units = root.below(pair.input.scope)
        targets = root.below(pair.output.scope)
        if not units or not targets:
            return Question([False], {}, (), lambda sheets, values: False)
        unit, target = units[0], targets[0]
        first, second, assumed = pair.vary(inputs, "input")
        base = Reading(book, inputs)
        changed = Reading(book, inputs, {(pair.input.name, unit.key): second})
        before = pair.output.value(base, target)
        after = pair.output.value(changed, target)
        same = same_value(pair.input.value(base, unit), first)
        wanted = [unit.present, target.present, *assumed, same, pair.breach(before, after)]

        def confirm(sheets: Sequence[Sheet], values: "dict[str, Scalar]") -> bool:
            return bool(_counterexample(prover, pair, sheets[0], values, unit.key, target.key))

        return Question(wanted, {"before": first, "after": second}, (), confirm)

    answer = prover.search([pair.output.name, *([pair.input.name] if pair.input.decision else [])], ask)
    if not answer.sheets or answer.values is None:
        return None, answer.why, answer.bound
    found = _counterexample(prover, pair, answer.sheets[0], answer.values, "", "")
    return found, answer.why, answer.bound


def _counterexample(
    prover: Prover, pair: Pair, sheet: Sheet, values: "dict[str, Scalar]", unit: str, target: str
) -> Counterexample | None:
    """The counterexample, if both engines confirm it."""
    unit, target = first_unit(pair.input, sheet), first_unit(pair.output, sheet)
    supposed = {(pair.input.name, unit): values["after"]}
    before, after = prover.replay.derive(sheet), prover.replay.derive(sheet, supposed)
    outputs = before.value(pair.output.name, target), after.value(pair.output.name, target)
    if outputs[0] is None or outputs[1] is None or not pair.broken(outputs[0], outputs[1]):
        return None
    if pair.input.decision and before.value(pair.input.name, unit) != values["before"]:
        return None
    return Counterexample(
        sheet,
        (Shown(pair.output.name, target, outputs[0], outputs[1]),),
        (Changed(pair.input.name, unit, values["before"], values["after"]),),
    )


def first_unit(of: Named, sheet: Sheet) -> str:
    """The key of the first unit of its scope."""
    if of.scope == "sheet":
        return "sheet"
    if of.scope == "budget_year":
        return f"budget_years[{sheet.budget_years[0].fiscal_year}]" if sheet.budget_years else ""
    return f"{of.scope}s[1]"


def same_value(one: Value, other: Value) -> Truth:
    """Whether two values are the same."""
    found: list[Truth] = []
    for guard, leaf in one.cases:
        for inner, each in other.cases:
            if isinstance(leaf, f.Linear) and isinstance(each, f.Linear):
                found.append(conj(guard, inner, f.compared("=", leaf, each)))
            elif type(leaf) is type(each) and leaf == each:
                found.append(conj(guard, inner))
    return f.disj(*found)


def result(prover: Prover, law: Law, pair: Pair) -> LawResult:
    """The law proved, or refuted by a sheet, or open."""
    proof = prove_pair(prover, pair)
    if proof.proved:
        inner = pair.input.scope in COUNTED and pair.output.scope != pair.input.scope
        method = "induction" if inner and proof.steps else "any_number"
        return LawResult(
            law.text, law.kind, "proved", "induction" if method == "induction" else "any_number", steps=proof.steps
        )
    example, why, bound = find_pair(prover, pair)
    if example is not None:
        return LawResult(law.text, law.kind, "refuted", "example", counterexample=example)
    if proof.why in ("timeout", "nonlinear", "gave_up"):
        return LawResult(law.text, law.kind, "open", "bounded", proof.why, bound)
    return LawResult(law.text, law.kind, "open", "bounded", why or "bounded", bound)
