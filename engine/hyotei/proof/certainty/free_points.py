"""What of a given sheet is free: the unknown figures, the judgements of what is told in words only, and known figures to be moved.

docs/certain.md states the domain to analysts. A figure told in words never becomes a number; what it can become is judged, so
the judgement that rests on it is free instead.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.proof.certainty.named_texts import named_texts
from hyotei.proof.domain import Inputs
from hyotei.proof.free_texts import OTHER
from hyotei.proof.guarded_values import Leaf
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import RESULTS, Rulebook
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.types import MONEY, BooleanType, ScaleType, Scope
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import Reason, Unknown
from hyotei.sheet import BudgetYear, Measure, Quantity, YearPoint
from hyotei.sheet.figures import BY_PATH, FIGURES, OF_MEASURES, RECORDED_SCALES, YEAR_OF_YEAR, FigureRow
from hyotei.sheet.units import COUNTERS, SIGNED, YEN
from hyotei.verdict.case import Case, StepKey, unknown_output

Kind = Literal["number", "choice", "judgement"]


def _made_of(row: FigureRow) -> tuple[str, ...]:
    """The numbers of the same unit from which a derived figure follows."""
    found: dict[str, None] = {}
    waiting = list(row.follows)
    while waiting:
        of = BY_PATH[waiting.pop(0)]
        if of.get is not None:
            waiting += of.follows
        elif of.scope == row.scope and (of.quantity or of.kind == "year"):
            found.setdefault(of.path)
    return tuple(found)


_MADE_OF: Final = {(row.scope, row.path): _made_of(row) for row in FIGURES if row.get is not None and row.follows}
"""Figures that follow from others, and from which."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The numbers that a figure can be: `base` and whole steps from it, or any number where there is no step; and its bounds."""

    base: Fraction = Fraction(0)
    step: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class FreePoint:
    """One thing that is free: a figure of a unit, or a decision at a unit that is a judgement.

    `reason` is why it is unknown now; None for a known figure that may be moved.
    """

    name: str
    unit: str
    scope: Scope
    kind: Kind
    reason: Reason | None
    grid: Grid = Grid()
    options: tuple[Leaf, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.name}@{self.unit}"

    @property
    def key(self) -> tuple[str, str]:
        return self.name, self.unit


@dataclass(frozen=True, slots=True)
class Points:
    """The unknowns of a sheet. `words` are the figures told in words that leave something unknown which nobody judges."""

    free: tuple[FreePoint, ...]
    words: tuple[tuple[str, str], ...]


def unknown_points(case: Case) -> Points:
    """Everything unknown that the results could rest on."""
    free: list[FreePoint] = []
    told_in_words: list[tuple[str, Unit]] = []
    own, named = Inputs(case.rulebook), named_texts(case.rulebook)
    for unit in case.units.values():
        for name in _free_figures(case.rulebook, unit):
            value = unit.figure(name)
            if (unit.scope, name) in _MADE_OF and not _stated_alone(unit, name):
                continue
            if not isinstance(value, Unknown):
                continue
            if value.reason == "qualitative":
                told_in_words.append((name, unit))
            else:
                free.append(_figure(own, named, unit, name, value.reason))
    judged: dict[StepKey, FreePoint] = {}
    words: list[tuple[str, str]] = []
    for name, unit in told_in_words:
        found = list(_judgements(case, name, unit))
        judged.update((point.key, point) for point in found)
        if not found and any((name, unit.key) in _rests(case, key)[1] for key in case.derivation.steps):
            words.append((name, unit.key))
    return Points((*free, *judged.values()), tuple(words))


def known_points(case: Case) -> tuple[FreePoint, ...]:
    """Every known number on the sheet that the results could rest on; `grid.base` is what it is now."""
    return tuple(
        FreePoint(name, unit.key, unit.scope, "number", None, moved_grid(unit, name))
        for unit in case.units.values()
        for name in _free_figures(case.rulebook, unit)
        if isinstance(getattr(unit.model, name, None), Quantity) and isinstance(unit.figure(name), Decimal)
    )


