"""Walking through terms: what they mention, and whether they can come out unknown."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula
from hyotei.rulebook.reference import reasons_of
from hyotei.rulebook.values import REASONS, Unknown


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


def ends_may_be_unknown(check: t.Check, uncertain: set[str]) -> bool:
    """Whether something that a cell compares with can come out unknown."""
    for test in check.tests:
        ends = (test.low, test.high) if isinstance(test, t.Range) else (test.value,) if isinstance(test, t.Same) else ()
        if any(end is not None and may_be_unknown(end, uncertain) for end in ends):
            return True
    return False


def may_be_unknown(term: t.Term, uncertain: set[str]) -> bool:
    """Whether a term can come out unknown, given the decisions that can. On the safe side: it may say yes too often."""
    match term:
        case t.Constant(value):
            return isinstance(value, Unknown)
        case t.InputUnknown():
            return True
        case t.Knownness():
            return False
        case t.Figure(_, name):
            certain = {"fiscal_year", "title", "authority", "label", "name", "basis", "units_agree"}
            return not (name in certain or name.endswith((".unit", ".qualifier")))
        case t.Decided(_, decision, _):
            return decision in uncertain
        case t.Parameter():
            return False
        case t.Calculation("/", left, right):
            known = isinstance(right, t.Constant) and bool(right.value)
            return not known or may_be_unknown(left, uncertain)
        case t.Calculation(_, left, right) | t.Compared(_, left, right) | t.Both(left, right) | t.Either(left, right):
            return may_be_unknown(left, uncertain) or may_be_unknown(right, uncertain)
        case t.Negation(operand) | t.Not(operand) | t.Absolute(operand) | t.Rounded(_, operand, _):
            return may_be_unknown(operand, uncertain)
        case t.Choice(condition, yes, no):
            return any(may_be_unknown(each, uncertain) for each in (condition, yes, no))
        case t.Matches(operand, check):
            silent = reasons_of(check) != set(REASONS)
            return ends_may_be_unknown(check, uncertain) or (silent and may_be_unknown(operand, uncertain))
        case t.Aggregate("count", _):
            return False
        case _:
            return True
