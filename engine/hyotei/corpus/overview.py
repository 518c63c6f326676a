"""What a corpus holds, in numbers: by authority and year, its sources, and what was said while they were read."""

from hyotei.corpus.corpus import Corpus
from hyotei.corpus.manifest import CorpusSource
from hyotei.corpus.schema import TABLES, VERSION
from hyotei.lazy_dataclass import dataclass
from hyotei.sheet.unread_parts import Part, in_order


@dataclass(frozen=True, slots=True)
class Said:
    """A message of one code: how often, and its first sentence in both languages."""

    code: str
    severity: str
    count: int
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The numbers of a corpus.

    Attributes:
        counts: sheets by authority and evaluated fiscal year; authorities with most sheets first.
        shared: how many sheets have an identifier that others have as well.
        unread: the parts of a sheet that a source does not carry, with the number of sheets, in the order of a sheet.
    """

    version: str
    hash: str
    rows: dict[str, int]
    bytes: int
    parts: int
    counts: dict[str, dict[int, int]]
    shared: int
    sources: tuple[CorpusSource, ...]
    said: tuple[Said, ...]
    unread: dict[Part, int]


def overview(corpus: Corpus) -> Overview:
    """The numbers of an open corpus.

    Raises:
        HyoteiError: a file is missing or damaged (HY959).
    """
    import pyarrow.compute as pc

    sheets = corpus.arrow("sheets", ["sheet", "id", "authority", "fiscal_year", "unread"])
    shared = pc.sum(pc.not_equal(sheets["sheet"], sheets["id"])).as_py() or 0
    grouped = sheets.group_by(["authority", "fiscal_year"]).aggregate([("sheet", "count")])
    counts: dict[str, dict[int, int]] = {}
    for row in grouped.to_pylist():
        counts.setdefault(row["authority"], {})[row["fiscal_year"]] = row["sheet_count"]
    ordered = sorted(counts.items(), key=lambda each: (-sum(each[1].values()), each[0]))
    problems = corpus.arrow("problems", ["code", "severity", "ja", "en"])
    told = problems.group_by(["code", "severity"], use_threads=False).aggregate(
        [("ja", "count"), ("ja", "first"), ("en", "first")]
    )
    said = tuple(
        Said(row["code"], row["severity"], row["ja_count"], row["ja_first"], row["en_first"])
        for row in sorted(told.to_pylist(), key=lambda row: row["code"])
    )
    lacking = pc.value_counts(pc.list_flatten(sheets["unread"].combine_chunks())).to_pylist()
    unread = {each["values"]: each["counts"] for each in lacking}
    return Overview(
        VERSION,
        corpus.hash,
        {table: corpus.manifest.rows(table) for table in TABLES},
        corpus.manifest.bytes,
        len(corpus.parts),
        {authority: dict(sorted(years.items())) for authority, years in ordered},
        shared,
        corpus.sources,
        said,
        {part: unread[part] for part in in_order(unread)},
    )
