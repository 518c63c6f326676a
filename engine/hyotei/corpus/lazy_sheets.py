"""Sheets of a corpus whose parts are made when somebody asks for them.

An audit looks at a few figures of a sheet and of most sheets at none; making a whole sheet of its rows costs a hundred times
as much. A lazy sheet is a `Sheet` like any other to those who read it: each field is made of the columns at first sight.
What the columns say is believed; `hyotei corpus check` is where it is validated.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel

from hyotei.corpus.flatten import fact_path
from hyotei.corpus.schema import YEARS_OF
from hyotei.corpus.stored_rows import StoredRows
from hyotei.readers.unvalidated_models import make
from hyotei.sheet.fields import IDENTITY_SOURCES, RECORDED_SOURCES, fields_of, plain_fields, quantity_fields
from hyotei.sheet.models import (
    MISSING,
    SCHEMA,
    BudgetYear,
    EarlierFinding,
    Fact,
    Facts,
    Identity,
    Indicator,
    Measure,
    Objective,
    Outline,
    Quantity,
    Recorded,
    Sheet,
    Source,
    YearPoint,
)
from hyotei.sheet.notes import notes_of_json
from hyotei.sheet.scopes import year_number

_UNSTATED: Final = (None, "missing", None, None, None, None, None)

_Maker = Callable[[StoredRows, int], Any]
"""Makes a field, of the row of its model."""
_MAKERS: Final[dict[type, dict[str, _Maker]]] = {}

# A pydantic model keeps its fields in its dictionary; a field that is not there yet is asked of `__getattr__`. Its other
# slots are of no use to a model that is only read, see `hyotei.readers.unvalidated_models`.
_new = object.__new__
_fill = BaseModel.__dict__["__dict__"].__set__


def _lazy(model: Any, of: StoredRows, row: int) -> Any:
    made = _new(model)
    _fill(made, {"of": of, "row": row})
    return made


def _field(model: Any, name: str) -> Any:
    """A field that is asked for the first time."""
    maker = _MAKERS[type(model)].get(name)
    if maker is None:
        raise AttributeError(name)
    here = model.__dict__
    value = here[name] = maker(here["of"], here["row"])
    return value


def _kind(model: type[BaseModel], makers: dict[str, _Maker]) -> Any:
    """A kind of lazy models: they are of that model, and each field is made by its maker."""
    metaclass: Any = type(model)
    made = metaclass(f"Lazy{model.__name__}", (model,), {"__module__": __name__, "__getattr__": _field})
    _MAKERS[made] = makers
    return made


def _quantity(of: StoredRows, table: str, name: str, row: int, path: str) -> Quantity:
    """A figure with where it was read."""
    cells = of.figures(table, name)[row]
    source = _source_at(of, int(of.sheet_numbers(table)[row]), path)
    if source is None and cells == _UNSTATED:
        return MISSING
    value, unknown, low, high, unit, qualifier, fiscal_year = cells
    return make(
        Quantity,
        {
            "value": None if value is None else Decimal(value), "unknown": unknown,
            "low": None if low is None else Decimal(low), "high": None if high is None else Decimal(high),
            "unit": unit, "qualifier": qualifier, "fiscal_year": fiscal_year, "source": source,
        },
    )  # fmt: skip


def _source_at(of: StoredRows, number: int, path: str) -> Source | None:
    """Where something of a sheet was read."""
    row = of.source_row(number, path)
    source: Source | None = None if row is None else _lazy(_SOURCE, of, row)
    return source


def _cell(table: str, column: str) -> _Maker:
    return lambda of, row: of.cell(table, column, row)


def _texts(table: str, column: str) -> _Maker:
    return lambda of, row: tuple(of.cell(table, column, row) or ())


def _notes(table: str, column: str) -> _Maker:
    return lambda of, row: notes_of_json(of.cell(table, column, row))


_OF_KIND: Final = {"texts": _texts, "notes": _notes}
"""What makes lists of the cells of a column, by the kind of the field."""


def _figure(table: str, name: str, number: str) -> _Maker:
    """A figure of a unit that is named by a column."""
    return lambda of, row: _quantity(of, table, name, row, f"{table}[{of.cells(table, number)[row]}].{name}")


def _point(table: str, name: str) -> _Maker:
    above = "measures" if table == "series" else "output_measures"

    def point(of: StoredRows, row: int) -> Quantity:
        measure, year = of.cells(table, "measure")[row], of.cells(table, "fiscal_year")[row]
        return _quantity(of, table, name, row, f"{above}[{measure}].series[{year}].{name}")

    return point


def _within(model: type, table: str, inner: str, key: str) -> _Maker:
    """The units of the table `inner` that lie in a unit of `table`, both named by the column `key`."""

    def within(of: StoredRows, row: int) -> tuple[Any, ...]:
        rows = of.rows(inner, int(of.sheet_numbers(table)[row]))
        if not rows:
            return ()
        own, keys = of.cells(table, key)[row], of.cells(inner, key)
        return tuple(_lazy(model, of, each) for each in rows if keys[each] == own)

    return within


def _facts(table: str, number: str | None, *, recorded: bool) -> _Maker:
    """The facts, or the recorded results, of a unit that is named by a column; of the sheet where there is none."""

    def facts(of: StoredRows, row: int) -> Facts:
        sheet = row if number is None else int(of.sheet_numbers(table)[row])
        rows = of.rows("facts", sheet)
        if not rows:
            return ()
        which = 0 if number is None else of.cells(table, number)[row]
        if table in YEARS_OF:
            which = year_number(which, of.cells(table, "fiscal_year")[row])
        own = YEARS_OF.get(table, table), which, recorded
        at = fact_path(*own[:2], recorded=recorded)
        units, numbers, results = (of.cells("facts", name) for name in ("units", "number", "recorded"))
        return tuple(_fact(of, each, at) for each in rows if (units[each], numbers[each], results[each]) == own)

    return facts


def _fact(of: StoredRows, row: int, at: str) -> Fact:
    plain = {name: of.cells("facts", name)[row] for name in plain_fields(Fact)}
    return Fact(**plain, figure=_quantity(of, "facts", "figure", row, f"{at}{plain['name']}.figure"))


def _own_makers(table: str, number: str) -> dict[str, _Maker]:
    return {
        "facts": _facts(table, number, recorded=False),
        "recorded": _facts(table, number, recorded=True),
    }


def _all(model: type, table: str) -> _Maker:
    return lambda of, number: tuple(_lazy(model, of, row) for row in of.rows(table, number))


def _plain_makers(model: type[BaseModel], table: str) -> dict[str, _Maker]:
    """What makes the values of a model, each of the column of its name."""
    return {
        each.name: _OF_KIND.get(each.kind, _cell)(table, each.name)
        for each in fields_of(model)
        if each.kind != "quantity"
    }


def _indicator(table: str, measures: str, points: str) -> Any:
    """A kind of indicators, whose units within stand in those tables."""
    point = _kind(
        YearPoint,
        {
            **_plain_makers(YearPoint, points),
            **{name: _point(points, name) for name in quantity_fields(YearPoint)},
            **_own_makers(points, "measure"),
        },
    )
    measure = _kind(
        Measure,
        {
            **_plain_makers(Measure, measures),
            "series": _within(point, measures, points, "measure"),
            **{name: _figure(measures, name, "measure") for name in quantity_fields(Measure)},
            **_own_makers(measures, "measure"),
        },
    )
    return _kind(
        Indicator,
        {
            **_plain_makers(Indicator, table),
            "measures": _within(measure, table, measures, "indicator"),
            **_own_makers(table, "indicator"),
        },
    )


def _at_most_one(table: str, column: str, default: Any = None) -> _Maker:
    """A cell of a table that has at most one row a sheet."""

    def cell(of: StoredRows, number: int) -> Any:
        rows = of.rows(table, number)
        return of.cells(table, column)[rows.start] if rows else default

    return cell


def _source(path: str) -> _Maker:
    return lambda of, number: _source_at(of, number, path)


def _claim_source(of: StoredRows, row: int) -> Source | None:
    number = of.cells("objectives", "objective")[row]
    return _source_at(of, int(of.sheet_numbers("objectives")[row]), f"objectives[{number}].claim")


def _identity(of: StoredRows, number: int) -> Identity:
    return Identity(**{name: _source_at(of, number, f"identity.{name}") for name in IDENTITY_SOURCES})


def _earlier_findings(of: StoredRows, number: int) -> tuple[EarlierFinding, ...]:
    table, names = "earlier_findings", plain_fields(EarlierFinding)
    return tuple(
        EarlierFinding(**{name: of.cells(table, name)[row] for name in names}) for row in of.rows(table, number)
    )


def _outline(of: StoredRows, number: int) -> Outline:
    rows = of.rows("outlines", number)
    if not rows:
        return Outline()
    return make(Outline, {name: maker(of, rows.start) for name, maker in _plain_makers(Outline, "outlines").items()})


_SOURCE: Final = _kind(Source, _plain_makers(Source, "provenance"))
_RECORDED: Final = _kind(
    Recorded,
    {
        **{name: _at_most_one("recorded", name) for name in plain_fields(Recorded)},
        **{f"{name}_source": _source(f"recorded.{name}") for name in RECORDED_SOURCES},
        "earlier_findings": _earlier_findings,
        "results": _facts("sheets", None, recorded=True),
    },
)
_OBJECTIVE: Final = _kind(
    Objective,
    {
        **_plain_makers(Objective, "objectives"),
        "claim_source": _claim_source,
        "indicators": _within(_indicator("indicators", "measures", "series"), "objectives", "indicators", "objective"),
        **_own_makers("objectives", "objective"),
    },
)
_BUDGET_YEAR: Final = _kind(
    BudgetYear,
    {
        **_plain_makers(BudgetYear, "budget_years"),
        **{name: _figure("budget_years", name, "fiscal_year") for name in quantity_fields(BudgetYear)},
        **_own_makers("budget_years", "fiscal_year"),
    },
)
_SHEET: Final = _kind(
    Sheet,
    {
        **_plain_makers(Sheet, "sheets"),
        "schema_": lambda _of, _row: SCHEMA,
        "id": lambda of, number: of.keys[number],
        "objectives": _all(_OBJECTIVE, "objectives"),
        "outputs": _all(_indicator("outputs", "output_measures", "output_series"), "outputs"),
        "budget_years": _all(_BUDGET_YEAR, "budget_years"),
        "recorded": lambda of, number: _lazy(_RECORDED, of, number),
        "outline": _outline,
        "identity": _identity,
        "facts": _facts("sheets", None, recorded=False),
    },
)


def lazy_sheet(of: StoredRows, number: int) -> Sheet:
    """The sheet of a number, under its key."""
    sheet: Sheet = _lazy(_SHEET, of, number)
    return sheet
