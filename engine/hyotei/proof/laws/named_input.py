"""The figure or decision that a law names, and when one of its values is worse than another."""

from hyotei.lazy_dataclass import dataclass
from hyotei.proof import formulas as f
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import conj, disj
from hyotei.proof.guarded_values import GuardedValue
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.sheet_shapes import Place
from hyotei.proof.symbolic import Reading
from hyotei.rulebook import terms as t
from hyotei.rulebook.changed_sheets import STATED
from hyotei.rulebook.dependence import DependenceNode
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.term_domain import Domains
from hyotei.rulebook.types import ScaleType, Scope, Type
from hyotei.rulebook.value_domain import Domain
from hyotei.rulebook.vocabulary import LISTS


@dataclass(frozen=True, slots=True)
class NamedInput:
    """A figure, or an output of a decision."""

    name: str
    scope: Scope
    type: Type
    output: str = ""
    """The output, where it is a decision."""
    first: bool = True

    @property
    def decision(self) -> bool:
        return bool(self.output)

    @property
    def node(self) -> DependenceNode:
        """What it is in the relation of what reads what."""
        return DependenceNode("decision" if self.decision else "figure", self.scope, self.name)

    @property
    def term(self) -> "t.Decided | t.Figure":
        """The term that reads it."""
        return t.Decided(self.scope, self.name, self.output) if self.decision else t.Figure(self.scope, self.name)

    @property
    def stated(self) -> bool:
        """Whether the sheet states it itself: then the sheet has another one, and what follows from it on the sheet moves too."""
        return not self.decision and self.name in STATED.get(self.scope, ())

    def domain(self, domains: Domains) -> Domain:
        """What it can be."""
        return domains.outputs[self.name, self.output] if self.decision else domains.figure(self.scope, self.name)

    def value(self, reading: Reading, place: Place) -> GuardedValue:
        """Its value at a unit, or at the one that unit lies in."""
        at = place.up(self.scope)
        given = reading.given.get((self.name, at.key))
        if given is not None:
            return given
        return reading.decided(self.name, self.output, at) if self.decision else at.figure(self.name)


def named(rulebook: Rulebook, name: str) -> NamedInput:
    """What a law means by a name: a decision, an output of one, or the figure of the widest scope that has it."""
    head, _, tail = name.partition(".")
    decision = rulebook.by_name.get(name) or rulebook.by_name.get(head)
    if decision is not None:
        for at, output in enumerate(decision.outputs):
            if (name == decision.name and at == 0) or output.name == tail:
                return NamedInput(decision.name, decision.scope, output.type, output.name, at == 0)
    scopes: tuple[Scope, ...] = ("sheet", *LISTS.values())
    for scope in scopes:
        found = rulebook.figure(scope, name)
        if found is not None:
            return NamedInput(name, scope, rulebook.figure_type(name, found.type))
    raise BeyondProof("unsupported")


def worse(of: Type, one: GuardedValue, other: GuardedValue, equal: bool = False) -> Truth:
    """Whether `one` is worse than `other`, both known: further down its scale, or less; with `equal`, or the same."""
    if isinstance(of, ScaleType):
        order = {value: at for at, value in enumerate(of.values)}
        return disj(
            *(
                conj(guard, inner)
                for guard, leaf in one.cases
                for inner, each in other.cases
                if isinstance(leaf, str)
                and isinstance(each, str)
                and leaf in order
                and each in order
                and (order[leaf] > order[each] or (equal and leaf == each))
            )
        )
    return disj(
        *(
            conj(guard, inner, f.compared("<=" if equal else "<", number, against))
            for guard, number in one.numbers
            for inner, against in other.numbers
        )
    )
