"""The figures of a verdict as tables: its measures, its budget years, and where each figure of the sheet was read."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hyotei.base.line_breaking import shortened
from hyotei.document import Block, Cell, Column, Row, Tone, row, table
from hyotei.messages import InEach
from hyotei.report.verdict_words import VerdictWords, number_of
from hyotei.rulebook.types import RATIO
from hyotei.rulebook.value_words import amount, percent
from hyotei.sheet import BudgetYear, Measure, Quantity
from hyotei.sheet.correction import before_correction
from hyotei.sheet.figures import AMOUNTS
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.verdict.corrections import correction_words
from hyotei.verdict.model import BudgetYearRef, MeasureRef

_YEAR: Final = re.compile(r"【[^【】]*】$")
_LONGEST: Final = 28
"""Half-width characters of a figure in a table; a longer one is a sentence, which stands in full among the sources."""


def measures(words: VerdictWords) -> Iterator[Block]:
    """A row for each measure; its name, its figures as printed, and what was derived."""
    if not words.data.measures:
        return
    say = words.say
    attainment = words.verdict.rulebook.by_name.get("attainment")
    ratio = attainment is not None and attainment.outputs[0].type == RATIO
    judged = "result" in words.decided
    columns = [
        Column("", "number"),
        Column(say("verdict_document.column.measure"), width=34),
        Column(say("verdict_document.column.baseline"), "figure", width=12),
        Column(say("verdict_document.column.target"), "figure", width=12),
        Column(say("verdict_document.column.actual"), "figure", width=12),
        Column(say("verdict_document.column.attainment"), "ratio" if ratio else "number"),
        *([Column(say("verdict_document.column.result"))] if judged else []),
    ]
    both = zip(words.data.measures, words.verdict.sheet.measures, strict=True)
    yield table(columns, [_measure(words, each, of, judged) for each, of in both], row_heads=2)


def _measure(words: VerdictWords, measure: MeasureRef, of: Measure, judged: bool) -> Row:
    figures = [
        _figure(text, quantity)
        for text, quantity in (
            (measure.baseline, of.baseline), (measure.target, of.target), (measure.actual, of.actual)
        )
    ]  # fmt: skip
    attainment = Cell(Decimal(measure.attainment), measure.text) if measure.attainment is not None else Cell(None, "-")
    result: list[Cell] = []
    tone: Tone = "faint"
    if measure.result is not None:
        tone = "plain" if measure.result == "achieved" else "bad"
    if judged and measure.result is not None:
        result = [Cell(words.scale_value("result", measure.result), tone=tone)]
    elif judged:
        reason = words.reason(measure.unknown or "missing")
        result = [Cell(words.say("verdict_document.measure.not_judged", reason=reason), tone=tone)]
    return row(number_of(measure.unit), words.measure(measure), *figures, attainment, *result)


def _figure(printed: str, quantity: Quantity) -> Cell:
    """A figure as printed, without its year; a corrected one whole, with what it was before."""
    text = " ".join(_YEAR.sub("", printed).split())
    return Cell(text if before_correction(quantity.source) is not None else shortened(text, _LONGEST))


def budget(words: VerdictWords) -> Iterator[Block]:
    """A row for each budget year: amounts, execution rate, or why there is none."""
    if not words.data.budget_years:
        return
    say = words.say
    yen = say("verdict_document.column.yen")
    columns = [
        Column(say("verdict_document.column.year"), "year"),
        Column(say("verdict_document.column.initial"), "money", yen),
        Column(say("verdict_document.column.total"), "money", yen),
        Column(say("verdict_document.column.executed"), "money", yen),
        Column(say("verdict_document.column.execution_rate"), "ratio"),
        Column(say("verdict_document.column.remark")),
    ]
    rows = []
    for year, of in zip(words.data.budget_years, words.verdict.sheet.budget_years, strict=True):
        amounts = [
            Cell(None, "-") if text is None else Cell(Decimal(text), amount(Decimal(text), words.language))
            for text in (year.initial, year.total, year.executed)
        ]
        rate = year.execution_rate
        rows.append(
            row(
                Cell(year.fiscal_year, print_fiscal_year(year.fiscal_year, words.language)),
                *amounts,
                Cell(None, "-") if rate is None else Cell(Decimal(rate), percent(Decimal(rate))),
                say.listed(_remarks(words, year, of), "common.list.semicolon"),
            )
        )
    if not any(each.cells[-1].value for each in rows):
        columns, rows = columns[:-1], [Row(each.cells[:-1]) for each in rows]
    yield table(columns, rows)


def _remarks(words: VerdictWords, year: BudgetYearRef, of: BudgetYear) -> Iterator[str]:
    """Why a year has no execution rate, and which of its amounts were corrected, with what they were before."""
    if year.unknown is not None:
        yield words.reason(year.unknown)
    for each in AMOUNTS:
        quantity: Quantity = getattr(of, each.path)
        said = correction_words(quantity.source, words.language)
        if said:
            title = InEach(*each.names).text(words.language)
            yield words.say("verdict_document.budget.corrected", title=title, said=said)


def sources(words: VerdictWords) -> Iterator[Block]:
    """Every figure that was read somewhere: as printed, how surely, and where."""
    found = [each for each in words.verdict.read_figures(words.language) if each.source.text or each.source.place]
    if not found:
        return
    say = words.say
    files = {each.source.file for each in found if each.source.file}
    columns = [
        Column(say("verdict_document.column.item"), width=40),
        Column(say("verdict_document.column.printed"), width=30),
        Column(say("verdict_document.column.reading"), "grade"),
        Column(say("verdict_document.column.place"), width=40),
        Column(say("verdict_document.column.file")),
        Column(say("verdict_document.column.page"), "number"),
        Column(say("verdict_document.column.line"), "number"),
        Column(say("verdict_document.column.cell"), "grade"),
    ]
    rows = [
        (
            each.name,
            each.source.text,
            say.one_of("verdict_document.reading", each.source.reading),
            each.source.place,
            each.source.file if len(files) > 1 else None,
            each.source.page,
            each.source.line,
            each.source.cell,
        )
        for each in found
    ]
    used = [at for at in range(len(columns)) if at < 3 or any(each[at] is not None for each in rows)]
    yield table(
        [columns[at] for at in used],
        [row(*(each[at] for at in used)) for each in rows],
        caption=next(iter(files)) if len(files) == 1 else "",
    )
