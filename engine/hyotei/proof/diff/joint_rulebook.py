"""Two rulebooks as one, so that all that is proved of a rulebook can be proved of both at once.

Decisions and parameters of the new rulebook that are not the same as the old ones stand beside them under a name of their own.
Everything else is there once, and so is the same by construction.
"""

from dataclasses import replace
from typing import Final

from hyotei.compare.common_years import common_years
from hyotei.compare.term_rewriting import rewritten
from hyotei.lazy_dataclass import dataclass
from hyotei.proof.proof_limits import BeyondProof
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook, Scale, Table
from hyotei.rulebook.term_parts import mentioned
from hyotei.sheet.figures import RECORDED_SCALES

MARK: Final = "′"


@dataclass(frozen=True, slots=True)
class JointRulebook:
    """Both rulebooks in one. `affected` are the decisions of the new one that stand beside the old ones.

    `blocked` are those that one rulebook cannot hold for both, because they divide or read a record differently, or rest on such.
    """

    rulebook: Rulebook
    affected: frozenset[str]
    parameters: frozenset[str]
    old: Rulebook
    new: Rulebook
    blocked: frozenset[str] = frozenset()

    def name(self, name: str) -> str:
        """The name of a decision of the new rulebook."""
        return name + MARK if name in self.affected else name

    def term(self, term: t.Term, through: bool = True) -> t.Term:
        """A term of the new rulebook. Not `through`: with the decisions of the old one, as if only the term itself were new."""

        def change(part: object) -> object | None:
            match part:
                case t.Decided(scope, name, output) if through and name in self.affected:
                    return t.Decided(scope, name + MARK, output)
                case t.Parameter(name) if name in self.parameters:
                    return t.Parameter(name + MARK)
                case _:
                    return None

        found: t.Term = rewritten(term, change)
        return found

    def decision(self, name: str, through: bool = True) -> Decision:
        """A decision of the new rulebook, as it stands in both together."""
        decision = self.new.by_name[name]
        body = decision.body
        if isinstance(body, Formula):
            changed: Formula | Table = replace(body, term=self.term(body.term, through))
        else:
            changed = replace(
                body,
                inputs=tuple(replace(each, term=self.term(each.term, through)) for each in body.inputs),
                rows=tuple(
                    replace(
                        row,
                        checks=tuple(self.term(each, through) for each in row.checks),  # type: ignore[arg-type,misc]  # a check stays one
                        outputs=tuple(self.term(each, through) for each in row.outputs),
                    )
                    for row in body.rows
                ),
            )
        needs = tuple(self.name(each) if through else each for each in decision.needs)
        return replace(decision, name=self.name(name) if through else name + MARK, body=changed, needs=needs)


def pair_of(old: Rulebook, new: Rulebook, proved: frozenset[str] = frozenset()) -> JointRulebook:
    """Both rulebooks as one.

    `proved` are decisions that were edited and yet are proved to be the same.
    """
    parameters = frozenset(
        name
        for name, value in new.parameters.items()
        if name in old.parameters and value.dated != old.parameters[name].dated
    )
    affected: set[str] = set()
    for decision in new.decisions:
        before = old.by_name.get(decision.name)
        uses = {part.name for part in mentioned(decision) if isinstance(part, t.Parameter)}
        if decision.name in proved and before is not None and before.outputs == decision.outputs:
            if affected & {*decision.needs, *before.needs}:
                affected.add(decision.name)
        elif (
            before is None
            or not same_body(before, decision)
            or before.outputs != decision.outputs
            or before.scope != decision.scope
            or uses & parameters
            or affected & set(decision.needs)
        ):
            affected.add(decision.name)
    years = common_years(old, new)
    first, last = years if years is not None else (None, None)
    scales = {**old.scales}
    for name, scale in new.scales.items():
        labels = {**(scales[name].labels if name in scales else {}), **scale.labels}
        scales[name] = Scale(name, labels, scale.ordered)
    blocked = _blocked(old, new)
    bare = JointRulebook(old, frozenset(affected), parameters, old, new, blocked)
    both = replace(
        old,
        first_year=first,
        last_year=last,
        scales=scales,
        parameters={
            **new.parameters,
            **old.parameters,
            **{name + MARK: replace(new.parameters[name], name=name + MARK) for name in parameters},
        },
        decisions=(*old.decisions, *(bare.decision(each.name) for each in new.decisions if each.name in affected)),
        laws=(),
        facts={**new.facts, **old.facts},
    )
    return replace(bare, rulebook=both)


def only(pair: JointRulebook, name: str) -> Rulebook | None:
    """The old rulebook with the new version of one decision; None where that cannot stand among the old ones."""
    old = pair.old
    after = replace(pair.decision(name, through=False), name=name, needs=pair.new.by_name[name].needs)
    before = {each.name: at for at, each in enumerate(old.decisions)}
    same = [each.name for each in old.by_name[name].outputs] == [each.name for each in after.outputs]
    if name in pair.blocked or not same or any(before.get(need, len(before)) >= before[name] for need in after.needs):
        return None
    return replace(
        old,
        decisions=tuple(after if each.name == name else each for each in old.decisions),
        parameters={**pair.rulebook.parameters},
        scales=pair.rulebook.scales,
        first_year=pair.rulebook.first_year,
        last_year=pair.rulebook.last_year,
    )


def same_body(one: Decision, other: Decision) -> bool:
    """Whether two decisions say the same, apart from how it is spelled and what is remarked beside it."""
    first, second = one.body, other.body
    if isinstance(first, Formula) or isinstance(second, Formula):
        return isinstance(first, Formula) and isinstance(second, Formula) and first.term == second.term
    return (
        first.policy == second.policy
        and [(each.term, each.type) for each in first.inputs] == [(each.term, each.type) for each in second.inputs]
        and [(row.checks, row.outputs) for row in first.rows] == [(row.checks, row.outputs) for row in second.rows]
    )


def _blocked(old: Rulebook, new: Rulebook) -> frozenset[str]:
    """The decisions that divide, or read a record, where the two rulebooks do so differently; and all that rest on them."""
    rounding = (old.digits, old.rounding) != (new.digits, new.rounding)
    scales = {name for name in (*old.scales, *new.scales) if scale_values(old, name) != scale_values(new, name)}
    found: set[str] = set()
    for book in (old, new) if rounding or scales else ():
        for decision in book.decisions:
            for part in mentioned(decision):
                match part:
                    case t.Calculation("/", _, _) | t.Aggregate("mean", _) if rounding:
                        found.add(decision.name)
                    case t.Figure(_, name) if RECORDED_SCALES.get(name) in scales:
                        found.add(decision.name)
            if found & set(decision.needs):
                found.add(decision.name)
    return frozenset(found)


def scale_values(rulebook: Rulebook, name: str) -> frozenset[str] | None:
    """The values that a record of a name can have in a rulebook; None where it is any text."""
    return frozenset(rulebook.scales[name].values) if name in rulebook.scales else None


def checked(pair: JointRulebook, name: str) -> Rulebook:
    """The one rulebook, for a question about a decision.

    Raises:
        BeyondProof: the decision cannot be in one rulebook for both.
    """
    if name in pair.blocked:
        raise BeyondProof("unsupported")
    return pair.rulebook
