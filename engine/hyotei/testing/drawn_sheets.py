"""Sheets as a Hypothesis strategy: valid by construction, with figures on, just under and just over what a rulebook asks.

A figure by itself rarely meets a boundary of a ratio, so figures are made for each other: an actual that is a telling share
of its target, a target of its actual, an executed amount of its total, the next initial budget of this one; and of many
measures a telling share is alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from hyotei.base import exact
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.values import REASONS
from hyotei.sheet import (
    BudgetYear,
    Indicator,
    LogicModel,
    Measure,
    Objective,
    Outline,
    Quantity,
    Recorded,
    ReflectionAmount,
    Sheet,
    YearPoint,
)
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR
from hyotei.sheet.numerals import fits
from hyotei.testing.values import boundary_values, sides_first, texts_of, threshold_values

Draw = Callable[[Any], Any]
Bounds = int | tuple[int, int]
"""A number of parts: just this many, or from the first to the second."""

QUALIFIERS: Final = (None, "以上", "以下", "未満", "超", "程度", "約")
_BASES: Final = tuple(Decimal(text) for text in ("10", "4", "1", "100", "7", "1000", "0", "-4"))
_FACTORS: Final = tuple(Decimal(text) for text in ("1", "0", "0.5", "2"))
_AMOUNTS: Final = tuple(Decimal(text) for text in ("10000000", "1000000", "3000000", "1000", "1", "0"))
_RECORDED: Final = ("opinion", "reflection", "inspection", "improvement")
_GREATEST: Final = Decimal(10) ** 55
"""No figure beyond it: a sheet's figures have at most 90 digits, 30 of them decimals."""


@dataclass(frozen=True, slots=True, repr=False)
class Pool:
    """What sheets are drawn from. Of each the first is the plainest, which shrinking seeks.

    It has no long `repr`, because Hypothesis prints the arguments of strategies.
    """

    authority: str
    fiscal_years: tuple[int, ...]
    bases: tuple[Decimal, ...]
    factors: tuple[Decimal, ...]
    values: tuple[Decimal, ...]
    amounts: tuple[Decimal, ...]
    units: tuple[str | None, ...]
    money: tuple[str | None, ...]
    texts: tuple[str, ...]
    ratings: tuple[str | None, ...]
    budgets: tuple[str | None, ...]
    shares: tuple[tuple[int, int], ...] = ()
    """How many of how many measures are alike."""
    recorded: tuple[tuple[str, tuple[str, ...]], ...] = (("opinion", ("現状通り",)), ("reflection", ("縮減",)))
    """What else a sheet may record, by the name of the text."""


@dataclass(frozen=True, slots=True)
class Shape:
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
            and (self.unknown or all(each.target.value is not None and each.actual.value is not None
                and each.baseline.value is not None for each in sheet.measures))
            and (self.unknown or all(each.initial.value is not None and each.total.value is not None
                and each.executed.value is not None for each in sheet.budget_years))
        )  # fmt: skip


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


@dataclass(slots=True)
class SheetWriter:
    """Draws one sheet whose figures come from a pool of telling values."""

    draw: Draw
    pool: Pool
    shape: Shape
    unknown: bool = True
    factors: tuple[Decimal, ...] = ()

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

    def pick(self, options: Sequence[Any]) -> Any:
        return options[self.draw(_below(len(options)))] if len(options) > 1 else options[0]

    def chance(self, one_in: int) -> bool:
        return bool(self.draw(_below(one_in)) == one_in - 1)

    def some(self, bounds: tuple[int, int], usual: int) -> int:
        """A number within the bounds, mostly one that is usual, and rarely none though that is the plainest."""
        low, high = bounds
        if low == 0 and high > 0:
            if self.draw(_below(8)) == 0:
                return 0
            low = 1
        top = high if high <= usual or self.chance(8) else max(low, usual)
        return low + int(self.draw(_below(top - low + 1))) if top > low else low

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

    def measure(self) -> Measure:
        base, factor = self.pick(self.pool.bases), self.pick(self.factors)
        told = exact.multiply(base, factor)
        baseline: Decimal | None = None
        target: Decimal | None
        actual: Decimal | None
        match self.pick(["actual", "actual", "target", "way", "free", "beside"]):
            case "actual":
                target, actual = base, told
            case "target":
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
        return Measure(
            label=self.pick(self.pool.texts) if self.chance(4) else None,
            baseline=self.quantity(baseline, unit),
            target=self.quantity(target, unit),
            actual=self.quantity(actual, other),
            direction=self.pick([None, "increase", "decrease", "maintain"]),
            series=self.series() if self.chance(6) else (),
        )

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
        return Indicator(name=name, main=self.pick([None, True, False]), measures=tuple(measures))

    def objective(self) -> Objective:
        claim = self.pick([None, "achieved", "partly_achieved", "not_achieved"])
        indicators = tuple(self.indicator() for _ in range(self.some(self.shape.indicators, 2)))
        return Objective(name=self.pick(self.pool.texts), claim=claim, indicators=indicators)

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
        return BudgetYear(
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
        )

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
            del years[self.draw(_below(len(years)))]
        return Sheet(
            id="drawn",
            title=self.pick(self.pool.texts),
            authority=self.pool.authority,
            fiscal_year=fiscal_year,
            objectives=objectives,
            budget_years=tuple(years),
            recorded=self.recorded(),
            outline=Outline(kind=self.pick(self.pool.texts)) if self.chance(6) else Outline(),
            logic_model=self.logic_model() if self.chance(6) else None,
        )

    def recorded(self) -> Recorded:
        found = Recorded(rating=self.pick(self.pool.ratings), budget=self.pick(self.pool.budgets))
        if not self.chance(4):
            return found
        texts = {name: self.pick((None, *values)) for name, values in self.pool.recorded}
        amounts = [self.money(None) for _ in range(self.draw(_below(3)))]
        reflected = tuple(ReflectionAmount(account="一般会計", amount=amount) for amount in amounts)
        return found.model_copy(update={**texts, "reflection_amounts": reflected})

    def logic_model(self) -> LogicModel:
        counts = [self.draw(_below(3)) for _ in range(3)]
        activities, outputs, outcomes = (("活動",) * count for count in counts)
        return LogicModel(activities=activities, outputs=outputs, outcomes=outcomes)

    def series(self) -> tuple[YearPoint, ...]:
        """Some of the years before the earliest evaluated one, in which targets may have been missed in a row."""
        first = min(self.pool.fiscal_years)
        years = [year for year in range(first - 3, first) if year >= FIRST_YEAR and not self.chance(4)]
        return tuple(YearPoint(fiscal_year=year, target=self.quantity(), actual=self.quantity()) for year in years)


