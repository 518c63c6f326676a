"""(e) `mic-2013` over many sheets on DuckDB: the compiled statements beside SQL written by hand for the same rulebook.

`HYOTEI_BENCH_ROWS=10000,100000` names other numbers of sheets; each sheet has one objective, four measures and three budget years.
"""

import os
import time
from pathlib import Path
from statistics import median

import duckdb
from measure import Goal, Report

from hyotei.columnar.engine_sql import DUCKDB
from hyotei.columnar.layout import Layout
from hyotei.columnar.number_scale import NumberScale
from hyotei.columnar.program import Program, compiled
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.types import Scope

SIZES = tuple(int(each) for each in os.environ.get("HYOTEI_BENCH_ROWS", "10000,100000,1000000").split(","))
ROUNDS = 3
BY_HAND = Path(__file__).with_name("columnar_by_hand.sql")

LAYOUT = Layout(
    {
        **{("measure", name): NumberScale(2, 11) for name in ("baseline", "target", "actual")},
        **{
            ("budget_year", name): NumberScale(0, 15)
            for name in ("initial", "supplementary", "carried_over", "total", "executed")
        },
    }
)
"""Figures with two decimals below 10**9, money below 10**15 yen, as in the published data sets."""

# Every kind of figure by a hash of its row: reached, just missed, zero, unknown for each reason.
MAKE = """
CREATE MACRO mixed(x) AS (hash(x) // 2)::BIGINT;
CREATE TABLE sheets AS SELECT i AS sheet_id, 1 AS number, y::SMALLINT AS evaluated_year, y AS fiscal_year,
    CASE WHEN h % 7 = 0 THEN NULL ELSE ['A', 'B', 'C', 'S'][1 + h % 4] END AS recorded_rating,
    CASE WHEN h % 7 = 0 THEN 3 ELSE 0 END::TINYINT AS recorded_rating_reason,
    CASE WHEN h % 5 = 0 THEN NULL ELSE ['Ⅰ', 'Ⅱ', 'Ⅲ', '継続'][1 + h % 4] END AS recorded_budget,
    CASE WHEN h % 5 = 0 THEN 3 ELSE 0 END::TINYINT AS recorded_budget_reason
  FROM (SELECT i, mixed(i) AS h, (2011 + mixed(i) % 3)::BIGINT AS y FROM range({n}) t(i));
CREATE TABLE objectives AS SELECT sheet_id AS objective_id, sheet_id, 1 AS number, evaluated_year,
    CASE WHEN h % 4 = 0 THEN NULL ELSE ['achieved', 'partly_achieved', 'not_achieved'][1 + h % 3] END AS claim,
    CASE WHEN h % 4 = 0 THEN 3 ELSE 0 END::TINYINT AS claim_reason
  FROM (SELECT *, mixed(sheet_id + 1) AS h FROM sheets);
CREATE TABLE measures AS SELECT sheet_id * 4 + j AS measure_id, sheet_id * 4 + j AS indicator_id,
    sheet_id AS objective_id, sheet_id, 1 + j AS number, evaluated_year,
    CASE WHEN b > 0 THEN NULL ELSE (h % 90000)::BIGINT END AS baseline, b::TINYINT AS baseline_reason,
    CASE WHEN t > 0 THEN NULL ELSE (h % 40 * 2500)::BIGINT END AS target, t::TINYINT AS target_reason,
    ['なし', '以上', '以下', '程度', '超'][1 + h % 5] AS target_qualifier,
    CASE WHEN a > 0 THEN NULL ELSE ((h % 40 * 2500) * (h // 64 % 30) // 20)::BIGINT END AS actual, a::TINYINT AS actual_reason,
    CASE WHEN h % 29 = 0 THEN NULL ELSE ['increase', 'increase', 'decrease', 'maintain'][1 + h % 4] END AS direction,
    CASE WHEN h % 29 = 0 THEN 3 ELSE 0 END::TINYINT AS direction_reason, h % 31 <> 0 AS units_agree
  FROM (SELECT *, CASE WHEN h % 3 = 0 THEN 3 ELSE 0 END AS b, CASE WHEN h % 11 = 0 THEN 5 ELSE 0 END AS t,
      CASE WHEN h // 16 % 13 = 0 THEN 1 + h // 256 % 3 ELSE 0 END AS a
    FROM (SELECT *, mixed(sheet_id * 4 + j) AS h FROM sheets, range(4) r(j)));
CREATE TABLE budget_years AS SELECT sheet_id * 3 + j AS budget_year_id, sheet_id,
    (evaluated_year + j - 1)::INTEGER AS number, evaluated_year,
    (evaluated_year + j - 1)::BIGINT AS fiscal_year, initial, 0::TINYINT AS initial_reason,
    (h % 17 * 1000)::BIGINT AS supplementary, 0::TINYINT AS supplementary_reason,
    0::BIGINT AS carried_over, CASE WHEN h % 23 = 0 THEN 3 ELSE 0 END::TINYINT AS carried_over_reason,
    CASE WHEN h % 19 = 0 THEN NULL ELSE initial + (h % 17 * 1000)::BIGINT + CASE WHEN h % 37 = 0 THEN 1 ELSE 0 END END AS total,
    CASE WHEN h % 19 = 0 THEN 3 ELSE 0 END::TINYINT AS total_reason,
    CASE WHEN j = 2 OR h % 3 = 0 THEN NULL ELSE (initial * (h // 512 % 105)::BIGINT // 100) END AS executed,
    CASE WHEN j = 2 OR h % 3 = 0 THEN 1 ELSE 0 END::TINYINT AS executed_reason
  FROM (SELECT *, (1000000 + h % 100000 * 12345)::BIGINT AS initial
    FROM (SELECT *, mixed(sheet_id * 3 + j + 7) AS h FROM sheets, range(3) r(j)));
UPDATE budget_years SET carried_over = NULL WHERE carried_over_reason > 0;
"""

