"""The verdict: what a rulebook says of a sheet. The answer itself is at hand; its reasons are worked out when asked for."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from pydantic_core import to_json, to_jsonable_python

from hyotei.base.exact import plain
from hyotei.document import Document
from hyotei.document.notebook import ShownInNotebooks
from hyotei.messages import Language
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import RESULTS, Rulebook, Standing
from hyotei.rulebook.types import ANY, ScaleType, Type
from hyotei.rulebook.values import Reason, Scalar, Unknown
from hyotei.sheet import BudgetYear, Measure, Sheet
from hyotei.sheet.figures import EXECUTED, INITIAL, TOTAL
from hyotei.verdict.assumptions import assumptions
from hyotei.verdict.case import Case
from hyotei.verdict.finding_figures import FindingFigure
from hyotei.verdict.findings import findings, findings_with_figures
from hyotei.verdict.model import (
    SCHEMA,
    Alternative,
    BudgetYearRef,
    FindingRef,
    Margin,
    MeasureRef,
    RulebookRef,
    SheetRef,
    Status,
    VerdictData,
)
from hyotei.verdict.nearest_rows import alternatives
from hyotei.verdict.read_figures import ReadFigure, read_figures
from hyotei.verdict.row_margins import margins
from hyotei.verdict.steps import printed, step_ref
from hyotei.verdict.unknowns import unknowns, waits_for


class Verdict(ShownInNotebooks):
    """One sheet under one rulebook.

    `rating` and `budget` are values of the rulebook's scales, or None where they stay undetermined; `derivation` holds every
    step. `data(language)` is the whole verdict as a typed value, `to_json()` its canonical JSON: the same sheet under the
    same rulebook hash gives the same bytes.
    """

    document_builder = "hyotei.report.verdict_document:verdict_document"

    def __init__(self, rulebook: Rulebook, sheet: Sheet, derivation: Derivation) -> None:
        self.rulebook, self.sheet, self.derivation = rulebook, sheet, derivation

    @property
    def rating(self) -> str | None:
        """The derived rating."""
        return _known(self.derivation.value("rating"))

    @property
    def budget(self) -> str | None:
        """The derived budget recommendation."""
        return _known(self.derivation.value("budget"))

    @property
    def status(self) -> Status:
        """`determined` when every result the rulebook decides is known, else `undetermined`; `not_rated` if it decides none."""
        decided = [name for name in RESULTS if name in self.rulebook.by_name]
        if not decided:
            return "not_rated"
        known = all(_known(self.derivation.value(name)) is not None for name in decided)
        return "determined" if known else "undetermined"

    @property
    def findings(self) -> tuple[FindingRef, ...]:
        """What the audit tables state, in their order, in Japanese."""
        return self.findings_in("ja")

    def findings_in(self, language: Language) -> tuple[FindingRef, ...]:
        """The findings with their figures in one language."""
        return tuple(findings(self._case, language))

    def findings_with_figures(
        self, language: Language, steps: Iterable[Step] | None = None
    ) -> Iterator[tuple[FindingRef, tuple[FindingFigure, ...]]]:
        """The findings without their figures, each beside these with exact values and places.

        `steps` are those of audit tables that state something, where that is known; otherwise all are gone through.
        """
        return findings_with_figures(self._case, language, steps)

    def read_figures(self, language: Language) -> Iterator[ReadFigure]:
        """The figures of the sheet with where each was read."""
        return read_figures(self._case, language)

    def standing_of(self, finding: FindingRef) -> Standing:
        """How the row that states a finding is known."""
        return self._case.standing(self.rulebook.by_name[finding.decision], (finding.row,))

    def unknown_reason(self, decision: str) -> Reason | None:
        """Why a decision of the sheet is unknown; None where it is known or there is none of that name."""
        value = self.derivation.value(decision)
        return value.reason if isinstance(value, Unknown) else None

    @cached_property
    def _case(self) -> Case:
        return Case(self.rulebook, self.sheet, self.derivation)

    def data(self, language: Language = "ja") -> VerdictData:
        """The whole verdict, with sentences in one language."""
        case = self._case
        budget, rating = self.budget, self.rating
        return VerdictData(
            schema=SCHEMA,
            sheet=_sheet_ref(self.sheet),
            rulebook=_rulebook_ref(self.rulebook, self.sheet),
            rating=rating,
            rating_label=_label(case, "rating", rating),
            budget=budget,
            budget_label=_label(case, "budget", budget),
            status=self.status,
            waits_for=waits_for(case, language),
            measures=tuple(_measures(case, language)),
            budget_years=tuple(_budget_years(case)),
            derivation=tuple(step_ref(case, step, language) for step in self._shown()),
            findings=tuple(findings(case, language)),
            unknowns=unknowns(case, language),
            assumptions=assumptions(case, language),
            why_not=dict(_why_not(case, language)),
            margins=tuple(_margins(case, language)),
            recorded={"rating": self.sheet.recorded.rating, "budget": self.sheet.recorded.budget},
        )

    def _shown(self) -> Iterator[Step]:
        """All steps but those of audit tables, whose answers are the findings."""
        for step in self.derivation.steps.values():
            if not self.rulebook.by_name[step.decision].audit:
                yield step

    def to_json(self, language: Language = "ja", indent: int | None = 2) -> str:
        """Canonical JSON of `data(language)`."""
        data = self.data(language)
        if indent is None:
            return json.dumps(to_jsonable_python(data), ensure_ascii=False)
        return to_json(data, indent=indent).decode()

    def notebook_document(self) -> Document:
        """The answer, the figures and the findings."""
        return self.document(parts=("measures", "budget", "findings"))

    def __repr__(self) -> str:
        return f"<Verdict {self.sheet.id}: rating {self.rating or '-'}, budget {self.budget or '-'}, {self.status}>"


def _known(value: Scalar | None) -> str | None:
    return value if isinstance(value, str) else None


def _label(case: Case, decision: str, value: str | None) -> str:
    """What a result means in words, by the scale it is of."""
    of = _type(case, decision)
    return case.label(of.name, value) if isinstance(of, ScaleType) else ""


def _sheet_ref(sheet: Sheet) -> SheetRef:
    return SheetRef(sheet.id, sheet.title, sheet.authority, sheet.number, sheet.fiscal_year)


def _rulebook_ref(rulebook: Rulebook, sheet: Sheet) -> RulebookRef:
    in_force = rulebook.in_force(sheet.fiscal_year)
    return RulebookRef(
        rulebook.id,
        rulebook.hash,
        HASH_FORMAT,
        rulebook.standing,
        rulebook.title,
        in_force,
        rulebook.version,
        rulebook.derived_from,
    )


def _measures(case: Case, language: Language) -> Iterator[MeasureRef]:
    for unit in case.units.values():
        if not isinstance(unit.model, Measure):
            continue
        attainment = case.derivation.value("attainment", unit.key)
        result = case.derivation.value("result", unit.key)
        unknowns_here = [value for value in (attainment, result) if isinstance(value, Unknown)]
        scalar = Unknown("missing") if attainment is None else attainment
        yield MeasureRef(
            unit=unit.key,
            objective=case.subject(unit.up("objective"), language),
            indicator=case.subject(unit.up("indicator"), language),
            label=unit.model.label or "",
            baseline=printed(unit.model.baseline, language),
            target=printed(unit.model.target, language),
            actual=printed(unit.model.actual, language),
            attainment=_decimal(attainment),
            result=_known(result),
            unknown=unknowns_here[0].reason if unknowns_here else None,
            text=case.words(scalar, _type(case, "attainment"), language),
        )


def _decimal(value: Scalar | None) -> str | None:
    return plain(value) if isinstance(value, Decimal) else None


def _type(case: Case, decision: str) -> Type:
    found = case.rulebook.by_name.get(decision)
    return found.outputs[0].type if found is not None else ANY


def _budget_years(case: Case) -> Iterator[BudgetYearRef]:
    for unit in case.units.values():
        year = unit.model
        if not isinstance(year, BudgetYear):
            continue
        rate = case.derivation.value("execution_rate", unit.key)
        amounts = {row.field: getattr(year, row.field).value for row in (INITIAL, TOTAL, EXECUTED)}
        yield BudgetYearRef(
            unit=unit.key,
            fiscal_year=year.fiscal_year,
            execution_rate=_decimal(rate),
            basis=year.basis,
            unknown=rate.reason if isinstance(rate, Unknown) else None,
            **{name: None if amount is None else plain(amount) for name, amount in amounts.items()},
        )


# -- why not, margins


def _why_not(case: Case, language: Language) -> Iterator[tuple[str, tuple[Alternative, ...]]]:
    """For the results, and for every measure that did not get the best result."""
    for name in RESULTS:
        decision = case.rulebook.by_name.get(name)
        if decision is not None and decision.scope == "sheet":
            yield name, alternatives(case, decision, case.units["sheet"], language)
    decision = case.rulebook.by_name.get("result")
    if decision is None or decision.scope != "measure":
        return
    for unit in case.units.values():
        if unit.scope == "measure":
            found = alternatives(case, decision, unit, language)
            best = (
                case.rulebook.scales[decision.outputs[0].name].values[0]
                if decision.outputs[0].name in case.rulebook.scales
                else ""
            )
            better = tuple(each for each in found if each.value == best)
            if better:
                yield f"result@{unit.key}", better


def _margins(case: Case, language: Language) -> Iterator[Margin]:
    for name in (*RESULTS, "result"):
        decision = case.rulebook.by_name.get(name)
        if decision is None:
            continue
        for unit in case.units.values():
            if unit.scope == decision.scope:
                yield from margins(case, decision, unit, language)
