"""The declared facts of a verdict as a table: what the sheet states, why it was judged so, and what is still to be judged."""

from collections.abc import Iterator

from hyotei.document import Block, Cell, Column, Row, Tone, row, table
from hyotei.report.verdict_words import VerdictWords
from hyotei.rulebook.term_words import figure_title
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet.facts import word_of
from hyotei.sheet.models import Fact
from hyotei.sheet.quantity_print import print_quantity
from hyotei.verdict.case import Case
from hyotei.verdict.steps import fact_text, place_text


def facts(words: VerdictWords) -> Iterator[Block]:
    """A row for each fact that is stated or that somebody has still to judge, in the order of their declaration."""
    declared = words.verdict.rulebook.facts.values()
    case = Case(words.verdict.rulebook, words.verdict.sheet, words.verdict.derivation)
    found = [
        _row(words, case, fact, unit)
        for fact in declared
        for unit in case.units.values()
        if unit.scope == fact.scope
        if unit.fact(fact.name) is not None or (fact.judged and isinstance(unit.figure(fact.name), Unknown))
    ]
    if found:
        say = words.say
        columns = [
            Column(say("verdict_document.column.subject"), width=28),
            Column(say("verdict_document.column.fact"), width=20),
            Column(say("verdict_document.column.stated"), width=20),
            Column(say("verdict_document.column.judgment"), width=40),
            Column(say("verdict_document.column.by")),
            Column(say("verdict_document.column.place")),
        ]
        yield table(columns, found, row_heads=2)


def _row(words: VerdictWords, case: Case, fact: DeclaredFact, unit: Unit) -> Row:
    say, language = words.say, words.language
    stated, value = unit.fact(fact.name), unit.figure(fact.name)
    subject = "" if unit.scope == "sheet" else case.subject(unit, language)
    tone: Tone = "bad" if isinstance(value, Unknown) else "plain"
    if stated is None:
        text = say("verdict_document.fact.to_judge")
    elif isinstance(value, Unknown):
        text = say("verdict_document.fact.unknown", text=fact_text(stated, language), reason=words.reason(value.reason))
    else:
        text = fact_text(stated, language)
        read = case.words(value, fact.type, language)
        if not _is_as_stated(fact, stated, value) and not {read, read.replace(".0%", "%")} & {text, stated.text}:
            text = say("verdict_document.fact.read_as", text=text, value=read)
    place = "" if stated is None else place_text(stated.figure.source)
    by = (stated.by if stated is not None else None) or fact.by
    reason = "" if stated is None else stated.reason or ""
    title = figure_title(fact.scope, fact.name, case.rulebook, language)
    return row(subject, title, Cell(text, tone=tone), reason, by, place)


def _is_as_stated(fact: DeclaredFact, stated: Fact, value: Scalar) -> bool:
    """Whether what was read says no more than the words: the value of a scale itself, an amount with its unit."""
    if fact.kind == "money":
        return stated.text == print_quantity(stated.figure)
    return isinstance(value, str) and word_of(value) == word_of(stated.text)
