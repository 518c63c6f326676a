"""Recorded ratings against each other on the page: the strongest contradictions, both sheets side by side."""

from typing import Final

from hyotei.audit.rating_consistency import Consistency, Contradiction, JudgedSheet
from hyotei.messages import Wording
from hyotei.report.audit_content import Content
from hyotei.report.markup import Head, Html, element, join, table

_REMOVED: Final = 50
"""Sheets whose removal would end all contradictions, on the page at most."""


def consistency_section(content: Content, say: Wording) -> Html:
    """One part for each rulebook that says what is better, and why there is none for others."""
    notes = [element("p", note.message(content.language), class_="faint") for note in content.notes]
    return join([*(_of(each, say) for each in content.consistency), *notes])


def _of(each: Consistency, say: Wording) -> Html:
    inputs = say.listed(
        say("audit_page.more_is_better" if of.rises else "audit_page.less_is_better", input=of.title)
        for of in each.inputs
    )  # fmt: skip
    parts = [
        element("h3", each.rulebook),
        element(
            "p",
            say("audit_page.compared_without_thresholds", inputs=inputs),
        ),
        element(
            "p",
            say(
                "audit_page.sheets_compared_left",
                sheets=each.sheets,
                left_out=each.left_out,
                pairs=each.pairs,
                involved=each.involved,
                removed=len(each.removed),
            ),
        ),
    ]
    if each.strongest:
        heads = [
            Head(say("audit_page.recorded_worse"), "text"), Head(say("audit_page.recorded")), Head(say("audit_page.values")),
            Head(say("audit_page.recorded_better"), "text"), Head(say("audit_page.recorded")), Head(say("audit_page.values")),
        ]  # fmt: skip
        caption = say("audit_page.strongest_contradictions")
        parts.append(table(caption, heads, (_pair(pair, say) for pair in each.strongest)))
    if each.removed:
        names = [element("li", f"{of.sheet.id}　{of.sheet.title}　{of.recorded}") for of in each.removed[:_REMOVED]]
        more = len(each.removed) - len(names)
        if more:
            names.append(element("li", say("audit_page.more_summary_json", more=more)))
        label = say("audit_page.sheets_without_no")
        parts.append(element("details", element("summary", label), element("ul", *names)))
    return join(parts)


def _pair(pair: Contradiction, say: Wording) -> list[object]:
    return [cell for side in (pair.wronged, pair.favoured) for cell in _side(side, say)]


def _side(sheet: JudgedSheet, say: Wording) -> list[object]:
    name = element(
        "span",
        sheet.sheet.title,
        Html("<br>"),
        element("span", f"{sheet.sheet.authority} {sheet.sheet.id}", class_="faint"),
    )
    return [name, sheet.recorded, say.listed(sheet.inputs)]
