"""What reads what: which figures, decisions and lists a term reads, and what can differ where something else does.

The relation is computed from the terms of a rulebook. What a figure of a sheet follows from stands in the table of figures,
because no rule says it.
"""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook
from hyotei.rulebook.term_parts import inner, parts
from hyotei.rulebook.types import Scope
from hyotei.sheet.figures import EVALUATED_YEAR, FIGURES, YEAR_OF_YEAR


@dataclass(frozen=True, slots=True)
class DependenceNode:
    """Something that can be read: a figure, a decision, or a list of units (how many there are, and in which order)."""

    kind: Literal["figure", "decision", "list"]
    scope: Scope
    name: str = ""


FISCAL_YEAR: Final = DependenceNode("figure", EVALUATED_YEAR.scope, EVALUATED_YEAR.path)
"""The evaluated year, on which the values of parameters hang."""


FOLLOWS_FROM: Final[dict[DependenceNode, tuple[DependenceNode, ...]]] = {
    DependenceNode("figure", row.scope, row.path): tuple(
        DependenceNode("figure", scope, path) for scope, path in row.follows
    )
    for row in FIGURES
    if row.follows
} | {
    # Which years a measure has.
    DependenceNode("list", "year"): tuple(DependenceNode("figure", *source) for source in YEAR_OF_YEAR.follows)
}
"""The figures that follow from others, or can, where the sheet does not state them, and lists of units that do."""


def nodes(term: object, rulebook: Rulebook) -> Iterator[DependenceNode]:
    """What a term reads anywhere in it."""
    for part in parts(term):
        match part:
            case t.Figure(scope, name):
                yield DependenceNode("figure", scope, name)
            case t.Decided(scope, name, _):
                yield DependenceNode("decision", scope, name)
            case t.Units(scope, _):
                yield DependenceNode("list", scope)
            case t.Parameter(name):
                if len(rulebook.parameters[name].dated) > 1:
                    yield FISCAL_YEAR


def terms_of(decision: Decision) -> tuple[object, ...]:
    """What a decision is made of."""
    body = decision.body
    if isinstance(body, Formula):
        return (body.term,)
    return (*(column.term for column in body.inputs), *((row.checks, row.outputs) for row in body.rows))


def follow(changed: Iterable[DependenceNode]) -> frozenset[DependenceNode]:
    """The figures themselves, and all others that follow from them on the sheet itself."""
    found = set(changed)
    before = 0
    while len(found) != before:
        before = len(found)
        for node, sources in FOLLOWS_FROM.items():
            if not found.isdisjoint(sources):
                found.add(node)
    return frozenset(found)


def moving(rulebook: Rulebook, changed: Iterable[DependenceNode]) -> frozenset[DependenceNode]:
    """Everything that can differ between two sheets that differ in these: what they are, and what hangs on them."""
    found = set(follow(changed))
    # Decisions stand in the order in which they need each other.
    for decision in rulebook.decisions:
        if any(node in found for term in terms_of(decision) for node in nodes(term, rulebook)):
            found.add(DependenceNode("decision", decision.scope, decision.name))
    return frozenset(found)


Way = Literal["own", "above", "behind", "counted", "picked"]
"""
How a unit reads: `own`, something of itself. `above`, something of a unit that it lies in. `behind`, what a figure of its own
follows from in a unit above it. `counted`, a list of units within it, of which only the number of each class matters. `picked`,
any other list: a position, or units that do not lie in it.
"""


def reads(
    rulebook: Rulebook, term: object, scope: Scope, counted: "tuple[Scope, ...]"
) -> Iterator[tuple[DependenceNode, Way]]:
    """What a unit of a scope reads when a term is evaluated at it, through the decisions of that scope.

    `counted` are the scopes whose units within it are counted by classes.
    """
    seen: set[str] = set()

    def walk(part: object) -> Iterator[tuple[DependenceNode, Way]]:
        match part:
            case t.Figure(at, name):
                yield DependenceNode("figure", at, name), "own" if at == scope else "above"
                for source in FOLLOWS_FROM.get(DependenceNode("figure", at, name), ()):
                    if at == scope != source.scope:
                        yield source, "behind"
            case t.Decided(at, name, _):
                yield DependenceNode("decision", at, name), "own" if at == scope else "above"
                if at == scope and name not in seen:
                    seen.add(name)
                    for each in terms_of(rulebook.by_name[name]):
                        yield from walk(each)
            case t.Parameter():
                for node in nodes(part, rulebook):
                    yield node, "own" if scope == "sheet" else "above"
            case t.Aggregate(_, items) if not isinstance(items, tuple):
                units = next(each for each in parts(items) if isinstance(each, t.Units))
                outside = any(isinstance(each, t.Outer) for each in parts(items))
                way: Way = "counted" if units.scope in counted and units.above == scope and not outside else "picked"
                for node in nodes(part, rulebook):
                    yield node, way
            case t.At():
                for node in nodes(part, rulebook):
                    yield node, "picked"
            case _:
                for each in inner(part):
                    yield from walk(each)

    yield from walk(term)
