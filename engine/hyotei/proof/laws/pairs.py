"""Laws that compare two sheets which differ in one value: what rises, and what becomes unknown.

The value is taken as given, everything that follows from it follows, and everything else stays as it is. For sheets with any
number of measures, the measure moves from one class to another; since each such step keeps the law, any number of steps does.
docs/proof-arguments.md has the argument, `side_conditions.py` what it asks of the rulebook.
"""

from collections.abc import Callable, Collection, Sequence

from hyotei.base import deadline
from hyotei.compare.model import Why
from hyotei.lazy_dataclass import dataclass
from hyotei.proof import formulas as f
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_nodes import Linear, Truth
from hyotei.proof.formulas import conj, neg
from hyotei.proof.guarded_values import GuardedValue
from hyotei.proof.laws.named_input import NamedInput
from hyotei.proof.laws.side_conditions import other_units_stay, output_hangs_on_it, output_is_read_whole
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.prover import Prover
from hyotei.proof.results import Changed, Counterexample, LawResult, Shown
from hyotei.proof.search import Question
from hyotei.proof.sheet_shapes import Place, single
from hyotei.proof.symbolic import Reading
from hyotei.proof.unit_classes import UNCHANGED
from hyotei.proof.unit_counts import COUNTED, AnyNumber
from hyotei.rulebook import terms as t
from hyotei.rulebook.changed_sheets import with_figures
from hyotei.rulebook.dependence import DependenceNode, follow, moving, nodes, terms_of
from hyotei.rulebook.law_meaning import LawSide, NotThePairError, breach
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.unit_tree import scope_within
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet
from hyotei.sheet.scopes import unit_key, year_number
from hyotei.sheet.year_series import years_of


@dataclass(frozen=True, slots=True)
class Pair:
    """A law about two sheets.

    `vary` gives the two values of the input and what is asked of them. `breach` says whether two values of the output break it.
    """

    law: Law
    input: NamedInput
    output: NamedInput
    vary: "Callable[[Inputs, str], tuple[GuardedValue, GuardedValue, list[Truth]]]"
    breach: "Callable[[GuardedValue, GuardedValue], Truth]"
    alone: bool = True
    """Whether the law changes nothing but the input; otherwise other figures may change with it, one after the other."""

    @property
    def once(self) -> bool:
        """Whether an output sees one change at most: then there is no step between the two sheets."""
        return self.alone and not scope_within(self.input.scope, self.output.scope)

    @property
    def touched(self) -> frozenset[DependenceNode]:
        """What differs at the unit on the sheets themselves: the input, and what follows from it where the sheet states it."""
        return follow([self.input.node]) if self.input.stated else frozenset([self.input.node])

    @property
    def touched_here(self) -> frozenset[DependenceNode]:
        """What of it is of the unit itself, and can be given."""
        return frozenset(node for node in self.touched if node.scope == self.input.scope)

    def given(
        self, inputs: Inputs, first: GuardedValue, second: GuardedValue, read: "Collection[DependenceNode]"
    ) -> "tuple[dict[str, GuardedValue], dict[str, GuardedValue]]":
        """What both readings take as given at the unit: the input, and what follows from it, as far as it is in `read`."""
        name, scope = self.input.name, self.input.scope
        before, after = {name: first}, {name: second}
        for node in sorted((self.touched_here - {self.input.node}) & set(read), key=repr):
            if node.name in (f"{name}.low", f"{name}.high"):
                # A figure is its own lower and upper end.
                before[node.name], after[node.name] = first, second
            else:
                # What follows in another way is free on the second sheet, which is wider.
                before[node.name] = inputs.figure(scope, scope, node.name)
                after[node.name] = inputs.free(f"second.{node.name}", inputs.domains.figure(scope, node.name))
        return before, after


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """Whether the law was proved, with `steps` for any number of changes; otherwise why not."""

    proved: bool
    steps: bool = False
    why: Why = ""


def prove_pair(prover: Prover, pair: Pair) -> PairAnswer:
    """Tries to prove the law for sheets with any number of units."""
    try:
        with deadline.share(2):
            return _prove(prover, pair)
    except deadline.OutOfTimeError:
        return PairAnswer(False, why="timeout")
    except BeyondProof as beyond:
        return PairAnswer(False, why=why_of(beyond))


def why_of(beyond: BeyondProof) -> Why:
    """The reason that a result tells."""
    if beyond.why in ("nonlinear", "timeout", "gave_up"):
        return beyond.why  # type: ignore[return-value]  # these are reasons of a result as well
    return "too_large" if beyond.why in ("classes", "huge") else "unsupported"


