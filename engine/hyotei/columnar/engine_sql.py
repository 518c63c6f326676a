"""SQL of an expression for one engine, with whole numbers divided as whole numbers.

Ibis writes `a // b` as the floor of a quotient of doubles, which is wrong from 2**53 on. So divisions are calls of a function
of ours, and this is where they become what each engine has for them.
"""

from collections.abc import Callable
from typing import Any, Final

import ibis
import sqlglot.expressions as sge

from hyotei.columnar.engine_functions import QUOTIENT, QUOTIENT_WIDE, WHOLE, WHOLE_WIDE

Maker = Callable[[sge.Expression, sge.Expression], sge.Expression]


def _cast(expression: sge.Expression, to: str, dialect: str) -> sge.Expression:
    return sge.Cast(this=expression, to=sge.DataType.build(to, dialect=dialect))


def _paren(expression: sge.Expression) -> sge.Expression:
    return sge.Paren(this=expression)


def _int_div(left: sge.Expression, right: sge.Expression) -> sge.Expression:
    return _paren(sge.IntDiv(this=_paren(left), expression=_paren(right)))


def _exact_rest(wide: str, dialect: str) -> Maker:
    """`(a - a % b) / b`: the rest taken away first, so that the division leaves none and its rounding has nothing to do."""

    def divided(left: sge.Expression, right: sge.Expression) -> sge.Expression:
        rest = sge.Mod(this=_paren(left), expression=_paren(right.copy()))
        whole = _paren(sge.Sub(this=_paren(left.copy()), expression=rest))
        return _cast(sge.Div(this=whole, expression=_paren(right), typed=False, safe=False), wide, dialect)

    return divided


def _call(name: str) -> Maker:
    return lambda left, right: sge.Anonymous(this=name, expressions=[left, right])


class Dialect:
    """How one engine spells whole numbers and their division."""

    def __init__(self, name: str, ibis_name: str, narrow: str, wide: str, div: Maker, div_wide: Maker) -> None:
        self.name, self.ibis_name, self.narrow, self.wide = name, ibis_name, narrow, wide
        self.makers: dict[str, Maker] = {QUOTIENT: div, QUOTIENT_WIDE: div_wide}

    def sqlglot(self, expression: Any) -> sge.Expression:
        """The query of an Ibis expression."""
        before = ibis.options.sql.fuse_selects
        ibis.options.sql.fuse_selects = False
        try:
            # Ibis puts one node into several places; a copy has each in its own.
            query: sge.Expression = _compiler(self.ibis_name).to_sqlglot(expression).copy()
        finally:
            ibis.options.sql.fuse_selects = before
        # The innermost first, so that what stands within a call is spelled already when the call is.
        nodes: list[Any] = list(query.walk())
        for node in reversed(nodes):
            spelled = self._spelled(node)
            if spelled is not node:
                node.replace(spelled)
        return query

    def sql(self, expression: Any, pretty: bool = False) -> str:
        """The text of the query."""
        text: str = self.sqlglot(expression).sql(dialect=_compiler(self.ibis_name).dialect, pretty=pretty)
        return text

    def _spelled(self, node: sge.Expression) -> sge.Expression:
        if isinstance(node, sge.Anonymous):
            name = str(node.this).lower()
            if name in self.makers:
                left, right = node.expressions
                return self.makers[name](left, right)
            if name in (WHOLE, WHOLE_WIDE):
                inner = node.expressions[0]
                inner = inner.this if isinstance(inner, sge.Cast) and isinstance(inner.this, sge.Literal) else inner
                return _cast(inner, self.wide if name == WHOLE_WIDE else self.narrow, self.name)
        if isinstance(node, sge.Cast) and _is_wide(node.to):
            return _cast(node.this, self.wide, self.name)
        if isinstance(node, sge.First) and isinstance(node.this, sge.Order) and self.name == "duckdb":
            return _arg(node.this)
        return node


def _is_wide(of: sge.DataType) -> bool:
    sizes = [str(size.this) for size in of.expressions]
    return of.this == sge.DataType.Type.DECIMAL and sizes in (["38", "0"], ["38"])


def _arg(order: sge.Order) -> sge.Expression:
    """DuckDB's own function for the value at the least or greatest key: it sorts nothing."""
    by = order.expressions[0]
    name = "ARG_MAX_NULL" if by.args.get("desc") else "ARG_MIN_NULL"
    return sge.Anonymous(this=name, expressions=[order.this, by.this])


def _compiler(name: str) -> Any:
    from importlib import import_module

    return import_module(f"ibis.backends.sql.compilers.{name}").compiler


DUCKDB: Final = Dialect("duckdb", "duckdb", "BIGINT", "HUGEINT", _int_div, _int_div)
SPARK: Final = Dialect("spark", "pyspark", "BIGINT", "DECIMAL(38, 0)", _int_div, _exact_rest("DECIMAL(38, 0)", "spark"))
POSTGRES: Final = Dialect("postgres", "postgres", "BIGINT", "DECIMAL(38, 0)", _call("DIV"), _call("DIV"))
BIGQUERY: Final = Dialect("bigquery", "bigquery", "INT64", "BIGNUMERIC", _call("DIV"), _call("DIV"))
DIALECTS: Final = {dialect.name: dialect for dialect in (DUCKDB, SPARK, POSTGRES, BIGQUERY)}
"""The dialects in which a rulebook can be printed."""
