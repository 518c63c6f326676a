"""Findings: the rows of audit tables that hold, with the figures they looked at."""

from collections.abc import Iterator

from hyotei.messages import Language
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Row, Table
from hyotei.rulebook.terms import Decided, Figure
from hyotei.rulebook.units import Unit
from hyotei.verdict.case import Case
from hyotei.verdict.model import FindingRef
from hyotei.verdict.steps import plain_value, source_ref


def findings(case: Case, language: Language) -> Iterator[FindingRef]:
    """What the audit tables state, in their order."""
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
                figures=dict(_figures(case, decision.body, row, step, unit, language)),
                question=row.question,
            )


def _figures(
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
            source = source_ref(case, name, at, language)
            yield source.title, source.text
        for name, key in steps:
            decision = case.rulebook.by_name[name]
            found = case.derivation.value(name, key)
            if found is not None:
                title = decision.title if language == "ja" else decision.name
                yield title, case.words(found, decision.outputs[0].type, language)
