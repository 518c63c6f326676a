"""Arithmetic of single numbers and of lists, and what a figure of a measure is as a ratio."""

from decimal import Decimal
from typing import Final, TypeAlias, cast

from hyotei.rulebook import figure_ratio
from hyotei.rulebook import syntax as s
from hyotei.rulebook import terms as t
from hyotei.rulebook.check import number_kinds
from hyotei.rulebook.check.single_values import SingleValues
from hyotei.rulebook.term_parts import outer_terms, parts
from hyotei.rulebook.types import ANY, RATIO, YEAR, AnyType, ListType, NumberType, Type, words
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import ancestry

Side: TypeAlias = "tuple[t.Term | t.Each, Type]"
"""A number, or a list of numbers, with its type."""

_TOLD: Final = t.Constant(Unknown("undefined"))


def arithmetic(resolver: SingleValues, node: s.Arithmetic) -> tuple[t.Term | t.Each, Type]:
    """`left operator right`. Of a list and a number, or of two lists of the same units, it is a list: element by element."""
    left, right = _side(resolver, node.left), _side(resolver, node.right)
    lists = [side[0] for side in (left, right) if isinstance(side[0], t.Each)]
    if not lists:
        return _calculated(resolver, node, cast("tuple[t.Term, Type]", left), cast("tuple[t.Term, Type]", right))
    units = lists[0].units
    if any(other.units != units for other in lists):
        resolver.tell("HY580", node.span)
        return _TOLD, ANY
    elements: list[tuple[t.Term, Type]] = []
    for term, found in (left, right):
        if isinstance(term, t.Each):
            assert isinstance(found, ListType), "a list has the type of one"
            elements.append((term.term, found.element))
        elif any(True for _ in outer_terms(term)):
            resolver.tell("HY588", node.span)
            return _TOLD, ANY
        elif same_for_all(term, units):
            elements.append((term, found))
        else:
            resolver.tell("HY581", node.span)
            return _TOLD, ANY
    each, of = _calculated(resolver, node, *elements)
    return (t.Each(units, each), ListType(of)) if isinstance(of, NumberType) else (_TOLD, ANY)


def _side(resolver: SingleValues, node: s.Expression) -> Side:
    """A number or a list of numbers; what is neither is told."""
    term, found = resolver.resolve(node)
    if isinstance(term, t.Each) and isinstance(found, ListType):
        if isinstance(found.element, NumberType | AnyType):
            return term, found
        resolver.tell("HY517", node.span, found=words(found.element))
        return _TOLD, ANY
    single, of = resolver.one(node, term, found)
    return single, resolver.number_kind(node, of) or ANY


def _calculated(
    resolver: SingleValues, node: s.Arithmetic, left_side: tuple[t.Term, Type], right_side: tuple[t.Term, Type]
) -> tuple[t.Term, Type]:
    """The operation on two single numbers, with the kind of its outcome."""
    (left, left_type), (right, right_type) = left_side, right_side
    term = t.Calculation(node.operator, left, right)
    if node.operator == "**" and not (isinstance(right, t.Constant) and right.value in range(101)):
        resolver.tell("HY518", node.right.span)
        return term, ANY
    if not isinstance(left_type, NumberType) or not isinstance(right_type, NumberType):
        return term, ANY
    match node.operator:
        case "**":
            assert isinstance(right, t.Constant)
            outcome = number_kinds.raised(left_type, cast(Decimal, right.value))
        case "*":
            outcome = number_kinds.multiplied(left_type, right_type)
        case "/":
            outcome = number_kinds.divided(left_type, right_type)
        case _:
            outcome = number_kinds.added(left_type, right_type, minus=node.operator == "-")
            if YEAR not in (left_type, right_type):
                resolver.names.held_against(left, left_type, right_type)
                resolver.names.held_against(right, right_type, left_type)
    return term, resolver.kind(outcome, node.span, left_type, right_type, operator=node.operator)


def same_for_all(value: t.Term, listing: t.UnitListing) -> bool:
    """Whether a value is the same read at every unit of a list: it is of what the whole list lies in."""
    while isinstance(listing, t.Where):
        listing = listing.units
    around = ancestry(listing.above)
    read = (each for each in parts(value) if isinstance(each, (t.Figure, t.Decided, t.Units)))
    return all((each.above if isinstance(each, t.Units) else each.scope) in around for each in read)


# -- figures as ratios


def as_ratio(resolver: SingleValues, node: s.Call) -> tuple[t.Term | t.Each, Type]:
    """`as ratio(figure)`: a figure in %, 割 or 倍 as the ratio that it is; in any other unit, or in none, unknown(undefined)."""
    term, found = resolver.resolve(node.arguments[0])
    resolver.extra(node, 1, RATIO)
    inner = term.term if isinstance(term, t.At | t.Each) else term
    ratio = figure_ratio.as_ratio(inner) if isinstance(inner, t.Figure) else None
    if ratio is None:
        if isinstance(inner, t.Outer):
            resolver.tell("HY597", node.arguments[0].span)
        elif not isinstance(found, AnyType):
            resolver.tell("HY582", node.arguments[0].span, found=words(found))
        return _TOLD, ANY
    match term:
        case t.At(units, position, _):
            return t.At(units, position, ratio), RATIO
        case t.Each(units, _):
            return t.Each(units, ratio), ListType(RATIO)
    return ratio, RATIO
