"""Which decisions of a rulebook come out otherwise than those of another one may: the edited ones, and all that rest on them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from hyotei.rulebook import terms as t
from hyotei.rulebook.model import RESULTS, Decision, Formula, Rulebook
from hyotei.rulebook.term_parts import mentioned
from hyotei.sheet.figures import RECORDED_SCALES

Result: TypeAlias = str | None
"""A value of a scale; None where it is undetermined, for whatever reason."""


def results_of(rulebook: Rulebook) -> tuple[str, ...]:
    """The results that a rulebook derives: rating, budget, or both."""
    return tuple(name for name in RESULTS if name in rulebook.by_name)


def affected(base: Rulebook, other: Rulebook) -> frozenset[str]:
    """The decisions of `other` that `base` may decide otherwise for some sheet; the rest are alike for every sheet."""
    found: set[str] = set()
    for decision in other.decisions:
        before = base.by_name.get(decision.name)
        if before is None or needs_of(decision) & found or sense(before, base) != sense(decision, other):
            found.add(decision.name)
    return frozenset(found)


def needs_of(decision: Decision) -> frozenset[str]:
    """The decisions that a decision reads."""
    return frozenset(part.decision for part in mentioned(decision) if isinstance(part, t.Decided))


def sense(decision: Decision, rulebook: Rulebook) -> str:
    """A text that is the same only for decisions that answer alike, given that those they read do."""
    body = decision.body
    told: list[object] = [decision.scope, decision.outputs]
    if isinstance(body, Formula):
        told.append(body.term)
    else:
        told += [body.policy, [column.term for column in body.inputs], [(r.checks, r.outputs) for r in body.rows]]
    for part in mentioned(decision):
        match part:
            case t.Parameter(name):
                parameter = rulebook.parameters[name]
                told.append((name, parameter.type, parameter.dated))
            case t.Calculation("/", _, _) | t.Aggregate("mean", _):
                told.append((rulebook.digits, rulebook.rounding))
            case t.Figure(_, name) if name in RECORDED_SCALES:
                scale = rulebook.scales.get(RECORDED_SCALES[name])
                told.append((name, scale and scale.values))
    return "\n".join(dict.fromkeys(map(repr, told)))


def ordered(decisions: Iterable[Decision]) -> tuple[Decision, ...] | None:
    """The decisions with their needs, each after those it reads; None where one reads what is not there, or itself."""
    left = {each.name: replace(each, needs=tuple(sorted(needs_of(each)))) for each in decisions}
    found: dict[str, Decision] = {}
    while left:
        ready = [each for each in left.values() if all(need in found for need in each.needs)]
        if not ready:
            return None
        for each in ready:
            found[each.name] = left.pop(each.name)
    outputs = {(each.name, output.name) for each in found.values() for output in each.outputs}
    scopes = {each.name: each.scope for each in found.values()}
    for each in found.values():
        for part in mentioned(each):
            if isinstance(part, t.Decided) and (
                (part.decision, part.output) not in outputs or scopes[part.decision] != part.scope
            ):
                return None
    return tuple(found.values())