def _prove(prover: Prover, pair: Pair) -> PairAnswer:
    rulebook = prover.toward([pair.output.name])
    sealed = moving(rulebook, pair.touched)
    if not output_hangs_on_it(pair.output.node, sealed):
        return PairAnswer(True, steps=True)
    census = prover.census([pair.output.name])
    other_units_stay(rulebook, census, sealed)
    output = pair.output.term
    assert isinstance(output, t.Decided), "a figure hangs on nothing that a law changes"
    output_is_read_whole(rulebook, output, sealed, pair.touched_here)
    read = frozenset(node for decision in rulebook.decisions for node in nodes(terms_of(decision), rulebook))
    outer, inner = pair.output.scope, pair.input.scope
    inputs = Inputs(census.rulebook)
    place = single(outer, inputs)
    if inner == outer or scope_within(outer, inner):
        first, second, assumed = pair.vary(inputs, "input")
        readings = [
            AnyNumber(census, inputs, outer, {(name, inner): value for name, value in given.items()}, UNCHANGED, sealed)
            for given in pair.given(inputs, first, second, read)
        ]
        return _compared(prover, pair, inputs, readings, place, assumed)
    if inner not in COUNTED or not scope_within(inner, outer):
        raise BeyondProof("unsupported")
    below = Inputs(census.rulebook)
    first, second, assumed = pair.vary(below, "input")
    moves = census.moves(inner, pair.given(below, first, second, read), below, assumed, sealed)
    steps = True
    for move in moves:
        inputs = Inputs(census.rulebook)
        place = single(outer, inputs)
        readings = [AnyNumber(census, inputs, outer, None, each, sealed) for each in (UNCHANGED, move)]
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
        # A figure is its own lower and upper end. What follows in another way stays; whether it does is confirmed in the end.
        own = (pair.input.name, f"{pair.input.name}.low", f"{pair.input.name}.high")
        base = Reading(book, inputs)
        changed = Reading(book, inputs, {(name, unit.key): second for name in own})
        before = pair.output.value(base, target)
        after = pair.output.value(changed, target)
        same = same_value(pair.input.value(base, unit), first)
        wanted = [unit.present, target.present, *assumed, same, pair.breach(before, after)]

        def confirm(sheets: Sequence[Sheet], values: "dict[str, Scalar]") -> bool:
            return _confirmed(prover, pair, sheets[0], values) is not None

        return Question(wanted, {"before": first, "after": second}, (), confirm)

    answer = prover.search([pair.output.name, *([pair.input.name] if pair.input.decision else [])], ask)
    if not answer.sheets or answer.values is None:
        return None, answer.why, answer.bound
    return _confirmed(prover, pair, answer.sheets[0], answer.values), answer.why, answer.bound


def _confirmed(prover: Prover, pair: Pair, sheet: Sheet, values: "dict[str, Scalar]") -> Counterexample | None:
    """The counterexample, if the law is broken by its meaning, on both engines."""
    unit = first_unit(pair.input, sheet)
    key = pair.input.name, unit
    if pair.input.stated:
        sides = LawSide(sheet), LawSide(with_figures(sheet, {key: values["after"]}))
    else:
        decision = prover.rulebook.by_name.get(pair.input.name)
        # Of a decision that is given, no output but the first is known: then it is given on both sides.
        alone = decision is None or len(decision.outputs) == 1
        sides = LawSide(sheet, {} if alone else {key: values["before"]}), LawSide(sheet, {key: values["after"]})
    change = Changed(*key, values["before"], values["after"])
    return counterexample(prover, pair.law, sides, change)


def counterexample(prover: Prover, law: Law, sides: tuple[LawSide, LawSide], change: Changed) -> Counterexample | None:
    """The pair of sheets as a counterexample, if they break the law by its meaning, on both engines."""
    try:
        found = breach(law, prover.rulebook, sides, lambda _, sheet, given: prover.replay.derive(sheet, given))
    except NotThePairError:
        return None
    if found is None:
        return None
    decision, unit = found.at[0]
    shown = Shown(decision, unit, found.values[0], found.values[1])
    return Counterexample(sides[0 if change.before is not None else 1].sheet, (change,), (shown,))


def first_unit(of: NamedInput, sheet: Sheet) -> str:
    """The key of the first unit of its scope."""
    if of.scope == "sheet":
        return "sheet"
    if of.scope == "budget_year":
        return f"budget_years[{sheet.budget_years[0].fiscal_year}]" if sheet.budget_years else ""
    if of.scope == "year":
        first = years_of(sheet.measures[0], sheet.fiscal_year)[0]
        return unit_key(of.scope, year_number(1, first.fiscal_year))
    return f"{of.scope}s[1]"


def same_value(one: GuardedValue, other: GuardedValue) -> Truth:
    """Whether two values are the same."""
    found: list[Truth] = []
    for guard, leaf in one.cases:
        for inner, each in other.cases:
            if isinstance(leaf, Linear) and isinstance(each, Linear):
                found.append(conj(guard, inner, f.compared("=", leaf, each)))
            elif type(leaf) is type(each) and leaf == each:
                found.append(conj(guard, inner))
    return f.disj(*found)


def result(prover: Prover, pair: Pair) -> LawResult:
    """The law proved, or refuted by a sheet, or open."""
    law = pair.law
    proof = prove_pair(prover, pair)
    if proof.proved and (proof.steps or pair.once):
        inner = pair.input.scope in COUNTED and pair.output.scope != pair.input.scope
        return LawResult(law.text, law.kind, "proved", "induction" if inner else "any_number", steps=proof.steps)
    if proof.proved:
        # One change keeps the law, but one after the other could pass through an unknown output.
        return LawResult(law.text, law.kind, "open", "bounded", "one_by_one")
    example, why, bound = find_pair(prover, pair)
    if example is not None:
        return LawResult(law.text, law.kind, "refuted", "example", counterexample=example)
    if proof.why in ("timeout", "nonlinear", "gave_up"):
        return LawResult(law.text, law.kind, "open", "bounded", proof.why, bound)
    return LawResult(law.text, law.kind, "open", "bounded", why or "bounded", bound)
