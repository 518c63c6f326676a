"""A given sheet with some things free, read under its rulebook: what the results are, as formulas of what is free."""

from collections.abc import Callable, Sequence
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, cast, get_args

from hyotei.lazy_dataclass import dataclass
from hyotei.proof import formulas as f
from hyotei.proof.certainty.free_points import FreePoint, reads_years
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Linear, Truth, Variable
from hyotei.proof.formulas import conj, disj, neg
from hyotei.proof.guarded_values import GuardedValue, Leaf, chosen, constant, guarded, lifted, truth
from hyotei.proof.sheet_shapes import Place
from hyotei.proof.symbolic import DecidedFormulas, Reading
from hyotei.rulebook.model import RESULTS, Decision, Rulebook
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import Unit, unit_tree
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import BudgetYear, Measure
from hyotei.sheet.derived_figures import name_of
from hyotei.sheet.direction import BY_QUALIFIER, worded_direction
from hyotei.sheet.figures import (
    ACTUAL,
    BASELINE,
    DIRECTION,
    EXECUTED,
    TARGET,
    TOTAL,
    UNITS_AGREE,
    YEARS_MISSED,
)
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, Direction
from hyotei.sheet.year_series import missed_under
from hyotei.verdict.case import Case
from hyotei.verdict.supposed_values import Outcome

_YEARS: Final = (ACTUAL.with_part("fiscal_year"), TARGET.with_part("fiscal_year"))
"""Where the fiscal year of a pair of target and actual is told, the first that is known."""
_DIRECTIONS: Final = get_args(Direction)


@dataclass(frozen=True, slots=True)
class Free:
    """Something free in one reading: whether it is known there (or moved, if it was known), and then what it is."""

    point: FreePoint
    known: Truth
    value: GuardedValue
    steps: Linear | None = None
    """Of a number on a grid: how many steps it lies from its base."""

    @property
    def number(self) -> Linear:
        return self.value.numbers[0][1]


