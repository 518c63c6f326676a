"""Exact arithmetic on columns of whole numbers. Every result knows how many digits it can have; where it might have more than a
column holds, a guard finds the rows for which it does. What stems from an exact division is left to `quotients.py`.
"""

from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import Any, Final, Literal

import ibis
from ibis import _

from hyotei.base import exact
from hyotei.columnar import quotients
from hyotei.columnar.column_value import FALSE, TRUE, UNDEFINED, Column, ColumnValue, constant
from hyotei.columnar.engine_functions import NARROW_TYPE, WIDE_TYPE, literal, null, quotient, whole
from hyotei.columnar.logic import greatest_reason, nothing_known
from hyotei.columnar.number_scale import DIVIDEND, NARROW, WIDE, NumberScale, joined
from hyotei.columnar.table_builder import TableBuilder
from hyotei.rulebook.reference import compare
from hyotei.rulebook.values import Unknown

_SPLIT: Final = 3
"""A guard of a product is exact to within this many digits; what it sends away for nothing is only slower."""


class Arithmetic:
    """Operations on numbers, for one table under construction."""

    def __init__(self, work: TableBuilder, scale: int) -> None:
        self.work, self.scale = work, scale
        """`scale`: the decimals of an exact quotient in its column."""

    # -- shapes

    def integer(self, value: ColumnValue, shape: NumberScale) -> Column:
        """The value as a whole number of that shape, which must be at least as wide and as fine; a constant quotient is cut."""
        if value.known is None and not isinstance(value.constant, Decimal):
            return null(WIDE_TYPE if shape.wide else NARROW_TYPE)
        if isinstance(value.constant, Decimal):
            number = quotients.cut(value.constant, shape.scale)
            if abs(number) >= 10**shape.digits:
                self.work.outgrows(literal(True), 0)
                number = 0
            return whole(number, shape.wide)
        assert value.known is not None, "only constants have no column"
        known = self.typed(value, shape)
        by = shape.scale - value.shape.scale
        return known * whole(10**by, shape.wide) if by else known

    def spread(self, value: ColumnValue, shape: NumberScale) -> Column:
        """How far the number may lie above `integer`, in that shape."""
        if value.spread is None:
            inexact = value.constant is not None and quotients.falls_between(value.constant, shape.scale)
            return whole(int(inexact), shape.wide)
        by = shape.scale - value.shape.scale
        spread = value.spread if value.shape.wide == shape.wide else value.spread.cast(_type(shape))
        return spread * whole(10**by, shape.wide) if by else spread

    def typed(self, value: ColumnValue, shape: NumberScale) -> Column:
        """The column in the type of that shape."""
        if value.shape.wide == shape.wide:
            return value.known
        return value.known.cast(WIDE_TYPE if shape.wide else NARROW_TYPE)

    def fitting(self, value: ColumnValue, scale: int, most: int = WIDE) -> ColumnValue:
        """The value at that scale, guarded where it would have more than `most` digits."""
        if isinstance(value.constant, Decimal):
            return value
        by = scale - value.shape.scale
        if value.shape.digits + by <= most:
            return value
        return self.bounded(value, max(1, most - by))

    def bounded(self, value: ColumnValue, digits: int) -> ColumnValue:
        """The value where it has at most so many digits; the sheets in which it has more are rated apart."""
        value = self.work.kept(value)
        limit = whole(10**digits, value.shape.wide)
        fits = (value.known < limit) & (value.known > -limit)
        if value.spread is not None:
            fits = fits & (value.spread < limit)
        self.work.outgrows(~fits, value.level)
        known = ibis.cases((fits, value.known), else_=None)
        return self.work.kept(
            replace(value, known=known, shape=NumberScale(value.shape.scale, digits), small=False), "bounded"
        )

    def aligned(self, values: list[ColumnValue], spare: int = 0) -> tuple[list[ColumnValue], NumberScale]:
        """Values brought to one scale, with room for `spare` digits more."""
        scale = max(value.shape.scale for value in values)
        found = [self.fitting(value, scale, WIDE - spare) for value in values]
        shape = reduce(joined, (value.shape for value in found))
        return found, replace(shape, digits=min(shape.digits, WIDE - spare))

    # -- operations

    def negated(self, value: ColumnValue) -> ColumnValue:
        if isinstance(value.constant, Decimal):
            return constant(exact.subtract(Decimal(0), value.constant))
        if value.spread is not None:
            value = self.work.kept(value)
            shape = replace(value.shape, digits=min(WIDE, value.shape.digits + 1))
            spread = self.spread(value, shape)
            return replace(value, known=-self.typed(value, shape) - spread, spread=spread, shape=shape, small=False)
        return value if value.known is None else replace(value, known=-value.known, small=False)

    def absolute(self, value: ColumnValue) -> ColumnValue:
        if isinstance(value.constant, Decimal):
            return constant(exact.absolute(value.constant))
        if value.spread is not None:
            return quotients.absolute(self, value)
        return value if value.known is None else replace(value, known=value.known.abs(), small=False)

    def plus(self, left: ColumnValue, right: ColumnValue, minus: bool = False) -> ColumnValue:
        """`left + right`, or `left - right`."""
        if left.kind == "unknown" or right.kind == "unknown":
            return nothing_known([left, right])
        if isinstance(left.constant, Decimal) and isinstance(right.constant, Decimal):
            total = (exact.subtract if minus else exact.add)(left.constant, right.constant)
            return constant(total if exact.within_reach(total) else Unknown("undefined"))
        (left, right), shape = self.aligned([left, right], 1)
        shape = replace(shape, digits=shape.digits + 1)
        a, b = self.integer(left, shape), self.integer(right, shape)
        found = self.numbers([left, right], a - b if minus else a + b, shape)
        if not left.quotient and not right.quotient:
            return found
        up, down = self.spread(left, shape), self.spread(right, shape)
        known = found.known - down if minus and right.quotient else found.known
        one = (left.unit_at(shape.scale) and not right.quotient) or (right.unit_at(shape.scale) and not left.quotient)
        return replace(found, known=known, spread=up + down, unit=one, mixed=quotients.still_mixed([left, right]))

    def numbers(self, operands: list[ColumnValue], known: Column, shape: NumberScale) -> ColumnValue:
        """A number that is known where all its operands are."""
        level = max(value.level for value in operands)
        return ColumnValue("number", known, greatest_reason(operands), level, shape)

    def times(self, left: ColumnValue, right: ColumnValue) -> ColumnValue:
        if left.kind == "unknown" or right.kind == "unknown":
            return nothing_known([left, right])
        if isinstance(left.constant, Decimal) and isinstance(right.constant, Decimal):
            product = exact.multiply(left.constant, right.constant)
            return constant(product if exact.within_reach(product) else Unknown("undefined"))
        if left.quotient or right.quotient:
            return quotients.times(self, left, right)
        scale = left.shape.scale + right.shape.scale
        digits = left.shape.digits + right.shape.digits
        if digits <= WIDE:
            shape = NumberScale(scale, digits)
            known = self.integer(left, replace(left.shape, digits=digits)) * self.integer(
                right, replace(right.shape, digits=digits)
            )
            return self.numbers([left, right], known, shape)
        left, right = self.work.kept(left), self.work.kept(right)
        a = self.integer(left, replace(left.shape, digits=WIDE))
        b = self.integer(right, replace(right.shape, digits=WIDE))
        fits: Column = literal(False)
        for most in range(1, WIDE, _SPLIT):
            one, other = whole(10**most, True), whole(10 ** (WIDE - most), True)
            fits = fits | ((a < one) & (a > -one) & (b < other) & (b > -other))
        level = max(left.level, right.level)
        self.work.outgrows(~fits, level)
        return self.work.kept(
            self.numbers([left, right], ibis.cases((fits, a * b), else_=None), NumberScale(scale, WIDE))
        )

    def power(self, base: ColumnValue, exponent: int) -> ColumnValue:
        if base.kind == "unknown":
            return base
        if isinstance(base.constant, Decimal):
            found = exact.power(base.constant, exponent)
            return constant(found if exact.within_reach(found) else Unknown("undefined"))
        if base.quotient:
            return quotients.power(self, base, exponent)
        if exponent == 0:
            base = self.work.kept(base)
            return replace(
                base,
                known=ibis.cases((base.known.notnull(), whole(1, False)), else_=None),
                shape=NumberScale(0, 1),
                small=False,
            )
        if base.shape.digits * exponent > WIDE:
            if exponent > WIDE:
                # Only -1, 0 and 1 have such powers within reach.
                base = self.bounded(base, 1)
                small = (base.known <= whole(1, base.shape.wide)) & (base.known >= whole(-1, base.shape.wide))
                if base.shape.scale:
                    small = base.known == whole(0, base.shape.wide)
                self.work.outgrows(~small, base.level)
                even = exponent % 2 == 0
                known = ibis.cases((small, base.known.abs() if even else base.known), else_=None)
                return self.work.kept(replace(base, known=known, shape=NumberScale(0, 1), small=False))
            base = self.bounded(base, WIDE // exponent)
        base = self.work.kept(base)
        shape = NumberScale(base.shape.scale * exponent, base.shape.digits * exponent)
        known = self.integer(base, replace(base.shape, digits=shape.digits))
        return self.work.kept(
            replace(base, known=reduce(lambda a, b: a * b, [known] * exponent), shape=shape, small=False)
        )

    def over(self, left: ColumnValue, right: ColumnValue, digits: int, mode: exact.Division) -> ColumnValue:
        """`left / right`, exact or rounded to `digits` decimals; unknown(undefined) where `right` is zero."""
        if left.kind == "unknown" or right.kind == "unknown":
            return nothing_known([left, right])
        if isinstance(right.constant, Decimal) and not right.constant:
            left = self.work.kept(left)
            reason = UNDEFINED if left.certain else ibis.cases((left.reason > 0, left.reason), else_=UNDEFINED)
            return ColumnValue("unknown", None, reason, left.level)
        if isinstance(left.constant, Decimal) and isinstance(right.constant, Decimal):
            quotient = exact.divide(left.constant, right.constant, digits, mode)
            return constant(quotient if exact.within_reach(quotient) else Unknown("undefined"))
        if mode == "exact":
            return quotients.over(self, left, right)
        return self.divided(left, right, digits, mode)

    def divided(
        self, left: ColumnValue, right: ColumnValue, digits: int, mode: exact.Rounding, with_spread: bool = False
    ) -> ColumnValue:
        """The rounded quotient; `with_spread` with the mark of what the floor of the exact one leaves over."""
        left, right = self.work.kept(left), self.work.kept(right)
        by = right.shape.scale + digits - left.shape.scale
        left = self.fitting(left, left.shape.scale + max(by, 0), DIVIDEND)
        right = self.fitting(right, right.shape.scale + max(-by, 0), DIVIDEND)
        above = NumberScale(left.shape.scale + max(by, 0), left.shape.digits + max(by, 0))
        below = NumberScale(right.shape.scale + max(-by, 0), right.shape.digits + max(-by, 0))
        wide = max(above.digits, below.digits) > NARROW
        most = DIVIDEND if wide else NARROW
        dividend = self.integer(left, replace(above, digits=most))
        divisor = self.integer(right, replace(below, digits=most))
        found = self.rounded_quotient(
            ColumnValue("number", dividend, None, left.level, replace(above, digits=most)),
            ColumnValue("number", divisor, None, right.level, replace(below, digits=most)),
            mode,
            right.constant if isinstance(right.constant, Decimal) else None,
            with_spread,
        )
        found = replace(found, shape=NumberScale(digits, min(above.digits, DIVIDEND)))
        found = self.narrowed(found, wide)
        reason = greatest_reason([left, right])
        if not isinstance(right.constant, Decimal):
            # Where the divisor is known and zero, and nothing else is unknown.
            zero = self.typed(right, right.shape) == whole(0, right.shape.wide)
            if reason is not None and not isinstance(reason, int):
                reason = _[self.work.column(reason, max(left.level, right.level), "quotient_unknown")]
            cases = [] if reason is None else [(reason > 0, reason)]
            reason = ibis.cases(*cases, (zero, UNDEFINED), else_=0)
        level = max(found.level, left.level + 1, right.level + 1)
        return self.work.kept(replace(found, reason=reason, level=level, small=False), "quotient")

    def narrowed(self, value: ColumnValue, wide: bool) -> ColumnValue:
        """A wide column that has few digits, in the narrow type."""
        if wide and not value.shape.wide:
            spread = None if value.spread is None else value.spread.cast(NARROW_TYPE)
            return replace(value, known=value.known.cast(NARROW_TYPE), spread=spread, small=False)
        return value

    def rounded_quotient(
        self,
        above: ColumnValue,
        below: ColumnValue,
        mode: exact.Rounding,
        constant_below: Decimal | None,
        with_spread: bool = False,
    ) -> ColumnValue:
        """The whole number at which `above / below` is rounded; null where `below` is zero."""
        wide = above.shape.wide
        above = self.work.kept(above, "above")
        zero, one = whole(0, wide), whole(1, wide)
        if constant_below is None:
            below = self.work.kept(replace(below, known=below.known.nullif(zero)), "below")
        cut = self.work.kept(
            ColumnValue(
                "number", quotient(above.known, below.known, wide), None, max(above.level, below.level), above.shape
            ),
            "cut",
        )
        if mode == "down":
            return cut
        rest = self.work.kept(replace(cut, known=above.known - cut.known * below.known, small=False), "rest")
        if constant_below is None:
            minus = (above.known < zero) != (below.known < zero)
        else:
            minus = above.known < zero if constant_below > 0 else above.known > zero
        if mode == "floor":
            away = cut.known - one
        elif mode == "ceiling":
            away = cut.known + one
        else:
            away = ibis.cases((minus, cut.known - one), else_=cut.known + one)
        # Twice the rest against the divisor, without room for twice; for six tenths, what it is more than the half as well.
        left, gap = rest.known.abs(), below.known.abs() - rest.known.abs()
        more = ibis.greatest(left - gap, zero)
        conditions: dict[str, Column] = {
            "floor": (rest.known != zero) & minus,
            "ceiling": (rest.known != zero) & ~minus,
            "up": rest.known != zero,
            "half_up": left >= gap,
            "half_down": left > gap,
            "half_even": (left > gap) | ((left == gap) & (cut.known % whole(2, wide) != zero)),
            "five_down": more >= gap - more,
        }
        known = ibis.cases((conditions[mode], away), else_=cut.known)
        spread = ibis.ifelse(rest.known != zero, one, zero) if with_spread else None
        return ColumnValue("number", known, None, rest.level, cut.shape, spread=spread, unit=with_spread)

    def rounded(self, value: ColumnValue, digits: int, mode: exact.Rounding) -> ColumnValue:
        """A rounding function of FEEL."""
        if isinstance(value.constant, Decimal):
            found = exact.round_to(value.constant, digits, mode)
            return constant(found if exact.within_reach(found) else Unknown("undefined"))
        if value.spread is not None:
            return quotients.rounded(self, value, digits, mode)
        if value.known is None or digits >= value.shape.scale:
            return value
        return self.cut_to(value, digits, mode)

    def cut_to(self, value: ColumnValue, digits: int, mode: exact.Rounding, times: int = 1) -> ColumnValue:
        """A column rounded to fewer decimals than it has; the column has `times` the number, in as many digits."""
        by = value.shape.scale - digits
        value = self.bounded(value, DIVIDEND) if value.shape.digits > DIVIDEND else value
        # Of a number below a tenth of the step only the sign counts, so the step need not be larger.
        step = min(by, value.shape.digits + 1)
        wide = value.shape.wide or step + times > NARROW + 1
        most = NumberScale(value.shape.scale, DIVIDEND if wide else NARROW)
        found = self.rounded_quotient(
            ColumnValue("number", self.integer(value, most), None, value.level, most),
            ColumnValue("number", whole(times * 10**step, wide), None, 0, most, small=True),
            mode,
            Decimal(1),
        )
        found = replace(found, shape=NumberScale(digits, max(1, value.shape.digits - by + 1)))
        found = self.narrowed(found, wide)
        found = self.work.kept(
            replace(found, reason=value.reason, level=max(found.level, value.level), small=False), "rounded"
        )
        if digits >= 0:
            return found
        # Tens and hundreds are whole numbers too.
        found = self.fitting(found, 0)
        shape = NumberScale(0, found.shape.digits - digits)
        return replace(found, known=self.integer(found, shape), shape=shape, small=False)

    def extreme(self, values: list[ColumnValue], greatest: bool) -> ColumnValue:
        """The greatest or least of several."""
        if any(value.kind == "unknown" for value in values):
            return nothing_known(values)
        numbers = [value.constant for value in values if isinstance(value.constant, Decimal)]
        if len(numbers) == len(values):
            return constant((max if greatest else min)(numbers))
        found, shape = self.aligned(values)
        if any(value.quotient for value in found):
            return quotients.extreme(self, found, shape, greatest)
        columns = [self.integer(value, shape) for value in found]
        # Engines pass over nulls here.
        known = (ibis.greatest if greatest else ibis.least)(*columns)
        result = self.numbers(found, known, shape)
        if result.reason is None:
            return result
        return self.work.kept(replace(result, known=ibis.cases((result.reason == 0, known), else_=None)))

    # -- comparisons

    def compared(self, comparator: str, left: ColumnValue, right: ColumnValue) -> ColumnValue:
        """A comparison of two numbers, texts or truths."""
        if left.kind == "unknown" or right.kind == "unknown":
            return nothing_known([left, right])
        if left.constant is not None and right.constant is not None:
            return TRUE if compare(comparator, left.constant, right.constant) is True else FALSE
        if left.constant is not None:
            return self.compared(_TURNED.get(comparator, comparator), right, left)
        if left.kind == "number":
            return self._numbers_compared(comparator, left, right)
        a, b = left.known, right.known if right.constant is None else literal(right.constant)
        known = a == b if comparator == "=" else a != b
        return ColumnValue("truth", known, greatest_reason([left, right]), max(left.level, right.level))

    def _numbers_compared(self, comparator: str, left: ColumnValue, right: ColumnValue) -> ColumnValue:
        if isinstance(right.constant, Decimal):
            if left.spread is not None:
                return quotients.against(self, comparator, left, right.constant)
            known = against(comparator, left, right.constant)
            return ColumnValue("truth", known, left.reason, left.level)
        if left.quotient or right.quotient:
            return quotients.against(self, comparator, self.plus(left, right, minus=True), Decimal(0))
        (left, right), shape = self.aligned([left, right])
        a, b = self.integer(left, shape), self.integer(right, shape)
        known = {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[comparator]
        return ColumnValue("truth", known, greatest_reason([left, right]), max(left.level, right.level))

    def calculated(
        self, operator: str, left: ColumnValue, right: ColumnValue, digits: int, mode: exact.Division
    ) -> ColumnValue:
        """An operation of the language."""
        match operator:
            case "+" | "-":
                return self.plus(left, right, operator == "-")
            case "*":
                return self.times(left, right)
            case "/":
                return self.over(left, right, digits, mode)
            case _:
                if right.kind == "unknown":
                    return nothing_known([left, right])
                assert isinstance(right.constant, Decimal), "the checker lets only whole numbers be exponents"
                return self.power(left, int(right.constant))


def _type(shape: NumberScale) -> Any:
    return WIDE_TYPE if shape.wide else NARROW_TYPE


_TURNED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def against(comparator: str, value: ColumnValue, number: Decimal) -> Column:
    """A column against a constant: `v >= c` of scaled whole numbers is `v >= c` rounded up, and so on.

    A constant beyond all that the column can hold stands at its end, which no value reaches.
    """
    scaled = exact.multiply(number, Decimal(1).scaleb(value.shape.scale))
    low = int(exact.round_to(scaled, 0, "floor"))
    whole_number = scaled == low
    end = 10**value.shape.digits
    side: Literal["low", "high"] = "low" if comparator in (">", "<=") else "high"
    bound = low if whole_number or side == "low" else low + 1
    bound = max(-end, min(end, bound))
    limit = literal(bound, WIDE_TYPE if value.shape.wide else NARROW_TYPE)
    if comparator in ("=", "!="):
        if whole_number:
            return value.known == limit if comparator == "=" else value.known != limit
        # Nothing is equal to it, but unknown stays unknown.
        return ibis.cases((value.known.isnull(), null("boolean")), else_=comparator == "!=")
    return {
        "<": value.known < limit,
        "<=": value.known <= limit,
        ">": value.known > limit,
        ">=": value.known >= limit,
    }[comparator]
