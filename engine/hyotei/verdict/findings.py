"""Findings: the rows of audit tables that hold, with the figures that decided."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hyotei.base.printable import one_line
from hyotei.messages import Language
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Output, Table
from hyotei.rulebook.types import ScaleType
from hyotei.rulebook.values import Scalar
from hyotei.verdict.case import Case
from hyotei.verdict.finding_doubts import doubts
from hyotei.verdict.finding_figures import FindingFigure, figures_of
from hyotei.verdict.model import FindingRef
from hyotei.verdict.steps import plain_value


def findings(case: Case, language: Language) -> Iterator[FindingRef]:
    """What the audit tables state, in their order."""
    for found, figures in findings_with_figures(case, language):
        yield replace(found, figures={each.title: each.text for each in figures})


def findings_with_figures(
    case: Case, language: Language, steps: Iterable[Step] | None = None
) -> Iterator[tuple[FindingRef, tuple[FindingFigure, ...]]]:
    """The same, each beside its figures as data; they are not in the finding itself. `steps` are all by default."""
    for step in case.derivation.steps.values() if steps is None else steps:
        yield from _stated_by(case, step, language)


def _stated_by(case: Case, step: Step, language: Language) -> Iterator[tuple[FindingRef, tuple[FindingFigure, ...]]]:
    """What one step states; nothing where it is no step of an audit table."""
    decision = case.rulebook.by_name[step.decision]
    if decision.audit and isinstance(decision.body, Table):
        unit = case.unit(step.unit)
        for number, outputs in zip(step.rows, step.outputs, strict=True):
            assert isinstance(outputs, tuple)
            row = decision.body.rows[number - 1]
            doubtful = doubts(case, decision.body, row, step.inputs, unit, language)
            found = FindingRef(
                code=str(outputs[0]),
                severity=_severity(decision.outputs, outputs, bool(doubtful)),
                unit=step.unit,
                subject=one_line(case.subject(unit, language)),
                message=case.said(row.annotation, language),
                decision=step.decision,
                row=number,
                figures={},
                question=case.said(row.question, language),
                doubts=doubtful,
            )
            yield found, figures_of(case, decision.body, row, unit, language)


def _severity(outputs: tuple[Output, ...], values: tuple[Scalar, ...], doubtful: bool) -> str:
    """The severity that the row states, one place lower on its scale where the finding is doubtful."""
    for output, value in zip(outputs, values, strict=True):
        if output.name == "severity":
            stated = str(plain_value(value) or "")
            scale = output.type.values if isinstance(output.type, ScaleType) and output.type.ordered else ()
            if doubtful and stated in scale[:-1]:
                return scale[scale.index(stated) + 1]
            return stated
    return ""