@dataclass(slots=True)
class OpenCase:
    """One way in which all that is free may turn out. `tag` tells the ways apart where several are asked about together."""

    case: Case
    points: Sequence[FreePoint]
    tag: str = ""
    moving: bool = False
    """Whether the points are known figures that may be moved, instead of unknown ones that may become known."""
    free: "dict[tuple[str, str], Free]" = field(default_factory=dict)
    assumed: list[Truth] = field(default_factory=list)
    results: "dict[str, GuardedValue]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        rulebook = self.case.rulebook.toward(*RESULTS)
        self.free = {point.key: self.freed(point) for point in self.points}
        tree = unit_tree(self.case.sheet, rulebook)
        units = {unit.key: unit for unit in tree.all()}
        places: dict[str, Place] = {}
        for unit in tree.all():
            parent = places[unit.parent.key] if unit.parent is not None else None
            places[unit.key] = Place(
                unit.scope,
                unit.key,
                parent,
                lambda place, name: self.figure(units[place.key], name),
                own=unit.own,
            )
        for unit in units.values():
            if isinstance(unit.model, BudgetYear):
                self.spend_within(unit)
        reading = _Reading(rulebook, Inputs(rulebook), self)
        for name in RESULTS:
            decision = rulebook.by_name.get(name)
            if decision is not None and decision.scope == "sheet" and not decision.audit:
                self.results[name] = reading.decide(decision, places["sheet"]).outputs[0]

    # -- what is free

    def freed(self, point: FreePoint) -> Free:
        """A point as it may turn out: still unknown, or any value of its kind."""
        name = f"{self.tag}{point.id}"
        known: Truth = f.switch(f"{name}?known") if not self.moving else True
        if point.kind != "number" and self.moving and point.grid.step is not None:
            return self.stepped(point, name)
        if point.kind != "number":
            guards = self.one_of(name, len(point.options))
            return Free(point, known, guarded(zip(guards, point.options, strict=True)))
        grid = point.grid
        steps: Linear | None = None
        if grid.step is not None:
            steps = f.term(Variable(name, whole=True))
            number = f.add(f.number(grid.base), f.scale(steps, grid.step))
            if self.moving:
                known = neg(f.compared("=", steps, f.ZERO))
        else:
            number = f.term(Variable(name))
        # No figure of a sheet goes further: the models have 60 digits before the point.
        low = Fraction(-(10**60)) if grid.low is None else grid.low
        high = Fraction(10**60) if grid.high is None else grid.high
        self.assumed += [f.compared(">=", number, f.number(low)), f.compared("<=", number, f.number(high))]
        return Free(point, known, GuardedValue(((True, number),)), steps)

    def stepped(self, point: FreePoint, name: str) -> Free:
        """A known choice that may move along its options."""
        steps = f.term(Variable(name, whole=True))
        place = f.add(f.number(point.grid.base), steps)
        guards = [f.compared("=", place, f.number(number)) for number in range(len(point.options))]
        self.assumed += [f.compared(">=", place, f.ZERO), f.compared("<=", place, f.number(len(point.options) - 1))]
        value = guarded(zip(guards, point.options, strict=True))
        return Free(point, neg(f.compared("=", steps, f.ZERO)), value, steps)

    def one_of(self, name: str, count: int) -> list[Truth]:
        """As many truths of which exactly one is true."""
        found: list[Truth] = []
        before: Truth = True
        for number in range(count - 1):
            here: Truth = f.switch(f"{name}?{number}")
            found.append(conj(before, here))
            before = conj(before, neg(here))
        return [*found, before]

    def spend_within(self, unit: Unit) -> None:
        """Nobody spends more than the total; where the sheet itself says somebody did, its totals mean something else."""
        if not any(self.at(row.path, unit) for row in (EXECUTED, TOTAL)) or _overspent(self.case):
            return
        executed, total = self.figure(unit, EXECUTED.path), self.figure(unit, TOTAL.path)
        for guard, spent in executed.numbers:
            for inner, most in total.numbers:
                self.assumed.append(f.implies(conj(guard, inner), f.compared("<=", spent, most)))

    # -- figures

    def at(self, name: str, unit: Unit) -> Free | None:
        return self.free.get((name, unit.key))

    def figure(self, unit: Unit, name: str) -> GuardedValue:
        """A figure of the sheet, as it may turn out."""
        derived = _DERIVED.get((unit.scope, name))
        if derived is not None:
            return derived(self, unit)
        row = self.case.rulebook.read(unit.scope, name).row
        free = self.at(name, unit) or (self.at(row.field, unit) if row.end else None)
        if free is None:
            return constant(unit.figure(name))
        return self.turned(free, constant(unit.figure(name)))

    def turned(self, free: Free, now: GuardedValue) -> GuardedValue:
        """What is free where it is known, and what it is now where it stays unknown."""
        return free.value if self.moving else chosen(((free.known, free.value), (neg(free.known), now)))

    def _direction(self, unit: Unit) -> GuardedValue:
        measure = unit.model
        assert isinstance(measure, Measure)
        if measure.direction is not None:
            return constant(measure.direction)
        if measure.target.qualifier in BY_QUALIFIER:
            return constant(BY_QUALIFIER[measure.target.qualifier])
        target, baseline = self.figure(unit, TARGET.path), self.figure(unit, BASELINE.path)
        worded = worded_direction(name_of(unit))

        def shown(goal: Leaf, start: Leaf) -> "Leaf | GuardedValue":
            if not isinstance(goal, Linear):
                return goal
            if worded == "decrease":
                return worded
            zero = f.compared("=", goal, f.ZERO)
            cases: list[tuple[Truth, Leaf]] = []
            silent: Truth = True
            if worded == "increase":
                cases, silent = [(neg(zero), worded)], zero
            level = silent
            if isinstance(start, Linear):
                cases += [
                    (conj(silent, f.compared(sign, goal, start)), way)
                    for sign, way in ((">", "increase"), ("<", "decrease"))
                ]
                level = conj(silent, f.compared("=", goal, start))
            cases += [(conj(level, zero), Unknown("missing")), (conj(level, neg(zero)), "increase")]
            return guarded(cases)

        found = lifted(shown, target, baseline)
        stated = self.at(DIRECTION.path, unit)
        return found if stated is None else self.turned(stated, found)

    def _units_agree(self, unit: Unit) -> GuardedValue:
        measure = unit.model
        assert isinstance(measure, Measure)
        named = {measure.target.unit, measure.actual.unit} - {None}
        if len(named) < 2:
            return constant(True)
        return truth(neg(conj(*(self.figure(unit, row.path).known for row in (TARGET, ACTUAL)))))

    def _years_missed(self, unit: Unit) -> GuardedValue:
        """By cases: the function itself says what comes out where the evaluated year was met, missed, or tells nothing."""
        measure = unit.model
        assert isinstance(measure, Measure)
        if not any(
            self.at(name, unit) for name in (*(row.path for row in (TARGET, ACTUAL, BASELINE, DIRECTION)), *_YEARS)
        ):
            return constant(unit.figure(YEARS_MISSED.path))
        return chosen(
            (here, self._missed_back_from(unit, measure, year)) for here, year in self._evaluated(unit, measure)
        )

    def _evaluated(self, unit: Unit, measure: Measure) -> list[tuple[Truth, int]]:
        """The fiscal year of the pair: that of the actual, or else of the target, or else of the sheet.

        How many years were missed in a row changes only where the pair falls on a year of the series or beside one, so one year
        stands for all those between.
        """
        marks = sorted({point.fiscal_year + away for point in measure.series for away in (-1, 0, 1)})
        starts = sorted(
            {FIRST_YEAR, *(year for mark in marks for year in (mark, mark + 1) if FIRST_YEAR < year <= LAST_YEAR)}
        )
        spans = [(low, high - 1) for low, high in pairwise((*starts, LAST_YEAR + 1))]
        actual, target = (self.figure(unit, name) for name in _YEARS)
        found: list[tuple[Truth, int]] = []
        for before, value in ((True, actual), (neg(actual.known), target)):
            for guard, number in value.numbers:
                for low, high in spans:
                    within = conj(f.compared(">=", number, f.number(low)), f.compared("<=", number, f.number(high)))
                    found.append((conj(before, guard, within), low))
        found.append((conj(neg(actual.known), neg(target.known)), self.case.sheet.fiscal_year))
        return [(here, year) for here, year in found if here is not False]

    def _missed_back_from(self, unit: Unit, measure: Measure, year: int) -> GuardedValue:
        """How many years were missed in a row, back from a pair of that fiscal year."""
        undated = {
            row.field: getattr(measure, row.field).model_copy(update={"fiscal_year": None}) for row in (TARGET, ACTUAL)
        }
        measure = measure.model_copy(update=undated)
        target, actual, way = (self.figure(unit, row.path) for row in (TARGET, ACTUAL, DIRECTION))
        found: list[tuple[Truth, Leaf]] = []
        silent = neg(conj(target.known, actual.known))
        reached: dict[str, list[Truth]] = {"decrease": [], "": []}
        for guard, goal in target.numbers:
            for inner, got in actual.numbers:
                both = conj(guard, inner)
                reached["decrease"].append(conj(both, f.compared("<=", got, goal)))
                reached[""].append(conj(both, f.compared(">=", got, goal)))
        for guard, leaf in way.cases:
            if isinstance(leaf, Unknown):
                found.append((guard, Unknown("missing")))
                continue
            met = disj(*reached["decrease" if leaf == "decrease" else ""])
            for here, shown in ((silent, None), (met, True), (conj(neg(silent), neg(met)), False)):
                found.append((conj(guard, here), _missed(measure, year, cast(Direction, leaf), shown)))
        return guarded(found)

    # -- what comes out

    def is_outcome(self, outcome: Outcome) -> Truth:
        """Whether the results are these; None is no result."""
        return conj(*(self.is_result(name, value) for name, value in zip(RESULTS, outcome, strict=True)))

    def is_result(self, name: str, value: str | None) -> Truth:
        found = self.results.get(name)
        if found is None:
            return value is None
        if value is not None:
            return found.holds(value)
        return disj(*(guard for guard, leaf in found.cases if not isinstance(leaf, str)))

    def outcome(self, evaluation: Evaluation) -> Outcome:
        """The results for given values of all that is free."""
        found = (self.results[name].computed(evaluation) if name in self.results else None for name in RESULTS)
        return tuple(each if isinstance(each, str) else None for each in found)

    def values(self, evaluation: Evaluation) -> "dict[tuple[str, str], Scalar]":
        """What has become known, or was moved, and to what."""
        return {key: free.value.computed(evaluation) for key, free in self.free.items() if evaluation.truth(free.known)}


