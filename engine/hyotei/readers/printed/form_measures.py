"""The measures of an indicator from the cells of its table: the pair that counts, the series of other years, the final target."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from typing import Final, get_args

from hyotei.base import exact
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic
from hyotei.readers.evaluation_text.cell_placement import Slot
from hyotei.readers.evaluation_text.measures import MeasureReader, without_remarks
from hyotei.readers.evaluation_text.text_cells import TextCell as Held
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed.figure_notes import noted
from hyotei.readers.printed.form_cells import cells_of
from hyotei.readers.printed.form_text import Form
from hyotei.readers.printed.measured_indicators import CellFigure, Indicated, Role
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import MISSING, Measure, Qualifier, Quantity, YearPoint
from hyotei.sheet.notes import Notes, joined_notes, reading_note
from hyotei.sheet.same_unit import in_one_unit
from hyotei.sheet.units import PERCENT, read_unit

Key = tuple[Role, int | None, bool]
"""What a figure is: its role, its year where a heading states it, and whether it is one of a row of years."""

_OTHER_YEAR: Final = "reading_notes.last_year_with_both"
_NO_YEAR: Final = "reading_notes.target_without_year"
_OTHERS_UNIT: Final = "reading_notes.unit_of_others"
_NAMES_UNIT: Final = "reading_notes.unit_of_name"
_TWO_TARGETS: Final = "reading_notes.two_targets"
_SEVERAL: Final = "reading_notes.several_fit_column"
_ONE: Final = Decimal(1)


@dataclass(slots=True)
class _Figures:
    """The figures of one measure by what they are."""

    of: dict[Key, Quantity] = field(default_factory=dict)

    def single(self, role: Role) -> Quantity:
        return next(
            (quantity for (each, _, yearly), quantity in self.of.items() if each == role and not yearly), MISSING
        )

    def yearly(self, role: Role) -> dict[int, Quantity]:
        return {
            year: quantity
            for (each, year, yearly), quantity in self.of.items()
            if each == role and yearly and year is not None
        }


@dataclass(slots=True)
class FormMeasures:
    """Reads the cells of indicators into measures, and tells what is not certain."""

    form: Form
    grid: int
    near: int
    evaluated: int
    problems: list[Diagnostic]

    def measures(self, indicator: Indicated) -> tuple[Measure, ...]:
        """The measures of an indicator, at least one."""
        slots, why = self.slots(indicator)
        line = self.form.of(self.grid, indicator.cell)[0].number
        reader = MeasureReader(self.form.document, self.problems)
        for key, slot in slots.items():
            if slot.candidates:
                reader.tell_several(indicator.name, key[0], slot, line)
        slots = without_remarks(slots)
        labels = reader.labels(slots)
        units = reader.units(slots)
        found: list[Measure] = []
        each_label: list[str | None] = [*labels] or [None]
        for label in each_label:
            figures = _Figures()
            for key, slot in slots.items():
                quantity = (
                    reader.single(key[0], slot, units, line)
                    if label is None
                    else reader.of_label(label, labels, key[0], slot, indicator.name, line)
                )
                if quantity is MISSING:
                    continue
                quantity = quantity.model_copy(update={"fiscal_year": quantity.fiscal_year or key[1]})
                figures.of[key] = _placed(noted(quantity, why.get(key, ())), key)
            self.units(figures, indicator)
            self.condition(figures, indicator)
            found.append(in_one_unit(self.measure(label, figures, indicator)))
        return tuple(found)

    def slots(self, indicator: Indicated) -> tuple[dict[Key, Slot], dict[Key, Notes]]:
        """The cells of an indicator by what they are figures of, with the reasons why that is not simply stated."""
        held: dict[Key, list[Held]] = {}
        why: dict[Key, Notes] = {}
        for figure in indicator.figures:
            for key, cell in self.keyed(figure, indicator):
                others = held.setdefault(key, [])
                if not any(_same(each, cell) for each in others):
                    others.append(cell)
                notes = joined_notes(figure.notes, figure.cell.notes)
                if notes:
                    why[key] = notes
        slots = {
            key: Slot(cells[0]) if len(cells) == 1 else Slot(candidates=tuple(cells)) for key, cells in held.items()
        }
        return slots, why

    def keyed(self, figure: CellFigure, indicator: Indicated) -> Iterable[tuple[Key, Held]]:
        """What a cell holds; figures of several years in one cell are a row of years."""
        cells = cells_of(self.form.of(self.grid, figure.cell), self.near)
        years = {cell.year for cell in cells}
        if (
            len(cells) > 1
            and not figure.yearly
            and figure.role != "baseline"
            and None not in years
            and len(years) == len(cells)
        ):
            for cell in cells:
                yield (figure.role, cell.year, True), cell
            return
        if figure.notes and all(cell.dash for cell in cells):
            return  # a dash through several years
        for cell in cells:
            year = figure.year or cell.year or indicator.years.get(figure.role)
            if figure.yearly and year is None:
                self.unread(cell.text, cell.line)
                continue
            yield (figure.role, year if figure.yearly else None, figure.yearly), _dated(cell, year)

    def condition(self, figures: _Figures, indicator: Indicated) -> None:
        """Gives the targets what a cell of its own says of them."""
        if indicator.condition is None:
            return
        word = next((each for each in get_args(Qualifier) if each == bare(indicator.condition.text)), None)
        if word is None:
            self.unread(indicator.condition.text, self.form.of(self.grid, indicator.condition)[0].number)
            return
        for key, quantity in figures.of.items():
            if key[0] == "target" and quantity.qualifier is None and quantity.value is not None:
                figures.of[key] = quantity.model_copy(update={"qualifier": word})

    def unread(self, text: str, line: int) -> None:
        if bare(text) not in ("", "-", "/"):
            self.problems.append(Diagnostic("HY842", self.form.document.at(line), {"text": bare(text)[:40]}))

    # Units

    def units(self, figures: _Figures, indicator: Indicated) -> None:
        """Gives figures without a unit the one that is stated for the row, stands in the name, or is that of all others."""
        if indicator.unit is not None:
            unit, stated = indicator.unit
            notes: Notes = () if stated else reading_note(_NAMES_UNIT, unit=unit)
        else:
            known = {each.unit for each in figures.of.values() if each.unit is not None}
            if len(known) != 1:
                return
            unit, notes = next(iter(known)), reading_note(_OTHERS_UNIT, unit=next(iter(known)))
        for key, quantity in figures.of.items():
            figures.of[key] = _with_unit(quantity, unit, notes)

    # Which figure is which

    def measure(self, label: str | None, figures: _Figures, indicator: Indicated) -> Measure:
        targets, actuals = figures.yearly("target"), figures.yearly("actual")
        goal, reached = figures.single("target"), figures.single("actual")
        final = MISSING
        if targets or actuals:
            if reached is not MISSING:
                year = reached.fiscal_year or self.evaluated
                actuals.setdefault(year, reached)
            final = self.goal(goal, targets, indicator)
        elif goal.fiscal_year is not None and goal.fiscal_year > self.evaluated and _before(reached, goal.fiscal_year):
            # A target of a later year is not yet to be reached.
            final, goal = goal, MISSING
            actuals = {reached.fiscal_year or self.evaluated: reached} if reached is not MISSING else {}
        else:
            return Measure(label=label, baseline=figures.single("baseline"), target=goal, actual=reached)
        chosen = self.chosen(targets, actuals)
        target, actual = targets.get(chosen, MISSING), actuals.get(chosen, MISSING)
        if chosen != self.evaluated:
            target, actual = (
                each if each is MISSING else noted(each, reading_note(_OTHER_YEAR)) for each in (target, actual)
            )
            params = {"name": indicator.name[:30], "year": print_fiscal_year(chosen)}
            at = self.form.document.at(self.form.of(self.grid, indicator.cell)[0].number)
            self.problems.append(Diagnostic("HY844", at, dict(params)))
        series = tuple(
            YearPoint(fiscal_year=year, target=targets.get(year, MISSING), actual=actuals.get(year, MISSING))
            for year in sorted({*targets, *actuals} - {chosen})
        )
        return Measure(
            label=label,
            baseline=figures.single("baseline"),
            target=target,
            actual=actual,
            series=series,
            final_target=final,
        )

    def goal(self, goal: Quantity, targets: dict[int, Quantity], indicator: Indicated) -> Quantity:
        """The target of the last year: a later one is returned, one of a year in the row stands there."""
        if goal is MISSING:
            return MISSING
        year = goal.fiscal_year
        if year is None:
            if targets:
                return goal
            targets[self.evaluated] = noted(goal, reading_note(_NO_YEAR))
            return MISSING
        if year > self.evaluated:
            targets.pop(year, None) if _equal(targets.get(year, MISSING), goal) else None
            return goal
        other = targets.get(year, MISSING)
        if not _told(other) or _equal(other, goal):
            targets[year] = goal
        elif _told(goal):
            targets[year] = _either(other, goal)
            params = {"name": indicator.name[:30], "year": print_fiscal_year(year)}
            at = self.form.document.at(self.form.of(self.grid, indicator.cell)[0].number)
            self.problems.append(Diagnostic("HY846", at, dict(params)))
        return MISSING

    def chosen(self, targets: Mapping[int, Quantity], actuals: Mapping[int, Quantity]) -> int:
        """The year whose pair counts: the evaluated one, or the last before it that tells both where that one does not."""
        if _told(targets.get(self.evaluated, MISSING)) and _told(actuals.get(self.evaluated, MISSING)):
            return self.evaluated
        both = [
            year
            for year in targets
            if _told(targets[year]) and year <= self.evaluated and _told(actuals.get(year, MISSING))
        ]
        return max(both, default=self.evaluated)


def _dated(cell: Held, year: int | None) -> Held:
    if cell.year is None and year is not None:
        cell.year = year
    return cell


def _placed(quantity: Quantity, key: Key) -> Quantity:
    """The figure with the year of its column in the words of its place."""
    if quantity.source is None or not key[2] or key[1] is None:
        return quantity
    place = f"{quantity.source.place}、{print_fiscal_year(key[1])}"
    return quantity.model_copy(update={"source": quantity.source.model_copy(update={"place": place})})


def _same(first: Held, second: Held) -> bool:
    return (first.text, first.year) == (second.text, second.year)


def _told(quantity: Quantity) -> bool:
    """Whether a figure is told at all; one that is not yet settled is."""
    return quantity.unknown != "missing" or (quantity.source is not None and quantity.source.reading == "ambiguous")


def _equal(first: Quantity, second: Quantity) -> bool:
    return (first.value, first.unit, first.unknown) == (second.value, second.unit, second.unknown)


def _before(actual: Quantity, year: int) -> bool:
    return actual.fiscal_year is None or actual.fiscal_year < year


def _either(first: Quantity, second: Quantity) -> Quantity:
    """No value, with the two that it could be."""
    texts = tuple(each.source.text for each in (first, second) if each.source is not None)
    source = first.source
    assert source is not None, "a figure that is told has its source"
    return Quantity(
        unknown="missing",
        fiscal_year=first.fiscal_year,
        source=source.model_copy(
            update={"reading": "ambiguous", "notes": reading_note(_TWO_TARGETS), "candidates": texts}
        ),
    )


def _with_unit(quantity: Quantity, written: str, notes: Notes) -> Quantity:
    """A figure without a unit in a unit that is told elsewhere."""
    unit = read_unit(written)
    if unit is None or quantity.unit is not None:
        return quantity
    if quantity.value is None and quantity.low is None:
        return quantity
    changes: dict[str, object] = {"unit": unit.name}
    if unit.name == PERCENT and notes and quantity.value is not None and 0 < abs(quantity.value) <= _ONE:
        # 0.8 of a share may be 80% as well.
        source = quantity.source
        assert source is not None, "a figure that was read has its source"
        text = source.text
        other = exact.plain(exact.multiply(quantity.value, Decimal(100)))
        doubt = {"reading": "ambiguous", "notes": reading_note(_SEVERAL), "candidates": (f"{text}%", f"{other}%")}
        return Quantity(unknown="missing", fiscal_year=quantity.fiscal_year, source=source.model_copy(update=doubt))
    for name in ("value", "low", "high"):
        value: Decimal | None = getattr(quantity, name)
        if value is not None:
            changes[name] = exact.multiply(value, unit.factor)
    return noted(quantity.model_copy(update=changes), notes)
