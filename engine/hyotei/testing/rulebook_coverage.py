"""What cases and sheets exercise of a rulebook's tables: rows, cells that decide, boundaries and their sides, reasons of unknown.

Everything that can be exercised is a `CoveragePoint`. A step of a derivation exercises some; coverage is how often each was.

- *row*: the row answered.
- *cell*: exactly this cell of the row failed, all others held, and the table came out decided. Together with a step in which
  the row answered it shows that the cell by itself decides (modified condition/decision coverage).
- *side*: an input stood on a boundary of its column, under it, or over it, with no other boundary of the column in between.
- *unknown*: an input was unknown for this reason.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from hyotei.inference.engine import derive
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.reference import Reading, stated_reasons
from hyotei.rulebook.types import NumberType
from hyotei.rulebook.unit_tree import Supposed, Unit
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.sheet import Sheet
from hyotei.testing.input_columns import InputColumn, columns

Kind = Literal["row", "cell", "side", "unknown"]
KINDS: Final[tuple[Kind, ...]] = ("row", "cell", "side", "unknown")
SIDES: Final = ("under", "on", "over")
_KEPT: Final = 50_000
"""Sets of inputs whose points are kept at hand."""


class CoveragePoint(NamedTuple):
    """Something that can be exercised.

    `row` counts from 1, `column` from 0. `at` is the boundary of a side; `what` the side, or the reason of unknown.
    """

    kind: Kind
    decision: str
    row: int = 0
    column: int = -1
    at: Decimal | None = None
    what: str = ""


class Exercise(NamedTuple):
    """A sheet as it was derived, with what was given."""

    sheet: Sheet
    given: Supposed
    derivation: Derivation


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often each point was exercised; `points` are all there are, in the order of the rulebook.

    `steps` counts the steps of each table, by outcome. `moving` are the columns with boundaries that change from sheet to sheet,
    which are not counted.
    """

    rulebook: Rulebook
    points: tuple[CoveragePoint, ...]
    seen: Mapping[CoveragePoint, int]
    steps: Mapping[tuple[str, str], int]
    moving: tuple[tuple[str, int], ...]

    def of(
        self, kind: Kind, decision: str | None = None
    ) -> tuple[tuple[CoveragePoint, ...], tuple[CoveragePoint, ...]]:
        """The points of a kind, of one table or of all, that were exercised, and those that were not.

        A cell counts as exercised when its row answered too: only then is it shown to decide.
        """
        found = [p for p in self.points if p.kind == kind and decision in (None, p.decision)]
        return tuple(p for p in found if self.shown(p)), tuple(p for p in found if not self.shown(p))

    def shown(self, point: CoveragePoint) -> bool:
        """Whether a point was exercised; of a cell, whether it is shown to decide."""
        if not self.seen.get(point):
            return False
        return point.kind != "cell" or bool(self.seen.get(CoveragePoint("row", point.decision, point.row)))

    @property
    def gaps(self) -> tuple[CoveragePoint, ...]:
        """All points that were not exercised."""
        return tuple(point for point in self.points if not self.shown(point))


def coverage(rulebook: Rulebook, exercises: Iterable[Exercise]) -> Coverage:
    """What these sheets exercise of all tables."""
    meter = Meter(rulebook)
    seen: Counter[CoveragePoint] = Counter()
    steps: Counter[tuple[str, str]] = Counter()
    for exercise in exercises:
        for step, points in meter.steps(exercise):
            seen.update(points)
            steps[step.decision, step.outcome] += 1
    return Coverage(rulebook, meter.points, seen, steps, meter.moving)


def exercised(rulebook: Rulebook, sheet: Sheet, given: Supposed | None = None) -> Exercise:
    """A sheet derived on the real engine."""
    return Exercise(sheet, given or {}, derive(rulebook, sheet, given))


