"""What has become of the findings of an earlier report, on the page: the numbers, and those that are not made any more."""

from collections.abc import Sequence
from typing import Final

from hyotei.audit.earlier_report import Against, Earlier
from hyotei.report.against_text import by_severity, counts
from hyotei.report.audit_content import Content
from hyotei.report.audit_words import SEVERITIES, Say
from hyotei.report.finding_markup import css_word
from hyotei.report.markup import Head, Html, element, join, table
from hyotei.sheet.fiscal_year import print_fiscal_year

_SHOWN: Final = 200
"""Findings of the earlier report that are listed at most, of each kind of change."""


def against_section(content: Content, say: Say) -> Html:
    """The numbers; new and continuing ones lead to the list of findings, the others to their own."""
    if content.against is None:
        return Html("")
    against = content.against
    links = {
        "new": "#state=new",
        "continuing": "#state=continuing",
        "resolved": "#resolved",
        "not_audited": "#resolved",
    }
    rows = [
        (element("a", name, href=links[state]) if count else name, f"{count:,}")
        for state, name, count in counts(against, say)
    ]
    lead = say(
        f"前の報告（{against.path}）の指摘と比べた。", f"Held against the findings of the report {against.path}."
    )
    heads = [Head(say("前の報告と比べて", "against the earlier report")), Head(say("指摘", "findings"), "n")]
    return join([element("p", lead), table(say("指摘の移り変わり", "What became of the findings"), heads, rows)])


def resolved_section(content: Content, say: Say) -> Html:
    """The findings of the earlier report that are resolved, and those of which nothing can be said now."""
    if content.against is None:
        return Html("")
    against: Against = content.against
    parts = [
        _listed(
            say("解消した指摘", "Resolved findings"),
            say(
                "前の報告の指摘のうち、その後の評価書を点検して、もう当たらないもの。",
                "Findings of the earlier report that are not made of the later sheets any more.",
            ),
            against.resolved(),
            say,
        ),
        _listed(
            say("評価書がなく、分からない指摘", "Not known, for want of a sheet"),
            say(
                "前の報告の指摘のうち、今回その事業の評価書がなく、解消したか分からないもの。",
                "Findings of the earlier report on programmes of which no sheet was audited now.",
            ),
            against.unaudited(),
            say,
        ),
    ]
    return join(part for part in parts if part)


def _listed(caption: str, says: str, found: Sequence[Earlier], say: Say) -> Html:
    if not found:
        return Html("")
    more = (
        say(
            f"全{len(found):,}件のうち、重いものから{_SHOWN}件。すべては findings.xlsx と resolved.ndjson にある。",
            f"The {_SHOWN} weightiest of {len(found):,}; all are in findings.xlsx and resolved.ndjson.",
        )
        if len(found) > _SHOWN
        else say(f"{len(found):,}件。", f"{len(found):,} in all.")
    )
    rows = [
        (
            each.code,
            element("span", say.of(SEVERITIES, each.severity), class_=f"tag {css_word(each.severity)}"),
            each.authority,
            print_fiscal_year(each.fiscal_year, say.language),
            each.title,
            f"{each.subject} {each.message}".strip(),
        )
        for each in by_severity(found)[:_SHOWN]
    ]
    heads = [
        Head(say("種類", "kind"), "nowrap"), Head(say("重さ", "severity"), "nowrap"), Head(say("府省", "ministry"), "nowrap"),
        Head(say("年度", "year"), "nowrap"), Head(say("件名", "title"), "text"), Head(say("指摘", "finding"), "text"),
    ]  # fmt: skip
    return join([element("p", f"{says}{'' if not say.english else ' '}{more}"), table(caption, heads, rows)])
