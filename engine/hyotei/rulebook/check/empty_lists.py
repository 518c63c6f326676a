"""`all(...)` of a list with nothing in it is true: where that alone lets a row or a formula answer, it is told.

A list is supposed to be empty, and what follows is worked out as far as it is then known; everything else may be anything. A
`count(...) > 0` beside it, a quotient that is then unknown, or a row above that surely answers is seen in this way.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeAlias

from hyotei.messages import Diagnostic, Location
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Row, Table
from hyotei.rulebook.reference import compare, graded, has_text, rank, stated_reasons
from hyotei.rulebook.term_parts import operands
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import scope_within
from hyotei.rulebook.values import Scalar, Unknown, both, either, negate
from hyotei.rulebook.vocabulary import LISTS

_UNDEFINED, _MISSING = Unknown("undefined"), Unknown("missing")
_OF_NOTHING: Final[dict[str, Scalar]] = {
    "count": Decimal(0), "count true": Decimal(0), "sum": Decimal(0),
    "min": _UNDEFINED, "max": _UNDEFINED, "mean": _UNDEFINED, "any": False,
}  # fmt: skip
Known: TypeAlias = "Scalar | None"
"""A value that is known to follow, or None, which may be anything."""


def true_of_nothing(decisions: Sequence[Decision], file: str | None) -> list[Diagnostic]:
    """Rows and formulas that answer because `all` of no unit is true."""
    by_name = {decision.name: decision for decision in decisions}
    beside = {each.name: list(_formulas_beside(each, by_name)) for each in decisions}
    joined = {each.name: list(_lists_of_all(each)) for each in decisions}
    inlined = {name for names in beside.values() for name in names}
    found = []
    for decision in decisions if any(joined.values()) else ():
        for listing in dict.fromkeys(_lists_with(decision.name, joined, beside)):
            empty = _Empty(listing, decisions, decision.scope)
            if isinstance(decision.body, Formula):
                places = [Location(file, decision.line, heading=decision.title)]
                if decision.name in inlined or not empty.matters(decision.body.term):
                    places = []
            else:
                places = [
                    Location(file, row.line, None, None, decision.title, str(row.number), column)
                    for row, column in empty.rows(decision.body)
                ]
            found += [Diagnostic("HY575", place, {"units": _written(listing)}) for place in places]
    return found


def _terms(decision: Decision) -> list[t.Term]:
    body = decision.body
    return [body.term] if isinstance(body, Formula) else [column.term for column in body.inputs]


def _parts(term: object) -> Iterator[object]:
    """The terms at the same unit."""
    yield term
    for each in operands(term):
        yield from _parts(each)


def _formulas_beside(decision: Decision, by_name: dict[str, Decision]) -> Iterator[str]:
    """The formulas of the same scope that a decision reads as they are."""
    for term in _terms(decision):
        for part in _parts(term):
            if not isinstance(part, t.Decided) or part.scope != decision.scope:
                continue
            read = by_name.get(part.decision)
            if read is not None and isinstance(read.body, Formula):
                yield read.name


def _lists_of_all(decision: Decision) -> Iterator[t.UnitListing]:
    """The lists that `all` joins in a decision, without those that are never empty."""
    for term in _terms(decision):
        for part in _parts(term):
            if isinstance(part, t.Aggregate) and part.function == "all" and not isinstance(part.items, tuple):
                units = _units(part.items)
                if units != t.Units("measure", "indicator"):
                    # An indicator without a measure is no indicator.
                    yield units


def _lists_with(
    name: str, joined: Mapping[str, Sequence[t.UnitListing]], beside: Mapping[str, Sequence[str]]
) -> Iterator[t.UnitListing]:
    """The lists of a decision and of the formulas beside it."""
    waiting, seen = [name], set()
    while waiting:
        now = waiting.pop()
        if now not in seen:
            seen.add(now)
            waiting += beside[now]
            yield from joined[now]


def _units(listing: t.Listing) -> t.UnitListing:
    match listing:
        case t.Each(units, _):
            return units
        case t.ComparedEach(_, items, _):
            return _units(items)
        case _:
            return listing


def _conditions(listing: t.UnitListing) -> tuple[t.Units, set[t.Term]]:
    """All units of a list before it is filtered, and the conditions that are joined in its filters."""
    found: set[t.Term] = set()
    while isinstance(listing, t.Where):
        waiting: list[t.Term] = [listing.condition]
        while waiting:
            condition = waiting.pop()
            if isinstance(condition, t.Both):
                waiting += [condition.left, condition.right]
            else:
                found.add(condition)
        listing = listing.units
    return listing, found


def _written(listing: t.UnitListing) -> str:
    units, conditions = _conditions(listing)
    name = next(name for name, scope in LISTS.items() if scope == units.scope)
    return f"{name}[…]" if conditions else name


class _Empty:
    """What is known at a unit of one scope where one list is empty. `truth` is what `all` of it is taken to be."""

    def __init__(self, listing: t.UnitListing, decisions: Sequence[Decision], scope: Scope, truth: bool = True) -> None:
        self.units, self.conditions = _conditions(listing)
        self.truth = truth
        self.otherwise = _Empty(listing, decisions, scope, truth=False) if truth else self
        self.formulas: dict[t.Term, Known] = {}
        for each in decisions:
            # Each stands after all it reads.
            if each.scope == scope and isinstance(each.body, Formula):
                self.formulas[t.Decided(scope, each.name, each.outputs[0].name)] = self.value(each.body.term)

    def matters(self, term: t.Term) -> bool:
        """Whether a term has a known value, neither false nor unknown, only because `all` of nothing is true."""
        found = self.value(term)
        if found is None or found is False or isinstance(found, Unknown):
            return False
        return self.otherwise.value(term) != found

    def rows(self, table: Table) -> Iterator[tuple[Row, str]]:
        """The rows that may answer by a cell that holds because `all` of nothing is true, with the column of the cell."""
        columns = [self.value(column.term) for column in table.inputs]
        turns = [self.matters(column.term) for column in table.inputs]
        stated = [stated_reasons(table, column) for column in range(len(table.inputs))]
        for row in table.rows:
            cells = [
                self.cell(check, value, reasons)
                for check, value, reasons in zip(row.checks, columns, stated, strict=True)
            ]
            if any(each is False for each in cells):
                continue
            sure = all(isinstance(each, (bool, Unknown)) for each in cells)
            answers = not any(isinstance(each, Unknown) for each in cells)
            says = any(not _unknown(output) for output in row.outputs)
            if answers and says:
                for column, check, turn in zip(table.inputs, row.checks, turns, strict=True):
                    if turn and not check.anything:
                        yield row, column.text
                        break
            if sure and table.policy == "F":
                return

    def empty(self, listing: t.Listing) -> bool:
        """Whether a list is empty where this one is: the same, one filtered further, or one of what lies below it."""
        units, conditions = _conditions(_units(listing))
        within = units.scope == self.units.scope or scope_within(units.scope, self.units.scope)
        return within and units.above == self.units.above and self.conditions <= conditions

    def value(self, term: t.Term) -> Known:
        match term:
            case t.Constant(value):
                return value
            case t.InputUnknown():
                return _UNDEFINED
            case t.Decided():
                return self.formulas.get(term)
            case t.Aggregate(function, items) if not isinstance(items, tuple) and self.empty(items):
                return self.truth if function == "all" else _OF_NOTHING[function]
            case t.Aggregate("all" | "any" as function, tuple() as items):
                found: Known = function == "all"
                for each in items:
                    joined = self.value(each)
                    found = _both(found, joined) if function == "all" else _either(found, joined)
                return found
            case t.At(units, _, _) if self.empty(units):
                return _MISSING
            case t.Calculation(operator, left, right):
                return self.calculated(operator, self.value(left), self.value(right))
            case t.Negation(a) | t.Absolute(a) | t.Rounded(_, a, _):
                found = self.value(a)
                return found if isinstance(found, Unknown) or found == 0 else None
            case t.Rank(a, values):
                found = self.value(a)
                return None if found is None else rank(found, values)
            case t.Graded(a, values):
                found = self.value(a)
                return None if found is None else graded(found, values)
            case t.Compared(comparator, left, right):
                return self.compared(comparator, self.value(left), self.value(right))
            case t.Both(left, right):
                return _both(self.value(left), self.value(right))
            case t.Either(left, right):
                return _either(self.value(left), self.value(right))
            case t.Not(a):
                found = self.value(a)
                return None if found is None else negate(found)
            case t.Choice(condition, yes, no):
                chosen = self.value(condition)
                if chosen is None or isinstance(chosen, Unknown):
                    return chosen
                return self.value(yes if chosen else no)
            case t.Knownness(a, reason):
                found = self.value(a)
                return None if found is None else isinstance(found, Unknown) and reason in (None, found.reason)
            case t.Matches(a, check):
                return self.cell(check, self.value(a), frozenset())
            case _:
                return None

    def calculated(self, operator: str, left: Known, right: Known) -> Known:
        for side in (left, right):
            if isinstance(side, Unknown):
                return side
        if operator == "/" and right == 0:
            return _UNDEFINED
        # That 0 plus 0 is 0 and 0 times 0 too is all that lists without units need.
        return Decimal(0) if operator in "+-*" and left == 0 and right == 0 else None

    def compared(self, comparator: str, left: Known, right: Known) -> Known:
        for side in (left, right):
            if isinstance(side, Unknown):
                return side
        return None if left is None or right is None else compare(comparator, left, right)

    def cell(self, check: t.Check, value: Known, stated: frozenset[str]) -> Known:
        """Whether a cell holds; unknown where the value is, and nothing is stated about that."""
        if check.anything:
            return True
        if value is None:
            return None
        if isinstance(value, Unknown) and value.reason in stated:
            return not check.negated and any(
                isinstance(each, t.IsUnknown) and each.reason in (None, value.reason) for each in check.tests
            )
        held: Known = False
        for test in check.tests:
            held = _either(held, self.test(test, value))
        return negate(held) if check.negated and held is not None else held

    def test(self, test: t.Test, value: Scalar) -> Known:
        if isinstance(test, t.IsUnknown):
            return isinstance(value, Unknown) and test.reason in (None, value.reason)
        if isinstance(value, Unknown):
            return value
        match test:
            case t.OneOf(values):
                return value in values
            case t.HasText():
                return has_text(test, value)
            case t.Same(term):
                return self.compared("=", value, self.value(term))
            case t.Range(low, low_closed, high, high_closed):
                above: Known = True
                if low is not None:
                    above = self.compared(">=" if low_closed else ">", value, self.value(low))
                if high is None:
                    return above
                return _both(above, self.compared("<=" if high_closed else "<", value, self.value(high)))


def _unknown(output: t.Term) -> bool:
    return isinstance(output, t.InputUnknown) or (isinstance(output, t.Constant) and isinstance(output.value, Unknown))


def _both(left: Known, right: Known) -> Known:
    if left is False or right is False:
        return False
    return None if left is None or right is None else both(left, right)


def _either(left: Known, right: Known) -> Known:
    if left is True or right is True:
        return True
    return None if left is None or right is None else either(left, right)
