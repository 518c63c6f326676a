"""For each kind of law the sheets, or the pairs of sheets, that it speaks of."""

from decimal import Decimal
from typing import Final

from hyotei.drawing.boundary_values import sides_first
from hyotei.drawing.choices import Below, Choices
from hyotei.drawing.sheets import SheetShape, SheetWriter
from hyotei.drawing.value_pools import Pool
from hyotei.rulebook.changed_sheets import QUANTITIES, models, with_figures, without
from hyotei.rulebook.law_meaning import Interpreter, LawSide, rank, units_with_value
from hyotei.rulebook.law_places import Place, domain_of, place
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.types import NumberType, ScaleType
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.sheet import Quantity, Sheet
from hyotei.sheet.figures import RESULTS

Sides = tuple[LawSide, ...]

_WITH_MEASURES: Final = SheetShape(objectives=(1, 2), indicators=(1, 2))


class SidesWriter(Choices):
    """Draws what a law can be held against: one side, or two in the order of the law.

    `derive` finds, for a law about one unit more, the units that are of the kind it names.
    """

    def __init__(self, below: Below, law: Law, rulebook: Rulebook, pool: Pool, derive: Interpreter) -> None:
        super().__init__(below)
        self.law, self.rulebook, self.pool, self.derive = law, rulebook, pool, derive

    def sides(self) -> Sides | None:
        """The sides; None where the sheet that was drawn has nothing that the law speaks of."""
        match self.law.kind:
            case "monotone":
                return self.moved()
            case "unknown_never_beats":
                return self.less_known()
            case "one_more":
                return self.one_more()
            case _:
                return (LawSide(self.sheet(SheetShape())),)

    def sheet(self, shape: SheetShape) -> Sheet:
        return SheetWriter(self.below, self.pool, shape).sheet()

    def moved(self) -> Sides | None:
        """INPUT has one value and another one, at one unit or several; all else is the same."""
        moved = place(self.law.input, self.rulebook)
        assert moved is not None, "asked for laws that can be tested only"
        sheet = self.sheet(SheetShape() if moved.scope in ("sheet", "budget_year") else _WITH_MEASURES)
        units = [unit.key for unit in unit_tree(sheet, self.rulebook).below(moved.scope)]
        domain = domain_of(moved, self.rulebook)
        values = tuple(value for value in _ranked(moved, self.pool) if domain.holds(value))
        if not units or len(values) < 2:
            return None
        before: dict[tuple[str, str], Scalar] = {}
        after: dict[tuple[str, str], Scalar] = {}
        for key in self.distinct(units, 1, 3):
            first, second = self.distinct(values, 2, 2)
            rises = _rank(first, moved) < _rank(second, moved)
            ends = (first, second) if rises is self.law.input_rises else (second, first)
            before[moved.name, key], after[moved.name, key] = ends
        if moved.stated:
            return LawSide(with_figures(sheet, before)), LawSide(with_figures(sheet, after))
        return LawSide(sheet, before), LawSide(sheet, after)

    def less_known(self) -> Sides | None:
        """Some known quantities of a sheet are made unknown."""
        sheet = self.sheet(SheetShape())
        known = [
            (name, key)
            for scope, key, model in models(sheet)
            for name in QUANTITIES.get(scope, ())
            if getattr(model, name).value is not None
        ]
        if not known:
            return None
        # What was reached or spent is what is left out in the world, above all where it was not enough.
        results = [at for at in known if at[0] in {row.path for row in RESULTS}]
        poor = [at for at in results if at in _poor(sheet)]
        among = self.pick([pool for pool in (poor, results, known) if pool])
        lost = self.distinct(among, 1, 4)
        return LawSide(sheet), LawSide(with_figures(sheet, {at: Unknown(self.pick(REASONS)) for at in lost}))

    def one_more(self) -> Sides | None:
        """A sheet, and the same without one unit that has the law's value."""
        sheet = self.sheet(SheetShape() if self.law.scope == "budget_year" else _WITH_MEASURES)
        tree = unit_tree(sheet, self.rulebook)
        found = units_with_value(self.law, self.rulebook, tree, self.derive(self.rulebook, sheet, {}))
        keys = [unit.key for unit in found]
        return (LawSide(without(sheet, self.pick(keys))), LawSide(sheet)) if keys else None


def _ranked(moved: Place, pool: Pool) -> tuple[Scalar, ...]:
    """Values that INPUT could have, no two of one rank, the plainest first."""
    of = moved.type
    if isinstance(of, ScaleType):
        return of.values
    dimension = of.dimension if isinstance(of, NumberType) else "plain"
    if dimension == "count":
        return tuple(dict.fromkeys([*map(Decimal, (0, 1, 2, 3, 4, 5, -1, -2)), *pool.values]))
    if dimension == "year":
        return tuple(Decimal(year) for year in sorted(pool.fiscal_years))
    if dimension == "money":
        return pool.amounts
    return pool.factors if dimension == "ratio" else sides_first((*pool.factors, *pool.values))


def _rank(value: Scalar, moved: Place) -> Decimal:
    found = rank(value, moved.type)
    assert found is not None, "these values have an order"
    return found


def _poor(sheet: Sheet) -> set[tuple[str, str]]:
    """The results that lie below what they are held against."""
    found: set[tuple[str, str]] = set()
    for scope, key, model in models(sheet):
        for row in RESULTS:
            if row.scope == scope and row.against and _less(getattr(model, row.field), getattr(model, row.against)):
                found.add((row.path, key))
    return found


def _less(first: Quantity, second: Quantity) -> bool:
    return first.value is not None and second.value is not None and first.value < second.value
