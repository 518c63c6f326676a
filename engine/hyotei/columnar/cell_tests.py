"""Cells of a table and the tests of `in`: whether a value is what is asked for."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import ibis

from hyotei.columnar.arithmetic import Arithmetic
from hyotei.columnar.column_value import CODE, FALSE, TRUE, Column, ColumnValue, constant
from hyotei.columnar.engine_functions import NARROW_TYPE, literal, null, whole
from hyotei.columnar.logic import all_of, any_of, negated, truth_column
from hyotei.columnar.number_scale import shape_of
from hyotei.rulebook import terms as t
from hyotei.rulebook.reference import has_text, rank, reasons_of
from hyotei.rulebook.values import REASONS, Reason, Unknown

Evaluated = Callable[[t.Term], ColumnValue]


def checked(
    check: t.Check, value: ColumnValue, stated: frozenset[str], arithmetic: Arithmetic, evaluated: Evaluated
) -> ColumnValue:
    """Whether a cell holds for a value, which is named several times and should be small.

    An unknown of a stated reason is a value like others and fails every other test; of any other it leaves the cell open.
    """
    if check.anything:
        return TRUE
    tests = [test for test in check.tests if not isinstance(test, t.IsUnknown)]
    named = frozenset(REASONS) & frozenset().union(*(reasons_of(t.Check((test,))) for test in check.tests))
    if isinstance(value.constant, Unknown):
        return _of_unknown(check, value.constant, named, stated, bool(tests))
    held = (
        FALSE
        if value.kind == "unknown"
        else any_of([_tested(test, value.surely(), arithmetic, evaluated) for test in tests])
    )
    if check.negated:
        held = negated(held)
    return held if value.certain else _where_unknown(check, value, held, named, stated, bool(tests))


def _of_unknown(
    check: t.Check, value: Unknown, named: frozenset[str], stated: frozenset[str], tests: bool
) -> ColumnValue:
    if value.reason in stated:
        return TRUE if not check.negated and value.reason in named else FALSE
    if tests:
        return constant(value)
    return TRUE if check.negated else FALSE


def _where_unknown(
    check: t.Check, value: ColumnValue, held: ColumnValue, named: frozenset[str], stated: frozenset[str], tests: bool
) -> ColumnValue:
    """What holds for known values, together with what holds for unknown ones."""
    reason, known, level = value.reason, truth_column(held), max(value.level, held.level)
    open_reason = reason if tests else 0
    if not stated:
        if not tests:
            return held
        if held.certain:
            # The truth is null just where the value is.
            unknown_truth = known if held.known is not None else ibis.cases((reason > 0, null("boolean")), else_=known)
            return ColumnValue("truth", unknown_truth, reason, level)
        known = ibis.cases((reason > 0, null("boolean")), else_=known)
        return ColumnValue("truth", known, ibis.cases((reason > 0, reason), else_=held.reason), level)
    if held.certain and stated == set(REASONS):
        return ColumnValue("truth", _all_stated(check, reason, held, named), None, level)
    in_stated = reason > 0 if stated == set(REASONS) else reason.isin(_codes(stated))
    hits: Column = False
    if not check.negated and named & stated:
        hits = True if stated <= named else reason.isin(_codes(named & stated))
    if stated != set(REASONS):
        otherwise = null("boolean") if tests else literal(check.negated)
        known = ibis.cases((in_stated, hits), (reason > 0, otherwise), else_=known)
    else:
        known = ibis.cases((in_stated, hits), else_=known)
    if held.certain and (stated == set(REASONS) or not tests):
        return ColumnValue("truth", known, None, level)
    rest = 0 if held.certain else held.reason
    return ColumnValue("truth", known, ibis.cases((in_stated, 0), (reason > 0, open_reason), else_=rest), level)


def _all_stated(check: t.Check, reason: Column, held: ColumnValue, named: frozenset[str]) -> Column:
    """The same where the column says of every reason what happens: never null, and in few words."""
    if held.constant is True:
        return reason == 0
    hits = None
    if not check.negated and named:
        hits = reason > 0 if named == set(REASONS) else reason.isin(_codes(named))
    if held.constant is False:
        return literal(False) if hits is None else hits
    if hits is None:
        return held.known.fill_null(False)
    return hits | held.known.fill_null(False)


def _codes(reasons: frozenset[str]) -> list[int]:
    return [CODE[reason] for reason in REASONS if reason in reasons]


def _tested(test: t.Test, value: ColumnValue, arithmetic: Arithmetic, evaluated: Evaluated) -> ColumnValue:
    """One test of a known value. Its reason is that of the ends it is held against."""
    match test:
        case t.OneOf(values):
            return _one_of(value, values)
        case t.HasText():
            return _has_text(value, test)
        case t.Same(term):
            return arithmetic.compared("=", value, evaluated(term))
        case t.Range(low, low_closed, high, high_closed):
            value = ranked(value, test.scale) if test.scale else value
            if low is not None and low == high and low_closed and high_closed:
                return arithmetic.compared("=", value, evaluated(low))
            above = TRUE if low is None else arithmetic.compared(">=" if low_closed else ">", value, evaluated(low))
            below = TRUE if high is None else arithmetic.compared("<=" if high_closed else "<", value, evaluated(high))
            return all_of([above, below])
        case _:
            raise AssertionError("tests of unknown are taken before")


def _one_of(value: ColumnValue, values: tuple[object, ...]) -> ColumnValue:
    if value.constant is not None:
        return TRUE if value.constant in values else FALSE
    if not values:
        return FALSE
    if value.kind == "truth":
        truths = {each for each in values if isinstance(each, bool)}
        if len(truths) == 2:
            return replace(value, known=value.known | ~value.known, small=False)
        return value if truths == {True} else negated(value) if truths == {False} else FALSE
    known = value.known == values[0] if len(values) == 1 else value.known.isin(list(values))
    return ColumnValue("truth", known, None, value.level)


def _has_text(value: ColumnValue, test: t.HasText) -> ColumnValue:
    if value.constant is not None:
        return TRUE if has_text(test, value.constant) else FALSE
    known = value.known.startswith(test.part) if test.at_start else value.known.contains(test.part)
    return ColumnValue("truth", known, None, value.level)


def ranked(value: ColumnValue, values: tuple[str, ...]) -> ColumnValue:
    """The rank of a value of an ordered scale, whose values come from the best: 1 for the last."""
    if value.kind == "unknown":
        return value
    if value.constant is not None:
        return constant(rank(value.constant, values))
    ranks = [(value.known == each, whole(at, False)) for at, each in enumerate(reversed(values), 1)]
    known = ibis.cases(*ranks, else_=null(NARROW_TYPE))
    return ColumnValue("number", known, value.reason, value.level, shape_of(Decimal(len(values))))


def knownness(value: ColumnValue, reason: Reason | None) -> ColumnValue:
    """`value = unknown`, `value = unknown(reason)`: always true or false."""
    if isinstance(value.reason, int):
        # Unknown for one reason at every row: a plain number is no column, and compares to a plain truth.
        return TRUE if reason is None or value.reason == CODE[reason] else FALSE
    if value.certain:
        return FALSE
    known = value.reason > 0 if reason is None else value.reason == CODE[reason]
    return ColumnValue("truth", known, None, value.level)
