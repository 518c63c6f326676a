"""What a person who knows DuckDB would do in place of `hyotei rate CORPUS -o DIR`: read the Parquet, derive by SQL, write Parquet.

    python benchmarks/corpus_by_hand.py CORPUS DIR

It reads the columns that `columnar_by_hand.sql` needs, as the whole numbers that it takes. It is the peer of `whole_commands.py`.
"""

import sys
from pathlib import Path

import duckdb

REASONS = """(case {} when 'unsettled' then 1 when 'unmeasured' then 2 when 'missing' then 3 when 'undefined' then 4
    when 'qualitative' then 5 when 'unread' then 6 else 0 end)::tinyint"""
AMOUNTS = ("initial", "supplementary", "carried_over", "total", "executed")
FIGURES = ("baseline", "target", "actual")


def figures(names: tuple[str, ...], scale: int) -> str:
    """The columns of figures, each its number and its reason."""
    return ", ".join(
        f"({name}_number * {scale})::bigint as {name}, {REASONS.format(name + '_unknown')} as {name}_reason"
        for name in names
    )


def relations(place: Path) -> list[str]:
    """The four relations that the SQL by hand reads."""
    tables = ("sheets", "objectives", "measures", "budget_years", "recorded")
    read = {each: f"read_parquet('{place}/{each}/*.parquet')" for each in tables}
    absent = "case when {0} is null then 3 else 0 end::tinyint"
    return [
        f"""create temp table sheets as select s.sheet as sheet_id, 1 as number, s.fiscal_year::smallint as evaluated_year,
            s.fiscal_year, r.rating as recorded_rating, {absent.format('r.rating')} as recorded_rating_reason,
            r.budget as recorded_budget, {absent.format('r.budget')} as recorded_budget_reason
            from {read["sheets"]} s left join {read["recorded"]} r using (sheet)""",
        f"""create temp table objectives as select sheet || '/' || objective as objective_id, sheet as sheet_id,
            objective as number, evaluated_year, claim, {absent.format('claim')} as claim_reason
            from {read["objectives"]} join (select sheet_id as sheet, evaluated_year from sheets) using (sheet)""",
        f"""create temp table measures as select sheet || '/' || objective || '/' || indicator || '/' || measure as measure_id,
            sheet || '/' || objective || '/' || indicator as indicator_id, sheet || '/' || objective as objective_id,
            sheet as sheet_id, measure as number, evaluated_year, {figures(FIGURES, 100)},
            coalesce(target_qualifier, 'なし') as target_qualifier, direction_taken as direction,
            {absent.format('direction_taken')} as direction_reason, units_agree
            from {read["measures"]} join (select sheet_id as sheet, evaluated_year from sheets) using (sheet)""",
        f"""create temp table budget_years as select sheet || '/' || b.fiscal_year as budget_year_id, sheet as sheet_id,
            b.fiscal_year::integer as number, evaluated_year, b.fiscal_year, {figures(AMOUNTS, 1)}
            from {read["budget_years"]} b join (select sheet_id as sheet, evaluated_year from sheets) using (sheet)""",
    ]  # fmt: skip


def main(corpus: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("set memory_limit = '4GB'")
        for each in relations(next(corpus.glob("g-*"))):
            connection.execute(each)
        for each in Path(__file__).with_name("columnar_by_hand.sql").read_text(encoding="utf-8").split(";"):
            if each.strip():
                connection.execute(each)
        for name in ("measures", "sheets", "budget_years"):
            connection.execute(f"copy hand_{name} to '{target / name}.parquet' (format parquet, compression zstd)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
