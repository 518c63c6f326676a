"""The few functions that engines spell differently; `engine_sql.py` spells them out for each."""

from typing import Any

import ibis
import ibis.expr.datatypes as dt
from ibis.common.deferred import Deferred, Just

from hyotei.columnar.number_scale import NumberScale

NARROW_TYPE = dt.Int64()
WIDE_TYPE = dt.Decimal(38, 0)

QUOTIENT, QUOTIENT_WIDE = "hyotei_quotient", "hyotei_quotient_wide"
WHOLE, WHOLE_WIDE = "hyotei_whole", "hyotei_whole_wide"


def _declared(name: str, arguments: int, of: dt.DataType) -> Any:
    def body(*given: object) -> None:
        """Ibis wants a function to take the name and the signature from."""

    if arguments == 2:

        def two(left: object, right: object) -> None: ...

        return ibis.udf.scalar.builtin(two, name=name, signature=((of, of), of))

    def one(value: object) -> None: ...

    return ibis.udf.scalar.builtin(one, name=name, signature=((of,), of))


_quotient = _declared(QUOTIENT, 2, NARROW_TYPE)
_quotient_wide = _declared(QUOTIENT_WIDE, 2, WIDE_TYPE)
_whole = _declared(WHOLE, 1, NARROW_TYPE)
_whole_wide = _declared(WHOLE_WIDE, 1, WIDE_TYPE)


def literal(value: object, of: "dt.DataType | str | None" = None) -> Any:
    """A constant that goes together with columns that wait for their table."""
    return Deferred(Just(ibis.literal(value, type=of)))


def null(of: "dt.DataType | str") -> Any:
    """A null of a type."""
    return Deferred(Just(ibis.null(of)))


def type_of(shape: NumberScale) -> dt.DataType:
    """The type of a column of numbers."""
    return WIDE_TYPE if shape.wide else NARROW_TYPE


def quotient(left: Any, right: Any, wide: bool) -> Any:
    """`left / right` in whole numbers, cut toward zero; null where `right` is."""
    return (_quotient_wide if wide else _quotient)(left, right)


def whole(number: int, wide: bool) -> Any:
    """A whole number that keeps its type where it becomes a column: engines give small literals a small type."""
    return cast_whole(literal(number, WIDE_TYPE if wide else NARROW_TYPE), wide)


def cast_whole(column: Any, wide: bool) -> Any:
    """A whole number in its own type, whatever type the engine gave it: engines widen sums."""
    # Ibis loses count of the digits of a sum of decimals.
    return _whole_wide(column.cast(WIDE_TYPE)) if wide else _whole(column)
