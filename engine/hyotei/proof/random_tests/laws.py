"""Laws tried with random sheets: drawn pairs of sheets that differ as a law says, and drawn sheets for those that speak of one."""

from collections.abc import Iterator
from dataclasses import replace
from time import monotonic
from typing import Final

from hyotei.drawing.choices import seeded
from hyotei.drawing.law_sheets import SidesWriter
from hyotei.drawing.shrinking import smaller
from hyotei.messages import HyoteiError
from hyotei.proof.prover import Prover
from hyotei.proof.random_tests.drawn_sheets import DrawnSheets, Engines, trial_pool
from hyotei.proof.results import Changed, Counterexample, LawResult, Reached, Shown, Status
from hyotei.rulebook import terms as t
from hyotei.rulebook.changed_sheets import STATED, models, without
from hyotei.rulebook.law_meaning import (
    PAIRS,
    Breach,
    Interpreter,
    LawSide,
    NotThePairError,
    breach,
    can_be_tested,
    compared,
    values_reached,
)
from hyotei.rulebook.law_places import place, places_with_value
from hyotei.rulebook.model import RESULTS, Law, Rulebook
from hyotei.rulebook.term_parts import parts
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.sheet import Sheet

_DRAWS: Final = 4
"""So many times as often is drawn, where what is drawn has nothing that the law speaks of."""


def tried_law(prover: Prover, law: Law, result: LawResult, drawn: DrawnSheets, end: float) -> LawResult:
    """The result after the trial: a law that was called proved, or left open, and that a drawn sheet breaks, is refuted.

    A breach of what was called proved is a defect of Hyotei, and noted among the prover's.
    """
    if result.status not in ("proved", "open") and law.kind != "reachable":
        return result
    if not can_be_tested(law, prover.rulebook):
        return result
    if law.kind == "reachable":
        return _reached(prover, law, result, drawn, end)
    found, tried = (_pairs if law.kind in PAIRS else _single)(prover, law, drawn, end)
    if found is None:
        if result.status == "proved" and tried == 0 and monotonic() > end:
            return replace(result, status="open", why="timeout", tried=0)
        return replace(result, tried=tried)
    try:
        example = counterexample(prover, found)
    except HyoteiError as error:
        prover.defects += error.diagnostics
        return replace(result, status="open", method="bounded", why="differs", tried=tried)
    if result.status == "proved":
        prover.disagreement(law.text)
    return replace(result, status="refuted", method="example", why="", bound=0, tried=tried, counterexample=example)


def _single(prover: Prover, law: Law, drawn: DrawnSheets, end: float) -> "tuple[Breach | None, int]":
    tried = 0
    for sheet, derivation in drawn.until(end):
        tried += 1
        found = compared(law, prover.rulebook, (LawSide(sheet),), (derivation,))
        if found is not None:
            return smaller(found, prover.rulebook, drawn.engines.derive), tried
    return None, tried


def _pairs(prover: Prover, law: Law, drawn: DrawnSheets, end: float) -> "tuple[Breach | None, int]":
    """Pairs on the rulebook with only what the law rests on, which is sooner derived and asks about fewer boundaries."""
    book = prover.toward(_names(law, prover.rulebook))
    engines = Engines(book)
    tried = 0
    try:
        writer = SidesWriter(seeded(f"{book.hash} {law.text}"), law, book, trial_pool(book), engines.derive)
        for _ in range(drawn.count * _DRAWS):
            if tried == drawn.count or monotonic() > end:
                break
            sides = writer.sides()
            if sides is None:
                continue
            try:
                found = breach(law, book, sides, engines.derive)
            except NotThePairError:
                continue  # A value was drawn that no sheet brings about.
            tried += 1
            if found is not None:
                return _plainly(smaller(found, book, engines.derive), book, engines.derive), tried
    finally:
        engines.close()
    return None, tried


def _names(law: Law, rulebook: Rulebook) -> list[str]:
    """The decisions that a law speaks of."""
    if law.kind == "unknown_never_beats":
        return [name for name in RESULTS if name in rulebook.by_name]
    found = [place(name, rulebook) for name in (law.output, law.input) if law.kind == "monotone" or name == law.output]
    if law.kind == "one_more":
        found += places_with_value(law, rulebook)
    return [each.name for each in found if each is not None and each.decision]


