"""The report of an audit as Markdown, for those who read it in an editor or put it into another document."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hyotei.base.printable import visible
from hyotei.report.against_text import by_severity, counts
from hyotei.report.audit_content import Content
from hyotei.report.audit_words import AGREEMENTS, DOUBT, OUTPUTS, SEVERITIES, STANDINGS, Say, hundred_millions
from hyotei.report.rule_text import rule_key
from hyotei.report.unread_words import UNREAD, UNREAD_SAYS, unread_parts
from hyotei.rulebook.canonical import shown_hash
from hyotei.sheet.fiscal_year import print_fiscal_year

_SHOWN: Final = 100
"""Findings in the document at most."""


def audit_markdown(content: Content) -> str:
    """The document."""
    return "\n".join(_lines(content, Say(content.language))) + "\n"


def _lines(content: Content, say: Say) -> Iterator[str]:
    summary, whole = content.summary, content.summary.whole
    yield say("# 政策評価の点検報告", "# Audit of policy evaluations")
    yield ""
    yield say(
        f"評価書 {whole.sheets:,}件、指摘のあるもの {whole.found:,}件、指摘 {whole.findings:,}件。"
        "指摘は誤りの証拠ではなく、府省に尋ねるべき点である。",
        f"{whole.sheets:,} sheets, {whole.found:,} with findings, {whole.findings:,} findings. A finding is no proof of a mistake; "
        "it is something to ask the ministry.",
    )
    yield ""
    for book in content.rulebooks.values():
        yield f"- {escaped(book.title)} `{book.id}` ({say.of(STANDINGS, book.standing)}) `{shown_hash(book.hash, 16)}`"
    for output, compared in whole.results.items():
        name = say.of(OUTPUTS, output)
        yield ""
        yield say(f"## {name}：記載と導いた結果", f"## {name}: recorded and derived")
        yield ""
        rows = [
            (say.pair(words), f"{compared.agreements[key]:,}")
            for key, words in AGREEMENTS.items()
            if compared.agreements[key]
        ]
        yield from _table((say("区分", "kind"), say("評価書", "sheets")), rows, "lr")
        scale = summary.scale(output)
        if compared.matrix:
            yield ""
            head = (say("記載＼導出", "recorded / derived"), *scale)
            yield from _table(
                head,
                [(one, *(f"{compared.matrix[one, other]:,}" for other in scale)) for one in scale],
                "l" + "r" * len(scale),
            )
        kappa = compared.kappa(scale)
        if kappa is not None:
            yield ""
            yield say(
                f"重み付きκ {kappa.value:.3f}（95%区間 {kappa.low:.3f}～{kappa.high:.3f}、{kappa.pairs:,}件）",
                f"Weighted kappa {kappa.value:.3f} (95% interval {kappa.low:.3f} to {kappa.high:.3f}, {kappa.pairs:,} sheets)",
            )
    if summary.unread:
        yield ""
        yield f"## {say.pair(UNREAD)}"
        yield ""
        heads = (say("部分", "part"), say("評価書", "sheets"))
        yield from _table(heads, [(name, f"{count:,}") for name, count in unread_parts(summary.unread, say)], "lr")
        yield ""
        yield say.pair(UNREAD_SAYS)
    yield ""
    yield say("## 指摘の種類", "## Kinds of findings")
    yield ""
    head = (
        say("種類", "kind"),
        say("重さ", "severity"),
        say("評価書", "sheets"),
        say("指摘", "findings"),
        say("予算額", "budget"),
        say("内容", "finding"),
    )
    kinds = [
        (
            each.code,
            say.of(SEVERITIES, each.severity),
            f"{each.sheets:,}",
            f"{each.findings:,}",
            hundred_millions(each.money, say),
            each.message,
        )
        for each in sorted(summary.findings.values(), key=lambda each: each.code)
    ]  # fmt: skip
    yield from _table(head, kinds, "llrrrl")
    yield from _findings(content, say)
    yield from _against(content, say)
    yield from _consistency(content, say)


def _findings(content: Content, say: Say) -> Iterator[str]:
    shown = content.shown[:_SHOWN]
    yield ""
    yield say("## 指摘", "## Findings")
    yield ""
    if content.summary.whole.findings > len(shown):
        yield say(
            f"全{content.summary.whole.findings:,}件のうち、重いもの、予算の多いものから{len(shown):,}件。"
            "すべては findings.xlsx と findings.ndjson にある。",
            f"The {len(shown):,} weightiest of {content.summary.whole.findings:,}; all are in findings.xlsx and findings.ndjson.",
        )
        yield ""
    for each in shown:
        severity = say.of(SEVERITIES, each.severity)
        year = print_fiscal_year(each.fiscal_year, say.language)
        lead = f"{severity} " if severity else ""
        yield f"- **{lead}`{each.code}`** {escaped(each.title)} ({escaped(each.authority)}, {year}, `{_code(each.sheet)}`)"
        subject = f"{escaped(each.subject)}: " if each.subject else ""
        yield f"  - {subject}{escaped(each.message)}"
        if each.figures:
            yield "  - " + say("、", ", ").join(escaped(f"{figure.title} {figure.text}") for figure in each.figures)
        for doubt in each.doubts:
            yield f"  - {say(DOUBT[0] + '：', DOUBT[1] + ': ')}{escaped(doubt)}"
        if each.question:
            yield say("  - 尋ねること：", "  - ask: ") + escaped(each.question)
        yield say("  - 規則：", "  - rule: ") + f"`{_code(rule_key(each))}`"


def _against(content: Content, say: Say) -> Iterator[str]:
    against = content.against
    if against is None:
        return
    yield ""
    yield say("## 前の報告と比べて", "## Against the earlier report")
    yield ""
    heads = (say("前の報告と比べて", "against the earlier report"), say("指摘", "findings"))
    yield from _table(heads, [(name, f"{count:,}") for _, name, count in counts(against, say)], "lr")
    resolved = by_severity(against.resolved())
    if resolved:
        yield ""
        yield say(
            f"解消した指摘{len(resolved):,}件のうち{min(len(resolved), _SHOWN):,}件（すべては resolved.ndjson にある）：",
            f"{min(len(resolved), _SHOWN):,} of {len(resolved):,} resolved findings (all are in resolved.ndjson):",
        )
        yield ""
    for each in resolved[:_SHOWN]:
        year = print_fiscal_year(each.fiscal_year, say.language)
        where = f"{escaped(each.title)} ({escaped(each.authority)}, {year}, `{_code(each.sheet)}`)"
        severity = say.of(SEVERITIES, each.severity)
        yield f"- **{severity} `{_code(each.code)}`** {where} {escaped(f'{each.subject} {each.message}'.strip())}"


def _consistency(content: Content, say: Say) -> Iterator[str]:
    for each in content.consistency:
        yield ""
        yield say(
            f"## 記載どうしの比べ合い（{each.rulebook}）", f"## Recorded ratings against each other ({each.rulebook})"
        )
        yield ""
        yield say(
            f"比べた評価書 {each.sheets:,}件、矛盾する組 {each.pairs:,}。少なくとも{len(each.removed):,}件を除けば矛盾はなくなる。",
            f"{each.sheets:,} sheets compared, {each.pairs:,} contradicting pairs; "
            f"without {len(each.removed):,} sheets, and no fewer, none would be left.",
        )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "|".join("--:" if side == "r" else "---" for side in sides) + "|"
    for row in rows:
        yield "| " + " | ".join(escaped(cell) for cell in row) + " |"


def escaped(text: str) -> str:
    """A text that stays one line of text in Markdown, and in a cell of a table."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", visible(" ".join(text.split())))


def _code(text: str) -> str:
    return visible(" ".join(text.replace("`", "'").split()))
