"""The terms that are plain operations: which function does it, on which parts of the term, with which constants.

A new term of this kind is one line here and one function in `operations.py`.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, NamedTuple

from hyotei.compiler import operations as do
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import ROUNDINGS
from hyotei.rulebook.values import Scalar


class Call(NamedTuple):
    """`function(operands..., constants...)`; `operands` are fields of the term, evaluated, `constants` are worked out once.

    `open`: whether it can be unknown although all operands are known.
    """

    function: Callable[..., Scalar]
    operands: tuple[str, ...]
    constants: Callable[[Any, Rulebook], tuple[object, ...]] = lambda term, rulebook: ()
    open: bool = True


def _division(term: object, rulebook: Rulebook) -> tuple[object, ...]:
    return rulebook.digits, rulebook.rounding


CALLS: Final[dict[type, Call]] = {
    t.Negation: Call(do.negative, ("operand",), open=False),
    t.Absolute: Call(do.absolute, ("operand",), open=False),
    t.Rounded: Call(do.rounded, ("operand",), lambda term, _: (term.digits, ROUNDINGS[term.function])),
    t.Rank: Call(do.rank, ("operand",), lambda term, _: (ranks(term.values),), open=False),
    t.Graded: Call(do.graded, ("operand",), lambda term, _: (term.values[::-1],), open=False),
}

_SIDES: Final = ("left", "right")
CALCULATIONS: Final[dict[str, Call]] = {
    "+": Call(do.plus, _SIDES),
    "-": Call(do.minus, _SIDES),
    "*": Call(do.times, _SIDES),
    "/": Call(do.divided, _SIDES, _division),
    "**": Call(do.power, _SIDES),
}
"""By the operator of a calculation."""

AGGREGATES: Final[dict[str, Call]] = {
    "count": Call(do.count, ("items",), open=False),
    "count true": Call(do.count_true, ("items",), open=False),
    "sum": Call(do.total, ("items",)),
    "min": Call(do.least, ("items",)),
    "max": Call(do.greatest, ("items",)),
    "mean": Call(do.mean, ("items",), _division),
    "all": Call(do.every, ("items",)),
    "any": Call(do.some, ("items",)),
}
"""By the name of an aggregate; its one operand is the list of values."""


def ranks(values: tuple[str, ...]) -> dict[str, Decimal]:
    """The rank of each value of a scale, the best of which comes first: 1 for the worst."""
    return {value: Decimal(rank) for rank, value in enumerate(reversed(values), 1)}
