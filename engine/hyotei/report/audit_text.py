"""An audit as text for a terminal: one sheet in full, or many in numbers."""

from collections import Counter
from collections.abc import Iterator

from hyotei.audit.model import Comparison, Finding, SheetAudit
from hyotei.audit.summary import Compared, Summary
from hyotei.base.display_width import display_width, pad, pad_left
from hyotei.messages import Language
from hyotei.report.audit_words import AGREEMENTS, DOUBT, OUTPUTS, SEVERITIES, Say, hundred_millions
from hyotei.report.styled_lines import Line, Style, wrapped
from hyotei.report.unread_words import UNREAD, UNREAD_SAYS, unread_parts
from hyotei.rulebook.canonical import shown_hash
from hyotei.sheet.fiscal_year import print_fiscal_year


def audit_text(audit: SheetAudit, language: Language) -> Iterator[Line]:
    """One sheet: recorded beside derived, and the findings with their figures and questions."""
    say = Say(language)
    sheet = audit.sheet
    number = f"{sheet.number} " if sheet.number else ""
    year = print_fiscal_year(sheet.fiscal_year, language)
    yield (
        "title",
        say(
            f"{number}{sheet.title}（{sheet.authority}、{year}）", f"{number}{sheet.title} ({sheet.authority}, {year})"
        ),
    )
    if audit.rulebook is None:
        yield (
            "faint",
            say("評価区分を導く評価基準書はない（点検のみ）", "no rulebook derives a rating for it; checks only"),
        )
    else:
        book = f"{audit.rulebook} {shown_hash(audit.rulebook_hash or '')}"
        yield "faint", say(f"評価基準書 {book}", f"rulebook {book}")
    if audit.unread:
        parts = say("、", ", ").join(name for name, _ in unread_parts(Counter(audit.unread), say))
        yield from wrapped(say(f"{UNREAD[0]}：", f"{UNREAD[1]}: "), parts, "  ")
    if audit.comparisons:
        yield "plain", ""
        yield "title", say("■ 記載と導いた結果", "Recorded and derived")
        for comparison in audit.comparisons:
            yield from _comparison(comparison, say)
    yield "plain", ""
    count = len(audit.findings)
    yield "title", say(f"■ 指摘（{count}件）", f"Findings ({count})")
    for finding in audit.findings:
        yield from _finding(finding, say)


def summary_text(summary: Summary, language: Language) -> Iterator[Line]:
    """Many sheets: how recorded and derived results stand to each other, and how often each finding was made."""
    say = Say(language)
    whole = summary.whole
    yield (
        "title",
        say(
            f"評価書 {whole.sheets:,}件、指摘のあるもの {whole.found:,}件、指摘 {whole.findings:,}件",
            f"{whole.sheets:,} sheets, {whole.found:,} with findings, {whole.findings:,} findings",
        ),
    )
    for output, compared in whole.results.items():
        yield "plain", ""
        yield from _compared(output, compared, summary.scale(output), say)
    if summary.unread:
        yield "plain", ""
        yield "title", say(f"■ {UNREAD[0]}", UNREAD[1])
        for name, count in unread_parts(summary.unread, say):
            yield "plain", say(f"  {count:>7,}件  {name}", f"  {count:>7,}  {name}")
        yield from wrapped("  ", say.pair(UNREAD_SAYS), "  ")
    if summary.findings:
        yield "plain", ""
        yield "title", say("■ 指摘の種類", "Findings by kind")
        yield from _kinds(summary, say)


def _comparison(each: Comparison, say: Say) -> Iterator[Line]:
    name = say.pair(OUTPUTS.get(each.output, (each.output, each.output)))
    recorded, derived = each.recorded or "-", each.derived or say("定まらない", "undetermined")
    style: Style = "strong" if each.agreement == "agrees" else "bad" if each.agreement == "rules_differ" else "plain"
    said = say.pair(AGREEMENTS[each.agreement])
    yield (
        style,
        say(
            f"  {name}  記載 {recorded}  導いた結果 {derived}  {said}",
            f"  {name}  recorded {recorded}  derived {derived}  {said}",
        ),
    )
    if each.why:
        yield from wrapped(say("      理由：", "      why: "), each.why, "      ")
    if each.why_not:
        yield from wrapped(say(f"      {recorded} でない理由：", f"      why not {recorded}: "), each.why_not, "      ")