SAME = {
    "measures": "attainment, attainment_reason, reached, reached_reason, result, result_reason, result_row",
    "sheets": "rating, rating_reason, rating_row, execution, execution_reason, budget_change, budget_change_reason, "
    "budget, budget_reason, budget_row",
    "budget_years": "execution_rate, execution_rate_reason",
}
"""The columns that both sides must have alike before anything is timed."""
AUDITS = {
    "measures": ("check_attainment", "check_target", "check_claim", "check_units"),
    "budget_years": ("check_budget_year", "check_settlement"),
    "sheets": ("check_budget_change", "check_recorded"),
}
"""The audit tables, whose rows must be alike too."""


def run() -> Report:
    report = Report("(e) many sheets at once on DuckDB", goal=Goal("compiled / by hand, largest", 1.3))
    started = time.process_time()
    program = compiled(load_rulebook("mic-2013"), LAYOUT)
    statements = [(each.name, DUCKDB.sql(each.expression)) for each in program.statements]
    report.add("compiling, once for a rulebook", (time.process_time() - started) * 1000, "ms")
    for size in SIZES:
        _one(report, program, statements, size, last=size == SIZES[-1])
    report.notes.append(
        "both sides make the same tables of the same relations; the columns they share were equal, row by row"
    )
    return report


def _one(report: Report, program: Program, statements: list[tuple[str, str]], size: int, last: bool) -> None:
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET memory_limit = '8GB'")
    for each in MAKE.format(n=size).split(";"):
        if each.strip():
            connection.execute(each)
    by_hand = [each.strip() for each in BY_HAND.read_text(encoding="utf-8").split(";") if each.strip()]

    def ours() -> float:
        started = time.process_time()
        for name, query in statements:
            connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {query}')
        return time.process_time() - started

    def theirs() -> float:
        started = time.process_time()
        for each in by_hand:
            connection.execute(each)
        return time.process_time() - started

    ours(), theirs()
    _equal(connection, program)
    rounds = []
    for number in range(ROUNDS):
        pair = (ours(), theirs()) if number % 2 else tuple(reversed((theirs(), ours())))
        rounds.append(pair)
    report.add(f"compiled, {size:,} sheets", median(mine for mine, _ in rounds), "s")
    report.add(f"by hand, {size:,} sheets", median(other for _, other in rounds), "s")
    name = "compiled / by hand, largest" if last else f"compiled / by hand, {size:,} sheets"
    report.add(name, median(mine / other for mine, other in rounds))
    report.add(f"sheets a second of processor time, {size:,}", int(size / median(mine for mine, _ in rounds)))
    connection.close()


def _equal(connection: duckdb.DuckDBPyConnection, program: Program) -> None:
    """Fails where the two sides differ."""
    scopes: dict[str, Scope] = {"measures": "measure", "sheets": "sheet", "budget_years": "budget_year"}
    for table, columns in SAME.items():
        stored = program.tables[scopes[table]]
        key = f"{scopes[table]}_id"
        here = connection.execute(
            f'SELECT count(*) FROM (SELECT {key}, {columns} FROM "{stored.name}" EXCEPT SELECT {key}, {columns} FROM hand_{table})'
        ).fetchone()
        mine = connection.execute(f'SELECT count(*) FROM "{stored.name}"').fetchone()
        count = connection.execute(f"SELECT count(*) FROM hand_{table}").fetchone()
        total = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert here == (0,), f"{here} rows of {table} differ"
        assert mine == count == total
    for table, decisions in AUDITS.items():
        stored, key = program.tables[scopes[table]], f"{scopes[table]}_id"
        for decision in decisions:
            found = connection.execute(
                f'SELECT count(*) FROM "{stored.name}" s JOIN hand_{table} h USING ({key}) '
                f"WHERE s.{decision}_rows IS DISTINCT FROM h.{decision}_rows"
            ).fetchone()
            assert found == (0,), f"{decision} differs"


if __name__ == "__main__":
    from run import show

    show(run())