def _free_figures(rulebook: Rulebook, unit: Unit) -> list[str]:
    """The figures of a unit that can be free.

    The figures of the year of a measure's own figures are the measure's. Which year that is stays as it is where rules read years.
    """
    names = read_figures(rulebook, unit.scope)
    if unit.own:
        return [name for name in names if name in rulebook.facts]
    settled = unit.scope == "measure" and reads_years(rulebook)
    return [name for name in names if not (settled and name in _DATES)]


_DATES: Final = frozenset(path for _, path in YEAR_OF_YEAR.follows)
"""The years of figures that tell which year a measure's own figures are of."""


def reads_years(rulebook: Rulebook) -> bool:
    """Whether the results rest on the fiscal years of measures."""
    decisions = rulebook.toward(*RESULTS).decisions
    return any(
        decision.scope == "year"
        or any(isinstance(term, t.Units) and term.scope == "year" for term in mentioned(decision))
        for decision in decisions
    )


def read_figures(rulebook: Rulebook, scope: Scope) -> tuple[str, ...]:
    """The figures of a scope that the results read, by the names under which a sheet has them."""
    found: dict[str, None] = {}
    for decision in rulebook.toward(*RESULTS).decisions:
        for term in mentioned(decision):
            if (
                isinstance(term, t.Figure)
                and (term.scope, scope) == ("year", "measure")
                and term.name not in rulebook.facts
            ):
                # One of the years is that of the measure's own figures.
                found.setdefault(rulebook.read(term.scope, term.name).row.field)
            elif isinstance(term, t.Figure) and term.scope == scope:
                for made in _MADE_OF.get((scope, term.name), ()):
                    found.setdefault(made)
                row = rulebook.read(scope, term.name).row
                found.setdefault(row.field if row.end else row.path)
    return tuple(each.name for each in rulebook.figures if each.scope == scope and each.name in found)


def _stated_alone(unit: Unit, name: str) -> bool:
    """Whether a derived figure (the direction) is one that a sheet may state, and what it is unknown with (the target) is known."""
    other = BY_PATH[unit.scope, name].as_unknown_as
    return other is not None and getattr(unit.model, other).value is not None


def _figure(own: Inputs, named: frozenset[str], unit: Unit, name: str, reason: Reason) -> FreePoint:
    """An unknown figure with all it could be; a text is one of the `named` ones or any other."""
    figure = unit.rulebook.read(unit.scope, name)
    of, numbers = figure.type, figure.domain.numbers
    model = None if figure.row.declared else getattr(unit.model, name, None)
    options: tuple[Leaf, ...] | None = None
    if isinstance(model, Quantity):
        return FreePoint(name, unit.key, unit.scope, "number", reason, unknown_grid(unit, name))
    if numbers is not None and numbers.whole:
        grid = Grid(step=Fraction(1), low=numbers.low, high=numbers.high)
        return FreePoint(name, unit.key, unit.scope, "number", reason, grid)
    if of == MONEY:
        return FreePoint(name, unit.key, unit.scope, "number", reason, Grid(step=Fraction(1)))
    if isinstance(of, ScaleType):
        options = of.values
    elif isinstance(of, BooleanType):
        options = (True, False)
    elif numbers is not None:
        return FreePoint(name, unit.key, unit.scope, "number", reason, Grid())
    else:
        scale = unit.rulebook.scales.get(RECORDED_SCALES.get(name, ""))
        texts = (each for each in own.own_texts(f"{unit.key}.{name}") if each in named or each.startswith(OTHER))
        options = scale.values if scale is not None else tuple(texts)
    return FreePoint(name, unit.key, unit.scope, "choice", reason, options=options)


def unknown_grid(unit: Unit, name: str) -> Grid:
    """What an unknown figure can be: a printed range bounds it, a count is whole, amounts that are paid are not negative."""
    quantity: Quantity = getattr(unit.model, name)
    whole, low = _kind(unit, name)
    high = None
    if quantity.low is not None and quantity.high is not None:
        low, high = Fraction(quantity.low), Fraction(quantity.high)
    return Grid(Fraction(0), Fraction(1) if whole else None, low, high)


