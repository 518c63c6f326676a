"""Many sheets rated by one rulebook at once, and any step of any of them taken out of the tables when it is asked for."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hyotei.base.exact import DIGITS, round_to
from hyotei.columnar.column_value import ColumnValue, reason_of
from hyotei.columnar.corpus_batches import RatedTables, TableRater
from hyotei.columnar.corpus_relations import relations_of_parts
from hyotei.columnar.decided_columns import OUTCOMES, DecidedColumns
from hyotei.columnar.engines import Engine
from hyotei.columnar.layout import identity
from hyotei.columnar.named_columns import columns_of
from hyotei.columnar.step_reading import Between, Columns, StepValue, masks_of, number_of, rows_in, whole
from hyotei.columnar.year_rows import YearRows
from hyotei.corpus.lazy_sheets import lazy_sheet
from hyotei.corpus.stored_rows import StoredRows
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import REASONS, Scalar
from hyotei.sheet.scopes import LISTS, number_in, unit_key

TABLES: Final[dict[Scope, str]] = {
    "objective": "objectives",
    "indicator": "indicators",
    "measure": "measures",
    "budget_year": "budget_years",
}
"""The table of a corpus in which the units of a scope stand."""
_OWN: Final[dict[Scope, str]] = {
    "objective": "objective",
    "indicator": "indicator",
    "measure": "measure",
    "budget_year": "fiscal_year",
}
"""The column by which units of one sheet are told apart."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A unit at which rows of an audit table hold."""

    decision: str
    unit: str


class Rater:
    """A rulebook, ready to rate any number of batches on one engine."""

    def __init__(self, rulebook: Rulebook, engine: Engine) -> None:
        self.rater = TableRater(rulebook, engine, keep="inputs")

    def rate(self, stored: StoredRows, numbers: "Sequence[int] | None" = None) -> "Rated":
        """All sheets of a batch, or those of some numbers."""
        relations = relations_of_parts(stored.corpus, stored.parts, self.rater.figures, stored)
        tables = relations.tables
        if numbers is not None:
            kept = pa.array(numbers, pa.int64())
            tables = {
                scope: table.filter(pc.is_in(table["sheet_id"], value_set=kept)) for scope, table in tables.items()
            }
        return Rated(stored, self.rater.rate(relations, tables))


