"""Findings: the rows of audit tables that hold, with the figures they looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from hyotei.messages import Language
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Row, Table
from hyotei.rulebook.terms import Decided, Figure
from hyotei.rulebook.units import Unit
from hyotei.verdict.case import Case
from hyotei.verdict.model import FindingRef, Plain
from hyotei.verdict.steps import corrected_place, plain_value, source_ref

_PLACES: Final = 3
"""How many places a derived figure is told to rest on before the rest is cut."""


class FindingFigure(NamedTuple):
    """A figure that a row looked at: its name and text for people, its exact value, and where it was read.

    The place of a derived figure is those of the figures it rests on.
    """

    title: str
    text: str
    value: Plain
    place: str


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
        severity = next((index for index, output in enumerate(decision.outputs) if output.name == "severity"), None)
        for number, outputs in zip(step.rows, step.outputs, strict=True):
            assert isinstance(outputs, tuple)
            row = decision.body.rows[number - 1]
            found = FindingRef(
                code=str(outputs[0]),
                severity="" if severity is None else str(plain_value(outputs[severity]) or ""),
                unit=step.unit,
                subject=case.subject(unit, language),
                message=row.annotation,
                decision=step.decision,
                row=number,
                figures={},
                question=row.question,
            )
            # A figure that two columns look at is told once.
            yield found, tuple(dict.fromkeys(_figures(case, decision.body, row, step, unit, language)))


def _figures(case: Case, table: Table, row: Row, step: Step, unit: Unit, language: Language) -> Iterator[FindingFigure]:
    """What the row looked at; of an expression the figures and decisions in it."""
    for column, value, check in zip(table.inputs, step.inputs, row.checks, strict=True):
        if check.anything:
            continue
        if isinstance(column.term, Figure | Decided):
            title, text = case.title(column.term, language), case.words(value, column.type, language)
            yield FindingFigure(title, text, plain_value(value), _places(case, column.term, unit, language))
            continue
        figures, steps = case.read(column.term, unit)
        for name, at in figures:
            source = source_ref(case, name, at, language)
            yield FindingFigure(source.title, source.text, plain_value(at.figure(name)), source.place)
        for name, key in steps:
            decision = case.rulebook.by_name[name]
            result = case.derivation.value(name, key)
            if result is not None:
                title = decision.title if language == "ja" else decision.name
                text = case.words(result, decision.outputs[0].type, language)
                place = _joined(case.rested_on((name, key)), language)
                yield FindingFigure(title, text, plain_value(result), place)


def _places(case: Case, term: Figure | Decided, unit: Unit, language: Language) -> str:
    if isinstance(term, Figure):
        return corrected_place(unit.up(term.scope), term.name, language)
    return _joined(case.rested_on((term.decision, unit.up(term.scope).key)), language)


def _joined(figures: tuple[tuple[str, Unit], ...], language: Language) -> str:
    """The places of figures, each once."""
    places = list(dict.fromkeys(place for name, unit in figures if (place := corrected_place(unit, name, language))))
    return "; ".join(places[:_PLACES]) + (" …" if len(places) > _PLACES else "")