def _finding(each: Finding, say: Say) -> Iterator[Line]:
    severity = say.pair(SEVERITIES.get(each.severity, (each.severity, each.severity)))
    lead = f"  [{severity}] {each.code}" if severity else f"  {each.code}"
    style: Style = "bad" if each.severity == "serious" else "plain"
    yield style, f"{lead}  {each.subject}".rstrip()
    figures = say("、", ", ").join(f"{figure.title} {figure.text}" for figure in each.figures)
    text = each.message
    if figures:
        text = say(f"{text}（{figures}）", f"{text} ({figures})")
    yield from wrapped("      ", text, "      ")
    for doubt in each.doubts:
        yield from wrapped(say(f"      {DOUBT[0]}：", f"      {DOUBT[1]}: "), doubt, "      ")
    if each.question:
        yield from wrapped(say("      尋ねること：", "      ask: "), each.question, "      ")
    if each.also:
        yield (
            "faint",
            say(f"      同じことを述べる指摘：{'、'.join(each.also)}", f"      the same as {', '.join(each.also)}"),
        )
    if each.rule is not None:
        yield "faint", say(f"      規則：{each.rule}", f"      rule: {each.rule}")


def _compared(output: str, compared: Compared, scale: tuple[str, ...], say: Say) -> Iterator[Line]:
    name = say.pair(OUTPUTS.get(output, (output, output)))
    yield "title", say(f"■ {name}：記載と導いた結果", f"{name}: recorded and derived")
    width = max(display_width(say.pair(words)) for words in AGREEMENTS.values())
    for agreement, words in AGREEMENTS.items():
        if compared.agreements[agreement]:
            yield "plain", f"  {pad(say.pair(words), width)}  {compared.agreements[agreement]:>7,}"
    if not compared.matrix:
        return
    kappa = compared.kappa(scale)
    if kappa is not None:
        yield (
            "plain",
            say(
                f"  重み付きκ {kappa.value:.3f}（95%区間 {kappa.low:.3f}～{kappa.high:.3f}、{kappa.pairs:,}件）",
                f"  weighted kappa {kappa.value:.3f} (95% interval {kappa.low:.3f} to {kappa.high:.3f}, {kappa.pairs:,} sheets)",
            ),
        )
    corner = say("記載＼導出", "recorded \\ derived")
    first = max(display_width(value) for value in (*scale, corner))
    widths = [max(display_width(value), 7) for value in scale]
    yield (
        "faint",
        f"  {pad(corner, first)}  " + "  ".join(pad_left(value, w) for value, w in zip(scale, widths, strict=True)),
    )
    for recorded in scale:
        cells = [f"{compared.matrix[recorded, derived]:,}" for derived in scale]
        yield (
            "plain",
            f"  {pad(recorded, first)}  " + "  ".join(pad_left(cell, w) for cell, w in zip(cells, widths, strict=True)),
        )


def _kinds(summary: Summary, say: Say) -> Iterator[Line]:
    rows = [
        (
            each.code,
            say.pair(SEVERITIES.get(each.severity, (each.severity, each.severity))),
            f"{each.sheets:,}",
            f"{each.findings:,}",
            hundred_millions(each.money, say),
            each.message,
        )
        for each in sorted(summary.findings.values(), key=lambda each: each.code)
    ]
    header = (
        say("種類", "kind"), say("重さ", "severity"), say("評価書", "sheets"), say("指摘", "findings"),
        say("予算額", "budget"), "",
    )  # fmt: skip
    widths = [max(display_width(row[i]) for row in (header, *rows)) for i in range(5)]
    for index, row in enumerate((header, *rows)):
        figures = "  ".join(pad_left(cell, w) for cell, w in zip(row[2:5], widths[2:5], strict=True))
        lead = f"  {pad(row[0], widths[0])}  {pad(row[1], widths[1])}  {figures}  "
        if index == 0:
            yield "faint", lead.rstrip()
        else:
            yield from wrapped(lead, row[5], " " * display_width(lead))
