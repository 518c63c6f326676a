"""What the aggregates of a rulebook ask of one unit of a list, and the classes that units fall into by the outcomes.

A class of units is a joint outcome: `result = achieved` true and `result = missed` false, say.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.proof.formula_nodes import Linear
from hyotei.proof.formulas import neg
from hyotei.proof.guarded_values import GuardedValue, Leaf, guarded
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.sheet_shapes import Place
from hyotei.proof.symbolic import Reading
from hyotei.rulebook import terms as t
from hyotei.rulebook.types import Scope

Outcomes = tuple[Leaf, ...]
Delta = tuple[int | None, int]
"""One unit of a class moves to another; from None it comes to the others."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is different in the second of two readings: one unit of a scope moves or comes, and units come along within it."""

    moves: "Mapping[Scope, Delta]" = field(default_factory=dict)
    brought: frozenset[Scope] = frozenset()
    """Scopes of which any number of units, of any classes, come along within the unit that comes."""
    only: "Mapping[Scope, int]" = field(default_factory=dict)
    """Scopes of which the unit that is read holds one single unit, of this class."""


UNCHANGED: Final = Change()


@dataclass(frozen=True, slots=True)
class Asked:
    """What an aggregate asks of each unit of a list: whether it is in the list, and the outcome of a term."""

    scope: Scope
    above: Scope
    condition: t.Term | None
    term: t.Term | None


def asked(aggregate: t.Aggregate) -> Asked:
    """What an aggregate asks.

    Raises:
        BeyondProof: it compares with something that is not the same for all units.
    """
    items = aggregate.items
    assert not isinstance(items, tuple)
    term: t.Term | None = None
    match items:
        case t.Each(units, inner):
            term = inner
        case t.ComparedEach(comparator, t.Each(units, inner), other):
            if not isinstance(other, (t.Constant, t.Parameter)):
                raise BeyondProof("list")
            term = t.Compared(comparator, inner, other)
        case t.Units() | t.Where():
            units = items
        case _:
            raise BeyondProof("list")
    if aggregate.function == "count":
        term = None
    condition: t.Term | None = None
    while isinstance(units, t.Where):
        condition = units.condition if condition is None else t.Both(units.condition, condition)
        units = units.units
    return Asked(units.scope, units.above, condition, term)


@dataclass(slots=True)
class Classes:
    """The classes of the units of one scope: what is observed of a unit, and which joint outcomes there are."""

    scope: Scope
    terms: tuple[t.Term, ...]
    """Observed terms; those that are conditions are only observed as true or not."""
    conditions: frozenset[t.Term]
    members: list[Outcomes] = field(default_factory=list)

    def outcome(self, member: int, term: t.Term) -> Leaf:
        return self.members[member][self.terms.index(term)]

    def observed(self, reading: Reading, place: Place) -> list[GuardedValue]:
        """The observed outcomes of a unit."""
        found = []
        for term in self.terms:
            value = reading.value(term, place)
            if term in self.conditions:
                value = guarded(((value.true, True), (neg(value.true), False)))
            for _, leaf in value.cases:
                if isinstance(leaf, Linear) and leaf.value is None:
                    raise BeyondProof("list")
            found.append(value)
        return found
