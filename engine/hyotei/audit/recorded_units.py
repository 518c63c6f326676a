"""Results that a sheet records of any of its units, beside the rating and the recommendation, against what the rulebook derives."""

from collections.abc import Iterable, Iterator

from hyotei.audit.model import Agreement, Comparison
from hyotei.messages import Language, wording
from hyotei.rulebook.changed_sheets import models
from hyotei.rulebook.model import RESULTS, Decision, Formula
from hyotei.rulebook.term_words import decision_title
from hyotei.rulebook.terms import Decided
from hyotei.rulebook.types import FIGURE, NUMBER, ScaleType
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet import Fact, Sheet
from hyotei.verdict.case import Case
from hyotei.verdict.model import Alternative, StepRef
from hyotei.verdict.nearest_rows import alternatives
from hyotei.verdict.steps import step_ref
from hyotei.verdict.verdict import Verdict

OF_FIGURES = ("missing", "unsettled", "unmeasured", "qualitative", "unread")
"""The reasons of unknown for which figures are to blame, and not the rules."""


def unit_comparisons(verdict: Verdict, language: Language, with_reasons: bool = True) -> Iterator[Comparison]:
    """Each recorded result that has a decision of its name at its unit; of others `hyotei rate` tells (HY145 to HY147)."""
    case: Case | None = None
    for scope, key, unit in models(verdict.sheet):
        for stated in unit.recorded.results if isinstance(unit, Sheet) else unit.recorded:
            decision = verdict.rulebook.by_name.get(stated.name)
            if decision is None or decision.scope != scope or decision.audit or decision.name in RESULTS:
                continue
            case = case or Case(verdict.rulebook, verdict.sheet, verdict.derivation)
            yield _comparison(case, verdict, decision, key, stated, language, with_reasons)


def _comparison(
    case: Case, verdict: Verdict, decision: Decision, key: str, stated: Fact, language: Language, with_reasons: bool
) -> Comparison:
    of = decision.outputs[0].type
    recorded = DeclaredFact(decision.name, decision.scope, NUMBER if of == FIGURE else of).value(stated)
    derived = verdict.derivation.value(decision.name, key)
    known = None if derived is None or isinstance(derived, Unknown) else derived
    ranked = isinstance(of, ScaleType) and of.ordered and recorded in of.values and known in of.values
    steps = of.values.index(str(known)) - of.values.index(str(recorded)) if ranked else None  # type: ignore[union-attr]  # a scale
    agreement = _agreement(verdict, recorded, derived)
    explained = with_reasons and agreement not in ("agrees", "not_recorded")
    reasons = _reasons(case, decision, key, recorded, language) if explained else ("", "")

    def said(value: Scalar) -> str:
        """A value of a scale as the scale has it, like a rating; any other in words."""
        return value if isinstance(of, ScaleType) and isinstance(value, str) else case.words(value, of, language)

    return Comparison(
        output=decision.name,
        recorded=" ".join(stated.text.split()) if isinstance(recorded, Unknown) else said(recorded),
        derived=None if known is None else said(known),
        agreement=agreement,
        steps=steps,
        why=reasons[0],
        why_not=reasons[1],
        unit=key,
        subject="" if key == "sheet" else case.subject(case.units[key], language),
        title=decision_title(decision, verdict.rulebook, language),
    )


def _reasons(case: Case, decision: Decision, key: str, recorded: Scalar, language: Language) -> tuple[str, str]:
    """What the derived value rests on, and what stood in the way of the recorded one."""
    decision = _deciding(case, decision)
    step = case.step(decision.name, key)
    others = alternatives(case, decision, case.units[key], language)
    return "" if step is None else why(step_ref(case, step, language), language), why_not(others, recorded)


def _deciding(case: Case, decision: Decision) -> Decision:
    """The decision that a result is; of one that only takes over the value of another, that other one."""
    while (
        isinstance(decision.body, Formula)
        and isinstance(decision.body.term, Decided)
        and decision.body.term.scope == decision.scope
    ):
        decision = case.rulebook.by_name[decision.body.term.decision]
    return decision


def why(step: StepRef, language: Language) -> str:
    """The inputs of a decision with their values, and the words of the row that answered."""
    say = wording(language)
    inputs = [f"{each.title} {each.text}" for each in step.inputs if each.asked not in ("", "-")]
    parts = (say.listed(inputs), step.annotation)
    return say.listed((part for part in parts if part), "common.list.colon")


def why_not(others: Iterable[Alternative], recorded: Scalar | None) -> str:
    """What stood in the way of the recorded value."""
    return next((each.sentence for each in others if each.value == recorded), "")


def _agreement(verdict: Verdict, recorded: Scalar, derived: Scalar | None) -> Agreement:
    if isinstance(recorded, Unknown):
        return "not_recorded" if recorded.reason == "missing" else "other_scale"
    if recorded == derived:
        return "agrees"
    if not verdict.rulebook.in_force(verdict.sheet.fiscal_year):
        return "not_in_force"
    if isinstance(derived, Unknown):
        return "data_missing" if derived.reason in OF_FIGURES else "undetermined"
    return "rules_differ"
