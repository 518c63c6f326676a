"""Sheets whose figures are free but whose parts are counted: how many objectives, indicators, measures and budget years.

Every unit is there or not, as a truth of its own, so that one shape stands for all sheets with at most so many parts.
"""

from collections.abc import Callable, Sequence
from dataclasses import field
from typing import TypeAlias

from hyotei.lazy_dataclass import dataclass
from hyotei.proof import formulas as f
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_nodes import Linear, Truth
from hyotei.proof.formulas import conj, implies
from hyotei.proof.guarded_values import GuardedValue
from hyotei.rulebook.types import Scope
from hyotei.sheet import Sheet
from hyotei.sheet.figures import ACTUAL, EVALUATED_YEAR, TARGET, YEAR_OF_YEAR
from hyotei.sheet.scopes import ancestry
from hyotei.sheet.year_series import years_of

FigureOf: TypeAlias = "Callable[[Place, str], GuardedValue]"
"""The figure of a unit under its name."""


@dataclass(eq=False, slots=True)
class Place:
    """One part of a sheet that is free: its scope, its key, whether it is there, and what lies below and above it."""

    scope: Scope
    key: str
    parent: "Place | None"
    figures: FigureOf
    present: Truth = True
    own: Truth = False
    """Of a fiscal year of a measure, whether it is that of the measure's own figures, which are then its figures."""
    _below: "dict[Scope, list[Place]]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._below[self.scope] = [self]
        above = self.parent
        while above is not None:
            above._below.setdefault(self.scope, []).append(self)
            above = above.parent

    def up(self, scope: Scope) -> "Place":
        """The unit itself or the one it lies in that has this scope."""
        place: Place | None = self
        while place is not None:
            if place.scope == scope:
                return place
            place = place.parent
        raise LookupError(f"{self.key} does not lie in a {scope}")

    def below(self, scope: Scope) -> "Sequence[Place]":
        """All units of this scope within, itself included."""
        return self._below.get(scope, ())

    def figure(self, name: str) -> GuardedValue:
        return self.figures(self, name)


@dataclass(frozen=True, slots=True)
class Shape:
    """At most how many parts a sheet has.

    `objectives` holds one entry for each objective: for each of its indicators, its number of measures. `years` counts the budget
    years. `points` is for each measure its number of fiscal years beside that of its own figures; empty where no rule reads years.
    Where `optional`, each part may also be absent; otherwise a sheet has exactly these.
    """

    objectives: tuple[tuple[int, ...], ...] = ((1,),)
    years: int = 2
    points: tuple[int, ...] = ()
    optional: bool = True

    @property
    def measures(self) -> int:
        return sum(map(sum, self.objectives))


def free_sheet(shape: Shape, inputs: Inputs) -> Place:
    """The tree of a free sheet of that shape."""

    def figures(place: Place, name: str) -> GuardedValue:
        return inputs.figure(place.scope, place.key, name)

    def present(key: str, before: Truth, above: Truth) -> Truth:
        # The parts that are there come first: which of two equal ones is absent makes no difference.
        found: Truth = f.switch(f"{key}?there")
        inputs.assumed += [implies(found, before), implies(found, above)]
        return found

    root = Place("sheet", "sheet", None, figures)
    indicators = measures = 0
    before: Truth = True
    for number, objective in enumerate(shape.objectives, 1):
        key = f"objectives[{number}]"
        there = before = present(key, before, True) if shape.optional else True
        above = Place("objective", key, root, figures, there)
        earlier: Truth = True
        for count in objective:
            indicators += 1
            key = f"indicators[{indicators}]"
            inside = earlier = present(key, earlier, there) if shape.optional else True
            middle = Place("indicator", key, above, figures, inside)
            first = inside
            for at in range(count):
                measures += 1
                key = f"measures[{measures}]"
                # An indicator has at least one measure.
                first = first if at == 0 or not shape.optional else present(key, first, True)
                measure = Place("measure", key, middle, figures, first)
                if shape.points:
                    _years(measure, measures, shape.points[measures - 1], inputs, shape.optional)
    later: Truth = True
    last: GuardedValue | None = None
    for number in range(1, shape.years + 1):
        key = f"budget_years[#{number}]"
        later = present(key, later, True) if shape.optional else True
        year = inputs.figure("budget_year", key, "fiscal_year")
        Place("budget_year", key, root, figures, later)
        if last is not None:
            inputs.assumed.append(f.compared("<", last.numbers[0][1], year.numbers[0][1]))
        last = year
    return root


def _years(measure: Place, number: int, points: int, inputs: Inputs, optional: bool) -> None:
    """The fiscal years of a measure, ascending; one of them is that of its own figures, the others are any."""
    guards = inputs.one_of(f"{measure.key}#own", points + 1)
    before: GuardedValue | None = None
    there: Truth = measure.present
    for at, own in enumerate(guards):
        key = f"years[{number}-#{at + 1}]"
        if optional:
            earlier, there = there, f.switch(f"{key}?there")
            # The years that are there come first, and a measure that is there has that of its own figures.
            inputs.assumed += [implies(there, earlier), implies(conj(measure.present, own), there)]
        year = inputs.figure("year", key, YEAR_OF_YEAR.path)
        if before is not None:
            inputs.assumed.append(f.compared("<", before.numbers[0][1], year.numbers[0][1]))
        before = year
        Place("year", key, measure, measure.figures, there, own)
        inputs.assumed += [
            implies(conj(own, here), f.compared("=", year.numbers[0][1], stated))
            for here, stated in _own_year(measure, inputs)
        ]


def _own_year(measure: Place, inputs: Inputs) -> list[tuple[Truth, Linear]]:
    """The fiscal year of a measure's own figures: that of the actual, else of the target, else the evaluated one."""
    found: list[tuple[Truth, Linear]] = []
    silent: Truth = True
    stated = [inputs.figure("measure", measure.key, row.with_part("fiscal_year")) for row in (ACTUAL, TARGET)]
    for year in (*stated, inputs.figure(EVALUATED_YEAR.scope, "sheet", EVALUATED_YEAR.path)):
        found += [(conj(silent, here), number) for here, number in year.numbers]
        silent = conj(silent, year.unknown)
    return found


def single(scope: Scope, inputs: Inputs) -> Place:
    """One free unit of a scope, within one free unit of each scope above it; its key is the name of its scope."""

    def figures(place: Place, name: str) -> GuardedValue:
        return inputs.figure(place.scope, place.key, name)

    place: Place | None = None
    for each in reversed(ancestry(scope)):
        place = Place(each, each, place, figures)
    assert place is not None
    return place


def shape_of(sheet: Sheet, years: bool = True) -> Shape:
    """The shape of a given sheet, nothing of it optional; with the `years` of its measures or without."""
    objectives = tuple(
        tuple(len(indicator.measures) for indicator in objective.indicators) for objective in sheet.objectives
    )
    points = tuple(len(years_of(measure, sheet.fiscal_year)) - 1 for measure in sheet.measures) if years else ()
    return Shape(objectives, len(sheet.budget_years), points, optional=False)
