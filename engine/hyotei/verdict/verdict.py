"""The verdict: what a rulebook says of a sheet. The answer itself is at hand; its reasons are worked out when asked for."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from functools import cached_property

from hyotei.base.exact import plain
from hyotei.messages import Language
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.load import RESULTS
from hyotei.rulebook.model import Decision, Formula, Row, Rulebook, Table
from hyotei.rulebook.term_words import term_text
from hyotei.rulebook.terms import Decided, Figure, Term
from hyotei.rulebook.types import ANY, ScaleType, Type
from hyotei.rulebook.units import Unit
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import figure
from hyotei.rulebook.wording import amount, check_text
from hyotei.sheet import BudgetYear, Measure, Quantity, Sheet
from hyotei.sheet.direction import direction_of
from hyotei.sheet.quantity_print import print_quantity
from hyotei.verdict.assumptions import assumptions
from hyotei.verdict.case import Case, unknown_output
from hyotei.verdict.margins import margins
from hyotei.verdict.model import (
    SCHEMA,
    Alternative,
    BudgetYearRef,
    FindingRef,
    InputRef,
    Margin,
    MeasureRef,
    Plain,
    RulebookRef,
    SheetRef,
    SourceRef,
    StepRef,
    VerdictData,
)
from hyotei.verdict.nearest import alternatives
from hyotei.verdict.unknowns import unknowns, waits_for


class Verdict:
    """One sheet under one rulebook.

    `rating` and `budget` are values of the rulebook's scales, or None where they stay undetermined; `derivation` holds every
    step. `data(language)` is the whole verdict as a typed value, `to_json()` its canonical JSON: the same sheet under the
    same rulebook hash gives the same bytes.
    """

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
    def status(self) -> str:
        """`determined` when every result the rulebook decides is known, else `undetermined`."""
        return "determined" if all(self._settled(name) for name in RESULTS) else "undetermined"

    def _settled(self, name: str) -> bool:
        return name not in self.rulebook.by_name or _known(self.derivation.value(name)) is not None

    @property
    def findings(self) -> tuple[FindingRef, ...]:
        """What the audit tables state, in their order, in Japanese."""
        return tuple(_findings(self._case, "ja"))

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
            status="determined" if self.status == "determined" else "undetermined",
            waits_for=waits_for(case, language),
            measures=tuple(_measures(case, language)),
            budget_years=tuple(_budget_years(case)),
            derivation=tuple(_step_ref(case, step, language) for step in self._shown()),
            findings=tuple(_findings(case, language)),
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
        return json.dumps(asdict(self.data(language)), ensure_ascii=False, indent=indent)

    def __repr__(self) -> str:
        return f"<Verdict {self.sheet.id}: rating {self.rating or '-'}, budget {self.budget or '-'}, {self.status}>"

    def _repr_html_(self) -> str:
        from hyotei.verdict.notebook import notebook_html

        return notebook_html(self.data("ja"))


def _known(value: Scalar | None) -> str | None:
    return value if isinstance(value, str) else None


def _label(case: Case, decision: str, value: str | None) -> str:
    """What a result means in words, by the scale it is of."""
    of = _type(case, decision)
    return case.label(of.name, value) if isinstance(of, ScaleType) else ""


def plain_value(value: Scalar) -> Plain:
    """A value for JSON."""
    if isinstance(value, Unknown):
        return None
    return plain(value) if isinstance(value, Decimal) else value


def _sheet_ref(sheet: Sheet) -> SheetRef:
    return SheetRef(sheet.id, sheet.title, sheet.authority, sheet.number, sheet.fiscal_year)


def _rulebook_ref(rulebook: Rulebook, sheet: Sheet) -> RulebookRef:
    in_force = rulebook.in_force(sheet.fiscal_year)
    return RulebookRef(rulebook.id, rulebook.hash, rulebook.standing, rulebook.title, in_force)


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
            baseline=_printed(unit.model.baseline, language),
            target=_printed(unit.model.target, language),
            actual=_printed(unit.model.actual, language),
            attainment=_decimal(attainment),
            result=_known(result),
            unknown=unknowns_here[0].reason if unknowns_here else None,
            text=case.words(scalar, _type(case, "attainment"), language),
        )


def _printed(quantity: Quantity, language: Language) -> str:
    if quantity.unit == "円" and quantity.value is not None:
        # As printed it would lack the unit that stands at the head of the table.
        return amount(quantity.value, language)
    if quantity.source is not None and quantity.source.text.strip():
        return " ".join(quantity.source.text.split())
    return print_quantity(quantity)


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
        amounts = {name: getattr(year, name).value for name in ("initial", "total", "executed")}
        yield BudgetYearRef(
            unit=unit.key,
            fiscal_year=year.fiscal_year,
            execution_rate=_decimal(rate),
            basis=year.basis,
            unknown=rate.reason if isinstance(rate, Unknown) else None,
            **{name: None if amount is None else plain(amount) for name, amount in amounts.items()},
        )


# -- the derivation


def _step_ref(case: Case, step: Step, language: Language) -> StepRef:
    decision = case.rulebook.by_name[step.decision]
    unit = case.units[step.unit]
    body = decision.body
    row = body.rows[step.rows[0] - 1] if isinstance(body, Table) and step.rows else None
    first = step.outputs[0] if step.outputs else None
    unknown = unknown_output(step)
    return StepRef(
        id=f"{step.decision}@{step.unit}",
        decision=step.decision,
        title=decision.title if language == "ja" else decision.name,
        unit=step.unit,
        outcome=step.outcome,
        rows=step.rows,
        outputs={
            output.name: plain_value(value)
            for output, value in zip(decision.outputs, step.outputs, strict=False)
            if not isinstance(value, tuple)
        },
        reason=unknown.reason if unknown else None,
        text=case.words(first, decision.outputs[0].type, language)
        if not isinstance(first, tuple) and first is not None
        else "",
        annotation=row.annotation if row else "",
        standing=case.standing(decision, step.rows),
        inputs=tuple(_inputs(case, decision, step, unit, language)),
        uses=tuple(f"{name}@{key}" for name, key in case.used(step)[0]),
    )


def _inputs(case: Case, decision: Decision, step: Step, unit: Unit, language: Language) -> Iterator[InputRef]:
    body = decision.body
    if isinstance(body, Formula):
        term, at = case.taken(body.term, unit)
        result = step.outputs[0]
        assert not isinstance(result, tuple), "a formula gives one value"
        text = case.words(result, decision.outputs[0].type, language)
        yield _input(case, term, at, term_text(term, case.rulebook, language), result, text, "", language)
        return
    for index, (column, value) in enumerate(zip(body.inputs, step.inputs, strict=False)):
        asked = _asked(case, body, step, index, unit, language)
        title, text = case.title(column.term, language), case.words(value, column.type, language)
        yield _input(case, column.term, unit, title, value, text, asked, language)


def _asked(case: Case, table: Table, step: Step, index: int, unit: Unit, language: Language) -> str:
    """What the rows that answered ask of a column, each answer once; empty where there is no such row."""
    of = table.inputs[index].type
    checks = [table.rows[number - 1].checks[index] for number in step.rows]
    texts = [check_text(check, of, lambda term: case.value(term, unit), language) for check in checks]
    return " / ".join(dict.fromkeys(text for text in texts if text != "-")) or ("-" if texts else "")


def _input(
    case: Case, term: Term, unit: Unit, title: str, value: Scalar | None, text: str, asked: str, language: Language
) -> InputRef:
    figures, steps = case.read(term, unit)
    return InputRef(
        title=title,
        value=None if value is None else plain_value(value),
        reason=value.reason if isinstance(value, Unknown) else None,
        text=text,
        asked=asked,
        sources=tuple(_source(case, name, at, language) for name, at in figures),
        uses=tuple(f"{name}@{key}" for name, key in steps),
    )


def _source(case: Case, name: str, unit: Unit, language: Language) -> SourceRef:
    found = figure(unit.scope, name)
    value = unit.figure(name)
    quantity = getattr(unit.model, name.partition(".")[0], None)
    source = quantity.source if isinstance(quantity, Quantity) else None
    place = ""
    if source is not None:
        parts = [source.place or "", source.file or "", f"{source.line}" if source.line is not None else ""]
        place = ":".join(part for part in (parts[1], parts[2]) if part)
        place = f"{parts[0]} ({place})" if parts[0] and place else parts[0] or place
    reading = source.reading if source is not None else "stated"
    if name == "direction" and isinstance(unit.model, Measure) and not isinstance(value, Unknown):
        reading = direction_of(unit.model).reading
    return SourceRef(
        figure=name,
        unit=unit.key,
        title=(found.ja if language == "ja" else found.en) if found else name,
        text=_printed(quantity, language)
        if isinstance(quantity, Quantity) and "." not in name
        else case.printed(name, unit, value, language),
        place=place,
        reading=reading,
    )


# -- findings, why not, margins


def _findings(case: Case, language: Language) -> Iterator[FindingRef]:
    for step in case.derivation.steps.values():
        decision = case.rulebook.by_name[step.decision]
        if not decision.audit or not isinstance(decision.body, Table):
            continue
        unit = case.units[step.unit]
        severity = next((index for index, output in enumerate(decision.outputs) if output.name == "severity"), None)
        for number, outputs in zip(step.rows, step.outputs, strict=True):
            assert isinstance(outputs, tuple)
            row = decision.body.rows[number - 1]
            yield FindingRef(
                code=str(outputs[0]),
                severity="" if severity is None else str(plain_value(outputs[severity]) or ""),
                unit=step.unit,
                subject=case.subject(unit, language),
                message=row.annotation,
                decision=step.decision,
                row=number,
                figures=dict(_finding_figures(case, decision.body, row, step, unit, language)),
            )


def _finding_figures(
    case: Case, table: Table, row: Row, step: Step, unit: Unit, language: Language
) -> Iterator[tuple[str, str]]:
    """What the row looked at; of an expression the figures and decisions in it."""
    for column, value, check in zip(table.inputs, step.inputs, row.checks, strict=True):
        if check.anything:
            continue
        if isinstance(column.term, Figure | Decided):
            yield case.title(column.term, language), case.words(value, column.type, language)
            continue
        figures, steps = case.read(column.term, unit)
        for name, at in figures:
            source = _source(case, name, at, language)
            yield source.title, source.text
        for name, key in steps:
            decision = case.rulebook.by_name[name]
            found = case.derivation.value(name, key)
            if found is not None:
                title = decision.title if language == "ja" else decision.name
                yield title, case.words(found, decision.outputs[0].type, language)


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
