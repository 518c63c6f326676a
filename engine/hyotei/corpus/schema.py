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


def _reading(name: str) -> CorpusColumn:
    return CorpusColumn(f"{name}_reading", "text", f"how sure the reading of {name} is", derived=True)


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
    CorpusColumn("number", "text", "number as printed"),
    CorpusColumn("name", "text", "測定指標", required=True),
    CorpusColumn("main", "truth", "marked as a main indicator"),
    CorpusColumn("term", "text", "短期・中期・長期"),
)
_MEASURE = (
    CorpusColumn("label", "text", "what is counted"),
    CorpusColumn("direction", "text", "which way is better, where stated"),
    CorpusColumn("direction_taken", "text", "the direction that rules read: stated or inferred", derived=True),
    CorpusColumn(
        "direction_reason",
        "text",
        "stated, qualifier, wording, baseline, assumed, zero_target or no_target",
        derived=True,
    ),
    CorpusColumn("units_agree", "truth", "target and actual are in one unit", derived=True),
    *(column for name, about in MEASURE_FIGURES for column in _figure(name, about)),
)
_SERIES = (
    CorpusColumn("fiscal_year", "integer", "fiscal year of the point", required=True),
    *_figure("target", "目標値"),
    *_figure("actual", "実績値"),
)


def _texts_of(*names: str) -> tuple[CorpusColumn, ...]:
    return tuple(CorpusColumn(name) for name in names)


TABLES: Final[dict[str, CorpusTable]] = {
    table.name: table
    for table in (
        CorpusTable(
            "sheets",
            "one row a sheet",
            (
                *_key(),
                CorpusColumn("id", "text", "identifier as the document or data set gives it", required=True),
                CorpusColumn("title", "text", "政策名", required=True),
                CorpusColumn("authority", "text", "府省庁", required=True),
                CorpusColumn("number", "text", "number as printed"),
                CorpusColumn("policy", "text", "number or name in the authority's system"),
                CorpusColumn("field", "text", "分野"),
                CorpusColumn("scheme", "text", "scheme of evaluation"),
                CorpusColumn("fiscal_year", "integer", "evaluated fiscal year", required=True),
                CorpusColumn("goal", "text", "基本目標"),
                CorpusColumn("document", "text", "title of the original document"),
                CorpusColumn("unread", "texts", "parts that the source does not carry, such as recorded.opinion"),
                CorpusColumn("source", "text", "the source it was built from", derived=True),
                CorpusColumn("sha256", "text", "hash of its canonical JSON", derived=True),
            ),
        ),
        CorpusTable(
            "objectives",
            "施策目標",
            (
                *_key("objective"),
                CorpusColumn("name", "text", "施策目標", required=True),
                CorpusColumn("claim", "text", "目標の達成状況（記載）"),
                _reading("claim"),
            ),
        ),
        CorpusTable("indicators", "測定指標 of objectives", (*_key("objective", "indicator"), *_INDICATOR)),
        CorpusTable("measures", "measures of indicators", (*_key("objective", "indicator", "measure"), *_MEASURE)),
        CorpusTable("series", "further fiscal years of measures", (*_key("measure"), *_SERIES)),
        CorpusTable("outputs", "活動指標, which are no results", (*_key("indicator"), *_INDICATOR)),
        CorpusTable("output_measures", "measures of outputs", (*_key("indicator", "measure"), *_MEASURE)),
        CorpusTable("output_series", "further fiscal years of measures of outputs", (*_key("measure"), *_SERIES)),
        CorpusTable(
            "budget_years",
            "予算の状況, in yen",
            (
                *_key(),
                CorpusColumn("fiscal_year", "integer", "fiscal year", required=True),
                CorpusColumn("basis", "text", "net or gross", required=True),
                *(column for name, about in AMOUNTS for column in _figure(name, about)),
            ),
        ),
        CorpusTable(
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
                    for column in (CorpusColumn(name), *([_reading(name)] if name in RECORDED_SOURCES else []))
                ),
            ),
        ),
        CorpusTable(
            "reflection_amounts",
            "反映額 of each account, in yen",
            (
                *_key("position"),
                CorpusColumn("account", required=True),
                CorpusColumn("subaccount"),
                *_figure("amount", "反映額"),
            ),
        ),
        CorpusTable(
            "earlier_findings",
            "過去に受けた指摘事項",
            (*_key("position"), *_texts_of("kind", "fiscal_year", "finding", "answer")),
        ),
        CorpusTable(
            "outlines",
            "事業概要 and logic model; one row a sheet",
            (
                *_key(),
                *_texts_of("kind", "issues", "summary", "ministry"),
                CorpusColumn("units", "texts", "担当部局庁、課室"),
                CorpusColumn("start_year", "integer"),
                CorpusColumn("end_year", "integer"),
                CorpusColumn("open_ended", "truth"),
                *(CorpusColumn(name, "texts") for name in ("accounts", "expenses", "methods", "policies")),
                CorpusColumn("no_target_reason"),
                CorpusColumn("former_numbers", "texts", "旧事業番号"),
                *_texts_of("url", "remarks"),
                CorpusColumn("logic_model", "truth", "whether the document has one", required=True),
                *(CorpusColumn(name, "texts") for name in ("activities", "outputs", "outcomes")),
            ),
        ),
        CorpusTable(
            "provenance",
            "where each figure, claim and name was read",
            (
                *_key(),
                CorpusColumn("path", "text", "such as measures[4].target", required=True),
                CorpusColumn("text", "text", "as printed", required=True),
                CorpusColumn("file"),
                CorpusColumn("page", "integer"),
                CorpusColumn("line", "integer"),
                CorpusColumn("cell"),
                CorpusColumn("place", "text", "in words"),
                CorpusColumn("reading", "text", "stated, inferred, ambiguous or corrected", required=True),
                CorpusColumn("note", "text", "why inferred or ambiguous"),
                CorpusColumn(
                    "candidates",
                    "texts",
                    "other readings that were possible; of a corrected one, first what stood there before",
                ),
            ),
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
