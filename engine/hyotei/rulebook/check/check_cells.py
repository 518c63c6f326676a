"""Cells: unary tests looked up against the type of their column."""

from decimal import Decimal
from typing import Final

from hyotei.messages import phrase
from hyotei.rulebook import syntax as s
from hyotei.rulebook import terms as t
from hyotei.rulebook.check.single_values import SingleValues
from hyotei.rulebook.types import AnyType, BooleanType, NumberType, ScaleType, TextType, Type, words
from hyotei.rulebook.values import Unknown

_TOLD: Final = t.Constant(Unknown("undefined"))
"""Stands for an end that is wrong, which has been told, here or at its own place."""


def check(resolver: SingleValues, cell: s.Cell, column: Type) -> t.Check:
    """What a cell asks of a value of the column's type."""
    if isinstance(cell, s.Anything):
        return t.ANYTHING
    if len(cell.tests) == 1 and isinstance(other := cell.tests[0], s.Other) and not cell.negated:
        # `!= x` alone is `not(x)`.
        return t.Check(_one(resolver, s.Exactly(other.value, span=other.span), column), negated=True)
    found: list[t.Test] = []
    for test in cell.tests:
        if isinstance(test, s.Other):
            resolver.tell("HY530", test.span)
        else:
            found.extend(_one(resolver, test, column))
    if _everything(found):
        resolver.tell("HY548", cell.span)
    return t.Check(tuple(found), cell.negated)


def _everything(tests: list[t.Test]) -> bool:
    """Whether `80%以上、100%未満` was written where both were meant: in a list one is enough, and every number has one."""
    ends: dict[str, list[tuple[Decimal, bool]]] = {"from": [], "to": []}
    for test in tests:
        match test:
            case t.Range(t.Constant(Decimal() as low), closed, None, _):
                ends["from"].append((low, closed))
            case t.Range(None, _, t.Constant(Decimal() as high), closed):
                ends["to"].append((high, closed))
    return any(low < high or (low == high and (a or b)) for low, a in ends["from"] for high, b in ends["to"])


def as_good_as(scale: ScaleType, value: str, comparator: str) -> tuple[str, ...]:
    """The values of an ordered scale that compare so with `value`; better is greater."""
    at = scale.values.index(value)
    wanted = {
        ">": scale.values[:at],
        ">=": scale.values[: at + 1],
        "<": scale.values[at + 1 :],
        "<=": scale.values[at:],
    }
    return wanted[comparator]


def _one(resolver: SingleValues, test: s.Test, column: Type) -> tuple[t.Test, ...]:
    match test:
        case s.IsUnknown(reason):
            return (t.IsUnknown(reason),)
        case s.Exactly(value) | s.Other(value):
            return _exactly(resolver, value, column, test.span)
        case s.HasText(part, at_start):
            return (has_text(resolver, part, column, at_start, test.span),)
        case s.Interval():
            return _interval(resolver, test, column)


def has_text(resolver: SingleValues, part: s.Expression, of: Type, at_start: bool, span: s.Span) -> t.Test:
    """That a text contains another, which stands there as it is, or starts with it."""
    if not isinstance(of, TextType | AnyType):
        resolver.tell("HY583", span, found=words(of))
    elif not isinstance(part, s.Text) or not part.value:
        resolver.tell("HY584", part.span)
    else:
        return t.HasText(part.value, at_start)
    return t.OneOf(())


def _exactly(resolver: SingleValues, value: s.Expression, column: Type, span: s.Span) -> tuple[t.Test, ...]:
    if isinstance(value, s.UnknownLiteral):
        resolver.tell("HY419", span)
    if isinstance(column, ScaleType) and (ends := _dashed(resolver, value, column)):
        better, worse = sorted(ends, key=column.values.index)
        mend = f"[{worse}..{better}]" if column.ordered else f"{better}, {worse}"
        resolver.tell("HY426", span, written="-".join(ends), mend=mend)
        return (t.OneOf(()),)
    term, found = resolver.single(value, column)
    if isinstance(found, AnyType) or isinstance(column, AnyType):
        return (t.Same(term),)
    if isinstance(column, NumberType) and isinstance(found, NumberType):
        _fits(resolver, term, found, column, span)
        return (t.Range(term, True, term, True),)
    if found != column:
        resolver.tell("HY531", span, column=words(column), found=words(found))
    elif isinstance(term, t.Constant) and isinstance(column, (ScaleType, TextType, BooleanType)):
        return (t.OneOf((term.value,)),)
    return (t.Same(term),)


