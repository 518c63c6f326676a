"""The judgments that people gave on a sheet, as points that may turn out otherwise: only where that is asked for.

A judgment moves along its scale, whose values are numbered from the worst; a number that is judged moves as it is written.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hyotei.proof.certainty.free_points import FreePoint, Grid, read_figures
from hyotei.proof.guarded_values import Leaf
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.verdict.case import Case


def given_judgments(case: Case) -> tuple[FreePoint, ...]:
    """Every known judgment that the results could rest on; `grid.base` is what it is now, of a scale the number of its value."""
    return tuple(_points(case))


def otherwise(point: FreePoint) -> FreePoint:
    """A given judgment as something that could be anything else."""
    if point.kind == "number":
        return point
    now = int(point.grid.base)
    return replace(point, grid=Grid(), options=(*point.options[:now], *point.options[now + 1 :]))


def _points(case: Case) -> Iterator[FreePoint]:
    for unit in case.units.values():
        for name in read_figures(case.rulebook, unit.scope):
            fact = case.rulebook.facts.get(name)
            if fact is None or not fact.judged:
                continue
            value = unit.figure(name)
            if not isinstance(value, Unknown):
                yield from _point(fact, unit, value)


def _point(fact: DeclaredFact, unit: Unit, value: Scalar) -> Iterator[FreePoint]:
    """None of a text, which could be anything at all."""
    options: tuple[Leaf, ...] = ()
    if isinstance(fact.type, NumberType) and isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        numbers = unit.rulebook.read(unit.scope, fact.name).domain.numbers
        low, high = (None, None) if numbers is None else (numbers.low, numbers.high)
        grid = Grid(Fraction(value), Fraction(1, 10**decimals), low, high)
        yield FreePoint(fact.name, unit.key, unit.scope, "number", None, grid)
        return
    if isinstance(fact.type, ScaleType):
        options = tuple(reversed(fact.type.values))
    elif isinstance(fact.type, BooleanType):
        options = (False, True)
    if value in options:
        grid = Grid(Fraction(options.index(value)), Fraction(1), Fraction(0), Fraction(len(options) - 1))
        yield FreePoint(fact.name, unit.key, unit.scope, "choice", None, grid, options)
