"""Recorded results against derived ones, sheet by sheet."""

from collections.abc import Iterator

from hyotei.audit.model import Agreement, Comparison
from hyotei.audit.recorded_units import OF_FIGURES, unit_comparisons, why, why_not
from hyotei.base.text_folding import folded
from hyotei.messages import InEach, Language, wording
from hyotei.rulebook.model import RESULTS, Decision, Rulebook, Scale
from hyotei.sheet import Sheet
from hyotei.sheet.facts import fact_of
from hyotei.verdict.model import StepRef, VerdictData
from hyotei.verdict.verdict import Verdict


def comparisons(verdict: Verdict, language: Language, with_reasons: bool = True) -> Iterator[Comparison]:
    """Each result that the rulebook decides or the sheet records, compared; `with_reasons` costs more than all else."""
    reasons: VerdictData | None = None
    for name in RESULTS:
        decision = verdict.rulebook.by_name.get(name)
        if decision is None:
            continue
        title = _title(decision, verdict.rulebook, language)
        recorded = recorded_result(verdict.sheet, name)
        derived: str | None = getattr(verdict, name)
        if recorded is None:
            yield Comparison(name, None, derived, "not_recorded", None, "", "", title=title)
            continue
        scale = verdict.rulebook.scales.get(name)
        value = on_scale(recorded, scale)
        if value is not None and value == derived:
            yield Comparison(name, value, derived, "agrees", 0, "", "", title=title)
            continue
        # The reasons of a verdict cost more than the verdict; they are worked out for sheets that do not agree only.
        reasons = reasons or (verdict.data(language) if with_reasons else None)
        yield Comparison(
            output=name,
            recorded=recorded if value is None else value,
            derived=derived,
            agreement=_agreement(verdict, name, value, derived),
            steps=_steps(scale, value, derived),
            why="" if reasons is None else _why(reasons, name, language),
            why_not="" if reasons is None else why_not(reasons.why_not.get(name, ()), value),
            title=title,
        )
    yield from unit_comparisons(verdict, language, with_reasons)


def _title(decision: Decision, rulebook: Rulebook, language: Language) -> str:
    """What the rulebook calls a result; in English nothing where it has no English text, as the result has a name of its own."""
    return InEach(decision.title, rulebook.english.get(decision.title, "")).text(language)


def recorded_result(sheet: Sheet, name: str) -> str | None:
    """What a sheet as a whole records under the name of a result, as printed."""
    if name in RESULTS:
        recorded: str | None = getattr(sheet.recorded, name)
        return recorded
    stated = fact_of(sheet.recorded.results, name)
    return None if stated is None else stated.text


def on_scale(recorded: str, scale: Scale | None) -> str | None:
    """The value of the scale that a sheet records, in whatever width it is printed; None where it is none."""
    if scale is None:
        return recorded
    plain = folded(recorded)
    return next((value for value in scale.values if folded(value) == plain), None)


def _agreement(verdict: Verdict, name: str, recorded: str | None, derived: str | None) -> Agreement:
    if recorded is None:
        return "other_scale"
    if not verdict.rulebook.in_force(verdict.sheet.fiscal_year):
        return "not_in_force"
    if derived is not None:
        return "rules_differ"
    return "data_missing" if verdict.unknown_reason(name) in OF_FIGURES else "undetermined"


def _steps(scale: Scale | None, recorded: str | None, derived: str | None) -> int | None:
    if scale is None or not scale.ordered or recorded not in scale.values or derived not in scale.values:
        return None
    return scale.values.index(derived) - scale.values.index(recorded)


def _why(verdict: VerdictData, name: str, language: Language) -> str:
    """The inputs of the decision with their values, and the words of the row that answered; or what it waits for."""
    step: StepRef | None = next((each for each in verdict.derivation if each.decision == name), None)
    if step is None:
        return ""
    if step.rows or not verdict.waits_for:
        return why(step, language)
    waiting = [f"{each.subject} {each.title}".strip() for each in verdict.waits_for]
    return wording(language).listed(waiting[:5]) + ("…" if len(waiting) > 5 else "")
