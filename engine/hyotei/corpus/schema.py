"""The tables of a corpus and their columns: the one description by which they are written, read, checked and documented.

A row belongs to a sheet by its column `sheet`, the key. Units are numbered from 1 over the whole sheet, as in the derivation of a
verdict: `measures[4]` is the row with `measure` 4.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel

from hyotei.sheet.fields import fields_of
from hyotei.sheet.figures import rows_of
from hyotei.sheet.models import (
    BudgetYear,
    EarlierFinding,
    Indicator,
    LogicModel,
    Measure,
    Objective,
    Outline,
    Recorded,
    ReflectionAmount,
    Sheet,
    Source,
    YearPoint,
)

if TYPE_CHECKING:
    import pyarrow as pa

VERSION: Final = "hyotei.corpus/2"
WHOLE_DIGITS: Final = 26
DECIMALS: Final = 12
"""What a `_number` column holds: decimal(38, 12). A figure that does not fit exactly is null there and stands in `_value`."""

Kind = Literal["text", "integer", "truth", "texts", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        derived: whether it repeats what other columns say, for the convenience of queries; it is not read back.
    """

    name: str
    kind: Kind = "text"
    about: str = ""
    derived: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a folder of Parquet files with these columns."""

    name: str
    about: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def stored(self) -> tuple[str, ...]:
        """The columns from which a sheet is made again."""
        return tuple(column.name for column in self.columns if not column.derived)


def _key(*positions: str) -> tuple[Column, ...]:
    return (
        Column("sheet", "text", "key of the sheet", required=True),
        *(Column(name, "integer", f"number of the {name} in the sheet, from 1", required=True) for name in positions),
    )


def _figure(name: str, about: str) -> tuple[Column, ...]:
    """The columns of a `Quantity`; without a value, `_unknown` says why."""
    return (
        Column(f"{name}_value", "text", f"{about}: the exact value as a plain decimal"),
        Column(f"{name}_number", "number", "the same as a number, where it fits exactly", derived=True),
        Column(f"{name}_unknown", "text", "why there is no value"),
        Column(f"{name}_low", "text", "lower end of a printed range"),
        Column(f"{name}_low_number", "number", "the same as a number", derived=True),
        Column(f"{name}_high", "text", "upper end of a printed range"),
        Column(f"{name}_high_number", "number", "the same as a number", derived=True),
        Column(f"{name}_unit", "text", "円, %, or as printed"),
        Column(f"{name}_qualifier", "text", "以上, 程度, ..."),
        Column(f"{name}_fiscal_year", "integer", "fiscal year of the figure"),
        Column(
            f"{name}_reading", "text", "stated, inferred, ambiguous or corrected; null without a source", derived=True
        ),
    )


def _columns(model: type[BaseModel], *derived: Column) -> tuple[Column, ...]:
    """The columns of a model: its values (with the reading where one has a source), what repeats them, and its quantities."""
    plain: list[Column] = []
    for field in fields_of(model):
        if field.kind != "quantity":
            required = not field.optional and field.kind != "texts"
            plain.append(Column(field.name, field.kind, field.about, required=required))
            if f"{field.name}_source" in model.model_fields:
                plain.append(
                    Column(f"{field.name}_reading", "text", f"how sure the reading of {field.name} is", derived=True)
                )
    quantities = (column for field in fields_of(model) if field.kind == "quantity" for column in _figure(*field[::3]))
    return (*plain, *derived, *quantities)


_INDICATOR = _columns(Indicator)
_MEASURE = _columns(
    Measure,
    *(
        Column(name, "truth" if row.kind == "truth" else "text", row.names[1], derived=True)
        for row in rows_of("measure")
        for name in row.columns
    ),
)
_SERIES = _columns(YearPoint)
_SHEET = _columns(Sheet)
_BUDGET_YEAR = _columns(BudgetYear)

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        Table(
            "sheets",
            "one row a sheet",
            (
                *_key(),
                *_SHEET,
                Column("source", "text", "the source it was built from", derived=True),
                Column("sha256", "text", "hash of its canonical JSON", derived=True),
            ),
        ),
        Table("objectives", "施策目標", (*_key("objective"), *_columns(Objective))),
        Table("indicators", "測定指標 of objectives", (*_key("objective", "indicator"), *_INDICATOR)),
        Table("measures", "measures of indicators", (*_key("objective", "indicator", "measure"), *_MEASURE)),
        Table("series", "further fiscal years of measures", (*_key("measure"), *_SERIES)),
        Table("outputs", "活動指標, which are no results", (*_key("indicator"), *_INDICATOR)),
        Table("output_measures", "measures of outputs", (*_key("indicator", "measure"), *_MEASURE)),
        Table("output_series", "further fiscal years of measures of outputs", (*_key("measure"), *_SERIES)),
        Table("budget_years", "予算の状況, in yen", (*_key(), *_BUDGET_YEAR)),
        Table("recorded", "what the sheet itself concludes; one row a sheet", (*_key(), *_columns(Recorded))),
        Table("reflection_amounts", "反映額 of each account, in yen", (*_key("position"), *_columns(ReflectionAmount))),
        Table("earlier_findings", "過去に受けた指摘事項", (*_key("position"), *_columns(EarlierFinding))),
        Table(
            "outlines",
            "事業概要 and logic model; one row a sheet",
            (
                *_key(),
                *_columns(Outline),
                Column("logic_model", "truth", "whether the document has one", required=True),
                *_columns(LogicModel),
            ),
        ),
        Table(
            "provenance",
            "where each figure, claim and name was read",
            (*_key(), Column("path", "text", "such as measures[4].target", required=True), *_columns(Source)),
        ),
        Table(
            "copies",
            "further sources that hold the very same sheet, which is kept once",
            (*_key(), Column("source", required=True)),
        ),
        Table(
            "problems",
            "what was said while the sources were read",
            (
                Column("source", "text", "the source", required=True),
                Column("id", "text", "identifier of the sheet; null where none could be read"),
                Column("code", "text", "code of the message", required=True),
                Column("severity", "text", "error, warning or note", required=True),
                Column("file"),
                Column("line", "integer"),
                Column("ja", "text", "the sentence in Japanese", required=True),
                Column("en", "text", "the sentence in English", required=True),
            ),
        ),
    )
}

OF_SHEETS: Final = tuple(name for name in TABLES if name != "problems")
"""The tables whose rows belong to a sheet."""


@cache
def arrow_schema(name: str) -> "pa.Schema":
    """The Arrow schema of a table, which carries the version."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "truth": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "number": pa.decimal128(WHOLE_DIGITS + DECIMALS, DECIMALS),
    }
    fields = [pa.field(each.name, types[each.kind]) for each in TABLES[name].columns]
    return pa.schema(fields, metadata={"hyotei": VERSION, "table": name})
