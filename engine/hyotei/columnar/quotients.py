"""Numbers that stem from an exact division, in columns: engines for tables have no fractions.

Beside the quotient, cut to a scale, stands its `spread`: 0 where nothing was cut off, else the number lies strictly between
`known` and `known + spread`. Whatever is made of such numbers has a spread again. Where it leaves open how a comparison or a
rounding comes out, or what is shown, the sheet is rated apart.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import ibis

from hyotei.base import exact
from hyotei.base.quotient import ratio
from hyotei.columnar.column_value import Column, ColumnValue, constant
from hyotei.columnar.engine_functions import NARROW_TYPE, WIDE_TYPE, literal, null, whole
from hyotei.columnar.number_scale import DIVIDEND, FINE, WIDE, NumberScale
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Formula, Rulebook, Table
from hyotei.rulebook.term_parts import mentioned, parts
from hyotei.rulebook.values import Scalar

if TYPE_CHECKING:
    from hyotei.columnar.arithmetic import Arithmetic


# -- scales


def scale_of(rulebook: Rulebook) -> int:
    """The decimals of a quotient: those it is shown with, or more where rules calculate with quotients."""
    carries: set[str] = set()
    for decision in rulebook.decisions:
        body = decision.body
        outputs = [body.term] if isinstance(body, Formula) else [each for row in body.rows for each in row.outputs]
        if any(_carries(term, carries) for term in outputs):
            carries.add(decision.name)
            if isinstance(body, Table) and body.policy == "C+":
                return FINE
    for decision in rulebook.decisions:
        for part in (part for term in mentioned(decision) for part in parts(term)):
            match part:
                case t.Calculation("+" | "-", left, right) if _short(left, rulebook) or _short(right, rulebook):
                    continue
                case t.Calculation(_, left, right):
                    operands: tuple[object, ...] = (left, right)
                case t.Aggregate("sum" | "mean", items):
                    operands = (items,)
                case t.Rounded(_, operand, digits) if digits > exact.DIGITS:
                    operands = (operand,)
                case _:
                    continue
            if any(_carries(operand, carries) for operand in operands):
                return FINE
    return exact.DIGITS


def _carries(term: object, decisions: set[str]) -> bool:
    """Whether a number in a term can be a quotient; `decisions` are those that can."""
    for part in parts(term):
        match part:
            case t.Calculation("/", _, _) | t.Aggregate("mean", _):
                return True
            case t.Decided(_, name, _) if name in decisions:
                return True
    return False


def _short(term: t.Term, rulebook: Rulebook) -> bool:
    """Whether a term is the same for all sheets and has no more decimals than are shown."""
    match term:
        case t.Constant(value):
            return not falls_between(value, exact.DIGITS)
        case t.Parameter(name):
            return not any(falls_between(dated.value, exact.DIGITS) for dated in rulebook.parameters[name].dated)
        case _:
            return False


def cut(number: Decimal, scale: int) -> int:
    """The number times `10**scale`, cut to a whole one below."""
    above, below = ratio(number)
    factor: int = 10**scale
    return above * factor // below


def falls_between(value: Scalar, scale: int) -> bool:
    """Whether a number has more decimals than that."""
    if not isinstance(value, Decimal):
        return False
    above, below = ratio(value)
    factor: int = 10**scale
    return above * factor % below != 0


# -- what is shown


def joins_mixed(values: Sequence[ColumnValue]) -> bool:
    """Whether what is one of several numbers is a quotient at some rows only, and elsewhere has decimals that are shown."""
    numbers = [value for value in values if value.kind == "number"]
    plain = [value for value in numbers if not value.quotient and value.shape.scale > exact.DIGITS]
    return any(value.mixed for value in numbers) or (bool(plain) and len(plain) < len(numbers))


def still_mixed(values: Sequence[ColumnValue]) -> bool:
    """Whether what is calculated from several numbers is a quotient at some rows only."""
    return any(value.mixed for value in values) and not any(value.quotient and not value.mixed for value in values)


def showable(arithmetic: "Arithmetic", value: ColumnValue) -> ColumnValue:
    """The value, where its columns tell the decimals that are shown; the sheets in which they do not are rated apart."""
    if value.spread is None or (value.unit and value.shape.scale <= exact.DIGITS):
        return value
    value = arithmetic.work.kept(value)
    wide, by = value.shape.wide, value.shape.scale - exact.DIGITS
    last = value.known + value.spread - ibis.ifelse(value.spread > 0, whole(1, wide), whole(0, wide))
    if by <= 0:
        arithmetic.work.outgrows(last != value.known, value.level)
        return value
    ends = [
        arithmetic.work.kept(
            arithmetic.cut_to(replace(value, known=known, spread=None, small=False), exact.DIGITS, "floor")
        )
        for known in (value.known, last)
    ]
    level = max(end.level for end in ends)
    arithmetic.work.outgrows(ends[0].known != ends[1].known, level)
    if value.mixed:
        step = whole(10**by, wide)
        arithmetic.work.outgrows((value.spread == 0) & (value.known % step != whole(0, wide)), value.level)
    return value


# -- operations


def exactly(arithmetic: "Arithmetic", value: ColumnValue) -> ColumnValue:
    """The value as an exact one; the sheets in which it is not are rated apart."""
    value = arithmetic.work.kept(value)
    arithmetic.work.outgrows(value.spread > 0, value.level)
    return replace(value, spread=None, unit=False, mixed=False)


def absolute(arithmetic: "Arithmetic", value: ColumnValue) -> ColumnValue:
    """Without the sign, where it is sure."""
    value = arithmetic.work.kept(value)
    zero = whole(0, value.shape.wide)
    if not value.unit:
        arithmetic.work.outgrows((value.known < zero) & (value.known + value.spread > zero), value.level)
    known = ibis.cases((value.known < zero, -value.known - value.spread), else_=value.known)
    return replace(value, known=known, small=False)


def times(arithmetic: "Arithmetic", left: ColumnValue, right: ColumnValue) -> ColumnValue:
    """A product: it lies between those of the ends."""
    room = WIDE - 2
    if left.shape.digits + right.shape.digits > room:
        fixed = [value.shape.digits for value in (left, right) if value.constant is not None]
        most = room - (fixed[0] if fixed else min(left.shape.digits, right.shape.digits, room // 2))
        left, right = (
            arithmetic.bounded(value, most) if value.constant is None and value.shape.digits > most else value
            for value in (left, right)
        )
    scale = left.shape.scale + right.shape.scale
    shape = NumberScale(scale, min(WIDE, left.shape.digits + right.shape.digits + 2))
    left, right = arithmetic.work.kept(left), arithmetic.work.kept(right)
    sides = [replace(side.shape, digits=shape.digits) for side in (left, right)]
    a, b = (arithmetic.integer(side, of) for side, of in zip((left, right), sides, strict=True))
    p, q = (arithmetic.spread(side, of) for side, of in zip((left, right), sides, strict=True))
    level = max(left.level, right.level)
    if left.quotient and right.quotient:
        arithmetic.work.outgrows((p > 0) & (q > 0) & ((a < 0) | (b < 0)), level)
    found = arithmetic.numbers([left, right], a * b, shape)
    found = arithmetic.work.kept(replace(found, spread=(a + p) * (b + q)), "product")
    # The greater end may be either of the two.
    known = ibis.least(found.known, found.spread)
    spread = (found.spread - found.known).abs()
    mixed = still_mixed([left, right])
    return arithmetic.work.kept(
        replace(found, known=known, spread=spread, unit=False, mixed=mixed, small=False), "product"
    )


def power(arithmetic: "Arithmetic", base: ColumnValue, exponent: int) -> ColumnValue:
    """A power of what is exact, and what is to the power of 0 or 1."""
    if exponent == 1:
        return base
    known = base if exponent == 0 else exactly(arithmetic, base)
    found = arithmetic.power(replace(known, spread=None, unit=False, mixed=False), exponent)
    if found.known is None:
        return found
    return replace(found, spread=whole(0, found.shape.wide), unit=True, mixed=base.mixed, small=False)


def over(arithmetic: "Arithmetic", left: ColumnValue, right: ColumnValue) -> ColumnValue:
    """An exact quotient."""
    if right.constant is not None and falls_between(right.constant, FINE):
        above, below = map(Decimal, ratio(_number(right)))
        return over(arithmetic, arithmetic.times(left, constant(below)), constant(above))
    if left.constant is not None and falls_between(left.constant, FINE):
        above, below = map(Decimal, ratio(_number(left)))
        return over(arithmetic, constant(above), arithmetic.times(right, constant(below)))
    if right.spread is not None:
        right = exactly(arithmetic, right)
    scale, work = arithmetic.scale, arithmetic.work
    if left.spread is None:
        return arithmetic.divided(left, right, scale, "floor", with_spread=True)
    left, right = work.kept(left), work.kept(right)
    shape = replace(left.shape, digits=min(WIDE, left.shape.digits + 1))
    low = arithmetic.typed(left, shape)
    high = low + arithmetic.spread(left, shape)
    if right.constant is None:
        backward = right.known < whole(0, right.shape.wide)
        low, high = ibis.ifelse(backward, high, low), ibis.ifelse(backward, low, high)
    elif _number(right) < 0:
        low, high = high, low
    plain = replace(left, spread=None, unit=False, mixed=False, shape=shape, small=False)
    plain = replace(plain, level=max(left.level, right.level))
    least = arithmetic.divided(replace(plain, known=low), right, scale, "floor")
    most = arithmetic.divided(replace(plain, known=high), right, scale, "ceiling")
    level = max(least.level, most.level)
    return work.kept(replace(least, spread=most.known - least.known, level=level, small=False), "quotient")


def _number(value: ColumnValue) -> Decimal:
    assert isinstance(value.constant, Decimal), "only numbers are calculated with"
    return value.constant


def rounded(arithmetic: "Arithmetic", value: ColumnValue, digits: int, mode: exact.Rounding) -> ColumnValue:
    """A rounding function: the number is rounded where both its ends are rounded to the same."""
    if digits >= value.shape.scale:
        return exactly(arithmetic, value)
    if value.shape.digits > DIVIDEND - 2:
        value = arithmetic.bounded(value, DIVIDEND - 2)
    value = arithmetic.work.kept(value)
    # Twice the number has no rounding that begins between two whole numbers, so one beside an end stands for all there.
    shape = replace(value.shape, digits=value.shape.digits + 2)
    known, spread = arithmetic.typed(value, shape), arithmetic.spread(value, shape)
    two, beside = whole(2, shape.wide), ibis.ifelse(spread > 0, whole(1, shape.wide), whole(0, shape.wide))
    plain = replace(value, spread=None, unit=False, mixed=False, shape=shape, small=False)
    low = arithmetic.cut_to(replace(plain, known=known * two + beside), digits, mode, times=2)
    if not value.unit:
        high = arithmetic.cut_to(replace(plain, known=(known + spread) * two - beside), digits, mode, times=2)
        arithmetic.work.outgrows(low.known != high.known, max(low.level, high.level))
    return low


def extreme(arithmetic: "Arithmetic", values: list[ColumnValue], shape: NumberScale, greatest: bool) -> ColumnValue:
    """The greatest or least of several in one shape."""
    shape = replace(shape, digits=min(WIDE, shape.digits + 2))
    ends = []
    for value in values:
        known, spread = arithmetic.integer(value, shape), arithmetic.spread(value, shape)
        ends.append((-known - spread if greatest else known, spread))
    found = arithmetic.numbers(values, None, shape)
    one = whole(1, shape.wide)
    low = ibis.least(*(known for known, _ in ends))
    lowest_high = ibis.least(*(known + spread for known, spread in ends))
    beyond = ibis.least(*(known + ibis.greatest(spread, one) for known, spread in ends))
    known, spread = least_of(low, lowest_high, beyond, shape.wide)
    unit = all(value.unit_at(shape.scale) for value in values)
    found = replace(found, known=known, spread=spread, unit=unit, mixed=joins_mixed(values))
    found = arithmetic.work.kept(found, "extreme")
    found = arithmetic.negated(found) if greatest else found
    if found.reason is None:
        return found
    return arithmetic.work.kept(
        replace(found, known=ibis.cases((found.reason == 0, found.known), else_=None), small=False)
    )


def least_of(low: Column, lowest_high: Column, beyond: Column, wide: bool) -> tuple[Column, Column]:
    """The least of several numbers and its spread.

    Args:
        low: the least `known` of them.
        lowest_high: the least `known + spread`. Where it is `low`, one of the numbers is just that.
        beyond: the least number that one of them surely is below.
        wide: the type of the columns.
    """
    return low, ibis.ifelse(lowest_high == low, whole(0, wide), beyond - low)


# -- comparisons


def against(arithmetic: "Arithmetic", comparator: str, value: ColumnValue, number: Decimal) -> ColumnValue:
    """A number held against a constant; where its spread leaves that open, the sheet is rated apart."""
    value = arithmetic.work.kept(value)
    wide = value.shape.wide
    end = 10**value.shape.digits
    place = max(-end, min(end, cut(number, value.shape.scale)))
    between = falls_between(number, value.shape.scale)
    limit, zero = literal(place, WIDE_TYPE if wide else NARROW_TYPE), whole(0, wide)
    known, spread = value.known, value.spread
    if between or not value.unit:
        below = known <= limit if between else known < limit
        arithmetic.work.outgrows((spread > zero) & below & (known + spread > limit), value.level)
    # Where it is decided, a number with a spread is at least its own `known`, and above it.
    above = known > limit if between else (known > limit) | ((known == limit) & (spread > zero))
    least = above if between else known >= limit
    same = literal(False) if between else (known == limit) & (spread == zero)
    # The spread may be told where the number is unknown.
    equal = ibis.cases((known.isnull(), null("boolean")), else_=same)
    found: Column = {"<": ~least, "<=": ~above, ">": above, ">=": least, "=": equal, "!=": ~equal}[comparator]
    return ColumnValue("truth", found, value.reason, value.level)