class Rated:
    """The tables of one run. `apart` are the sheets that do not stand in them exactly and have to be rated one by one."""

    def __init__(self, stored: StoredRows, rated: RatedTables) -> None:
        self.stored, self.program, self.apart = stored, rated.program, rated.apart
        self.rulebook = rated.program.rulebook
        self._tables = tables = rated.tables
        self._columns = {scope: Columns(table, {}) for scope, table in tables.items()}
        self._places: dict[Scope, list[int]] = {}
        self._numbers: dict[Scope, list[int]] = {}
        self._decisions: dict[str, _OneDecision] = {}
        self._reading: tuple[int, Reading] | None = None

    def fired(self) -> dict[int, list[Fired]]:
        """By sheet the units at which audit tables state something, in the order of a derivation."""
        found: dict[int, list[Fired]] = {}
        for decision in self.rulebook.decisions:
            if not decision.audit:
                continue
            table = self._tables[decision.scope]
            held = np.zeros(table.num_rows, bool)
            for mask in masks_of(self.program.decided[decision.name], table):
                held |= np.array(pc.fill_null(pc.not_equal(pc.cast(mask, pa.int64()), 0), False))
            places = np.flatnonzero(held)
            sheets = table["sheet_id"].take(pa.array(places)).to_pylist()
            units = table[identity(decision.scope)].take(pa.array(places)).to_pylist()
            keys = None if decision.scope == "sheet" else self._keys(decision.scope)
            for sheet, unit in zip(sheets, units, strict=True):
                key = "sheet" if keys is None else unit_key(decision.scope, keys[unit])
                found.setdefault(sheet, []).append(Fired(decision.name, key))
        return found

    def derivation(self, number: int) -> Derivation:
        """The derivation of a sheet, of which each step is made when it is asked for."""
        return Derivation(LazySteps(self, number))

    def step(self, decision: str, key: str, number: int) -> Step | None:
        """One step; None where there is no such decision or unit."""
        if decision not in self.rulebook.by_name:
            return None
        one = self._decisions.get(decision)
        if one is None:
            scope = self.rulebook.by_name[decision].scope
            one = self._decisions[decision] = _OneDecision(
                self.program.decided[decision], self._columns[scope], self._tables[scope]
            )
        place = self._place(one.decision, key, number)
        if place is None:
            return None
        return one.step(key, place) or self._read(one.decision, key, number)

    def _read(self, decision: Decision, key: str, number: int) -> Step:
        """A step with a number that columns do not tell exactly, read from the sheet itself."""
        if self._reading is None or self._reading[0] != number:
            if self._reading is not None:
                self._reading[1].root.release()
            reading = Reading(self.rulebook, lazy_sheet(self.stored, number))
            reading.steps = LazySteps(self, number)
            self._reading = number, reading
        reading = self._reading[1]
        return reading.decide(decision, next(unit for unit in reading.root.below(decision.scope) if unit.key == key))

    def counts(self, decision: str, apart: set[int]) -> Iterator[tuple[Scalar, int]]:
        """The values of the first output of a decision over all its units, as they are shown, each with how often it occurs.

        Units of sheets that are rated `apart` are left out.
        """
        found = self.program.decided[decision]
        value = found.outputs[0]
        scope = found.decision.scope
        table = self._tables[scope]
        if apart:
            numbers = pa.array(sorted(apart), pa.int64())
            table = table.filter(pc.invert(pc.is_in(table["sheet_id"], value_set=numbers)))
        names = columns_of(value)
        if value.constant is not None or not names:
            if table.num_rows:
                yield _shown(_at(value, Columns(table, {}), 0)), table.num_rows
            return
        grouped = table.select(names).group_by(names).aggregate([([], "count_all")])
        columns = Columns(grouped, {})
        for place, count in enumerate(grouped["count_all"].to_pylist()):
            yield _shown(_at(value, columns, place)), count

    def units(self, scope: Scope, number: int) -> list[str]:
        """The units of a sheet, in its order."""
        if scope == "sheet":
            return ["sheet"]
        own = self._keys(scope)
        return [unit_key(scope, own[row]) for row in self._rows(scope, number)]

    @cached_property
    def _years(self) -> YearRows:
        return YearRows(self.stored)

    def _rows(self, scope: Scope, number: int) -> range:
        """The rows of the units of a sheet."""
        return self._years.rows(number) if scope == "year" else self.stored.rows(TABLES[scope], number)

    def _keys(self, scope: Scope) -> list[int]:
        """The numbers of all units of a scope."""
        found = self._numbers.get(scope)
        if found is None:
            years = scope == "year"
            found = self._years.numbers().tolist() if years else self.stored.cells(TABLES[scope], _OWN[scope])
            self._numbers[scope] = found
        return found

    def _place(self, decision: Decision, key: str, number: int) -> int | None:
        """Where a unit of a sheet is in the tables of its scope."""
        scope: Scope = "sheet"
        row = number
        if key != "sheet":
            scope = LISTS[key.partition("[")[0]]
            rows, own = self._rows(scope, number), number_in(key)
            try:
                row = self._keys(scope).index(own, rows.start, rows.stop)
            except ValueError:
                return None
        if scope != decision.scope:
            return None
        places = self._places.get(scope)
        if places is None:
            places = self._places[scope] = self._all_places(scope)
        return places[row] if row < len(places) and places[row] >= 0 else None

    def _all_places(self, scope: Scope) -> list[int]:
        """For every unit of the batch its place in the table, -1 where it is not there."""
        units = self._tables[scope][identity(scope)].to_numpy()
        found = np.full(int(units.max()) + 1 if len(units) else 0, -1, np.int64)
        found[units] = np.arange(len(units))
        return found.tolist()