class Meter:
    """Tells which points a derivation exercises. What was worked out for one set of inputs is used again."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.tables: dict[str, tuple[Decision, Table]] = {
            decision.name: (decision, decision.body)
            for decision in rulebook.decisions
            if isinstance(decision.body, Table)
        }
        self._columns: dict[tuple[str, int], tuple[InputColumn, ...]] = {}
        self._stated = {
            name: [stated_reasons(table, at) for at in range(len(table.inputs))]
            for name, (_, table) in self.tables.items()
        }
        self._known: dict[tuple[str, int, tuple[Scalar, ...]], tuple[CoveragePoint, ...]] = {}
        self.points = tuple(self._all())
        self.moving = tuple(
            (name, at)
            for name in self.tables
            for at, column in enumerate(self.columns(name, self._years()[0]))
            if column.moving
        )

    def columns(self, decision: str, fiscal_year: int) -> tuple[InputColumn, ...]:
        """The columns of a table in a year."""
        key = decision, fiscal_year
        if key not in self._columns:
            self._columns[key] = columns(self.rulebook, decision, fiscal_year)
        return self._columns[key]

    def _years(self) -> tuple[int, ...]:
        """One year of each span in which all parameters keep their values, the last in force first."""
        last = self.rulebook.last_year or self.rulebook.first_year or 2012
        changes = {
            dated.first
            for parameter in self.rulebook.parameters.values()
            for dated in parameter.dated
            if dated.first is not None
        } | {
            dated.last
            for parameter in self.rulebook.parameters.values()
            for dated in parameter.dated
            if dated.last is not None
        }
        return (last, *sorted(year for year in changes if year != last and self.rulebook.in_force(year)))

    def _all(self) -> Iterator[CoveragePoint]:
        years = self._years()
        for name, (_, table) in self.tables.items():
            yield from (CoveragePoint("row", name, row.number) for row in table.rows)
            for row in table.rows:
                for at, check in enumerate(row.checks):
                    if not check.anything:
                        yield CoveragePoint("cell", name, row.number, at)
            sides: dict[CoveragePoint, None] = {}
            for year in years:
                for at, column in enumerate(self.columns(name, year)):
                    for end in column.ends:
                        sides.update(
                            (CoveragePoint("side", name, 0, at, end.value, side), None)
                            for side in SIDES
                            if side != "under" or end.value > 0 or not _never_below_zero(column)
                        )
            yield from sorted(sides, key=lambda point: (point.column, point.at, SIDES.index(point.what)))
            for at, column in enumerate(self.columns(name, years[0])):
                if column.unknown:
                    yield from (CoveragePoint("unknown", name, 0, at, None, reason) for reason in REASONS)

    def steps(self, exercise: Exercise) -> Iterator[tuple[Step, tuple[CoveragePoint, ...]]]:
        """Every step of a table, with what it exercises."""
        reading = Reading(self.rulebook, exercise.sheet, exercise.given)
        reading.steps = exercise.derivation.steps
        units = {unit.key: unit for unit in reading.root.all()}
        for step in exercise.derivation.steps.values():
            if step.decision in self.tables and step.outcome != "supposed":
                year = exercise.sheet.fiscal_year
                key = step.decision, year, step.inputs
                found = self._known.get(key)
                if found is None:
                    holds = self.cells(reading, step, units[step.unit])
                    found = tuple(self.exercises(step, year, holds))
                    # Where a cell reads more than its input, the same inputs need not come out alike.
                    if not any(column.moving for column in self.columns(step.decision, year)):
                        if len(self._known) >= _KEPT:
                            self._known.clear()
                        self._known[key] = found
                yield step, found

    def cells(self, reading: Reading, step: Step, unit: Unit) -> list[list[Scalar]]:
        """For each row whether each of its cells holds."""
        _, table = self.tables[step.decision]
        stated = self._stated[step.decision]
        return [
            [
                reading.check(check, value, reasons, unit)
                for value, check, reasons in zip(step.inputs, row.checks, stated, strict=True)
            ]
            for row in table.rows
        ]

    def exercises(self, step: Step, fiscal_year: int, holds: list[list[Scalar]]) -> Iterator[CoveragePoint]:
        """The points of one step."""
        _, table = self.tables[step.decision]
        if step.outcome == "fired":
            yield from (CoveragePoint("row", step.decision, row) for row in step.rows)
        if step.outcome != "undecided":
            for row, cells in zip(table.rows, holds, strict=True):
                failed = [at for at, held in enumerate(cells) if held is not True]
                if len(failed) == 1 and cells[failed[0]] is False:
                    yield CoveragePoint("cell", step.decision, row.number, failed[0])
        for at, (value, column) in enumerate(zip(step.inputs, self.columns(step.decision, fiscal_year), strict=True)):
            if isinstance(value, Unknown):
                yield CoveragePoint("unknown", step.decision, 0, at, None, value.reason)
            elif isinstance(value, Decimal):
                yield from (
                    CoveragePoint("side", step.decision, 0, at, end, side) for end, side in beside(value, column)
                )


def beside(value: Decimal, column: InputColumn) -> Iterator[tuple[Decimal, str]]:
    """The boundary that a value stands on, or the nearest under and over it."""
    ends = [end.value for end in column.ends]
    if value in ends:
        yield value, "on"
        return
    below = [end for end in ends if end < value]
    above = [end for end in ends if end > value]
    if below:
        yield below[-1], "over"
    if above:
        yield above[0], "under"


def _never_below_zero(column: InputColumn) -> bool:
    return isinstance(column.type, NumberType) and column.type.dimension == "count"
