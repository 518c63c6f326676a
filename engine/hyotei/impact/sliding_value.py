"""What slides: a parameter or one number of a cell, replaced by a decision whose value is given from outside."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Final

from pydantic import PlainSerializer

from hyotei.base import exact
from hyotei.base.result_json import TextOfLanguage, Unpublished
from hyotei.compare.term_rewriting import rewritten
from hyotei.impact.affected_decisions import needs_of, ordered, results_of
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import LANGUAGES, Diagnostic, HyoteiError, Listed, Param, Phrase, phrase, phrase_of
from hyotei.rulebook import terms as t
from hyotei.rulebook.check.number_kinds import clash, literal, told
from hyotei.rulebook.model import Decision, Formula, Output, Row, Rulebook, Table
from hyotei.rulebook.parser import parse_output
from hyotei.rulebook.syntax import Number
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.types import RATIO, NumberType, Type
from hyotei.rulebook.value_words import end_text
from hyotei.rulebook.values import Scalar, Unknown

SWEPT: Final = "(swept)"
SLIDING: Final = t.Decided("sheet", SWEPT, "value")
"""The sliding value, as terms read it."""


@dataclass(frozen=True, slots=True)
class Slide:
    """A sliding value: what it is called, what it is at present, and between which values it slides, both included.

    `rulebook` is the one in which the decision `SWEPT` stands for it.
    """

    name: str
    label: Unpublished[str]
    present: TextOfLanguage
    type: Unpublished[Type]
    low: Annotated[Decimal, PlainSerializer(exact.plain)]
    high: Annotated[Decimal, PlainSerializer(exact.plain)]
    rulebook: Unpublished[Rulebook]

    def text(self, value: Decimal) -> str:
        """A value as people write it."""
        return end_text(value, self.type, "ja")


def parameter_slide(rulebook: Rulebook, spec: str) -> Slide:
    """`about=0%..30%`.

    Raises:
        HyoteiError: the range cannot be read (HY990), or there is no such parameter that can slide (HY991).
    """
    name, ends = _range(spec)
    known = [each.name for each in rulebook.parameters.values() if isinstance(each.type, NumberType)]
    hint = _hint("parameters", known)
    parameter = rulebook.parameters.get(name)
    if parameter is None:
        raise _cannot(name, phrase("impact.cannot.no_parameter"), hint)
    if not isinstance(parameter.type, NumberType):
        raise _cannot(name, phrase("impact.cannot.no_number"), hint)
    low, high = _between(ends, parameter.type, spec)
    years = [dated for dated in parameter.dated if not (dated.first is None and dated.last is None)]
    told = []
    for language in LANGUAGES:
        texts = [end_text(each.value, parameter.type, language) for each in parameter.dated]
        spans = [f"{each.first or ''}..{each.last or ''}: " if each in years else "" for each in parameter.dated]
        told.append(", ".join(span + text for span, text in zip(spans, texts, strict=True)))

    def change(part: object) -> object | None:
        return SLIDING if part == t.Parameter(name) else None

    book = _sliding(rulebook, lambda decision: _changed(decision, change), name)
    return Slide(name, parameter.label, (told[0], told[1]), parameter.type, low, high, book)


def cell_slide(rulebook: Rulebook, spec: str) -> Slide:
    """`rating:2:share_achieved=50%..90%`; a column by its expression, its number from 1, or the name of an output.

    A cell with two numbers takes `:low` or `:high` behind the column.

    Raises:
        HyoteiError: the range cannot be read (HY990), or there is no such number (HY991).
    """
    name, ends = _range(spec)
    path, _, rest = name.partition(":")
    number, _, column = rest.partition(":")
    column, end = _end(column)
    tables = {each.name: each.body for each in rulebook.decisions if isinstance(each.body, Table)}
    hint = _hint("tables", tables)
    table = tables.get(path)
    if table is None:
        raise _cannot(name, phrase("impact.cannot.no_table"), hint)
    row = next((each for each in table.rows if str(each.number) == number), None)
    if row is None:
        raise _cannot(name, phrase("impact.cannot.no_row"), _rows_hint(table))
    decision = rulebook.by_name[path]
    place, of = _column(decision, table, column, name)
    inputs = len(table.inputs)
    where: object = row.checks[place].tests if place < inputs else row.outputs[place - inputs]
    found = list(_numbers(where))
    if end:
        found = [each for each in found if each[0] == end]
    if len(found) != 1 or not isinstance(of, NumberType):
        reason = (
            phrase("impact.cannot.not_one_number")
            if isinstance(of, NumberType)
            else phrase("impact.cannot.column_without_numbers")
        )
        raise _cannot(name, reason, phrase("impact.hint.ends") if isinstance(of, NumberType) else "")
    low, high = _between(ends, of, spec)
    value = found[0][1]
    changed = _with_number(row, place, inputs, end)

    def change(each: Decision) -> Decision:
        if each.name != path:
            return each
        rows = tuple(changed if one.number == row.number else one for one in table.rows)
        return replace(each, body=replace(table, rows=rows))

    told = end_text(value, of, "ja"), end_text(value, of, "en")
    return Slide(name, decision.title, told, of, low, high, _sliding(rulebook, change, name))


# -- ranges


def _range(spec: str) -> tuple[str, tuple[str, str]]:
    """The name and the two ends as written."""
    name, equals, span = spec.rpartition("=")
    if not equals or not name.strip():
        raise _bad(spec, phrase("impact.bad.form"))
    ends = re.split(r"\s*(?:\.\.|～|〜)\s*", span.strip())
    if len(ends) != 2:
        raise _bad(spec, phrase("impact.bad.not_two"))
    return name.strip(), (ends[0], ends[1])


def _between(ends: tuple[str, str], of: NumberType, spec: str) -> tuple[Decimal, Decimal]:
    """The numbers of a range, written as in a cell, whose kind is that of what slides."""
    numbers = [_number(end, spec) for end in ends]
    for number in numbers:
        kind = literal(number.value, number.dimension)
        code = clash(of, kind)
        if code == "HY513":
            raise HyoteiError(Diagnostic("HY988", params=_percentages(spec, numbers)))
        if code is not None:
            raise HyoteiError(Diagnostic(code, params=told(code, of, kind)))
    low, high = (number.value for number in numbers)
    if low >= high:
        raise _bad(spec, phrase("impact.bad.order"))
    return low, high


def _number(text: str, spec: str) -> Number:
    try:
        found = parse_output(text)
    except SyntaxProblem:
        found = None
    if not isinstance(found, Number):
        raise _bad(spec, phrase("impact.bad.no_number", text=text[:40]))
    return found


def _percentages(spec: str, numbers: list[Number]) -> dict[str, Param]:
    """What to write where the ends of a range of ratios have no percent sign: 30..70 as 30%..70% or 0.3..0.7."""
    name = spec.rpartition("=")[0].strip()[:80]
    shares = [
        each.value if each.dimension or abs(each.value) <= 1 else exact.multiply(each.value, Decimal("0.01"))
        for each in numbers
    ]
    percents = [f"{exact.plain(exact.multiply(share, Decimal(100)))}%" for share in shares]
    written = spec.rpartition("=")[2].strip()[:80]
    return {"name": name, "text": written, "percent": "..".join(percents), "share": "..".join(map(exact.plain, shares))}


def _bad(spec: str, reason: Phrase) -> HyoteiError:
    return HyoteiError(Diagnostic("HY990", params={"text": spec[:80], "reason": reason}))


def _cannot(name: str, reason: Phrase, hint: Phrase | str) -> HyoteiError:
    return HyoteiError(Diagnostic("HY991", params={"name": name[:80], "reason": reason, "hint": hint}))


def _hint(what: str, names: "Iterable[str]") -> Phrase:
    told = tuple(names)
    return phrase_of("impact.there_are", what, names=Listed(told)) if told else phrase_of("impact.there_is_no", what)


def _rows_hint(table: Table) -> Phrase:
    return phrase("impact.hint.rows", rows=len(table.rows))


# -- cells


def _end(column: str) -> tuple[str, str]:
    for end in ("low", "high"):
        if column.endswith(f":{end}"):
            return column.removesuffix(f":{end}"), end
    return column, ""


def _column(decision: Decision, table: Table, column: str, name: str) -> tuple[int, Type]:
    """The place of a column among inputs and outputs, and its type."""
    texts = [each.text for each in table.inputs] + [each.name for each in decision.outputs]
    types = [each.type for each in table.inputs] + [each.type for each in decision.outputs]
    plain = column.strip().strip("`").strip()
    if plain in texts:
        return texts.index(plain), types[texts.index(plain)]
    if plain.isdecimal() and 1 <= int(plain) <= len(texts):
        return int(plain) - 1, types[int(plain) - 1]
    raise _cannot(name, phrase("impact.cannot.no_column"), _hint("columns", texts))


def _numbers(where: object) -> "list[tuple[str, Decimal]]":
    """The constant numbers of a cell with the end of the range they are, `low`, `high` or neither."""
    if isinstance(where, tuple):
        return [each for part in where for each in _numbers(part)]
    match where:
        case t.Range(low, _, high, _) if low is not None and low == high:
            return _numbers(low)
        case t.Range(low, _, high, _):
            return [("low", each[1]) for each in _numbers(low)] + [("high", each[1]) for each in _numbers(high)]
        case t.OneOf(values):
            return [("", value) for value in values if isinstance(value, Decimal)]
        case t.Constant(Decimal() as value):
            return [("", value)]
        case _:
            return []


def _with_number(row: Row, place: int, inputs: int, end: str) -> Row:
    """The row with the sliding value in place of the number."""

    def change(part: object) -> object | None:
        match part:
            case t.Range(low, a, high, b) if low is not None and low == high and isinstance(low, t.Constant):
                return t.Range(SLIDING, a, SLIDING, b)
            case t.Range(low, a, high, b):
                if isinstance(low, t.Constant) and end in ("", "low"):
                    low = SLIDING
                if isinstance(high, t.Constant) and end in ("", "high"):
                    high = SLIDING
                return t.Range(low, a, high, b)
            case t.OneOf((Decimal(),)):
                return t.Range(SLIDING, True, SLIDING, True)
            case t.Constant(Decimal()):
                return SLIDING
            case _:
                return None

    if place < inputs:
        checks = tuple(rewritten(each, change) if at == place else each for at, each in enumerate(row.checks))
        return replace(row, checks=checks)
    outputs = tuple(rewritten(each, change) if at == place - inputs else each for at, each in enumerate(row.outputs))
    return replace(row, outputs=outputs)


# -- the rulebook


def _changed(decision: Decision, change: Callable[[object], object | None]) -> Decision:
    body = decision.body
    if isinstance(body, Formula):
        return replace(decision, body=replace(body, term=rewritten(body.term, change)))
    inputs = tuple(replace(each, term=rewritten(each.term, change)) for each in body.inputs)
    rows = tuple(
        replace(row, checks=rewritten(row.checks, change), outputs=rewritten(row.outputs, change)) for row in body.rows
    )
    return replace(decision, body=replace(body, inputs=inputs, rows=rows))


def _sliding(rulebook: Rulebook, change: Callable[[Decision], Decision], name: str) -> Rulebook:
    """The rulebook with the decision for the sliding value, which something on the way to the results must read."""
    nothing: Scalar = Unknown("undefined")
    source = Decision(SWEPT, name, "sheet", Formula("", t.Constant(nothing)), (Output("value", RATIO),), ())
    decisions = ordered([source, *(change(each) for each in rulebook.decisions)])
    assert decisions is not None, "a value in place of another leaves the order as it is"
    found = replace(rulebook, decisions=decisions)
    toward = found.toward(*results_of(rulebook))
    if SWEPT not in toward.by_name or not any(SWEPT in needs_of(each) for each in toward.decisions):
        somewhere = any(part == SLIDING for each in decisions for part in mentioned(each))
        reason = phrase("impact.cannot.not_toward_results") if somewhere else phrase("impact.cannot.not_read")
        raise _cannot(name, reason, "")
    return toward
