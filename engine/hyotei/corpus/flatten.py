"""A sheet as rows of the tables of a corpus, each row in the order of the table's columns."""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from hyotei.base.exact import plain
from hyotei.corpus.schema import (
    AMOUNTS,
    DECIMALS,
    IDENTITY_SOURCES,
    MEASURE_FIGURES,
    OF_SHEETS,
    RECORDED_SOURCES,
    TABLES,
    WHOLE_DIGITS,
)
from hyotei.sheet.direction import direction_of, measured_name, units_agree
from hyotei.sheet.models import MISSING, Indicator, Measure, Quantity, Sheet, Source, YearPoint

Row = tuple[object, ...]
Rows = dict[str, list[Row]]

_LONGEST: Final = 2**63
_RECORDED: Final = tuple(
    name.removesuffix("_reading") + "_source" if name.endswith("_reading") else name
    for name in TABLES["recorded"].names[1:]
)
_OUTLINE: Final = TABLES["outlines"].names[1:-4]
_MEASURE_NAMES: Final = tuple(name for name, _ in MEASURE_FIGURES)
_AMOUNT_NAMES: Final = tuple(name for name, _ in AMOUNTS)


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
        self.rows["sheets"].append(
            (
                self.key, sheet.id, sheet.title, sheet.authority, sheet.number, sheet.policy, sheet.field, sheet.scheme,
                sheet.fiscal_year, sheet.goal, sheet.document, sheet.unread, source, sha256,
            )
        )  # fmt: skip
        for name in IDENTITY_SOURCES:
            self.read(f"identity.{name}", getattr(sheet.identity, name))
        indicators = measures = 0
        for number, objective in enumerate(sheet.objectives, 1):
            reading = self.read(f"objectives[{number}].claim", objective.claim_source)
            self.rows["objectives"].append((self.key, number, objective.name, objective.claim, reading))
            for indicator in objective.indicators:
                indicators += 1
                self.rows["indicators"].append((self.key, number, indicators, *_indicator(indicator)))
                for measure in indicator.measures:
                    measures += 1
                    self.measure("measures", "series", (self.key, number, indicators), measures, indicator, measure)
        measures = 0
        for number, indicator in enumerate(sheet.outputs, 1):
            self.rows["outputs"].append((self.key, number, *_indicator(indicator)))
            for measure in indicator.measures:
                measures += 1
                self.measure("output_measures", "output_series", (self.key, number), measures, indicator, measure)
        for year in sheet.budget_years:
            at = f"budget_years[{year.fiscal_year}]."
            row: list[object] = [self.key, year.fiscal_year, year.basis]
            for name in _AMOUNT_NAMES:
                row += self.figure(at + name, getattr(year, name))
            self.rows["budget_years"].append(tuple(row))
        self.recorded(sheet)
        self.outline(sheet)

    def measure(self, table: str, series: str, above: Row, number: int, indicator: Indicator, measure: Measure) -> None:
        at = f"{table}[{number}]."
        direction = direction_of(measure, measured_name(indicator.name, measure.label))
        row: list[object] = [
            *above, number, measure.label, measure.direction, direction.direction, direction.reason, units_agree(measure)
        ]  # fmt: skip
        for name in _MEASURE_NAMES:
            row += self.figure(at + name, getattr(measure, name))
        self.rows[table].append(tuple(row))
        for point in measure.series:
            self.rows[series].append((self.key, number, *self.point(at, point)))

    def point(self, at: str, point: YearPoint) -> Row:
        at = f"{at}series[{point.fiscal_year}]."
        return (
            point.fiscal_year,
            *self.figure(at + "target", point.target),
            *self.figure(at + "actual", point.actual),
        )

    def recorded(self, sheet: Sheet) -> None:
        recorded = sheet.recorded
        for name in RECORDED_SOURCES:
            self.read(f"recorded.{name}", getattr(recorded, f"{name}_source"))
        row = [getattr(recorded, name) for name in _RECORDED]
        cells = (each.reading if isinstance(each, Source) else each for each in row)
        self.rows["recorded"].append((self.key, *cells))
        for position, each in enumerate(recorded.reflection_amounts, 1):
            figure = self.figure(f"reflection_amounts[{position}].amount", each.amount)
            self.rows["reflection_amounts"].append((self.key, position, each.account, each.subaccount, *figure))
        for position, finding in enumerate(recorded.earlier_findings, 1):
            self.rows["earlier_findings"].append(
                (self.key, position, finding.kind, finding.fiscal_year, finding.finding, finding.answer)
            )

    def outline(self, sheet: Sheet) -> None:
        model = sheet.logic_model
        logic = (False, (), (), ()) if model is None else (True, model.activities, model.outputs, model.outcomes)
        self.rows["outlines"].append((self.key, *(getattr(sheet.outline, name) for name in _OUTLINE), *logic))

    def figure(self, path: str, quantity: Quantity) -> Row:
        """The cells of a figure; where it was read becomes a row of its own."""
        if quantity is MISSING:
            return _ABSENT
        value, number = _spelt(quantity.value)
        low, low_number = _spelt(quantity.low)
        high, high_number = _spelt(quantity.high)
        return (
            value, number, quantity.unknown, low, low_number, high, high_number, quantity.unit, quantity.qualifier,
            quantity.fiscal_year, self.read(path, quantity.source),
        )  # fmt: skip

    def read(self, path: str, source: Source | None) -> str | None:
        """Adds where something was read; tells how sure the reading is."""
        if source is None:
            return None
        for place in (source.page, source.line):
            if place is not None and not -_LONGEST <= place < _LONGEST:
                raise TooLongError(str(place)[:40])
        self.rows["provenance"].append(
            (
                self.key, path, source.text, source.file, source.page, source.line, source.cell, source.place,
                source.reading, source.note, source.candidates,
            )
        )  # fmt: skip
        return source.reading


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


def _indicator(indicator: Indicator) -> Row:
    return indicator.number, indicator.name, indicator.main, indicator.term
