"""What the names in laws stand for: outputs of decisions and figures, at the units of a scope."""

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.changed_sheets import STATED
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.term_domain import domains_of
from hyotei.rulebook.types import ScaleType, Scope, Type
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.value_domain import Domain
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.vocabulary import LISTS, ancestry


@dataclass(frozen=True, slots=True)
class Place:
    """What a name in a law stands for: an output of a decision or a figure, at the units of a scope."""

    name: str
    scope: Scope
    type: Type
    decision: bool
    output: int = 0

    @property
    def stated(self) -> bool:
        """Whether it is a quantity or a year that the sheet states itself."""
        return not self.decision and self.name in STATED.get(self.scope, ())

    def value(self, derivation: Derivation, unit: Unit) -> Scalar | None:
        """The value at a unit of its scope; None where it is a list of findings."""
        return derivation.value(self.name, unit.key, self.output) if self.decision else unit.figure(self.name)


def place(name: str, rulebook: Rulebook) -> Place | None:
    """What a name of a law means, looked up as the checker does: widest scope first. None for a parameter, which no sheet has."""
    parts = name.split(".")
    scopes: tuple[Scope, ...] = ("sheet", *LISTS.values())
    for start in scopes:
        for scope in ancestry(start):
            found = rulebook.figure(scope, name)
            if found is not None:
                return Place(name, scope, rulebook.figure_type(name, found.type), decision=False)
            decision = rulebook.by_name.get(parts[0])
            if decision is None or decision.scope != scope or len(parts) > 2:
                continue
            for number, output in enumerate(decision.outputs):
                if len(parts) == 1 or output.name == parts[1]:
                    return Place(decision.name, scope, output.type, decision=True, output=number)
    return None


def places_with_value(law: Law, rulebook: Rulebook) -> tuple[Place, ...]:
    """The decisions and figures of the law's scope whose scale has its value."""
    decisions = [
        Place(decision.name, decision.scope, decision.outputs[0].type, decision=True)
        for decision in rulebook.decisions
        if not decision.audit
    ]
    figures = [Place(each.name, each.scope, each.type, decision=False) for each in rulebook.figures]
    return tuple(
        each
        for each in (*decisions, *figures)
        if each.scope == law.scope and isinstance(each.type, ScaleType) and law.input in each.type.values
    )


def domain_of(moved: Place, rulebook: Rulebook) -> Domain:
    """What the figure or output can be on any sheet that the rulebook is for."""
    domains = domains_of(rulebook)
    if not moved.decision:
        return domains.figure(moved.scope, moved.name)
    return domains.outputs[moved.name, rulebook.by_name[moved.name].outputs[moved.output].name]
