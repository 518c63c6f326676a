"""Walking through terms: what they mention."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hyotei.rulebook.model import Decision, Formula
from hyotei.rulebook.values import Unknown


def parts(term: object) -> Iterator[object]:
    """The term itself and every term, listing, check and test within."""
    yield term
    for each in inner(term):
        yield from parts(each)


def inner(term: object) -> Iterator[object]:
    """The terms, listings, checks and tests that a term is directly made of."""
    if isinstance(term, tuple):
        yield from term
    elif is_dataclass(term) and not isinstance(term, (type, Unknown)):
        for field in fields(term):
            value = getattr(term, field.name)
            if isinstance(value, tuple) or is_dataclass(value):
                yield value


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
