"""A programme over the years as text for a terminal."""

from collections.abc import Iterator, Mapping, Sequence

from hyotei.audit.programme_history import History, MeasureHistory, ToldFigure
from hyotei.base.display_width import display_width, pad, pad_left
from hyotei.messages import Language
from hyotei.report.audit_words import OUTPUTS, SEVERITIES, Say
from hyotei.report.styled_lines import Line, wrapped
from hyotei.sheet.fiscal_year import print_fiscal_year

_RECORDED = {**OUTPUTS, "opinion": ("所見", "opinion"), "reflection": ("反映状況", "reflection")}


def history_text(found: History, language: Language) -> Iterator[Line]:
    """Sheets with what they record, the budget by year, each measure by year, and the findings between sheets."""
    say = Say(language)
    yield "title", say(f"{found.title}（{found.authority}）", f"{found.title} ({found.authority})")
    yield "plain", ""
    yield "title", say(f"■ 評価書（{len(found.sheets)}件）", f"Sheets ({len(found.sheets)})")
    for sheet in found.sheets:
        recorded = say("、", ", ").join(f"{say.of(_RECORDED, name)} {value}" for name, value in sheet.recorded.items())
        yield "plain", f"  {print_fiscal_year(sheet.fiscal_year, language)}  {sheet.id}  {recorded}".rstrip()
    if found.budgets:
        yield "plain", ""
        yield "title", say("■ 予算", "Budget")
        heads = ("", say("当初", "initial"), say("合計", "total"), say("執行額", "executed"), say("要求額", "request"))
        rows = [
            (print_fiscal_year(each.fiscal_year, language), each.initial, each.total, each.executed, each.request)
            for each in found.budgets
        ]
        yield from _table(heads, rows)
    for measure in found.measures:
        yield "plain", ""
        yield from wrapped("■ ", measure.subject, "  ")
        yield from _measure(measure, say)
    yield "plain", ""
    yield (
        "title",
        say(f"■ 年度をまたぐ指摘（{len(found.findings)}件）", f"Findings over the years ({len(found.findings)})"),
    )
    for each in found.findings:
        figures = say("、", ", ").join(f"{figure.title} {figure.text}" for figure in each.figures)
        severity = say.of(SEVERITIES, each.severity)
        yield "plain", f"  [{severity}] {each.code}  {each.subject}"
        yield from wrapped("      ", say(f"{each.message}（{figures}）", f"{each.message} ({figures})"), "      ")


def _measure(measure: MeasureHistory, say: Say) -> Iterator[Line]:
    rows = [
        (print_fiscal_year(year, say.language), _said(measure.targets, year, say), _said(measure.actuals, year, say))
        for year in sorted({*measure.targets, *measure.actuals})
    ]
    yield from _table(("", say("目標", "target"), say("実績", "actual")), rows)
    if measure.final_targets:
        final = _joined(measure.final_targets, say)
        yield from wrapped(say("  最終年度の目標  ", "  final target  "), final, "    ")


def _said(figures: Mapping[int, tuple[ToldFigure, ...]], year: int, say: Say) -> str:
    return _joined(figures.get(year, ()), say)


def _joined(figures: tuple[ToldFigure, ...], say: Say) -> str:
    """What the sheets say, once where they agree; else each with the year of its sheet."""
    texts = list(dict.fromkeys(figure.text for figure in figures))
    if len(texts) < 2:
        return "".join(texts)
    by_text = {text: next(each.told_in for each in figures if each.text == text) for text in texts}
    return " → ".join(
        say(f"{text}（{print_fiscal_year(year)}の評価書）", f"{text} (sheet of {print_fiscal_year(year, 'en')})")
        for text, year in by_text.items()
    )


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[Line]:
    widths = [max(display_width(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    for index, row in enumerate((heads, *rows)):
        cells = [
            pad(row[0], widths[0]),
            *(pad_left(cell, width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        yield "plain" if index else "faint", "  " + "  ".join(cells).rstrip()