_DERIVED: Final[dict[tuple[Scope, str], Callable[[OpenCase, Unit], GuardedValue]]] = {
    (DIRECTION.scope, DIRECTION.path): OpenCase._direction,
    (UNITS_AGREE.scope, UNITS_AGREE.path): OpenCase._units_agree,
    (YEARS_MISSED.scope, YEARS_MISSED.path): OpenCase._years_missed,
}
"""How derived figures turn out, as what they follow from does. One that is not here stays as it is."""


def _overspent(case: Case) -> bool:
    return any(
        year.executed.value is not None and year.total.value is not None and year.executed.value > year.total.value
        for year in case.sheet.budget_years
    )


def _missed(measure: Measure, year: int, direction: Direction, reached: bool | None) -> Leaf:
    """How many years in a row were missed where the year of the pair tells nothing (None), was met, or was missed."""
    known = measure.target.model_copy(update={"value": Decimal(1), "unknown": None, "low": None, "high": None})
    got = {None: None, True: Decimal(1), False: Decimal(2 if direction == "decrease" else 0)}[reached]
    actual = measure.actual.model_copy(
        update={"value": got, "unknown": "missing" if got is None else None, "low": None, "high": None}
    )
    found = missed_under(direction, measure.model_copy(update={TARGET.field: known, ACTUAL.field: actual}), year)
    return Unknown("missing") if found is None else f.number(found)


class _Reading(Reading):
    """The reading of a rulebook in which some decisions may also be judged instead of derived."""

    def __init__(self, rulebook: Rulebook, inputs: Inputs, open_case: OpenCase) -> None:
        super().__init__(rulebook, inputs)
        self.open_case = open_case
        self.by_years = reads_years(rulebook)

    def years_missed(self, place: Place) -> GuardedValue:
        return super().years_missed(place) if self.by_years else place.figure(YEARS_MISSED.path)

    def _decide(self, decision: Decision, place: Place) -> DecidedFormulas:
        usual = super()._decide(decision, place)
        judged = self.open_case.free.get((decision.name, place.key))
        if judged is None or judged.point.kind != "judgement":
            return usual
        first = self.open_case.turned(judged, usual.outputs[0])
        others = [
            chosen(((judged.known, constant(Unknown("undefined"))), (neg(judged.known), each)))
            for each in usual.outputs[1:]
        ]
        return DecidedFormulas((first, *others), usual.inputs, usual.answer)
