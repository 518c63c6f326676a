"""Walking through terms: what they mention."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula
from hyotei.rulebook.values import Unknown

_FIELDS: Final[dict[type, tuple[str, ...] | None]] = {}
"""What `_fields` found."""


def parts(term: object) -> Iterator[object]:
    """The term itself and every term, listing, check and test within."""
    yield term
    for each in inner(term):
        yield from parts(each)


def inner(term: object) -> Iterator[object]:
    """The terms, listings, checks and tests that a term is directly made of."""
    if isinstance(term, tuple):
        yield from term
    elif not isinstance(term, Unknown):
        for name in _fields(type(term)) or ():
            value = getattr(term, name)
            if isinstance(value, tuple) or _fields(type(value)) is not None:
                yield value


def _fields(of: type) -> tuple[str, ...] | None:
    """The names of the fields of a class of data; None of any other class."""
    if of not in _FIELDS:
        _FIELDS[of] = tuple(field.name for field in fields(of)) if is_dataclass(of) else None
    return _FIELDS[of]


def operands(term: object) -> Iterator[object]:
    """The terms that a term is directly made of and that are read at the same unit: no lists, nothing in them, and no cells."""
    match term:
        case t.Constant() | t.At() | t.Outer():
            return
        case t.Aggregate(_, items):
            yield from items if isinstance(items, tuple) else ()
        case _:
            yield from (each for each in inner(term) if not isinstance(each, (tuple, t.Check)))


def bound(condition: t.Term, value: Callable[[t.Term], object]) -> t.Term:
    """The condition of a filter with `value` of each term in place of what it reads outside of the filter."""

    def within(part: Any) -> Any:
        match part:
            case t.Outer(term):
                return value(term)
            case t.Where(units, inner):
                # What the condition of a list within reads outside of it is of the element here.
                return t.Where(within(units), inner)
        if isinstance(part, tuple):
            return tuple(map(within, part))
        if is_dataclass(part) and not isinstance(part, (type, Unknown)):
            return replace(part, **{field.name: within(getattr(part, field.name)) for field in fields(part)})
        return part

    return within(condition) if any(True for _ in outer_terms(condition)) else condition


def outer_terms(condition: object) -> Iterator[t.Term]:
    """What the condition of a filter reads outside of it."""
    match condition:
        case t.Outer(term):
            yield term
        case t.Where(units, _):
            yield from outer_terms(units)
        case _:
            for each in inner(condition):
                yield from outer_terms(each)


def mentioned(decision: Decision) -> Iterator[object]:
    """Every term of a decision."""
    if isinstance(decision.body, Formula):
        yield from parts(decision.body.term)
        return
    for column in decision.body.inputs:
        yield from parts(column.term)
    for row in decision.body.rows:
        yield from parts(row.checks)
        yield from parts(row.outputs)
