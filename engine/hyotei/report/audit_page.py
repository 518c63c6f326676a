"""The report of an audit as one page: self-contained, readable without scripts, printed or on a narrow screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hyotei.audit.summary import GROUPINGS, Group
from hyotei.document import Chart
from hyotei.messages import Wording, wording
from hyotei.report.against_section import against_section, resolved_section
from hyotei.report.agreement_section import agreement_section, disagreements_section
from hyotei.report.amount_words import hundred_millions
from hyotei.report.audit_content import Content, severity_rank
from hyotei.report.charts import charts
from hyotei.report.consistency_section import consistency_section
from hyotei.report.finding_document import severity_said
from hyotei.report.findings_section import findings_section, rules_section
from hyotei.report.markup import Head, Html, element, join, table
from hyotei.report.result_words import result_name
from hyotei.report.unread_words import unread_parts
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.term_words import rulebook_title
from hyotei.version import __version__
from hyotei.writers.charts import svg

_ASSETS: Final = Path(__file__).parent / "assets"
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""Nothing is fetched: the browser holds the page to it."""
_FIELDS_SHOWN: Final = 60

Section = tuple[str, str, Html]
"""Anchor, heading, content."""


def audit_page(content: Content, pictures: bool = True) -> str:
    """The page; drawing the pictures is what takes time in it."""
    say = wording(content.language)
    title = say("audit_report.title")
    sections = [each for each in _sections(content, say, pictures) if each[2]]
    links = [element("li", element("a", heading, href=f"#{anchor}")) for anchor, heading, _ in sections]
    body = [
        element("a", say("audit_page.skip_content"), class_="skip", href="#main"),
        element("header", element("h1", title), _about(content, say)),
        element("nav", element("ul", *links), aria_label=say("audit_page.contents")),
        element(
            "main",
            join(
                element(
                    "section",
                    element("h2", heading, id=f"{anchor}-h"),
                    inside,
                    id=anchor,
                    aria_labelledby=f"{anchor}-h",
                )
                for anchor, heading, inside in sections
            ),
            id="main",
        ),
        element("footer", element("p", f"Hyotei {__version__}", class_="faint")),
    ]
    head = [
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        element("title", title),
        element("style", Html(_asset("report.css"))),
    ]
    script = element("script", Html(_asset("report.js")))
    return str(
        join(
            [
                Html("<!doctype html>"),
                Html(f'<html lang="{content.language}">'),
                element("head", join(head)),
                element("body", join(body), script),
                Html("</html>\n"),
            ]
        )
    )


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _sections(content: Content, say: Wording, pictures: bool) -> Iterator[Section]:
    yield "overview", say("audit_page.overview"), _overview(content, say)
    yield (
        "against",
        say("audit_report.against.title"),
        against_section(content, say),
    )
    yield "agreement", say("audit_report.compared.title"), agreement_section(content, say)
    yield (
        "charts",
        say("audit_page.charts"),
        _charts(content, say) if pictures else Html(""),
    )
    yield "kinds", say("audit_report.kinds.title"), _kinds(content, say)
    yield "findings", say("audit_page.findings"), findings_section(content, say)
    yield (
        "resolved",
        say("audit_page.findings_earlier_report"),
        resolved_section(content, say),
    )
    yield "disagreements", say("audit_page.disagreements"), disagreements_section(content, say)
    yield (
        "consistency",
        say("audit_page.recorded_ratings_against"),
        consistency_section(content, say),
    )
    yield "groups", say("audit_page.ministry_year_field"), _groups(content, say)
    yield "sample", say("audit_page.sample_checking"), _sample(content, say)
    yield "rules", say("audit_page.rules"), rules_section(content, say)
    yield "unread", say("audit_report.unread.title"), _unread(content, say)
    yield "problems", say("audit_page.problems_reading"), _problems(content, say)


def _about(content: Content, say: Wording) -> Html:
    books = [
        element(
            "li",
            _book(book, say),
            element("span", shown_hash(book.hash, 16), class_="hash", title=shown_hash(book.hash, None)),
        )
        for book in content.rulebooks.values()
    ]  # fmt: skip
    rulebooks = say("audit_page.rulebooks", books=len(books))
    return join(
        [
            element(
                "p",
                say("audit_page.recorded_evaluations_held"),
            ),
            element("p", say("audit_page.sources"), say.listed(content.sources), class_="faint"),
            element("details", element("summary", rulebooks), element("ul", *books)),
        ]
    )  # fmt: skip


def _book(book: Rulebook, say: Wording) -> str:
    standing = say.one_of("common.standing", book.standing)
    return say("audit_page.book", title=rulebook_title(book, say.language), id=book.id, standing=standing)


def _overview(content: Content, say: Wording) -> Html:
    whole = content.summary.whole
    cards: list[tuple[str, object]] = [
        (f"{whole.sheets:,}", say("audit_report.compared.sheets")),
        (f"{whole.found:,}", say("audit_page.sheets_findings")),
        (f"{whole.findings:,}", say("audit_report.kinds.findings")),
    ]
    for output, compared in whole.results.items():
        name = result_name(output, say)
        if compared.pairs:
            share = f"{compared.same * 100 // compared.pairs}%"
            cards.append(
                (
                    share,
                    join(
                        [
                            say("audit_page.agree", name=name),
                            element(
                                "span",
                                say("audit_page.agree_counts", same=compared.same, pairs=compared.pairs),
                                class_="whole",
                            ),
                        ],
                        "",
                    ),
                )
            )
    if content.problems.failed:
        cards.append((f"{content.problems.failed:,}", say("audit_page.could_not_read")))
    shown = element("ul", *(element("li", element("strong", number), label) for number, label in cards), class_="cards")
    files = say("audit_page.findings_findings_xlsx")
    return join([shown, element("p", files, class_="faint")])


