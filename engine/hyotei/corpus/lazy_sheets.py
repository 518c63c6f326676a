"""Sheets of a corpus whose parts are made when somebody asks for them.

An audit looks at a few figures of a sheet and of most sheets at none; making a whole sheet of its rows costs a hundred times
as much. A lazy sheet is a `Sheet` like any other to those who read it: each field is made of the columns at first sight.
What the columns say is believed; `hyotei corpus check` is where it is validated.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from hyotei.corpus.corpus import Corpus
from hyotei.corpus.flatten import fact_path
from hyotei.corpus.part import Part
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
    LogicModel,
    Measure,
    Objective,
    Outline,
    Quantity,
    Recorded,
    ReflectionAmount,
    Sheet,
    Source,
    YearPoint,
)

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

_POSITIONS: Final = {
    "objectives": ("objective",),
    "indicators": ("indicator",),
    "measures": ("measure",),
    "series": ("measure", "fiscal_year"),
    "outputs": ("indicator",),
    "output_measures": ("measure",),
    "output_series": ("measure", "fiscal_year"),
    "budget_years": ("fiscal_year",),
    "reflection_amounts": ("position",),
    "earlier_findings": ("position",),
    "facts": ("number", "recorded", "position"),
}
"""By what the rows of a sheet are ordered."""
_CELLS: Final = ("value", "unknown", "low", "high", "unit", "qualifier", "fiscal_year")
_UNSTATED: Final = (None, "missing", None, None, None, None, None)
_FEW: Final = 8
"""From one different text in so many on, texts are told apart once and then shared."""


class StoredRows:
    """Some parts of a corpus, column by column: rows in the order of the sheets, and of the units within.

    Columns are read when they are first asked for. Sheets are named by their number, from 0.

    Raises:
        HyoteiError: a file is missing or damaged.
    """

    def __init__(self, corpus: Corpus, parts: Sequence[Part]) -> None:
        self.corpus, self.parts = corpus, list(parts)
        self.keys: list[str] = self.arrow("sheets", "sheet").to_pylist()
        self._numbers: dict[str, Places] = {}
        self._orders: dict[str, Places | None] = {}
        self._firsts: dict[str, list[int]] = {}
        self._lists: dict[tuple[str, str], list[Any]] = {}
        self._figures: dict[tuple[str, str], list[tuple[Any, ...]]] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def sheet(self, number: int) -> Sheet:
        """The sheet of a number, under its key."""
        sheet: Sheet = _lazy(LazySheet, self, number)
        return sheet

    def arrow(self, table: str, column: str) -> "pa.Array":
        """A column as it is stored."""
        found = self._read(table, [column])[column]
        return found.combine_chunks() if found.num_chunks != 1 else found.chunk(0)

    def _read(self, table: str, columns: list[str]) -> "pa.Table":
        return self.corpus.arrow(table, columns, self.parts)

    def column(self, table: str, column: str) -> "pa.Array":
        """A column in the order of sheets and units."""
        self._place(table)
        found, order = self.arrow(table, column), self._orders[table]
        return found if order is None else found.take(order)

    def cells(self, table: str, column: str) -> list[Any]:
        """The same as Python's values."""
        key = table, column
        found = self._lists.get(key)
        if found is None:
            found = self._lists[key] = _listed(self.column(table, column))
        return found

    def sheet_numbers(self, table: str) -> "Places":
        """For each row of a table the number of its sheet."""
        self._place(table)
        return self._numbers[table]

    def rows(self, table: str, number: int) -> range:
        """The rows of a sheet."""
        firsts = self._firsts.get(table)
        if firsts is None:
            self._place(table)
            firsts = self._firsts[table]
        return range(firsts[number], firsts[number + 1])

    def figure(self, table: str, name: str, row: int, path: str) -> Quantity:
        """A figure with where it was read."""
        cells = self.figures(table, name)[row]
        source = self.source(int(self._numbers[table][row]), path)
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

    def figures(self, table: str, name: str) -> list[tuple[Any, ...]]:
        """The cells of a figure at every row."""
        found = self._figures.get((table, name))
        if found is None:
            columns = [_listed(self.column(table, f"{name}_{cell}")) for cell in _CELLS]
            found = self._figures[table, name] = list(zip(*columns, strict=True))
        return found

    def source(self, number: int, path: str) -> Source | None:
        """Where something of a sheet was read."""
        rows = self.rows("provenance", number)
        try:
            row = self.cells("provenance", "path").index(path, rows.start, rows.stop)
        except ValueError:
            return None
        source: Source = _lazy(LazySource, self, row)
        return source

    def _place(self, table: str) -> None:
        """Finds out which rows are of which sheet."""
        if table in self._orders:
            return
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        sheets = pc.index_in(self.arrow(table, "sheet"), value_set=pa.array(self.keys, pa.string()))
        numbers = sheets.to_numpy(zero_copy_only=False).astype(np.int64)
        places = [self.arrow(table, name).to_numpy(zero_copy_only=False) for name in _POSITIONS.get(table, ())]
        order = np.lexsort((*reversed(places), numbers))
        sorted_already = bool((order[1:] > order[:-1]).all())
        self._orders[table] = None if sorted_already else order
        self._numbers[table] = numbers if sorted_already else numbers[order]
        self._firsts[table] = np.searchsorted(self._numbers[table], np.arange(len(self.keys) + 1)).tolist()


