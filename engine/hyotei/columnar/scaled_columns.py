"""Columns of whole numbers that stand for decimals: brought to a scale, to a type and to so many digits.

Every column knows how many digits it can have; where it might have more than it holds, a guard finds the rows for which it does.
"""

from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import Any

import ibis

from hyotei.columnar import quotients
from hyotei.columnar.column_value import Column, ColumnValue
from hyotei.columnar.engine_functions import NARROW_TYPE, WIDE_TYPE, literal, null, whole
from hyotei.columnar.number_scale import WIDE, NumberScale, joined
from hyotei.columnar.table_builder import TableBuilder


class ScaledColumns:
    """Numbers of one table under construction."""

    def __init__(self, work: TableBuilder, scale: int) -> None:
        self.work, self.scale = work, scale
        """`scale`: the decimals of an exact quotient in its column."""

    def integer(self, value: ColumnValue, shape: NumberScale) -> Column:
        """The value as a whole number of that shape, which must be at least as wide and as fine; a constant quotient is cut."""
        if value.known is None and not isinstance(value.constant, Decimal):
            return null(_type(shape))
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
        return value.known.cast(_type(shape))

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

    def narrowed(self, value: ColumnValue, wide: bool) -> ColumnValue:
        """A wide column that has few digits, in the narrow type."""
        if wide and not value.shape.wide:
            spread = None if value.spread is None else value.spread.cast(NARROW_TYPE)
            return replace(value, known=value.known.cast(NARROW_TYPE), spread=spread, small=False)
        return value


def _type(shape: NumberScale) -> Any:
    return WIDE_TYPE if shape.wide else NARROW_TYPE
