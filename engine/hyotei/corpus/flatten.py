"""A sheet as rows of the tables of a corpus, each row in the order of the table's columns."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final

from pydantic import BaseModel

from hyotei.base.exact import plain
from hyotei.corpus.schema import DECIMALS, OF_SHEETS, TABLES, WHOLE_DIGITS, YEARS_OF
from hyotei.sheet.facts import word_of, year_of
from hyotei.sheet.fields import IDENTITY_SOURCES, RECORDED_SOURCES, plain_fields, quantity_fields
from hyotei.sheet.figures import rows_of
from hyotei.sheet.models import (
    MISSING,
    BudgetYear,
    Fact,
    Facts,
    Indicator,
    Measure,
    Objective,
    Quantity,
    Sheet,
    Source,
    YearPoint,
)
from hyotei.sheet.notes import notes_json
from hyotei.sheet.scopes import year_number

Row = tuple[object, ...]
Rows = dict[str, list[Row]]

_LONGEST: Final = 2**63
_RECORDED: Final = tuple(
    name.removesuffix("_reading") + "_source" if name.endswith("_reading") else name
    for name in TABLES["recorded"].names[1:]
)
_STORED: Final = tuple(row.stored for row in rows_of("measure") if row.stored is not None)


class TooLongError(ValueError):
    """A page or line number that no 64-bit integer holds."""


def flatten(sheet: Sheet, key: str, source: str, sha256: str) -> Rows:
    """All rows of a sheet, by table.

    Raises:
        TooLongError: a page or line number is beyond 64 bits.
    """
    flat = _Flat(key)
    flat.sheet(sheet, source, sha256)
    return flat.rows


class _Flat:
    """The rows of one sheet as they arise."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.rows: Rows = {name: [] for name in OF_SHEETS}

    def sheet(self, sheet: Sheet, source: str, sha256: str) -> None:
        self.rows["sheets"].append((self.key, *_plain_cells(sheet), source, sha256))
        for name in IDENTITY_SOURCES:
            self.read(f"identity.{name}", getattr(sheet.identity, name))
        indicators = measures = 0
        for number, objective in enumerate(sheet.objectives, 1):
            reading = self.read(f"objectives[{number}].claim", objective.claim_source)
            self.rows["objectives"].append((self.key, number, objective.name, objective.claim, reading))
            self.own("objectives", number, objective)
            for indicator in objective.indicators:
                indicators += 1
                self.rows["indicators"].append((self.key, number, indicators, *_plain_cells(indicator)))
                self.own("indicators", indicators, indicator)
                for measure in indicator.measures:
                    measures += 1
                    self.measure("measures", "series", (self.key, number, indicators), measures, indicator, measure)
        measures = 0
        for number, indicator in enumerate(sheet.outputs, 1):
            self.rows["outputs"].append((self.key, number, *_plain_cells(indicator)))
            self.own("outputs", number, indicator)
            for measure in indicator.measures:
                measures += 1
                self.measure("output_measures", "output_series", (self.key, number), measures, indicator, measure)
        for year in sheet.budget_years:
            at = f"budget_years[{year.fiscal_year}]."
            self.rows["budget_years"].append((self.key, *_plain_cells(year), *self.figures(at, year)))
            self.own("budget_years", year.fiscal_year, year)
        self.facts("sheets", 0, recorded=False, facts=sheet.facts)
        self.facts("sheets", 0, recorded=True, facts=sheet.recorded.results)
        self.recorded(sheet)
        self.rows["outlines"].append((self.key, *_plain_cells(sheet.outline)))

    def measure(self, table: str, series: str, above: Row, number: int, indicator: Indicator, measure: Measure) -> None:
        at = f"{table}[{number}]."
        worked_out = [cell for stored in _STORED for cell in stored(indicator, measure)]
        self.rows[table].append((*above, number, *_plain_cells(measure), *worked_out, *self.figures(at, measure)))
        self.own(table, number, measure)
        for point in measure.series:
            within = f"{at}series[{point.fiscal_year}]."
            self.rows[series].append((self.key, number, *_plain_cells(point), *self.figures(within, point)))
            self.own(YEARS_OF[series], year_number(number, point.fiscal_year), point)

    def own(self, table: str, number: int, unit: Objective | Indicator | Measure | YearPoint | BudgetYear) -> None:
        """The facts and the recorded results of a unit."""
        if unit.facts:
            self.facts(table, number, recorded=False, facts=unit.facts)
        if unit.recorded:
            self.facts(table, number, recorded=True, facts=unit.recorded)

    def facts(self, table: str, number: int, *, recorded: bool, facts: Facts) -> None:
        at = fact_path(table, number, recorded=recorded)
        for position, fact in enumerate(facts, 1):
            place = (self.key, table, number, recorded, position)
            derived = (word_of(fact.text), year_of(fact.text))
            self.rows["facts"].append((*place, *_plain_cells(fact), *derived, *self.figures(f"{at}{fact.name}.", fact)))

    def figures(self, at: str, model: Measure | YearPoint | BudgetYear | Fact) -> list[object]:
        """The cells of all quantities of a model, one after the other."""
        cells: list[object] = []
        for name in quantity_fields(type(model)):
            cells += self.figure(at + name, getattr(model, name))
        return cells

    def recorded(self, sheet: Sheet) -> None:
        recorded = sheet.recorded
        for name in RECORDED_SOURCES:
            self.read(f"recorded.{name}", getattr(recorded, f"{name}_source"))
        row = [getattr(recorded, name) for name in _RECORDED]
        cells = (each.reading if isinstance(each, Source) else each for each in row)
        self.rows["recorded"].append((self.key, *cells))
        for position, finding in enumerate(recorded.earlier_findings, 1):
            self.rows["earlier_findings"].append((self.key, position, *_plain_cells(finding)))

    def figure(self, path: str, quantity: Quantity) -> Row:
        """The cells of a figure; where it was read becomes a row of its own."""
        if quantity is MISSING:
            return _ABSENT
        value, unknown, low, high, unit, qualifier, fiscal_year, source = _FIGURE(quantity)
        return (
            *_spelt(value), unknown, *_spelt(low), *_spelt(high), unit, qualifier, fiscal_year, self.read(path, source)
        )  # fmt: skip

    def read(self, path: str, source: Source | None) -> str | None:
        """Adds where something was read; tells how sure the reading is."""
        if source is None:
            return None
        page, line, reading = _PLACE(source)
        for place in (page, line):
            if place is not None and not -_LONGEST <= place < _LONGEST:
                raise TooLongError(str(place)[:40])
        *cells, notes, candidates = _plain_cells(source)
        self.rows["provenance"].append((self.key, path, *cells, notes_json(notes), candidates))
        return reading  # type: ignore[no-any-return]  # of a source


