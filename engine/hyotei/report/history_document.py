"""A programme over the years as a document."""

from collections.abc import Iterator, Mapping

from hyotei.audit.programme_history import History, MeasureHistory, ToldFigure
from hyotei.document import Block, Column, Document, Paragraph, Section, table
from hyotei.messages import Language, Wording, wording
from hyotei.report.finding_document import finding_note
from hyotei.sheet.fiscal_year_print import print_fiscal_year

_RECORDED = ("rating", "budget", "opinion", "reflection")


def history_document(found: History, language: Language) -> Document:
    """Sheets with what they record, the budget by year, each measure by year, and the findings between sheets."""
    say = wording(language)
    title = say("history.title", title=found.title, authority=found.authority)
    return Document(title, language, tuple(_blocks(found, say)))


def _blocks(found: History, say: Wording) -> Iterator[Block]:
    recorded = [name for name in _RECORDED if any(name in sheet.recorded for sheet in found.sheets)]
    columns = [Column(say("history.sheets.year"), "grade"), Column(say("history.sheets.id"), "code")]
    columns += [Column(say.one_of("history.recorded", name)) for name in recorded]
    sheets = [
        (_year(each.fiscal_year, say), each.id, *(each.recorded.get(name, "") for name in recorded))
        for each in found.sheets
    ]
    yield Section(say("history.sheets.title", count=len(sheets)), (table(columns, sheets),))
    if found.budgets:
        yield Section(say("history.budget.title"), (_budget(found, say),))
    if found.measures:
        yield Section(say("history.measures.title"), tuple(_measure(each, say) for each in found.measures))
    findings: tuple[Block, ...] = tuple(finding_note(each, say, with_sheet=False) for each in found.findings)
    heading = say("history.findings", count=len(findings))
    yield Section(heading, findings or (Paragraph(say("audit_report.findings.none")),))


def _year(year: int, say: Wording) -> str:
    return print_fiscal_year(year, say.language)


def _budget(found: History, say: Wording) -> Block:
    columns = [
        Column(say("history.sheets.year"), "grade"),
        Column(say("history.budget.initial"), "number"),
        Column(say("history.budget.total"), "number"),
        Column(say("history.budget.executed"), "number"),
        Column(say("history.budget.request"), "number"),
    ]
    rows = [
        (_year(each.fiscal_year, say), each.initial, each.total, each.executed, each.request) for each in found.budgets
    ]
    return table(columns, rows)


def _measure(measure: MeasureHistory, say: Wording) -> Section:
    years = sorted({*measure.targets, *measure.actuals})
    columns = [
        Column(say("history.sheets.year"), "grade"),
        Column(say("history.measures.target"), "number"),
        Column(say("history.measures.actual"), "number"),
    ]
    rows = [(_year(year, say), _said(measure.targets, year, say), _said(measure.actuals, year, say)) for year in years]
    if measure.final_targets:
        rows.append((say("history.measures.final"), _joined(measure.final_targets, say), ""))
    return Section(measure.subject, (table(columns, rows),))


def _said(figures: Mapping[int, tuple[ToldFigure, ...]], year: int, say: Wording) -> str:
    return _joined(figures.get(year, ()), say)


def _joined(figures: tuple[ToldFigure, ...], say: Wording) -> str:
    """What the sheets say, once where they agree; else each with the year of its sheet."""
    texts = list(dict.fromkeys(figure.text for figure in figures))
    if len(texts) < 2:
        return "".join(texts)
    by_text = {text: next(each.told_in for each in figures if each.text == text) for text in texts}
    return " → ".join(say("history.told_in", text=text, year=_year(year, say)) for text, year in by_text.items())
