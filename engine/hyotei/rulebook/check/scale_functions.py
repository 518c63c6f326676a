"""Functions of ordered scales: the best and the worst of several values, and a value so many grades better or worse."""

from decimal import Decimal
from typing import Final, Literal

from hyotei.rulebook import syntax as s
from hyotei.rulebook import terms as t
from hyotei.rulebook.check.single_values import SingleValues
from hyotei.rulebook.types import ANY, AnyType, ListType, ScaleType, Type, words
from hyotei.rulebook.values import Unknown

_EXTREMES: Final[dict[str, Literal["max", "min"]]] = {"best": "max", "worst": "min"}
_STEPS: Final[dict[str, Literal["+", "-"]]] = {"raise": "+", "lower": "-"}
SCALE_FUNCTIONS: Final = (*_EXTREMES, *_STEPS)
_MOST_GRADES: Final = 100
_TOLD: Final = t.Constant(Unknown("undefined")), ANY
"""Stands for a call that is wrong, which has been told."""


def scale_call(resolver: SingleValues, node: s.Call) -> tuple[t.Term, Type]:
    """`best(…)`, `worst(…)`, `raise(value, n)` or `lower(value, n)`."""
    return _moved(resolver, node) if node.function in _STEPS else _extreme(resolver, node)


def _extreme(resolver: SingleValues, node: s.Call) -> tuple[t.Term, Type]:
    """The best or the worst of a list, or of several values; of nothing unknown(undefined), with an unknown one unknown."""
    function = _EXTREMES[node.function]
    if len(node.arguments) == 1:
        listing, found = resolver.resolve(node.arguments[0])
        if isinstance(found, AnyType):
            return _TOLD
        if not isinstance(listing, t.Each) or not isinstance(found, ListType):
            resolver.tell("HY528", node.arguments[0].span, name=node.function, found=words(found))
            return _TOLD
        scale = _ordered(resolver, node, found.element)
        if scale is None:
            return _TOLD
        ranks = t.Each(listing.units, t.Rank(listing.term, scale.values))
        return t.Graded(t.Aggregate(function, ranks), scale.values), scale
    stated = [each for each in node.arguments if not resolver.bare(each)]
    of = resolver.single(stated[0] if stated else node.arguments[0])[1]
    scale = _ordered(resolver, node, of)
    if scale is None:
        return _TOLD
    values = []
    for argument in node.arguments:
        term, found = resolver.single(argument, scale)
        if not isinstance(found, AnyType) and found != scale:
            resolver.tell("HY520", argument.span, left=words(scale), right=words(found))
            return _TOLD
        values.append(t.Rank(term, scale.values))
    return t.Graded(t.Aggregate(function, tuple(values)), scale.values), scale


def _moved(resolver: SingleValues, node: s.Call) -> tuple[t.Term, Type]:
    """A value one or more grades better or worse; the best and the worst of the scale are the ends."""
    term, found = resolver.single(node.arguments[0])
    scale = _ordered(resolver, node, found)
    if len(node.arguments) > 1:
        written = node.arguments[1]
        count = written.value if isinstance(written, s.Number) and written.dimension is None else Decimal(0)
        if count not in range(1, _MOST_GRADES + 1):
            resolver.tell("HY578", written.span, name=node.function)
            return _TOLD
    else:
        count = Decimal(1)
    result = resolver.extra(node, 2, scale or ANY)
    if scale is None:
        return _TOLD
    rank = t.Calculation(_STEPS[node.function], t.Rank(term, scale.values), t.Constant(count))
    return t.Graded(rank, scale.values), result


def _ordered(resolver: SingleValues, node: s.Call, of: Type) -> ScaleType | None:
    """The ordered scale of a value; that it is none is told."""
    if isinstance(of, ScaleType) and of.ordered:
        return of
    if not isinstance(of, AnyType):
        resolver.tell("HY579", node.arguments[0].span, name=node.function, found=words(of))
    return None