class LazySteps(dict[tuple[str, str], Step]):
    """The steps of a sheet, by decision and unit: each is made when it is asked for, all when they are gone through."""

    def __init__(self, rated: Rated, number: int) -> None:
        super().__init__()
        self._rated, self._number = rated, number

    def __missing__(self, key: tuple[str, str]) -> Step:
        step = self._rated.step(*key, self._number)
        if step is None:
            raise KeyError(key)
        self[key] = step
        return step

    def get(self, key: tuple[str, str], default: Any = None) -> Any:
        """The step; `default` where there is no such decision or unit."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: object) -> bool:
        return isinstance(key, tuple) and self.get(key) is not None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._keys())

    def __len__(self) -> int:
        return len(self._keys())

    def keys(self) -> Any:
        """Decisions and units in the order of a derivation."""
        return dict.fromkeys(self._keys()).keys()

    def values(self) -> Any:
        """The steps in that order."""
        return self._whole().values()

    def items(self) -> Any:
        """Both."""
        return self._whole().items()

    def _whole(self) -> dict[tuple[str, str], Step]:
        return {key: self[key] for key in self._keys()}

    def _keys(self) -> list[tuple[str, str]]:
        found = []
        for decision in self._rated.rulebook.decisions:
            found += [(decision.name, unit) for unit in self._rated.units(decision.scope, self._number)]
        return found


class _OneDecision:
    """What the steps of one decision are made of."""

    def __init__(self, found: DecidedColumns, columns: Columns, table: pa.Table) -> None:
        self.found, self.columns, self.decision = found, columns, found.decision
        self._outcomes = whole(found.outcome, columns)
        body = found.decision.body
        self._collects = isinstance(body, Table) and body.policy == "C"
        if found.rows and found.single:
            self._masks: list[list[int]] = [whole(found.rows[0], columns)]
        else:
            self._masks = [mask.to_pylist() for mask in masks_of(found, table)]

    def step(self, key: str, place: int) -> Step | None:
        """The step at a row of the table; None where columns do not tell a number of it exactly."""
        found = self.found
        if not found.rows:
            rows: tuple[int, ...] = ()
        elif found.single:
            row = self._masks[0][place]
            rows = (row,) if row else ()
        else:
            rows = rows_in(tuple(masks[place] for masks in self._masks))
        outputs: Any
        if self._collects:
            outputs = tuple(
                tuple(_at(value, self.columns, place) for value in found.collected[row - 1]) for row in rows
            )
        else:
            outputs = tuple(_at(value, self.columns, place) for value in found.outputs)
        inputs: Any = tuple(_at(value, self.columns, place) for value in found.inputs)
        if not (_exact(inputs) and _exact(outputs)):
            return None
        return Step(self.decision.name, key, OUTCOMES[self._outcomes[place]], rows, inputs, outputs)


def _exact(told: object) -> bool:
    """Whether columns tell all of several values exactly."""
    return all(map(_exact, told)) if isinstance(told, tuple) else not isinstance(told, Between)


def _shown(told: StepValue) -> Scalar:
    """A value as it is shown."""
    return round_to(told.low, DIGITS, "floor") if isinstance(told, Between) else told


def _at(value: ColumnValue, columns: Columns, place: int) -> StepValue:
    """A value at one row."""
    if value.constant is not None:
        return value.constant
    reason = value.reason
    if reason is not None:
        code = reason if isinstance(reason, int) else columns[reason][place]
        if code:
            return _UNKNOWNS[code - 1]
    known: Any = None if value.known is None else columns[value.known][place]
    if value.kind == "number" and known is not None:
        return _number(known, 0 if value.spread is None else columns[value.spread][place], value.shape.scale)
    return known  # type: ignore[no-any-return]  # of the kind of the column


_UNKNOWNS: Final = tuple(reason_of(code) for code in range(1, len(REASONS) + 1))


@lru_cache(maxsize=1 << 16)
def _number(whole: Any, spread: Any, scale: int) -> Decimal | Between:
    return number_of(whole, spread, scale)
