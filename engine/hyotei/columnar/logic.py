"""Logic of three values on columns. `known` is SQL's own: false wins over null in `and`, true in `or`."""

from collections.abc import Sequence
from dataclasses import replace

import ibis

from hyotei.columnar.column_value import FALSE, TRUE, Column, ColumnValue
from hyotei.columnar.engine_functions import literal, null
from hyotei.rulebook.values import Unknown, lasting


def greatest_reason(values: Sequence[ColumnValue]) -> Column | None:
    """The most lasting reason among values all of which are needed; None where all are certain."""
    reasons = list(dict.fromkeys(value.reason for value in values if isinstance(value.reason, int)))
    columns = {
        str(value.reason): value.reason
        for value in values
        if value.reason is not None and not isinstance(value.reason, int)
    }
    found: list[Column] = [max(reasons)] if reasons else []
    # In one order, so that equal reasons are written alike; each once.
    found += [columns[key] for key in sorted(columns)]
    if not found:
        return None
    if len(found) == 1:
        return found[0]
    return ibis.greatest(*(literal(each, "int8") if isinstance(each, int) else each for each in found))


def nothing_known(values: Sequence[ColumnValue]) -> ColumnValue:
    """What comes of values one of which is unknown everywhere."""
    constants = [value.constant for value in values if isinstance(value.constant, Unknown)]
    if len(constants) == len([value for value in values if not value.certain]):
        return ColumnValue("unknown", None, greatest_reason(values), constant=lasting(*constants), small=True)
    return ColumnValue("unknown", None, greatest_reason(values), max(value.level for value in values))


def truth_column(value: ColumnValue) -> Column:
    """The truth as a column, null where it is unknown."""
    if isinstance(value.constant, bool):
        return literal(value.constant)
    return null("boolean") if value.known is None else value.known


def all_of(values: Sequence[ColumnValue]) -> ColumnValue:
    """`and` over several: false wins over unknown, unknown wins over true."""
    return _folded(values, every=True)


def any_of(values: Sequence[ColumnValue]) -> ColumnValue:
    """`or` over several: true wins over unknown, unknown wins over false."""
    return _folded(values, every=False)


def _folded(values: Sequence[ColumnValue], every: bool) -> ColumnValue:
    left = [value for value in values if value.constant is not every]
    if any(value.constant is (not every) for value in left):
        return FALSE if every else TRUE
    if not left:
        return TRUE if every else FALSE
    if len(left) == 1:
        return left[0]
    known = truth_column(left[0])
    for value in left[1:]:
        known = known & truth_column(value) if every else known | truth_column(value)
    level = max(value.level for value in left)
    reason = greatest_reason(left)
    if reason is not None:
        reason = ibis.cases((known.isnull(), reason), else_=0)
    return ColumnValue("truth", known, reason, level)


def negated(value: ColumnValue) -> ColumnValue:
    """`not`: unknown stays unknown."""
    if isinstance(value.constant, bool):
        return FALSE if value.constant else TRUE
    return value if value.known is None else replace(value, known=~value.known, small=False)


def holds(value: ColumnValue) -> Column:
    """Whether a truth is surely true: never null."""
    if value.constant is not None or value.known is None:
        return literal(value.constant is True)
    return value.known if value.certain else value.known.fill_null(False)


def reason_column(value: ColumnValue) -> Column:
    """The reason as a column: 0 where the value is known."""
    return literal(0, "int8") if value.reason is None else value.reason
