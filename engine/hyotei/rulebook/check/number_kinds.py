"""Kinds of numbers: which may meet, and of what kind the outcome is. The one place that says so, for cells, expressions, columns,
parameters, cases and sweeps; docs/rulebook.md, section 9, has the same rules in words.

An outcome is a type, or the code of the message that says what is wrong.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final, TypeAlias

from hyotei.base import exact
from hyotei.base.exact import plain
from hyotei.messages import Param
from hyotei.rulebook import syntax as s
from hyotei.rulebook.types import COUNT, FIGURE, MONEY, NUMBER, RATIO, YEAR, Factor, NumberType, words

Outcome: TypeAlias = NumberType | str
"""A kind, or the code of a message."""
Ends: TypeAlias = tuple[Decimal, Decimal]

_LITERAL: Final[dict[s.WrittenDimension, NumberType]] = {
    "ratio": RATIO,
    "times": RATIO,
    "money": MONEY,
    "year": YEAR,
    "counted": COUNT,
}
_NONE: Final = Decimal(0)
_ONE: Final = Decimal(1)
_LONG: Final = 200
"""Digits of a number whose powers are not worked out here."""
_FIRST_YEAR, _LAST_YEAR = Decimal(1868), Decimal(2200)


def literal(value: Decimal, dimension: s.WrittenDimension | None) -> NumberType:
    """The kind of a number as written."""
    kind = NUMBER if dimension is None else _LITERAL[dimension]
    return NumberType(kind.dimension, (value, value)) if kind in (NUMBER, RATIO) else kind


def named(of: NumberType) -> NumberType:
    """The kind of what is read by a name: of a bare number it is remembered, for it may be a weight."""
    return NumberType("plain", of.ends, "named") if of == NUMBER and not of.factor else of


def is_share(of: NumberType) -> bool:
    """A ratio, or a bare number from -1 to 1, which is a ratio where one is wanted."""
    return of == RATIO or (of == NUMBER and of.ends is not None and of.ends[0] >= -_ONE and of.ends[1] <= _ONE)


def clash(left: NumberType, right: NumberType) -> str | None:
    """What is wrong where two numbers are compared; None where they go together."""
    if left == right or FIGURE in (left, right):
        return None
    if NUMBER not in (left, right):
        return "HY512"
    bare, other = (left, right) if left == NUMBER else (right, left)
    ends, other_ends = bare.ends, (right if left == NUMBER else left).ends
    if other == RATIO:
        if is_share(bare):
            return None
        if bare.factor in ("points", "weighted"):
            return "HY570"
        # Of a literal percentage and a number that is read by a name, the percentage is to be mended.
        return "HY513" if ends is not None and not (bare.factor and other_ends) else "HY571"
    if other == MONEY:
        return None if ends is not None and not any(ends) else "HY514"
    if other == YEAR:
        if ends is None:
            return "HY512"
        return None if ends[0] >= _FIRST_YEAR and ends[1] <= _LAST_YEAR else "HY515"
    return None


def merged(left: NumberType, right: NumberType) -> Outcome:
    """The kind of a number that is one or the other: branches, arguments of min, rows of an output column."""
    if left == right:
        return _bare(left, right, _spread(left, right)) if left == NUMBER else _plain(left)
    if NUMBER not in (left, right):
        return "HY520"
    return clash(left, right) or _plain(right if left == NUMBER else left)


def added(left: NumberType, right: NumberType, minus: bool) -> Outcome:
    """The kind of `left + right` or `left - right`."""
    if left == right:
        if left == NUMBER:
            return _bare(left, right, _ends(exact.subtract if minus else exact.add, left, right))
        return (COUNT if minus else "HY519") if left == YEAR else _plain(left)
    if YEAR in (left, right):
        shifted = left == YEAR or not minus
        return YEAR if shifted and (NUMBER in (left, right) or COUNT in (left, right)) else "HY519"
    if FIGURE in (left, right):
        return "HY519" if MONEY in (left, right) else FIGURE
    if NUMBER not in (left, right):
        return "HY519"
    return clash(left, right) or _plain(right if left == NUMBER else left)


def multiplied(left: NumberType, right: NumberType) -> Outcome:
    """The kind of `left * right`. A ratio times a bare number that is no ratio is a bare number: points, or a weighted ratio.

    Only `* 100%` makes a ratio of what is computed.
    """
    if YEAR in (left, right) or (MONEY in (left, right) and (left == right or FIGURE in (left, right))):
        return "HY519"
    for kind in (MONEY, FIGURE, COUNT):
        if kind in (left, right):
            return kind
    if left == right == NUMBER:
        return _bare(left, right, _ends(exact.multiply, left, right), scaled=True)
    bare, ratio = (left, right) if left == NUMBER else (right, left)
    if is_share(bare) or (ratio.ends == (_ONE, _ONE) and bare.ends is None and bare.factor != "points"):
        return RATIO
    return NumberType("plain", None, "weighted" if bare.factor in ("named", "weighted") else "points")


def divided(left: NumberType, right: NumberType) -> Outcome:
    """The kind of `left / right`: of like by like it is a ratio, but of bare numbers a bare number."""
    if YEAR in (left, right):
        return "HY519"
    if left == right:
        return _quotient(left, right) if left == NUMBER else RATIO
    if right == RATIO:
        return RATIO if is_share(left) else _plain(left)
    if right == COUNT or (right == NUMBER and left != NUMBER):
        return _plain(left)
    if right == FIGURE:
        return NUMBER if left == NUMBER else RATIO if left == COUNT else "HY519"
    return "HY519"


def _quotient(left: NumberType, right: NumberType) -> NumberType:
    """Of two bare numbers. A ratio times a weight, divided by weights, is a ratio again: a weighted mean."""
    if left.factor == "weighted" and right.factor == "named":
        return RATIO
    ends = None
    if right.ends is not None and not right.ends[0] <= 0 <= right.ends[1]:
        ends = _ends(lambda one, other: exact.divide(one, other, mode="exact"), left, right)
    return _bare(left, right, ends, scaled=True)


def raised(base: NumberType, exponent: Decimal) -> Outcome:
    """The kind of `base ** exponent`."""
    if base in (MONEY, YEAR):
        return "HY519"
    if base != NUMBER or base.ends is None:
        return _plain(base)
    if len(base.ends[0].as_tuple().digits) + len(base.ends[1].as_tuple().digits) > _LONG:
        return NumberType("plain", None, base.factor)
    powers = [exact.power(end, int(exponent)) for end in base.ends]
    low = Decimal(0) if base.ends[0] <= 0 <= base.ends[1] else min(powers)
    return NumberType("plain", (min(low, *powers), max(powers)), base.factor)


def negative(of: NumberType) -> Outcome:
    """The kind of `-of`."""
    return "HY572" if of == YEAR else mapped(of, lambda end: exact.subtract(Decimal(0), end))


def mapped(of: NumberType, change: Callable[[Decimal], Decimal]) -> NumberType:
    """The kind after a change that never turns the order of two numbers around, or always does, such as a rounding."""
    if of.ends is None:
        return of
    ends = [change(end) for end in of.ends]
    return NumberType(of.dimension, (min(ends), max(ends)), of.factor)


def absolute(of: NumberType) -> NumberType:
    """The kind of `abs(of)`."""
    if of.ends is None:
        return of
    sizes = [exact.absolute(end) for end in of.ends]
    return NumberType(
        of.dimension, (Decimal(0) if of.ends[0] <= 0 <= of.ends[1] else min(sizes), max(sizes)), of.factor
    )


def summed(kinds: Iterable[NumberType], listed: bool) -> Outcome:
    """The kind of the sum of arguments, or of a list of any length."""
    found: NumberType | None = None
    for kind in kinds:
        if kind == YEAR:
            return "HY573"
        outcome = kind if found is None else added(found, kind, minus=False)
        if isinstance(outcome, str):
            return "HY520" if outcome == "HY519" else outcome
        found = outcome
    assert found is not None, "a sum has arguments"
    return NumberType(found.dimension, None, found.factor) if listed and found.ends != (_NONE, _NONE) else found


def _plain(of: NumberType) -> NumberType:
    """The kind without the values that it was stated with."""
    return NumberType(of.dimension, None, of.factor)


def _bare(left: NumberType, right: NumberType, ends: Ends | None, scaled: bool = False) -> NumberType:
    """A bare number made of two. It stays a weighted ratio only where both are, or where it is scaled by a named one."""
    factors = {left.factor, right.factor}
    if "weighted" in factors and (len(factors) == 1 or (scaled and "named" in factors)):
        return NumberType("plain", ends, "weighted")
    made: Factor = "points" if factors & {"points", "weighted"} else "named" if "named" in factors else ""
    return NumberType("plain", ends, made)


def _spread(left: NumberType, right: NumberType) -> Ends | None:
    if left.ends is None or right.ends is None:
        return None
    return min(left.ends[0], right.ends[0]), max(left.ends[1], right.ends[1])


def _ends(operation: Callable[[Decimal, Decimal], Decimal], left: NumberType, right: NumberType) -> Ends | None:
    """Between which values an operation that rises or falls with each of its numbers keeps the outcome."""
    if left.ends is None or right.ends is None:
        return None
    found = [operation(a, b) for a in left.ends for b in right.ends]
    return min(found), max(found)


# -- words


def told(code: str, *kinds: NumberType, operator: str = "") -> dict[str, Param]:
    """What the message of an outcome names: both kinds, and the numbers to write in their place."""
    params: dict[str, Param] = {}
    if len(kinds) == 2:
        params |= {"left": words(kinds[0]), "right": words(kinds[1])}
    if operator:
        params["operator"] = operator
    ends = {kind.dimension: kind.ends for kind in kinds if kind.ends is not None}
    if code == "HY513":
        number = max(ends["plain"], key=exact.absolute)
        share = plain(exact.multiply(number, Decimal("0.01")))
        params |= {"number": plain(number), "percent": f"{plain(number)}%", "share": share}
    if code in ("HY570", "HY571"):
        ratio = ends.get("ratio", (Decimal("0.8"),))[0]
        points = plain(exact.multiply(ratio, Decimal(100)))
        params |= {"percent": f"{points}%", "points": points, "share": plain(ratio)}
    return params