def moved_grid(unit: Unit, name: str) -> Grid:
    """How a known figure can be moved: in whole ones where it is counted or yen, else by the last decimal that is printed."""
    quantity: Quantity = getattr(unit.model, name)
    assert quantity.value is not None
    whole, low = _kind(unit, name)
    step = Fraction(1) if whole else Fraction(1, 10 ** max(_decimals(each) for each in _beside(unit, name)))
    if quantity.value.as_tuple().sign and low is not None:
        low = None
    return Grid(Fraction(quantity.value), step, low)


def _kind(unit: Unit, name: str) -> tuple[bool, Fraction | None]:
    """Whether a figure is a whole number, and the least it can be."""
    if isinstance(unit.model, BudgetYear):
        return all(_decimals(each) == 0 for each in _beside(unit, name)), (
            Fraction(0) if BY_PATH[unit.scope, name].never_negative else None
        )
    quantities: tuple[Quantity, ...] = _quantities(unit, name)
    units = {quantity.unit for quantity in quantities} - {None}
    values = list(_beside(unit, name))
    whole = bool(units) and all(each == YEN or each in COUNTERS for each in units)
    counted = bool(units) and all(each in COUNTERS - SIGNED for each in units)
    low = Fraction(0) if counted and all(value >= 0 for value in values) else None
    return whole and all(_decimals(value) == 0 for value in values), low


def _quantities(unit: Unit, name: str) -> tuple[Quantity, ...]:
    model = unit.model
    if isinstance(model, YearPoint):
        return (model.target, model.actual, *_quantities(unit.up("measure"), name))
    if isinstance(model, Measure):
        return tuple(getattr(model, row.field) for row in OF_MEASURES)
    return (getattr(model, name),)


def _beside(unit: Unit, name: str) -> Iterator[Decimal]:
    """The figures printed in the same way: those of a measure, or the amount itself; 0 where there is none."""
    found = False
    for quantity in _quantities(unit, name):
        for value in (quantity.value, quantity.low, quantity.high):
            if value is not None:
                found = True
                yield value
    if not found:
        yield Decimal(0)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


# -- judgements


def _judgements(case: Case, name: str, unit: Unit) -> Iterator[FreePoint]:
    """What would be judged of a figure that is told in words: the decision nearest to the results that rests on it."""
    figure = name, unit.key
    below = {key: _rests(case, key) for key in case.derivation.steps if key[0] not in RESULTS}
    above: Unit | None = unit
    while above is not None and above.scope != "sheet":
        found = []
        for decision in case.rulebook.toward(*RESULTS).decisions:
            key = decision.name, above.key
            of = decision.outputs[0].type
            step = case.derivation.steps.get(key)
            if step is None or decision.name in RESULTS or not isinstance(of, (ScaleType, BooleanType)):
                continue
            if unknown_output(step) is not None and figure in below[key][1]:
                found.append((key, decision.scope, of.values if isinstance(of, ScaleType) else (True, False)))
        nearest = [each for each in found if not any(each[0] in below[other[0]][0] for other in found)]
        if nearest:
            for key, scope, options in nearest:
                yield FreePoint(*key, scope, "judgement", "qualitative", options=options)
            return
        above = above.parent


def _rests(case: Case, key: StepKey) -> tuple[set[StepKey], set[tuple[str, str]]]:
    """The unknown steps and figures because of which a step is unknown, however far below; none for a known one."""
    steps: set[StepKey] = set()
    figures: set[tuple[str, str]] = set()
    waiting = [key] if unknown_output(case.derivation.steps[key]) is not None else []
    while waiting:
        uses, read = case.used(case.derivation.steps[waiting.pop()])
        for name, unit in read:
            if isinstance(unit.figure(name), Unknown):
                figures |= {
                    (each, unit.key) for each in (name.partition(".")[0], *_MADE_OF.get((unit.scope, name), ()))
                }
        for each in uses:
            step = case.derivation.steps.get(each)
            if each not in steps and step is not None and unknown_output(step) is not None:
                steps.add(each)
                waiting.append(each)
    return steps, figures
