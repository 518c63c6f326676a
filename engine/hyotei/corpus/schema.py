"""The tables of a corpus and their columns: the one description by which they are written, read, checked and documented.

A row belongs to a sheet by its column `sheet`, the key. Units are numbered from 1 over the whole sheet, as in the derivation of a
verdict: `measures[4]` is the row with `measure` 4.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

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


def _reading(name: str) -> Column:
    return Column(f"{name}_reading", "text", f"how sure the reading of {name} is", derived=True)


MEASURE_FIGURES: Final = (
    ("baseline", "基準値"),
    ("target", "目標値"),
    ("actual", "実績値"),
    ("final_target", "最終目標値"),
)
AMOUNTS: Final = (
    ("initial", "当初予算"),
    ("supplementary", "補正予算"),
    ("carried_over", "繰越し等"),
    ("reserve", "予備費等"),
    ("carried_forward", "翌年度への繰越し"),
    ("total", "合計"),
    ("executed", "執行額"),
    ("request", "要求額"),
    ("stated_rate", "執行率（記載）"),
)
RECORDED_SOURCES: Final = ("rating", "budget", "opinion", "reflection")
"""What of `Recorded` says where it was read."""
IDENTITY_SOURCES: Final = ("id", "title", "authority", "number", "fiscal_year")
"""The names of a sheet that say where they were read."""

_INDICATOR = (
    Column("number", "text", "number as printed"),
    Column("name", "text", "測定指標", required=True),
    Column("main", "truth", "marked as a main indicator"),
    Column("term", "text", "短期・中期・長期"),
)
_MEASURE = (
    Column("label", "text", "what is counted"),
    Column("direction", "text", "which way is better, where stated"),
    Column("direction_taken", "text", "the direction that rules read: stated or inferred", derived=True),
    Column(
        "direction_reason",
        "text",
        "stated, qualifier, wording, baseline, assumed, zero_target or no_target",
        derived=True,
    ),
    Column("units_agree", "truth", "target and actual are in one unit", derived=True),
    *(column for name, about in MEASURE_FIGURES for column in _figure(name, about)),
)
_SERIES = (
    Column("fiscal_year", "integer", "fiscal year of the point", required=True),
    *_figure("target", "目標値"),
    *_figure("actual", "実績値"),
)


def _texts_of(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        Table(
            "sheets",
            "one row a sheet",
            (
                *_key(),
                Column("id", "text", "identifier as the document or data set gives it", required=True),
                Column("title", "text", "政策名", required=True),
                Column("authority", "text", "府省庁", required=True),
                Column("number", "text", "number as printed"),
                Column("policy", "text", "number or name in the authority's system"),
                Column("field", "text", "分野"),
                Column("scheme", "text", "scheme of evaluation"),
                Column("fiscal_year", "integer", "evaluated fiscal year", required=True),
                Column("goal", "text", "基本目標"),
                Column("document", "text", "title of the original document"),
                Column("unread", "texts", "parts that the source does not carry, such as recorded.opinion"),
                Column("source", "text", "the source it was built from", derived=True),
                Column("sha256", "text", "hash of its canonical JSON", derived=True),
            ),
        ),
        Table(
            "objectives",
            "施策目標",
            (
                *_key("objective"),
                Column("name", "text", "施策目標", required=True),
                Column("claim", "text", "目標の達成状況（記載）"),
                _reading("claim"),
            ),
        ),
        Table("indicators", "測定指標 of objectives", (*_key("objective", "indicator"), *_INDICATOR)),
        Table("measures", "measures of indicators", (*_key("objective", "indicator", "measure"), *_MEASURE)),
        Table("series", "further fiscal years of measures", (*_key("measure"), *_SERIES)),
        Table("outputs", "活動指標, which are no results", (*_key("indicator"), *_INDICATOR)),
        Table("output_measures", "measures of outputs", (*_key("indicator", "measure"), *_MEASURE)),
        Table("output_series", "further fiscal years of measures of outputs", (*_key("measure"), *_SERIES)),
        Table(
            "budget_years",
            "予算の状況, in yen",
            (
                *_key(),
                Column("fiscal_year", "integer", "fiscal year", required=True),
                Column("basis", "text", "net or gross", required=True),
                *(column for name, about in AMOUNTS for column in _figure(name, about)),
            ),
        ),
        Table(
            "recorded",
            "what the sheet itself concludes; one row a sheet",
            (
                *_key(),
                *(
                    column
                    for name in (
                        *("rating", "budget", "inspection", "improvement", "effect", "external_kind"),
                        *("external_opinion", "public_process", "opinion", "opinion_detail"),
                        *("reflection", "reflection_detail"),
                    )
                    for column in (Column(name), *([_reading(name)] if name in RECORDED_SOURCES else []))
                ),
            ),
        ),
        Table(
            "reflection_amounts",
            "反映額 of each account, in yen",
            (*_key("position"), Column("account", required=True), Column("subaccount"), *_figure("amount", "反映額")),
        ),
        Table(
            "earlier_findings",
            "過去に受けた指摘事項",
            (*_key("position"), *_texts_of("kind", "fiscal_year", "finding", "answer")),
        ),
        Table(
            "outlines",
            "事業概要 and logic model; one row a sheet",
            (
                *_key(),
                *_texts_of("kind", "issues", "summary", "ministry"),
                Column("units", "texts", "担当部局庁、課室"),
                Column("start_year", "integer"),
                Column("end_year", "integer"),
                Column("open_ended", "truth"),
                *(Column(name, "texts") for name in ("accounts", "expenses", "methods", "policies")),
                Column("no_target_reason"),
                Column("former_numbers", "texts", "旧事業番号"),
                *_texts_of("url", "remarks"),
                Column("logic_model", "truth", "whether the document has one", required=True),
                *(Column(name, "texts") for name in ("activities", "outputs", "outcomes")),
            ),
        ),
        Table(
            "provenance",
            "where each figure, claim and name was read",
            (
                *_key(),
                Column("path", "text", "such as measures[4].target", required=True),
                Column("text", "text", "as printed", required=True),
                Column("file"),
                Column("page", "integer"),
                Column("line", "integer"),
                Column("cell"),
                Column("place", "text", "in words"),
                Column("reading", "text", "stated, inferred, ambiguous or corrected", required=True),
                Column("note", "text", "why inferred or ambiguous"),
                Column(
                    "candidates",
                    "texts",
                    "other readings that were possible; of a corrected one, first what stood there before",
                ),
            ),
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
