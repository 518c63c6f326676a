"""A corpus of any size out of nothing, for benchmarks: written by DuckDB, the same bytes of content for the same size.

    python benchmarks/corpus_synthetic.py DIR 1000000

Every sheet has one objective with two indicators of two measures (4 measures) and 3 budget years; figures lie on, just under and
just over the thresholds of mic-2013, some are unknown with each reason, some targets are bounds. The tables have all columns of
`hyotei.corpus.schema`; those that no rule reads (provenance, outlines, outputs) are empty or null.

The hash in the manifest names the recipe and the size, and `sheets.sha256` is made up, because no sheet is ever made: so
`hyotei corpus check` finds that hashes do not agree.
"""

import shutil
import sys
import time
from pathlib import Path

import duckdb

from hyotei.corpus.generations import publish
from hyotei.corpus.manifest import CorpusSource, Manifest
from hyotei.corpus.part import File, Part, sha256_of
from hyotei.corpus.schema import TABLES, CorpusTable
from hyotei.sheet import BudgetYear, Measure
from hyotei.sheet.fields import quantity_fields
from hyotei.version import __version__

PART = 100_000
SQL_TYPES = {
    "text": "varchar",
    "integer": "bigint",
    "truth": "boolean",
    "texts": "varchar[]",
    "number": "decimal(38,12)",
}
AUTHORITIES = ("総務省", "農林水産省", "厚生労働省", "国土交通省", "経済産業省", "文部科学省", "環境省", "外務省")
REASONS = ("unsettled", "unmeasured", "missing", "undefined", "qualitative", "unread")


def figure(
    name: str, value: str, unknown: str, unit: str, qualifier: str = "null", year: str = "null"
) -> dict[str, str]:
    """The columns of a figure: `value` an expression of whole numbers, `unknown` the reason or null."""
    known = f"case when {unknown} is null then {value} end"
    return {
        f"{name}_value": f"cast({known} as varchar)",
        f"{name}_number": f"cast({known} as decimal(38,12))",
        f"{name}_unknown": unknown,
        f"{name}_unit": f"'{unit}'",
        f"{name}_qualifier": qualifier,
        f"{name}_fiscal_year": year,
    }


def draw(salt: str, most: int) -> str:
    """A number from 0 up to, but not, `most`, always the same for the same row."""
    return f"cast(hash(n * 1000 + coalesce(k, 0), '{salt}') % {most} as bigint)"


def reason(salt: str, every: int) -> str:
    """A reason for one in `every` figures."""
    listed = ", ".join(f"'{each}'" for each in REASONS)
    return (
        f"(case when {draw(salt, every)} = 0 then list_extract([{listed}], 1 + {draw(salt + 'r', len(REASONS))}) end)"
    )


