"""Decisions that cannot be cut into bands, such as formulas: compared as a whole by the solver."""

from dataclasses import dataclass, field, replace

from hyotei.proof.diff.edits import book_edits
from hyotei.proof.diff.joint import pair_of, same_body
from hyotei.proof.diff.model import Edit, Effect
from hyotei.proof.diff.reach import Reacher
from hyotei.proof.results import Why
from hyotei.rulebook.model import Decision, Formula, Rulebook


@dataclass(slots=True)
class WholeDiff:
    """Whether both versions are one function, and what each edit does; `causes` are edits whose undoing alone makes them one."""

    same: bool = False
    why: Why = ""
    edits: list[Edit] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    causes: tuple[int, ...] = ()
    variants: list[Rulebook] = field(default_factory=list)
    """For each edit the new rulebook without it."""


def compare_whole(reacher: Reacher, name: str, year: int) -> WholeDiff:
    """Both versions of a decision, as functions of all that they read."""
    old, new = reacher.pair.old, reacher.pair.new
    before, after = old.by_name[name], new.by_name[name]
    same, why = reacher.same_function(name)
    found = WholeDiff(same, why)
    variants = found.variants
    if not same_body(before, after):
        found.edits.append(_edit(before, after))
        variants.append(_with_body(new, before, old))
    for edit, book in book_edits(old, new, name, year):
        found.edits.append(edit)
        variants.append(book)
    causes = []
    for at, variant in enumerate(variants):
        if len(variants) == 1:
            # Without its only edit it is the old decision.
            found.effects.append("none" if same else "changes")
            causes += [] if same else [at]
            continue
        if same:
            # Several edits may undo each other, so that each of them has an effect of its own.
            unchanged, unsure = reacher.same_under(pair_of(variant, new), name)
            found.effects.append("none" if unchanged else "open" if unsure else "changes")
            continue
        if reacher.same_under(pair_of(old, variant), name)[0]:
            causes.append(at)
        unchanged = reacher.same_under(pair_of(variant, new), name)[0]
        found.effects.append("together" if unchanged else "changes")
    found.causes = tuple(causes)
    return found


def _edit(before: Decision, after: Decision) -> Edit:
    told = [one.body.text if isinstance(one.body, Formula) else one.body.policy for one in (before, after)]
    kind = "formula" if isinstance(before.body, Formula) and isinstance(after.body, Formula) else "body"
    return Edit("formula" if kind == "formula" else "body", after.name, before=(told[0],) * 2, after=(told[1],) * 2)


def _with_body(new: Rulebook, before: Decision, old: Rulebook) -> Rulebook:
    """The new rulebook with the old version of one decision."""
    decisions = tuple(before if each.name == before.name else each for each in new.decisions)
    return replace(new, decisions=decisions, parameters={**old.parameters, **new.parameters})
