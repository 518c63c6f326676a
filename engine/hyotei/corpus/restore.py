"""A sheet made again from its rows: the way back of `flatten`, and as strict as the models are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, cast, get_args

from pydantic import BaseModel

from hyotei.corpus.flatten import Row, fact_path
from hyotei.corpus.schema import TABLES, YEARS_OF
from hyotei.readers.unvalidated_models import make
from hyotei.sheet.fields import IDENTITY_SOURCES, RECORDED_SOURCES, plain_fields, quantity_fields
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
    Reading,
    Recorded,
    Sheet,
    Source,
    YearPoint,
)
from hyotei.sheet.notes import notes_of_json
from hyotei.sheet.scopes import year_number

Stored = Mapping[str, list[Row]]
"""The rows of one sheet, by table, each in the order of the columns that are stored."""

Cells = tuple[Any, ...]
"""Cells of a row: each of the type of its column, which is more than a checker of types can know."""

_WIDTH: Final = 7
_MISSING: Final[Row] = (None, "missing", None, None, None, None, None)
_NAMES: Final = {name: table.stored for name, table in TABLES.items()}
_OUTLINE_LISTS: Final = tuple(column.name for column in TABLES["outlines"].columns if column.kind == "texts")
_READINGS: Final = frozenset(get_args(Reading))


def restore(rows: Stored) -> Sheet:
    """The sheet of these rows; rows within a table may stand in any order.

    Raises:
        ValueError: they are no sheet (of pydantic a `ValidationError`, which is one), or a row belongs to nothing.
    """
    back = _Back(rows)
    sheet = back.sheet()
    if back.sources:
        raise ValueError(f"sources of nothing: {', '.join(list(back.sources)[:3])}")
    return sheet


class _Back:
    """The rows of one sheet on their way back. What has been placed is taken away, so that what is left belongs to nothing."""

    def __init__(self, rows: Stored) -> None:
        self.rows = rows
        self.sources: dict[str, Source] = {}
        for row in rows["provenance"]:
            path = str(row[1])
            if path in self.sources:
                raise ValueError(f"two sources of {path}")
            self.sources[path] = _source(row)
        self.facts: defaultdict[object, list[Fact]] = defaultdict(list)
        for cells in sorted(rows["facts"], key=itemgetter(1, 2, 3, 4)):
            (table, number, recorded), name = cells[1:4], cells[5]
            at = f"{fact_path(str(table), _whole(number), recorded=bool(recorded))}{name}."
            self.facts[table, number, recorded].append(Fact(**self.fields(Fact, at, cells[5:])))

    def sheet(self) -> Sheet:
        (row,) = self.rows["sheets"]
        own: dict[str, Any] = dict(zip(_NAMES["sheets"][1:], row[1:], strict=True))
        own["unread"] = tuple(own["unread"] or ())
        outputs = self.measures("output_measures", "output_series")
        objectives = self.objectives()
        found = Sheet(
            schema=SCHEMA,
            **own,
            objectives=objectives,
            outputs=tuple(
                _indicator(each[2:], outputs.pop(each[1], []), self.own("outputs", each[1]))
                for each in _in_order("outputs", self.rows["outputs"])
            ),
            budget_years=tuple(self.budget_year(each) for each in sorted(self.rows["budget_years"], key=itemgetter(1))),
            recorded=self.recorded(),
            outline=self.outline(),
            identity=Identity(**{name: self.sources.pop(f"identity.{name}", None) for name in IDENTITY_SOURCES}),
            facts=self.taken("sheets", 0, recorded=False),
        )
        _none_left("output_measures", outputs)
        _none_left("facts", self.facts)
        return found

    def objectives(self) -> tuple[Objective, ...]:
        measures = self.measures("measures", "series")
        indicators: defaultdict[object, list[Indicator]] = defaultdict(list)
        for row in _in_order("indicators", self.rows["indicators"], 2):
            indicators[row[1]].append(_indicator(row[3:], measures.pop(row[2], []), self.own("indicators", row[2])))
        _none_left("measures", measures)
        found = tuple(
            Objective(
                **_plain(Objective, row[2:]),
                claim_source=self.sources.pop(f"objectives[{row[1]}].claim", None),
                indicators=tuple(indicators.pop(row[1], ())),
                **self.own("objectives", row[1]),
            )
            for row in _in_order("objectives", self.rows["objectives"])
        )
        _none_left("indicators", indicators)
        return found

    def measures(self, table: str, series_table: str) -> dict[object, list[Measure]]:
        """The measures of each indicator by its number."""
        series: defaultdict[object, list[YearPoint]] = defaultdict(list)
        for row in sorted(self.rows[series_table], key=itemgetter(1, 2)):
            at = f"{table}[{row[1]}].series[{row[2]}]."
            own = self.own(YEARS_OF[series_table], year_number(*cast("tuple[int, int]", row[1:3])))
            series[row[1]].append(YearPoint(**self.fields(YearPoint, at, row[2:]), **own))
        place = _NAMES[table].index("measure")
        found: defaultdict[object, list[Measure]] = defaultdict(list)
        for row in _in_order(table, self.rows[table], place):
            number = row[place]
            fields = self.fields(Measure, f"{table}[{number}].", row[place + 1 :])
            measure = Measure(**fields, series=tuple(series.pop(number, ())), **self.own(table, number))
            found[row[place - 1]].append(measure)
        _none_left(series_table, series)
        return found

    def budget_year(self, row: Row) -> BudgetYear:
        fields = self.fields(BudgetYear, f"budget_years[{row[1]}].", row[1:])
        return BudgetYear(**fields, **self.own("budget_years", row[1]))

    def own(self, table: str, number: object) -> dict[str, Any]:
        """The facts and the recorded results of a unit."""
        return {
            "facts": self.taken(table, number, recorded=False),
            "recorded": self.taken(table, number, recorded=True),
        }

    def taken(self, table: str, number: object, *, recorded: bool) -> Facts:
        return tuple(self.facts.pop((table, number, recorded), ()))

    def recorded(self) -> Recorded:
        found: dict[str, Any] = {}
        for row in _at_most_one("recorded", self.rows["recorded"]):
            found.update(zip(_NAMES["recorded"][1:], row[1:], strict=True))
        for name in RECORDED_SOURCES:
            found[f"{name}_source"] = self.sources.pop(f"recorded.{name}", None)
        findings = tuple(
            EarlierFinding(**_plain(EarlierFinding, cells[2:]))
            for cells in _in_order("earlier_findings", self.rows["earlier_findings"])
        )
        results = self.taken("sheets", 0, recorded=True)
        return Recorded(**found, earlier_findings=findings, results=results)

    def outline(self) -> Outline:
        for row in _at_most_one("outlines", self.rows["outlines"]):
            found: dict[str, Any] = dict(zip(_NAMES["outlines"][1:], row[1:], strict=True))
            for name in _OUTLINE_LISTS:
                found[name] = tuple(found[name] or ())
            return Outline(**found)
        return Outline()

    def fields(self, model: type[BaseModel], at: str, cells: Cells) -> dict[str, Any]:
        """The values of a model and then its quantities, whose cells stand one after the other."""
        first = len(plain_fields(model))
        found = _plain(model, cells[:first])
        for position, name in enumerate(quantity_fields(model)):
            start = first + position * _WIDTH
            found[name] = self.figure(at + name, cells[start : start + _WIDTH])
        return found

    def figure(self, path: str, cells: Cells) -> Quantity:
        """A figure with where it was read."""
        source = self.sources.pop(path, None)
        if source is None:
            return MISSING if cells == _MISSING else _quantity(*cells)
        # The checked one with its source: a model is immutable, and checking it once is enough.
        return make(Quantity, {**_quantity(*cells).__dict__, "source": source})


def _source(row: Cells) -> Source:
    """A source; all of its cells are of the right types by their columns, and only the reading and the notes can be wrong."""
    fields = _plain(Source, row[2:])
    if fields["text"] is None or fields["reading"] not in _READINGS:
        raise ValueError(f"a source needs a text and a reading, not {fields['reading']!r}")
    lists = {"notes": notes_of_json(fields["notes"]), "candidates": tuple(fields["candidates"] or ())}
    return make(Source, {**fields, **lists})


@lru_cache(maxsize=1 << 16)
def _quantity(
    value: str | None,
    unknown: Any,  # checked by the model, as is the qualifier
    low: str | None,
    high: str | None,
    unit: str | None,
    qualifier: Any,
    fiscal_year: int | None,
) -> Quantity:
    """A figure without its source; the same few are asked for again and again."""
    return Quantity(
        value=_decimal(value),
        unknown=unknown,
        low=_decimal(low),
        high=_decimal(high),
        unit=unit,
        qualifier=qualifier,
        fiscal_year=fiscal_year,
    )


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except ArithmeticError:
        raise ValueError(f"{text!r:.40} is no figure") from None


def _plain(model: type[BaseModel], cells: Cells) -> dict[str, Any]:
    """The values of a model, by their fields."""
    return dict(zip(plain_fields(model), cells, strict=True))


def _indicator(cells: Cells, measures: list[Measure], own: dict[str, Any]) -> Indicator:
    return Indicator(**_plain(Indicator, cells), measures=tuple(measures), **own)


def _whole(number: object) -> int:
    assert isinstance(number, int), "the column holds whole numbers"
    return number


def _in_order(table: str, rows: Iterable[Row], position: int = 1) -> list[Cells]:
    """Rows by their number, each number once."""
    found = sorted(rows, key=itemgetter(position))
    numbers = [row[position] for row in found]
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"{table}: a number stands twice")
    return found


def _at_most_one(table: str, rows: list[Row]) -> list[Row]:
    if len(rows) > 1:
        raise ValueError(f"{table}: more than one row of a sheet")
    return rows


def _none_left(table: str, rest: Mapping[object, object]) -> None:
    if rest:
        raise ValueError(f"{table}: rows that belong to nothing, such as {next(iter(rest))}")
