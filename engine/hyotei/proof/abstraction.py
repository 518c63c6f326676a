"""Readings that do not read through everything: what is left out is free within its domain, which is sound for proving.

Whatever holds for every value that another decision or a list could give holds for those that they do give. What is refuted
this way is only a suspicion, until a sheet is found that shows it.
"""

from hyotei.proof.domain import Inputs
from hyotei.proof.guarded_values import GuardedValue
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.sheet_shapes import Place
from hyotei.proof.symbolic import Given, Reading
from hyotei.rulebook import terms as t
from hyotei.rulebook.dependence import DependenceNode, nodes
from hyotei.rulebook.model import Rulebook


class Abstract(Reading):
    """One decision by itself: the other decisions and the lists it reads are free.

    `sealed` is what must not be freed, because two readings that share their free values differ in it.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        inputs: Inputs,
        given: Given | None = None,
        sealed: frozenset[DependenceNode] = frozenset(),
    ) -> None:
        super().__init__(rulebook, inputs, given)
        self.sealed = sealed

    def decided(self, name: str, output: str, place: Place) -> GuardedValue:
        if (name, place.key) in self.given:
            return super().decided(name, output, place)
        return self.free_decision(name, output, place)

    def free_decision(self, name: str, output: str, place: Place) -> GuardedValue:
        if DependenceNode("decision", place.scope, name) in self.sealed:
            raise BeyondProof("feedback")
        return self.inputs.decided(self.rulebook.by_name[name], output, f"{place.key}.{name}.{output}")

    def figure(self, name: str, place: Place) -> GuardedValue:
        if DependenceNode("figure", place.scope, name) in self.sealed and (name, place.key) not in self.given:
            raise BeyondProof("feedback")
        return super().figure(name, place)

    def aggregate(self, term: t.Aggregate, place: Place) -> GuardedValue:
        if isinstance(term.items, tuple):
            return super().aggregate(term, place)
        return self.free_term(term, place)

    def at(self, term: t.At, place: Place) -> GuardedValue:
        return self.free_term(term, place)

    def free_term(self, term: t.Term, place: Place) -> GuardedValue:
        """A term taken as free; the same term at the same unit is the same free value."""
        if any(node in self.sealed for node in nodes(term, self.rulebook)):
            raise BeyondProof("position")
        return self.inputs.free(f"{place.key}.@{term_key(term)}", self.inputs.domains.of(term))


def term_key(term: t.Term) -> str:
    """A name for a term, the same for equal ones."""
    return repr(term)
