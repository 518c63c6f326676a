"""What was taken to be so without being stated: directions, readings, years that were skipped, a rulebook out of force."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hyotei.base.printable import one_line
from hyotei.base.text_folding import folded
from hyotei.messages import Language, phrase_of, wording
from hyotei.rulebook import terms as t
from hyotei.rulebook.library import EVERY_AUTHORITY
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.term_words import decision_title, figure_title
from hyotei.rulebook.types import ANY
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import Unknown
from hyotei.sheet import Measure
from hyotei.sheet.derived_figures import direction_at
from hyotei.sheet.direction import DirectionReading
from hyotei.sheet.figures import DIRECTION
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import Direction, Reading
from hyotei.sheet.notes import Note
from hyotei.sheet.text_figures import words_only
from hyotei.verdict.case import Case
from hyotei.verdict.corrections import corrections
from hyotei.verdict.directions import ground, speaks_against
from hyotei.verdict.fact_problems import fact_problems
from hyotei.verdict.model import AssumptionRef
from hyotei.verdict.supposed_values import Outcome, outcome_under, results

_MOST_NAMED: Final = 2
"""Figures that are named; of more only the number is told."""


def assumptions(case: Case, language: Language) -> tuple[AssumptionRef, ...]:
    """All assumptions, each once; first the directions that something on the sheet speaks against."""
    found: dict[AssumptionRef, None] = {}
    contested, others = _directions(case, language)
    for each in (
        *contested,
        *(AssumptionRef("corrected", "sheet", *each) for each in corrections(case.sheet, language)),
        *_in_force(case, language),
        *others,
        *_facts(case, language),
        *_readings(case, language),
        *_skipped(case, language),
    ):
        found[each] = None
    return tuple(found)


def _in_force(case: Case, language: Language) -> Iterator[AssumptionRef]:
    """That the rulebook is not made for the year, or not for the authority, of the sheet, or was carried over to the year."""
    say = wording(language)
    rulebook, year = case.rulebook, case.sheet.fiscal_year
    printed = print_fiscal_year(year, language)
    last = rulebook.carried_over_from
    if last is not None and last < year:
        until = print_fiscal_year(last, language)
        text = say("verdict.assumed.carried_over", rulebook=rulebook.id, until=until, year=printed)
        yield AssumptionRef("rulebook_carried_over", "sheet", text, {"until": str(last), "year": str(year)})
    if not rulebook.in_force(year):
        text = say("verdict.assumed.not_in_force", rulebook=rulebook.id, year=printed)
        yield AssumptionRef("rulebook_not_in_force", "sheet", text, {"year": str(year)})
    if folded(rulebook.authority) not in {"", folded(case.sheet.authority), *EVERY_AUTHORITY}:
        text = say(
            "verdict.assumed.of_another_authority",
            rulebook=rulebook.id,
            theirs=rulebook.authority,
            authority=case.sheet.authority,
        )
        values = {"theirs": rulebook.authority, "authority": case.sheet.authority}
        yield AssumptionRef("rulebook_of_another_authority", "sheet", text, values)


def _directions(case: Case, language: Language) -> tuple[list[AssumptionRef], list[AssumptionRef]]:
    """The directions that were inferred: those that something speaks against, with what the other one would change; the rest."""
    contested: list[AssumptionRef] = []
    others: list[AssumptionRef] = []
    if not any(
        isinstance(part, t.Figure) and part.name == DIRECTION.path
        for decision in case.rulebook.decisions
        if not decision.audit
        for part in mentioned(decision)
    ):
        return contested, others
    for unit in case.units.values():
        if not isinstance(unit.model, Measure) or isinstance(unit.figure(DIRECTION.path), Unknown):
            continue
        reading = direction_at(unit)
        if reading.direction is None or reading.reading == "stated":
            continue
        text = wording(language)(
            "verdict.assumed.direction",
            subject=case.subject(unit, language),
            direction=phrase_of("verdict.direction", reading.direction),
            ground=ground(reading, unit.model),
        )
        values = {"direction": str(reading.direction), "reason": str(reading.reason)}
        if reading.against:
            values["against"] = " ".join(reading.against)
            text = _with_other_way(text, case, unit, reading, language)
            contested.append(AssumptionRef("direction_contested", unit.key, text, values))
        else:
            others.append(AssumptionRef(f"direction_{reading.reason}", unit.key, text, values))
    return contested, others


def _with_other_way(taken: str, case: Case, unit: Unit, reading: DirectionReading, language: Language) -> str:
    """What speaks for the other direction, and what the results would be with it."""
    way: Direction = "increase" if reading.direction == "decrease" else "decrease"
    found = outcome_under(case, unit, way)
    now = results(case.derivation.steps)
    say, against, other = wording(language), speaks_against(reading), phrase_of("verdict.direction", way)
    if found == now:
        return say("verdict.assumed.contested_same", taken=taken, against=against, other=other)
    return say(
        "verdict.assumed.contested_other",
        taken=taken,
        against=against,
        other=other,
        found=_results(found),
        now=_results(now),
    )


def _results(outcome: Outcome) -> str:
    return "・".join(value or "-" for value in outcome)


def _facts(case: Case, language: Language) -> Iterator[AssumptionRef]:
    """Facts that are stated and cannot be used, and defaults that stand where none is stated."""
    for problem in fact_problems(case.sheet, case.rulebook):
        if problem.severity == "warning":
            values = {"problem": problem.code}
            yield AssumptionRef("fact", problem.location.heading or "sheet", problem.message(language), values)
    absent: dict[str, dict[str, None]] = {}
    for step in case.derivation.steps.values():
        for name, unit in case.used(step)[1]:
            declared = case.rulebook.facts.get(name)
            if declared is not None and declared.default is not None and unit.fact(name) is None:
                absent.setdefault(name, {})[unit.key] = None
    for name, units in absent.items():
        declared = case.rulebook.facts[name]
        assert declared.default is not None, "it stands for what is absent"
        label = figure_title(declared.scope, name, case.rulebook, language)
        value = case.words(declared.default, declared.type, language)
        text = wording(language)("fact.assumed.default", label=label, count=len(units), value=value)
        values = {"fact": name, "count": str(len(units)), "value": case.words(declared.default, declared.type, "ja")}
        yield AssumptionRef("fact_default", "sheet", text, values)


def _readings(case: Case, language: Language) -> Iterator[AssumptionRef]:
    """Figures that were read but are not certain, each note once with the figures it is about; each figure that was not read."""
    notes: dict[tuple[Reading, Note | str], dict[tuple[str, str], Unit]] = {}
    unread: dict[AssumptionRef, None] = {}
    for step in case.derivation.steps.values():
        for name, unit in case.used(step)[1]:
            figure_name = name.partition(".")[0]
            quantity = unit.quantity(name)
            if quantity is None:
                continue
            source = quantity.source
            if source is None or source.reading == "corrected":
                continue
            if quantity.unknown == "unread":
                # How it was read says nothing of a figure that was not; what stands there does. A fact is no figure: the kind
                # that the rulebook declares reads it ("○", a year), and what does not fit it is told by `_facts`.
                if source.text and name not in case.rulebook.facts:
                    unread[_not_read(case, figure_name, unit, source.text, language)] = None
                continue
            if source.reading == "stated":
                continue
            written = (source.note,) if source.note else ()
            for note in (*source.notes, *written) or ("",):
                notes.setdefault((source.reading, note), {}).setdefault((figure_name, unit.key), unit)
    for (reading, note), places in notes.items():
        say, which = wording(language), _which(case, places, language)
        if note:
            text = say.one_of(
                "verdict.noted_reading",
                reading,
                figures=which,
                note=note.text(language) if isinstance(note, Note) else note,
            )
        else:
            text = say.one_of("verdict.reading", reading, figures=which)
        units = {key for _, key in places}
        values = {"figures": " ".join(f"{key}.{name}" for name, key in places)}
        if isinstance(note, Note):
            values = {"note": note.code, **dict(note.values), **values}
        yield AssumptionRef(f"reading_{reading}", units.pop() if len(units) == 1 else "sheet", text, values)
    yield from unread


def _not_read(case: Case, name: str, unit: Unit, printed: str, language: Language) -> AssumptionRef:
    """That something stands where a figure is unread, a number if the text has one, with the whole text."""
    which = _which(case, {(name, unit.key): unit}, language)
    key = "verdict.assumed.text_not_read" if words_only(folded(printed)) else "verdict.assumed.number_not_read"
    text = wording(language)(key, figure=which, text=one_line(printed))
    return AssumptionRef("reading_unread", unit.key, text, {"figures": f"{unit.key}.{name}", "text": printed})


def _which(case: Case, places: dict[tuple[str, str], Unit], language: Language) -> str:
    """The figures by name where they are few, else how many."""
    say = wording(language)
    if len(places) > _MOST_NAMED:
        return say("verdict.assumed.figures", count=len(places))
    named = []
    for (name, _), unit in places.items():
        title, subject = figure_title(unit.scope, name, case.rulebook, language), case.subject(unit, language)
        if unit.scope == "budget_year":
            named.append(say("verdict.assumed.figure_of_year", title=title, year=subject))
        else:
            named.append(say("verdict.assumed.figure", title=title, subject=subject))
    return say.listed(named, "common.list.and")


def _skipped(case: Case, language: Language) -> Iterator[AssumptionRef]:
    """Units that a rule passed over only because something about them was unknown, such as an unsettled budget year."""
    for step in case.derivation.steps.values():
        decision = case.rulebook.by_name[step.decision]
        if decision.audit or decision.name not in case.common.picking:
            continue
        title = decision_title(decision, case.rulebook, language)
        for term in case.terms(decision, step):
            for part, unit in case.visits(term, case.units[step.unit]):
                if isinstance(part, t.At) and isinstance(part.units, t.Where):
                    yield from _passed_over(case, decision.name, title, part, unit, language)


def _passed_over(
    case: Case, name: str, title: str, part: t.At, unit: Unit, language: Language
) -> Iterator[AssumptionRef]:
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
    say, passed = wording(language), case.subject(wished[index], language)
    value = case.words(reasons[0], ANY, language)
    if used is None:
        text = say("verdict.assumed.none_left", decision=title, passed=passed, value=value)
    else:
        taken = case.subject(used, language)
        text = say("verdict.assumed.passed_over", decision=title, passed=passed, value=value, used=taken)
    values = {"decision": name, "reason": reasons[0].reason, **({"used": used.key} if used is not None else {})}
    yield AssumptionRef("unknown_passed_over", wished[index].key, text, values)


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
