"""`one more VALUE measure never lowers the OUTPUT`: a unit is added, and all others stay as they are.

A measure may bring an indicator of its own; an indicator or objective brings all that lies in it.
docs/proof-arguments.md has the argument, `side_conditions.py` what it asks of the rulebook.
"""

from collections.abc import Sequence
from typing import Final

from hyotei.base import deadline
from hyotei.compare.model import Why
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import neg
from hyotei.proof.laws.named_input import NamedInput, named, worse
from hyotei.proof.laws.pairs import counterexample, why_of
from hyotei.proof.laws.side_conditions import other_units_stay, output_hangs_on_it, output_is_read_whole
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.prover import Prover
from hyotei.proof.results import Changed, Counterexample, LawResult
from hyotei.proof.search import Question
from hyotei.proof.sheet_shapes import Place, Shape, free_sheet, single
from hyotei.proof.symbolic import Reading
from hyotei.proof.unit_classes import UNCHANGED, Change
from hyotei.proof.unit_counts import COUNTED, AnyNumber, Census
from hyotei.rulebook import terms as t
from hyotei.rulebook.changed_sheets import models, without
from hyotei.rulebook.dependence import DependenceNode, moving
from hyotei.rulebook.law_meaning import LawSide
from hyotei.rulebook.law_places import Place as Meant
from hyotei.rulebook.law_places import places_with_value
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import scope_within
from hyotei.sheet import Sheet
from hyotei.sheet.scopes import SCOPES

GROWS: Final[dict[Scope, tuple[Scope, ...]]] = {
    "measure": ("year", "measure", "indicator"),
    "indicator": ("year", "measure", "indicator"),
    "objective": ("year", "measure", "indicator", "objective"),
    "budget_year": ("budget_year",),
}
"""The lists that can be longer where a unit of a scope is added: an indicator has measures, and a measure has years."""


def one_more(prover: Prover, law: Law) -> LawResult:
    """Whether adding a unit of that value never worsens the output; where the output is unknown there is nothing to compare."""
    output = named(prover.rulebook, law.output)
    judged = [_named(each, prover.rulebook) for each in places_with_value(law, prover.rulebook)]
    if not judged or not output.first:
        raise BeyondProof("unsupported")
    why: Why
    try:
        with deadline.share(2):
            proved, steps, why = _prove(prover, law, output, judged)
        if proved:
            return LawResult(law.text, law.kind, "proved", "induction" if steps else "any_number", steps=steps)
    except deadline.OutOfTimeError:
        why = "timeout"
    except BeyondProof as beyond:
        why = why_of(beyond)
    example, reason, bound = _find(prover, law, output, judged)
    if example is not None:
        return LawResult(law.text, law.kind, "refuted", "example", counterexample=example)
    late = why in ("timeout", "nonlinear", "gave_up")
    return LawResult(law.text, law.kind, "open", "bounded", why if late else reason, bound)


def _named(place: Meant, rulebook: Rulebook) -> NamedInput:
    output = rulebook.by_name[place.name].outputs[0].name if place.decision else ""
    return NamedInput(place.name, place.scope, place.type, output)


def _names(output: NamedInput, judged: Sequence[NamedInput]) -> list[str]:
    return [output.name, *(each.name for each in judged if each.decision)]


# -- the proof


def _prove(prover: Prover, law: Law, output: NamedInput, judged: Sequence[NamedInput]) -> "tuple[bool, bool, Why]":
    scope = law.scope or "measure"
    rulebook = prover.toward(_names(output, judged))
    moves = moving(rulebook, [DependenceNode("list", each) for each in GROWS[scope]])
    if not output_hangs_on_it(output.node, moves):
        return True, True, ""
    condition = _all_of([t.Compared("=", each.term, t.Constant(law.input)) for each in judged])
    census = prover.census(_names(output, judged), (condition,))
    other_units_stay(rulebook, census, moves)
    read = output.term
    assert isinstance(read, t.Decided), "a figure hangs on no list"
    output_is_read_whole(rulebook, read, moves, ())
    steps = True
    for change in _changes(census, scope, output.scope, condition, moves):
        inputs = Inputs(census.rulebook)
        place = single(output.scope, inputs)
        before, after = (
            output.value(AnyNumber(census, inputs, output.scope, None, each, moves), place)
            for each in (UNCHANGED, change)
        )
        found = prover.possible(inputs, worse(output.type, after, before))
        if found.outcome != "no":
            return False, False, found.why
        steps = steps and prover.possible(inputs, before.known, neg(after.known)).outcome == "no"
    return True, steps, ""


def _all_of(terms: Sequence[t.Term]) -> t.Term:
    first, *others = terms
    for other in others:
        first = t.Both(first, other)
    return first


