"""What was taken to be so without being stated: directions, readings, years that were skipped, a rulebook out of force."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hyotei.base.printable import one_line
from hyotei.base.text_folding import folded
from hyotei.messages import Language
from hyotei.messages.notes import BETWEEN, note_text
from hyotei.rulebook import terms as t
from hyotei.rulebook.library import EVERY_AUTHORITY
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.types import ANY
from hyotei.rulebook.unit_tree import Unit, direction_at
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import figure
from hyotei.sheet import Measure, Quantity
from hyotei.sheet.direction import DirectionReading
from hyotei.sheet.fiscal_year import print_fiscal_year
from hyotei.sheet.models import Direction
from hyotei.sheet.text_figures import words_only
from hyotei.verdict.case import Case
from hyotei.verdict.corrections import corrections
from hyotei.verdict.directions import DIRECTIONS, ground, speaks_against
from hyotei.verdict.model import AssumptionRef
from hyotei.verdict.trials import Outcome, outcome_under, results

_READINGS: Final = {
    "inferred": ("推定して読んだ", "inferred reading"),
    "ambiguous": ("別の読み方もありうる", "ambiguous reading"),
}
_MOST_NAMED: Final = 2
"""Figures that are named; of more only the number is told."""


def assumptions(case: Case, language: Language) -> tuple[AssumptionRef, ...]:
    """All assumptions, each once; first the directions that something on the sheet speaks against."""
    found: dict[AssumptionRef, None] = {}
    contested, others = _directions(case, language)
    for each in (
        *contested,
        *(AssumptionRef("corrected", "sheet", text) for text in corrections(case.sheet, language)),
        *_in_force(case, language),
        *others,
        *_readings(case, language),
        *_skipped(case, language),
    ):
        found[each] = None
    return tuple(found)


def _in_force(case: Case, language: Language) -> Iterator[AssumptionRef]:
    """That the rulebook is not made for the year, or not for the authority, of the sheet, or was carried over to the year."""
    rulebook, year = case.rulebook, case.sheet.fiscal_year
    last = rulebook.carried_over_from
    if last is not None and last < year:
        until, printed = print_fiscal_year(last, language), print_fiscal_year(year, language)
        yield AssumptionRef(
            "rulebook_carried_over",
            "sheet",
            f"評価基準書 {rulebook.id} は {until} までのもので、{printed} に案として引き継いで当てはめた"
            if language == "ja"
            else f"the rulebook {rulebook.id} ends with {until}; it was carried over to {printed} as a draft",
        )
    if not rulebook.in_force(year):
        printed = print_fiscal_year(year, language)
        yield AssumptionRef(
            "rulebook_not_in_force",
            "sheet",
            f"評価基準書 {rulebook.id} は {printed} を対象としていないが、指定により当てはめた"
            if language == "ja"
            else f"the rulebook {rulebook.id} is not in force for {printed}; it was applied because it was named",
        )
    if folded(rulebook.authority) not in {"", folded(case.sheet.authority), *EVERY_AUTHORITY}:
        yield AssumptionRef(
            "rulebook_of_another_authority",
            "sheet",
            f"評価基準書 {rulebook.id} は {rulebook.authority} のもので、{case.sheet.authority} の評価書に指定により当てはめた"
            if language == "ja"
            else f"the rulebook {rulebook.id} is that of {rulebook.authority}; it was applied to a sheet of "
            f"{case.sheet.authority} because it was named",
        )


def _directions(case: Case, language: Language) -> tuple[list[AssumptionRef], list[AssumptionRef]]:
    """The directions that were inferred: those that something speaks against, with what the other one would change; the rest."""
    contested: list[AssumptionRef] = []
    others: list[AssumptionRef] = []
    if not any(
        isinstance(part, t.Figure) and part.name == "direction"
        for decision in case.rulebook.decisions
        if not decision.audit
        for part in mentioned(decision)
    ):
        return contested, others
    for unit in case.units.values():
        if not isinstance(unit.model, Measure) or isinstance(unit.figure("direction"), Unknown):
            continue
        reading = direction_at(unit)
        if reading.direction is None or reading.reading == "stated":
            continue
        why = ground(reading, unit.model, language)
        subject = case.subject(unit, language)
        direction = DIRECTIONS[reading.direction]
        text = (
            f"「{subject}」の改善の向きは記載がなく、{direction[0]}とみなした（{why}）"
            if language == "ja"
            else f"the direction of “{subject}” is not stated; {direction[1]} was taken ({why})"
        )
        if not reading.against:
            others.append(AssumptionRef(f"direction_{reading.reason}", unit.key, text))
            continue
        contested.append(
            AssumptionRef("direction_contested", unit.key, text + _other_way(case, unit, reading, language))
        )
    return contested, others


def _other_way(case: Case, unit: Unit, reading: DirectionReading, language: Language) -> str:
    """What speaks for the other direction, and what the results would be with it."""
    other: Direction = "increase" if reading.direction == "decrease" else "decrease"
    found = outcome_under(case, unit, other)
    now = results(case.derivation.steps)
    against = speaks_against(reading, language)
    if language == "ja":
        said = "結果は変わらない" if found == now else f"結果は {_results(found)} になる（今は {_results(now)}）"
        return f"。{against}。{DIRECTIONS[other][0]}なら、{said}"
    said = "the results stay" if found == now else f"the results would be {_results(found)} (now {_results(now)})"
    return f"; {against}. With {DIRECTIONS[other][1]} {said}"


def _results(outcome: Outcome) -> str:
    return "・".join(value or "-" for value in outcome)


def _readings(case: Case, language: Language) -> Iterator[AssumptionRef]:
    """Figures that were read but are not certain, each note once with the figures it is about; each figure that was not read."""
    notes: dict[tuple[str, str], dict[tuple[str, str], Unit]] = {}
    unread: dict[AssumptionRef, None] = {}
    for step in case.derivation.steps.values():
        for name, unit in case.used(step)[1]:
            figure_name = name.partition(".")[0]
            quantity = getattr(unit.model, figure_name, None)
            if not isinstance(quantity, Quantity):
                continue
            source = quantity.source
            if source is None or source.reading == "corrected":
                continue
            if quantity.unknown == "unread":
                # How it was read says nothing of a figure that was not; what stands there does.
                if source.text:
                    unread[_not_read(case, figure_name, unit, source.text, language)] = None
                continue
            if source.reading == "stated":
                continue
            for note in (source.note or "").split(BETWEEN):
                notes.setdefault((source.reading, note), {}).setdefault((figure_name, unit.key), unit)
    for (reading, note), places in notes.items():
        ja, en = _READINGS[reading]
        which = _which(case, places, language)
        text = f"{which}は{ja}" if language == "ja" else f"{en} of {which}"
        if note:
            text += f"：{note}" if language == "ja" else f": {note_text(note, language)}"
        units = {key for _, key in places}
        yield AssumptionRef(f"reading_{reading}", units.pop() if len(units) == 1 else "sheet", text)
    yield from unread


def _not_read(case: Case, name: str, unit: Unit, printed: str, language: Language) -> AssumptionRef:
    """That something stands where a figure is unread, a number if the text has one, with the whole text."""
    which = _which(case, {(name, unit.key): unit}, language)
    ja, en = ("数", "a number") if not words_only(folded(printed)) else ("文字", "a text")
    text = one_line(printed)
    return AssumptionRef(
        "reading_unread",
        unit.key,
        f"{which}には{ja}が記載されているが、読み取れていない：「{text}」"
        if language == "ja"
        else f"{en} stands at {which}, but it was not read: “{text}”",
    )


def _which(case: Case, places: dict[tuple[str, str], Unit], language: Language) -> str:
    """The figures by name where they are few, else how many."""
    if len(places) > _MOST_NAMED:
        return f"{len(places)}件の数値" if language == "ja" else f"{len(places)} figures"
    said = []
    for (name, _), unit in places.items():
        found = figure(unit.scope, name)
        title = name if found is None else found.ja if language == "ja" else found.en
        subject = case.subject(unit, language)
        if unit.scope != "budget_year":
            subject = f"「{subject}」" if language == "ja" else f"“{subject}”"
        said.append(f"{subject}の{title}" if language == "ja" else f"{title} of {subject}")
    return ("と" if language == "ja" else " and ").join(said)


def _skipped(case: Case, language: Language) -> Iterator[AssumptionRef]:
    """Units that a rule passed over only because something about them was unknown, such as an unsettled budget year."""
    for step in case.derivation.steps.values():
        decision = case.rulebook.by_name[step.decision]
        if decision.audit:
            continue
        title = decision.title if language == "ja" else decision.name
        for term in case.terms(decision, step):
            for part, unit in case.visits(term, case.units[step.unit]):
                if isinstance(part, t.At) and isinstance(part.units, t.Where):
                    yield from _passed_over(case, title, part, unit, language)


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
        value
        for inner, at in case.visits(where.condition, wished[index])
        if isinstance(inner, t.Knownness) and isinstance(value := case.value(inner.operand, at), Unknown)
    ]
    if not reasons:
        return
    passed, taken = case.subject(wished[index], language), case.subject(used, language) if used else ""
    words = case.words(reasons[0], ANY, language)
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
