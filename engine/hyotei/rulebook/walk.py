"""Walking through terms: what they mention."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hyotei.rulebook.model import Decision, Formula
from hyotei.rulebook.values import Unknown


def parts(term: object) -> Iterator[object]:
    """The term itself and every term, listing, check and test within."""
    yield term
    if isinstance(term, tuple):
        for each in term:
            yield from parts(each)
    elif is_dataclass(term) and not isinstance(term, (type, Unknown)):
        for field in fields(term):
            value = getattr(term, field.name)
            if isinstance(value, tuple) or is_dataclass(value):
                yield from parts(value)


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
