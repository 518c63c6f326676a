"""The steps of a derivation as data: what each rests on, with the figures as printed and where they were read."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hyotei.base.exact import plain
from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_folding import folded
from hyotei.messages import InEach, Language, wording
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Decision, Formula, Table
from hyotei.rulebook.term_words import decision_title, figure_title
from hyotei.rulebook.terms import Term
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.value_words import amount, check_text
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import Fact, Measure, Quantity, Source
from hyotei.sheet.derived_figures import direction_at
from hyotei.sheet.figures import DIRECTION
from hyotei.sheet.quantity_print import print_quantity
from hyotei.sheet.quantity_words import PRINTED
from hyotei.sheet.units import YEN
from hyotei.verdict.case import Case, unknown_output
from hyotei.verdict.corrections import correction_words, shown_figure, with_correction
from hyotei.verdict.model import InputRef, Plain, SourceRef, StepRef


def plain_value(value: Scalar) -> Plain:
    """A value for JSON."""
    if isinstance(value, Unknown):
        return None
    return plain(value) if isinstance(value, Decimal) else value


_BARE: Final = lazy_pattern(r"[-+△▲]?[0-9][0-9,. ]*")


def printed(quantity: Quantity, language: Language, whole_yen: bool = False) -> str:
    """A figure as the document prints it, with the unit and the qualifier that stand in cells or headings of their own.

    A corrected one is its value, followed by what was read and printed. Money is told in yen where it stands beside an amount that
    is not in thousands (`whole_yen`).
    """
    if quantity.source is not None and quantity.source.reading == "corrected":
        return with_correction(shown_figure(quantity, language), quantity.source, language)
    if quantity.unit == YEN and quantity.value is not None:
        # As printed it would lack the unit that stands at the head of the table.
        return amount(quantity.value, language, whole_yen)
    if quantity.source is not None and quantity.source.text.strip() and not _bare(quantity, quantity.source.text):
        return " ".join(quantity.source.text.split())
    if quantity.unknown is not None and quantity.low is None:
        # Nothing is printed, so the reason is told in words of ours.
        return InEach(print_quantity(quantity), wording("en").one_of("common.reason", quantity.unknown)).text(language)
    return print_quantity(quantity)


def _bare(quantity: Quantity, text: str) -> bool:
    """Whether a text holds only the digits of a figure that has a unit, or lacks its qualifier: 75 for 75%程度."""
    plain_text = folded(text).strip()
    digits = _BARE.match(plain_text)
    if quantity.value is None or digits is None:
        return False
    rest = plain_text[digits.end() :].strip()
    if not rest:
        return quantity.unit is not None or quantity.qualifier is not None
    return rest == quantity.unit and quantity.qualifier is not None


def step_ref(case: Case, step: Step, language: Language) -> StepRef:
    """One step with its inputs, the figures and the steps they were read from."""
    decision = case.rulebook.by_name[step.decision]
    unit = case.units[step.unit]
    body = decision.body
    row = body.rows[step.rows[0] - 1] if isinstance(body, Table) and step.rows else None
    first = step.outputs[0] if step.outputs else None
    unknown = unknown_output(step)
    return StepRef(
        id=f"{step.decision}@{step.unit}",
        decision=step.decision,
        title=decision_title(decision, case.rulebook, language),
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
        annotation=case.said(row.annotation, language) if row else "",
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
        yield _input(case, term, at, case.common.text(term, language), result, text, "", language)
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
        sources=tuple(source_ref(case, name, at, language) for name, at in figures),
        uses=tuple(f"{name}@{key}" for name, key in steps),
    )


def source_ref(case: Case, name: str, unit: Unit, language: Language) -> SourceRef:
    """A figure of the sheet: as printed, where, and whether its reading is stated."""
    value = unit.figure(name)
    quantity = unit.quantity(name)
    fact = unit.fact(name)
    source = None if quantity is None else quantity.source
    reading = source.reading if source is not None else "stated"
    if name == DIRECTION.path and isinstance(unit.model, Measure) and not isinstance(value, Unknown):
        reading = direction_at(unit).reading
    return SourceRef(
        figure=name,
        unit=unit.key,
        title=figure_title(unit.scope, name, case.rulebook, language),
        text=fact_text(fact, language)
        if fact is not None
        else printed(quantity, language)
        if quantity is not None and "." not in name
        else case.printed(name, unit, value, language),
        place=place_of(unit, name),
        reading=reading,
        judgment="" if fact is None else fact.reason or "",
        by="" if fact is None else fact.by or "",
    )


def fact_text(fact: Fact, language: Language) -> str:
    """What is stated as a fact, as the sheet has it, with what was read before where it was corrected."""
    return with_correction(" ".join(fact.text.split()) or PRINTED["missing"], fact.figure.source, language)


def place_of(unit: Unit, name: str) -> str:
    """Where a figure of the sheet was read; empty where that is not known."""
    quantity = unit.quantity(name)
    return place_text(None if quantity is None else quantity.source)


def place_text(source: Source | None) -> str:
    """A place in words, with the file and the cell, line or page; empty where that is not known."""
    if source is None:
        return ""
    position = source.cell or (source.line if source.line is not None else source.page)
    file = ":".join(part for part in (source.file or "", "" if position is None else f"{position}") if part)
    if source.place and file:
        return f"{source.place} ({file})"
    return source.place or file


def corrected_place(unit: Unit, name: str, language: Language) -> str:
    """The place of a figure for those who are not shown the figure itself: it tells of a correction as well."""
    quantity = unit.quantity(name)
    said = "" if quantity is None else correction_words(quantity.source, language)
    place = place_of(unit, name)
    return f"{place} {said}".strip() if said else place
