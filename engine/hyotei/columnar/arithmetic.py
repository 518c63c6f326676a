"""Exact arithmetic and comparisons on columns of whole numbers. Every result knows how many digits it can have.

What stems from an exact division is left to `quotients.py`.
"""

from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import Final, Literal

import ibis

from hyotei.base import exact
from hyotei.columnar import quotients
from hyotei.columnar.column_value import FALSE, TRUE, UNDEFINED, Column, ColumnValue, constant
from hyotei.columnar.engine_functions import NARROW_TYPE, WIDE_TYPE, literal, null, whole
from hyotei.columnar.logic import greatest_reason, nothing_known
from hyotei.columnar.number_scale import WIDE, NumberScale
from hyotei.columnar.rounded_quotients import RoundedQuotients
from hyotei.rulebook.reference import compare
from hyotei.rulebook.values import Unknown

_SPLIT: Final = 3
"""A guard of a product is exact to within this many digits; what it sends away for nothing is only slower."""


class Arithmetic(RoundedQuotients):
    """Operations on numbers, for one table under construction."""

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
