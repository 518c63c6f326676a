"""What is kept of one sheet to compare it with the sheets of other years of its programme: figures, no texts but names."""

from collections import Counter
from dataclasses import field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from hyotei.base.printable import one_line
from hyotei.base.text_folding import same_name as _same_name
from hyotei.corpus.evaluated_budget import money_of
from hyotei.lazy_dataclass import dataclass
from hyotei.sheet import Indicator, Measure, Quantity, Sheet
from hyotei.sheet.direction import direction_of, measured_name
from hyotei.verdict.directions import direction_doubt
from hyotei.verdict.doubt import Doubt

same_name = lru_cache(maxsize=1 << 15)(_same_name)  # names and titles come again year after year


class Name(NamedTuple):
    """What makes measures of two sheets the same: objective, indicator and label, whatever the white space, and unit."""

    objective: str
    indicator: str
    label: str
    unit: str

    def may_be(self, other: "Name") -> bool:
        """Whether both can name one measure: a measure without a figure has no unit, so it can be one of any unit."""
        return self[:-1] == other[:-1] and (self.unit == other.unit or not self.unit or not other.unit)


class FinalTarget(NamedTuple):
    """The figure aimed at in the end, and its fiscal year where that is told."""

    value: Decimal
    year: int | None


@dataclass(slots=True)
class MeasureRecord:
    """What one sheet says of one measure.

    `targets` and `actuals` are by fiscal year. `decrease` tells which way is better, null where that is not known, and `sure`
    whether it is more than an assumption. `doubt` says why what rests on it may be no fault.
    `subject` and `unit` are the names as printed, `objective` that of its objective, where its sheet has another
    measure of its subject.
    """

    subject: tuple[str, str]
    unit: str
    decrease: bool | None
    sure: bool
    objective: str
    doubt: Doubt | None = None
    targets: dict[int, Decimal] = field(default_factory=dict)
    actuals: dict[int, Decimal] = field(default_factory=dict)
    final: FinalTarget | None = None


@dataclass(slots=True)
class ProgrammeYear:
    """What is kept of one sheet. `shared` counts the measures whose name another measure of the sheet has too."""

    id: str
    title: str
    authority: str
    fiscal_year: int
    money: Decimal | None
    measures: dict[Name, MeasureRecord]
    shared: dict[Name, int]
    budgets: dict[int, Decimal]


def programme_of(authority: str, title: str) -> tuple[str, str]:
    """What two sheets of one programme have in common."""
    return authority, same_name(title)


def programme_year(sheet: Sheet) -> ProgrammeYear:
    """What is kept of a sheet."""
    found: list[tuple[Name, MeasureRecord]] = []
    for objective in sheet.objectives:
        for indicator in objective.indicators:
            found += [_told(objective.name, indicator, measure, sheet.fiscal_year) for measure in indicator.measures]
    counts = Counter(name for name, _ in found)
    subjects = Counter((name.indicator, name.label) for name, _ in found)
    for name, told in found:
        if subjects[name.indicator, name.label] == 1:
            told.objective = ""
    return ProgrammeYear(
        sheet.id,
        sheet.title,
        sheet.authority,
        sheet.fiscal_year,
        money_of(sheet),
        {name: told for name, told in found if counts[name] == 1},
        {name: count for name, count in counts.items() if count > 1},
        {year.fiscal_year: year.initial.value for year in sheet.budget_years if year.initial.value is not None},
    )


def _told(objective: str, indicator: Indicator, measure: Measure, evaluated: int) -> tuple[Name, MeasureRecord]:
    unit = _unit(measure)
    label = measure.label or ""
    direction = direction_of(measure, measured_name(indicator.name, measure.label))
    decrease = None if direction.direction is None else direction.direction == "decrease"
    told = MeasureRecord(
        (one_line(indicator.name), one_line(label)), unit, decrease, direction.reason != "assumed", one_line(objective)
    )
    told.doubt = direction_doubt(direction, measure)
    _note(told.targets, measure.target, evaluated)
    _note(told.actuals, measure.actual, evaluated)
    for point in measure.series:
        _note(told.targets, point.target, point.fiscal_year)
        _note(told.actuals, point.actual, point.fiscal_year)
    if measure.final_target.value is not None:
        told.final = FinalTarget(measure.final_target.value, measure.final_target.fiscal_year)
    return Name(same_name(objective), same_name(indicator.name), same_name(label), unit), told


def _unit(measure: Measure) -> str:
    """The unit of the first figure that has one."""
    figures = [measure.target, measure.actual]
    figures += [each for point in measure.series for each in (point.target, point.actual)]
    figures.append(measure.final_target)
    return next((each.unit for each in figures if each.unit is not None), "")


def _note(into: dict[int, Decimal], quantity: Quantity, year: int) -> None:
    if quantity.value is not None:
        into.setdefault(quantity.fiscal_year or year, quantity.value)
