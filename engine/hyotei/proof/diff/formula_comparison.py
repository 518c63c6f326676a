"""Decisions that cannot be cut into bands, such as formulas: compared as a whole by the solver."""

from dataclasses import field, replace
from typing import Final

from hyotei.compare.edit_words import Words, in_each
from hyotei.compare.editable_table import sources
from hyotei.compare.edits import book_edits, table_edits
from hyotei.compare.model import Edit, Effect, Why
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import phrase
from hyotei.proof.diff.joint_rulebook import pair_of, same_body
from hyotei.proof.diff.reachable_differences import Reacher
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table

MOST_EDITS: Final = 12
"""So many edits are tried one by one; of more it is not told which does what."""


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
        for edit, book in _body_edits(old, new, name, year):
            found.edits.append(edit)
            variants.append(book)
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
        if len(variants) > MOST_EDITS:
            found.effects.append("open")
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


def _body_edits(old: Rulebook, new: Rulebook, name: str, year: int) -> "list[tuple[Edit, Rulebook]]":
    """The edits of a decision itself, each with the new rulebook without it: those of a table, or the whole of what it says."""
    before, after = old.by_name[name], new.by_name[name]
    if isinstance(before.body, Table) and isinstance(after.body, Table):
        first, second = sources(old, new, name)
        return [
            (each.edit, _with(new, replace(after, body=each.undo(second).table()), old))
            for each in table_edits(first, second, year)
        ]
    formulas = isinstance(before.body, Formula) and isinstance(after.body, Formula)
    words = _body_words(before), _body_words(after)
    edit = Edit("formula" if formulas else "body", name, before=words[0], after=words[1])
    return [(edit, _with(new, before, old))]


def _body_words(decision: Decision) -> Words:
    body = decision.body
    if isinstance(body, Formula):
        return body.text, body.text
    return in_each(phrase("diff_document.table", policy=body.policy, rows=len(body.rows)))


def _with(new: Rulebook, decision: Decision, old: Rulebook) -> Rulebook:
    """The new rulebook with another version of one decision, which may read parameters of the old one."""
    decisions = tuple(decision if each.name == decision.name else each for each in new.decisions)
    return replace(new, decisions=decisions, parameters={**old.parameters, **new.parameters})
