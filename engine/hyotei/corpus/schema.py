"""The tables of a corpus and their columns: the one description by which they are written, read, checked and documented.

A row belongs to a sheet by its column `sheet`, the key. Units are numbered from 1 over the whole sheet, as in the derivation of a
verdict: `measures[4]` is the row with `measure` 4.
"""

from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel

from hyotei.lazy_dataclass import dataclass
from hyotei.sheet.fields import fields_of
from hyotei.sheet.figures import rows_of
from hyotei.sheet.models import (
    BudgetYear,
    EarlierFinding,
    Fact,
    Indicator,
    Measure,
    Objective,
    Outline,
    Recorded,
    Sheet,
    Source,
    YearPoint,
)

if TYPE_CHECKING:
    import pyarrow as pa

VERSION: Final = "hyotei.corpus/5"
WHOLE_DIGITS: Final = 26
DECIMALS: Final = 12
"""What a `_number` column holds: decimal(38, 12). A figure that does not fit exactly is null there and stands in `_value`."""

Kind = Literal["text", "integer", "truth", "texts", "number"]


@dataclass(frozen=True, slots=True)
class CorpusColumn:
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
class CorpusTable:
    """One table: a folder of Parquet files with these columns."""

    name: str
    about: str
    columns: tuple[CorpusColumn, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def stored(self) -> tuple[str, ...]:
        """The columns from which a sheet is made again."""
        return tuple(column.name for column in self.columns if not column.derived)


def _key(*positions: str) -> tuple[CorpusColumn, ...]:
    return (
        CorpusColumn("sheet", "text", "key of the sheet", required=True),
        *(
            CorpusColumn(name, "integer", f"number of the {name} in the sheet, from 1", required=True)
            for name in positions
        ),
    )


def _figure(name: str, about: str) -> tuple[CorpusColumn, ...]:
    """The columns of a `Quantity`; without a value, `_unknown` says why."""
    return (
        CorpusColumn(f"{name}_value", "text", f"{about}: the exact value as a plain decimal"),
        CorpusColumn(f"{name}_number", "number", "the same as a number, where it fits exactly", derived=True),
        CorpusColumn(f"{name}_unknown", "text", "why there is no value"),
        CorpusColumn(f"{name}_low", "text", "lower end of a printed range"),
        CorpusColumn(f"{name}_low_number", "number", "the same as a number", derived=True),
        CorpusColumn(f"{name}_high", "text", "upper end of a printed range"),
        CorpusColumn(f"{name}_high_number", "number", "the same as a number", derived=True),
        CorpusColumn(f"{name}_unit", "text", "円, %, or as printed"),
        CorpusColumn(f"{name}_qualifier", "text", "以上, 程度, ..."),
        CorpusColumn(f"{name}_fiscal_year", "integer", "fiscal year of the figure"),
        CorpusColumn(
            f"{name}_reading", "text", "stated, inferred, ambiguous or corrected; null without a source", derived=True
        ),
    )


def _columns(model: type[BaseModel], *derived: CorpusColumn) -> tuple[CorpusColumn, ...]:
    """The columns of a model: its values (with the reading where one has a source), what repeats them, and its quantities."""
    plain: list[CorpusColumn] = []
    for field in fields_of(model):
        if field.kind != "quantity":
            if field.kind == "notes":
                plain.append(CorpusColumn(field.name, "text", f"{field.about} A list in JSON."))
                continue
            required = not field.optional and field.kind != "texts"
            plain.append(CorpusColumn(field.name, field.kind, field.about, required=required))
            if f"{field.name}_source" in model.model_fields:
                plain.append(
                    CorpusColumn(
                        f"{field.name}_reading", "text", f"how sure the reading of {field.name} is", derived=True
                    )
                )
    quantities = (column for field in fields_of(model) if field.kind == "quantity" for column in _figure(*field[::3]))
    return (*plain, *derived, *quantities)


_INDICATOR = _columns(Indicator)
_MEASURE = _columns(
    Measure,
    *(
        CorpusColumn(name, "truth" if row.kind == "truth" else "text", row.names[1], derived=True)
        for row in rows_of("measure")
        for name in row.columns
    ),
)
_SERIES = _columns(YearPoint)
_SHEET = _columns(Sheet)
_BUDGET_YEAR = _columns(BudgetYear)

TABLES: Final[dict[str, CorpusTable]] = {
    table.name: table
    for table in (
        CorpusTable(
            "sheets",
            "one row a sheet",
            (
                *_key(),
                *_SHEET,
                CorpusColumn("source", "text", "the source it was built from", derived=True),
                CorpusColumn("sha256", "text", "hash of its canonical JSON", derived=True),
            ),
        ),
        CorpusTable("objectives", "施策目標", (*_key("objective"), *_columns(Objective))),
        CorpusTable("indicators", "測定指標 of objectives", (*_key("objective", "indicator"), *_INDICATOR)),
        CorpusTable("measures", "measures of indicators", (*_key("objective", "indicator", "measure"), *_MEASURE)),
        CorpusTable("series", "further fiscal years of measures", (*_key("measure"), *_SERIES)),
        CorpusTable("outputs", "活動指標, which are no results", (*_key("indicator"), *_INDICATOR)),
        CorpusTable("output_measures", "measures of outputs", (*_key("indicator", "measure"), *_MEASURE)),
        CorpusTable("output_series", "further fiscal years of measures of outputs", (*_key("measure"), *_SERIES)),
        CorpusTable("budget_years", "予算の状況, in yen", (*_key(), *_BUDGET_YEAR)),
        CorpusTable("recorded", "what the sheet itself concludes; one row a sheet", (*_key(), *_columns(Recorded))),
        CorpusTable("earlier_findings", "過去に受けた指摘事項", (*_key("position"), *_columns(EarlierFinding))),
        CorpusTable(
            "facts",
            "facts and recorded results of all units, under names of their own",
            (
                *_key(),
                CorpusColumn(
                    "units",
                    "text",
                    "the table of the unit: sheets, measures, years, ...",
                    required=True,
                ),
                CorpusColumn(
                    "number",
                    "integer",
                    "its number there: 0 of the sheet, the year of a budget year, 10,000 times the measure and the year of years",
                    required=True,
                ),
                CorpusColumn("recorded", "truth", "whether it is a recorded result", required=True),
                CorpusColumn("position", "integer", "its place among those of the unit, from 1", required=True),
                *_columns(
                    Fact,
                    CorpusColumn("word", "text", "the text in one spelling", derived=True),
                    CorpusColumn("year", "integer", "the fiscal year that it names", derived=True),
                ),
            ),
        ),
        CorpusTable("outlines", "事業概要; one row a sheet", (*_key(), *_columns(Outline))),
        CorpusTable(
            "provenance",
            "where each figure, claim and name was read",
            (*_key(), CorpusColumn("path", "text", "such as measures[4].target", required=True), *_columns(Source)),
        ),
        CorpusTable(
            "copies",
            "further sources that hold the very same sheet, which is kept once",
            (*_key(), CorpusColumn("source", required=True)),
        ),
        CorpusTable(
            "problems",
            "what was said while the sources were read",
            (
                CorpusColumn("source", "text", "the source", required=True),
                CorpusColumn("id", "text", "identifier of the sheet; null where none could be read"),
                CorpusColumn("code", "text", "code of the message", required=True),
                CorpusColumn("severity", "text", "error, warning or note", required=True),
                CorpusColumn("file"),
                CorpusColumn("line", "integer"),
                CorpusColumn("ja", "text", "the sentence in Japanese", required=True),
                CorpusColumn("en", "text", "the sentence in English", required=True),
            ),
        ),
    )
}

YEARS_OF: Final = {"series": "years", "output_series": "output_years"}
"""What the table of facts calls the units of a table of fiscal years, which it numbers by `hyotei.sheet.scopes.year_number`."""

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