def _changes(
    census: Census, scope: Scope, outer: Scope, condition: t.Term, sealed: frozenset[DependenceNode]
) -> Sequence[Change]:
    """What can be different, in the classes of units within the output's, where a unit is added of which the condition is true."""
    if not scope_within(scope, outer):
        return [UNCHANGED]  # The output's unit holds neither the added one nor anything of it.
    if scope not in census.classes:
        raise BeyondProof("unsupported")
    classes = census.classes[scope]
    added = [at for at in range(len(classes.members)) if classes.outcome(at, condition) is True]
    brought = frozenset(each for each in COUNTED if scope_within(each, scope))
    found = [Change({scope: (None, member)}, brought) for member in added]
    if scope == "measure" and outer != "indicator" and "indicator" in census.classes:
        found += [
            Change({"measure": (None, member), "indicator": (None, census.index("indicator", outcomes))})
            for member in added
            for (outcomes,) in census.joint("indicator", ({},), (Change(only={"measure": member}),), sealed=sealed)
        ]
    return census.widened(scope, found, sealed)


# -- the search


def _find(
    prover: Prover, law: Law, output: NamedInput, judged: Sequence[NamedInput]
) -> "tuple[Counterexample | None, Why, int]":
    scope = law.scope or "measure"
    why: Why = "unsupported"
    bound = 0
    for alone in (False, True) if scope == "measure" else (False,):

        def ask(book: Rulebook, inputs: Inputs, root: Place, alone: bool = alone) -> Question:
            fewer = free_sheet(_shape(root), inputs)
            places = list(zip(_everything(root), _everything(fewer), strict=True))
            extra, others = _added(root, scope, alone)
            if extra is None:
                return Question([False], {}, (), lambda sheets, values: False)
            for place, twin in places:
                if extra in (place, *_above(place)) or (alone and place is extra.parent):
                    twin.present = False
            targets = [
                (twin, place)
                for place, twin in places
                if place.scope == output.scope and twin.present is not False
            ]  # fmt: skip
            if not targets:
                return Question([False], {}, (), lambda sheets, values: False)
            one, two = Reading(book, inputs), Reading(book, inputs)
            before, after = output.value(one, targets[0][0]), output.value(two, targets[0][1])
            wanted: list[Truth] = [
                extra.present,
                *others,
                targets[0][0].present,
                *(each.value(two, extra).holds(law.input) for each in judged),
                worse(output.type, after, before),
            ]
            return Question(
                wanted, {}, (fewer,), lambda sheets, values: _shown(prover, law, judged, sheets) is not None
            )

        answer = prover.search(_names(output, judged), ask)
        if answer.sheets:
            return _shown(prover, law, judged, answer.sheets), answer.why, answer.bound
        why, bound = (answer.why, answer.bound) if not alone or answer.why != "bounded" else (why, bound)
    return None, why, bound


def _added(root: Place, scope: Scope, alone: bool) -> "tuple[Place | None, list[Truth]]":
    """The unit that is one more, and what is asked of the others: a measure is alone in its indicator, or is not."""
    units = root.below(scope)
    if not units:
        return None, []
    if scope != "measure":
        return units[0], []
    if not alone:
        measures = units[0].up("indicator").below("measure")
        return (measures[0], [measures[1].present]) if len(measures) > 1 else (None, [])
    last = root.below("objective")[0].below("indicator")[-1].below("measure")
    return last[0], [neg(each.present) for each in last[1:]]


def _everything(root: Place) -> list[Place]:
    return [place for scope in SCOPES for place in root.below(scope)]


def _above(place: Place) -> list[Place]:
    found = []
    while place.parent is not None:
        place = place.parent
        found.append(place)
    return found


def _shown(prover: Prover, law: Law, judged: Sequence[NamedInput], sheets: Sequence[Sheet]) -> Counterexample | None:
    more, fewer = sheets
    key = added_unit(more, fewer, law.scope)
    if not key:
        return None
    return counterexample(prover, law, (LawSide(fewer), LawSide(more)), Changed(judged[0].name, key, None, law.input))


def added_unit(more: Sheet, fewer: Sheet, of: Scope | None) -> str:
    """The key of the unit of a scope that only the first sheet has; empty where they do not differ so."""
    return next((key for scope, key, _ in models(more) if scope == of and without(more, key) == fewer), "")


def _shape(root: Place) -> Shape:
    return Shape(
        tuple(
            tuple(len(indicator.below("measure")) for indicator in objective.below("indicator"))
            for objective in root.below("objective")
        ),
        len(root.below("budget_year")),
        tuple(len(measure.below("year")) - 1 for measure in root.below("measure") if measure.below("year")),
    )
