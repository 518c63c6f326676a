"""The report of an audit as one page: self-contained, readable without scripts, printed or on a narrow screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hyotei.audit.summary import GROUPINGS, Group
from hyotei.report.against_section import against_section, resolved_section
from hyotei.report.agreement_section import agreement_section, disagreements_section
from hyotei.report.audit_content import Content, severity_rank
from hyotei.report.audit_words import GROUPS, OUTPUTS, SEVERITIES, STANDINGS, Say, hundred_millions
from hyotei.report.charts import Chart, charts
from hyotei.report.consistency_section import consistency_section
from hyotei.report.findings_section import findings_section, rules_section
from hyotei.report.markup import Head, Html, element, join, table
from hyotei.report.unread_words import UNREAD, UNREAD_SAYS, unread_parts
from hyotei.rulebook.canonical import shown_hash
from hyotei.version import __version__

_ASSETS: Final = Path(__file__).parent / "assets"
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""Nothing is fetched: the browser holds the page to it."""
_FIELDS_SHOWN: Final = 60

Section = tuple[str, str, Html]
"""Anchor, heading, content."""


def audit_page(content: Content, pictures: bool = True) -> str:
    """The page; drawing the pictures is what takes time in it."""
    say = Say(content.language)
    title = say("政策評価の点検報告", "Audit of policy evaluations")
    sections = [each for each in _sections(content, say, pictures) if each[2]]
    links = [element("li", element("a", heading, href=f"#{anchor}")) for anchor, heading, _ in sections]
    body = [
        element("a", say("本文へ", "Skip to content"), class_="skip", href="#main"),
        element("header", element("h1", title), _about(content, say)),
        element("nav", element("ul", *links), aria_label=say("目次", "Contents")),
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


def _sections(content: Content, say: Say, pictures: bool) -> Iterator[Section]:
    yield "overview", say("概要", "Overview"), _overview(content, say)
    yield (
        "against",
        say("前の報告と比べて", "Against the earlier report"),
        against_section(content, say),
    )
    yield "agreement", say("記載と導いた結果", "Recorded and derived"), agreement_section(content, say)
    yield (
        "charts",
        say("図", "Charts"),
        _charts(content, say) if pictures else Html(""),
    )
    yield "kinds", say("指摘の種類", "Kinds of findings"), _kinds(content, say)
    yield "findings", say("指摘の一覧", "Findings"), findings_section(content, say)
    yield (
        "resolved",
        say("前の報告だけにある指摘", "Findings of the earlier report only"),
        resolved_section(content, say),
    )
    yield "disagreements", say("記載との相違", "Disagreements"), disagreements_section(content, say)
    yield (
        "consistency",
        say("記載どうしの比べ合い", "Recorded ratings against each other"),
        consistency_section(content, say),
    )
    yield "groups", say("府省・年度・分野別", "By ministry, year and field"), _groups(content, say)
    yield "sample", say("抜き取り", "Sample for checking"), _sample(content, say)
    yield "rules", say("規則", "Rules"), rules_section(content, say)
    yield "unread", say.pair(UNREAD), _unread(content, say)
    yield "problems", say("読み取りの問題", "Problems of reading"), _problems(content, say)


def _about(content: Content, say: Say) -> Html:
    books = [
        element(
            "li",
            f"{book.title}（{book.id}、{say.of(STANDINGS, book.standing)}）" if not say.english
            else f"{book.title} ({book.id}, {say.of(STANDINGS, book.standing)}) ",
            element("span", shown_hash(book.hash, 16), class_="hash", title=shown_hash(book.hash, None)),
        )
        for book in content.rulebooks.values()
    ]  # fmt: skip
    rulebooks = say(f"評価基準書（{len(books)}）", f"Rulebooks ({len(books)})")
    return join(
        [
            element(
                "p",
                say(
                    "記載された評価を評価基準書から導いた評価と照らし合わせ、数値と食い違って見えるところを挙げる。指摘は誤りの証拠ではなく、府省に尋ねるべき点である。",
                    "Recorded evaluations are held against those derived from rulebooks, and what looks at odds with the figures "
                    "is listed. A finding is no proof of a mistake; it is something to ask the ministry.",
                ),
            ),
            element("p", say("入力：", "Sources: "), say("、", ", ").join(content.sources), class_="faint"),
            element("details", element("summary", rulebooks), element("ul", *books)),
        ]
    )  # fmt: skip


def _overview(content: Content, say: Say) -> Html:
    whole = content.summary.whole
    cards: list[tuple[str, object]] = [
        (f"{whole.sheets:,}", say("評価書", "sheets")),
        (f"{whole.found:,}", say("指摘のある評価書", "sheets with findings")),
        (f"{whole.findings:,}", say("指摘", "findings")),
    ]
    for output, compared in whole.results.items():
        name = say.of(OUTPUTS, output)
        if compared.pairs:
            share = f"{compared.same * 100 // compared.pairs}%"
            cards.append(
                (
                    share,
                    join(
                        [
                            say(f"{name}の一致", f"{name}: agree "),
                            element(
                                "span",
                                say(
                                    f"（{compared.same:,}／{compared.pairs:,}）",
                                    f"({compared.same:,} of {compared.pairs:,})",
                                ),
                                class_="whole",
                            ),
                        ],
                        "",
                    ),
                )
            )
    if content.problems.failed:
        cards.append((f"{content.problems.failed:,}", say("読めなかったもの", "could not be read")))
    shown = element("ul", *(element("li", element("strong", number), label) for number, label in cards), class_="cards")
    files = say(
        "すべての指摘は findings.xlsx（表計算）と findings.ndjson（データ）に、数は summary.json にある。",
        "All findings are in findings.xlsx (to sort and filter) and findings.ndjson (data), the counts in summary.json.",
    )
    return join([shown, element("p", files, class_="faint")])


def _charts(content: Content, say: Say) -> Html:
    figures = [_figure(chart, number) for number, chart in enumerate(charts(content, say), 1)]
    return element("div", join(figures), class_="figures") if figures else Html("")


def _figure(chart: Chart, number: int) -> Html:
    caption = element("figcaption", element("span", chart.title, id=f"chart-{number}"), element("small", chart.says))
    return element("figure", caption, Html(chart.svg))


def _kinds(content: Content, say: Say) -> Html:
    rows = [
        (
            element("a", each.code, href="#findings", data_kind=each.code),
            element("span", say.of(SEVERITIES, each.severity), class_=f"tag {each.severity}") if each.severity else "",
            f"{each.sheets:,}",
            f"{each.findings:,}",
            hundred_millions(each.money, say),
            each.message,
        )
        for each in sorted(
            content.summary.findings.values(), key=lambda each: (-severity_rank(each.severity), each.code)
        )
    ]
    if not rows:
        return element("p", say("指摘はない。", "There are no findings."))
    heads = [
        Head(say("種類", "kind"), "nowrap"), Head(say("重さ", "severity"), "nowrap"), Head(say("評価書", "sheets"), "n"),
        Head(say("指摘", "findings"), "n"), Head(say("予算額", "budget"), "n"), Head(say("内容", "finding"), "text"),
    ]  # fmt: skip
    note = say(
        "予算額は、指摘のある評価書の評価対象年度の予算の合計（同じ評価書は種類ごとに一度だけ数える）。",
        "The budget is that of the evaluated year of the sheets with the finding, each counted once a kind.",
    )
    return join(
        [
            table(say("種類ごとの数と予算額", "Counts and budget by kind"), heads, rows),
            element("p", note, class_="faint"),
        ]
    )


def _groups(content: Content, say: Say) -> Html:
    parts: list[Html] = []
    for name in GROUPINGS:
        groups = sorted(content.summary.groups[name].items())
        if not groups or (name == "field" and len(groups) == 1):
            continue
        if len(groups) > _FIELDS_SHOWN:
            groups = sorted(sorted(groups, key=lambda each: -each[1].sheets)[:_FIELDS_SHOWN])
        by = say.of(GROUPS, name)
        heads = [
            Head(by), Head(say("評価書", "sheets"), "n"), Head(say("指摘のある評価書", "with findings"), "n"),
            Head(say("指摘", "findings"), "n"),
            *(Head(say(f"{say.of(OUTPUTS, output)}の一致", f"{output}: agree"), "n") for output in content.summary.whole.results),
        ]  # fmt: skip
        rows = [
            (key or say("（記載なし）", "(none)"), *_group(group, tuple(content.summary.whole.results)))
            for key, group in groups
        ]
        parts.append(table(say(f"{by}別", f"By {by}"), heads, rows))
    return join(parts)


def _group(group: Group, outputs: tuple[str, ...]) -> Iterator[str]:
    yield f"{group.sheets:,}"
    yield f"{group.found:,}"
    yield f"{group.findings:,}"
    for output in outputs:
        compared = group.results.get(output)
        yield f"{compared.same:,}/{compared.pairs:,}" if compared is not None and compared.pairs else "–"


def _sample(content: Content, say: Say) -> Html:
    if not content.sampled:
        return Html("")
    rows = [
        (
            each.sheet.id,
            each.sheet.title,
            each.sheet.authority,
            " ".join(
                f"{say.of(OUTPUTS, of.output)} {of.recorded or '-'}→{of.derived or '-'}" for of in each.comparisons
            ),
            "、".join(dict.fromkeys(finding.code for finding in each.findings)),
        )
        for each in content.sampled
    ]
    heads = [
        Head(say("評価書", "sheet")), Head(say("件名", "title"), "text"), Head(say("府省", "ministry")),
        Head(say("記載→導出", "recorded→derived")), Head(say("指摘", "findings"), "text"),
    ]  # fmt: skip
    note = say(
        f"人が確かめるための{len(rows):,}件。一致の区分と府省ごとに抜いた（種 {content.seed}、同じ種なら同じ抜き取り）。",
        f"{len(rows):,} sheets to check by hand, drawn by agreement and ministry (seed {content.seed}; "
        "the same seed draws the same).",
    )
    return join([element("p", note), table(say("抜き取った評価書", "Sheets drawn"), heads, rows)])


def _unread(content: Content, say: Say) -> Html:
    if not content.summary.unread:
        return Html("")
    whole = content.summary.whole.sheets
    heads = [
        Head(say("部分", "part")),
        Head(say("ない評価書", "sheets without"), "n"),
        Head(say("評価書", "sheets"), "n"),
    ]
    rows = [(name, f"{count:,}", f"{whole:,}") for name, count in unread_parts(content.summary.unread, say)]
    return join([element("p", say.pair(UNREAD_SAYS)), table(say.pair(UNREAD), heads, rows)])


def _problems(content: Content, say: Say) -> Html:
    problems = content.problems
    if not problems.counts:
        return Html("")
    total = sum(problems.counts.values())
    listed = element("ul", *(element("li", each.text(content.language)) for each in problems.first))
    head = say(
        f"全{total:,}件、うち示すもの{len(problems.first):,}件。",
        f"{total:,} in all, of which {len(problems.first):,} are shown.",
    )
    counts = "、".join(f"{code} {count:,}" for code, count in sorted(problems.counts.items()))
    return join(
        [element("p", head, " ", counts), element("details", element("summary", say("内容", "Details")), listed)]
    )