def _dashed(resolver: SingleValues, value: s.Expression, column: ScaleType) -> tuple[str, str] | None:
    """The two values of a scale that a dash joins, as in A-C, which is no subtraction to anybody."""
    match value:
        case s.Arithmetic("-", s.Name(left), s.Name(right)):
            ends = resolver.names.value_of(column, left), resolver.names.value_of(column, right)
            return (ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None
        case _:
            return None


def _interval(resolver: SingleValues, test: s.Interval, column: Type) -> tuple[t.Test, ...]:
    if isinstance(column, ScaleType):
        return _span_of_scale(resolver, test, column)
    ends: list[t.Term | None] = []
    for limit in (test.low, test.high):
        if limit is None:
            ends.append(None)
            continue
        if isinstance(limit.at, s.UnknownLiteral):
            resolver.tell("HY521", test.span)
        term, found = resolver.single(limit.at)
        ends.append(term)
        if isinstance(found, AnyType) or isinstance(column, AnyType):
            continue
        if isinstance(column, NumberType) and isinstance(found, NumberType):
            _fits(resolver, term, found, column, test.span)
        elif found == column:
            resolver.tell("HY523", test.span, comparator=phrase("names_and_types.comparisons"), found=words(column))
        else:
            resolver.tell("HY531", test.span, column=words(column), found=words(found))
    low, high = ends
    closed = (test.low is not None and test.low.closed, test.high is not None and test.high.closed)
    match low, high:
        case t.Constant(Decimal() as first), t.Constant(Decimal() as last):
            if first > last or (first == last and closed != (True, True)):
                resolver.tell("HY532", test.span)
    return (t.Range(low, closed[0], high, closed[1]),)


def _span_of_scale(resolver: SingleValues, test: s.Interval, column: ScaleType) -> tuple[t.Test, ...]:
    """`B以上`: B or better. Ends that are values of the scale give a list of values; computed ones are compared by rank."""
    if not column.ordered:
        resolver.tell("HY533", test.span, scale=column.name)
        return (t.OneOf(()),)
    ends = [_end_of_scale(resolver, limit, column, test.span) for limit in (test.low, test.high)]
    closed = (test.low is not None and test.low.closed, test.high is not None and test.high.closed)
    if _TOLD in ends:
        return (t.OneOf(column.values),)
    if any(end is not None and not isinstance(end, t.Constant) for end in ends):
        low, high = (None if end is None else t.Rank(end, column.values) for end in ends)
        return (t.Range(low, closed[0], high, closed[1]),)
    values = set(column.values)
    for end, comparator in zip(ends, (">=" if closed[0] else ">", "<=" if closed[1] else "<"), strict=True):
        if isinstance(end, t.Constant):
            values &= set(as_good_as(column, str(end.value), comparator))
    if not values:
        resolver.tell("HY532", test.span)
    return (t.OneOf(tuple(value for value in column.values if value in values)),)


def _end_of_scale(resolver: SingleValues, limit: s.Limit | None, column: ScaleType, span: s.Span) -> t.Term | None:
    """An end of a range on a scale: a value of the scale or something computed of the same scale. Anything else is told."""
    if limit is None:
        return None
    if isinstance(limit.at, s.UnknownLiteral):
        resolver.tell("HY521", span)
        return _TOLD
    term, found = resolver.single(limit.at, column)
    if found == column:
        return term
    if not isinstance(found, AnyType):
        resolver.tell("HY531", span, column=words(column), found=words(found))
    return _TOLD


def _fits(resolver: SingleValues, term: t.Term, found: NumberType, column: NumberType, span: s.Span) -> None:
    resolver.fits(term, found, column, span)