def fact_path(table: str, number: int, *, recorded: bool) -> str:
    """What stands before the name of a fact in the path of its source."""
    unit = "" if table == "sheets" else f"{table}[{number}]."
    return f"{unit}{'recorded' if recorded else 'facts'}."


# One call for several fields: a sheet has a hundred figures and sources.
_FIGURE: Final = attrgetter("value", "unknown", "low", "high", "unit", "qualifier", "fiscal_year", "source")
_PLACE: Final = attrgetter("page", "line", "reading")
_ABSENT: Final[Row] = (None, None, "missing", *(None,) * 8)
_NOTHING: Final = (None, None)


def _spelt(value: Decimal | None) -> tuple[str | None, str | None]:
    return _NOTHING if value is None else _plain(value)


# Equal figures have one plain spelling, so one entry serves 5 and 5.0.
@lru_cache(maxsize=1 << 16)
def _plain(value: Decimal) -> tuple[str, str | None]:
    """The exact value as text, and once more where a `_number` column holds it exactly."""
    text = plain(value)
    return text, text if fits_number(text) else None


def fits_number(text: str) -> bool:
    """Whether a plain decimal fits a `_number` column exactly."""
    whole, _, decimals = text.removeprefix("-").partition(".")
    return len(whole) <= WHOLE_DIGITS and len(decimals) <= DECIMALS


def _plain_cells(model: BaseModel) -> Row:
    """The values of a model, in the order of their columns."""
    return _plain_getter(type(model))(model)


@cache
def _plain_getter(model: type[BaseModel]) -> Callable[[BaseModel], Row]:
    names = plain_fields(model)
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda each: (get(each),)
