"""Quotients of columns of whole numbers, rounded exactly, and columns brought to fewer decimals."""

from dataclasses import replace
from decimal import Decimal

import ibis
from ibis import _

from hyotei.base import exact
from hyotei.columnar.column_value import UNDEFINED, Column, ColumnValue
from hyotei.columnar.engine_functions import quotient, whole
from hyotei.columnar.logic import greatest_reason
from hyotei.columnar.number_scale import DIVIDEND, NARROW, NumberScale
from hyotei.columnar.scaled_columns import ScaledColumns


class RoundedQuotients(ScaledColumns):
    """Divisions with a rounding, for one table under construction."""

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