def _plainly(found: Breach, rulebook: Rulebook, derive: Interpreter) -> Breach:
    """The breach with nothing given on its first side, where that breaks the law too."""
    if found.sides[0].given and found.law.kind == "monotone":
        plain = LawSide(found.sides[0].sheet)
        try:
            return breach(found.law, rulebook, (plain, found.sides[1]), derive) or found
        except NotThePairError:
            return found
    return found


def _reached(prover: Prover, law: Law, result: LawResult, drawn: DrawnSheets, end: float) -> LawResult:
    """Values that were not seen to come out, and do on a drawn sheet."""
    seen: dict[str, Sheet] = {}
    tried = 0
    if any(each.status != "proved" for each in result.reached) or not result.reached:
        for sheet, derivation in drawn.until(end):
            tried += 1
            for value in values_reached(law, prover.rulebook, derivation, sheet):
                seen.setdefault(value, sheet)
    reached: list[Reached] = []
    for each in result.reached:
        if each.status == "proved" or each.value not in seen:
            reached.append(each)
            continue
        if each.status == "refuted":
            prover.disagreement(f"{law.text}: {each.value}")
        reached.append(Reached(each.value, "proved", sheet=seen[each.value]))
    states = {each.status for each in reached}
    status: Status = "refuted" if "refuted" in states else "open" if "open" in states else "proved"
    if not reached or status == result.status:
        return replace(result, reached=tuple(reached), tried=tried)
    method = "example" if status == "proved" else result.method
    return replace(result, status=status, method=method, why="" if status == "proved" else result.why,
                   reached=tuple(reached), tried=tried)  # fmt: skip


# -- counterexamples


def counterexample(prover: Prover, found: Breach) -> Counterexample:
    """A breach as a counterexample, derived again on both engines with the whole rulebook.

    Raises:
        HyoteiError: HY900, the engines differ.
    """
    again = breach(found.law, prover.rulebook, found.sides, lambda _, sheet, given: prover.replay.derive(sheet, given))
    found = again or found
    law, sides = found.law, found.sides
    if law.kind not in PAIRS:
        return Counterexample(sides[0].sheet, (), _shown_of_one(prover, found))
    (decision, unit), *_ = found.at
    shown = (Shown(decision, unit, *found.values[:2]),)
    before, after = sides
    if law.kind == "one_more":
        key = next(
            key
            for scope, key, _ in models(after.sheet)
            if scope == law.scope and without(after.sheet, key) == before.sheet
        )
        named = places_with_value(law, prover.rulebook)[0].name
        return Counterexample(after.sheet, (Changed(named, key, None, law.input),), shown)
    changed = tuple(_changed(before, after, prover.rulebook, found))
    return Counterexample(before.sheet, changed, shown, supposed=bool(before.given))


def _changed(before: LawSide, after: LawSide, rulebook: Rulebook, found: Breach) -> Iterator[Changed]:
    """What is different on the second side: figures that the sheet states, and values that are given."""
    trees = [unit_tree(side.sheet, rulebook, side.given) for side in (before, after)]
    for scope, names in STATED.items():
        for one, two in zip(trees[0].below(scope), trees[1].below(scope), strict=True):
            for name in names:
                if one.figure(name) != two.figure(name):
                    yield Changed(name, one.key, one.figure(name), two.figure(name))
    moved = place(found.law.input, rulebook) if after.given else None
    for one in trees[0].below(moved.scope) if moved is not None else ():
        assert moved is not None
        first = moved.value(found.derivations[0], one)
        second = after.given.get((moved.name, one.key))
        if second is not None and first is not None and first != second:
            yield Changed(moved.name, one.key, first, second)


def _shown_of_one(prover: Prover, found: Breach) -> tuple[Shown, ...]:
    """The decisions that a law about one sheet speaks of, as they come out."""
    terms = (found.law.condition, found.law.consequence)
    names = sorted({part.decision for part in parts(terms) if isinstance(part, t.Decided)})
    values = ((name, found.derivations[0].value(name)) for name in names)
    return tuple(Shown(name, "sheet", value) for name, value in values if value is not None)
