"""A sheet made again from its rows: the way back of `flatten`, and as strict as the models are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Final

from hyotei.corpus.flatten import Row
from hyotei.corpus.schema import AMOUNTS, MEASURE_FIGURES, RECORDED_SOURCES, TABLES
from hyotei.sheet.models import MISSING, SCHEMA, Sheet

Fields = dict[str, object]
Stored = Mapping[str, list[Row]]
"""The rows of one sheet, by table, each in the order of the columns that are stored."""

_FIGURE: Final = ("value", "unknown", "low", "high", "unit", "qualifier", "fiscal_year")
_WIDTH: Final = len(_FIGURE)
_MISSING: Final[Row] = (None, "missing", None, None, None, None, None)
_NAMES: Final = {name: table.stored for name, table in TABLES.items()}
_LISTS: Final = {
    name: tuple(column.name for column in table.columns if column.kind == "texts") for name, table in TABLES.items()
}
_MEASURE_NAMES: Final = tuple(name for name, _ in MEASURE_FIGURES)
_AMOUNT_NAMES: Final = tuple(name for name, _ in AMOUNTS)


def restore(rows: Stored) -> Sheet:
    """The sheet of these rows; rows within a table may stand in any order.

    Raises:
        ValueError: they are no sheet (of pydantic a `ValidationError`, which is one), or a row belongs to nothing.
    """
    return Sheet.model_validate(fields_of(rows))


def fields_of(rows: Stored) -> Fields:
    """The fields of the sheet as the models take them."""
    back = _Back(rows)
    found = back.sheet()
    back.all_used()
    return found


class _Back:
    """The rows of one sheet on their way back."""

    def __init__(self, rows: Stored) -> None:
        self.rows = rows
        self.sources: dict[str, Fields] = {}
        for row in rows["provenance"]:
            fields = dict(zip(_NAMES["provenance"][2:], row[2:], strict=True))
            fields["candidates"] = tuple(fields["candidates"] or ())  # type: ignore[arg-type]  # a list of texts by its column
            path = str(row[1])
            if path in self.sources:
                raise ValueError(f"two sources of {path}")
            self.sources[path] = fields

    def sheet(self) -> Fields:
        (row,) = self.rows["sheets"]
        found = dict(zip(_NAMES["sheets"][1:], row[1:], strict=True))
        found["schema"] = SCHEMA
        found["objectives"] = self.objectives()
        outputs = self.measures("output_measures", "output_series")
        found["outputs"] = tuple(
            self.indicator(each[2:], outputs.pop(each[1], [])) for each in _in_order("outputs", self.rows["outputs"])
        )
        _none_left("output_measures", outputs)
        found["budget_years"] = tuple(self.budget_year(each) for each in sorted(self.rows["budget_years"], key=_second))
        found["recorded"] = self.recorded()
        found["outline"], found["logic_model"] = self.outline()
        return found

    def objectives(self) -> tuple[Fields, ...]:
        measures = self.measures("measures", "series")
        indicators: defaultdict[object, list[Fields]] = defaultdict(list)
        for row in _in_order("indicators", self.rows["indicators"], 2):
            indicators[row[1]].append(self.indicator(row[3:], measures.pop(row[2], [])))
        _none_left("measures", measures)
        found = []
        for row in _in_order("objectives", self.rows["objectives"]):
            _, number, name, claim = row
            fields: Fields = {"name": name, "claim": claim, "indicators": tuple(indicators.pop(number, ()))}
            fields["claim_source"] = self.sources.pop(f"objectives[{number}].claim", None)
            found.append(fields)
        _none_left("indicators", indicators)
        return tuple(found)

    def indicator(self, cells: Row, measures: list[Fields]) -> Fields:
        number, name, main, term = cells
        return {"number": number, "name": name, "main": main, "term": term, "measures": tuple(measures)}

    def measures(self, table: str, series_table: str) -> dict[object, list[Fields]]:
        """The measures of each indicator by its number."""
        series: defaultdict[object, list[Fields]] = defaultdict(list)
        for row in sorted(self.rows[series_table], key=itemgetter(1, 2)):
            at = f"{table}[{row[1]}].series[{row[2]}]."
            series[row[1]].append(
                {
                    "fiscal_year": row[2],
                    "target": self.figure(at + "target", row[3 : 3 + _WIDTH]) or MISSING,
                    "actual": self.figure(at + "actual", row[3 + _WIDTH :]) or MISSING,
                }
            )
        own = _NAMES[table].index("measure")
        found: defaultdict[object, list[Fields]] = defaultdict(list)
        for row in _in_order(table, self.rows[table], own):
            number = row[own]
            fields: Fields = {"label": row[own + 1], "direction": row[own + 2]}
            self.figures(fields, f"{table}[{number}].", _MEASURE_NAMES, row[own + 3 :])
            fields["series"] = tuple(series.pop(number, ()))
            found[row[own - 1]].append(fields)
        _none_left(series_table, series)
        return found

    def budget_year(self, row: Row) -> Fields:
        fields: Fields = {"fiscal_year": row[1], "basis": row[2]}
        self.figures(fields, f"budget_years[{row[1]}].", _AMOUNT_NAMES, row[3:])
        return fields

    def recorded(self) -> Fields:
        found: Fields = {}
        for row in _at_most_one("recorded", self.rows["recorded"]):
            found.update(zip(_NAMES["recorded"][1:], row[1:], strict=True))
        for name in RECORDED_SOURCES:
            found[f"{name}_source"] = self.sources.pop(f"recorded.{name}", None)
        found["reflection_amounts"] = tuple(
            {
                "account": row[2],
                "subaccount": row[3],
                "amount": self.figure(f"reflection_amounts[{row[1]}].amount", row[4:]) or MISSING,
            }
            for row in _in_order("reflection_amounts", self.rows["reflection_amounts"])
        )
        found["earlier_findings"] = tuple(
            dict(zip(_NAMES["earlier_findings"][2:], row[2:], strict=True))
            for row in _in_order("earlier_findings", self.rows["earlier_findings"])
        )
        return found

    def outline(self) -> tuple[Fields, Fields | None]:
        found: Fields = {}
        logic: Fields = {}
        for row in _at_most_one("outlines", self.rows["outlines"]):
            found = dict(zip(_NAMES["outlines"][1:], row[1:], strict=True))
            for name in _LISTS["outlines"]:
                found[name] = tuple(found[name] or ())  # type: ignore[arg-type]  # a list of texts by its column
            logic = {name: found.pop(name) for name in ("activities", "outputs", "outcomes")}
            if not found.pop("logic_model"):
                if any(logic.values()):
                    raise ValueError("activities, outputs and outcomes belong to a logic model")
                return found, None
            return found, logic
        return found, None

    def figures(self, fields: Fields, at: str, names: tuple[str, ...], cells: Row) -> None:
        for position, name in enumerate(names):
            figure = self.figure(at + name, cells[position * _WIDTH : (position + 1) * _WIDTH])
            if figure is not None:
                fields[name] = figure

    def figure(self, path: str, cells: Row) -> Fields | None:
        """The fields of a figure; None for one that is simply missing."""
        source = self.sources.pop(path, None)
        if source is None and cells == _MISSING:
            return None
        fields = dict(zip(_FIGURE, cells, strict=True))
        for name in ("value", "low", "high"):
            text = fields[name]
            if text is not None:
                fields[name] = _decimal(str(text))
        fields["source"] = source
        return fields

    def all_used(self) -> None:
        if self.sources:
            raise ValueError(f"sources of nothing: {', '.join(list(self.sources)[:3])}")


_second = itemgetter(1)


@lru_cache(maxsize=1 << 16)
def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise ValueError(f"{text[:40]} is no figure") from None


def _in_order(table: str, rows: Iterable[Row], position: int = 1) -> list[Row]:
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
