"""Sheets valid by construction, with figures on, just under and just over what a rulebook asks.

A figure by itself rarely meets a boundary of a ratio, so figures are made for each other: an actual that is a telling share
of its target, a target of its actual, an executed amount of its total, the next initial budget of this one; and of many
measures a telling share is alike.
"""

from decimal import Decimal
from typing import Final, get_args

from hyotei.base import exact
from hyotei.drawing.choices import Below, Choices
from hyotei.drawing.facts import drawn_facts
from hyotei.drawing.value_pools import Pool
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.values import REASONS
from hyotei.sheet import (
    BudgetYear,
    Fact,
    Indicator,
    Measure,
    Objective,
    Quantity,
    Recorded,
    Sheet,
    YearPoint,
)
from hyotei.sheet.figures import ACTUAL, AMOUNTS, BASELINE, EXECUTED, INITIAL, OF_MEASURES, TARGET, TOTAL, FigureRow
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, Claim, Direction, Qualifier
from hyotei.sheet.numerals import fits
from hyotei.sheet.scopes import Scope

QUALIFIERS: Final = (None, *get_args(Qualifier))
_GREATEST: Final = Decimal(10) ** 55
"""No figure beyond it: a sheet's figures have at most 90 digits, 30 of them decimals."""


@dataclass(frozen=True, slots=True)
class SheetShape:
    """How many parts a sheet has: objectives; indicators of each; measures of each indicator; budget years."""

    objectives: tuple[int, int] = (0, 2)
    indicators: tuple[int, int] = (0, 2)
    measures: tuple[int, int] = (1, 10)
    budget_years: tuple[int, int] = (0, 4)
    unknown: bool = True

    def fits(self, sheet: Sheet) -> bool:
        """Whether a sheet is of this shape; it may have a figure less than was drawn only where figures may be unknown."""

        def within(count: int, bounds: tuple[int, int]) -> bool:
            return bounds[0] <= count <= bounds[1]

        return (
            within(len(sheet.objectives), self.objectives)
            and all(within(len(each.indicators), self.indicators) for each in sheet.objectives)
            and all(within(len(each.measures), self.measures) for each in sheet.indicators)
            and within(len(sheet.budget_years), self.budget_years)
            and (self.unknown or all(_known(each, BASELINE, TARGET, ACTUAL) for each in sheet.measures))
            and (self.unknown or all(_known(each, INITIAL, TOTAL, EXECUTED) for each in sheet.budget_years))
        )  # fmt: skip


def _others(model: Measure | BudgetYear, rows: tuple[FigureRow, ...], pool: Pool) -> list[str]:
    """The figures that rules read of which nothing has been drawn yet: they are free of the others."""
    return [
        row.field for row in rows if (row.scope, row.field) in pool.read and row.field not in model.model_fields_set
    ]


def _known(model: Measure | BudgetYear, *rows: FigureRow) -> bool:
    return all(getattr(model, row.field).value is not None for row in rows)


