"""Sheets with any number of measures: what a rulebook sees of a list is only how many of its units fall into each class.

Which classes there are (unit_classes.py) is asked of one unit whose figures are free. A sheet is then one free whole number for
each class, and every aggregate a sum over classes. So what is proved is proved for any number of units.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from hyotei.proof import formulas as f
from hyotei.proof import unit_lists
from hyotei.proof.abstraction import Abstract
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Linear, Truth
from hyotei.proof.formulas import conj, neg
from hyotei.proof.guarded_values import GuardedValue, Leaf, guarded
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.sheet_shapes import Place, single
from hyotei.proof.solver import Solver
from hyotei.proof.symbolic import Given, Reading
from hyotei.proof.unit_classes import UNCHANGED, Asked, Change, Classes, Outcomes, asked
from hyotei.rulebook import terms as t
from hyotei.rulebook.dependence import DependenceNode
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.term_parts import mentioned, parts
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import scope_within

MOST_CLASSES: Final = 48
"""More classes than this are not enumerated."""
COUNTED: Final[tuple[Scope, ...]] = ("measure", "indicator", "objective")
"""Scopes whose units are counted, innermost first; budget years are told apart by their year, and are freed instead."""


class Census:
    """The classes of all scopes that some aggregates count; `extra` are terms of a unit that are observed as well."""

    def __init__(self, rulebook: Rulebook, wanted: Sequence[t.Term], extra: Sequence[t.Term], timeout: float) -> None:
        self.rulebook, self.timeout = rulebook, timeout
        self.classes: dict[Scope, Classes] = {}
        for scope in COUNTED:
            terms: dict[t.Term, None] = {}
            conditions: set[t.Term] = set()
            for term in wanted:
                if isinstance(term, t.Aggregate) and not isinstance(term.items, tuple):
                    self._note(term, scope, terms, conditions)
            terms.update(dict.fromkeys(each for each in extra if _observable(each, scope)))
            if terms or any(_counts(term, scope) for term in wanted):
                self.classes[scope] = Classes(scope, tuple(terms), frozenset(conditions))
                self.classes[scope].members = [outcomes for (outcomes,) in self.joint(scope, ({},))]

    @staticmethod
    def _note(term: t.Aggregate, scope: Scope, terms: "dict[t.Term, None]", conditions: "set[t.Term]") -> None:
        try:
            found = asked(term)
        except BeyondProof:
            return  # Told when the aggregate is read, if it ever is.
        if found.scope != scope:
            return
        if found.condition is not None:
            terms[found.condition] = None
            conditions.add(found.condition)
        if found.term is not None:
            terms[found.term] = None

    def joint(
        self,
        scope: Scope,
        givens: "Sequence[Mapping[str, GuardedValue]]",
        changes: Sequence[Change] = (),
        inputs: Inputs | None = None,
        assumed: Iterable[Truth] = (),
        sealed: frozenset[DependenceNode] = frozenset(),
    ) -> list[tuple[Outcomes, ...]]:
        """The joint outcomes of one unit in several readings that share its free figures.

        Each reading takes the values in `givens` as given at the unit, and the counts of units within it as `changes` say.

        Raises:
            BeyondProof: there are too many, or the solver did not get through.
        """
        inputs = inputs or Inputs(self.rulebook)
        place = single(scope, inputs)
        classes = self.classes[scope]
        rows: list[list[GuardedValue]] = []
        for number, given in enumerate(givens):
            change = changes[number] if changes else UNCHANGED
            reading = AnyNumber(
                self, inputs, scope, {(name, scope): value for name, value in given.items()}, change, sealed
            )
            rows.append(classes.observed(reading, place))
        solver = Solver(self.timeout)
        solver.assume(assumed)
        found: list[tuple[Outcomes, ...]] = []
        solver.assume(inputs.assumed)
        while True:
            answer = solver.possible()
            if answer.outcome == "no":
                return sorted(found, key=repr)
            if answer.values is None:
                raise BeyondProof(answer.why or "nonlinear")
            evaluation = Evaluation(answer.values)
            here = tuple(tuple(_outcome(value, evaluation) for value in row) for row in rows)
            found.append(here)
            if len(found) > MOST_CLASSES:
                raise BeyondProof("classes")
            same = [
                value.holds(leaf)
                for row, outcomes in zip(rows, here, strict=True)
                for value, leaf in zip(row, outcomes, strict=True)
            ]
            solver.assume([neg(conj(*same))])

    def moves(
        self,
        scope: Scope,
        givens: "Sequence[Mapping[str, GuardedValue]]",
        inputs: Inputs,
        assumed: Iterable[Truth],
        sealed: frozenset[DependenceNode],
    ) -> list[Change]:
        """How the classes of a unit and of those it lies in can change together, from the first reading of it to the second."""
        found = [UNCHANGED]
        if scope in self.classes:
            base = self.joint(scope, givens, inputs=inputs, assumed=assumed, sealed=sealed)
            found = [Change({scope: (self.index(scope, first), self.index(scope, second))}) for first, second in base]
        return self.widened(scope, found, sealed)

    def widened(self, scope: Scope, found: "Sequence[Change]", sealed: frozenset[DependenceNode]) -> list[Change]:
        """The changes with what they do to the units of wider scopes that are counted too."""
        for wider in COUNTED:
            if not scope_within(scope, wider) or wider not in self.classes:
                continue
            longer: list[Change] = []
            for change in found:
                if wider in change.moves:
                    longer.append(change)  # It comes itself, so that no other unit of its scope holds what comes.
                    continue
                pairs = self.joint(wider, ({}, {}), (UNCHANGED, change), sealed=sealed)
                longer += [
                    Change({**change.moves, wider: (self.index(wider, one), self.index(wider, two))}, change.brought)
                    for one, two in pairs
                ]
            found = longer
        return list(found)

    def index(self, scope: Scope, outcomes: Outcomes) -> int:
        """The class of these outcomes."""
        for at, member in enumerate(self.classes[scope].members):
            if member == outcomes and all(type(a) is type(b) for a, b in zip(member, outcomes, strict=True)):
                return at
        raise BeyondProof("classes")


def _outcome(value: GuardedValue, evaluation: Evaluation) -> Leaf:
    return next(leaf for guard, leaf in value.cases if evaluation.truth(guard))


def listed(rulebook: Rulebook, extra: Sequence[t.Term]) -> tuple[t.Term, ...]:
    """Every aggregate over a list, and every pick from one, in the decisions of a rulebook and in some terms more."""
    found: dict[t.Term, None] = {}
    for decision in rulebook.decisions:
        found.update(dict.fromkeys(term for term in mentioned(decision) if isinstance(term, (t.Aggregate, t.At))))
    found.update(dict.fromkeys(part for term in extra for part in parts(term) if isinstance(part, (t.Aggregate, t.At))))
    return tuple(found)


def _counts(term: object, scope: Scope) -> bool:
    """Whether a term only asks how many units there are."""
    return any(isinstance(part, t.Units) and part.scope == scope for part in parts(term))


def _observable(term: t.Term, scope: Scope) -> bool:
    """Whether a term that a law observes is about units of this scope."""
    scopes = {part.scope for part in parts(term) if isinstance(part, (t.Figure, t.Decided))}
    return scopes == {scope}


class AnyNumber(Abstract):
    """A reading through the chain of decisions, with any number of units in each list.

    It reads one unit of the scope `reach`. `change` says what is different in the units within it.
    """

    def __init__(
        self,
        census: Census,
        inputs: Inputs,
        reach: Scope,
        given: Given | None = None,
        change: Change = UNCHANGED,
        sealed: frozenset[DependenceNode] = frozenset(),
    ) -> None:
        super().__init__(census.rulebook, inputs, given, sealed)
        self.census, self.change, self.reach = census, change, reach

    def decided(self, name: str, output: str, place: Place) -> GuardedValue:
        # Decisions of a wider scope rest on other units too.
        if place.scope != self.reach:
            return Abstract.decided(self, name, output, place)
        return Reading.decided(self, name, output, place)

    def aggregate(self, term: t.Aggregate, place: Place) -> GuardedValue:
        if isinstance(term.items, tuple):
            return Reading.aggregate(self, term, place)
        units = next(part for part in parts(term.items) if isinstance(part, t.Units))
        if units.scope not in COUNTED or units.above != place.scope:
            return self.free_term(term, place)
        return self.counted(term, asked(term), place)

    def counted(self, term: t.Aggregate, found: Asked, place: Place) -> GuardedValue:
        """An aggregate over the classes of a scope."""
        classes = self.census.classes[found.scope]
        numbers = self.counts(classes, place)
        elements: list[tuple[Linear, Leaf]] = []
        for member, number in enumerate(numbers):
            if found.condition is not None and classes.outcome(member, found.condition) is not True:
                continue
            leaf: Leaf = True if found.term is None else classes.outcome(member, found.term)
            elements.append((number, leaf))
        some = [(f.compared(">", number, f.ZERO), constant_leaf(leaf)) for number, leaf in elements]
        match term.function:
            case "count":
                return GuardedValue(((True, _sum(elements, 1)),))
            case "all" | "any":
                return unit_lists.folded(some, every=term.function == "all")
            case "sum":
                return unit_lists.known(some, GuardedValue(((True, _sum(elements)),)))
            case "mean":
                total = unit_lists.known(some, GuardedValue(((True, _sum(elements)),)))
                return self.arithmetic.divide(total, GuardedValue(((True, _sum(elements, 1)),)))
            case _:
                return unit_lists.extreme(some, greatest=term.function == "max")

    def counts(self, classes: Classes, place: Place) -> list[Linear]:
        """How many units of each class lie in the unit: free whole numbers."""
        only = self.change.only.get(classes.scope)
        if only is not None:
            return [f.ONE if member == only else f.ZERO for member in range(len(classes.members))]
        found = [self.natural(f"{place.key}#{classes.scope}#{member}") for member in range(len(classes.members))]
        key = f"{place.key}#{classes.scope}#some"
        if place.scope == "indicator" and classes.scope == "measure" and key not in self.inputs.choices:
            # An indicator has at least one measure.
            self.inputs.choices[key] = guarded(())
            self.inputs.assumed.append(f.compared(">", _sum([(each, True) for each in found], 1), f.ZERO))
        if classes.scope in self.change.moves:
            start, end = self.change.moves[classes.scope]
            if start is not None:
                self.inputs.assumed.append(f.compared(">=", found[start], f.ONE))
                found[start] = f.subtract(found[start], f.ONE)
            found[end] = f.add(found[end], f.ONE)
        if classes.scope in self.change.brought:
            found = [
                f.add(number, self.natural(f"{place.key}#new {classes.scope}#{member}"))
                for member, number in enumerate(found)
            ]
        return found

    def natural(self, name: str) -> Linear:
        """A free whole number that is not negative."""
        fresh = name not in self.inputs.numbers
        number = self.inputs.number(name, whole=True)
        if fresh:
            self.inputs.assumed.append(f.compared(">=", number, f.ZERO))
        return number


def constant_leaf(leaf: Leaf) -> GuardedValue:
    """A value with one outcome."""
    return GuardedValue(((True, leaf),))


def _sum(elements: "list[tuple[Linear, Leaf]]", each: int | None = None) -> Linear:
    """The sum of the outcomes, each as often as it occurs; `each` counts every element as so much."""
    found = f.ZERO
    for number, leaf in elements:
        factor = Fraction(each) if each is not None else leaf.constant if isinstance(leaf, Linear) else Fraction(0)
        found = f.add(found, f.scale(number, factor))
    return found
