"""Readings that do not read through everything: what is left out is free within its domain, which is sound for proving.

Whatever holds for every value that another decision or a list could give holds for those that they do give. What is refuted
this way is only a suspicion, until a sheet is found that shows it.
"""

from hyotei.proof.domain import Inputs
from hyotei.proof.shapes import Place
from hyotei.proof.symbolic import BeyondProof, Given, Reading
from hyotei.proof.values import Value
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope
from hyotei.rulebook.walk import mentioned, parts


class Abstract(Reading):
    """One decision by itself: the other decisions and the lists it reads are free.

    `sealed` names the decisions, figures and lists that must not be freed, because two readings that share their free values
    differ in them.
    """

    def __init__(
        self, rulebook: Rulebook, inputs: Inputs, given: Given | None = None, sealed: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(rulebook, inputs, given)
        self.sealed = sealed

    def decided(self, name: str, output: str, place: Place) -> Value:
        given = self.given.get((name, place.key))
        if given is not None:
            return given
        return self.free_decision(name, output, place)

    def free_decision(self, name: str, output: str, place: Place) -> Value:
        if name in self.sealed:
            raise BeyondProof("feedback")
        return self.inputs.decided(self.rulebook.by_name[name], output, f"{place.key}.{name}.{output}")

    def aggregate(self, term: t.Aggregate, place: Place) -> Value:
        if isinstance(term.items, tuple):
            return super().aggregate(term, place)
        return self.free_term(term, place)

    def at(self, term: t.At, place: Place) -> Value:
        return self.free_term(term, place)

    def free_term(self, term: t.Term, place: Place) -> Value:
        """A term taken as free; the same term at the same unit is the same free value."""
        if self.sealed and any(_names(part) & self.sealed for part in parts(term)):
            raise BeyondProof("position")
        return self.inputs.free(f"{place.key}.@{term_key(term)}", self.inputs.domains.of(term))


def _names(part: object) -> set[str]:
    match part:
        case t.Decided(_, name, _) | t.Figure(_, name):
            return {name}
        case t.Units(scope, _):
            return {unit_list(scope)}
        case _:
            return set()


def unit_list(scope: Scope) -> str:
    """The name under which the list of all units of a scope is sealed, where one is added."""
    return f"#{scope}"


def term_key(term: t.Term) -> str:
    """A name for a term, the same for equal ones."""
    return repr(term)


def downstream(rulebook: Rulebook, name: str) -> frozenset[str]:
    """The decisions that rest on a figure or decision, and itself."""
    found = {name}
    for decision in rulebook.decisions:
        if found & set(decision.needs) or any(_names(part) & {name} for part in _figures(rulebook, decision.name)):
            found.add(decision.name)
    return frozenset(found)


def _figures(rulebook: Rulebook, name: str) -> list[object]:
    return [part for part in mentioned(rulebook.by_name[name]) if isinstance(part, t.Figure)]