def expressions() -> dict[str, tuple[int, dict[str, str]]]:
    """Rows a sheet and the expression of each column that is not null, by table; `n` is the sheet and `k` the row, from 0."""
    authority = (
        f"list_extract([{', '.join(repr(each) for each in AUTHORITIES)}], 1 + {draw('authority', len(AUTHORITIES))})"
    )
    target = f"(20 * (1 + {draw('target', 500)}))"
    # On the twentieths of the target, where thresholds in whole percents are, and one beside them.
    actual = f"({target} // 20 * {draw('share', 30)} + {draw('beside', 3)} - 1)"
    total = f"(1000000 * (1 + {draw('total', 5000)}))"
    executed = f"({total} // 100 * {draw('rate', 104)} + {draw('over', 3)} - 1)"
    amounts = {"total": total, "executed": executed, "initial": f"({total} // 10 * {draw('initial', 12)})"}
    measure: dict[str, str] = {
        "objective": "1",
        "indicator": "1 + k // 2",
        "measure": "1 + k",
        "label": "'内訳' || cast(1 + k % 2 as varchar)",
        "units_agree": "true",
    }
    measure |= figure("target", target, reason("tu", 40), "回", f"case when {draw('bound', 5)} = 0 then '以上' end")
    measure |= figure("actual", actual, reason("au", 12), "回")
    measure |= figure("baseline", f"({target} // 2)", reason("bu", 3), "回")
    for name in quantity_fields(Measure):
        measure.setdefault(f"{name}_unknown", "'missing'")
    taken = """case when target_qualifier = '以上' then 'increase' when target_unknown is not null then null else 'increase' end"""
    why = """case when target_qualifier = '以上' then 'qualifier' when target_unknown is not null then 'no_target'
        when baseline_unknown is null then 'baseline' else 'assumed' end"""
    measure |= {"direction_taken": taken, "direction_reason": why}
    budget = {"fiscal_year": "2016 + k", "basis": "'net'"}
    for name in quantity_fields(BudgetYear):
        if name in amounts:
            budget |= figure(name, amounts[name], reason(name, 25), "円")
        else:
            budget[f"{name}_unknown"] = "'missing'"
    rated = "case when {0} > 0 then list_extract(['A', 'B', 'C'], {0}) end".format(draw("rating", 4))
    advised = "case when {0} > 0 then list_extract(['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ'], {0}) end".format(draw("budget", 5))
    return {
        "sheets": (
            1,
            {
                "id": "sheet", "title": "'政策' || sheet", "authority": authority, "fiscal_year": "2018",
                "source": "'synthetic'", "sha256": "sha256(sheet)",
            },
        ),
        "objectives": (1, {"objective": "1", "name": "'目標'", "claim": "'achieved'"}),
        "indicators": (2, {"objective": "1", "indicator": "1 + k", "name": "'指標' || cast(1 + k as varchar)", "main": "k = 0"}),
        "measures": (4, measure),
        "budget_years": (3, budget),
        "recorded": (1, {"rating": rated, "budget": advised}),
        "outlines": (1, {}),
    }  # fmt: skip


def statement(table: CorpusTable, columns: dict[str, str], rows: int, first: int, last: int) -> str:
    """The query of a table for the sheets from `first` up to `last`; directions are told of the columns made before."""
    source = f"""select n, k, 's' || lpad(cast(n as varchar), 9, '0') as sheet
        from range({first}, {last}) a(n), range({rows}) b(k)"""
    inner, outer = [], []
    for each in table.columns:
        made = columns.get(each.name, "sheet" if each.name == "sheet" else "null")
        cell = f'cast({made} as {SQL_TYPES[each.kind]}) as "{each.name}"'
        if each.name in ("direction_taken", "direction_reason"):
            outer.append(cell)
        else:
            inner.append(cell)
            outer.append(f'"{each.name}"')
    return (
        f"select {', '.join(outer)} from (select n as _n, k as _k, {', '.join(inner)} from ({source})) order by _n, _k"
    )


def synthetic(folder: Path, sheets: int, memory: str = "4GB") -> Manifest:
    """Writes the corpus of so many sheets; what was in the folder goes."""
    shutil.rmtree(folder, ignore_errors=True)
    place = folder / "g-000001"
    made = expressions()
    parts = []
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{memory}'")
        for number, first in enumerate(range(0, sheets, PART), 1):
            last = min(first + PART, sheets)
            name = f"part-{number:06}"
            files = {}
            for table in TABLES.values():
                rows, columns = made.get(table.name, (0, {}))
                path = place / table.name / f"{name}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                query = statement(table, columns, rows, first, last)
                connection.execute(f"copy ({query}) to '{path}' (format parquet, compression zstd)")
                files[table.name] = File(rows * (last - first), path.stat().st_size, sha256_of(path))
            parts.append(Part(name, files))
    source = CorpusSource("synthetic", "", 0, None, __version__, sheets, 0)
    manifest = Manifest(place.name, f"synthetic-1-{sheets}", tuple(parts), (source,))
    publish(folder, manifest)
    return manifest


def main() -> None:
    folder, sheets = Path(sys.argv[1]), int(sys.argv[2])
    started = time.perf_counter()
    manifest = synthetic(folder, sheets)
    seconds = time.perf_counter() - started
    print(
        f"{sheets:,} sheets, {manifest.rows('measures'):,} measures, {manifest.bytes / 1e6:,.0f} MB in {seconds:,.1f} s"
    )


if __name__ == "__main__":
    main()