def _listed(column: "pa.Array") -> list[Any]:
    """A column as Python's values; texts that occur often are one object each."""
    import pyarrow as pa

    count = len(column)
    if column.null_count == count:
        return [None] * count
    if pa.types.is_string(column.type):
        coded = column.dictionary_encode()
        if len(coded.dictionary) * _FEW < count:
            texts = [*coded.dictionary.to_pylist(), None]
            return [texts[code] for code in coded.indices.fill_null(len(texts) - 1).to_numpy().tolist()]
    listed: list[Any] = column.to_pylist()
    return listed


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


class LazySource(Source):
    """A source."""

    __getattr__ = _field


class LazyPoint(YearPoint):
    """A point of a series; its row is in `series`."""

    __getattr__ = _field


class LazyOutputPoint(YearPoint):
    """The same of an output."""

    __getattr__ = _field


class LazyMeasure(Measure):
    """A measure."""

    __getattr__ = _field


class LazyOutputMeasure(Measure):
    """A measure of an output."""

    __getattr__ = _field


class LazyIndicator(Indicator):
    """An indicator of an objective."""

    __getattr__ = _field


class LazyOutput(Indicator):
    """An output."""

    __getattr__ = _field


class LazyObjective(Objective):
    """An objective."""

    __getattr__ = _field


class LazyBudgetYear(BudgetYear):
    """A budget year."""

    __getattr__ = _field


class LazyRecorded(Recorded):
    """What a sheet concludes; its row is the number of the sheet."""

    __getattr__ = _field


class LazySheet(Sheet):
    """A sheet; its row is its number."""

    __getattr__ = _field


def _cell(table: str, column: str) -> _Maker:
    return lambda of, row: of.cells(table, column)[row]


def _texts(table: str, column: str) -> _Maker:
    return lambda of, row: tuple(of.cells(table, column)[row] or ())


def _figure(table: str, name: str, number: str) -> _Maker:
    """A figure of a unit that is named by a column."""
    return lambda of, row: of.figure(table, name, row, f"{table}[{of.cells(table, number)[row]}].{name}")


def _point(table: str, name: str) -> _Maker:
    above = "measures" if table == "series" else "output_measures"

    def point(of: StoredRows, row: int) -> Quantity:
        measure, year = of.cells(table, "measure")[row], of.cells(table, "fiscal_year")[row]
        return of.figure(table, name, row, f"{above}[{measure}].series[{year}].{name}")

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
        own = table, 0 if number is None else of.cells(table, number)[row], recorded
        at = fact_path(*own[:2], recorded=recorded)
        units, numbers, which = (of.cells("facts", name) for name in ("units", "number", "recorded"))
        return tuple(_fact(of, each, at) for each in rows if (units[each], numbers[each], which[each]) == own)

    return facts


def _fact(of: StoredRows, row: int, at: str) -> Fact:
    plain = {name: of.cells("facts", name)[row] for name in plain_fields(Fact)}
    return Fact(**plain, figure=of.figure("facts", "figure", row, f"{at}{plain['name']}.figure"))


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
        each.name: (_texts if each.kind == "texts" else _cell)(table, each.name)
        for each in fields_of(model)
        if each.kind != "quantity"
    }


def _measure_makers(table: str, points: str, point: type) -> dict[str, _Maker]:
    return {
        **_plain_makers(Measure, table),
        "series": _within(point, table, points, "measure"),
        **{name: _figure(table, name, "measure") for name in quantity_fields(Measure)},
        **_own_makers(table, "measure"),
    }


