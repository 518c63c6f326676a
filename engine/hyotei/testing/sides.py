"""For each kind of law the sheets, or the pairs of sheets, that it speaks of, as a Hypothesis strategy."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from hypothesis import assume
from hypothesis import strategies as st

from hyotei.base import exact
from hyotei.rulebook.changed_sheets import QUANTITIES, models, with_figures, without
from hyotei.rulebook.law_meaning import Interpreter, Place, Side, place, rank, units_with_value
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.types import NumberType, ScaleType
from hyotei.rulebook.units import unit_tree
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.sheet import BudgetYear, Measure, Quantity, Sheet
from hyotei.testing.drawn_sheets import Pool, Shape, drawn, pool_of
from hyotei.testing.values import sides_first

Draw = Callable[[Any], Any]
Sides = tuple[Side, ...]

_WITH_MEASURES: Final = Shape(objectives=(1, 2), indicators=(1, 2))


def sides(law: Law, rulebook: Rulebook, derive: Interpreter) -> st.SearchStrategy[Sides]:
    """What to hold the law against: one side, or two in the order of the law.

    `derive` finds, for a law about one unit more, the units that are of the kind it names.
    """
    pool = pool_of(rulebook)
    match law.kind:
        case "monotone":
            moved = place(law.input, rulebook)
            assert moved is not None, "asked for laws that can be tested only"
            return _moved(law, rulebook, moved, pool)
        case "unknown_never_beats":
            return _less_known(pool)
        case "one_more":
            return _one_more(law, rulebook, pool, derive)
        case _:
            return drawn(pool, Shape()).map(lambda sheet: (Side(sheet),))


def _moved(law: Law, rulebook: Rulebook, moved: Place, pool: Pool) -> st.SearchStrategy[Sides]:
    """INPUT has one value and another one, at one unit or several; all else is the same."""

    @st.composite
    def pairs(draw: Draw) -> Sides:
        sheet: Sheet = draw(drawn(pool, Shape() if moved.scope in ("sheet", "budget_year") else _WITH_MEASURES))
        units = [unit.key for unit in unit_tree(sheet, rulebook).below(moved.scope)]
        assume(units)
        chosen = draw(st.lists(st.sampled_from(units), min_size=1, max_size=3, unique=True))
        values = _ranked(moved, pool)
        assume(len(values) > 1)
        before: dict[tuple[str, str], Scalar] = {}
        after: dict[tuple[str, str], Scalar] = {}
        for key in chosen:
            first, second = draw(st.lists(st.sampled_from(values), min_size=2, max_size=2, unique=True))
            rises = _rank(first, moved) < _rank(second, moved)
            ends = (first, second) if rises is law.input_rises else (second, first)
            before[moved.name, key], after[moved.name, key] = ends
        if moved.quantity:
            return Side(with_figures(sheet, before)), Side(with_figures(sheet, after))
        return Side(sheet, before), Side(sheet, after)

    return pairs()


def _ranked(moved: Place, pool: Pool) -> tuple[Scalar, ...]:
    """The values that INPUT can have, no two of one rank, the plainest first."""
    of = moved.type
    if isinstance(of, ScaleType):
        return of.values
    dimension = of.dimension if isinstance(of, NumberType) else "plain"
    if dimension == "count":
        return tuple(dict.fromkeys([Decimal(count) for count in range(6)] + [v for v in pool.values if _whole(v)]))
    if dimension == "year":
        return tuple(Decimal(year) for year in sorted(pool.fiscal_years))
    if dimension == "money":
        return pool.amounts
    return pool.factors if dimension == "ratio" else sides_first((*pool.factors, *pool.values))


def _whole(value: Decimal) -> bool:
    return value >= 0 and exact.whole(value)


def _rank(value: Scalar, moved: Place) -> Decimal:
    found = rank(value, moved.type)
    assert found is not None, "these values have an order"
    return found


def _less_known(pool: Pool) -> st.SearchStrategy[Sides]:
    """Some known quantities of a sheet are made unknown."""

    @st.composite
    def pairs(draw: Draw) -> Sides:
        sheet: Sheet = draw(drawn(pool, Shape()))
        known = [
            (name, key)
            for scope, key, model in models(sheet)
            for name in QUANTITIES.get(scope, ())
            if getattr(model, name).value is not None
        ]
        assume(known)
        # What was reached or spent is what is left out in the world, above all where it was not enough.
        results = [at for at in known if at[0] in ("actual", "executed")]
        poor = [at for at in results if at in _poor(sheet)]
        pools = [pool for pool in (poor, results, known) if pool]
        among = pools[draw(st.integers(0, len(pools) - 1))]
        lost = draw(st.lists(st.sampled_from(among), min_size=1, max_size=4, unique=True))
        reasons = draw(st.lists(st.sampled_from(REASONS), min_size=len(lost), max_size=len(lost)))
        changed: dict[tuple[str, str], Scalar] = {at: Unknown(reason) for at, reason in zip(lost, reasons, strict=True)}
        return Side(sheet), Side(with_figures(sheet, changed))

    return pairs()


def _poor(sheet: Sheet) -> set[tuple[str, str]]:
    """The results that lie below what they are held against."""
    found: set[tuple[str, str]] = set()
    for _, key, model in models(sheet):
        if isinstance(model, Measure) and _less(model.actual, model.target):
            found.add(("actual", key))
        elif isinstance(model, BudgetYear) and _less(model.executed, model.total):
            found.add(("executed", key))
    return found


def _less(first: Quantity, second: Quantity) -> bool:
    return first.value is not None and second.value is not None and first.value < second.value


def _one_more(law: Law, rulebook: Rulebook, pool: Pool, derive: Interpreter) -> st.SearchStrategy[Sides]:
    """A sheet, and the same without one unit that has the law's value."""

    @st.composite
    def pairs(draw: Draw) -> Sides:
        sheet: Sheet = draw(drawn(pool, Shape() if law.scope == "budget_year" else _WITH_MEASURES))
        found = units_with_value(law, rulebook, unit_tree(sheet, rulebook), derive(rulebook, sheet, {}))
        keys = [unit.key for unit in found]
        assume(keys)
        key = draw(st.sampled_from(keys))
        return Side(without(sheet, key)), Side(sheet)

    return pairs()