def pool_of(rulebook: Rulebook, fiscal_years: tuple[int, ...] = ()) -> Pool:
    """What sheets of a rulebook are drawn from: its years, its scales, its texts, and what lies on and beside its boundaries."""
    years = fiscal_years or years_of(rulebook)
    ends = dict.fromkeys(boundary_values(rulebook))
    for year in years:
        ends.update(dict.fromkeys(threshold_values(rulebook, year)))
    texts = texts_of(rulebook)
    recorded = []
    for name in ("rating", "budget"):
        scale = rulebook.scales.get(name)
        recorded.append((None, *scale.values, "外の値") if scale is not None else (None, "A"))
    factors = tuple(end for end in ends if abs(end) <= 100)
    words = tuple(text for text in texts if text) or ("指標",)
    scales = {name: scale.values for name, scale in rulebook.scales.items()}
    return Pool(
        authority=rulebook.authority,
        fiscal_years=years,
        bases=_BASES,
        factors=sides_first((*_FACTORS, *factors)),
        values=tuple(dict.fromkeys((*_BASES, *sides_first(ends)))),
        amounts=tuple(dict.fromkeys((*_AMOUNTS, *sides_first((end for end in ends if abs(end) > 100), Decimal(1))))),
        units=("回", None, "%", *texts),
        money=("円",),
        texts=("指標", *(text for text in texts if text)),
        ratings=recorded[0],
        budgets=recorded[1],
        shares=tuple(_shares(factors)),
        recorded=tuple((name, (*scales.get(name, words), "外の値")) for name in _RECORDED),
    )


def years_of(rulebook: Rulebook) -> tuple[int, ...]:
    """The evaluated years that are drawn: those in force, the latest first; of an open span those around what it speaks of."""
    first, last = rulebook.first_year, rulebook.last_year
    told = [year for parameter in rulebook.parameters.values() for dated in parameter.dated
            for year in (dated.first, dated.last) if year is not None]  # fmt: skip
    middle = max(told, default=2012)
    low = first if first is not None else min(middle, last if last is not None else middle) - 3
    high = last if last is not None else max(middle, low) + 3
    return tuple(sorted(range(low, high + 1), reverse=True))[:40]


def _shares(values: Sequence[Decimal]) -> list[tuple[int, int]]:
    """For each share that is met by ten measures or fewer: so many of so many, and one more and one fewer."""
    found: dict[tuple[int, int], None] = {}
    for value in values:
        for count in range(2, 11):
            alike = exact.multiply(value, Decimal(count))
            if 0 < value < 1 and exact.whole(alike):
                found.update(dict.fromkeys((max(0, min(count, int(alike) + more)), count) for more in (0, -1, 1)))
                break
    return sorted(found, key=lambda share: share[1])


def bounds(given: Bounds) -> tuple[int, int]:
    """Bounds of a number of parts."""
    return (given, given) if isinstance(given, int) else given


@st.composite
def drawn(draw: Draw, pool: Pool, shape: Shape) -> Sheet:
    """Sheets from a pool, in a shape."""
    return SheetWriter(draw, pool, shape).sheet()


def sheets(
    rulebook: Rulebook,
    *,
    fiscal_years: int | Sequence[int] | None = None,
    objectives: Bounds = (0, 2),
    indicators: Bounds = (0, 2),
    measures: Bounds = (1, 10),
    budget_years: Bounds = (0, 4),
    unknown: bool = True,
) -> st.SearchStrategy[Sheet]:
    """Sheets that the rulebook is for, with figures on and beside every boundary it states.

    They shrink towards few parts, known figures, round numbers and targets just met.

    Args:
        rulebook: whose authority, fiscal years, scales, texts and boundaries the sheets have.
        fiscal_years: evaluated year or years, instead of those the rulebook is in force for.
        objectives: how many of them a sheet has, as a number or as the least and the greatest.
        indicators: how many each objective has.
        measures: how many each indicator has, at least 1.
        budget_years: how many a sheet has.
        unknown: whether figures may be unknown, for every reason, or be ranges.

    Example:
        >>> from hyotei import load_rulebook
        >>> strategy = sheets(load_rulebook("mic-2013"), objectives=1, unknown=False)
    """
    years = (fiscal_years,) if isinstance(fiscal_years, int) else tuple(fiscal_years or ())
    return drawn(pool_of(rulebook, years), shape_of(objectives, indicators, measures, budget_years, unknown))


def shape_of(objectives: Bounds, indicators: Bounds, measures: Bounds, budget_years: Bounds, unknown: bool) -> Shape:
    """A shape from numbers or bounds."""
    return Shape(bounds(objectives), bounds(indicators), bounds(measures), bounds(budget_years), unknown)
