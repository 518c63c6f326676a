"""What has become of the findings of an earlier report, on the page: the numbers, and those that are not made any more."""

from collections.abc import Sequence
from typing import Final

from hyotei.audit.earlier_report import Against, Earlier
from hyotei.messages import Wording
from hyotei.report.against_data import counts_data
from hyotei.report.audit_content import Content
from hyotei.report.finding_document import by_severity, severity_said
from hyotei.report.finding_markup import css_word
from hyotei.report.markup import Head, Html, element, join, table
from hyotei.sheet.fiscal_year import print_fiscal_year

_SHOWN: Final = 200
"""Findings of the earlier report that are listed at most, of each kind of change."""


def against_section(content: Content, say: Wording) -> Html:
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
        for state, count in counts_data(against).items()
        for name in [say.one_of("audit_report.state_count", state)]
    ]
    lead = say("audit_report.against.report", path=against.path)
    heads = [Head(say("audit_page.state")), Head(say("audit_report.kinds.findings"), "n")]
    return join([element("p", lead), table(say("audit_page.became_findings"), heads, rows)])


def resolved_section(content: Content, say: Wording) -> Html:
    """The findings of the earlier report that are resolved, and those of which nothing can be said now."""
    if content.against is None:
        return Html("")
    against: Against = content.against
    parts = [
        _listed(
            say("audit_page.resolved_findings"),
            say("audit_page.resolved_says"),
            against.resolved(),
            say,
        ),
        _listed(
            say("audit_page.not_known_want"),
            say("audit_page.not_audited_says"),
            against.unaudited(),
            say,
        ),
    ]
    return join(part for part in parts if part)


def _listed(caption: str, says: str, found: Sequence[Earlier], say: Wording) -> Html:
    if not found:
        return Html("")
    more = (
        say("audit_page.weightiest_findings_xlsx", found=len(found), shown=_SHOWN)
        if len(found) > _SHOWN
        else say("audit_page.in_all", found=len(found))
    )
    rows = [
        (
            each.code,
            element("span", severity_said(each.severity, say), class_=f"tag {css_word(each.severity)}"),
            each.authority,
            print_fiscal_year(each.fiscal_year, say.language),
            each.title,
            f"{each.subject} {each.message}".strip(),
        )
        for each in by_severity(found)[:_SHOWN]
    ]
    heads = [
        Head(say("audit_report.kinds.code"), "nowrap"),
        Head(say("audit_report.kinds.severity"), "nowrap"),
        Head(say("audit_page.ministry"), "nowrap"),
        Head(say("audit_page.year"), "nowrap"),
        Head(say("audit_page.title"), "text"),
        Head(say("audit_page.finding_said"), "text"),
    ]
    return join([element("p", says, say("audit_page.between_sentences"), more), table(caption, heads, rows)])
