"""The ends of a range as written: which unit they have, and what a reader would take for something else."""

from decimal import Decimal
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_folding import folded
from hyotei.rulebook.number_words import PERCENT, POWERS
from hyotei.rulebook.syntax import Arithmetic, Expression, Negative, Number
from hyotei.rulebook.syntax_problem import SyntaxProblem

_POWER: Final = lazy_pattern("|".join(sorted(POWERS, key=len, reverse=True)))


def in_one_unit(low: Expression, high: Expression, high_written: str) -> Expression:
    """The lower end of `80~90%`, where the unit stands once for both ends."""
    if not isinstance(low, Number) or not isinstance(high, Number) or low.dimension is not None:
        return low
    if high.dimension in ("times", "counted"):
        return Number(low.value, high.dimension, span=low.span)
    if high.dimension != "ratio" or abs(low.value) <= 1:
        return low
    plain = folded(high_written)
    if plain.endswith(PERCENT):
        return Number(low.value.scaleb(-2), "ratio", span=low.span)
    return Number(low.value.scaleb(-1), "ratio", span=low.span) if plain.endswith("割") else low


def open_unit(low: Expression, high: Expression) -> tuple[Number, Number] | None:
    """The end without a unit and the other one, where one is a percentage and the other could be one or a ratio: 0.5~100%.

    0 is the same either way, and a number above 1 is no ratio to anybody.
    """
    for bare, other in ((low, high), (high, low)):
        if (
            isinstance(bare, Number)
            and isinstance(other, Number)
            and (bare.dimension, other.dimension) == (None, "ratio")
            and Decimal(0) < abs(bare.value) <= 1
        ):
            return bare, other
    return None


def checked_power(low: Expression, high: Expression, low_written: str, high_written: str) -> None:
    """Raises SyntaxProblem where the power of ten of the second number may be meant for the first too: 3~15万人, 2、3万人."""
    if not isinstance(low, Number) or not isinstance(high, Number) or low.dimension is not None or not low.value:
        return
    if _powers(low_written):
        return
    for word in _powers(high_written):
        if abs(low.value) * 10 ** POWERS[word] < abs(high.value):
            raise SyntaxProblem("HY431", low.span, written=low_written, power=word)


def _powers(written: str) -> list[str]:
    """The powers of ten in a number as it is written."""
    return _POWER.findall(folded(written))


def dash(value: Expression) -> Arithmetic | None:
    """A subtraction of constants within a value; in a cell it was meant as a range, `80%-100%`."""
    match value:
        case Arithmetic("-", left, right) if _constant(left) and _constant(right):
            return value
        case Arithmetic(_, left, right):
            return dash(left) or dash(right)
        case Negative(operand):
            return dash(operand)
        case _:
            return None


def slash(value: Expression) -> Arithmetic | None:
    """A division of one literal with a unit by another; in a cell it was meant as a list, `80%/90%`. 2/3 is a number."""
    match value:
        case Arithmetic("/", Number(_, str()), Number(_, str())):
            return value
        case Arithmetic(_, left, right):
            return slash(left) or slash(right)
        case _:
            return None


def _constant(value: Expression) -> bool:
    match value:
        case Number():
            return True
        case Negative(operand):
            return _constant(operand)
        case Arithmetic(_, left, right):
            return _constant(left) and _constant(right)
        case _:
            return False


def checked_unit(low: Expression, high: Expression, low_written: str, high_written: str) -> None:
    """Raises SyntaxProblem where one end is a percentage and the other may be one or a ratio."""
    found = open_unit(low, high)
    if found is None:
        return
    bare, _ = found
    written = low_written if bare is low else high_written
    percent = f"{(bare.value * 100).normalize():f}%"
    raise SyntaxProblem("HY429", bare.span, written=written, small=f"{written}%", large=percent)