def _charts(content: Content, say: Wording) -> Html:
    figures = [_figure(chart, number) for number, chart in enumerate(charts(content, say), 1)]
    return element("div", join(figures), class_="figures") if figures else Html("")


def _figure(chart: Chart, number: int) -> Html:
    caption = element("figcaption", element("span", chart.title, id=f"chart-{number}"), element("small", chart.says))
    return element("figure", caption, Html(svg(chart, number)))


def _kinds(content: Content, say: Wording) -> Html:
    rows = [
        (
            element("a", each.code, href="#findings", data_kind=each.code),
            element("span", severity_said(each.severity, say), class_=f"tag {each.severity}") if each.severity else "",
            f"{each.sheets:,}",
            f"{each.findings:,}",
            hundred_millions(each.money, say.language),
            each.message,
        )
        for each in sorted(
            content.summary.findings.values(), key=lambda each: (-severity_rank(each.severity), each.code)
        )
    ]
    if not rows:
        return element("p", say("audit_report.findings.none"))
    heads = [
        Head(say("audit_report.kinds.code"), "nowrap"),
        Head(say("audit_report.kinds.severity"), "nowrap"),
        Head(say("audit_report.compared.sheets"), "n"),
        Head(say("audit_report.kinds.findings"), "n"),
        Head(say("audit_report.sheet.money"), "n"),
        Head(say("audit_report.kinds.message"), "text"),
    ]
    note = say("audit_page.budget_evaluated_year")
    return join(
        [
            table(say("audit_page.counts_budget_kind"), heads, rows),
            element("p", note, class_="faint"),
        ]
    )


def _groups(content: Content, say: Wording) -> Html:
    parts: list[Html] = []
    for name in GROUPINGS:
        groups = sorted(content.summary.groups[name].items())
        if not groups or (name == "field" and len(groups) == 1):
            continue
        if len(groups) > _FIELDS_SHOWN:
            groups = sorted(sorted(groups, key=lambda each: -each[1].sheets)[:_FIELDS_SHOWN])
        by = say.one_of("audit_page.group", name)
        heads = [
            Head(by),
            Head(say("audit_report.compared.sheets"), "n"),
            Head(say("audit_page.with_findings"), "n"),
            Head(say("audit_report.kinds.findings"), "n"),
            *(
                Head(say("audit_page.agree_with", result=result_name(output, say)), "n")
                for output in content.summary.whole.results
            ),
        ]
        rows = [
            (key or say("audit_page.none"), *_group(group, tuple(content.summary.whole.results)))
            for key, group in groups
        ]
        parts.append(table(say("audit_page.by_group", by=by), heads, rows))
    return join(parts)


def _group(group: Group, outputs: tuple[str, ...]) -> Iterator[str]:
    yield f"{group.sheets:,}"
    yield f"{group.found:,}"
    yield f"{group.findings:,}"
    for output in outputs:
        compared = group.results.get(output)
        yield f"{compared.same:,}/{compared.pairs:,}" if compared is not None and compared.pairs else "–"


def _sample(content: Content, say: Wording) -> Html:
    if not content.sampled:
        return Html("")
    rows = [
        (
            each.sheet.id,
            each.sheet.title,
            each.sheet.authority,
            " ".join(
                f"{result_name(of.output, say, of.subject)} {of.recorded or '-'}→{of.derived or '-'}"
                for of in each.comparisons
            ),
            "、".join(dict.fromkeys(finding.code for finding in each.findings)),
        )
        for each in content.sampled
    ]
    heads = [
        Head(say("audit_page.sheet")), Head(say("audit_page.title"), "text"), Head(say("audit_page.ministry")),
        Head(say("audit_page.recorded_to_derived")), Head(say("audit_report.kinds.findings"), "text"),
    ]  # fmt: skip
    note = say("audit_page.sheets_check_hand", rows=len(rows), seed=content.seed)
    return join([element("p", note), table(say("audit_page.sheets_drawn"), heads, rows)])


def _unread(content: Content, say: Wording) -> Html:
    if not content.summary.unread:
        return Html("")
    whole = content.summary.whole.sheets
    heads = [
        Head(say("audit_report.unread.part")),
        Head(say("audit_report.unread.without"), "n"),
        Head(say("audit_report.compared.sheets"), "n"),
    ]
    rows = [(name, f"{count:,}", f"{whole:,}") for name, count in unread_parts(content.summary.unread, say)]
    return join([element("p", say("audit_report.unread.says")), table(say("audit_report.unread.title"), heads, rows)])


def _problems(content: Content, say: Wording) -> Html:
    problems = content.problems
    if not problems.counts:
        return Html("")
    total = sum(problems.counts.values())
    listed = element("ul", *(element("li", each.text(content.language)) for each in problems.first))
    head = say("audit_page.shown", total=total, first=len(problems.first))
    counts = "、".join(f"{code} {count:,}" for code, count in sorted(problems.counts.items()))
    return join(
        [element("p", head, " ", counts), element("details", element("summary", say("audit_page.details")), listed)]
    )
