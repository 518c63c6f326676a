"""Results that a sheet records of any of its units, beside the rating and the recommendation, against what the rulebook derives."""

from collections.abc import Iterator

from hyotei.audit.model import Agreement, Comparison
from hyotei.messages import Language
from hyotei.rulebook.changed_sheets import models
from hyotei.rulebook.model import RESULTS, Decision
from hyotei.rulebook.types import FIGURE, NUMBER, ScaleType
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet import Fact, Sheet
from hyotei.verdict.case import Case
from hyotei.verdict.verdict import Verdict

OF_FIGURES = ("missing", "unsettled", "unmeasured", "qualitative", "unread")
"""The reasons of unknown for which figures are to blame, and not the rules."""


def unit_comparisons(verdict: Verdict, language: Language) -> Iterator[Comparison]:
    """Each recorded result that has a decision of its name at its unit; of others `hyotei rate` tells (HY145 to HY147)."""
    case: Case | None = None
    for scope, key, unit in models(verdict.sheet):
        for stated in unit.recorded.results if isinstance(unit, Sheet) else unit.recorded:
            decision = verdict.rulebook.by_name.get(stated.name)
            if decision is None or decision.scope != scope or decision.audit or decision.name in RESULTS:
                continue
            case = case or Case(verdict.rulebook, verdict.sheet, verdict.derivation)
            yield _comparison(case, verdict, decision, key, stated, language)


def _comparison(
    case: Case, verdict: Verdict, decision: Decision, key: str, stated: Fact, language: Language
) -> Comparison:
    of = decision.outputs[0].type
    recorded = DeclaredFact(decision.name, decision.scope, NUMBER if of == FIGURE else of).value(stated)
    derived = verdict.derivation.value(decision.name, key)
    known = None if derived is None or isinstance(derived, Unknown) else derived
    ranked = isinstance(of, ScaleType) and of.ordered and recorded in of.values and known in of.values
    steps = of.values.index(str(known)) - of.values.index(str(recorded)) if ranked else None  # type: ignore[union-attr]  # a scale
    return Comparison(
        output=decision.name,
        recorded=" ".join(stated.text.split()) if isinstance(recorded, Unknown) else case.words(recorded, of, language),
        derived=None if known is None else case.words(known, of, language),
        agreement=_agreement(verdict, recorded, derived),
        steps=steps,
        why="",
        why_not="",
        unit=key,
        subject="" if key == "sheet" else case.subject(case.units[key], language),
    )


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