def _indicator_makers(table: str, measures: str, measure: type) -> dict[str, _Maker]:
    return {
        **_plain_makers(Indicator, table),
        "measures": _within(measure, table, measures, "indicator"),
        **_own_makers(table, "indicator"),
    }


def _point_makers(table: str) -> dict[str, _Maker]:
    return {**_plain_makers(YearPoint, table), **{name: _point(table, name) for name in quantity_fields(YearPoint)}}


def _at_most_one(table: str, column: str, default: Any = None) -> _Maker:
    """A cell of a table that has at most one row a sheet."""

    def cell(of: StoredRows, number: int) -> Any:
        rows = of.rows(table, number)
        return of.cells(table, column)[rows.start] if rows else default

    return cell


def _source(path: str) -> _Maker:
    return lambda of, number: of.source(number, path)


def _claim_source(of: StoredRows, row: int) -> Source | None:
    number = of.cells("objectives", "objective")[row]
    return of.source(int(of.sheet_numbers("objectives")[row]), f"objectives[{number}].claim")


def _identity(of: StoredRows, number: int) -> Identity:
    return Identity(**{name: of.source(number, f"identity.{name}") for name in IDENTITY_SOURCES})


def _reflection_amounts(of: StoredRows, number: int) -> tuple[ReflectionAmount, ...]:
    table = "reflection_amounts"
    return tuple(
        ReflectionAmount(
            account=of.cells(table, "account")[row],
            subaccount=of.cells(table, "subaccount")[row],
            amount=of.figure(
                table, "amount", row, f"reflection_amounts[{of.cells(table, 'position')[row]}].amount"
            ),
        )
        for row in of.rows(table, number)
    )  # fmt: skip


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


def _logic_model(of: StoredRows, number: int) -> LogicModel | None:
    if not _at_most_one("outlines", "logic_model")(of, number):
        return None
    row = of.rows("outlines", number).start
    return LogicModel(**{name: maker(of, row) for name, maker in _plain_makers(LogicModel, "outlines").items()})


_MAKERS.update(
    {
        LazySource: _plain_makers(Source, "provenance"),
        LazyPoint: _point_makers("series"),
        LazyOutputPoint: _point_makers("output_series"),
        LazyMeasure: _measure_makers("measures", "series", LazyPoint),
        LazyOutputMeasure: _measure_makers("output_measures", "output_series", LazyOutputPoint),
        LazyIndicator: _indicator_makers("indicators", "measures", LazyMeasure),
        LazyOutput: _indicator_makers("outputs", "output_measures", LazyOutputMeasure),
        LazyObjective: {
            **_plain_makers(Objective, "objectives"),
            "claim_source": _claim_source,
            "indicators": _within(LazyIndicator, "objectives", "indicators", "objective"),
            **_own_makers("objectives", "objective"),
        },
        LazyBudgetYear: {
            **_plain_makers(BudgetYear, "budget_years"),
            **{name: _figure("budget_years", name, "fiscal_year") for name in quantity_fields(BudgetYear)},
            **_own_makers("budget_years", "fiscal_year"),
        },
        LazyRecorded: {
            **{name: _at_most_one("recorded", name) for name in plain_fields(Recorded)},
            **{f"{name}_source": _source(f"recorded.{name}") for name in RECORDED_SOURCES},
            "reflection_amounts": _reflection_amounts,
            "earlier_findings": _earlier_findings,
            "results": _facts("sheets", None, recorded=True),
        },
        LazySheet: {
            **_plain_makers(Sheet, "sheets"),
            "schema_": lambda _of, _row: SCHEMA,
            "id": lambda of, number: of.keys[number],
            "objectives": _all(LazyObjective, "objectives"),
            "outputs": _all(LazyOutput, "outputs"),
            "budget_years": _all(LazyBudgetYear, "budget_years"),
            "recorded": lambda of, number: _lazy(LazyRecorded, of, number),
            "outline": _outline,
            "logic_model": _logic_model,
            "identity": _identity,
            "facts": _facts("sheets", None, recorded=False),
        },
    }
)  # fmt: skip


def lazy_sheets(corpus: Corpus, parts: Sequence[Part]) -> Iterator[Sheet]:
    """The sheets of some parts, in their order; the parts' columns are held as long as one of them is."""
    stored = StoredRows(corpus, parts)
    return (stored.sheet(number) for number in range(len(stored)))
