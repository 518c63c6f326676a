"""A rulebook as a script of SQL, for those who run it on an engine of their own."""

from typing import Any, Final

import ibis
from ibis import _

from hyotei.columnar.column_value import ColumnValue
from hyotei.columnar.decided_columns import OUTCOMES
from hyotei.columnar.decision_reads import figures_read
from hyotei.columnar.engine_functions import literal
from hyotei.columnar.engine_sql import DIALECTS, Dialect
from hyotei.columnar.layout import NUMBER, RELATIONS, YEAR, Layout, column_of, figures_of, identity, kind_of
from hyotei.columnar.number_scale import NARROW, NumberScale
from hyotei.columnar.program import ORDER, Program, compiled
from hyotei.columnar.step_reading import reason_words
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.model import RESULTS, Rulebook
from hyotei.rulebook.types import NumberType, Scope
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import FigureName, ancestry

DECIMALS: Final = 4
"""Decimals of figures of indicators, unless another number is asked for; money is in whole yen."""
MONEY: Final = NumberScale(0, 15)

_MAKES: Final = {
    "duckdb": "CREATE TEMP TABLE {name} AS\n{query};",
    "postgres": "CREATE TEMP TABLE {name} AS\n{query};",
    "bigquery": "CREATE TEMP TABLE {name} AS\n{query};",
    "spark": "CACHE TABLE {name} AS\n{query};",
}


def script_layout(rulebook: Rulebook, decimals: int = DECIMALS) -> Layout:
    """The layout that a script expects: 64-bit whole numbers, of indicators with some decimals, of money in yen."""
    shapes: dict[tuple[Scope, str], NumberScale] = {}
    for each in rulebook.figures:
        if kind_of(each) == "number":
            money = isinstance(each.type, NumberType) and each.type.dimension == "money"
            shapes[each.scope, each.name] = MONEY if money else NumberScale(decimals, NARROW)
    return Layout(shapes)


def script(rulebook: Rulebook, dialect: str, layout: Layout) -> str:
    """The script: statements that make tables one out of the other, the last of them `verdicts`."""
    program = compiled(rulebook, layout)
    spelled = DIALECTS[dialect]
    parts = [_head(rulebook, program, dialect)]
    parts += [_made(each.name, spelled.sql(each.expression, pretty=True), dialect) for each in program.statements]
    parts.append(_made("verdicts", verdicts_sql(program, spelled, pretty=True), dialect))
    return "\n\n".join(parts) + "\n"


def _made(name: str, query: str, dialect: str) -> str:
    return _MAKES[dialect].format(name=name, query=query)


def verdicts_sql(program: Program, dialect: Dialect, pretty: bool = False) -> str:
    """The query of the last table: one row a sheet."""
    stored = program.tables["sheet"]
    columns: dict[str, Any] = {"sheet_id": _["sheet_id"]}
    settled: Any = literal(True)
    decided = [name for name in RESULTS if name in program.rulebook.by_name]
    for name in decided:
        value = program.decided[name].outputs[0]
        columns[name] = _known(value)
        columns[f"{name}_reason"] = _reason(value)
        settled = settled & columns[name].notnull()
    columns["status"] = ibis.ifelse(settled, "determined", "undetermined") if decided else literal("not_rated")
    return dialect.sql(ibis.table(stored.schema, name=stored.name).select(**columns), pretty)


def _known(value: ColumnValue) -> Any:
    if value.constant is not None or value.known is None:
        return literal(value.constant if isinstance(value.constant, str) else None, "string")
    return _[value.known]


def _reason(value: ColumnValue) -> Any:
    if isinstance(value.constant, Unknown):
        return literal(value.constant.reason, "string")
    if value.reason is None:
        return literal(None, "string")
    return reason_words(_[value.reason])


def _head(rulebook: Rulebook, program: Program, dialect: str) -> str:
    """What the script is, and the tables it needs."""
    lines = [
        f"-- {rulebook.title}",
        f"-- {rulebook.id} {shown_hash(rulebook.hash, None)}",
        f"-- Written by hyotei for {dialect}. It reads the tables below and makes temporary tables, at last `verdicts`.",
        "-- A figure `x` is a whole number, its value times the power of ten told here, and null where it is unknown;",
        "-- `x_reason` is 0 where it is known, else 1 unsettled, 2 unmeasured, 3 missing, 4 undefined, 5 qualitative, 6 unread.",
        f"-- Outcomes of decisions: {', '.join(f'{code} {name}' for code, name in enumerate(OUTCOMES[:5]))}.",
    ]
    read = figures_read(rulebook)
    used: set[Scope] = {"sheet", *(each.scope for each in read), *program.scopes}
    for scope in [each for each in ORDER if each in used]:
        columns = [*(identity(each) for each in ancestry(scope)), NUMBER, YEAR]
        lines.append(f"--   {RELATIONS[scope]}: {', '.join(columns)}")
        lines += [
            f"--     {column_of(each.name)} {_described(program.layout, each)}  {each.ja}"
            for each in figures_of(scope, read)
        ]
    return "\n".join(lines)


def _described(layout: Layout, found: FigureName) -> str:
    if kind_of(found) != "number":
        return str(layout.type(found))
    shape = layout.shape(found)
    return f"{layout.type(found)}, times 10^{shape.scale}" if shape.scale else f"{layout.type(found)}"