class SheetWriter(Choices):
    """Draws one sheet whose figures come from a pool of telling values."""

    def __init__(self, below: Below, pool: Pool, shape: SheetShape) -> None:
        super().__init__(below)
        self.pool, self.shape = pool, shape
        self.unknown = True
        self.factors: tuple[Decimal, ...] = ()

    def swarm(self) -> None:
        """Some sheets are of one kind throughout: all is known, all targets are met, all are far from it, all are alike.

        Rows that ask for several things at once would hardly be met otherwise.
        """
        self.unknown = self.shape.unknown and not self.chance(3)
        factors = self.pool.factors
        match self.pick(["any", "met", "far", "two"]):
            case "met":
                factors = tuple(factor for factor in factors if 1 <= factor <= 3)
            case "far":
                factors = tuple(factor for factor in factors if 0 <= factor < 1)
            case "two":
                factors = tuple(dict.fromkeys(self.pick(factors) for _ in range(2)))
        self.factors = factors or self.pool.factors

    def some(self, bounds: tuple[int, int], usual: int) -> int:
        """A number within the bounds, mostly one that is usual, and rarely none though that is the plainest."""
        low, high = bounds
        if low == 0 and high > 0:
            if self.below(8) == 0:
                return 0
            low = 1
        top = high if high <= usual or self.chance(8) else max(low, usual)
        return low + self.below(top - low + 1) if top > low else low

    # -- figures

    def quantity(
        self, value: Decimal | None = None, unit: str | None = None, among: tuple[Decimal, ...] = ()
    ) -> Quantity:
        values = among or self.pool.values
        if self.unknown and self.chance(6):
            if self.chance(4):
                low, high = sorted((self.pick(values), self.pick(values)))
                return Quantity(unknown="undefined", low=low, high=high, unit=unit)
            return Quantity(unknown=self.pick(REASONS))
        if value is None or abs(value) >= _GREATEST or not fits(value):
            value = self.pick(values)
        return Quantity(
            value=value,
            unit=unit,
            qualifier=self.pick(QUALIFIERS) if self.chance(3) else None,
            fiscal_year=self.pick(self.pool.fiscal_years) if self.chance(6) else None,
        )

    def facts(self, scope: Scope) -> tuple[Fact, ...]:
        """What a unit states of the facts that the rulebook declares."""
        return drawn_facts(self, self.pool, scope, unknown=self.unknown) if self.pool.facts else ()

    def measure(self) -> Measure:
        base, factor = self.pick(self.pool.bases), self.pick(self.factors)
        told = exact.multiply(base, factor)
        baseline: Decimal | None = None
        target: Decimal | None
        actual: Decimal | None
        match self.pick(["share", "share", "inverse", "way", "free", "beside"]):
            case "share":
                target, actual = base, told
            case "inverse":
                target, actual = told, base
            case "way":
                # Where progress is measured from the baseline, it is a telling share of the way.
                baseline = self.pick(self.pool.bases)
                target = base
                actual = exact.add(baseline, exact.multiply(factor, exact.subtract(base, baseline)))
            case "beside":
                target, actual = base, exact.add(base, factor)
            case _:
                target = actual = None
        unit = self.pick(self.pool.units)
        other = self.pick(self.pool.units) if self.chance(8) else unit
        found = Measure(
            label=self.pick(self.pool.texts) if self.chance(4) else None,
            baseline=self.quantity(baseline, unit),
            target=self.quantity(target, unit),
            actual=self.quantity(actual, other),
            direction=self.pick([None, *get_args(Direction)]),
            series=self.series(min(self.pool.fiscal_years)) if self.chance(6) else (),
            facts=self.facts("measure"),
        )
        found = found.model_copy(
            update={name: self.quantity(None, unit) for name in _others(found, OF_MEASURES, self.pool)}
        )
        return self.with_history(found) if self.pool.histories and not self.chance(4) else found

    def with_history(self, measure: Measure) -> Measure:
        """The measure with the year of its figures, mostly, and some of the years before it."""
        year = self.pick(self.pool.fiscal_years)
        dated = measure.actual.model_copy(update={"fiscal_year": year}) if not self.chance(4) else measure.actual
        return measure.model_copy(update={"actual": dated, "series": self.series(year)})

    def indicator(self) -> Indicator:
        low, high = self.shape.measures
        shares = [share for share in self.pool.shares if low <= share[1] <= high]
        if shares and self.chance(4):
            # Of so many measures so many are alike, and the others are alike too.
            alike, count = self.pick(shares)
            first, second = self.measure(), self.measure()
            measures = [first] * alike + [second] * (count - alike)
        else:
            measures = [self.measure() for _ in range(self.some((low, high), 2))]
        name = self.pick(self.pool.texts)
        return Indicator(
            name=name, main=self.pick([None, True, False]), measures=tuple(measures), facts=self.facts("indicator")
        )

    def objective(self) -> Objective:
        claim = self.pick([None, *get_args(Claim)])
        indicators = tuple(self.indicator() for _ in range(self.some(self.shape.indicators, 2)))
        facts = self.facts("objective")
        return Objective(name=self.pick(self.pool.texts), claim=claim, indicators=indicators, facts=facts)

    def budget_year(self, year: int, before: BudgetYear | None) -> BudgetYear:
        initial = self.pick(self.pool.amounts)
        if before is not None and before.initial.value is not None and not self.chance(4):
            # The change from year to year is telling, as a share or beside the whole.
            factor = self.pick(self.factors)
            initial = exact.multiply(before.initial.value, exact.add(Decimal(self.pick([0, 1])), factor))
        supplementary, carried_over = (self.pick(self.pool.amounts) if self.chance(3) else Decimal(0) for _ in "sc")
        total = exact.total([initial, supplementary, carried_over])
        if self.chance(6):
            total = self.pick(self.pool.amounts)
        executed = exact.multiply(total, self.pick(self.factors)) if not self.chance(4) else None
        found = BudgetYear(
            fiscal_year=year,
            initial=self.money(initial),
            supplementary=self.money(supplementary),
            carried_over=self.money(carried_over),
            reserve=self.money(None) if self.chance(6) else Quantity(unknown="missing"),
            carried_forward=self.money(None) if self.chance(6) else Quantity(unknown="missing"),
            total=self.money(total),
            executed=self.money(executed),
            request=self.money(None) if self.chance(4) else Quantity(unknown="missing"),
            basis=self.pick(["net", "gross"]),
            facts=self.facts("budget_year"),
        )
        return found.model_copy(update={name: self.money(None) for name in _others(found, AMOUNTS, self.pool)})

    def money(self, value: Decimal | None) -> Quantity:
        found = self.quantity(value, self.pick(self.pool.money), self.pool.amounts)
        return found.model_copy(update={"qualifier": None, "fiscal_year": None})

    def sheet(self) -> Sheet:
        fiscal_year = self.pick(self.pool.fiscal_years)
        self.swarm()
        objectives = tuple(self.objective() for _ in range(self.some(self.shape.objectives, 2)))
        low, high = self.shape.budget_years
        count = self.some((low, high) if high < 3 or self.chance(3) else (max(low, 2), high), 4)
        last = min(LAST_YEAR, fiscal_year + self.pick([1, 1, 1, 0, 2]))
        years: list[BudgetYear] = []
        for year in range(max(FIRST_YEAR, last - count + 1), last + 1):
            years.append(self.budget_year(year, years[-1] if years else None))
        if len(years) > low and self.chance(8):
            del years[self.below(len(years))]
        return Sheet(
            id="drawn",
            title=self.pick(self.pool.texts),
            authority=self.pool.authority,
            fiscal_year=fiscal_year,
            objectives=objectives,
            budget_years=tuple(years),
            recorded=self.recorded(),
            facts=self.facts("sheet"),
        )

    def recorded(self) -> Recorded:
        found = Recorded(rating=self.pick(self.pool.ratings), budget=self.pick(self.pool.budgets))
        if not self.chance(4):
            return found
        texts = {name: self.pick((None, *values)) for name, values in self.pool.recorded}
        return found.model_copy(update=texts)

    def series(self, before: int) -> tuple[YearPoint, ...]:
        """Some of the three years before one, in which targets may have been missed in a row; if they count, of those after too."""
        later = 3 if self.pool.years else 0
        years = [
            year for year in range(before - 3, before + later) if FIRST_YEAR <= year <= LAST_YEAR and not self.chance(4)
        ]
        return tuple(self.year_point(year) for year in years)

    def year_point(self, year: int) -> YearPoint:
        """A fiscal year of a measure; where rules read it, with an actual that is mostly a telling share of its target."""
        target: Decimal | None = None
        actual: Decimal | None = None
        unit: str | None = None
        if self.pool.years and not self.chance(4):
            target, unit = self.pick(self.pool.bases), self.pick(self.pool.units)
            actual = exact.multiply(target, self.pick(self.factors))
        return YearPoint(
            fiscal_year=year,
            target=self.quantity(target, unit),
            actual=self.quantity(actual, unit),
            facts=self.facts("year"),
        )
