"""What was taken to be so without being stated: directions, readings, years that were skipped, a rulebook out of force."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hyotei.messages import Language
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Formula
from hyotei.rulebook.types import ANY
from hyotei.rulebook.units import Unit
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.walk import parts
from hyotei.sheet import Measure, Quantity
from hyotei.sheet.direction import direction_of
from hyotei.sheet.fiscal_year import print_fiscal_year
from hyotei.verdict.case import Case
from hyotei.verdict.model import AssumptionRef

_DIRECTIONS: Final = {
    "increase": ("増加", "increase"),
    "decrease": ("減少", "decrease"),
    "maintain": ("維持", "maintenance"),
}
_GROUNDS: Final = {
    "qualifier": ("目標値に「{}」とある", "the target says {}"),
    "baseline": ("基準値から目標値への向きによる", "from the way from baseline to target"),
    "assumed": ("ほかに手掛かりがない", "nothing else tells"),
}


def assumptions(case: Case, language: Language) -> tuple[AssumptionRef, ...]:
    """All assumptions, each once."""
    found: dict[AssumptionRef, None] = {}
    for each in (
        *_in_force(case, language),
        *_directions(case, language),
        *_readings(case, language),
        *_skipped(case, language),
    ):
        found[each] = None
    return tuple(found)


def _in_force(case: Case, language: Language) -> Iterator[AssumptionRef]:
    rulebook, year = case.rulebook, case.sheet.fiscal_year
    if not rulebook.in_force(year):
        printed = print_fiscal_year(year, language)
        yield AssumptionRef(
            "rulebook_not_in_force",
            "sheet",
            f"評価基準書 {rulebook.id} は {printed} を対象としていないが、指定により当てはめた"
            if language == "ja"
            else f"the rulebook {rulebook.id} is not in force for {printed}; it was applied because it was named",
        )


def _directions(case: Case, language: Language) -> Iterator[AssumptionRef]:
    if not any(
        isinstance(part, t.Figure) and part.name == "direction"
        for decision in case.rulebook.decisions
        if not decision.audit and isinstance(decision.body, Formula)
        for part in parts(decision.body.term)
    ):
        return
    for unit in case.units.values():
        if not isinstance(unit.model, Measure):
            continue
        reading = direction_of(unit.model)
        if reading.direction is None or reading.reading == "stated":
            continue
        ja, en = _GROUNDS[reading.reason]
        qualifier = unit.model.target.qualifier or ""
        subject = case.subject(unit, language)
        direction = _DIRECTIONS[reading.direction]
        yield AssumptionRef(
            f"direction_{reading.reason}",
            unit.key,
            f"「{subject}」の改善の向きは記載がなく、{direction[0]}とみなした（{ja.format(qualifier)}）"
            if language == "ja"
            else f"the direction of “{subject}” is not stated; {direction[1]} was taken ({en.format(qualifier)})",
        )


def _readings(case: Case, language: Language) -> Iterator[AssumptionRef]:
    """Figures that were read but are not certain; the same note is told once, with how often it applies."""
    notes: dict[tuple[str, str], list[str]] = {}
    for step in case.derivation.steps.values():
        for name, unit in case.used(step)[1]:
            quantity = getattr(unit.model, name.partition(".")[0], None)
            source = quantity.source if isinstance(quantity, Quantity) else None
            if source is not None and source.reading != "stated":
                notes.setdefault((source.reading, source.note or ""), []).append(f"{name}@{unit.key}")
    for (reading, note), places in notes.items():
        count = len(set(places))
        words = {"inferred": ("推定", "inferred"), "ambiguous": ("曖昧", "ambiguous")}[reading]
        yield AssumptionRef(
            f"reading_{reading}",
            places[0].partition("@")[2] if count == 1 else "sheet",
            f"{count}件の数値の読み取りは{words[0]}：{note}"
            if language == "ja"
            else f"the reading of {count} figure{'s are' if count > 1 else ' is'} {words[1]}: {note}",
        )


def _skipped(case: Case, language: Language) -> Iterator[AssumptionRef]:
    """Units that a rule passed over only because something about them was unknown, such as an unsettled budget year."""
    for decision in case.rulebook.decisions:
        if decision.audit or not isinstance(decision.body, Formula):
            continue
        for part in parts(decision.body.term):
            if not (isinstance(part, t.At) and isinstance(part.units, t.Where)):
                continue
            for key, unit in case.units.items():
                if unit.scope == decision.scope and case.step(decision.name, key) is not None:
                    yield from _passed_over(case, decision.title, part, unit, language)


def _passed_over(case: Case, title: str, part: t.At, unit: Unit, language: Language) -> Iterator[AssumptionRef]:
    where = part.units
    assert isinstance(where, t.Where)
    kept = case.listed(where, unit)
    wished = case.listed(replace(where, condition=_as_if_known(where.condition)), unit)
    index = part.position - 1 if part.position > 0 else part.position
    if not -len(wished) <= index < len(wished):
        return
    used = kept[index] if -len(kept) <= index < len(kept) else None
    if used is wished[index]:
        return
    reasons = [
        value.reason
        for inner in parts(where.condition)
        if isinstance(inner, t.Knownness) and isinstance(value := case.value(inner.operand, wished[index]), Unknown)
    ]
    passed, taken = case.subject(wished[index], language), case.subject(used, language) if used else ""
    words = case.words(Unknown(reasons[0]), ANY, language) if reasons else ""
    if language == "ja":
        text = f"{title}：{passed}は{words}なので、" + (f"{taken}の値を使った" if used else "使える値がない")
    else:
        text = f"{title}: {passed} is {words}, so " + (f"{taken} was used" if used else "there is no value to use")
    yield AssumptionRef("unknown_passed_over", wished[index].key, text)


def _as_if_known(term: t.Term) -> t.Term:
    """The condition as it would be if everything it asks to be known were known."""
    match term:
        case t.Not(t.Knownness()):
            return t.Constant(True)
        case t.Knownness():
            return t.Constant(False)
        case t.Both(left, right):
            return t.Both(_as_if_known(left), _as_if_known(right))
        case t.Either(left, right):
            return t.Either(_as_if_known(left), _as_if_known(right))
        case _:
            return term
