"""What aggregates and positions ask of lists: which units, on which conditions, and what of each unit."""

from collections.abc import Iterator

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.term_parts import operands
from hyotei.rulebook.types import Scope
from hyotei.rulebook.vocabulary import ancestry

Listed = t.Aggregate | t.At


@dataclass(frozen=True, slots=True)
class Request:
    """One aggregate or position over units of `scope` within a unit of `above`.

    `items` is what is looked at of each unit, None where only units are counted; `against` are comparisons made with each
    item, innermost first.
    """

    term: Listed
    scope: Scope
    above: Scope
    conditions: tuple[t.Term, ...]
    item: t.Term | None
    against: tuple[tuple[str, t.Term], ...] = ()

    def inner(self) -> list[t.Term]:
        """The terms read at each unit."""
        found = list(self.conditions)
        if self.item is not None:
            found.append(self.item)
        return found


def request(term: Listed) -> Request:
    """The request of a term."""
    if isinstance(term, t.At):
        scope, above, conditions = _units(term.units)
        return Request(term, scope, above, conditions, term.term)
    assert not isinstance(term.items, tuple), "arguments are no list"
    against: list[tuple[str, t.Term]] = []
    items = term.items
    while isinstance(items, t.ComparedEach):
        against.insert(0, (items.comparator, items.value))
        items = items.items
    if isinstance(items, t.Each):
        scope, above, conditions = _units(items.units)
        return Request(term, scope, above, conditions, items.term, tuple(against))
    scope, above, conditions = _units(items)
    return Request(term, scope, above, conditions, None, tuple(against))


def _units(listing: t.UnitListing) -> tuple[Scope, Scope, tuple[t.Term, ...]]:
    conditions: list[t.Term] = []
    while isinstance(listing, t.Where):
        conditions.insert(0, listing.condition)
        listing = listing.units
    return listing.scope, listing.above, tuple(conditions)


def crosses(found: Request) -> bool:
    """Whether items are held against a value of a unit below the one whose units are listed, or of one outside of a filter."""
    allowed = set(ancestry(found.above))
    return bool(outside(found)) or any(not scopes_of(value) <= allowed for _, value in found.against)


def outside(found: Request) -> list[t.Outer]:
    """What the conditions read outside of the list."""
    return [part for condition in found.conditions for part in at_the_unit(condition) if isinstance(part, t.Outer)]


def scopes_of(term: object) -> set[Scope]:
    """The scopes of all that a term reads at its own unit; of lists, the scope they lie in."""
    found: set[Scope] = set()
    for part in at_the_unit(term):
        if isinstance(part, t.Figure | t.Decided):
            found.add(part.scope)
        elif isinstance(part, t.Aggregate | t.At):
            asked = request(part)
            found.add(asked.above)
            for _, value in asked.against:
                found |= scopes_of(value)
    return found


def at_the_unit(term: object) -> Iterator[object]:
    """The term and all within that is read at the same unit: figures, decisions, and lists without what is in them."""
    match term:
        case tuple():
            for each in term:
                yield from at_the_unit(each)
        case t.At():
            yield term
        case t.Aggregate(_, items) if not isinstance(items, tuple):
            yield term
        case t.Figure() | t.Decided() | t.Outer():
            yield term
        case t.Matches(a, check):
            yield from at_the_unit((a, *check.tests))
        case t.Check(tests):
            yield from at_the_unit(tests)
        case t.Range(low, _, high, _):
            yield from at_the_unit((low, high))
        case t.Same(a):
            yield from at_the_unit(a)
        case _:
            yield from at_the_unit(tuple(operands(term)))
